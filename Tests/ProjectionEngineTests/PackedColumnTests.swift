import Journey
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A packed column of the view")
struct PackedColumnTests {
  /// Numbers of a random range somewhere in their type, often at its ends.
  private static func numbers<Number: FixedWidthInteger>(
    _ type: Number.Type, count: Int, using random: inout SeededGenerator
  ) -> [Number] {
    let width = Int.random(in: 0...Number.bitWidth, using: &random)
    let low = random.pick([Number.min, 0, Number.max, Number(truncatingIfNeeded: random.next())])
    return (0..<count).map { _ in
      low
        &+ (width == 0
          ? 0 : Number(truncatingIfNeeded: random.next() >> UInt64(64 - width)))
    }
  }

  // Each reads a column, which must be all there is.

  private static func packed<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, _ count: Int, _ bytes: [UInt8]
  ) throws(ViewError) -> [Number] {
    var reader = ColumnReader(0..<bytes.count)
    let numbers = try reader.packed(type, count, in: bytes.span)
    try reader.finish()
    return numbers
  }

  private static func sparse<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, _ count: Int, _ bytes: [UInt8]
  ) throws(ViewError) -> [Number] {
    var reader = ColumnReader(0..<bytes.count)
    let numbers = try reader.sparse(type, count, in: bytes.span)
    try reader.finish()
    return numbers
  }

  private static func rows(of count: Int, _ bytes: [UInt8]) throws(ViewError) -> [UInt32] {
    var reader = ColumnReader(0..<bytes.count)
    let rows = try reader.rows(of: count, in: bytes.span)
    try reader.finish()
    return rows
  }

  private static func starts(
    _ people: Int, rows: UInt64, _ bytes: [UInt8]
  ) throws(ViewError) -> [UInt32] {
    var reader = ColumnReader(0..<bytes.count)
    let starts = try reader.starts(people, rows: rows, in: bytes.span)
    try reader.finish()
    return starts
  }

  private static func roundTrip<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, using random: inout SeededGenerator
  ) throws {
    let count = Int.random(in: 0...200, using: &random)
    let column = numbers(type, count: count, using: &random)
    var packed: [UInt8] = []
    packed.append(packed: column)
    #expect(try Self.packed(type, count, packed) == column)
    #expect(packed.count <= 8 + (count * MemoryLayout<Number>.size + 7) / 8 * 8)
    let thin = column.map { random.chance(90) ? 0 : $0 }
    var sparse: [UInt8] = []
    sparse.append(sparse: thin)
    #expect(try Self.sparse(type, count, sparse) == thin)
  }

  @Test(
    "reads back what was written, of every type and range", arguments: [1, 2, 3, 4] as [UInt64])
  func roundTrips(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      try Self.roundTrip(UInt8.self, using: &random)
      try Self.roundTrip(UInt16.self, using: &random)
      try Self.roundTrip(UInt32.self, using: &random)
      try Self.roundTrip(Int32.self, using: &random)
      try Self.roundTrip(UInt64.self, using: &random)
    }
  }

  @Test(
    "reads back which rows are meant, and where each person's begin", arguments: [5, 6] as [UInt64])
  func rowsAndStarts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let count = Int.random(in: 0...300, using: &random)
      let rows = (0..<count).filter { _ in random.chance(40) }
      var bytes: [UInt8] = []
      bytes.append(rows: rows, of: count)
      let read = try Self.rows(of: count, bytes)
      #expect(read.map { Int($0) } == rows)
      var starts: [UInt32] = [0]
      for _ in 0..<count {
        starts.append(starts[starts.count - 1] + UInt32.random(in: 0...400, using: &random))
      }
      bytes = []
      bytes.append(starts: starts)
      let all = UInt64(starts[count])
      let again = try Self.starts(count, rows: all, bytes)
      #expect(again == starts)
      #expect(throws: ViewError.damaged) {
        try Self.starts(count, rows: all + 1, bytes)
      }
    }
  }

  @Test(
    "takes as many bytes as its range needs, and none where it is empty",
    arguments: [
      ([], 0), ([7, 7, 7], 8), ([1 << 40, 1 << 40 + 255], 16),
      ([1000, 1256], 16), ([1000, 1256, 1000, 1000, 1000], 24), ([0, 1 << 16], 16),
      ([5, 5 + 1 << 32], 8 + 16),
      // A smallest number that does not fit beside the width stands as it is.
      ([.max, .max], 8 + 16),
    ] as [([UInt64], Int)])
  func sizes(column: [UInt64], length: Int) throws {
    var bytes: [UInt8] = []
    bytes.append(packed: column)
    #expect(bytes.count == length)
    #expect(
      try Self.packed(UInt64.self, column.count, bytes) == column)
  }

  @Test("takes a bit each where most numbers are 0")
  func sparse() throws {
    let column = (0..<1280).map { $0 == 700 ? UInt64(1) << 35 : 0 }
    var bytes: [UInt8] = []
    bytes.append(sparse: column)
    #expect(bytes.count == 8 + 1280 / 8 + 8)
  }

  @Test(
    "is refused where it says what no writer says",
    arguments: [
      ("a width of three bytes", [3, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 16)),
      ("a width beyond the type", [4, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 16)),
      ("a smallest number beyond the type", [0, 0, 0, 1, 0, 0, 0, 0]),
      (
        "a smallest number beside whole ones",
        [2, 1, 0, 0, 0, 0, 0, 0] + .init(repeating: 0, count: 8)
      ),
      ("too few numbers", [1, 0, 0, 0, 0, 0, 0, 0]),
      ("something behind it", [0, 0, 0, 0, 0, 0, 0, 0] + [UInt8](repeating: 0, count: 8)),
      ("half a word", [0, 0, 0, 0]),
      ("nothing", []),
    ] as [(String, [UInt8])])
  func malformed(what: String, bytes: [UInt8]) {
    #expect(throws: ViewError.damaged) {
      try Self.packed(UInt16.self, 4, bytes)
    }
  }

  @Test("is refused where it means a row that is not there")
  func strayRow() throws {
    let bytes: [UInt8] = [0, 0b1000, 0, 0, 0, 0, 0, 0]
    #expect(throws: ViewError.damaged) {
      try Self.rows(of: 11, bytes)
    }
    let rows = try Self.rows(of: 12, bytes)
    #expect(rows == [11])
  }

  @Test("asks for no memory that its bytes do not vouch for")
  func hugeCounts() {
    let bytes = [UInt8](repeating: 0, count: 64)
    for count in [PackedColumn.mostEqual + 1, 1 << 40, Int.max] {
      #expect(throws: ViewError.damaged) {
        try Self.packed(UInt64.self, count, bytes)
      }
      #expect(throws: ViewError.damaged) {
        var reader = ColumnReader(0..<bytes.count)
        _ = try reader.plain(UInt64.self, count, in: bytes.span)
      }
    }
  }

  @Test(
    "gives as many numbers as asked for or is refused, whatever its bytes",
    arguments: [7, 8] as [UInt64])
  func anyBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var (read, refused) = (0, 0)
    for _ in 0..<3_000 {
      let count = Int.random(in: 0...40, using: &random)
      let column = Self.numbers(UInt32.self, count: count, using: &random)
      var bytes: [UInt8] = []
      if random.chance(50) { bytes.append(packed: column) } else { bytes.append(sparse: column) }
      for _ in 0..<Int.random(in: 1...3, using: &random) where !bytes.isEmpty {
        bytes[Int.random(in: bytes.indices, using: &random)] = random.pick([
          0, 1, 2, 4, 8, 255, UInt8(truncatingIfNeeded: random.next()),
        ])
      }
      if random.chance(20) { bytes.removeLast(Int.random(in: 0...bytes.count, using: &random)) }
      let asked = random.chance(20) ? Int.random(in: 0...90, using: &random) : count
      do {
        let numbers = try Self.sparse(UInt32.self, asked, bytes)
        #expect(numbers.count == asked, "seed \(seed)")
        read += 1
      } catch {
        #expect(error == ViewError.damaged, "seed \(seed)")
        refused += 1
      }
    }
    #expect(read > 100 && refused > 100)
  }
}
