import Definitions
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A cohort table")
struct CohortTableTests {
  /// People of whom everything random is told, with a residence status for most.
  private func world(people: Int, using random: inout SeededGenerator) -> QuestionExample {
    QuestionExample(
      people: (0..<people).map { number in
        var events = RandomPerson.events(using: &random)
        if random.chance(80) {
          let profile = JourneyEvent(.entryProfileRecorded, on: .test("2023-01-01"))
          events.append(
            profile.with(Fields.residence, random.pick([.dul60a, .dul60c, .ae25b, .unknown])))
        }
        return .init(id: "\(number)", events: events)
      }, referenceDay: .latest, expected: .table([]))
  }

  /// A group of a question, the cohort told by its window.
  private func group(
    _ question: TimeToEventQuestion, _ window: ClosedRange<Day>?, _ values: [String?],
    _ block: EffectiveBlock, _ catalogue: AttributeCatalogue
  ) throws -> TimeToEventResult.Group? {
    var question = question
    question.window = window
    var fold = try TimeToEventFold(question, catalogue)
    try fold.add(block)
    return fold.result.ordered().first { $0.values == values }.map {
      TimeToEventResult.Group(values: values, $0.sum)
    }
  }

  private func days(ofQuarter name: String) -> ClosedRange<Day> {
    let (year, quarter) = (name.prefix(4), Int(name.suffix(1)) ?? 0)
    let month = quarter * 3 - 2
    let first = CivilDate.test("\(year)-\(month < 10 ? "0" : "")\(month)").day
    return first...Day(firstOfMonth: first.monthIndex + 3) + -1
  }

  /// The last day on which a unit can start for which a horizon is due.
  private func lastDueDay(_ question: TimeToEventQuestion, _ horizon: Double) -> Day {
    let reference = question.referenceDay + 1
    var boundary = question.clock == .day ? reference.number : reference.monthIndex
    if case .interruption(let gap, .b) = question.outcome { boundary -= gap + 1 }
    boundary -= Int32(horizon)
    return question.clock == .day
      ? Day(number: boundary) : Day(firstOfMonth: boundary + 1) + -1
  }

  @Test("gives in each cell what the question gives of that cohort alone", arguments: 1...12)
  func cells(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let world = world(people: 400, using: &random)
    let (block, catalogue) = world.block()
    var asked = RandomPerson.question(using: &random)
    asked.window = nil
    asked.kinds = [.svp, .miniJob]
    if case .interruption(let gap, let rule) = asked.outcome {
      asked.outcome = .interruption(gap: min(gap, 5), rule: rule)
    }
    asked.referenceDay = RandomPerson.firstDay + Int32(100 + 60 * seed)
    asked.groupedBy = seed % 3 == 0 ? [] : ["residence-class"]
    let horizons: [Double] = asked.clock == .day ? [0, 30, 91, 400] : [0, 1, 3, 12]
    if seed % 4 == 1 {
      asked.groups = try ["DUL", "AE"].map { code in
        ShareDefinition.Group(
          code: code, label: LocalizedText(verbatim: code),
          when: try .read(
            LocatedText("residence-class = \(code)", file: "group"), expecting: .truth,
            in: ExpressionEnvironment(clock: asked.clock)))
      }
    }
    let table = CohortTableQuestion(timeToEvent: asked, cohort: .quarter, horizons: horizons)
    var fold = try CohortTableFold(table, catalogue)
    try fold.add(block)
    let groups = try CohortTableAnswer.groups(
      fold.result.ordered().map { ($0.values, $0.sum) }, table, .logLog, level: 0.9)
    #expect(!groups.isEmpty, "seed \(seed)")
    var compared = 0
    for found in groups {
      for cohort in found.cohorts + [found.total] {
        let quarter = cohort.name.map { days(ofQuarter: $0) }
        let place: Comment = "seed \(seed), \(found.values) \(cohort.name ?? "all")"
        let alone = try #require(
          try group(asked, quarter, found.values, block, catalogue), place)
        #expect(cohort.units == alone.counts.subjects, place)
        for (index, cell) in cohort.cells.enumerated() {
          let horizon = horizons[index]
          // What nobody was followed to has no share of either kind.
          #expect(cell.crude == nil || cell.share != nil, place)
          try check(cell, of: alone, table, place)
          let (first, last) = (
            quarter?.lowerBound ?? .earliest,
            min(quarter?.upperBound ?? .latest, lastDueDay(asked, horizon))
          )
          let due =
            first > last
            ? nil : try group(asked, first...last, found.values, block, catalogue)
          #expect(cell.due == due?.counts.subjects ?? 0, place)
          guard let due else { continue }
          var (followed, happened) = (0, 0)
          for (row, time) in due.counts.times.enumerated() {
            let ended = due.counts.events[row]
            followed += ended + (time >= horizon ? due.counts.censored[row] : 0)
            // Whoever is dead is not in work either.
            if time <= horizon { happened += asked.showsRemaining ? ended : due.causes[0][row] }
          }
          #expect(cell.followed == followed && cell.happened == happened, place)
          compared += 1
        }
      }
    }
    #expect(compared > 10, "seed \(seed)")
    let own = groups.map { $0.values.first ?? nil }
    #expect(seed % 4 != 1 || Set(own).isSuperset(of: ["DUL", nil]), "seed \(seed): \(own)")
  }

  /// Compares the estimate with the one of the question asked of the cohort alone.
  private func check(
    _ cell: CohortTableAnswer.Cell, of alone: TimeToEventResult.Group,
    _ table: CohortTableQuestion, _ place: Comment
  ) throws {
    let horizon = cell.horizon
    #expect(cell.atRisk == alone.counts.atRisk(at: horizon), place)
    if cell.due == 0 {
      #expect(cell.isNotDue && cell.share == nil && cell.limits == nil, place)
      return
    }
    var (share, error): (Double?, Double?)
    if table.timeToEvent.competing.isEmpty || table.showsRemaining {
      let reading = try KaplanMeier(alone.counts).at([horizon], level: 0.9)[0]
      let survival = reading.isExtrapolated ? nil : reading.survival
      share = table.showsRemaining ? survival : survival.map { 1 - $0 }
      error = reading.isExtrapolated ? nil : reading.standardError
    } else {
      let reading = try CauseIncidence.all(
        alone, names: table.timeToEvent.causeNames, horizons: [horizon], restrictedTo: nil,
        intervals: .logLog, level: 0.9)[0].readings[0]
      share = reading.isExtrapolated ? nil : reading.probability
      error = reading.isExtrapolated ? nil : reading.standardError
    }
    #expect((cell.share == nil) == (share == nil), place)
    #expect(abs((cell.share ?? 0) - (share ?? 0)) < 1e-12, place)
    #expect(abs((cell.standardError ?? 0) - (error ?? 0)) < 1e-12, place)
  }

  @Test("gives the same from two threads as from one")
  func halves() throws {
    var random = SeededGenerator(seed: 5)
    let world = world(people: 300, using: &random)
    let (whole, catalogue) = world.block()
    var asked = TimeToEventQuestion(
      clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp],
      groupedBy: ["residence"], referenceDay: RandomPerson.firstDay + 500)
    asked.competing = [.dropout, .death]
    let table = CohortTableQuestion(timeToEvent: asked, cohort: .month, horizons: [30, 180])
    var one = try CohortTableFold(table, catalogue)
    try one.add(whole)
    try one.add(whole)
    var first = try CohortTableFold(table, catalogue)
    var second = try CohortTableFold(table, catalogue)
    try first.add(whole)
    try second.add(whole)
    var both = first.result
    both.add(second.result)
    let answers = try [one.result, both].map { sums in
      try CohortTableAnswer.groups(
        sums.ordered().map { ($0.values, $0.sum) }, table, .plain, level: 0.95)
    }
    #expect(answers[0].map(\.values) == answers[1].map(\.values))
    #expect(
      answers[0].flatMap { $0.cohorts.flatMap(\.cells) }
        == answers[1].flatMap { $0.cohorts.flatMap(\.cells) })
    #expect(one.result.attrition == both.attrition && both.attrition.participants == 600)
  }

  @Test("leaves out whom the condition of the question leaves out")
  func condition() throws {
    var random = SeededGenerator(seed: 8)
    let (block, catalogue) = world(people: 300, using: &random).block()
    var asked = TimeToEventQuestion(
      clock: .month, origin: .entry, outcome: .firstPlacement, kinds: [.svp],
      groupedBy: ["residence-class"], referenceDay: RandomPerson.firstDay + 800)
    func table(_ question: TimeToEventQuestion) throws -> GroupedSums<CohortSums> {
      var fold = try CohortTableFold(
        CohortTableQuestion(timeToEvent: question, cohort: .quarter, horizons: [3]), catalogue)
      try fold.add(block)
      return fold.result
    }
    let everybody = try table(asked)
    asked.condition = try QuestionExpression.read(
      LocatedText("residence-class = DUL", file: "--where"), expecting: .truth,
      in: ExpressionEnvironment(clock: .month))
    let tolerated = try table(asked)
    let groups = everybody.groups.filter { $0.key.last == "DUL" }
    #expect(Set(tolerated.groups.keys) == Set(groups.keys) && groups.count > 1)
    for (key, sums) in groups {
      let other = tolerated.groups[key]?.counts.counter
      #expect(sums.counts.counter.pooledCounts() == other?.pooledCounts())
    }
    let (all, some) = (everybody.attrition, tolerated.attrition)
    #expect(some.outsidePopulation > 20 && some.populationUnknown > 20)
    #expect(
      some.participants == some.withoutEntry + some.withoutIndexEvent + some.outsidePopulation
        + some.populationUnknown + some.notObserved + some.tooLate + some.counted)
    #expect(all.outsidePopulation == 0 && some.counted < all.counted)
  }
}
