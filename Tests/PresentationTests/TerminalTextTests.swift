import Presentation
import Testing

@Suite("The width of a text on a terminal")
struct DisplayWidthTests {
  @Test(
    "counts columns, not characters",
    arguments: [
      ("", 0), ("abc", 3), ("Müßig", 5), ("u\u{308}", 1), ("日本", 4), ("한국", 4), ("ＡＢ", 4),
      ("😀", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2), ("❤", 1), ("1", 1), ("e\u{301}\u{323}", 1),
      ("שלום", 4), ("مُحَمَّد", 4), ("\u{200B}", 0), ("…–−", 3), ("\u{1100}\u{1161}", 2),
      ("\u{1B}[1;31mrot\u{1B}[0m", 3), ("⣿", 1), ("※", 1), ("㎏", 2),
    ])
  func columns(text: String, expected: Int) {
    #expect(text.displayColumns == expected)
  }

  @Test("is kept when a text is cut, wide characters never halved")
  func truncation() {
    #expect("Beschäftigung".truncated(toColumns: 20) == "Beschäftigung")
    #expect("Beschäftigung".truncated(toColumns: 13) == "Beschäftigung")
    #expect("Beschäftigung".truncated(toColumns: 8) == "Beschäf…")
    #expect("日本語".truncated(toColumns: 5) == "日本…")
    #expect("日本語".truncated(toColumns: 4) == "日…")
    #expect("abc".truncated(toColumns: 1) == "…")
    #expect("abc".truncated(toColumns: 0) == "")
  }

  @Test("ignores colours, which a cut closes")
  func coloredTruncation() {
    let text = "a\u{1B}[31mrot\u{1B}[0mz"
    #expect(text.truncated(toColumns: 5) == text)
    #expect(text.truncated(toColumns: 3) == "a\u{1B}[31mr…\u{1B}[0m")
    #expect(("\u{1B}[31mr\u{1B}[0m" + "blau").truncated(toColumns: 3) == "\u{1B}[31mr\u{1B}[0mb…")
  }

  @Test("cannot be changed by recorded control characters")
  func controls() {
    #expect("a\nb\tc\r\nd".withoutControls == "a b c d")
    #expect("\u{1B}[2J\u{7}x\u{9B}".withoutControls == "␛[2J\u{FFFD}x\u{FFFD}")
    #expect("a\u{202E}b\u{2066}c\u{200F}".withoutControls == "abc")
    #expect("Zoë 日本 👩‍👩‍👧".withoutControls == "Zoë 日本 👩‍👩‍👧")
  }

  @Test("keeps its lines, however they were ended, and a page its own colours")
  func lines() {
    #expect("a\r\nb\rc\u{2028}d\n".linesWithoutControls == "a\nb\nc\nd\n")
    #expect("a\u{1B}[31mb\tc\u{9B}".linesWithoutControls == "a␛[31mb c\u{FFFD}")
    #expect("a\u{1B}[31mb\u{1B}[0m\nc".pageWithoutControls == "a\u{1B}[31mb\u{1B}[0m\nc")
    #expect("a\u{1B}[2Jb\u{7}\u{202E}".pageWithoutControls == "a␛[2Jb\u{FFFD}")
  }
}

@Suite("The decision about colours")
struct ColorDecisionTests {
  struct Case: CustomTestStringConvertible {
    let choice: ColorChoice
    let environment: [String: String]
    let isTerminal: Bool
    let expected: Bool
    var testDescription: String { "\(choice) \(environment) terminal: \(isTerminal)" }
  }

  static let cases: [Case] = [
    Case(choice: .auto, environment: [:], isTerminal: true, expected: true),
    Case(choice: .auto, environment: [:], isTerminal: false, expected: false),
    Case(choice: .always, environment: ["NO_COLOR": "1"], isTerminal: false, expected: true),
    Case(choice: .never, environment: ["FORCE_COLOR": "1"], isTerminal: true, expected: false),
    Case(
      choice: .auto, environment: ["FORCE_COLOR": "1", "NO_COLOR": "1"], isTerminal: false,
      expected: true),
    Case(choice: .auto, environment: ["FORCE_COLOR": "0"], isTerminal: true, expected: false),
    Case(choice: .auto, environment: ["FORCE_COLOR": ""], isTerminal: false, expected: false),
    Case(choice: .auto, environment: ["NO_COLOR": "1"], isTerminal: true, expected: false),
    Case(choice: .auto, environment: ["NO_COLOR": ""], isTerminal: true, expected: true),
    Case(choice: .auto, environment: ["TERM": "dumb"], isTerminal: true, expected: false),
    Case(
      choice: .auto, environment: ["TERM": "dumb", "FORCE_COLOR": "1"], isTerminal: false,
      expected: true),
    Case(choice: .always, environment: ["TERM": "dumb"], isTerminal: false, expected: true),
    Case(choice: .auto, environment: ["TERM": "xterm"], isTerminal: true, expected: true),
  ]

  @Test("follows flag, FORCE_COLOR, NO_COLOR, TERM and terminal, in this order", arguments: cases)
  func decision(_ example: Case) {
    let decision = TerminalStyle.usesColor(
      example.choice, environment: example.environment, isTerminal: example.isTerminal)
    #expect(decision == example.expected)
  }

  @Test("has effect on painted text only")
  func paint() {
    let colored = TerminalStyle(usesColor: true)
    #expect(colored.paint("x", .red + .bold) == "\u{1B}[31;1mx\u{1B}[0m")
    #expect(colored.paint("x", .plain) == "x")
    #expect(colored.paint("", .red) == "")
    #expect(TerminalStyle.plain.paint("x", .red) == "x")
  }

  @Test("goes with the width a terminal reports, then COLUMNS, then 80")
  func width() {
    #expect(TerminalStyle.terminalWidth(reported: 100, environment: ["COLUMNS": "60"]) == 100)
    #expect(TerminalStyle.terminalWidth(reported: nil, environment: ["COLUMNS": "60"]) == 60)
    #expect(TerminalStyle.terminalWidth(reported: 0, environment: ["COLUMNS": "0"]) == 80)
    #expect(TerminalStyle.terminalWidth(reported: nil, environment: ["COLUMNS": "wide"]) == 80)
  }

  @Test("goes with ASCII drawings in the C locale")
  func ascii() {
    #expect(TerminalStyle.usesUnicode(environment: [:]))
    #expect(TerminalStyle.usesUnicode(environment: ["LANG": "de_DE.UTF-8"]))
    #expect(!TerminalStyle.usesUnicode(environment: ["LC_ALL": "C", "LANG": "de_DE.UTF-8"]))
    #expect(TerminalStyle.usesUnicode(environment: ["LC_ALL": "", "LANG": "C.UTF-8"]))
    #expect(!TerminalStyle.usesUnicode(environment: ["LC_CTYPE": "POSIX"]))
  }
}
