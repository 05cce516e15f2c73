import EventLog
import Files
import Journey
import Keyring
import ProjectionEngine
import Projections
import TestSupport
import Testing

@Suite("A timeline")
struct TimelineTests {
  /// A journey that is told to a store of its own, and read back.
  private final class Told {
    let store: TemporaryStore
    let stream: StreamID

    init(_ events: [JourneyEvent]) throws {
      store = try TemporaryStore()
      stream = .participant(try store.admit("test:1", events))
    }

    @discardableResult
    func say(_ event: JourneyEvent, about position: Int? = nil) throws -> Int {
      let event = event.with(Fields.target, position)
      return Int(try store.append([event], to: stream).first.number)
    }

    @discardableResult
    func takeBack(_ position: Int, why: String? = nil) throws -> Int {
      let event = JourneyEvent.at("2024-12-01", .eventRetracted)
        .with(Fields.retractionReason, .notHappened).with(Fields.reason, why)
        .with(Fields.author, "cd")
      return try say(event, about: position)
    }

    func timeline(size: Int? = nil, on day: String = "2024-12-31") throws -> Timeline {
      let events = try store.log.events(of: stream, size: size.map { UInt64($0) } ?? .max)
      return Timeline(events, on: CivilDate.test(day).day)
    }
  }

  private func lines(_ timeline: Timeline) -> [String] {
    timeline.entries.map { entry in
      let mark = entry.isRetracted ? " (taken back)" : ""
      return "\(entry.event.occurredOn) \(entry.event.type.name)\(mark)"
    }
  }

  @Test("of nobody is empty")
  func empty() {
    let timeline = Timeline([], on: CivilDate.test("2024-12-31").day)
    #expect(timeline.entries.isEmpty && timeline.erased == 0)
    #expect(timeline.state == CurrentState([], on: CivilDate.test("2024-12-31").day))
  }

  @Test("stands in the order of the journey, not of telling")
  func order() throws {
    let told = try Told([
      .at("2024-05-01", .participationExited), .counselled("2024-03-02"),
      .at("2024-02-01", .participationEntered), .at("2024-01-05", .firstContactRecorded),
    ])
    #expect(
      lines(try told.timeline()) == [
        "2024-01-05 FirstContactRecorded", "2024-02-01 ParticipationEntered",
        "2024-03-02 CounsellingHeld", "2024-05-01 ParticipationExited",
      ])
  }

  @Test("orders one day as it happens: entry, starts, follow-ups, ends, exit, death")
  func orderOfOneDay() throws {
    let told = try Told([
      .at("2024-02-01", .participantDeceased), .at("2024-02-01", .privacyNoticeGiven),
      .at("2024-02-01", .participationExited), .jobEnded("2024-02-01"),
      .at("2024-02-01", .statusConfirmed), .counselled("2024-02-01", note: "first told"),
      .counselled("2024-02-01", note: "then told"), .job("2024-02-01", .svp),
      .at("2024-02-01", .residenceStatusChanged).with(Fields.residence, .ae22),
      .at("2024-02-01", .participationEntered), .job("2024-02-02", .svp),
    ])
    let timeline = try told.timeline()
    #expect(
      timeline.entries.map(\.event.type) == [
        .participationEntered, .residenceStatusChanged, .employmentStarted, .counsellingHeld,
        .counsellingHeld, .statusConfirmed, .employmentEnded, .participationExited,
        .participantDeceased, .privacyNoticeGiven, .employmentStarted,
      ])
    let notes = timeline.entries.compactMap { $0.event[Fields.note] }
    #expect(notes == ["first told", "then told"])
  }

  @Test("folds corrections into the entry they change, each with what stood before")
  func corrections() throws {
    let told = try Told([.counselled("2024-02-01", note: "one")])
    let event = JourneyEvent.counselled("2024-02-02", note: "two")
    let first = try told.say(
      event.with(Fields.author, "ab").with(Fields.reason, "wrong day"), about: 0)
    try told.say(.counselled("2024-02-02", note: "three"), about: first)
    try told.say(.counselled("2024-02-03", note: "four"), about: 0)
    let timeline = try told.timeline()
    try #require(timeline.entries.count == 1)
    let entry = timeline.entries[0]
    #expect(entry.event[Fields.note] == "four" && entry.position == Position(0))
    #expect(entry.changes.map { $0.before[Fields.note] } == ["one", "two", "three"])
    #expect(entry.changes.map { $0.after?[Fields.note] } == ["two", "three", "four"])
    #expect(entry.changes.map(\.position.number) == [1, 2, 3])
    #expect(entry.changes.map(\.author) == ["ab", nil, nil])
    #expect(entry.changes.map(\.reason) == ["wrong day", nil, nil])
    let recorded = [entry.recordedAt] + entry.changes.map(\.recordedAt)
    #expect(recorded == recorded.sorted() && Set(recorded).count == 4)
    #expect(!entry.isRetracted)
  }

  @Test("keeps what was taken back, marked, and leaves it out of the state")
  func retracted() throws {
    let told = try Told([
      .at("2024-02-01", .participationEntered), .job("2024-03-01", .svp),
      .counselled("2024-03-05"),
    ])
    try told.takeBack(1, why: "another person")
    let timeline = try told.timeline()
    #expect(
      lines(timeline) == [
        "2024-02-01 ParticipationEntered", "2024-03-01 EmploymentStarted (taken back)",
        "2024-03-05 CounsellingHeld",
      ])
    let change = try #require(timeline.entries[1].changes.first)
    #expect(change.after == nil && change.before[Fields.placementKind] == .svp)
    #expect(change.author == "cd" && change.reason == "another person")
    #expect(timeline.state.labour == .unknown)
    #expect(timeline.state.participation == .active(since: .test("2024-02-01")))
  }

  @Test("takes an entry back as a whole when its correction is taken back, and takes it in again")
  func retractedCorrection() throws {
    let told = try Told([.job("2024-03-01", .svp)])
    let corrected = try told.say(.job("2024-04-01", .miniJob), about: 0)
    let retraction = try told.takeBack(corrected)
    var entry = try #require(try told.timeline().entries.first)
    #expect(entry.isRetracted && entry.event[Fields.placementKind] == .miniJob)
    #expect(try told.timeline().state.labour == .unknown)
    try told.say(.job("2024-05-01", .svp), about: retraction)
    entry = try #require(try told.timeline().entries.first)
    #expect(!entry.isRetracted && entry.changes.count == 3)
    #expect(
      try told.timeline().state.labour
        == .placed(.svp, since: .test("2024-05-01"), count: 1))
  }

  @Test("reads as it would have read then")
  func asOf() throws {
    let told = try Told([.at("2024-02-01", .participationEntered), .job("2024-03-01", .svp)])
    try told.say(.job("2024-06-01", .miniJob), about: 1)
    try told.takeBack(1)
    let labour = try (0...4).map { try told.timeline(size: $0).state.labour }
    let (march, june) = (CivilDate.test("2024-03-01"), CivilDate.test("2024-06-01"))
    #expect(
      labour == [
        .unknown, .unknown, .placed(.svp, since: march, count: 1),
        .placed(.miniJob, since: june, count: 1), .unknown,
      ])
    let changes = try (0...4).map {
      try told.timeline(size: $0).entries.map(\.changes.count)
    }
    #expect(changes == [[], [0], [0, 0], [0, 1], [0, 2]])
    // The other time: the same knowledge, another reference day.
    #expect(try told.timeline(size: 3, on: "2024-05-31").state.labour == .unknown)
  }

  @Test("says the same of a person as the journeys view, whatever was corrected and taken back")
  func agreesWithTheView() throws {
    for seed in 1...4 as ClosedRange<UInt64> {
      var state = seed
      func random(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
      }
      let told = try Told([.at("2024-01-01", .participationEntered)])
      for _ in 0..<40 {
        let day = "2024-0\(1 + random(9))-\(10 + random(18))"
        let size = Int(try told.store.log.size())
        let event: JourneyEvent =
          [.job(day, .svp), .jobEnded(day), .counselled(day), .at(day, .statusConfirmed)][
            random(4)]
        switch random(5) {
        case 0: try told.takeBack(random(size))
        case 1: try told.say(event, about: random(size))
        default: try told.say(event)
        }
      }
      let view = JourneysView(of: try told.store.log)
      try view.refresh()
      for size in stride(from: 1, through: 41, by: 4) {
        let steps = try view.scan(size: UInt64(size)) { _, next in
          var steps: [UInt64] = []
          while let block = try next() { steps += block.milestones }
          return steps
        }.results.flatMap { $0 }
        let timeline = try told.timeline(size: size)
        let standing = timeline.entries.filter { !$0.isRetracted }.compactMap(\.event.milestone)
        #expect(standing.map(\.bits).sorted() == steps, "seed \(seed), size \(size)")
        let day = CivilDate.test("2024-12-31").day
        #expect(timeline.state == CurrentState(steps.map { Milestone(bits: $0) }, on: day))
      }
    }
  }

  @Test("hides what was another person's at every state of knowledge (6.8, no. 14)")
  func wrongPerson() throws {
    let told = try Told([.at("2024-02-01", .participationEntered), .job("2024-03-01", .svp)])
    try told.say(.job("2024-04-01", .miniJob), about: 1)
    let retraction = try told.say(
      JourneyEvent.at("2024-12-01", .eventRetracted)
        .with(Fields.retractionReason, .wrongPerson).with(Fields.author, "cd"), about: 1)
    let all = try told.store.log.events(of: told.stream)
    let withheld = Statement.withheld(all)
    #expect(withheld == [Position(1), Position(2)])
    for size in 2...4 {
      let events = all.filter { $0.header.position.number < UInt64(size) }
      let timeline = Timeline([events], withholding: withheld, on: CivilDate.test("2024-12-31").day)
      let entry = try #require(timeline.entries.first { $0.isWithheld })
      #expect(timeline.state.labour == .unknown, "size \(size)")
      let shown = ([entry.event] + entry.changes.flatMap { [$0.before, $0.after ?? $0.before] })
      #expect(shown.allSatisfy { $0.type == .eventRetracted && $0.fields.entries.isEmpty })
      // That and why it was taken back is known only from then on.
      #expect(entry.isRetracted == (size == 4))
      #expect(entry.changes.contains { $0.code == .wrongPerson } == (size == 4))
    }
    // A mistaken retraction: it is stated again, and shown from then on.
    try told.say(.job("2024-05-01", .svp), about: retraction)
    let entry = try #require(try told.timeline().entries.last)
    #expect(!entry.isWithheld && entry.event.occurredOn == .test("2024-05-01"))
    #expect(entry.changes.last?.revives == true)
  }

  @Test("of a merged person is that of all its streams, from the merge on")
  func merged() throws {
    let store = try TemporaryStore()
    let one = try store.admit("test:1", [.at("2024-02-01", .participationEntered)])
    let two = try store.admit("test:2", [.job("2024-03-01", .svp), .jobEnded("2024-05-31")])
    func other(_ ref: ParticipantRef, _ type: EventType) -> JourneyEvent {
      JourneyEvent.at("2024-12-01", type).with(Fields.otherParticipant, Int(ref.number))
    }
    let merge = try store.log.append(
      AppendRequest([
        .init(.stream(.participant(two)), expecting: .any, [other(one, .participantsMerged)]),
        .init(.stream(.participant(one)), expecting: .any, [other(two, .participantTakenIn)]),
      ])
    ).first.number
    try store.append(
      [other(one, .mergeReverted).with(Fields.target, Int(merge))], to: .participant(two))
    func lines(_ ref: ParticipantRef, size: UInt64) throws -> [String] {
      let person = try PersonStreams(of: ref, in: store.log, size: size)
      let timeline = Timeline(
        person.streams, withholding: [], on: CivilDate.test("2024-12-31").day)
      return timeline.entries.map { "\($0.event.type.name)\($0.isRetracted ? "!" : "")" }
    }
    let apart = ["EmploymentStarted", "EmploymentEnded"]
    #expect(try lines(two, size: merge) == apart)
    #expect(
      try lines(one, size: merge + 2) == ["ParticipationEntered"] + apart + ["ParticipantsMerged"])
    #expect(try lines(one, size: merge + 2) == lines(two, size: merge + 2))
    #expect(try lines(two, size: merge + 3) == apart + ["ParticipantsMerged!"])
    #expect(
      try lines(one, size: merge + 3) == ["ParticipationEntered", "ParticipantTakenIn"])
  }

  @Test("says what was dropped by law, apart from what was erased (6.8, no. 34)")
  func dropped() throws {
    let health = JourneyEvent.at("2024-02-02", .healthImpairmentRecorded)
      .with(Fields.disability, .yes)
    let told = try Told([.at("2024-02-01", .participationEntered), health, health])
    // What takes a statement back, or corrects it, tells of it.
    try told.takeBack(1, why: "none")
    try told.say(health, about: 2)
    let before = try told.timeline()
    #expect(before.entries.count == 3 && before.dropped.isEmpty)
    try told.store.log.orderDrop(of: .health, ground: "law")
    try told.store.log.carryOutOrders()
    let timeline = try told.timeline()
    #expect(timeline.dropped == [.health: 3] && timeline.erased == 0)
    #expect(timeline.closedGroups.isEmpty)
    #expect(lines(timeline) == ["2024-02-01 ParticipationEntered"])
    let events = try told.store.log.events(of: told.stream)
    #expect(events.map(\.isDropped) == [false, true, true, false, true])
    #expect(events.allSatisfy { !$0.isErased && !$0.isClosed })
    // An earlier state of knowledge shows it as little.
    #expect(try told.timeline(size: 2).dropped == [.health: 1])
    try told.store.log.orderErasure(
      ErasureRequest([ParticipantRef(told.stream.ref)], reason: "x"))
    try told.store.log.carryOutOrders()
    #expect(try told.timeline().erased == 2 && told.timeline().dropped == [.health: 3])
  }
}
