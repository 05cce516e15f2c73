import EventLog
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("People whose processing is restricted")
struct RestrictionTests {
  private let question = TimeToEventQuestion(
    clock: .day, origin: .entry, outcome: .firstPlacement, kinds: [.svp, .miniJob],
    referenceDay: CivilDate.test("2025-12-31").day)

  private static func restricted(_ decision: StatisticsDecision) -> JourneyEvent {
    JourneyEvent(.processingRestricted, on: .test("2025-02-01")).with(Fields.statistics, decision)
  }

  private static let lifted = JourneyEvent(.restrictionLifted, on: .test("2025-03-01"))

  /// Whom figures leave out for who knows so many records, worked out statement by statement.
  private static func naive(_ log: EventLog, size: UInt64) throws -> Set<UInt32> {
    var found: Set<UInt32> = []
    for ref in 0..<(try log.participantCount()) {
      let events = try log.events(of: .participant(ParticipantRef(ref)), size: size)
      let standing = Statement.list(events).filter { $0.retraction == nil }
        .compactMap(\.wording.event).last {
          [.processingRestricted, .restrictionLifted].contains($0.type)
        }
      if standing?[Fields.statistics] == .exclude { found.insert(ref) }
    }
    return found
  }

  /// Whom the view leaves out, each person by whose code stays.
  private static func leftOut(_ view: JourneysView, size: UInt64) throws -> Set<UInt32> {
    let (halves, _) = try view.scan(size: size) { _, next in
      var found: Set<UInt32> = []
      while let block = try next() {
        for index in 0..<block.count where block.isLeftOut(index) {
          #expect(!block.isKnown(index))
          found.insert(block.firstRef + UInt32(index))
        }
      }
      return found
    }
    return halves.reduce(into: []) { $0.formUnion($1) }
  }

  @Test("leave figures and come back at every state of knowledge, as decided (6.8, no. 26)")
  func turns() throws {
    var telling = Telling()
    for person in 0..<3 {
      telling.say(person, .entered("2024-01-01", "north"))
      telling.say(person, .job("2024-03-0\(person + 1)"))
    }
    let before = telling.statements.count
    let first = telling.say(0, Self.restricted(.exclude))
    let lifting = telling.say(0, Self.lifted)
    telling.takeBack(lifting)
    telling.say(0, Self.restricted(.keep), about: first)
    telling.say(0, Self.restricted(.exclude))
    telling.say(1, Self.restricted(.keep))
    try withView(of: telling) { view, log in
      let counts = try (before...telling.statements.count).map {
        try question.ask(view, size: UInt64($0)).attrition
      }
      #expect(counts.map(\.leftOut) == [0, 1, 0, 1, 0, 1, 1])
      #expect(counts.allSatisfy { $0.participants == 3 && $0.counted == 3 - $0.leftOut })
      let comparison = try KnowledgeComparison(
        question, view, sizes: (UInt64(before), UInt64(telling.statements.count)),
        days: (question.referenceDay, question.referenceDay), horizons: [70])
      #expect(
        comparison.movements.map(\.kind) == [
          .restricted, .readmitted, .retracted, .readmitted, .restricted,
        ])
      #expect(comparison.movements.map(\.change.counted) == [-1, 1, -1, 1, -1])
      #expect(comparison.groups[0].rest.counted == 0)
      let streams = try (0..<3).map { try log.events(of: .participant(ParticipantRef($0))) }
      #expect(Restriction(streams[0])?.statistics == .exclude)
      #expect(Restriction(streams[1])?.statistics == .keep)
      #expect(Restriction(streams[2]) == nil)
    }
  }

  @Test("are free again when a restriction is taken back that another record had been worded as")
  func reworded() throws {
    var telling = Telling()
    telling.say(0, .entered("2024-01-01", "north"))
    let job = telling.say(0, .job("2024-03-01"))
    telling.say(0, Self.restricted(.exclude), about: job)
    telling.say(0, Self.restricted(.keep), about: job)
    telling.takeBack(job)
    try withView(of: telling) { view, log in
      #expect(try Self.leftOut(view, size: 3) == [0])
      #expect(try Self.leftOut(view, size: 4) == [])
      let stream = try log.events(of: .participant(ParticipantRef(0)))
      #expect(Restriction(stream) == nil)
    }
  }

  @Test("are left out as a whole when they were admitted twice, and told apart in the digest")
  func merged() throws {
    var telling = Telling()
    telling.say(0, .entered("2024-01-01", "north"))
    telling.say(1, .entered("2024-01-01", "south"))
    let digest = try withView(of: telling) { view, _ in try view.digest() }
    telling.say(1, Self.restricted(.exclude))
    telling.merge(1, into: 0)
    let merged = UInt64(telling.statements.count)
    telling.unmerge(1, 0)
    try withView(of: telling) { view, log in
      #expect(try Self.leftOut(view, size: 3) == [1])
      #expect(try Self.leftOut(view, size: merged) == [0])
      #expect(try question.ask(view, size: merged).attrition.participants == 1)
      #expect(try Self.leftOut(view, size: merged + 2) == [1])
      let person = try PersonStreams(of: ParticipantRef(0), in: log, size: merged)
      #expect(Restriction(person)?.statistics == .exclude)
      #expect(try view.digest(size: 2) == digest)
      #expect(try view.digest(size: 3) != digest)
    }
  }

  @Test("are the same however the view came to be, seed by seed", arguments: UInt64(1)...8)
  func random(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var telling = Telling.random(people: 8, statements: 60, merges: 3, using: &random)
    for _ in 0..<60 {
      let person = Int.random(in: 0..<8, using: &random)
      let known = telling.statements.indices.filter {
        let event = telling.statements[$0].event
        return telling.statements[$0].person == person
          && [.processingRestricted, .restrictionLifted].contains(event.type)
      }
      let event =
        random.chance(35) ? Self.lifted : Self.restricted(random.chance(60) ? .exclude : .keep)
      if random.chance(30), !known.isEmpty {
        let target = random.pick(known)
        if random.chance(50) {
          telling.takeBack(target)
        } else {
          telling.say(person, event, about: target)
        }
      } else {
        telling.say(person, event)
      }
    }
    let order = telling.interleaved(using: &random)
    let cuts = Telling.cuts(of: order.count, using: &random)
    try withTemporaryStore { store in
      let log = try store.log
      var teller = Teller(telling)
      let view = JourneysView(of: log)
      var start = 0
      for end in cuts where end > start {
        try teller.tell(order[start..<end], to: log)
        start = end
        try view.refresh()
      }
      let sizes = stride(from: 1, through: order.count, by: 4).map { UInt64($0) }
      let grown = Dictionary(
        uniqueKeysWithValues: try sizes.map { ($0, try Self.leftOut(view, size: $0)) })
      try view.rebuild()
      let participants = try log.participantCount()
      let marks = try (0..<participants).flatMap { ref in
        try log.events(of: .participant(ParticipantRef(ref))).compactMap { read in
          read.event.flatMap { PersonMark(read.header, $0) }
        }
      }
      let merges = MergeHistory([PersonMark]().adding(marks), participants: participants)
      for size in sizes {
        let expected = try Self.naive(log, size: size)
        let persons = merges.groups(size: size)
        let heads = Set(expected.map { persons.person(of: ParticipantRef($0))[0].number })
        #expect(grown[size] == heads, "seed \(seed), size \(size)")
        #expect(try Self.leftOut(view, size: size) == heads, "seed \(seed), size \(size)")
      }
    }
  }
}
