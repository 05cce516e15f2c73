import Definitions
import EventLog
import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("Questions decide the edge cases of the domain reference (6.8)")
struct StoredEdgeCaseTests {
  /// What one row gave, group by group: yes, no, unknown, not due.
  private struct Counts: Equatable, CustomStringConvertible {
    var yes = 0
    var no = 0
    var unknown = 0
    var notDue = 0
    var description: String { "\(yes) yes, \(no) no, \(unknown) unknown, \(notDue) not due" }
  }

  private func question(
    _ yes: String, unit: AnalysisUnit = .person, index: IndexEvent = .entry,
    where condition: String? = nil, by groups: [String] = [], on day: String = "2026-06-30"
  ) throws -> ShareQuestion {
    let environment = ExpressionEnvironment(clock: .day, adding: unit == .record ? [.lag] : [])
    func read(_ text: String) throws -> QuestionExpression {
      try QuestionExpression.read(
        LocatedText(text, file: "test"), expecting: .truth, in: environment)
    }
    let row = ShareDefinition.Row(
      code: "yes", label: LocalizedText(en: "yes", de: "ja"), yes: try read(yes), among: nil,
      exclude: nil, due: nil)
    return ShareQuestion(
      definition: ShareDefinition(
        unit: unit, index: index, oncePerMonth: false, fromFirstContact: false,
        condition: try condition.map { try read($0) }, kinds: .employed, rows: [row], values: [],
        groups: [], horizons: [0]),
      clock: .day, horizons: [0], window: nil, groupedBy: groups, referenceDay: .test(day))
  }

  private func counts(
    _ question: ShareQuestion, _ view: JourneysView, size: UInt64? = nil
  ) throws -> [Counts] {
    try question.ask(view, size: size).groups.map { group in
      Counts(
        yes: group.sums.count(.yes, cell: 0), no: group.sums.count(.no, cell: 0),
        unknown: group.sums.count(.unknown, cell: 0), notDue: group.sums.count(.notDue, cell: 0))
    }
  }

  @Test("no. 13: what happened last year and is recorded today counts from today on")
  func backDated() throws {
    var telling = Telling()
    telling.say(0, .entered("2024-01-10", "V-1"))
    telling.say(0, .seen("2025-12-31"))
    telling.say(0, .work("2024-03-01", spell: 1))
    try withView(of: telling) { view, _ in
      let works = try question("working(at entry + 6mo)")
      #expect(try counts(works, view, size: 2) == [Counts(no: 1)])
      #expect(try counts(works, view) == [Counts(yes: 1)])
      // The store's clock stands in March 2026: two records are told more than ninety days late.
      let late = try question("lag > 90d", unit: .record, index: .everyRecord)
      #expect(try counts(late, view) == [Counts(yes: 2, no: 1)])
      #expect(try counts(late, view, size: 2) == [Counts(yes: 1, no: 1)])
    }
  }

  @Test("no. 18: whoever was not reached is unknown, beside yes and no and in neither")
  func unknown() throws {
    var telling = Telling()
    for person in 0..<3 { telling.say(person, .entered("2024-01-10", "V-1")) }
    telling.say(0, .work("2024-03-01", spell: 1))
    telling.say(0, .seen("2025-12-31"))
    telling.say(1, .seen("2025-12-31"))
    telling.say(2, .work("2024-03-01", spell: 1))
    telling.say(2, .seen("2024-05-01"))
    try withView(of: telling) { view, _ in
      let works = try question("working(at entry + 12mo)")
      #expect(try counts(works, view) == [Counts(yes: 1, no: 1, unknown: 1)])
      let early = try question("working(at entry + 12mo)", on: "2024-12-31")
      #expect(try counts(early, view) == [Counts(notDue: 3)], "nobody is asked before the day")
    }
  }

  @Test("no. 21: how many answered is seen in each group, not only in all")
  func coverage() throws {
    var telling = Telling()
    for person in 0..<6 {
      telling.say(person, .entered("2024-01-10", "V-1"))
      telling.say(person, .profile("2024-01-10", "origin=\(person < 3 ? "a" : "b")"))
      // Of the second group only one was reached.
      if person < 4 {
        let answer: Answer = person == 2 ? .no : .yes
        telling.say(person, .asked("2024-08-01", about: "2024-07-10", employed: answer))
      }
    }
    try withView(of: telling) { view, _ in
      let employed = try question("employed(at entry + 6mo)", by: ["origin"])
      #expect(
        try counts(employed, view) == [Counts(yes: 2, no: 1), Counts(yes: 1, unknown: 2)])
    }
  }

  @Test(
    "no. 25: a record without a stated gender is incomplete and counts nowhere",
    arguments: [
      (Gender?.none, 0), (.notStated, 0), (.female, 1), (.nonBinary, 1),
    ])
  func gender(gender: Gender?, expected: Int) throws {
    var telling = Telling()
    telling.say(0, .entered("2024-01-10", "V-1"))
    telling.say(
      0,
      JourneyEvent(.entryProfileRecorded, on: .test("2024-01-10")).with(Fields.gender, gender)
        .with(Fields.birthYear, 1990))
    telling.say(1, .entered("2024-01-10", "V-1"))
    telling.say(
      1,
      JourneyEvent(.entryProfileRecorded, on: .test("2024-01-10")).with(Fields.gender, .male))
    try withView(of: telling) { view, _ in
      let all = try question("birth-year = 1990", where: "gender is known")
      let found = try counts(all, view)
      #expect(found.map(\.yes) == [expected], "\(found)")
    }
  }

  @Test("no. 31: family members in counselling are a number, nobody of their own")
  func family() throws {
    var telling = Telling()
    telling.say(0, .entered("2024-01-10", "V-1"))
    telling.say(0, .told(.counsellingHeld, "2024-02-01").with(Fields.familyMembers, 3))
    try withView(of: telling) { view, log in
      let participants = try log.participantCount()
      let found = try counts(question("not dropout"), view)
      #expect(participants == 1 && found == [Counts(yes: 1)])
    }
  }
}
