/// A file's bytes with the places where its lines begin.
struct SourceText: Sendable {
  let file: String
  let bytes: [UInt8]
  /// Where each line begins, in bytes; a byte order mark belongs to no line.
  private let lineStarts: [Int]
  /// How many scalars begin before each 64th byte, so that a column on a long line costs little.
  private let scalarsBefore: [Int]

  init(bytes: [UInt8], file: String) {
    self.file = file
    self.bytes = bytes
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var lineStarts = [start]
    var scalarsBefore: [Int] = []
    var scalars = 0
    for (offset, byte) in bytes.enumerated() {
      if offset % 64 == 0 { scalarsBefore.append(scalars) }
      if byte & 0xC0 != 0x80 { scalars += 1 }
      if byte == 0x0A { lineStarts.append(offset + 1) }
    }
    self.lineStarts = lineStarts
    self.scalarsBefore = scalarsBefore
  }

  /// Where the text begins, after a byte order mark.
  var start: Int { lineStarts[0] }

  /// The place of a byte.
  func position(of offset: Int) -> SourcePosition {
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let column = scalars(before: offset) - scalars(before: lineStarts[low]) + 1
    return SourcePosition(line: low + 1, column: max(1, column))
  }

  private func scalars(before offset: Int) -> Int {
    guard !scalarsBefore.isEmpty else { return 0 }
    let block = min(offset / 64, scalarsBefore.count - 1)
    return scalarsBefore[block] + bytes[block * 64..<offset].count { $0 & 0xC0 != 0x80 }
  }

  /// The byte at which a place begins; the end of the text when there is no such place.
  func offset(of place: SourcePosition) -> Int {
    guard lineStarts.indices.contains(place.line - 1) else { return bytes.count }
    var offset = lineStarts[place.line - 1]
    var column = 0
    while offset < bytes.count {
      if bytes[offset] & 0xC0 != 0x80 { column += 1 }
      if column == place.column { break }
      offset += 1
    }
    return offset
  }

  /// The stretch between two bytes, the second excluded.
  func range(_ offsets: Range<Int>) -> SourceRange {
    SourceRange(start: position(of: offsets.lowerBound), end: position(of: offsets.upperBound))
  }

  /// A line's text without its line break; empty when there is no such line.
  func line(_ number: Int) -> String {
    guard lineStarts.indices.contains(number - 1) else { return "" }
    let rest = bytes[lineStarts[number - 1]...]
    return String(decoding: rest.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
  }
}
