import Interchange
import Journey
import Testing

@Suite("The encoding of a CSV file")
struct CSVEncodingTests {
  /// `ort;preis` and two rows with ö, ü and € in Windows-1252.
  private let windows: [UInt8] =
    Array("ort;preis\nK".utf8) + [0xF6] + Array("ln;5 ".utf8) + [0x80]
    + Array("\n\"M".utf8) + [0xFC] + Array("n\"\"chen\";x\n".utf8)

  @Test("is found to be Windows-1252, converted field by field, with a notice")
  func windows1252() {
    let result = reading(windows)
    #expect(result.encoding == .windows1252)
    #expect(result.texts == [["Köln", "5 €"], ["Mün\"chen", "x"]])
    #expect(result.notices.map(\.code) == ["N-WINDOWS-1252"])
    #expect(result.rows[0].columns[1].column == 6)
    #expect(result.problems.isEmpty)
  }

  @Test("converts a whole row when asked for the row as it stands in the file")
  func rawText() throws {
    var reader = try CSVReader(ByteSource(bytes: windows))
    #expect(try reader.next())
    #expect(reader.row.rawText == "Köln;5 €")
  }

  @Test("is decided by the first row outside ASCII when the beginning tells nothing")
  func late() {
    let padding = String(repeating: "aaaaaaa;1\n", count: 7_000)
    let head = Array(("ort;n\n" + padding).utf8)
    let old = reading(head + [0x4B, 0xF6, 0x6C, 0x6E] + Array(";2\n".utf8))
    #expect(old.encoding == .windows1252)
    #expect(old.notices.count == 1)
    #expect(old.texts.last == ["Köln", "2"])
    let new = reading(head + Array("Köln;2\n".utf8))
    #expect(new.encoding == .utf8)
    #expect(new.notices.isEmpty)
    #expect(reading(head).encoding == nil)
  }

  @Test("is not doubted for one broken row among many good ones")
  func brokenRow() {
    let result = reading(
      Array("ort;n\nKöln;1\nGießen;2\nM".utf8) + [0xFC] + Array("nchen;3\nFürth;4\n".utf8))
    #expect(result.encoding == .utf8)
    #expect(result.problems.map(\.kind) == [.invalidUTF8(byte: 0xFC)])
    #expect(result.problems.first?.line == 4)
    #expect(result.problems.first?.column == 2)
    #expect(result.texts[2] == ["M\u{FFFD}nchen", "3"])
  }

  @Test("gives a bad row with the exact place where UTF-8 was demanded")
  func demanded() {
    let bytes = Array("a;b\nä;\"é\n".utf8) + [0x78, 0xC3] + Array("\"\n1;2\n".utf8)
    let result = reading(bytes, options: CSVOptions(encoding: .utf8))
    #expect(
      result.problems.map { $0.rendered(in: .english) } == [
        "test.csv:3:2: The byte 0xC3 is not valid UTF-8 here. [E-ENCODING]"
      ])
    #expect(result.texts.last == ["1", "2"])
    #expect(result.notices.isEmpty)
  }

  @Test("gives a bad row for bytes to which Windows-1252 has no character")
  func undefined() {
    let bytes = Array("ort;n\nM".utf8) + [0x81] + Array("nchen;1\n1;2\n".utf8)
    let result = reading(bytes)
    #expect(result.problems.map(\.kind) == [.notWindows1252(byte: 0x81)])
    #expect(result.problems.first?.column == 2)
  }

  @Test("knows every character of Windows-1252 that differs from Latin-1")
  func table() {
    let defined = (UInt8(0x80)...0x9F).filter { ![0x81, 0x8D, 0x8F, 0x90, 0x9D].contains($0) }
    let result = reading(
      Array("x,y\n".utf8) + defined + [UInt8(ascii: ","), 0xA0, 0xFF, 0x0A],
      options: CSVOptions(encoding: .windows1252))
    #expect(result.texts == [["€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ", "\u{A0}ÿ"]])
  }
}
