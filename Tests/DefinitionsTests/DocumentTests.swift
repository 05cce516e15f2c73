import Definitions
import Journey
import Testing

@Suite("A definition document")
struct DocumentTests {
  private func root(_ text: String) throws -> DefinitionTable {
    try DefinitionDocument.parse(text, file: "test.toml").root
  }

  /// A value without its places, as text.
  private func plain(_ value: DefinitionValue?, sorted: Bool = false) -> String {
    switch value?.content {
    case nil: "-"
    case .table(let table): plain(table, sorted: sorted)
    case .array(let values):
      "[" + values.map { plain($0, sorted: sorted) }.joined(separator: " ") + "]"
    case .string(let text): "'\(text)'"
    case .integer(let number): "\(number)"
    case .double(let number): "\(number)d"
    case .boolean(let truth): "\(truth)"
    case .date(let date): "\(date.year)/\(date.month)/\(date.day)"
    }
  }

  /// The order of the file, or of the names where a test does not know the order.
  private func plain(_ table: DefinitionTable, sorted: Bool = false) -> String {
    let parts = table.entries.map { "\($0.key.name):\(plain($0.value, sorted: sorted))" }
    return "{" + (sorted ? parts.sorted() : parts).joined(separator: " ") + "}"
  }

  @Test(
    "reads every construct of the language",
    arguments: [
      ("", "{}"),
      ("# only a comment", "{}"),
      ("\u{FEFF}a = 1 # x\r\n\r\nb=-2", "{a:1 b:-2}"),
      ("a = 1_000\nb = +0\nc = -9223372036854775808", "{a:1000 b:0 c:-9223372036854775808}"),
      ("a = 1.5\nb = -0.0\nc = 6.0e-1_0\nd = 1E3", "{a:1.5d b:-0.0d c:6e-10d d:1000.0d}"),
      ("a = true\nb = false", "{a:true b:false}"),
      ("a = 2024-02-29\nb = 0000-01-01", "{a:2024/2/29 b:0/1/1}"),
      ("a = \"x \\\"y\\\" \\u00e4\\U0001F600\\\\\"", "{a:'x \"y\" ä😀\\'}"),
      ("a = 'c:\\x \"'\nb = ''\nc = \"\"", "{a:'c:\\x \"' b:'' c:''}"),
      ("a = \"\"\"\nx\r\n y\\\n   \n  z\"\"\"", "{a:'x\n yz'}"),
      ("a = '''\r\n'x\\n''''", "{a:''x\\n''}"),
      ("a = \"\"\"x\"\"\"\"\"", "{a:'x\"\"'}"),
      ("a = []\nb = [ 1, # one\n 'x' ,\n]\nc = [[1],[]]", "{a:[] b:[1 'x'] c:[[1] []]}"),
      ("a = {}\nb = { c = 1, d.e = 'x' }", "{a:{} b:{c:1 d:{e:'x'}}}"),
      ("a.b.c = 1\na.d = 2\n\"a.b\" = 3\n1.5 = 4", "{a:{b:{c:1} d:2} a.b:3 1:{5:4}}"),
      ("[a]\nx = 1\n[b . 'c']\ny = 2\n[a.d]\n[b]\nz = 3", "{a:{x:1 d:{}} b:{c:{y:2} z:3}}"),
      ("[[a]]\nx = 1\n[[a]]\n[a.b]\ny = 2\n[[a.c]]", "{a:[{x:1} {b:{y:2} c:[{}]}]}"),
      ("[a]\nb.c = 1\n[a.b.d]\ne = 2", "{a:{b:{c:1 d:{e:2}}}}"),
    ])
  func constructs(text: String, expected: String) throws {
    #expect(plain(try root(text)) == expected)
  }

  @Test("knows where each key and value begins and ends")
  func places() throws {
    func place(_ line: Int, _ column: Int) -> SourcePosition {
      SourcePosition(line: line, column: column)
    }
    let table = try root("[\"grö.ße\".x]\n  ä-b = 1".replacing("ä-b", with: "\"ä b\""))
    let outer = try #require(table.entry("grö.ße"))
    #expect(outer.key.range == SourceRange(start: place(1, 2), end: place(1, 10)))
    guard case .table(let middle) = outer.value.content,
      case .table(let inner) = middle["x"]?.content
    else {
      Issue.record("no tables")
      return
    }
    #expect(middle["x"]?.range == SourceRange(start: place(1, 1), end: place(1, 13)))
    let entry = try #require(inner.entry("ä b"))
    #expect(entry.key.range == SourceRange(start: place(2, 3), end: place(2, 8)))
    #expect(entry.value.range == SourceRange(start: place(2, 11), end: place(2, 12)))
    let list = try #require(try root("a = ['ä',\n  \"\"\"x\ny\"\"\", ]")["a"])
    #expect(list.range == SourceRange(start: place(1, 5), end: place(3, 8)))
    guard case .array(let values) = list.content else {
      Issue.record("no list")
      return
    }
    #expect(values[0].range == SourceRange(start: place(1, 6), end: place(1, 9)))
    #expect(values[1].range == SourceRange(start: place(2, 3), end: place(3, 5)))
  }

  @Test("comes back the same after printing, for any document", arguments: 1...150 as ClosedRange)
  func roundTrip(seed: UInt64) throws {
    var author = DocumentAuthor(seed: seed)
    let content = author.table(depth: 0)
    let text = author.printed(content)
    do {
      #expect(plain(try root(text), sorted: true) == author.plain(content), "seed \(seed)")
    } catch let error as DefinitionError {
      Issue.record("seed \(seed): \(error.rendered(in: .english))\n\(text)")
    }
  }

  @Test("never fails without a place inside the text", arguments: 1...60 as ClosedRange)
  func mutations(seed: UInt64) {
    var author = DocumentAuthor(seed: seed)
    let original = Array(author.printed(author.table(depth: 0)).utf8)
    for _ in 0..<40 {
      let bytes = author.damaged(original)
      do throws(DefinitionError) {
        _ = try DefinitionDocument.parse(bytes: bytes, file: "damaged.toml")
      } catch {
        #expect(!error.diagnostics.isEmpty, "seed \(seed)")
        for diagnostic in error.diagnostics {
          #expect(isInside(diagnostic.range, bytes), "seed \(seed): \(diagnostic)")
        }
      }
    }
  }

  private func isInside(_ range: SourceRange, _ bytes: [UInt8]) -> Bool {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    return [range.start, range.end].allSatisfy { position in
      guard position.line >= 1, position.line <= lines.count, position.column >= 1 else {
        return false
      }
      return position.column <= lines[position.line - 1].count + 1
    } && range.start <= range.end
  }
}
