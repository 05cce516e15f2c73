import LMDB
import Testing

@Suite("A cursor")
struct CursorTests {
  /// A database with the keys 10, 20, …, 90 and ten times the key as value.
  private func filled() throws -> (TemporaryStore, Database) {
    let store = try TemporaryStore()
    let database = try store.environment.createDatabase("tens")
    try store.environment.write { transaction in
      for key in stride(from: UInt64(10), through: 90, by: 10) {
        try transaction.append(key: key, value: [UInt8(key)].span, to: database)
      }
    }
    return (store, database)
  }

  @Test("walks forwards and backwards over every entry")
  func walk() throws {
    let (store, database) = try filled()
    try store.environment.read { transaction in
      var cursor = try transaction.cursor(database)
      var forwards: [UInt64?] = []
      while let entry = try cursor.next() { forwards.append(entry.uint64Key) }
      #expect(forwards == [10, 20, 30, 40, 50, 60, 70, 80, 90])
      var backwards: [UInt64?] = []
      while let entry = try cursor.previous() { backwards.append(entry.uint64Key) }
      #expect(backwards == forwards.reversed())
      #expect(try cursor.next()?.uint64Key == 10)
    }
  }

  @Test("stays behind an end until it is moved back")
  func ends() throws {
    let (store, database) = try filled()
    try store.environment.read { transaction in
      var cursor = try transaction.cursor(database)
      #expect(try cursor.previous() == nil)
      #expect(try cursor.last()?.uint64Key == 90)
      #expect(try cursor.next() == nil)
      #expect(try cursor.next() == nil)
      #expect(try cursor.previous()?.uint64Key == 90)
      #expect(try cursor.first()?.uint64Key == 10)
      #expect(try cursor.previous() == nil)
      #expect(try cursor.next()?.uint64Key == 10)
    }
  }

  @Test(
    "seeks the first key at or after the given one",
    arguments: [(0, 10), (10, 10), (11, 20), (89, 90), (90, 90), (91, nil)] as [(UInt64, UInt64?)])
  func seek(key: UInt64, found: UInt64?) throws {
    let (store, database) = try filled()
    try store.environment.read { transaction in
      var cursor = try transaction.cursor(database)
      #expect(try cursor.seek(to: key)?.uint64Key == found)
      let following = found.flatMap { $0 == 90 ? nil : $0 + 10 }
      #expect(try cursor.next()?.uint64Key == following)
      if found == nil { #expect(try cursor.previous()?.uint64Key == 90) }
    }
  }

  @Test("finds nothing in an empty database")
  func empty() throws {
    let store = try TemporaryStore()
    let database = try store.environment.createDatabase("empty")
    try store.environment.read { transaction in
      var cursor = try transaction.cursor(database)
      #expect(try cursor.next() == nil)
      #expect(try cursor.previous() == nil)
      #expect(try cursor.first() == nil)
      #expect(try cursor.last() == nil)
      #expect(try cursor.seek(to: UInt32(0)) == nil)
    }
  }

  @Test("orders numbers by size and composite keys field by field")
  func order() throws {
    let store = try TemporaryStore()
    let database = try store.environment.createDatabase("streams")
    let pairs: [(UInt32, UInt64)] = [(256, 1), (1, 256), (1, 255), (255, .max), (0, 1 << 40)]
    try store.environment.write { transaction in
      for (ref, position) in pairs {
        let key = BigEndianKey(ref).appending(position)
        try transaction.put(key: key.span, value: Span(), in: database)
      }
    }
    let keys = try store.environment.read { try contents(of: database, in: $0).map(\.key) }
    let sorted = pairs.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
    #expect(
      keys == sorted.map { BigEndianKey($0.0).appending($0.1).span.copied })
    #expect(keys[1] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 255])
  }

  @Test("reads numbers only from keys of their width")
  func widths() throws {
    let store = try TemporaryStore()
    let database = try store.environment.createDatabase("mixed")
    try store.environment.write { transaction in
      try transaction.put(key: UInt32(0x0102_0304), value: Span(), in: database)
      try transaction.put(key: UInt64(0x0102_0304_0506_0708), value: [9].span, in: database)
    }
    try store.environment.read { transaction in
      #expect(try transaction.value(for: UInt32(0x0102_0304), in: database)?.count == 0)
      var cursor = try transaction.cursor(database)
      if let entry = try cursor.next() {
        #expect(entry.uint32Key == 0x0102_0304 && entry.uint64Key == nil)
      }
      if let entry = try cursor.next() {
        #expect(entry.uint32Key == nil && entry.uint64Key == 0x0102_0304_0506_0708)
        #expect(entry.value.copied == [9])
      }
      #expect(try cursor.next() == nil)
    }
  }
}
