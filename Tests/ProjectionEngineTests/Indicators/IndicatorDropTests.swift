import EventLog
import Journey
import Keyring
import ProjectionEngine
import TestSupport
import Testing

@Suite("A number that fell between two transmissions")
struct IndicatorDropTests {
  /// Tells some statements, then others, and explains what fell in between.
  private func drops(
    _ telling: Telling, first count: Int, _ requests: (IndicatorRequest, IndicatorRequest)
  ) throws -> [IndicatorDrop] {
    let set = try builtInIndicators()
    return try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      try teller.tell(0..<count, to: log)
      let size = try log.size()
      try teller.tell(count..<telling.statements.count, to: log)
      let view = JourneysView(of: log)
      try view.refresh()
      let before = try set.table(requests.0, from: view, size: size)
      let now = try set.table(requests.1, from: view, size: try log.size())
      return try set.drops(
        set.findings(in: now.values(of: set), after: before.values(of: set)),
        IndicatorStates(
          before: .init(requests.0, size: size), now: .init(requests.1, size: try log.size())),
        from: view)
    }
  }

  private func told(_ later: (inout Telling) -> Void) throws -> [IndicatorDrop] {
    var telling = Telling()
    telling.say(0, .enteredProgramme("2024-01-10"))
    telling.say(0, .complete("2024-01-10", .female, .unemployed))
    telling.say(0, .left("2024-03-01"))
    telling.say(0, .work("2024-03-10"))
    telling.say(
      0,
      JourneyEvent(.healthImpairmentRecorded, on: .test("2024-01-10"))
        .with(Fields.disability, .yes))
    let count = telling.statements.count
    later(&telling)
    return try drops(
      telling, first: count, (.test(), .test("2024-07-01", "2024-12-31")))
  }

  private func fell(_ drops: [IndicatorDrop], _ code: String) -> IndicatorDrop? {
    drops.first { $0.finding.indicator == code && $0.finding.column == .total }
  }

  @Test("is explained by a re-entry, which replaces the earlier result")
  func reentry() throws {
    let found = try told { $0.say(0, .told(.participationReentered, "2024-08-01")) }
    let drop = try #require(fell(found, "EECR04"))
    #expect(drop.finding.expected == 1 && drop.finding.found == 0)
    #expect(drop.causes.map(\.event.type) == [.participationReentered])
    #expect(drop.causes.map(\.change) == [-1] && drop.passed == 0 && drop.gained == 0)
    #expect(fell(found, "EECO01") == nil)
  }

  @Test("is explained by an entry that was taken back, in every indicator")
  func retraction() throws {
    let found = try told { $0.takeBack(0) }
    for code in ["EECO01", "EECO02", "EECO02+04", "EECO12", "EECR04"] {
      let drop = try #require(fell(found, code), "\(code)")
      #expect(drop.causes.map(\.event.type) == [.eventRetracted], "\(code)")
      #expect(drop.causes.map(\.kind) == [.retracted] && drop.passed == 0, "\(code)")
    }
  }

  @Test("is explained by a corrected gender, in the column that lost by it")
  func gender() throws {
    let found = try told {
      $0.say(0, .complete("2024-01-10", .male, .unemployed), about: 1)
    }
    #expect(fell(found, "EECO01") == nil)
    let women = try #require(
      found.first { $0.finding.indicator == "EECO01" && $0.finding.column == .women })
    #expect(women.causes.map(\.kind) == [.corrected] && women.causes.map(\.change) == [-1])
  }

  @Test("is explained by a sealed answer that was corrected")
  func sealed() throws {
    let found = try told {
      $0.say(
        0,
        JourneyEvent(.healthImpairmentRecorded, on: .test("2024-01-10"))
          .with(Fields.disability, .no), about: 4)
    }
    let drop = try #require(fell(found, "EECO12"))
    #expect(drop.causes.map(\.event.type) == [.healthImpairmentRecorded])
    #expect(drop.causes.map(\.kind) == [nil] && drop.passed == 0)
    #expect(fell(found, "EECO01") == nil)
  }

  @Test("is explained to the last one, over random worlds", arguments: 1...8)
  func explained(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var telling = Telling.random(people: 15, statements: 200, merges: 6, using: &random)
    let genders: [Gender] = [.female, .male, .nonBinary]
    for place in telling.statements.indices
    where telling.statements[place].event.type == .entryProfileRecorded {
      let day = telling.statements[place].event.occurredOn
      telling.statements[place].event = JourneyEvent.complete(
        "2024-01-01", random.pick(genders), random.pick(EmploymentStatus.allCases))
      telling.statements[place].event.occurredOn = day
    }
    let request = IndicatorRequest.test("2024-01-01", "2024-12-31")
    let found = try drops(telling, first: 120, (request, request))
    // The same day at both states: everything that moved was moved by a record.
    for drop in found {
      #expect(drop.passed == 0, "seed \(seed): \(drop)")
      let lost = drop.causes.map(\.change).reduce(0, +)
      #expect(lost + drop.gained == drop.finding.found - drop.finding.expected, "seed \(seed)")
      #expect(!drop.causes.isEmpty, "seed \(seed): \(drop)")
    }
  }
}
