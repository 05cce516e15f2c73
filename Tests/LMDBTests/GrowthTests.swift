import LMDB
import Testing

@Suite("A map that is too small")
struct GrowthTests {
  private static func small(_ options: inout EnvironmentOptions) {
    options.mapSize = 64 << 10
    options.growthStep = 1 << 20
    options.durability = .rebuildable
  }

  @Test("grows from 64 KiB to over 50 MB while readers come and go")
  func growth() async throws {
    let store = try TemporaryStore(Self.small)
    let environment = store.environment
    let database = try environment.createDatabase("records")
    let isDone = Flag()
    let value = [UInt8](repeating: 7, count: 10_000)
    let looks = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<2 {
        group.addTask {
          var looks = 0
          repeat {
            try environment.read { transaction in
              let count = try transaction.count(database)
              var cursor = try transaction.cursor(database)
              var sum = 0
              if let last = try cursor.last() {
                #expect(last.uint64Key == UInt64(count - 1))
                for index in last.value.indices { sum += Int(last.value[index]) }
              }
              #expect(sum == (count == 0 ? 0 : 70_000))
            }
            looks += 1
            await Task.yield()
          } while !isDone.isRaised
          return looks
        }
      }
      for batch in UInt64(0)..<50 {
        try await environment.writeAsync { transaction in
          for position in batch * 100..<(batch + 1) * 100 {
            try transaction.append(key: position, value: value.span, to: database)
          }
        }
      }
      isDone.raise()
      return try await group.reduce(0, +)
    }
    #expect(looks >= 2)
    let entries = try environment.read { try contents(of: database, in: $0) }
    #expect(entries.count == 5_000)
    #expect(entries.allSatisfy { $0.value == value })
    #expect(try environment.information().mapSize > 50_000_000)
  }

  @Test("grows as often as one large transaction needs, though its body swallows the errors")
  func oneTransaction() throws {
    let store = try TemporaryStore(Self.small)
    let database = try store.environment.createDatabase("records")
    let value = [UInt8](repeating: 1, count: 100_000)
    var runs = 0
    try store.environment.write { transaction in
      runs += 1
      for key in UInt64(0)..<200 {
        try? transaction.put(key: key, value: value.span, in: database)
      }
    }
    #expect(runs > 2)
    #expect(try store.environment.read { try $0.count(database) } == 200)
  }

  @Test("stays as it is when a reader does not end, and grows after that")
  func hangingReader() throws {
    let store = try TemporaryStore {
      Self.small(&$0)
      $0.drainDeadline = .milliseconds(50)
    }
    let environment = store.environment
    let database = try environment.createDatabase("records")
    let fill: @Sendable () throws -> Void = {
      try environment.write { transaction in
        try transaction.put(
          key: UInt64(1), value: [UInt8](repeating: 1, count: 500_000).span, in: database)
      }
    }
    let other = Turn()
    try environment.read { transaction in
      other.run(fill)
      #expect(other.error as? LMDBError == .transactionsStillRunning(count: 1))
      let count = try transaction.count(database)
      #expect(count == 0)
      // A nested read passes the gate, whatever it waits for.
      #expect(try stored(1, in: database, of: environment) == nil)
    }
    try fill()
    #expect(try stored(1, in: database, of: environment)?.count == 500_000)
  }

  @Test("waits at closing for a reader, and can be closed when it has ended")
  func closing() throws {
    let store = try TemporaryStore { $0.drainDeadline = .milliseconds(20) }
    let environment = store.environment
    let other = Turn()
    try environment.read { _ in
      other.run { try environment.close() }
      #expect(other.error as? LMDBError == .transactionsStillRunning(count: 1))
    }
    try environment.close()
    #expect(throws: LMDBError.closed(path: store.path)) { try environment.read { _ in } }
  }

  @Test("is adopted when another process has grown the file")
  func anotherProcess() async throws {
    let store = try TemporaryStore(Self.small)
    let path = store.path
    let environment = store.environment
    let database = try environment.createDatabase("records")
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
    #expect(try stored(1, in: database, of: environment)?.count == 5_000_000)
    try environment.write { try $0.put(key: UInt64(2), value: [2].span, in: database) }
    #expect(try environment.read { try $0.count(database) } == 2)
  }
}
