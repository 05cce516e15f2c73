import Journey
import Statistics

extension QuestionDefinition {
  /// Works the file's example through the engine and says what differs; empty when all agrees, or there
  /// is none.
  ///
  /// - Throws: `QuestionError` when the example cannot be asked about.
  public func checkExample() throws -> [ExampleDifference] {
    guard let example else { return [] }
    let (block, catalogue) = example.block()
    let choices = Choices(referenceDay: example.referenceDay)
    var differences = ExampleDifferences(example)
    switch (content, example.expected) {
    case (.timeToEvent(let definition), .curve(let expected)):
      var question = try definition.question(choices, clock: clock)
      if !expected.groups.isEmpty {
        var fold = try TimeToEventFold(question, catalogue)
        try fold.add(block)
        for (code, counted) in expected.groups {
          let group = fold.result.ordered().first { $0.values.first == code }
          differences.compare(
            .init(verbatim: code), counted, group?.sum.counter.pooledCounts().subjects ?? 0)
        }
      }
      question.groups = []
      var fold = try TimeToEventFold(question, catalogue)
      try fold.add(block)
      let result = fold.result
      let everybody = result.ordered().first.map { TimeToEventResult.Group(values: [], $0.sum) }
      let counts = try everybody?.counts ?? TimeCounts(times: [], events: [], censored: [])
      let curve = try everybody.map { try TimeToEventAnswer.curve($0, question).0 }
      differences.compare(curve ?? KaplanMeier(counts), result.attrition, with: expected)
      if let everybody {
        let found = try CauseIncidence.all(
          everybody, of: question, names: question.causeNames, horizons: [], restrictedTo: nil,
          intervals: .logLog, level: 0.95)
        differences.compare(found, with: expected.incidence)
      }
    case (.shares(let definition), .shares(let cells, let numbers)):
      try check(example, definition, choices, cells, numbers, &differences)
    case (.states(let definition), .states(let occupancy, let moves)):
      try check(example, definition, choices, occupancy, moves, &differences)
    case (.table(let definition), .table(let cells)):
      try check(example, definition, choices, cells, &differences)
    case (.sequences(let definition), .sequences(let shapes, let times, let rates)):
      try check(example, definition, choices, shapes, &differences)
      try check(example, definition, choices, times, rates, &differences)
    default: preconditionFailure("an example of another kind than its question")
    }
    return differences.found
  }

  private func check(
    _ example: QuestionExample, _ definition: ShareDefinition, _ choices: Choices,
    _ cells: [QuestionExample.Cell],
    _ numbers: [QuestionExample.Number], _ differences: inout ExampleDifferences
  ) throws {
    let (block, catalogue) = example.block()
    var fold = try ShareFold(
      try shares(definition, choices), catalogue, recordedDays: example.recordedDays)
    try fold.add(block)
    let groups = fold.result.ordered()
    func sums(_ group: String?) -> ShareSums? {
      groups.first { group == nil || $0.values.first == group }?.sum
    }
    for expected in cells {
      differences.line = expected.line
      guard let row = definition.rows.firstIndex(where: { $0.code == expected.row }),
        let step = definition.horizons.firstIndex(of: expected.horizon)
      else {
        differences.compare(
          .init(en: "Horizon", de: "Horizont"), [expected.horizon], definition.horizons)
        continue
      }
      let cell = row * definition.horizons.count + step
      let found = ShareSums.Outcome.allCases.map {
        sums(expected.group)?.count($0, cell: cell) ?? 0
      }
      let place = "\(expected.row) \(FigureText.number(expected.horizon)) \(expected.group ?? "")"
      differences.compare(.init(verbatim: place), expected.counts, found)
      let weighted = sums(expected.group)?.weighted(cell: cell, definition.weight)
      for (expected, found) in [(expected.all, weighted?.all), (expected.known, weighted?.known)] {
        guard let expected else { continue }
        differences.compareFigures(.init(verbatim: place), [expected], [found].compactMap(\.self))
      }
    }
    for expected in numbers {
      differences.line = expected.line
      guard let place = definition.values.firstIndex(where: { $0.code == expected.value }) else {
        continue
      }
      let sums = sums(expected.group)
      let found = CountedNumbers(sums?.numbers[place] ?? [:]).summary(expected.summary)
      let what = LocalizedText(verbatim: "\(expected.value) \(expected.summary.rawValue)")
      differences.compareFigures(
        what, [expected.number].compactMap(\.self), [found].compactMap(\.self))
      guard let counts = expected.counts else { continue }
      let outcomes: [ShareSums.Outcome] = [.yes, .unknown, .notDue, .notAsked, .askedUnknown]
      differences.compare(what, counts, outcomes.map { sums?.count($0, value: place) ?? 0 })
    }
  }

  private func check(
    _ example: QuestionExample, _ definition: StateDefinition, _ choices: Choices,
    _ occupancy: [QuestionExample.Occupancy], _ moves: [QuestionExample.Move],
    _ differences: inout ExampleDifferences
  ) throws {
    let (block, catalogue) = example.block()
    let question = try states(definition, choices)
    var fold = try StateFold(question, catalogue)
    try fold.add(block)
    let result = fold.result
    guard let sums = result.ordered().first?.sum else {
      return differences.compare(.init(en: "People", de: "Personen"), example.people.count, 0)
    }
    let codes = definition.states.map(\.code)
    if let curve = try StateAnswer.occupancy(sums, states: codes.count) {
      for expected in occupancy {
        differences.line = expected.line
        let state = codes.firstIndex(of: expected.state) ?? 0
        let found = try curve.at(question.horizons, state: state).map { $0.probability ?? .nan }
        differences.compareFigures(.init(verbatim: expected.state), expected.shares, found)
      }
    }
    let found = StateAnswer.moves(sums, sums.fromIndex, question)
    let names = codes + ["unknown"]
    for expected in moves {
      differences.line = expected.line
      let table = found.first { $0.horizon == expected.horizon }?.counts
      let from = names.firstIndex(of: expected.from) ?? 0
      let to = names.firstIndex(of: expected.to) ?? 0
      differences.compare(
        .init(verbatim: "\(expected.from) → \(expected.to)"), expected.people,
        table?[from][to] ?? 0)
    }
  }
}

extension Attrition {
  /// Why some do not count, in brackets; empty when all do.
  fileprivate var reasons: LocalizedText {
    let reasons: [(count: Int, en: String, de: String)] = [
      (withoutEntry, "without entry", "ohne Eintritt"),
      (withoutIndexEvent, "without index event", "ohne Startereignis"),
      (outsidePopulation, "outside the population", "außerhalb des Personenkreises"),
      (populationUnknown, "perhaps in the population", "vielleicht im Personenkreis"),
      (notObserved, "not observed", "nicht beobachtet"),
      (withoutWeight, "without a weight", "ohne Gewicht"),
    ].filter { $0.count > 0 }
    guard !reasons.isEmpty else { return LocalizedText(verbatim: "") }
    return LocalizedText(
      en: " (\(reasons.map { "\($0.count) \($0.en)" }.joined(separator: ", ")))",
      de: " (\(reasons.map { "\($0.count) \($0.de)" }.joined(separator: ", ")))")
  }
}

/// Takes in where an example gives something else than its file says.
struct ExampleDifferences {
  private(set) var found: [ExampleDifference] = []
  /// The line of what is compared next.
  var line: Int
  private let file: String

  /// Compares from the table on that says what is expected.
  init(_ example: QuestionExample) {
    line = example.line
    file = example.file
  }

  mutating func compare<T: Equatable>(_ what: LocalizedText, _ expected: T, _ found: T) {
    if expected == found { return }
    note(
      what
        + LocalizedText(
          en: ": expected \(expected), found \(found).",
          de: ": erwartet \(expected), gefunden \(found)."))
  }

  private mutating func note(_ message: LocalizedText) {
    found.append(ExampleDifference(file: file, line: line, message: message))
  }

  mutating func compare(
    _ curve: KaplanMeier, _ attrition: Attrition, with expected: QuestionExample.Curve
  ) {
    if expected.counted != attrition.counted {
      compare(.init(en: "Counted", de: "Gezählt"), expected.counted, attrition.counted)
      note(found.removeLast().message + attrition.reasons)
    }
    compare(.init(en: "Left out as too late", de: "Zu spät"), expected.tooLate, attrition.tooLate)
    compare(.init(en: "Times", de: "Zeiten"), expected.times, curve.times)
    compare(.init(en: "At risk", de: "Unter Beobachtung"), expected.atRisk, curve.atRisk)
    compareFigures(.init(en: "Curve", de: "Kurve"), expected.survival, curve.survival)
  }

  mutating func compare(
    _ found: [CauseIncidence], with expected: [(cause: String, values: [Double])]
  ) {
    compare(.init(en: "Events", de: "Ereignisse"), expected.map(\.cause), found.map(\.cause))
    for (expected, found) in zip(expected, found) {
      compareFigures(.init(verbatim: expected.cause), expected.values, found.incidence)
    }
  }

  /// Compares figures worked by hand: equal to twelve places.
  mutating func compareFigures(_ what: LocalizedText, _ expected: [Double], _ found: [Double]) {
    let differs =
      expected.count != found.count || zip(expected, found).contains { abs($0 - $1) > 1e-12 }
    if differs { compare(what, expected, found) }
  }
}
