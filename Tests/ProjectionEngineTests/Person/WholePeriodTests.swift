import Definitions
import Journey
import Statistics
import Testing

@testable import ProjectionEngine

@Suite("A statement about a period of which not every day is known")
struct WholePeriodTests {
  private let entry = JourneyEvent.enteredProgramme("2024-01-10")
  private let year = Range.test("2024-01-10", "2025-01-10")

  /// What is known of somebody, as soon as a part settles it and of the whole period alone.
  private func known(
    _ events: [JourneyEvent], _ ask: (PersonHistory) -> Truth
  ) -> [Truth] {
    var history = PersonHistory([entry] + events)
    let early = ask(history)
    history.demandsWholePeriods = true
    return [early, ask(history)]
  }

  @Test("is known early where a day settles it, and not of the whole period")
  func someDay() {
    let job: [JourneyEvent] = [.work("2024-03-01", spell: 1), .seen("2024-06-30")]
    #expect(known(job) { $0.working(.employed, during: year) } == [.yes, .unknown])
    #expect(known(job) { $0.placed(.employed, during: year) } == [.yes, .unknown])
    let seen = job + [.seen("2025-03-01")]
    #expect(known(seen) { $0.working(.employed, during: year) } == [.yes, .yes])
    #expect(known([.seen("2025-03-01")]) { $0.placed(.employed, during: year) } == [.no, .no])
    let dead = job + [.told(.participantDeceased, "2024-07-01")]
    #expect(known(dead) { $0.placed(.employed, during: year) } == [.yes, .yes], "all is known")
  }

  @Test("is known early where one day refutes it")
  func everyDay() {
    let gap: [JourneyEvent] = [
      .work("2024-01-10", spell: 1), .workEnded("2024-03-31", spell: 1), .seen("2024-06-30"),
    ]
    #expect(
      known(gap) { $0.workingThroughout(.employed, during: year, gap: 28) } == [.no, .unknown])
    #expect(known(gap) { $0.longestGap(.employed, during: year) > 28 } == [.yes, .unknown])
    #expect(known(gap) { $0.daysWorked(.employed, during: year) < 300 } == [.yes, .unknown])
    let seen = gap + [.seen("2025-03-01")]
    #expect(
      known(seen) { $0.workingThroughout(.employed, during: year, gap: 28) } == [.no, .no])
  }

  @Test("is settled by an exit form, which says yes as well as no", arguments: [Answer.yes, .no])
  func form(answer: Answer) {
    let told: [JourneyEvent] = [
      .left("2024-06-30"),
      .told(.statusAtExitRecorded, "2024-07-01").with(Fields.employed, answer),
    ]
    let window = Range.test("2024-06-30", "2024-07-29")
    #expect(known(told) { $0.employed(during: window) } == [Truth(answer), Truth(answer)])
  }

  @Test("is not settled by a form about other weeks: yes and no are known of different people")
  func otherWindow() {
    func told(_ answer: Answer) -> [JourneyEvent] {
      [
        .left("2024-06-30"),
        .told(.statusAtExitRecorded, "2024-07-01").with(Fields.employed, answer),
      ]
    }
    let shorter = Range.test("2024-06-30", "2024-07-14")
    #expect(known(told(.no)) { $0.employed(during: shorter) } == [.no, .unknown])
    #expect(known(told(.yes)) { $0.employed(during: shorter) }.last == .unknown)
    let longer = Range.test("2024-06-30", "2024-08-14")
    #expect(known(told(.yes)) { $0.employed(during: longer) } == [.yes, .unknown])
  }

  // MARK: In questions

  /// The outcomes of some people for one row.
  private func shares(_ yes: String, _ people: [[JourneyEvent]]) throws -> ShareSums {
    let people = people.enumerated().map {
      QuestionExample.Person(id: "\($0.offset)", events: [entry] + $0.element)
    }
    let (block, catalogue) = QuestionExample(
      people: people, referenceDay: .latest, expected: .table([])
    ).block()
    let row = ShareDefinition.Row(
      code: "yes", label: LocalizedText(en: "yes", de: "ja"),
      yes: try QuestionExpression.read(
        LocatedText(yes, file: "made-up.toml"), expecting: .truth,
        in: ExpressionEnvironment(clock: .day, kinds: .employed)))
    let question = ShareQuestion(
      definition: ShareDefinition(
        unit: .person, index: .entry, oncePerMonth: false, fromFirstContact: false,
        kinds: .employed, rows: [row], values: [], groups: [], horizons: [0]),
      clock: .day, horizons: [0], groupedBy: [], referenceDay: .test("2025-12-31"))
    var fold = try ShareFold(question, catalogue, recordedDays: nil)
    try fold.add(block)
    return try #require(fold.result.ordered().first?.sum)
  }

  @Test("counts in the known share only with those of whom the contrary would be known too")
  func knownShare() throws {
    let lost: [JourneyEvent] = [.work("2024-03-01", spell: 1), .seen("2024-06-30")]
    let stays: [JourneyEvent] = lost + [.seen("2025-12-31")]
    let nothing: [JourneyEvent] = [.seen("2025-12-31")]
    let sums = try shares(
      "placed(during entry through cut)", [lost, lost, lost, stays, nothing, [.seen("2024-02-01")]])
    let (shares, heard) = (
      try ShareAnswer.shares(sums, cell: 0), try ShareAnswer.heard(sums, cell: 0)
    )
    #expect([shares.yes, shares.no, shares.unknown] == [4, 1, 1])
    #expect([heard.yes, heard.no, heard.unknown] == [1, 1, 4])
    #expect(shares.known == 0.8 && heard.known == 0.5)
    // Of a single day a yes is known when a no is.
    let point = try self.shares("working(at entry + 6mo)", [lost, stays, nothing])
    #expect(try ShareAnswer.heard(point, cell: 0) == ShareAnswer.shares(point, cell: 0))
  }

  @Test("reaches to the last day observed where it says so, and is known then")
  func lastSeen() throws {
    let lost: [JourneyEvent] = [.work("2024-03-01", spell: 1), .seen("2024-06-30")]
    let sums = try shares("placed(during entry through last-seen)", [lost, [.seen("2024-02-01")]])
    let heard = try ShareAnswer.heard(sums, cell: 0)
    #expect([heard.yes, heard.no, heard.unknown] == [1, 1, 0])
  }

  @Test("of pay is known as soon as what is stated of a part is enough")
  func pay() throws {
    func job(_ monthly: Int?, _ last: String) -> [JourneyEvent] {
      [
        JourneyEvent.work("2024-03-01", spell: 1)
          .with(Fields.grossMonthly, monthly.map { Hundredths(Int64($0) * 100) }),
        .seen(last),
      ]
    }
    let yes = "pay(during index until index + 12mo) >= 5000"
    let people = [
      job(2000, "2024-06-30"), job(1000, "2024-06-30"), job(nil, "2025-12-31"),
      job(2000, "2025-12-31"), job(100, "2025-12-31"),
    ]
    let sums = try shares(yes, people)
    let (shares, heard) = (
      try ShareAnswer.shares(sums, cell: 0), try ShareAnswer.heard(sums, cell: 0)
    )
    #expect(
      [shares.yes, shares.no, shares.unknown] == [2, 1, 2], "8000 in four months are enough")
    #expect([heard.yes, heard.no, heard.unknown] == [1, 1, 3])
  }
}

extension ClosedRange<Int> {
  fileprivate static func > (left: Self, right: Int) -> Truth {
    left.lowerBound > right ? .yes : left.upperBound <= right ? .no : .unknown
  }

  fileprivate static func < (left: Self, right: Int) -> Truth {
    left.upperBound < right ? .yes : left.lowerBound >= right ? .no : .unknown
  }
}
