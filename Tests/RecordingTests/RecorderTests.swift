import EventLog
import Journey
import ProjectionEngine
import Recording
import TestSupport
import Testing

@Suite("Whoever records")
struct RecorderTests {
  private func stream(_ bench: Bench) throws -> [JourneyEvent] {
    try bench.store.log.events(of: .participant(bench.ref)).compactMap(\.event)
  }

  private func standing(_ bench: Bench) throws -> [JourneyEvent] {
    let events = try PersonStreams(of: bench.ref, in: bench.store.log).events
    return Statement.list(events).filter { $0.retraction == nil }.compactMap(\.wording.event)
  }

  @Test("stores what the plan showed, with author, role and warnings beside the event")
  func records() throws {
    try withTemporaryStore { store in
      let bench = try Bench(store, [.at("2024-05-01", .counsellingHeld)])
      let recorder = try bench.recorder()
      let size = try store.log.size()
      let plan = try recorder.plan(.entered("2024-05-02", "V-1"), about: .known(bench.ref))
      #expect(try store.log.size() == size, "a plan stores nothing")
      #expect(plan.warnings.map(\.code) == ["W-NO-NOTICE"] && plan.count == 2)
      let done = try recorder.store(plan)
      #expect(done.position == plan.position && done.count == plan.count && done.version == 3)
      let events = try stream(bench)
      #expect(events[1] == plan.event)
      #expect(events[1][Fields.author] == "anna" && events[1][Fields.actorRole] == .advisor)
      #expect(events[1][Fields.source] == .advisor)
      #expect(events[2].type == .warningsNoted && events[2][Fields.warnings] == "W-NO-NOTICE")
      #expect(throws: RecordingError.self) {
        try recorder.plan(.entered("2024-06-01", "V-1"), about: .known(bench.ref))
      }
      #expect(throws: RecordingError.self) {
        try recorder.plan(.at("2024-06-01", .employmentStarted), about: .known(bench.ref))
      }
    }
  }

  @Test("admits somebody new with the first thing said")
  func admits() throws {
    try withTemporaryStore { store in
      let bench = try Bench(store)
      let recorder = try bench.recorder()
      let plan = try recorder.plan(
        .at("2024-05-02", .counsellingHeld), about: .new(externalID: "desk:1"))
      let done = try recorder.store(plan)
      #expect(try store.log.participant(externalID: "desk:1") == done.participant)
      #expect(try store.log.participantCount() == 2)
    }
  }

  @Test("corrects any wording, takes back, brings back, and the way back restores it")
  func corrects() throws {
    try withTemporaryStore { store in
      let bench = try Bench(store)
      let recorder = try bench.recorder("bea")
      let first = try bench.record(.job("2024-04-01", 1))
      let before = try standing(bench)
      func correct(_ position: Position, _ day: String?) throws -> RecordedPlan {
        try recorder.store(
          try recorder.planCorrection(of: position, reason: "contract") {
            event throws(RecordingError) in
            if let day { event.occurredOn = .test(day) }
          })
      }
      let second = try correct(first.position, "2024-04-15")
      // The first wording still names the statement.
      let third = try correct(first.position, "2024-04-20")
      #expect(try standing(bench).map(\.occurredOn).contains(.test("2024-04-20")))
      #expect(try standing(bench).count == before.count)
      #expect(throws: RecordingError.self) { try correct(third.position, "2024-04-20") }
      let taken = try recorder.store(
        try recorder.planRetraction(of: second.position, because: .duplicate, reason: "twice"))
      #expect(try standing(bench).count == before.count - 1)
      #expect(throws: RecordingError.self) {
        try recorder.planRetraction(of: first.position, because: .duplicate, reason: "again")
      }
      // The way back that the command prints: a correction of the retraction, and the old date.
      let revived = try correct(taken.position, nil)
      #expect(try standing(bench).map(\.occurredOn).contains(.test("2024-04-20")))
      _ = try correct(revived.position, "2024-04-01")
      let (now, then) = (try standing(bench).last, before.last)
      #expect(now?.occurredOn == then?.occurredOn)
      #expect(now?[Fields.placementKind] == then?[Fields.placementKind])
      #expect(now?[Fields.reason] == "contract" && now?[Fields.author] == "bea")
      #expect(try stream(bench).count == 7, "nothing was lost")
    }
  }

  @Test("is not let through without a reason, without a statement, or at a control event")
  func refusals() throws {
    try withTemporaryStore { store in
      let bench = try Bench(store)
      let recorder = try bench.recorder()
      let job = try bench.record(.job("2024-04-01"))
      let warned = try bench.record(.at("2024-09-01", .participationResumed))
      func refuses(_ position: UInt64, _ reason: String = "why") -> Bool {
        do throws(RecordingError) {
          _ = try recorder.planRetraction(
            of: Position(position), because: .notHappened, reason: reason)
          return false
        } catch { return true }
      }
      #expect(!refuses(job.position.number))
      #expect(refuses(job.position.number, "  "))
      #expect(refuses(99))
      #expect(refuses(warned.position.number + 1), "a note of warnings is no statement")
    }
  }

  @Test("who was slower sees both versions, and neither is lost")
  func conflict() throws {
    try withTemporaryStore { store in
      let bench = try Bench(store)
      let job = try bench.record(.job("2024-04-01"))
      let (anna, bea) = (try bench.recorder("anna"), try bench.recorder("bea"))
      func plan(
        _ recorder: Recorder, _ day: String, _ version: UInt32?
      ) throws(RecordingError) -> RecordingPlan {
        try recorder.planCorrection(of: job.position, reason: day, expecting: version) {
          event throws(RecordingError) in event.occurredOn = .test(day)
        }
      }
      // Both look at the same version; both plans are made before either is stored.
      let version = try plan(anna, "2024-04-10", nil).version
      let (hers, late) = (
        try plan(anna, "2024-04-10", version), try plan(bea, "2024-04-20", version)
      )
      _ = try anna.store(hers)
      let size = try store.log.size()
      var found: [RecordingConflict] = []
      do throws(RecordingError) { _ = try bea.store(late) } catch {
        if case .conflict(let conflict) = error { found.append(conflict) }
      }
      do throws(RecordingError) { _ = try plan(bea, "2024-04-20", version) } catch {
        if case .conflict(let conflict) = error { found.append(conflict) }
      }
      try #require(found.count == 2)
      #expect(try store.log.size() == size, "nothing is stored of the slower one")
      for conflict in found {
        #expect(conflict.expected == version && conflict.actual == version + 1)
        #expect(conflict.since.map { $0.event?[Fields.author] } == ["anna"])
        #expect(conflict.mine?.occurredOn == .test("2024-04-20"))
        #expect(conflict.base?.occurredOn == .test("2024-04-01"))
      }
      #expect(found[1].theirs?.occurredOn == .test("2024-04-10"))
      // Knowing the newer version it goes through, and all three wordings stand in the log.
      _ = try bea.store(try plan(bea, "2024-04-20", version + 1))
      let days = try stream(bench).filter { $0.type == .employmentStarted }.map(\.occurredOn)
      #expect(days == ["2024-04-01", "2024-04-10", "2024-04-20"].map { .test($0) })
    }
  }
}
