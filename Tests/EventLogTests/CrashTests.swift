import Files
import Journey
import Keyring
import TestSupport
import Testing

@testable import EventLog

@Suite("What a crash leaves behind")
struct CrashTests {
  @Test("as key slots of people whom the log does not know is overwritten by the next admission")
  func orphanSlots() throws {
    try withTemporaryStore { store in
      let first = try store.admit("test:1", [.entered()])
      // The keys reached the device, the commit did not.
      let lost = [
        ParticipantIdentity(code: ParticipantCode(randomBits: 7), externalID: "test:lost"),
        ParticipantIdentity(code: ParticipantCode(randomBits: 8), externalID: nil),
      ]
      try store.log.keyring.admit(lost, from: ParticipantRef(1))
      let orphan = try store.log.keyring.sealingKey(of: ParticipantRef(1), .record)
      let sealed = try orphan.seal(
        [1, 2, 3], nonce: [UInt8](repeating: 0, count: 12), authenticating: [])
      store.close()
      #expect(try store.log.participantCount() == 1)
      #expect(try store.log.participant(externalID: "test:lost") == nil)
      #expect(try store.log.verify(deep: true).isIntact)

      let second = try store.admit("test:2", [.entered(), .jobStarted()])
      #expect(second == ParticipantRef(1))
      #expect(try store.log.keyring.identity(of: second).externalID == "test:2")
      let fresh = try store.log.keyring.sealingKey(of: second, .record)
      #expect(throws: KeyringError.sealBroken) {
        _ = try fresh.open([UInt8](repeating: 0, count: 12) + sealed, authenticating: [])
      }
      for ref in [first, second] {
        #expect(try store.log.events(of: .participant(ref)).allSatisfy { $0.event != nil })
      }
    }
  }

  @Test("as half a key slot hides nobody else's events", arguments: [0, 1, 40, 71])
  func tornSlot(kept: Int) throws {
    try withTemporaryStore { store in
      let ref = try store.admit("test:1", [.entered()])
      try store.log.keyring.admit(
        [ParticipantIdentity(code: ParticipantCode(randomBits: 7), externalID: nil)],
        from: ParticipantRef(1))
      store.close()
      let path = "\(store.path)/keys/epoch-1/participants"
      let zeros = [UInt8](repeating: 0, count: 72 - kept)
      try File(path, .update).write(zeros.span, at: 64 + 72 + kept)
      var opener = KeyCache(try store.log.keyring, blockSize: 256)
      let events = try (try store.log.records(0..<1)).map { try opener.open($0) }
      #expect(events.map(\.event) == [.entered()])
      #expect(try store.log.verify(deep: true).isIntact)
      let second = try store.admit("test:2", [.entered()])
      #expect(second.number == ref.number + 1)
    }
  }

  @Test("as key slots does not mislead a reader who saw them before they were given away")
  func staleKeys() throws {
    try withTemporaryStore { store in
      try store.admit("test:1", [.entered()])
      try store.log.keyring.admit(
        (7..<9).map { ParticipantIdentity(code: ParticipantCode(randomBits: $0), externalID: nil) },
        from: ParticipantRef(1))
      let path = "\(store.path)/keys/epoch-1/participants"
      try File(path, .update).write([0xFF].span, at: 64 + 2 * 72 + 20)
      var opener = KeyCache(try store.log.keyring, blockSize: 256)
      _ = try (try store.log.records(0..<1)).map { try opener.open($0) }
      for number in 2...4 { try store.admit("test:\(number)", [.entered()]) }
      let events = try (try store.log.records(0..<4)).map { try opener.open($0) }
      #expect(events.map(\.event) == Array(repeating: .entered(), count: 4))
    }
  }

  @Test("as a ring that was being replaced is ignored")
  func halfRing() throws {
    try withTemporaryStore { store in
      store.close()
      let half = Array("WMRING01".utf8)
      try Folder.replace("\(store.path)/keys/epoch-1/ring.new-4711", with: half.span)
      try store.admit("test:1", [.entered().with(Fields.subproject, "TP-1")])
    }
  }
}
