import Files
import Journey
import Keyring
import LMDB
import TestSupport
import Testing

@testable import EventLog

private func reading(_ refs: [UInt32], by user: String = "b014") -> AccessEntry {
  AccessEntry(
    user: user, role: nil, command: "timeline", groups: [.record, .health],
    subject: .persons(refs.map { ParticipantRef($0) }))
}

@Suite("The access log of a store")
struct AccessLogStoreTests {
  @Test("keeps entries as they were told, in order, across openings")
  func round() throws {
    try withTemporaryStore { store throws in
      #expect(try store.log.accessLog() == nil)
      let entries = [
        reading([0]), reading([], by: "ä\n\u{1F}"), reading(Array(0..<3000)),
        AccessEntry(
          user: "", role: Role(number: 7, kind: .officer, holder: "DSB"), command: "ask x",
          groups: [], subject: .everybody),
      ]
      for entry in entries {
        try store.log.recordAccess(entry)
        store.close()
      }
      let found = try #require(try store.log.accessLog()).entries(from: 0, limit: 10)
      #expect(found.map(\.entry) == entries && found.map(\.position) == [0, 1, 2, 3])
      let times = found.map(\.recordedAt)
      #expect(times == times.sorted() && Set(times).count == 4)
      #expect(try store.log.accessLog()?.entries(from: 2, limit: 1).map(\.entry) == [entries[2]])
      #expect(try store.log.verifyAccess(deep: true).findings.isEmpty)
    }
  }

  @Test("holds nothing of who read and whose in clear")
  func sealed() throws {
    try withTemporaryStore { store throws in
      try store.log.recordAccess(reading([0], by: "canary-user"))
      store.close()
      let bytes = try Folder.contents(of: "\(store.path)/access/data.mdb")
      let canary = Array("canary-user".utf8)
      #expect(bytes.firstRange(of: canary) == nil)
      #expect(bytes.firstRange(of: Array("timeline".utf8)) == nil)
    }
  }

  @Test("shows every flipped byte of an entry and of the tree, a missing entry and a cut end")
  func tampering() throws {
    try withTemporaryStore { store throws in
      for number in UInt32(0)..<5 { try store.log.recordAccess(reading([number])) }
      try store.log.anchorAccessLog()
      #expect(try store.log.verifyAccess(deep: true).anchors == 1)
      store.close()
      func broken(_ what: String, _ body: (AccessLog) throws -> Void) throws {
        try store.withCopy { copy in
          let log = try copy.open(.read)
          try log.recordAccess(reading([9]))
          try body(try #require(try log.accessLog()))
          #expect(try !log.verifyAccess(deep: true).findings.isEmpty, "\(what)")
        }
      }
      let record = try #require(try store.log.accessLog()).raw(2)
      for index in record.indices {
        try broken("byte \(index)") { access in
          var changed = record
          changed[index] ^= 4
          try access.put(changed, at: 2)
        }
        if index > 40 { break }
      }
      try broken("a changed entry with a right checksum") { access in
        var changed = record
        changed[changed.count - 1] ^= 1
        changed.setBigEndian(CRC32C.checksum(changed.span, from: 4), at: 0)
        try access.put(changed, at: 2)
      }
      try broken("a missing entry") { try $0.put(nil, at: 2) }
      try broken("a cut end") { access in
        for position in UInt64(3)...5 { try access.put(nil, at: position) }
      }
    }
  }

  @Test("is not written when its folder cannot be, and says so")
  func unwritable() throws {
    try withTemporaryStore { store throws in
      try File("\(store.path)/access", .createNew).sync()
      let problem = failure(LogError.self) { try store.log.recordAccess(reading([0])) }
      guard case .accessNotRecorded? = problem else {
        Issue.record("\(String(describing: problem))")
        return
      }
      store.close()
      try Folder.remove("\(store.path)/access")
    }
  }

  @Test("takes entries from many threads at once, each once")
  func threads() throws {
    try withTemporaryStore { store throws in
      let log = try store.log
      onThreads(8) { thread in
        for number in UInt32(0)..<5 {
          try? log.recordAccess(reading([UInt32(thread) * 5 + number]))
        }
      }
      let found = try #require(try log.accessLog()).entries(from: 0, limit: 100)
      #expect(found.map(\.position) == Array(0..<40))
      let refs = found.flatMap { read in
        (UInt32(0)..<40).filter { read.entry.names(ParticipantRef($0)) }
      }
      #expect(refs.sorted() == Array(0..<40))
      #expect(try log.verifyAccess(deep: true).findings.isEmpty)
    }
  }
}

extension AccessLog {
  fileprivate func raw(_ position: UInt64) throws -> [UInt8] {
    try environment.read { [records] in try $0.value(for: position, in: records)?.copied() ?? [] }
  }

  /// Puts other bytes in the place of an entry, or takes it away.
  fileprivate func put(_ bytes: [UInt8]?, at position: UInt64) throws {
    try environment.write { [records] transaction in
      _ = try transaction.delete(key: position, in: records)
      if let bytes { try transaction.put(key: position, value: bytes.span, in: records) }
    }
  }
}
