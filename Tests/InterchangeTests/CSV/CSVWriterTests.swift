import Interchange
import TestSupport
import Testing

@Suite("A CSV writer")
struct CSVWriterTests {
  private func written(_ dialect: CSVDialect, _ body: (inout CSVWriter) -> Void) -> String {
    var writer = CSVWriter(dialect)
    body(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("writes RFC 4180 with quotes only where they are needed")
  func plain() {
    let text = written(.csv) { writer in
      writer.header(["a", "b c", "d,e"])
      writer.text("x\ny")
      writer.text("say \"hi\"")
      writer.integer(-3)
      writer.endRow()
      writer.text("=1+1")
      writer.text("a;b")
      writer.empty()
      writer.endRow()
    }
    #expect(text == "a,b c,\"d,e\"\n\"x\ny\",\"say \"\"hi\"\"\",-3\n=1+1,a;b,\n")
  }

  @Test("writes the German dialect with mark, semicolon, CR LF and guarded texts")
  func german() {
    let text = written(.germanCSV) { writer in
      writer.header(["ort", "betrag"])
      writer.text("Köln")
      writer.verbatim("-1,5")
      writer.endRow()
      for formula in ["=A1", "+1", "-1", "@x", "\tx", "\rx", "'x", "a=b"] { writer.text(formula) }
      writer.endRow()
    }
    #expect(
      text
        == "\u{FEFF}ort;betrag\r\nKöln;-1,5\r\n'=A1;'+1;'-1;'@x;'\tx;\"'\rx\";'x;a=b\r\n")
  }

  @Test("writes one empty field so that it is not an empty line")
  func emptyRow() {
    let text = written(.csv) { writer in
      writer.empty()
      writer.endRow()
      writer.empty()
      writer.empty()
      writer.endRow()
    }
    #expect(text == "\"\"\n,\n")
  }

  @Test("hands over its buffer row by row")
  func take() {
    var writer = CSVWriter(.csv)
    writer.header(["a"])
    #expect(writer.take() == Array("a\n".utf8))
    writer.empty()
    writer.endRow()
    #expect(writer.take() == Array("\"\"\n".utf8))
    #expect(writer.take().isEmpty)
  }

  @Test("replaces NUL, which no reader accepts")
  func nul() {
    #expect(written(.csv) { $0.text("a\u{0}b") } == "a\u{FFFD}b")
  }

  @Test(
    "is undone by the reader for any table",
    arguments: [CSVDialect.csv, .germanCSV, .tsv], 1...40 as ClosedRange<UInt64>)
  func roundTrip(dialect: CSVDialect, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("ab,;\t\"\n\r 'ä€😀=-\u{FEFF}")
    let columns = Int.random(in: 1...5, using: &random)
    var table = [(0..<columns).map { "spalte \($0)" }]
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      table.append(
        (0..<columns).map { _ in
          String(
            (0..<Int.random(in: 0...6, using: &random)).map { _ in
              alphabet[Int.random(in: alphabet.indices, using: &random)]
            })
        })
    }
    var writer = CSVWriter(dialect)
    for row in table {
      for field in row { writer.text(field) }
      writer.endRow()
    }
    let guarded = table.map { row in
      row.map { field in
        let isFormula = field.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) }
        return dialect.guardsFormulas && isFormula == true ? "'" + field : field
      }
    }
    let chunkSize = Int.random(in: 1...40, using: &random)
    let result = reading(
      writer.bytes, chunkSize: chunkSize, options: CSVOptions(delimiter: dialect.delimiter))
    #expect([result.header] + result.texts == guarded, "seed \(seed)")
    #expect(result.problems.isEmpty && result.error == nil, "seed \(seed)")
  }
}
