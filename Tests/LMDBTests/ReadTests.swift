import LMDB
import Testing

@Suite("A read transaction")
struct ReadTests {
  @Test("sees the state of its beginning, whatever is committed meanwhile")
  func snapshot() async throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    try environment.write { try $0.put(key: UInt64(1), value: [1].span, in: database) }
    let other = Turn()
    try environment.read { transaction in
      let first = try transaction.value(for: UInt64(1), in: database)
      other.run {
        try environment.write { inner in
          try inner.put(key: UInt64(1), value: [2].span, in: database)
          try inner.put(key: UInt64(2), value: [2].span, in: database)
        }
      }
      #expect(try stored(1, in: database, of: environment) == [2])
      #expect(try transaction.value(for: UInt64(1), in: database)?.copied == [1])
      #expect(try transaction.count(database) == 1)
      #expect(first?.copied == [1])
    }
    #expect(try environment.read { try $0.count(database) } == 2)
    #expect(other.error == nil)
  }

  @Test("leaks no reader slot when it ends early, 10,000 times over")
  func slots() throws {
    struct Stop: Error {}
    let store = try TemporaryStore { $0.maxReaders = 8 }
    let environment = store.environment
    let database = try environment.createDatabase("records")
    try environment.write { try $0.put(key: UInt64(1), value: [1].span, in: database) }
    var found = 0
    for round in 0..<10_000 {
      if round.isMultiple(of: 2) {
        #expect(throws: Stop.self) {
          try environment.read { transaction in
            var cursor = try transaction.cursor(database)
            if try cursor.first() != nil { throw Stop() }
          }
        }
      } else {
        found += try environment.read { transaction in
          guard let value = try transaction.value(for: UInt64(1), in: database) else { return 0 }
          return value.count
        }
      }
    }
    #expect(found == 5_000)
    #expect(try environment.information().activeReaders == 0)
  }

  @Test("may be nested, and says when the reader slots run out")
  func nesting() throws {
    let store = try TemporaryStore { $0.maxReaders = 3 }
    let environment = store.environment
    func nest(_ depth: Int) throws -> Int {
      try environment.read { _ in depth == 1 ? 1 : try nest(depth - 1) + 1 }
    }
    #expect(try nest(3) == 3)
    #expect(throws: LMDBError.readersFull(path: store.path, limit: 3)) { try nest(4) }
    #expect(try nest(3) == 3)
  }

  @Test("refuses writing, closing and opening of names from inside")
  func inside() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    try environment.read { _ in
      #expect(throws: LMDBError.insideTransaction(operation: "write")) {
        try environment.write { _ in }
      }
      #expect(throws: LMDBError.insideTransaction(operation: "close")) { try environment.close() }
      #expect(throws: LMDBError.insideTransaction(operation: "opening a database")) {
        try environment.database("records")
      }
    }
  }

  @Test("takes keys of 1 to 511 bytes, refuses others in changes and finds no longer ones")
  func keySizes() throws {
    let store = try TemporaryStore()
    let environment = store.environment
    let database = try environment.createDatabase("records")
    let (empty, longest, overlong): ([UInt8], [UInt8], [UInt8]) = (
      [], Array(repeating: 1, count: 511), Array(repeating: 1, count: 512)
    )
    try environment.write { try $0.put(key: longest.span, value: longest.span, in: database) }
    for key in [empty, overlong] {
      #expect(throws: LMDBError.invalidKeySize(bytes: key.count, limit: 511)) {
        try environment.write { try $0.put(key: key.span, value: Span(), in: database) }
      }
    }
    let refusal = LMDBError.invalidKeySize(bytes: 0, limit: 511)
    #expect(throws: refusal) {
      try environment.write { try $0.delete(key: empty.span, in: database) }
    }
    #expect(throws: refusal) {
      try environment.read { _ = try $0.value(for: empty.span, in: database) }
    }
    #expect(throws: refusal) {
      try environment.read { transaction in
        var cursor = try transaction.cursor(database)
        _ = try cursor.seek(to: empty.span)
      }
    }
    try environment.read { transaction in
      let found = (
        try transaction.value(for: longest.span, in: database)?.count,
        try transaction.contains(longest.span, in: database),
        try transaction.contains(overlong.span, in: database)
      )
      #expect(found == (511, true, false))
    }
    #expect(try !environment.write { try $0.delete(key: overlong.span, in: database) })
  }

  @Test("refuses a database of another environment")
  func foreign() throws {
    let one = try TemporaryStore()
    let two = try TemporaryStore()
    let foreign = try two.environment.createDatabase("records")
    let own = try one.environment.createDatabase("records")
    #expect(own != foreign)
    let refusal = LMDBError.staleDatabase(name: "records")
    #expect(throws: refusal) { try one.environment.read { try $0.count(foreign) } }
    #expect(throws: refusal) { try one.environment.read { _ = try $0.cursor(foreign) } }
    #expect(throws: refusal) {
      try one.environment.write { try $0.put(key: UInt32(1), value: [1].span, in: foreign) }
    }
  }
}
