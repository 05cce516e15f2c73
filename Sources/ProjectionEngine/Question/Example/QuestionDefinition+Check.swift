public import Journey
import Statistics

extension QuestionDefinition {
  /// Works the file's example through the engine and says what differs; empty when all agrees.
  ///
  /// - Throws: `QuestionError` when the example cannot be asked about.
  public func checkExample() throws -> [LocalizedText] {
    let (block, catalogue) = example.block()
    let choices = Choices(referenceDay: example.referenceDay)
    var differences = ExampleDifferences()
    switch (content, example.expected) {
    case (.timeToEvent(let definition), .curve(let expected)):
      let question = try definition.question(choices, clock: clock)
      var fold = try TimeToEventFold(question, catalogue)
      try fold.add(block)
      let result = fold.result
      let everybody = result.ordered().first.map { TimeToEventResult.Group(values: [], $0.sum) }
      let counts = try everybody?.counts ?? TimeCounts(times: [], events: [], censored: [])
      differences.compare(KaplanMeier(counts), result.attrition, with: expected)
      if let everybody {
        let found = try CauseIncidence.all(
          everybody, names: question.causeNames, horizons: [], restrictedTo: nil,
          intervals: .logLog, level: 0.95)
        differences.compare(found, with: expected.incidence)
      }
    }
    return differences.found
  }
}

/// Where an example gives something else than its file says.
struct ExampleDifferences {
  private(set) var found: [LocalizedText] = []

  mutating func compare<T: Equatable>(_ what: LocalizedText, _ expected: T, _ found: T) {
    if expected == found { return }
    self.found.append(
      what
        + LocalizedText(
          en: ": expected \(expected), found \(found).",
          de: ": erwartet \(expected), gefunden \(found)."))
  }

  mutating func compare(
    _ curve: KaplanMeier, _ attrition: Attrition, with expected: QuestionExample.Curve
  ) {
    compare(.init(en: "Counted", de: "Gezählt"), expected.counted, attrition.counted)
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
