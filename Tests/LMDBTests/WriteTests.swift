import LMDB
import Testing

@Suite("A write transaction")
struct WriteTests {
  private struct Stop: Error, Equatable {}

  @Test("is invisible to readers until it commits")
  func visibility() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    try environment.write { transaction in
      try transaction.put(key: UInt64(1), value: [5].span, in: database)
      #expect(try transaction.value(for: UInt64(1), in: database)?.copied == [5])
      #expect(try stored(1, in: database, of: environment) == nil)
    }
    #expect(try stored(1, in: database, of: environment) == [5])
  }

  @Test("leaves nothing behind when its body throws")
  func abort() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    #expect(throws: Stop()) {
      try environment.write { transaction in
        try transaction.put(key: UInt64(1), value: [5].span, in: database)
        _ = try transaction.create("never")
        throw Stop()
      }
    }
    #expect(try environment.read { try $0.count(database) } == 0)
    #expect(throws: LMDBError.missingDatabase(name: "never")) {
      try environment.database("never")
    }
  }

  @Test("refuses the handle of a creation that was not committed")
  func abandonedCreation() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    var kept: Database?
    #expect(throws: Stop()) {
      try environment.write { transaction in
        kept = try transaction.create("never")
        throw Stop()
      }
    }
    let stale = try #require(kept)
    let other = try environment.createDatabase("other")
    #expect(throws: LMDBError.staleDatabase(name: "never")) {
      try environment.write { try $0.put(key: UInt64(1), value: [1].span, in: stale) }
    }
    #expect(try environment.read { try $0.count(other) } == 0)
  }

  @Test("opens and creates databases for later transactions too")
  func names() throws {
    let folder = try TemporaryFolder()
    do {
      let environment = try Environment(path: folder.path, options: .creating)
      #expect(throws: LMDBError.missingDatabase(name: "a")) {
        try environment.write { _ = try $0.open("a") }
      }
      let created = try environment.write { transaction in
        let database = try transaction.create("a")
        try transaction.put(key: UInt64(1), value: [1].span, in: database)
        return database
      }
      #expect(try environment.database("a") == created)
      #expect(try environment.createDatabase("a") == created)
    }
    let environment = try Environment(path: folder.path)
    let database = try environment.write { try $0.open("a") }
    #expect(try stored(1, in: database, of: environment) == [1])
    #expect(try environment.database("a").name == "a")
  }

  @Test("refuses more databases than the environment allows")
  func tooMany() throws {
    let store = try TemporaryStore { $0.maxDatabases = 2 }
    _ = try store.environment.createDatabase("a")
    _ = try store.environment.createDatabase("b")
    #expect(throws: LMDBError.tooManyDatabases(limit: 2)) {
      try store.environment.createDatabase("c")
    }
  }

  @Test("appends in key order only and goes on after a refusal")
  func append() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    try environment.write { transaction in
      try transaction.append(key: UInt64(5), value: [5].span, to: database)
      for key in [5, 4] as [UInt64] {
        do throws(LMDBError) {
          try transaction.append(key: key, value: [0].span, to: database)
          Issue.record("\(key) was appended after 5")
        } catch {
          #expect(error == .keyExists)
        }
      }
      try transaction.append(key: UInt64(6), value: [6].span, to: database)
    }
    let values = try environment.read { try contents(of: database, in: $0).map(\.value) }
    #expect(values == [[5], [6]])
  }

  @Test("inserts only what is not there, replaces, deletes and clears")
  func changes() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    try environment.write { transaction in
      try transaction.insert(key: UInt32(1), value: [1].span, in: database)
      try transaction.put(key: UInt32(2), value: [2].span, in: database)
    }
    #expect(throws: LMDBError.keyExists) {
      try environment.write { try $0.insert(key: UInt32(1), value: [9].span, in: database) }
    }
    let (deleted, again) = try environment.write { transaction in
      try transaction.put(key: UInt32(1), value: [7, 7].span, in: database)
      return (
        try transaction.delete(key: UInt32(2), in: database),
        try transaction.delete(key: UInt32(2), in: database)
      )
    }
    #expect(deleted && !again)
    let values = try environment.read { try contents(of: database, in: $0).map(\.value) }
    #expect(values == [[7, 7]])
    try environment.write { try $0.clear(database) }
    #expect(try environment.read { try $0.count(database) } == 0)
  }

  @Test("lets a closure fill a value in place, zeroed before", arguments: [0, 1, 100, 1_000_000])
  func reserve(size: Int) throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("blobs")
    // Freed large values leave old bytes in memory and in pages that are used again.
    try environment.write { transaction in
      try transaction.put(
        key: UInt64(1), value: [UInt8](repeating: 0xAA, count: size).span, in: database)
    }
    try environment.write { transaction in
      try transaction.put(key: BigEndianKey(UInt64(1)).span, size: size, in: database) { bytes in
        for index in bytes.indices where index.isMultiple(of: 3) { bytes[index] = 1 }
      }
    }
    let value = try #require(try stored(1, in: database, of: environment))
    #expect(value.count == size)
    #expect(value.indices.allSatisfy { value[$0] == ($0.isMultiple(of: 3) ? 1 : 0) })
  }

  @Test("cannot commit after a closure failed to fill a value, even if the error is swallowed")
  func reserveFailing() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("blobs")
    #expect(throws: LMDBError.transactionFailed) {
      try environment.write { transaction in
        try? transaction.put(key: BigEndianKey(UInt64(1)).span, size: 10, in: database) { _ in
          throw Stop()
        }
      }
    }
    #expect(try environment.read { try $0.count(database) } == 0)
  }

  @Test("returns values, optionals that are nil among them, and throws what its body throws")
  func results() async throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    let none: Int? = try environment.write { transaction in
      try transaction.put(key: UInt64(1), value: [1].span, in: database)
      return nil
    }
    #expect(none == nil)
    #expect(try environment.read { try $0.count(database) } == 1)
    await #expect(throws: Stop()) { try await environment.writeAsync { _ in throw Stop() } }
    #expect(try await environment.writeAsync { try $0.count(database) } == 1)
  }

  @Test("cannot be nested in another of the same environment, but reads can")
  func nesting() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let before = try environment.information().lastTransactionID
    try environment.write { transaction in
      #expect(throws: LMDBError.insideTransaction(operation: "write")) {
        try environment.write { _ in }
      }
      let (own, seen) = (transaction.id, try environment.read { $0.id })
      #expect(own == before + 1)
      #expect(seen == before)
    }
  }

  @Test("numbers snapshots by commits")
  func ids() throws {
    let store = try TemporaryStore()
    let database = try store.environment.createDatabase("records")
    let first = try store.environment.read { $0.id }
    try store.environment.write { try $0.put(key: UInt64(1), value: [1].span, in: database) }
    #expect(try store.environment.read { $0.id } == first + 1)
  }

  @Test("is of no use to another after its end")
  func smuggling() throws {
    let one = try TemporaryStore()
    let two = try TemporaryStore()
    let database = try one.environment.createDatabase("records")
    try one.environment.write { outer in
      try two.environment.write { inner in swap(&outer, &inner) }
      do throws(LMDBError) {
        _ = try outer.create("x")
        Issue.record("a transaction of the other environment was used after its end")
      } catch {
        #expect(error == .transactionEnded)
      }
      #expect(outer.id == 0)
    }
    #expect(try one.environment.read { try $0.count(database) } == 0)
  }

  @Test("of 16 tasks at once are all committed, one after the other")
  func tasks() async throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    let positions = try await withThrowingTaskGroup(of: [Int].self) { group in
      for task in 0..<16 {
        group.addTask {
          var own: [Int] = []
          for step in 0..<25 {
            let position = try await environment.writeAsync { transaction in
              let next = try transaction.count(database)
              try transaction.append(
                key: UInt64(next), value: [UInt8(task), UInt8(step)].span, to: database)
              return next
            }
            // Resumed after the commit: what was written is there to read.
            #expect(
              try stored(UInt64(position), in: database, of: environment)
                == [UInt8(task), UInt8(step)])
            own.append(position)
          }
          return own
        }
      }
      return try await group.reduce(into: [[Int]]()) { $0.append($1) }
    }
    #expect(positions.allSatisfy { $0 == $0.sorted() })
    #expect(positions.flatMap(\.self).sorted() == Array(0..<400))
    let entries = try environment.read { try contents(of: database, in: $0) }
    for task in 0..<16 {
      let steps = entries.filter { $0.value[0] == task }.map { $0.value[1] }
      #expect(steps == Array(0..<25))
    }
  }

  @Test("is not begun for a task that was cancelled before")
  func cancellation() async throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let ran = Flag()
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      try await environment.writeAsync { _ in ran.raise() }
    }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(!ran.isRaised)
  }

  @Test("finishes in the queue when the environment goes away meanwhile")
  func lastReference() async throws {
    let folder = try TemporaryFolder()
    for round in 0..<10 {
      var environment: Environment? = try Environment(path: folder.path, options: .creating)
      let database = try #require(try environment?.createDatabase("records"))
      // The body holds the last reference, so the environment closes on its own writer thread.
      try await environment?.writeAsync { [environment] transaction in
        #expect(environment?.path == folder.path)
        try transaction.put(key: UInt64(round), value: [1].span, in: database)
      }
      try environment?.close()
      environment = nil
    }
    let environment = try Environment(path: folder.path)
    let database = try environment.database("records")
    #expect(try environment.read { try $0.count(database) } == 10)
  }
}
