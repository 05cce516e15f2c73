import Glibc
import Journey
import Testing

@testable import Interchange

@Suite("A faulty CSV file")
struct CSVErrorTests {
  /// The one fault of a text, thrown or in a row, as `code line:column`.
  private func faults(_ text: String, options: CSVOptions = CSVOptions()) -> [String] {
    let result = reading(text, options: options)
    return (result.problems + [result.error].compactMap { $0 }).map { fault in
      "\(fault.code) \(fault.line.map(String.init) ?? "-"):\(fault.column.map(String.init) ?? "-")"
    }
  }

  @Test("is refused when a quote stays open, naming where it was opened")
  func unterminated() {
    #expect(faults("a,b\n1,2\nä,\"x\ny,z\n1,2\n") == ["E-QUOTE 3:3"])
    let error = reading("a,b\n1,2\nä,\"x\n").error
    #expect(error?.message(.english) == "The quote opened on line 3 is never closed.")
    #expect(reading("a,b\n1,2\nä,\"x\n").rows.count == 1)
  }

  @Test("has one bad row where text follows a closing quote")
  func textAfterQuote() {
    let text = "a,b\n\"x\" y,2\n\"p\nö\"q\"r,s\n3,4\n"
    #expect(faults(text) == ["E-QUOTE-TEXT 2:4", "E-QUOTE-TEXT 4:3"])
    #expect(reading(text).texts == [["\"x\" y", "2"], ["\"p\nö\"q\"r", "s"], ["3", "4"]])
    #expect(reading(text).problems[1].kind == .textAfterQuote(openedOn: 3))
    #expect(faults("a\n\"x\"y") == ["E-QUOTE-TEXT 2:4"])
  }

  @Test("has one bad row where a row is ragged")
  func ragged() {
    #expect(faults("a,b\n1\n1,ü,3\n4,5\n") == ["E-COLUMNS 2:1", "E-COLUMNS 3:5"])
    let fault = reading("a;b;c\n1;2;3\nx;\"y\n\n\"\n").problems.first
    #expect(fault?.kind == .raggedRow(found: 2, expected: 3, quoteFrom: 3))
    #expect(
      fault?.rendered(in: .german)
        == "test.csv:3:1: Die Zeile hat 2 Felder, erwartet 3. [E-COLUMNS]")
    #expect(
      fault?.advice?(.german) == "Fehlt ein schließendes Anführungszeichen (ab Zeile 3)?")
  }

  @Test("has one bad row where a NUL stands")
  func nul() {
    #expect(faults("a,b\nä\u{0},1\n1,2\n") == ["E-NUL 2:2"])
    #expect(faults("a,b\n\"x\n\u{0}\",1\n1,2\n") == ["E-NUL 3:1"])
    #expect(faults("a,\u{0}b\n1,2\n") == ["E-NUL 1:3"])
  }

  @Test("has one bad row where a field or the row is too long, and keeps what comes before")
  func tooLong() {
    let long = String(repeating: "x", count: 200)
    let options = CSVOptions(longestField: 100, longestRow: 150)
    let text = "a,b\nü,\(long)\n1,2\n\(long),\(long)\n\"\(long)\n\",3\n5,6\n"
    #expect(
      faults(text, options: options) == [
        "E-FIELD-LENGTH 2:3", "E-FIELD-LENGTH 4:1", "E-FIELD-LENGTH 5:1",
      ])
    let result = reading(text, options: options)
    #expect(result.texts == [["ü"], ["1", "2"], [], [], ["5", "6"]])
    #expect(result.rows.map(\.line) == [2, 3, 4, 5, 7])
    let wide = "a,b\n" + String(repeating: "12345678,", count: 20) + "\n1,2\n"
    #expect(faults(wide, options: options) == ["E-ROW-LENGTH 2:145"])
  }

  @Test("has one bad row where a row has more than 65 536 fields")
  func tooWide() throws {
    let text = "a,b\n" + String(repeating: ",", count: 70_000) + "\n1,2\n"
    var reader = try CSVReader(ByteSource(bytes: Array(text.utf8)))
    #expect(try reader.next())
    #expect(reader.row.problem?.code == "E-ROW-LENGTH")
    #expect(reader.row.problem?.column == 65_537)
    #expect(try reader.next())
    #expect(reader.row.problem == nil)
  }

  @Test("does not fill the memory with a field that is hundreds of times too long")
  func hugeField() throws {
    let huge = String(repeating: "x", count: 2_000_000)
    var reader = try CSVReader(
      ByteSource(bytes: Array("a,b\n\"\(huge)\",\n1,2\n".utf8), chunkSize: 4_096),
      options: CSVOptions(longestField: 10_000))
    #expect(try reader.next())
    #expect(reader.row.problem?.kind == .fieldTooLong(limit: 10_000))
    #expect(reader.row.byteCount == 2_000_003)
    #expect(reader.row.bytes.capacity < 64_000)
    #expect(try reader.next())
    #expect(reader.row.text(0) == "1")
  }

  @Test("is refused when it is empty or holds only empty lines")
  func empty() {
    #expect(faults("") == ["E-EMPTY -:-"])
    #expect(faults("\u{FEFF}") == ["E-EMPTY -:-"])
    #expect(faults("\r\n\n\n") == ["E-EMPTY -:-"])
  }

  @Test("is refused without a header")
  func noHeader() {
    #expect(faults("12,2025-01-01,\n13,2025-01-02,\n") == ["E-HEADER 1:1"])
    #expect(faults("\n;;;\na;b;c;d\n") == ["E-HEADER 2:1"])
    #expect(faults("12,x\n13,y\n").isEmpty)
  }

  @Test("is refused with two columns of one name")
  func repeatedHeader() {
    #expect(faults("Größe;b; Größe \n") == ["E-HEADER-TWICE 1:9"])
    #expect(
      reading("a;b;a\n").error?.kind == .repeatedHeader(name: "a", firstColumn: 1))
    #expect(faults("a;;;\n1;2;3;4\n").isEmpty)
  }

  @Test("is refused when the delimiter is probably another one")
  func wrongDelimiter() {
    let options = CSVOptions(delimiter: .comma)
    #expect(faults("a;b;c\n1;2;3\n", options: options) == ["E-DELIMITER 1:1"])
    #expect(faults("a|b\n1|2\n") == ["E-DELIMITER 1:1"])
    #expect(
      reading("a;b\n", options: options).error?.message(.german)
        == "Mit Komma getrennt ist der Kopf ein einziges Feld; es enthält „;“.")
    #expect(faults("\"a;b\"\n1\n", options: options).isEmpty)
  }

  @Test("is refused as UTF-16")
  func utf16() {
    #expect(reading([0xFF, 0xFE, 0x61, 0]).error?.code == "E-UTF16")
  }

  @Test("is refused when it is missing, a folder or unreadable, with the system's word")
  func files() {
    func fault(_ path: String) -> CSVError? {
      do throws(CSVError) {
        _ = try CSVReader(ByteSource(path: path))
        return nil
      } catch {
        return error
      }
    }
    #expect(fault("/tmp/no-such-file.csv")?.kind == .fileMissing)
    #expect(fault("/tmp")?.kind == .fileIsFolder)
    #expect(fault("/dev/null/x.csv")?.kind == .fileUnreadable(errno: ENOTDIR))
    #expect(
      fault("/dev/null/x.csv")?.message(.english)
        == "The file cannot be read: Not a directory (errno \(ENOTDIR)).")
  }

  @Test("gives no more rows after a fatal fault")
  func finished() throws {
    var reader = try CSVReader(ByteSource(bytes: Array("a,b\n\"x".utf8)))
    #expect(throws: CSVError.self) { try reader.next() }
    #expect(try !reader.next())
  }
}
