import EventLog
import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("The worklist of everybody")
struct WorklistViewTests {
  private static let form = WorklistTask.test("form", .exit, after: "28d", shown: "28d") {
    $0.settledBy = [.statusAtExitRecorded]
  }

  private static func advised(_ day: String, _ advisor: String) -> JourneyEvent {
    .told(.advisorAssigned, day).with(Fields.advisor, advisor)
  }

  private func telling() -> Telling {
    var telling = Telling()
    for person in 0..<4 {
      telling.say(
        person,
        .enteredProgramme("2024-01-1\(person)").with(Fields.network, person < 2 ? "N-1" : "N-2"))
      telling.say(person, Self.advised("2024-01-20", person == 3 ? "b-2" : "B-1"))
      telling.say(person, .left("2024-03-0\(9 - person)"))
    }
    return telling
  }

  private func people(
    _ view: JourneysView, size: UInt64? = nil, _ filter: WorklistFilter = WorklistFilter()
  ) throws -> [UInt32] {
    let list = Worklist([Self.form], on: .test("2024-06-30"))
    return try view.entries(of: list, size: size, where: filter).map(\.participant.number)
  }

  @Test("comes in the order of the due days, filtered by who advises now and where")
  func filters() throws {
    var telling = telling()
    telling.say(0, Self.advised("2024-02-01", "B-9"))
    try withView(of: telling) { view, log in
      #expect(try people(view) == [3, 2, 1, 0])
      #expect(try people(view, .init(advisor: "B-1")) == [2, 1])
      #expect(try people(view, .init(advisor: "B-2")) == [3], "letter case does not matter")
      #expect(try people(view, .init(advisor: "B-1", network: "N-1")) == [1])
      #expect(try people(view, .init(advisor: "B-7")) == [])
      #expect(try people(view, .init(subproject: "TP-1")) == [], "nobody has one")
      let list = Worklist([Self.form], on: .test("2024-06-30"))
      let entries = try view.entries(of: list)
      #expect(entries.map(\.advisor) == ["b-2", "B-1", "B-1", "B-9"])
      #expect(entries.map(\.network) == ["N-2", "N-2", "N-1", "N-1"])
      // Each person's own streams say the same.
      for entry in entries {
        let person = try PersonStreams(of: entry.participant, in: log)
        #expect(list.entries(of: person) == [entry])
      }
    }
  }

  @Test("finds everybody of an advisor who is written in capitals and in small letters")
  func letterCase() throws {
    var telling = telling()
    telling.say(0, Self.advised("2024-02-01", "B-2"))
    try withView(of: telling) { view, _ in
      let found = try ["B-2", "b-2"].map { try people(view, .init(advisor: $0)) }
      #expect(found == [[3, 0], [3, 0]])
    }
  }

  @Test("finds the people of one advisor wherever they stand, now and as known earlier")
  func blocks() throws {
    var telling = Telling()
    let all = 3 * JourneyBlock.width
    let own = [5, JourneyBlock.width + 7, all - 1]
    for person in 0..<all {
      telling.say(person, .enteredProgramme("2024-01-10"))
      if own.contains(person) { telling.say(person, Self.advised("2024-01-20", "B-1")) }
      if own.contains(person) || person % 500 == 0 { telling.say(person, .left("2024-03-05")) }
    }
    let before = UInt64(telling.statements.count)
    telling.say(own[1], Self.advised("2024-02-01", "B-3"))
    telling.say(600, Self.advised("2024-02-01", "B-1"))
    telling.say(600, .left("2024-03-06"))
    try withView(of: telling) { view, _ in
      let now = try ["B-1", "B-3"].map { try people(view, .init(advisor: $0)) }
      #expect(now == [[5, UInt32(all - 1), 600], [UInt32(own[1])]])
      let earlier = try ["B-1", "B-3"].map { try people(view, size: before, .init(advisor: $0)) }
      #expect(earlier == [own.map { UInt32($0) }, []])
    }
  }

  @Test(
    "finds of one advisor what the list of everybody says of them",
    arguments: 1...12 as ClosedRange<UInt64>)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var telling = Telling.random(people: 60, statements: 300, merges: 6, using: &random)
    for _ in 0..<80 {
      let person = Int.random(in: 0..<60, using: &random)
      // Most have few people, one has many.
      let advisor = random.chance(40) ? 0 : Int.random(in: 1..<30, using: &random)
      telling.say(
        person, Self.advised("2024-0\(Int.random(in: 1...9, using: &random))-15", "B-\(advisor)"))
      if random.chance(20) { telling.say(person, .left("2024-10-0\(1 + person % 9)")) }
      if random.chance(5) {
        telling.say(
          person,
          JourneyEvent(.processingRestricted, on: .test("2024-11-01"))
            .with(Fields.statistics, .keep))
      }
    }
    let statements = telling.statements.count
    let talk = WorklistTask.test("talk", .lastContact, after: "30d", shown: "30d") {
      $0.settledBy = [.contactLost]
    }
    let list = Worklist([Self.form, talk], on: .test("2025-06-30"))
    try withView(of: telling) { view, _ in
      for size in [nil, UInt64(statements), UInt64(statements - 40), UInt64(statements / 2)] {
        let all = try view.entries(of: list, size: size)
        #expect(size != nil || all.count > 5, "seed \(seed)")
        for advisor in (0..<30).map({ "B-\($0)" }) {
          let own = try view.entries(of: list, size: size, where: .init(advisor: advisor))
          #expect(own == all.filter { $0.advisor == advisor }, "\(advisor), seed \(seed)")
        }
      }
    }
  }

  @Test("takes who was merged as one person, and as two for who knows less")
  func merged() throws {
    var telling = telling()
    let before = UInt64(telling.statements.count)
    telling.merge(1, into: 0)
    let parted = UInt64(telling.statements.count)
    telling.unmerge(1, 0)
    try withView(of: telling) { view, _ in
      let found = try [before, parted, nil].map { try people(view, size: $0) }
      #expect(found == [[3, 2, 1, 0], [3, 2, 0], [3, 2, 1, 0]])
    }
  }

  @Test(
    "has nobody in it who is restricted today, counted in figures or not, whoever they are with")
  func restricted() throws {
    for decision in [StatisticsDecision.keep, .exclude] {
      var telling = telling()
      let before = UInt64(telling.statements.count)
      telling.merge(1, into: 0)
      telling.say(
        1,
        JourneyEvent(.processingRestricted, on: .test("2024-05-01"))
          .with(Fields.statistics, decision))
      let restriction = telling.statements.count
      telling.unmerge(1, 0)
      try withView(of: telling) { view, _ in
        // As known then they were one person, and what holds today protects them.
        let found = try [nil, UInt64(restriction), before].map { try people(view, size: $0) }
        #expect(found == [[3, 2, 0], [3, 2], [3, 2, 0]])
      }
      telling.say(1, JourneyEvent(.restrictionLifted, on: .test("2024-06-01")))
      try withView(of: telling) { view, _ in
        let found = try people(view)
        #expect(found == [3, 2, 1, 0])
      }
    }
  }
}
