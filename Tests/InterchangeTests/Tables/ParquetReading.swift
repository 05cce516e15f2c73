import Journey

@testable import Interchange

/// A value of Thrift's compact protocol, read without knowing what it means.
indirect enum ThriftValue: Equatable {
  case boolean(Bool)
  case number(Int64)
  case bytes([UInt8])
  case list([ThriftValue])
  case structure([Int: ThriftValue])

  subscript(field: Int) -> ThriftValue? {
    if case .structure(let fields) = self { fields[field] } else { nil }
  }
  var number: Int? { if case .number(let number) = self { Int(number) } else { nil } }
  var list: [ThriftValue] { if case .list(let values) = self { values } else { [] } }
  var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }
  var text: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }
}

/// Reads what `ParquetTable` writes, by the specification rather than by the writer.
struct ParquetReading {
  let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8], at: Int = 0) {
    self.bytes = bytes
    self.at = at
  }

  static func footer(of file: [UInt8]) -> ThriftValue {
    let length = Int(littleEndian(file, file.count - 8, 4))
    var reader = ParquetReading(file, at: file.count - 8 - length)
    return reader.structure()
  }

  static func littleEndian(_ bytes: [UInt8], _ at: Int, _ width: Int) -> UInt64 {
    (0..<width).reduce(0) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
  }

  // MARK: Thrift

  private mutating func varint() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while true {
      let byte = bytes[at]
      at += 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
  }

  private mutating func zigzag() -> Int64 {
    let value = varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  private mutating func value(_ kind: UInt8) -> ThriftValue {
    switch kind {
    case 1: return .boolean(true)
    case 2: return .boolean(false)
    case 5, 6: return .number(zigzag())
    case 8:
      let count = Int(varint())
      defer { at += count }
      return .bytes(Array(bytes[at..<at + count]))
    case 9:
      let head = bytes[at]
      at += 1
      let count = head >> 4 == 15 ? Int(varint()) : Int(head >> 4)
      return .list((0..<count).map { _ in value(head & 15) })
    default: return structure()
    }
  }

  mutating func structure() -> ThriftValue {
    var fields: [Int: ThriftValue] = [:]
    var last = 0
    while true {
      let head = bytes[at]
      at += 1
      if head == 0 { return .structure(fields) }
      last = head >> 4 == 0 ? Int(zigzag()) : last + Int(head >> 4)
      fields[last] = value(head & 15)
    }
  }

  // MARK: Pages

  /// The values of the hybrid of runs and packed bits.
  private mutating func hybrid(_ count: Int, _ width: Int, until end: Int) -> [UInt32] {
    var values: [UInt32] = []
    while values.count < count, at < end {
      let head = varint()
      if head & 1 == 0 {
        let size = (width + 7) / 8
        let value = UInt32(ParquetReading.littleEndian(bytes, at, size))
        at += size
        values += [UInt32](repeating: value, count: Int(head >> 1))
      } else {
        let groups = Int(head >> 1)
        for index in 0..<groups * 8 {
          var value: UInt32 = 0
          for bit in 0..<width {
            let place = index * width + bit
            value |= UInt32(bytes[at + place / 8] >> UInt8(place % 8) & 1) << UInt32(bit)
          }
          values.append(value)
        }
        at += groups * width
      }
    }
    return Array(values.prefix(count))
  }

  private mutating func text() -> TableValue {
    let count = Int(ParquetReading.littleEndian(bytes, at, 4))
    defer { at += 4 + count }
    return .text(String(decoding: bytes[at + 4..<at + 4 + count], as: UTF8.self))
  }

  /// The values of one chunk.
  static func column(_ file: [UInt8], _ chunk: ThriftValue, _ variable: TableVariable)
    -> [TableValue]
  {
    let meta = chunk[3]
    var reader = ParquetReading(file, at: meta?[11]?.number ?? meta?[9]?.number ?? 0)
    var words: [TableValue] = []
    if meta?[11] != nil {
      let header = reader.structure()
      words = (0..<(header[7]?[1]?.number ?? 0)).map { _ in reader.text() }
    }
    let header = reader.structure()
    let end = reader.at + (header[2]?.number ?? 0)
    let count = header[5]?[1]?.number ?? 0
    let marks = Int(littleEndian(file, reader.at, 4))
    reader.at += 4
    let levels = reader.hybrid(count, 1, until: reader.at + marks)
    let stated = levels.count { $0 == 1 }
    var values: [TableValue] = []
    if header[5]?[2]?.number == 8 {
      let width = Int(file[reader.at])
      reader.at += 1
      values = reader.hybrid(stated, width, until: end).map { words[Int($0)] }
    } else {
      values = (0..<stated).map { reader.plain($0, variable.kind) }
    }
    var next = values.makeIterator()
    return levels.map { $0 == 1 ? next.next() ?? .missing : .missing }
  }

  private mutating func plain(_ index: Int, _ kind: TableVariable.Kind) -> TableValue {
    switch kind {
    case .text, .code: return text()
    case .yesNo:
      // Eight in a byte: the place stays until the last of them.
      let value = bytes[at + index / 8] >> UInt8(index % 8) & 1
      return .yesNo(value == 1)
    case .day:
      defer { at += 4 }
      let bits = UInt32(ParquetReading.littleEndian(bytes, at, 4))
      return .day(Day(number: Int32(bitPattern: bits)))
    case .whole, .instant, .decimal:
      defer { at += 8 }
      let bits = ParquetReading.littleEndian(bytes, at, 8)
      switch kind {
      case .decimal: return .decimal(Double(bitPattern: bits))
      case .instant: return .instant(Int64(bitPattern: bits))
      default: return .whole(Int64(bitPattern: bits))
      }
    }
  }
}
