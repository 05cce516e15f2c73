import EventLog
import Files
import Journey
import Keyring
import LMDB
import TestSupport
import Testing

@Suite("An idempotency key")
struct IdempotencyTests {
  private let key: [UInt8] = Array("import-1/17".utf8)

  @Test("gives the same positions for the same content, across a reopening too")
  func same() throws {
    try withTemporaryStore { store in
      let stream = StreamID.participant(try store.admit("test:1", [.entered()]))
      func append() throws -> AppendResult {
        try store.append(
          [.jobStarted(), .counselled()], to: stream, expecting: .exact(1), idempotencyKey: key)
      }
      let first = try append()
      #expect(!first.isDuplicate)
      for reopens in [false, true] {
        if reopens { store.close() }
        let again = try append()
        #expect(again.isDuplicate)
        #expect(again.first == first.first)
        #expect(again.count == 2)
        #expect(try store.log.size() == 3)
      }
      let known = try store.log.appended(under: key)
      #expect(known?.first == first.first)
      #expect(try store.log.appended(under: [1]) == nil)
    }
  }

  @Test("leaves nothing to flush when nothing is new")
  func noCommit() throws {
    try withTemporaryStore { store in
      let stream = StreamID(.network, 1)
      try store.append([.networkRegistered("a")], to: stream, idempotencyKey: key)
      let before = try store.log.environmentInformation().lastTransactionID
      try store.append([.networkRegistered("a")], to: stream, idempotencyKey: key)
      #expect(throws: AppendError.self) {
        try store.append([.networkRegistered("a")], to: stream, expecting: .none)
      }
      #expect(try store.log.environmentInformation().lastTransactionID == before)
    }
  }

  @Test("refuses other content, other streams and other people, and names where it was used")
  func conflict() throws {
    try withTemporaryStore { store in
      let a = StreamID.participant(try store.admit("test:a", [.entered()]))
      let b = StreamID.participant(try store.admit("test:b", [.entered()]))
      try store.append([.jobStarted(), .counselled()], to: a, idempotencyKey: key)
      let attempts: [() throws -> Void] = [
        { try store.append([.jobStarted()], to: a, idempotencyKey: key) },
        { try store.append([.counselled(), .jobStarted()], to: a, idempotencyKey: key) },
        { try store.append([.jobStarted(), .counselled()], to: b, idempotencyKey: key) },
        { try store.admit("test:c", [.jobStarted(), .counselled()], idempotencyKey: key) },
      ]
      for attempt in attempts {
        #expect(throws: AppendError.idempotencyConflict(firstPosition: Position(2))) {
          try attempt()
        }
        store.close()
      }
      #expect(try store.log.size() == 4)
      #expect(try store.log.participantCount() == 2)
    }
  }

  @Test("admits people once, and says who they were")
  func admission() throws {
    try withTemporaryStore { store in
      func admit(_ ids: [String?]) throws -> AppendResult {
        let admitted = ids.map { AppendRequest.Admission(externalID: $0) }
        return try store.log.append(
          AppendRequest(
            ids.indices.reversed().map { .init(.admitted($0), expecting: .none, [.entered()]) },
            admitting: admitted, idempotencyKey: key))
      }
      try store.admit("test:0", [.entered()])
      let first = try admit(["test:1", nil])
      let identity = try store.log.keyring.identity(of: ParticipantRef(1))
      store.close()
      let again = try admit(["test:1", nil])
      #expect(again.isDuplicate)
      #expect(again.first == first.first)
      #expect(again.firstAdmitted == ParticipantRef(1))
      #expect(first.firstAdmitted == ParticipantRef(1))
      #expect(try store.log.participantCount() == 3)
      #expect(try store.log.size() == 3)
      #expect(try store.log.keyring.identity(of: ParticipantRef(1)) == identity)
      #expect(throws: AppendError.idempotencyConflict(firstPosition: first.first)) {
        try admit(["test:9", nil])
      }
    }
  }

  @Test("has 1 to 64 bytes")
  func lengths() throws {
    try withTemporaryStore { store throws in
      for count in [0, 65, 600] {
        let refusal = AppendError.log(.store(.invalidKeySize(bytes: count, limit: 64)))
        #expect(throws: refusal) {
          try store.append(
            [.networkRegistered("a")], to: .system,
            idempotencyKey: [UInt8](repeating: 1, count: count))
        }
      }
      for count in [1, 64] {
        try store.append(
          [.networkRegistered("a")], to: .system,
          idempotencyKey: [UInt8](repeating: 1, count: count))
      }
      #expect(try store.log.size() == 2)
    }
  }

  @Test("tells nothing about the content: the digest is keyed by the store")
  func keyed() throws {
    func digest(_ store: TemporaryStore) throws -> [UInt8] {
      try store.append([.networkRegistered("a")], to: .system, idempotencyKey: key)
      return try value(of: key, in: "requests", of: store) ?? []
    }
    let first = try withTemporaryStore { try digest($0) }
    let second = try withTemporaryStore { try digest($0) }
    #expect(first.count == 48)
    #expect(first.prefix(12) == second.prefix(12))
    #expect(first.suffix(32) != second.suffix(32))
  }
}
