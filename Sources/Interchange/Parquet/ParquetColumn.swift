import Journey

/// The values of one column in one row group, until they are written.
struct ParquetColumn {
  /// How Parquet stores the values.
  enum Physical: Int {
    case boolean = 0
    case int32 = 1
    case int64 = 2
    case double = 5
    case bytes = 6
  }

  let variable: TableVariable
  /// 1 where a value is stated, 0 where none is.
  private var levels: [UInt32] = []
  private var numbers: [Int64] = []
  private var doubles: [Double] = []
  /// Numbers of `words`, for texts.
  private var places: [UInt32] = []
  private var words: [String] = []
  private var numberOfWord: [String: UInt32] = [:]

  init(_ variable: TableVariable) { self.variable = variable }

  var physical: Physical {
    switch variable.kind {
    case .text, .code: .bytes
    case .whole, .instant: .int64
    case .decimal: .double
    case .day: .int32
    case .yesNo: .boolean
    }
  }

  mutating func append(_ value: TableValue) {
    levels.append(value == .missing ? 0 : 1)
    switch (value, variable.kind) {
    case (.missing, _): break
    case (.text(let text), .text), (.text(let text), .code):
      let number = numberOfWord[text] ?? UInt32(words.count)
      if number == words.count {
        words.append(text)
        numberOfWord[text] = number
      }
      places.append(number)
    case (.whole(let number), .whole), (.instant(let number), .instant): numbers.append(number)
    case (.decimal(let number), .decimal): doubles.append(number)
    case (.day(let day), .day): numbers.append(Int64(day.number))
    case (.yesNo(let isYes), .yesNo): numbers.append(isYes ? 1 : 0)
    default: preconditionFailure("a value of another kind than its variable \(variable.name)")
    }
  }

  /// The pages of the column, and what the footer says about them.
  ///
  /// - Parameter offset: Where the pages begin in the file.
  func chunk(at offset: Int) -> (bytes: [UInt8], chunk: ParquetChunk) {
    var bytes: [UInt8] = []
    var dictionary: Int?
    var encodings = [ParquetEncoding.runLengths]
    var content: [UInt8] = []
    let marks = RunLengths.encode(levels, bitWidth: 1)
    content.appendLittleEndian(UInt32(marks.count))
    content += marks
    let usesDictionary = !words.isEmpty && words.count <= places.count / 2
    if usesDictionary {
      dictionary = offset
      var page: [UInt8] = []
      for word in words { page.appendCounted(word) }
      bytes += ParquetColumn.header(ofDictionary: words.count, page.count) + page
      let width = max(1, UInt32.bitWidth - UInt32(words.count - 1).leadingZeroBitCount)
      content.append(UInt8(width))
      content += RunLengths.encode(places, bitWidth: width)
      encodings += [.plain, .dictionary]
    } else {
      content += plain
      encodings.append(.plain)
    }
    let data = offset + bytes.count
    bytes +=
      ParquetColumn.header(
        ofData: levels.count, content.count, usesDictionary ? .dictionary : .plain) + content
    let chunk = ParquetChunk(
      physical: physical, path: variable.name, encodings: encodings, values: levels.count,
      size: bytes.count, dataOffset: data, dictionaryOffset: dictionary,
      nulls: levels.count { $0 == 0 }, bounds: bounds)
    return (bytes, chunk)
  }

  private var plain: [UInt8] {
    var bytes: [UInt8] = []
    switch physical {
    case .boolean:
      for start in stride(from: 0, to: numbers.count, by: 8) {
        var byte: UInt8 = 0
        for (bit, value) in numbers[start..<min(start + 8, numbers.count)].enumerated() {
          byte |= UInt8(value) << UInt8(bit)
        }
        bytes.append(byte)
      }
    case .int32: for number in numbers { bytes.appendLittleEndian(Int32(clamping: number)) }
    case .int64: for number in numbers { bytes.appendLittleEndian(number) }
    case .double: for number in doubles { bytes.appendLittleEndian(number.bitPattern) }
    case .bytes: for place in places { bytes.appendCounted(words[Int(place)]) }
    }
    return bytes
  }

  /// The smallest and the largest value as plain bytes; nil where there is none, or none is known.
  private var bounds: (least: [UInt8], most: [UInt8])? {
    switch physical {
    case .boolean, .int32, .int64:
      guard let least = numbers.min(), let most = numbers.max() else { return nil }
      return (bytes(of: least), bytes(of: most))
    case .double:
      guard let least = doubles.min(), let most = doubles.max(),
        !doubles.contains(where: \.isNaN)
      else { return nil }
      // Whether a zero is signed must not matter to whoever filters by it.
      var (low, high): ([UInt8], [UInt8]) = ([], [])
      low.appendLittleEndian((least == 0 ? -0.0 : least).bitPattern)
      high.appendLittleEndian((most == 0 ? 0.0 : most).bitPattern)
      return (low, high)
    case .bytes:
      // By bytes, as Parquet orders texts; long ones are no help to anybody.
      let sorted = words.lazy.map { Array($0.utf8) }
      guard let least = sorted.min(by: { $0.lexicographicallyPrecedes($1) }),
        let most = sorted.max(by: { $0.lexicographicallyPrecedes($1) }), most.count <= 256,
        least.count <= 256
      else { return nil }
      return (least, most)
    }
  }

  private func bytes(of number: Int64) -> [UInt8] {
    var bytes: [UInt8] = []
    switch physical {
    case .boolean: bytes.append(UInt8(number))
    case .int32: bytes.appendLittleEndian(Int32(clamping: number))
    default: bytes.appendLittleEndian(number)
    }
    return bytes
  }

  // MARK: Headers of pages

  private static func header(ofDictionary values: Int, _ size: Int) -> [UInt8] {
    ThriftCompact.structure { page in
      page.i32(1, 2)
      page.i32(2, size)
      page.i32(3, size)
      page.structure(7) { header in
        header.i32(1, values)
        header.i32(2, ParquetEncoding.plain.rawValue)
      }
    }
  }

  private static func header(
    ofData values: Int, _ size: Int, _ encoding: ParquetEncoding
  ) -> [UInt8] {
    ThriftCompact.structure { page in
      page.i32(1, 0)
      page.i32(2, size)
      page.i32(3, size)
      page.structure(5) { header in
        header.i32(1, values)
        header.i32(2, encoding.rawValue)
        header.i32(3, ParquetEncoding.runLengths.rawValue)
        header.i32(4, ParquetEncoding.runLengths.rawValue)
      }
    }
  }
}

/// The encodings that the writer uses, as Parquet numbers them.
enum ParquetEncoding: Int {
  case plain = 0
  case runLengths = 3
  case dictionary = 8
}

/// What the footer says about one column of one row group.
struct ParquetChunk {
  let physical: ParquetColumn.Physical
  let path: String
  let encodings: [ParquetEncoding]
  let values: Int
  let size: Int
  let dataOffset: Int
  let dictionaryOffset: Int?
  let nulls: Int
  let bounds: (least: [UInt8], most: [UInt8])?

  /// Where the first page begins.
  var offset: Int { dictionaryOffset ?? dataOffset }
}

extension [UInt8] {
  /// A text behind its length.
  fileprivate mutating func appendCounted(_ text: String) {
    appendLittleEndian(UInt32(text.utf8.count))
    append(contentsOf: text.utf8)
  }
}
