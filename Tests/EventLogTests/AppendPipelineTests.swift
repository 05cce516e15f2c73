import Dispatch
import EventLog
import Journey
import Keyring
import Synchronization
import TestSupport
import Testing

@Suite("An append pipeline")
struct AppendPipelineTests {
  /// A request that admits people and tells something of each.
  private func admission(_ ids: [String], events: Int = 1) -> AppendRequest {
    AppendRequest(
      ids.indices.map {
        .init(.admitted($0), expecting: .none, Array(repeating: .counselled(), count: events))
      },
      admitting: ids.map { AppendRequest.Admission(externalID: $0) })
  }

  @Test("takes events of people whom a request before, still in work, admits")
  func following() throws {
    try withTemporaryStore { store in
      let pipeline = AppendPipeline(try store.log)
      for number in 0..<20 {
        try pipeline.begin(admission(["t:\(number)"], events: number % 2 == 0 ? 300 : 1))
        // Refs are given in order: this one is known before anything is stored.
        let stream = StreamID(.participant, UInt32(number))
        try pipeline.begin(
          AppendRequest([.init(.stream(stream), expecting: .any, [.counselled()])]))
      }
      for result in drain(pipeline) { _ = try result.get() }
      for number in 0..<20 {
        let events = try store.log.events(of: StreamID(.participant, UInt32(number)))
        #expect(events.count == (number % 2 == 0 ? 301 : 2))
      }
    }
    try withTemporaryStore { store in
      let pipeline = AppendPipeline(try store.log)
      try pipeline.begin(admission(["t:0"]))
      // Nobody in work admits this one.
      let stranger = StreamID(.participant, 1)
      try pipeline.begin(
        AppendRequest([.init(.stream(stranger), expecting: .any, [.counselled()])]))
      let results = drain(pipeline)
      #expect(throws: AppendError.noSuchParticipant(ref: 1)) { try results[1].get() }
    }
  }

  private func drain(_ pipeline: AppendPipeline) -> [Result<AppendResult, AppendError>] {
    var results: [Result<AppendResult, AppendError>] = []
    while pipeline.inWork > 0 {
      do throws(AppendError) {
        if let result = try pipeline.wait() { results.append(.success(result)) }
      } catch { results.append(.failure(error)) }
    }
    return results
  }

  @Test("stores requests in the order given, whatever each takes to seal", arguments: 1...5)
  func order(seed: Int) throws {
    try withTemporaryStore { store in
      var generator = SeededGenerator(seed: UInt64(seed))
      let told = Mutex<[Position]>([])
      let pipeline = AppendPipeline(try store.log) { result in
        told.withLock { $0.append(result.first) }
      }
      var results: [AppendResult] = []
      var expected: [UInt64] = []
      var size: UInt64 = 0
      for number in 0..<30 {
        if pipeline.inWork == AppendPipeline.depth, let result = try pipeline.wait() {
          results.append(result)
        }
        // Long ones and short ones, so that the short ones are sealed first.
        let people = Int.random(in: 1...3, using: &generator)
        let events = generator.chance(50) ? 1 : 400
        try pipeline.begin(admission((0..<people).map { "t:\(number).\($0)" }, events: events))
        expected.append(size)
        size += UInt64(people * events)
      }
      results += try drain(pipeline).map { try $0.get() }
      #expect(results.map(\.first.number) == expected, "seed \(seed)")
      #expect(told.withLock { $0 } == results.map(\.first), "seed \(seed)")
      #expect(try store.log.size() == size)
      for (number, result) in results.enumerated() {
        #expect(try store.log.participant(externalID: "t:\(number).0") == result.firstAdmitted)
      }
      #expect(try store.log.verify(deep: true).isIntact)
    }
  }

  @Test("tries nothing behind a request that is refused, and stores what stood before it")
  func refusal() throws {
    try withTemporaryStore { store in
      let taken = try store.admit("t:taken", [.entered()])
      let pipeline = AppendPipeline(try store.log)
      try pipeline.begin(admission(["t:1", "t:2"]))
      try pipeline.begin(admission(["t:3", "t:taken"]))
      try pipeline.begin(admission(["t:4"]))
      let results = drain(pipeline)
      #expect(try results[0].get().firstAdmitted == ParticipantRef(taken.number + 1))
      #expect(results[1] == .failure(.externalIDTaken("t:taken")))
      #expect(results[2] == .failure(.notTried))
      #expect(try store.log.participantCount() == 3)
      #expect(try store.log.participant(externalID: "t:3") == nil)
      #expect(try store.log.participant(externalID: "t:4") == nil)

      // The refs that were given in vain are given again, under fresh keys.
      let next = try store.admit("t:5", [.entered()])
      #expect(next == ParticipantRef(3))
      #expect(try store.log.keyring.identity(of: next).externalID == "t:5")
      #expect(try store.log.verify(deep: true).isIntact)
    }
  }

  @Test("goes on when another append of the program that gave refs away is refused")
  func otherRefused() throws {
    try withTemporaryStore { store in
      try store.admit("t:taken", [.entered()])
      let log = try store.log
      for round in 0..<20 {
        let refused = Mutex(0)
        let stored = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: 2) { thread in
          guard thread == 0 else {
            let pipeline = AppendPipeline(log)
            for number in 0..<3 {
              do { try pipeline.begin(admission(["t:\(round).\(number)"])) } catch { return }
            }
            let results = drain(pipeline)
            stored.withLock { count in count = results.count { (try? $0.get()) != nil } }
            return
          }
          for _ in 0..<4 {
            do throws(AppendError) {
              try log.append(admission(["t:x\(round)", "t:taken"]))
            } catch { refused.withLock { $0 += error == .externalIDTaken("t:taken") ? 1 : 100 } }
          }
        }
        #expect(refused.withLock { $0 } == 4)
        #expect(stored.withLock { $0 } == 3)
      }
      #expect(try log.participantCount() == 1 + 20 * 3)
      #expect(try log.verify(deep: true).isIntact)
    }
  }

  @Test("refuses at once what a log that is open for reading cannot do")
  func readOnly() throws {
    try withTemporaryStore { store in
      try store.admit("t:1", [.entered()])
      store.close()
      let pipeline = AppendPipeline(try store.open(.read))
      #expect(throws: AppendError.log(.readOnly)) { try pipeline.begin(admission(["t:2"])) }
      #expect(pipeline.inWork == 0)
      #expect(try pipeline.wait() == nil)
    }
  }
}
