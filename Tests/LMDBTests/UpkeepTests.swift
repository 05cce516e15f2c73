import Glibc
import LMDB
import Testing

@Suite("Upkeep of an environment")
struct UpkeepTests {
  @Test("copies compactly, and the copy opens and equals")
  func copy() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    for round in 0..<3 {
      try environment.write { transaction in
        for key in UInt64(0)..<200 {
          let value = [UInt8](repeating: UInt8(round), count: 5_000)
          try transaction.put(key: key, value: value.span, in: database)
        }
      }
    }
    try environment.write { transaction in
      for key in UInt64(50)..<200 { try transaction.delete(key: key, in: database) }
    }
    let target = try TemporaryFolder()
    let path = target.path + "/copy"
    try environment.copy(toDirectory: path)
    #expect(throws: LMDBError.destinationExists(path: path)) {
      try environment.copy(toDirectory: path)
    }
    let copy = try Environment(path: path, options: .reading)
    let copied = try copy.database("records")
    let original = try environment.read { try contents(of: database, in: $0) }
    let result = try copy.read { try contents(of: copied, in: $0) }
    #expect(original.count == 50)
    #expect(original.map(\.key) == result.map(\.key))
    #expect(original.map(\.value) == result.map(\.value))
    #expect(try copy.information().usedBytes < environment.information().usedBytes / 2)
    var facts = stat()
    #expect(unsafe stat(path + "/data.mdb", &facts) == 0)
    #expect(facts.st_mode & 0o777 == 0o600)
    #expect(unsafe access(path + "/data.mdb.partial", F_OK) != 0)
  }

  @Test("copies what another process wrote beyond the end of this one's map")
  func copyAfterGrowth() async throws {
    let store = try TemporaryStore {
      $0.mapSize = 64 << 10
      $0.growthStep = 1 << 20
    }
    let path = store.path
    _ = try store.environment.createDatabase("records")
    await #expect(processExitsWith: .success) { [path = path as String] in
      var options = EnvironmentOptions()
      options.mapSize = 32 << 20
      let environment = try Environment(path: path, options: options)
      let database = try environment.database("records")
      try environment.write { transaction in
        try transaction.put(
          key: UInt64(1), value: [UInt8](repeating: 3, count: 5_000_000).span, in: database)
      }
    }
    let target = try TemporaryFolder()
    try store.environment.copy(toDirectory: target.path + "/copy")
    let copy = try Environment(path: target.path + "/copy", options: .reading)
    #expect(try stored(1, in: copy.database("records"), of: copy)?.count == 5_000_000)
  }

  @Test("names every database, those that nobody has opened too, also when it only reads")
  func names() throws {
    let store = try TemporaryStore()
    #expect(try store.environment.databaseNames().isEmpty)
    for name in ["b", "records", "a"] { _ = try store.environment.createDatabase(name) }
    #expect(try store.environment.databaseNames() == ["a", "b", "records"])
    try store.environment.close()
    let again = try Environment(path: store.path, options: .reading)
    #expect(try again.databaseNames() == ["a", "b", "records"])
    #expect(try again.read { _ in try again.databaseNames().count } == 3)
  }

  @Test("tells size, commits and how far the oldest reader is behind")
  func information() throws {
    let store = try TemporaryStore { $0.maxReaders = 17 }
    let environment = store.environment
    let database = try environment.createDatabase("records")
    let before = try environment.information()
    #expect(before.mapSize == 64 << 20)
    #expect(before.maxReaders == 17)
    #expect(before.activeReaders == 0 && before.oldestReaderID == nil)
    #expect(before.oldestReaderLag == 0)
    #expect(before.usedBytes.isMultiple(of: before.pageSize) && before.usedBytes > 0)
    let other = Turn()
    try environment.read { outer in
      for key in UInt64(0)..<3 {
        other.run {
          try environment.write { transaction in
            try transaction.put(
              key: key, value: [UInt8](repeating: 1, count: 100_000).span, in: database)
          }
        }
      }
      try environment.read { _ in
        let during = try environment.information()
        #expect(during.activeReaders == 2)
        #expect(during.oldestReaderID == outer.id)
        #expect(during.oldestReaderLag == 3)
        #expect(during.lastTransactionID == before.lastTransactionID + 3)
        #expect(during.usedBytes > before.usedBytes + 300_000)
      }
    }
    #expect(other.error == nil)
    #expect(try environment.information().activeReaders == 0)
    #expect(try environment.staleReaderCheck() == 0)
  }

  @Test("keeps a rebuildable environment readable after it is closed")
  func rebuildable() throws {
    let store = try TemporaryStore { $0.durability = .rebuildable }
    let database = try store.environment.createDatabase("view")
    try store.environment.write { try $0.put(key: UInt64(1), value: [1].span, in: database) }
    try store.environment.sync()
    try store.environment.close()
    let again = try Environment(path: store.path)
    #expect(try stored(1, in: again.database("view"), of: again) == [1])
  }
}
