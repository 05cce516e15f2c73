import EventLog
import Journey
import Keyring
import LMDB
import Synchronization
import TestSupport
import Testing

@Suite("Many threads")
struct ConcurrencyTests {
  @Test("append 8 × 200 events: all land, without a gap, each thread's in its order")
  func groupCommit() throws {
    try withTemporaryStore { store in
      let failures = Mutex<[String]>([])
      do {
        let log = try store.log
        onThreads(8) { thread in
          do {
            for number in 1...200 {
              let result = try log.append(
                AppendRequest([
                  .init(
                    .stream(StreamID(.network, UInt32(thread))),
                    expecting: .exact(UInt32(number - 1)),
                    [.networkRegistered("\(thread)/\(number)")])
                ]))
              if result.count != 1 || result.isDuplicate {
                failures.withLock { $0.append("\(result)") }
              }
            }
          } catch { failures.withLock { $0.append("\(error)") } }
        }
      }
      #expect(failures.withLock { $0 } == [])
      store.close()
      #expect(try store.log.size() == 1600)
      for thread in 0..<8 {
        let events = try store.log.events(of: StreamID(.network, UInt32(thread)))
        #expect(events.compactMap { $0.event?[Fields.code] } == (1...200).map { "\(thread)/\($0)" })
      }
      // Fewer commits than appends: that is what a group is for.
      #expect(try store.log.environmentInformation().lastTransactionID < 1600)
    }
  }

  @Test("admit participants at once: no key, code or event ever goes to another person")
  func admissions() throws {
    try withTemporaryStore { store in
      let admitted = Mutex<[String: ParticipantRef]>([:])
      let failures = Mutex<[String]>([])
      do {
        let log = try store.log
        onThreads(4) { thread in
          do {
            for number in 0..<25 {
              let ids = ["t:\(thread).\(number)a", "t:\(thread).\(number)b"]
              let result = try log.append(
                AppendRequest(
                  ids.enumerated().map { index, id in
                    .init(
                      .admitted(index), expecting: .none,
                      [.entered(), .counselled(note: id)])
                  },
                  admitting: ids.map { id throws in
                    AppendRequest.Admission(externalID: id)
                  }))
              guard let first = result.firstAdmitted else { continue }
              admitted.withLock {
                $0[ids[0]] = first
                $0[ids[1]] = ParticipantRef(first.number + 1)
              }
              try log.append(
                AppendRequest([
                  .init(.stream(.participant(first)), expecting: .exact(2), [.jobStarted()])
                ]))
            }
          } catch { failures.withLock { $0.append("\(error)") } }
        }
      }
      #expect(failures.withLock { $0 } == [])
      store.close()
      let refs = admitted.withLock { $0 }
      #expect(refs.count == 200)
      #expect(Set(refs.values.map(\.number)) == Set(0..<200))
      for (id, ref) in refs {
        #expect(try store.log.participant(externalID: id) == ref)
        let identity = try store.log.keyring.identity(of: ref)
        #expect(identity.externalID == id)
        #expect(try store.log.participant(code: identity.code) == ref)
        let events = try store.log.events(of: .participant(ref)).compactMap(\.event)
        #expect(events.prefix(2) == [.entered(), .counselled(note: id)])
      }
      var opener = KeyCache(try store.log.keyring, blockSize: 256)
      let all = try (try store.log.records(0..<500)).map { try opener.open($0) }
      #expect(all.count == 500)
      #expect(all.allSatisfy { $0.event != nil })
    }
  }
}
