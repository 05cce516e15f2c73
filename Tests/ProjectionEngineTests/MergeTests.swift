import EventLog
import Journey
import Keyring
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("Participants who are one person")
struct MergeTests {
  /// Two participants of one person: entered twice, the job told about the second.
  private var duplicate: Telling {
    var telling = Telling()
    telling.say(0, .entered("2024-02-01", "north"))
    telling.say(1, .entered("2024-01-10", "south"))
    telling.say(1, .job("2024-03-01"))
    telling.say(0, JourneyEvent(.statusConfirmed, on: .test("2024-10-31")))
    return telling
  }

  @Test("count once from the merge on, twice before it and after its revert")
  func merged() throws {
    var telling = duplicate
    let before = telling.statements.count
    telling.merge(1, into: 0)
    let merged = telling.statements.count
    telling.unmerge(1, 0)
    try withView(of: telling) { view, _ in
      let sizes = [before, before + 1, merged, merged + 1, merged + 2]
      let people = try sizes.map { try ViewSnapshot(view, size: UInt64($0)).people }
      #expect(people.map(\.count) == [2, 1, 1, 2, 2])
      #expect(people[0] == people[3] && people[3] == people[4])
      let person = try #require(people[2][0])
      #expect(
        person.milestones == (people[0].values.flatMap(\.milestones)).sorted(),
        "the steps of both, and no others")
      // First entry is that of the absorbed one; the office in charge is the latest one.
      #expect(person.attributes["subproject"] == "north")
      #expect(person.attributes["operation"] == "south")
    }
  }

  @Test("form chains, in which each part can be taken out")
  func chains() throws {
    var telling = Telling()
    for person in 0..<4 { telling.say(person, .job("2024-0\(person + 1)-01")) }
    telling.merge(3, into: 2)
    telling.merge(2, into: 1)
    telling.merge(1, into: 0)
    telling.unmerge(2, 1)
    telling.merge(2, into: 0)
    telling.unmerge(3, 2)
    try withView(of: telling) { view, _ in
      let sizes = [4, 6, 8, 10, 12, 14, 16]
      let people = try sizes.map { size in
        try ViewSnapshot(view, size: UInt64(size)).people.mapValues(\.milestones.count)
      }
      #expect(
        people == [
          [0: 1, 1: 1, 2: 1, 3: 1], [0: 1, 1: 1, 2: 2], [0: 1, 1: 3], [0: 4], [0: 2, 2: 2],
          [0: 4], [0: 3, 3: 1],
        ])
    }
  }

  @Test("keep the spells of their sources apart")
  func spells() throws {
    var telling = Telling()
    // Both sources number from 1: the end of one's first job is not that of the other's.
    telling.say(0, .entered("2024-01-01", "a"))
    telling.say(0, JourneyEvent.job("2024-02-01").with(Fields.spell, 1))
    telling.say(1, JourneyEvent.job("2024-03-01").with(Fields.spell, 1))
    telling.say(
      0, JourneyEvent(.employmentEnded, on: .test("2024-04-30")).with(Fields.spell, 1))
    telling.say(0, JourneyEvent(.statusConfirmed, on: .test("2024-12-31")))
    telling.merge(1, into: 0)
    try withView(of: telling) { view, _ in
      let steps = try #require(try ViewSnapshot(view).people[0]).milestones
        .map { Milestone(bits: $0) }
      let end = try #require(steps.first { $0.kind == .placementEnded })
      let ended = steps.filter { $0.kind == .placementStarted && $0.isEnded(by: end) }
      #expect(ended.map(\.day) == [CivilDate.test("2024-02-01").day])
    }
  }

  @Test("are one also when only one of the two streams can be read", arguments: [4, 5])
  func oneSided(lost: Int) throws {
    var telling = duplicate
    telling.merge(1, into: 0)
    telling.statements.remove(at: lost)
    try withView(of: telling) { view, _ in
      let (now, then) = (try ViewSnapshot(view), try ViewSnapshot(view, size: 4))
      #expect(Array(now.people.keys) == [0] && then.people.count == 2)
    }
  }

  @Test("are not confused by merges that make no sense")
  func nonsense() throws {
    var telling = duplicate
    telling.merge(0, into: 0)
    telling.merge(1, into: 0)
    telling.merge(0, into: 1)
    telling.unmerge(2, 0)
    telling.say(2, .job("2024-05-01"))
    var random = SeededGenerator(seed: 1)
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      try teller.tell(telling.interleaved(using: &random), to: log)
      // Nobody has this number.
      let event = JourneyEvent(.participantsMerged, on: .test("2026-02-01"))
        .with(Fields.otherParticipant, 77)
      try store.append([event], to: StreamID(.participant, 2))
      let view = JourneysView(of: log)
      try view.refresh()
      let caughtUp = try ViewSnapshot(view)
      #expect(caughtUp.people.count == 2)
      try view.rebuild()
      #expect(try ViewSnapshot(view) == caughtUp)
    }
  }

  @Test(
    "read the same caught up, rebuilt, and as known at any size, over random histories",
    arguments: 51...62)
  func random(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let telling = Telling.random(
      people: seed % 3 == 0 ? 30 : 9, statements: 170, merges: 12, using: &random)
    let order = telling.interleaved(using: &random)
    let cuts = Telling.cuts(of: order.count, using: &random, most: 25)
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      var thresholds = JourneysView.Thresholds()
      if seed % 2 == 0 { thresholds.overlaid = (2, .max) }
      if seed % 4 == 1 { thresholds.recordsInPortion = 40 }
      let view = JourneysView(of: log, thresholds: thresholds)
      for end in cuts {
        try teller.tell(order[(cuts.last { $0 < end } ?? 0)..<end], to: log)
        if random.chance(50) {
          try view.refresh()
          #expect(
            try ViewSnapshot(view).people == teller.expected(order[..<end]),
            "seed \(seed), size \(end)")
        }
        if random.chance(15) { try view.rebuild() }
      }
      try view.refresh()
      let (digest, answers) = (try view.digest(), try Answers(view))
      let sizes =
        [0, 1, order.count]
        + (0..<9).map { _ in
          Int.random(in: 0...order.count, using: &random)
        }
      for size in sizes {
        let place: Comment = "seed \(seed), size \(size)"
        let then = try ViewSnapshot(view, size: UInt64(size))
        #expect(then.people == teller.expected(order[..<size]), place)
        let fresh = try told(telling, order[..<size])
        #expect(then == fresh.snapshot, place)
        #expect(try view.digest(size: UInt64(size)) == fresh.digest, place)
        #expect(try Answers(view, size: UInt64(size)) == fresh.answers, place)
      }
      try view.rebuild()
      #expect(try view.digest() == digest, "seed \(seed)")
      #expect(try Answers(view) == answers, "seed \(seed)")
      #expect(try ViewSnapshot(view).people == teller.expected(order), "seed \(seed)")
    }
  }

  private func told(
    _ telling: Telling, _ order: ArraySlice<Int>
  ) throws -> (snapshot: ViewSnapshot, answers: Answers, digest: String) {
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      try teller.tell(order, to: log)
      let view = JourneysView(of: log)
      try view.refresh()
      return (try ViewSnapshot(view), try Answers(view), try view.digest())
    }
  }

  @Test("give one digest, whatever the order in which the log was told", arguments: 71...74)
  func digest(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let telling = Telling.random(people: 12, statements: 150, merges: 12, using: &random)
    var digests: Set<String> = []
    for _ in 0..<3 {
      let order = telling.interleaved(using: &random)
      digests.insert(try told(telling, order[...]).digest)
    }
    #expect(digests.count == 1, "seed \(seed)")
  }
}

extension JourneyEvent {
  static func entered(_ day: String, _ place: String) -> JourneyEvent {
    JourneyEvent(.participationEntered, on: .test(day)).with(Fields.operation, place)
      .with(Fields.subproject, place)
  }
}
