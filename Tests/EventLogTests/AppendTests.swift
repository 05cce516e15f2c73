import EventLog
import Journey
import Keyring
import TestSupport
import Testing

@Suite("An append")
struct AppendTests {
  @Test("gives dense positions over many commits, and refused ones leave no gap")
  func positions() throws {
    try withTemporaryStore { store in
      var generator = SeededGenerator(seed: 1)
      var refs: [ParticipantRef] = []
      var expected: UInt64 = 0
      for round in 0..<40 {
        if round % 4 == 0 {
          refs.append(try store.admit("test:\(round)", [.entered(), .jobStarted()]))
          expected += 2
        }
        let stream = StreamID.participant(refs[Int.random(in: refs.indices, using: &generator)])
        let count = Int.random(in: 1...3, using: &generator)
        let result = try store.append(Array(repeating: .counselled(), count: count), to: stream)
        #expect(result.first == Position(expected))
        #expect(result.count == count)
        expected += UInt64(count)
        #expect(throws: AppendError.self) {
          try store.append([.counselled()], to: stream, expecting: .none)
        }
      }
      #expect(try store.log.size() == expected)
      let records = try store.log.records(0..<expected)
      #expect(records.map(\.header.position.number) == Array(0..<expected))
    }
  }

  @Test("to a stream that must not exist is refused once it does, with all its events")
  func expectedNone() throws {
    try withTemporaryStore { store in
      let network = StreamID(.network, 4)
      try store.append([.networkRegistered("N4")], to: network, expecting: .none)
      let refusal = failure(AppendError.self) {
        try store.append([.networkRegistered("N5")], to: network, expecting: .none)
      }
      guard case .wrongExpectedVersion(let stream, .none, 1, let since) = refusal else {
        Issue.record("\(String(describing: refusal))")
        return
      }
      #expect(stream == network)
      #expect(since.map(\.event) == [.networkRegistered("N4")])
    }
  }

  @Test("to a stream at an exact version is refused when it moved on, with the events since")
  func expectedExact() throws {
    try withTemporaryStore { store in
      let stream = StreamID.participant(try store.admit("test:1", [.entered()]))
      try store.append([.jobStarted()], to: stream, expecting: .exact(1))
      try store.append([.counselled(note: "later")], to: stream, expecting: .exact(2))
      let refusal = failure(AppendError.self) {
        try store.append([.counselled()], to: stream, expecting: .exact(1))
      }
      guard case .wrongExpectedVersion(stream, .exact(1), 3, let since) = refusal else {
        Issue.record("\(String(describing: refusal))")
        return
      }
      #expect(since.map(\.event) == [.jobStarted(), .counselled(note: "later")])
      #expect(since.map(\.header.streamVersion) == [2, 3])
      #expect(throws: AppendError.self) {
        try store.append([.counselled()], to: stream, expecting: .exact(4))
      }
      try store.append([.counselled()], to: stream, expecting: .any)
      #expect(try store.log.version(of: stream) == 4)
    }
  }

  @Test("to several streams writes nothing when one of them is stale")
  func atomicity() throws {
    try withTemporaryStore { store in
      let a = StreamID.participant(try store.admit("test:a", [.entered()]))
      let b = StreamID.participant(try store.admit("test:b", [.entered()]))
      let size = try store.log.size()
      for stale in [a, b] {
        let parts = [a, b].map { stream in
          AppendRequest.Part(
            .stream(stream), expecting: .exact(stream == stale ? 7 : 1), [.jobStarted()])
        }
        let refusal = failure(AppendError.self) {
          try store.log.append(AppendRequest(parts))
        }
        guard case .wrongExpectedVersion(stale, _, 1, _) = refusal else {
          Issue.record("\(String(describing: refusal))")
          continue
        }
      }
      #expect(try store.log.size() == size)
      #expect(try store.log.version(of: a) == 1)
      #expect(try store.log.version(of: b) == 1)
    }
  }

  @Test("is refused with nothing written when an event does not fit its schema")
  func schema() throws {
    try withTemporaryStore { store in
      let stream = StreamID.participant(try store.admit("test:1", [.entered()]))
      let missing = JourneyEvent(.employmentStarted, on: JourneyEvent.entered().occurredOn)
      let unknown = JourneyEvent.entered().with(Fields.placementKind, .svp)
      let cases: [(JourneyEvent, EventProblem)] = [
        (missing, .missingField("kind")), (unknown, .unknownField(tag: 80)),
        (JourneyEvent.entered().with(Fields.note, ""), .badValue("note")),
      ]
      for (event, problem) in cases {
        #expect(throws: AppendError.event(event, problem)) {
          try store.append([.jobStarted(), event], to: stream)
        }
        #expect(throws: AppendError.event(event, problem)) {
          try store.admit("test:2", [event])
        }
      }
      #expect(try store.log.size() == 1)
      #expect(try store.log.participantCount() == 1)
      #expect(try store.log.participant(externalID: "test:2") == nil)
    }
  }

  @Test("corrects only an earlier record of the same stream")
  func targets() throws {
    try withTemporaryStore { store in
      let a = StreamID.participant(try store.admit("test:a", [.entered(), .jobStarted()]))
      let b = StreamID.participant(try store.admit("test:b", [.entered()]))
      let size = try store.log.size()
      for target: UInt64 in [2, 3, 99, .init(Int64.max)] {
        #expect(throws: AppendError.badTarget(Position(target))) {
          try store.append([.retracted(Position(target))], to: a)
        }
      }
      #expect(throws: AppendError.self) {
        try store.append([.counselled().with(Fields.target, -1)], to: a)
      }
      // A person who is only being admitted has no earlier record, whatever the number.
      #expect(throws: AppendError.badTarget(Position(0))) {
        try store.admit("test:c", [.retracted(Position(0))])
      }
      #expect(try store.log.size() == size)
      try store.append([.retracted(Position(1))], to: a)
      try store.append([.jobStarted().with(Fields.target, 2)], to: b)
      let kinds = try store.log.records(3..<5).map(\.header.kind)
      #expect(kinds == [.retraction, .correction])
    }
  }

  @Test("to a participant that the store does not have is refused")
  func stranger() throws {
    try withTemporaryStore { store throws in
      #expect(throws: AppendError.noSuchParticipant(ref: 0)) {
        try store.append([.entered()], to: .participant(ParticipantRef(0)))
      }
      #expect(try store.log.size() == 0)
    }
  }

  @Test("never records an earlier time than the record before, also when the clock goes back")
  func monotone() throws {
    try withTemporaryStore { store in
      let stream = StreamID(.network, 1)
      store.clock.set(2_000_000)
      try store.append([.networkRegistered("a")], to: stream)
      store.clock.set(1_000_000)
      try store.append([.networkRegistered("b")], to: stream)
      store.close()
      store.clock.set(500_000)
      try store.append([.networkRegistered("c")], to: stream)
      store.clock.set(3_000_000)
      try store.append([.networkRegistered("d")], to: stream)
      let times = try store.log.records(0..<4).map(\.header.recordedAt)
      #expect(times == [2_001_000, 2_001_000, 2_001_000, 3_001_000])
    }
  }

  @Test("may say when it was recorded in a simulated store only, and never going back")
  func simulatedTimes() throws {
    func request(_ times: [Int64]) -> AppendRequest {
      AppendRequest(
        [
          .init(
            .stream(StreamID(.network, 1)), expecting: .any,
            times.map { .networkRegistered("t\($0)") })
        ], recordedAt: times)
    }
    try withTemporaryStore { store throws in
      #expect(throws: AppendError.log(.timesNotInjectable)) {
        try store.log.append(request([5]))
      }
      #expect(try store.log.size() == 0)
    }
    try withTemporaryStore(isSimulated: true) { store in
      #expect(try store.log.isSimulated)
      try store.log.append(request([10, 20, 15]))
      let times = try store.log.records(0..<3).map(\.header.recordedAt)
      #expect(times == [10, 20, 20])
      var wrong = request([30])
      wrong.recordedAt = [30, 40]
      #expect(throws: AppendError.self) { try store.log.append(wrong) }
      #expect(try store.log.size() == 3)
    }
  }

  @Test("to a log that is open for reading is refused")
  func readOnly() throws {
    try withTemporaryStore { store in
      let log = try store.open(.read)
      #expect(!log.isWritable)
      #expect(throws: AppendError.log(.readOnly)) {
        try log.append(
          AppendRequest([.init(.stream(.system), expecting: .any, [.networkRegistered("x")])]))
      }
    }
  }

  @Test("admits nobody whose code or external id is taken, and refuses nobody else for it")
  func identitiesTaken() throws {
    try withTemporaryStore { store in
      let ref = try store.admit("test:1", [.entered()])
      let code = try store.log.keyring.identity(of: ref).code
      func admit(_ identities: [AppendRequest.Admission]) throws {
        try store.log.append(
          AppendRequest(
            identities.indices.map { .init(.admitted($0), expecting: .none, [.entered()]) },
            admitting: identities))
      }
      let fresh = ParticipantCode(randomBits: code.number ^ 1)
      #expect(throws: AppendError.externalIDTaken("test:1")) {
        try admit([AppendRequest.Admission(externalID: "test:1")])
      }
      #expect(throws: AppendError.codeTaken(code)) {
        try admit([AppendRequest.Admission(externalID: "test:2", code: code)])
      }
      let twice = AppendRequest.Admission(externalID: nil, code: fresh)
      #expect(throws: AppendError.codeTaken(fresh)) { try admit([twice, twice]) }
      let long = String(repeating: "x", count: 92)
      #expect(throws: AppendError.log(.keys(.externalIDTooLong(bytes: 92, limit: 91)))) {
        try admit([AppendRequest.Admission(externalID: long)])
      }
      #expect(try store.log.size() == 1)
      #expect(try store.log.participantCount() == 1)
      #expect(try store.log.participant(code: code) == ref)
      #expect(try store.log.participant(externalID: "test:1") == ref)
      #expect(try store.log.participant(externalID: "test:2") == nil)
    }
  }
}
