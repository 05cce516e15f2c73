/// Writes Thrift's compact protocol, as far as the metadata of Parquet need it.
///
/// A field is written with the distance to the field before it in its struct, so every struct keeps
/// count; lists carry their length and the type of their elements.
struct ThriftCompact {
  private(set) var bytes: [UInt8] = []
  private var fields: [Int16] = []
  private var last: Int16 = 0

  private enum Kind: UInt8 {
    case yes = 1
    case no = 2
    case i32 = 5
    case i64 = 6
    case binary = 8
    case list = 9
    case structure = 12
  }

  /// Writes a struct that stands alone: a page header, or the footer.
  static func structure(_ body: (inout ThriftCompact) -> Void) -> [UInt8] {
    var writer = ThriftCompact()
    body(&writer)
    writer.bytes.append(0)
    return writer.bytes
  }

  mutating func i32(_ field: Int16, _ value: Int) {
    header(field, .i32)
    zigzag(Int64(value))
  }

  mutating func i64(_ field: Int16, _ value: Int) {
    header(field, .i64)
    zigzag(Int64(value))
  }

  mutating func boolean(_ field: Int16, _ value: Bool) { header(field, value ? .yes : .no) }

  mutating func binary(_ field: Int16, _ value: [UInt8]) {
    header(field, .binary)
    counted(value)
  }

  mutating func text(_ field: Int16, _ value: String) { binary(field, Array(value.utf8)) }

  mutating func structure(_ field: Int16, _ body: (inout ThriftCompact) -> Void) {
    header(field, .structure)
    nested(body)
  }

  mutating func structures<Element>(
    _ field: Int16, _ elements: [Element], _ body: (inout ThriftCompact, Element) -> Void
  ) {
    header(field, .list)
    listHeader(elements.count, .structure)
    for element in elements { nested { body(&$0, element) } }
  }

  mutating func texts(_ field: Int16, _ values: [String]) {
    header(field, .list)
    listHeader(values.count, .binary)
    for value in values { counted(Array(value.utf8)) }
  }

  mutating func i32s(_ field: Int16, _ values: [Int]) {
    header(field, .list)
    listHeader(values.count, .i32)
    for value in values { zigzag(Int64(value)) }
  }

  private mutating func nested(_ body: (inout ThriftCompact) -> Void) {
    fields.append(last)
    last = 0
    body(&self)
    bytes.append(0)
    last = fields.removeLast()
  }

  private mutating func header(_ field: Int16, _ kind: Kind) {
    let distance = field - last
    if (1...15).contains(distance) {
      bytes.append(UInt8(distance) << 4 | kind.rawValue)
    } else {
      bytes.append(kind.rawValue)
      zigzag(Int64(field))
    }
    last = field
  }

  private mutating func listHeader(_ count: Int, _ kind: Kind) {
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      bytes.appendVarint(UInt64(count))
    }
  }

  private mutating func counted(_ value: [UInt8]) {
    bytes.appendVarint(UInt64(value.count))
    bytes += value
  }

  private mutating func zigzag(_ value: Int64) {
    bytes.appendVarint(UInt64(bitPattern: value << 1 ^ value >> 63))
  }
}

extension [UInt8] {
  /// Seven bits a byte, the low ones first, the top bit set on all but the last (ULEB128).
  mutating func appendVarint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    append(UInt8(value))
  }

  /// A number in little-endian bytes.
  mutating func appendLittleEndian(_ value: some FixedWidthInteger) {
    var value = value
    for _ in 0..<(value.bitWidth / 8) {
      append(UInt8(truncatingIfNeeded: value))
      value >>= 8
    }
  }
}
