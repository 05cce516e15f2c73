/// Columns of whole numbers in as few bytes as their range needs.
///
/// A packed column is one word and then its numbers as distances from the smallest one, in 1, 2, 4 or
/// 8 bytes each, or in none where all are equal, padded to eight bytes. The word holds the width in
/// its lowest eight bits and the smallest number above. Numbers that need the width of their type
/// stand as they are, with a smallest number of 0. A column without numbers takes no bytes: how many
/// there are is known from elsewhere.
enum PackedColumn {
  /// Marks a sparse column in the place of the width.
  static let sparse: UInt64 = 0xFF
  /// The most numbers that stand for themselves without any bytes, so that a few wrong bytes cannot
  /// ask for all memory.
  static let mostEqual = 1 << 24

  /// The width that a range of numbers needs, in bytes.
  static func width(of range: UInt64) -> Int {
    switch range {
    case 0: 0
    case ..<(1 << 8): 1
    case ..<(1 << 16): 2
    case ..<(1 << 32): 4
    default: 8
    }
  }
}

extension [UInt8] {
  /// Appends a packed column; see `PackedColumn`.
  mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(packed column: [Number]) {
    guard var low = column.first else { return }
    var high = low
    for number in column {
      if number < low { low = number }
      if number > high { high = number }
    }
    let base = UInt64(Number.Magnitude(truncatingIfNeeded: low))
    let range = UInt64(Number.Magnitude(truncatingIfNeeded: high &- low))
    let width = PackedColumn.width(of: range)
    guard width < MemoryLayout<Number>.size, base < 1 << 56,
      width > 0 || column.count <= PackedColumn.mostEqual
    else {
      append(word: UInt64(MemoryLayout<Number>.size))
      ProjectionEngine.append(column, to: &self)
      return
    }
    append(word: base << 8 | UInt64(width))
    switch width {
    case 1: append(column, less: low, as: UInt8.self)
    case 2: append(column, less: low, as: UInt16.self)
    case 4: append(column, less: low, as: UInt32.self)
    default: break
    }
  }

  /// Appends a column most of whose numbers are 0: which are not, a bit each, and these packed;
  /// packed as a whole where that is shorter.
  mutating func append<Number: FixedWidthInteger & BitwiseCopyable>(sparse column: [Number]) {
    var whole: [UInt8] = []
    whole.append(packed: column)
    let rows = column.indices.filter { column[$0] != 0 }
    var parts: [UInt8] = []
    parts.append(word: PackedColumn.sparse)
    parts.append(rows: rows, of: column.count)
    parts.append(packed: rows.map { column[$0] })
    self += whole.count <= parts.count ? whole : parts
  }

  /// Appends which of `count` rows are meant, a bit each in whole words.
  mutating func append(rows: [Int], of count: Int) {
    var words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for row in rows { words[row / 64] |= 1 << UInt64(row % 64) }
    ProjectionEngine.append(words, to: &self)
  }

  /// Appends where each person's rows begin and end, as how many each has.
  mutating func append(starts: [UInt32]) {
    append(packed: zip(starts.dropFirst(), starts).map { $0 - $1 })
  }

  private mutating func append(word: UInt64) { ProjectionEngine.append([word], to: &self) }

  private mutating func append<Number: FixedWidthInteger, Stored: FixedWidthInteger>(
    _ column: [Number], less low: Number, as stored: Stored.Type
  ) where Stored: BitwiseCopyable {
    ProjectionEngine.append(column.map { Stored(truncatingIfNeeded: $0 &- low) }, to: &self)
  }
}

/// Reads the columns of a part one after the other.
///
/// Whatever the bytes are, a reader gives as many numbers as it was asked for or throws
/// `ViewError.damaged`, and touches nothing outside of the part.
struct ColumnReader {
  private var at: Int
  private let end: Int

  /// A reader at the beginning of a part.
  ///
  /// - Precondition: The part lies in the bytes that are read.
  init(_ part: Range<Int>) {
    at = part.lowerBound
    end = part.upperBound
  }

  /// Refuses a part of which something is left.
  func finish() throws(ViewError) {
    guard at == end else { throw .damaged }
  }

  /// A column whose numbers stand as they are.
  mutating func plain<Number: BitwiseCopyable>(
    _ type: Number.Type, _ count: Int, in bytes: Span<UInt8>
  ) throws(ViewError) -> [Number] {
    let start = try advance(count, MemoryLayout<Number>.stride)
    guard let numbers = column(type, in: bytes, at: start, count: count) else { throw .damaged }
    return numbers
  }

  /// What `append(packed:)` wrote.
  mutating func packed<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, _ count: Int, in bytes: Span<UInt8>
  ) throws(ViewError) -> [Number] {
    if count == 0 { return [] }
    return try packed(type, count, after: try plain(UInt64.self, 1, in: bytes)[0], in: bytes)
  }

  /// What `append(sparse:)` wrote.
  mutating func sparse<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, _ count: Int, in bytes: Span<UInt8>
  ) throws(ViewError) -> [Number] {
    if count == 0 { return [] }
    let word = try plain(UInt64.self, 1, in: bytes)[0]
    if word != PackedColumn.sparse { return try packed(type, count, after: word, in: bytes) }
    let rows = try self.rows(of: count, in: bytes)
    let stated = try packed(type, rows.count, in: bytes)
    var numbers = [Number](repeating: 0, count: count)
    for (index, row) in rows.enumerated() { numbers[Int(row)] = stated[index] }
    return numbers
  }

  /// What `append(rows:of:)` wrote.
  mutating func rows(of count: Int, in bytes: Span<UInt8>) throws(ViewError) -> [UInt32] {
    let words = try plain(UInt64.self, (count + 63) / 64, in: bytes)
    var rows: [UInt32] = []
    rows.reserveCapacity(words.reduce(0) { $0 + $1.nonzeroBitCount })
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        rows.append(UInt32(index * 64 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    guard rows.last.map({ Int($0) < count }) ?? true else { throw .damaged }
    return rows
  }

  /// What `append(starts:)` wrote, of so many people who have so many rows in all.
  mutating func starts(
    _ people: Int, rows: UInt64, in bytes: Span<UInt8>
  ) throws(ViewError) -> [UInt32] {
    let counts = try packed(UInt32.self, people, in: bytes)
    var starts = [UInt32](repeating: 0, count: people + 1)
    var sum: UInt64 = 0
    for index in counts.indices {
      sum &+= UInt64(counts[index])
      starts[index + 1] = UInt32(truncatingIfNeeded: sum)
    }
    // Counts are not negative: where the sum is right, no start before it is too large.
    guard sum == rows else { throw .damaged }
    return starts
  }

  /// The numbers behind the word of a packed column.
  private mutating func packed<Number: FixedWidthInteger & BitwiseCopyable>(
    _ type: Number.Type, _ count: Int, after word: UInt64, in bytes: Span<UInt8>
  ) throws(ViewError) -> [Number] {
    let (base, width) = (word >> 8, Int(word & 0xFF))
    guard base <= UInt64(Number.Magnitude.max) else { throw .damaged }
    if width == MemoryLayout<Number>.size {
      guard base == 0 else { throw .damaged }
      return try plain(type, count, in: bytes)
    }
    guard width < MemoryLayout<Number>.size else { throw .damaged }
    let low = Number(truncatingIfNeeded: base)
    let numbers: [Number]?
    switch width {
    case 0:
      numbers = count > PackedColumn.mostEqual ? nil : [Number](repeating: low, count: count)
    case 1:
      let start = try advance(count, 1)
      numbers = column(storedAs: UInt8.self, from: low, in: bytes, at: start, count: count)
    case 2:
      let start = try advance(count, 2)
      numbers = column(storedAs: UInt16.self, from: low, in: bytes, at: start, count: count)
    case 4:
      let start = try advance(count, 4)
      numbers = column(storedAs: UInt32.self, from: low, in: bytes, at: start, count: count)
    default: numbers = nil
    }
    guard let numbers else { throw .damaged }
    return numbers
  }

  /// Passes a column; gives where it begins.
  private mutating func advance(_ count: Int, _ width: Int) throws(ViewError) -> Int {
    let start = at
    guard count >= 0, count <= (end - start) / width else { throw .damaged }
    at += (count * width + 7) / 8 * 8
    guard at <= end else { throw .damaged }
    return start
  }
}
