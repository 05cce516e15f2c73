import Files
import Glibc
import Journey
import Keyring
import LMDB
import TestSupport
import Testing

@testable import EventLog

@Suite("Opening a store")
struct OpeningTests {
  /// Opens, and says why not.
  private func refusal(
    _ store: TemporaryStore, path: String? = nil, key: String? = nil
  ) -> LogError? {
    failure(LogError.self) {
      _ = try EventLog(
        store: path ?? store.path, access: .read, rootKey: .file(key ?? store.rootKeyPath))
    }
  }

  @Test("tells what is not a store")
  func notAStore() throws {
    try withTemporaryStore { store in
      let missing = "\(store.folder)/missing"
      #expect(refusal(store, path: missing) == .noStore(path: missing))
      let empty = "\(store.folder)/empty"
      try Folder.create(empty)
      #expect(refusal(store, path: empty) == .notAStore(path: empty))
      var generator = SeededGenerator(seed: 3)
      for count in [0, 1, 5000, 100_000] {
        let random = "\(store.folder)/random-\(count)"
        try Folder.create("\(random)/log")
        let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        try Folder.replace("\(random)/log/data.mdb", with: bytes.span)
        #expect(refusal(store, path: random) == .notAStore(path: random), "\(count) bytes")
      }
    }
  }

  @Test("of another program's LMDB environment is refused as not a store")
  func foreignEnvironment() throws {
    try withTemporaryStore { store in
      let path = "\(store.folder)/foreign"
      try Folder.create(path)
      let environment = try Environment(path: "\(path)/log", options: .creating)
      _ = try environment.createDatabase("something")
      try environment.close()
      #expect(refusal(store, path: path) == .notAStore(path: path))
    }
  }

  @Test("refuses a log that was cut off, at any page, before it touches what is missing")
  func truncated() throws {
    try withTemporaryStore { store in
      try store.admit("test:1", Array(repeating: .counselled(), count: 300))
      try store.withCopy { copy in
        let data = "\(copy.path)/log/data.mdb"
        let size = try Folder.size(ofFile: data)
        for length in stride(from: size - 1, through: 0, by: -2048) {
          try File(data, .update).truncate(to: length)
          let error = refusal(copy)
          let truncated = LogError.truncated(path: copy.path, what: "data.mdb")
          // With less than its two first pages it is no longer LMDB's.
          let isNamed = error == truncated || length < 8192 && error == .notAStore(path: copy.path)
          #expect(isNamed, "\(length): \(String(describing: error))")
        }
      }
    }
  }

  @Test("without one of its tables is refused by the table's name", arguments: ["tree", "streams"])
  func missingTable(name: String) throws {
    try withTemporaryStore { store in
      try store.withCopy { copy in
        // Rebuilt without the table: a name cannot be dropped through our own module.
        try copyLog(copy) { $0 == name ? nil : $0 }
        #expect(refusal(copy) == .truncated(path: copy.path, what: name))
      }
    }
  }

  private func copyLog(_ store: TemporaryStore, _ rename: (String) -> String?) throws {
    store.close()
    let old = "\(store.path)/log"
    let kept = "\(store.path)/old"
    try Folder.rename(old, to: kept)
    let source = try Environment(path: kept, options: .reading)
    let target = try Environment(path: old, options: .creating)
    for name in ["records", "streams", "tree", "requests", "participants", "meta"] {
      guard let newName = rename(name) else { continue }
      let from = try source.database(name)
      var entries: [(key: [UInt8], value: [UInt8])] = []
      try source.read { transaction in
        var cursor = try transaction.cursor(from)
        while let entry = try cursor.next() {
          entries.append((entry.key.copied(), entry.value.copied()))
        }
      }
      try target.write { transaction in
        let to = try transaction.create(newName)
        for entry in entries {
          try transaction.put(key: entry.key.span, value: entry.value.span, in: to)
        }
      }
    }
    try source.close()
    try target.close()
    try Folder.remove(kept)
  }

  @Test("says when a newer program wrote the store, a record, a schema or an event type")
  func newer() throws {
    try withTemporaryStore { store in
      try store.append([.networkRegistered("a")], to: StreamID(.network, 1))
      try store.withCopy { copy in
        try put([0, 0, 0, 3], at: Array("format".utf8), in: "meta", of: copy)
        copy.close()
        #expect(refusal(copy) == .newerVersion(path: copy.path, version: 3))
      }
      let changes: [(index: Int, value: UInt8, expected: LogError)] = [
        (4, 2, .record(Position(0), .newerFormat(2))),
        (7, 9, .payload(Position(0), .newerSchema(.networkRegistered, version: 9))),
        (60, 0x7F, .payload(Position(0), .unknownType(0x7F01))),
      ]
      for (index, value, expected) in changes {
        try store.withCopy { copy in
          var bytes = try copy.log.records(0..<1)[0].bytes
          bytes[index] = value
          try put(bytes.withChecksum, at: Position(0).key, in: "records", of: copy)
          #expect(throws: expected) { try copy.log.events(of: StreamID(.network, 1)) }
          let report = try copy.log.verify(deep: true)
          #expect(!report.isIntact)
        }
      }
    }
  }

  @Test("never leads to an append behind a record of a newer program")
  func appendBehindNewer() throws {
    try withTemporaryStore { store in
      try store.append([.networkRegistered("a")], to: StreamID(.network, 1))
      try store.withCopy { copy in
        var bytes = try copy.log.records(0..<1)[0].bytes
        bytes[4] = 2
        try put(bytes.withChecksum, at: Position(0).key, in: "records", of: copy)
        #expect(throws: AppendError.log(.record(Position(0), .newerFormat(2)))) {
          try copy.append([.networkRegistered("b")], to: StreamID(.network, 1))
        }
        #expect(try copy.log.size() == 1)
      }
    }
  }

  @Test("says when a sealed event has a schema of the future")
  func newerSealedSchema() throws {
    try withTemporaryStore { store in
      let ref = try store.admit("test:1", [.entered()])
      try store.withCopy { copy in
        var header = try copy.log.records(0..<1)[0].header
        header.schema = 7
        let payload = try copy.log.keyring.sealingKey(of: ref, .record).seal(
          EventCodec.encode(.entered()), nonce: header.eventID.bytes,
          authenticating: RecordFormat.authenticated(
            origin: copy.log.origin, stream: header.stream, eventID: header.eventID.bytes,
            schema: 7, group: .record))
        try put(
          RecordFormat.encode(header, payload: payload), at: Position(0).key, in: "records",
          of: copy)
        let expected = LogError.payload(
          Position(0), .newerSchema(.participationEntered, version: 7))
        #expect(throws: expected) { try copy.log.events(of: .participant(ref)) }
      }
    }
  }

  @Test("needs the root key: missing, exposed, malformed and foreign ones are told apart")
  func rootKey() throws {
    try withTemporaryStore { store in
      let origin = try store.log.origin
      store.close()
      let other = try TemporaryStore()
      let otherOrigin = try other.log.origin
      let key = "\(store.folder)/other.key"
      #expect(refusal(store, key: key) == .keys(.rootKeyMissing(path: key)))
      #expect(
        refusal(store, key: other.rootKeyPath)
          == .keys(
            .rootKeyOfAnotherStore(
              path: other.rootKeyPath, expected: origin, found: otherOrigin)))

      // Another store's key that claims to be ours.
      let forged = String(decoding: try Folder.contents(of: other.rootKeyPath), as: UTF8.self)
        .replacing(otherOrigin, with: origin)
      try Folder.replace(key, with: Array(forged.utf8).span)
      #expect(
        refusal(store, key: key)
          == .keys(.wrongRootKey(path: "\(store.path)/keys/epoch-1/ring")))

      for text in ["", "wegmarke root key v1\n", forged.replacing("v1", with: "v2")] {
        try Folder.replace(key, with: Array(text.utf8).span)
        #expect(refusal(store, key: key) == .keys(.rootKeyMalformed(path: key)))
      }
      for mode: UInt32 in [0o644, 0o640, 0o604, 0o620] {
        _ = unsafe chmod(key, mode)
        #expect(
          refusal(store, key: key) == .keys(.rootKeyExposed(path: key, permissions: mode)))
      }
    }
  }

  @Test("says which part of the keys is missing, and creates nothing in its place")
  func keysMissing() throws {
    try withTemporaryStore { store throws in
      for name in ["", "/epoch-1", "/epoch-1/ring", "/epoch-1/participants", "/epoch-1/identities"]
      {
        try store.withCopy { copy in
          try Folder.remove("\(copy.path)/keys\(name)")
          guard case .keys(.keysMissing(let path)) = refusal(copy) else {
            Issue.record("\(name): \(String(describing: refusal(copy)))")
            return
          }
          #expect("\(copy.path)/keys\(name)".hasPrefix(path))
          #expect(!Folder.exists("\(copy.path)/keys\(name)"))
        }
      }
    }
  }

  @Test("says when keys were written by a newer program, or are damaged")
  func newerKeys() throws {
    try withTemporaryStore { store throws in
      for name in ["ring", "participants", "identities"] {
        try store.withCopy { copy in
          let path = "\(copy.path)/keys/epoch-1/\(name)"
          var bytes = try Folder.contents(of: path)
          bytes[11] = 9
          try Folder.replace(path, with: bytes.span)
          #expect(refusal(copy) == .keys(.newerVersion(path: path, version: 9)))
          bytes[0] = 0
          try Folder.replace(path, with: bytes.span)
          #expect(refusal(copy) == .keys(.damaged(path: path, slot: nil)))
        }
      }
    }
  }

  @Test("for writing is refused while another program writes, and reading is not")
  func heldByAnother() async throws {
    let store = try TemporaryStore()
    try store.append([.networkRegistered("a")], to: StreamID(.network, 1))
    let error = failure(LogError.self) {
      _ = try store.open(.write(waitingAtMost: .zero))
    }
    guard case .store(.heldByAnotherWriter(let pid, _)) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(pid == getpid())
    let path = store.path
    let key = store.rootKeyPath
    await #expect(processExitsWith: .success) { [path = path as String, key = key as String] in
      let log = try EventLog(store: path, access: .read, rootKey: .file(key))
      #expect(try log.size() == 1)
      #expect(try log.verify(deep: true).isIntact)
      #expect(throws: LogError.self) {
        _ = try EventLog(store: path, access: .write(waitingAtMost: .zero), rootKey: .file(key))
      }
    }
    try store.verify()
  }

  @Test("twice in one process is refused, because LMDB could not bear it")
  func twice() throws {
    try withTemporaryStore { store in
      _ = try store.log
      guard case .store(.alreadyOpen) = refusal(store) else {
        Issue.record("\(String(describing: refusal(store)))")
        return
      }
    }
  }
}

@Suite("Creating a store")
struct CreatingTests {
  @Test("refuses a folder that holds anything, and takes an empty one")
  func occupied() throws {
    let folder = try Folder.temporary("wegmarke-test")
    defer { try? Folder.remove(folder) }
    let path = "\(folder)/store"
    func create(_ key: String) throws {
      try EventLog.create(store: path, rootKey: .file("\(folder)/\(key)"))
    }
    try Folder.create("\(path)/something")
    #expect(throws: LogError.storeExists(path: path)) { try create("a.key") }
    #expect(!Folder.exists("\(folder)/a.key"))
    #expect(try Folder.names(path) == ["something"])
    try Folder.remove("\(path)/something")
    try create("b.key")
    #expect(throws: LogError.storeExists(path: path)) { try create("c.key") }
    #expect(try Folder.names(folder).allSatisfy { !$0.contains("building") })
    let log = try EventLog(store: path, access: .read, rootKey: .file("\(folder)/b.key"))
    #expect(try log.verify(deep: true).isIntact)
  }

  @Test("works with a slash at the end, and touches nothing that stands beside")
  func neighbours() throws {
    let folder = try Folder.temporary("wegmarke-test")
    defer { try? Folder.remove(folder) }
    try Folder.create("\(folder)/store.new/keys/epoch-1")
    try Folder.create("\(folder)/store.building-0123456789abcdef/log")
    try Folder.create("\(folder)/store")
    try EventLog.create(store: "\(folder)/store/", rootKey: .file("\(folder)/root.key"))
    #expect(
      try Folder.names(folder)
        == [
          "root.key", "root.key.store", "store", "store.building-0123456789abcdef", "store.new",
        ])
    #expect(Folder.exists("\(folder)/store.new/keys/epoch-1"))
    let log = try EventLog(
      store: "\(folder)/store", access: .read, rootKey: .file("\(folder)/root.key"))
    #expect(try log.verify(deep: true).isIntact)
  }

  @Test("gives every store an origin of its own and keeps everything private")
  func origins() throws {
    try withTemporaryStore { first in
      try withTemporaryStore { second throws in
        #expect(try first.log.origin != second.log.origin)
      }
      #expect(try first.log.origin.hasPrefix("wegmarke/"))
      first.close()
      for path in ["", "/log", "/keys", "/keys/epoch-1", "/views"] {
        #expect(try Folder.permissions(first.path + path) == 0o700, "\(path)")
      }
      for path in ["/log/data.mdb", "/keys/epoch-1/ring", "/keys/epoch-1/participants"] {
        #expect(try Folder.permissions(first.path + path) == 0o600, "\(path)")
      }
      #expect(try Folder.permissions(first.rootKeyPath) == 0o600)
    }
  }
}
