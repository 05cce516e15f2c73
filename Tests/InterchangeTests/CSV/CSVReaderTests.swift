import Interchange
import TestSupport
import Testing

@Suite("A CSV reader")
struct CSVReaderTests {
  @Test("gives header and fields of a plain file")
  func plain() {
    let result = reading("name,age\nAnna,31\nBirgül,\n")
    #expect(result.header == ["name", "age"])
    #expect(result.texts == [["Anna", "31"], ["Birgül", ""]])
    #expect(result.rows.map(\.line) == [2, 3])
    #expect(result.error == nil)
  }

  @Test("accepts every kind of line break, also mixed, and skips empty lines")
  func lineBreaks() {
    let result = reading("a;b\r\n1;2\r3;4\n\r\n\n\r5;6")
    #expect(result.texts == [["1", "2"], ["3", "4"], ["5", "6"]])
    #expect(result.rows.map(\.line) == [2, 3, 7])
    #expect(result.rows.map(\.byteOffset) == [5, 9, 17])
  }

  @Test("undoes quotes as RFC 4180 says, and keeps blanks and quotes inside plain fields")
  func quotes() {
    let result = reading("a,b\n\"x\ny\",\"say \"\"hi\"\"\"\n \"no\", 2 \n5\"2,\"\"\n\"\"\"\",x\n")
    #expect(
      result.texts == [
        ["x\ny", "say \"hi\""], [" \"no\"", " 2 "], ["5\"2", ""], ["\"", "x"],
      ])
    #expect(result.problems.isEmpty)
  }

  @Test("reads a last row without line break, also one that ends in a delimiter or a quote")
  func lastRow() {
    #expect(reading("a,b\n1,").texts == [["1", ""]])
    #expect(reading("a,b\n1,\"2\"").texts == [["1", "2"]])
    #expect(reading("a,b\n1,\"\"\"\"").texts == [["1", "\""]])
  }

  @Test("gives exact places after multi-line fields and multi-byte characters")
  func places() {
    let result = reading("a,b,c\nä€😀,\"x\r\nü\",z\n\"\n\n\",é,\"k\"\n")
    #expect(
      result.rows[0].columns == [
        CSVPosition(line: 2, column: 1), CSVPosition(line: 2, column: 5),
        CSVPosition(line: 3, column: 4),
      ])
    #expect(
      result.rows[1].columns == [
        CSVPosition(line: 4, column: 1), CSVPosition(line: 6, column: 3),
        CSVPosition(line: 6, column: 5),
      ])
  }

  @Test("names the bytes of each row so that it can be read again")
  func byteRanges() {
    let text = "\u{FEFF}a;b\r\nä;\"1\n2\"\r\n\r\nx;y"
    let bytes = Array(text.utf8)
    let result = reading(bytes)
    let again = result.rows.map { bytes[$0.byteOffset..<$0.byteOffset + $0.byteCount] }
    #expect(again.map { String(decoding: $0, as: UTF8.self) } == ["ä;\"1\n2\"", "x;y"])
  }

  @Test("finds the delimiter even where others stand in quotes or in numbers")
  func delimiters() throws {
    for (text, expected) in [
      ("a;b;c\n1,5;2,5;3\n", CSVDelimiter.semicolon), ("a\tb\n1;2\t3\n", .tab),
      ("\"Name, Vorname\";x\n\"a,b\";1\n", .semicolon), ("a,b\n\"x \"\"; y\"\"\",2\n", .comma),
      ("Name, Vorname;Alter\nx;1\ny;2\n", .semicolon), ("only\n1\n", .comma),
    ] {
      let reader = try CSVReader(ByteSource(bytes: Array(text.utf8)))
      #expect(reader.delimiter == expected, "\(text)")
    }
  }

  @Test("drops a byte order mark and keeps it out of columns and names")
  func byteOrderMark() throws {
    let reader = try CSVReader(ByteSource(bytes: Array("\u{FEFF}a;b\n".utf8)))
    #expect(reader.hasByteOrderMark == true)
    #expect(reader.header == ["a", "b"])
    #expect(reader.headerRow.column(of: 0) == 1)
    #expect(reader.headerRow.byteOffset == 3)
    #expect(reader.encoding == .utf8)
  }

  @Test("gives fields as bytes, trimmed texts and whole numbers")
  func values() throws {
    let text = "a;b;c;d;e\n\u{A0} x \t;-42;9223372036854775808;-9223372036854775808; +7\u{A0}\n"
    var reader = try CSVReader(ByteSource(bytes: Array(text.utf8)))
    #expect(try reader.next())
    let row = reader.row
    #expect(row.trimmedText(0) == "x")
    #expect(row.withTrimmedField(0) { $0.count } == 1)
    #expect(row.withField(1) { $0.count } == 3)
    #expect(row.byteCount(of: 1) == 3)
    #expect([0, 1, 2, 3, 4].map { row.integer($0) } == [nil, -42, nil, Int.min, 7])
    #expect(row.field(1, equals: Array("-42".utf8)))
    #expect(!row.field(1, equals: Array("-43".utf8)))
    #expect(row.rawText == String(text.dropFirst(10).dropLast()))
    #expect(try !reader.next())
    #expect(row.text(1) == "-42")
  }

  @Test("reads a file without header when told so")
  func noHeader() {
    let result = reading("1,2\n3,4\n5\n", options: CSVOptions(hasHeader: false))
    #expect(result.texts == [["1", "2"], ["3", "4"], ["5"]])
    #expect(result.problems.map(\.line) == [3])
  }

  @Test("gives the same whatever the size of the chunks", arguments: 1...17)
  func chunks(size: Int) {
    for text in [
      "a;b\r\n\"x\"\"y\";1\r\n\r\n\"l\r\nm\";\"\"\rä€😀;2\n",
      "a,b\n\"x\"y,1\n1,2,3\n\u{0},4\n\"open,5\n",
      "a,b\n\"ok\",\"\"\"\"\n12345678901234567890123,4\n5,6\n\"1234\"\"5678901234567890\nz\",8\n9,0",
    ] {
      let options = CSVOptions(longestField: 20, longestRow: 30)
      #expect(reading(text, chunkSize: size, options: options) == reading(text, options: options))
    }
  }

  @Test("says the same of any bytes whatever the size of the chunks", arguments: 1...20)
  func anyBytes(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = Array("aab;;,\"\"\n\r ".utf8) + [0, 0xC3, 0xBC, 0xFC, 0xE2, 0x81]
    for _ in 0..<30 {
      let length = Int.random(in: 0...80, using: &random)
      let bytes = (0..<length).map { _ in alphabet[Int.random(in: alphabet.indices, using: &random)]
      }
      let options = CSVOptions(
        encoding: [nil, .utf8, .windows1252][Int.random(in: 0...2, using: &random)],
        hasHeader: Bool.random(using: &random), longestField: 12, longestRow: 30)
      let chunkSize = Int.random(in: 1...9, using: &random)
      #expect(
        reading(bytes, chunkSize: chunkSize, options: options) == reading(bytes, options: options),
        "seed \(seed)")
    }
  }

  @Test("reads a file in several chunks and closes it")
  func file() throws {
    let rows = (0..<40_000).map { "TN-\($0);Köln;\"a;\($0)\"" }
    let file = try TemporaryFile(Array(("code;ort;text\n" + rows.joined(separator: "\n")).utf8))
    var reader = try CSVReader(ByteSource(path: file.path))
    var count = 0
    while try reader.next() {
      #expect(reader.row.problem == nil && reader.row.text(2) == "a;\(count)")
      count += 1
    }
    #expect(count == 40_000)
    #expect(reader.row.line == 40_001)
  }
}
