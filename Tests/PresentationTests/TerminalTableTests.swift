import Journey
import Presentation
import Testing

@Suite("A table for people")
struct TerminalTableTests {
  /// The retention table of an evaluator, 92 columns wide in German.
  static func retention(_ language: Language) -> TerminalTable {
    let numbers = NumberStyle(language)
    func title(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    var table = TerminalTable([
      .number(title("Months", "Monate")), .number(title("due", "fällig")),
      .number(title("employed", "beschäftigt")), .number(title("not", "nicht")),
      .number(title("unknown", "unbekannt")), .number(title("Share (known)", "Anteil (bekannt)")),
      .number(title("95% CI", "95-%-KI")), .number(title("Bounds", "Spanne")),
      .number(title("Coverage", "Abdeckung")),
    ])
    let rows: [(Int, Int, Int, Int, Int, [Double])] = [
      (3, 412, 341, 48, 23, [0.877, 0.84, 0.906, 0.828, 0.883, 0.944]),
      (12, 1412, 241, 104, 67, [0.699, 0.648, 0.745, 0.585, 0.748, 0.837]),
    ]
    for (months, due, yes, no, unknown, shares) in rows {
      var cells = [months, due, yes, no, unknown].map { TableCell(numbers.integer($0)) }
      cells += [
        TableCell(numbers.percent(shares[0])),
        TableCell(numbers.percentRange(shares[1], shares[2])),
        TableCell(numbers.percentRange(shares[3], shares[4])),
        TableCell(numbers.percent(shares[5])),
      ]
      table.append(cells)
    }
    return table
  }

  /// The worklist of an advisor.
  static func worklist(_ language: Language) -> TerminalTable {
    func text(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    let numbers = NumberStyle(language)
    var table = TerminalTable([
      .code(text("DUE", "FÄLLIG")), .code(text("PARTICIPANT", "TEILNEHMENDE")),
      .text(text("WHAT", "WAS")), .number(text("TRIES", "VERSUCHE")),
    ])
    table.append([
      TableCell(numbers.date(year: 2026, month: 9, day: 16)), "TN-7K4Q2M",
      TableCell(text("Follow-up 24 months (job)", "Nachbefragung 24 Monate (Arbeit)")), "2",
    ])
    table.append([
      TableCell(numbers.date(year: 2026, month: 11, day: 9), .red), "TN-2XW9PD",
      TableCell(text("Exit form", "Austrittsbogen (Frist 28 Tage)")), "–",
    ])
    return table
  }

  static func shown(_ table: TerminalTable, width: Int?) -> String {
    table.text(for: TerminalStyle(width: width)).replacing("\u{A0}", with: "~")
  }

  @Test("is as wide as its cells where no terminal limits it")
  func unlimited() {
    #expect(
      Self.shown(Self.retention(.german), width: nil) == """
        Monate  fällig  beschäftigt  nicht  unbekannt  Anteil (bekannt)      95-%-KI       Spanne  Abdeckung
             3     412          341     48         23            87,7~%  84,0–90,6~%  82,8–88,3~%     94,4~%
            12   1.412          241    104         67            69,9~%  64,8–74,5~%  58,5–74,8~%     83,7~%

        """)
  }

  @Test("becomes blocks where not even broken headings make it fit in 80 columns")
  func german80() {
    #expect(
      Self.shown(Self.retention(.german), width: 80) == """
        Monate            3
        fällig            412
        beschäftigt       341
        nicht             48
        unbekannt         23
        Anteil (bekannt)  87,7~%
        95-%-KI           84,0–90,6~%
        Spanne            82,8–88,3~%
        Abdeckung         94,4~%

        Monate            12
        fällig            1.412
        beschäftigt       241
        nicht             104
        unbekannt         67
        Anteil (bekannt)  69,9~%
        95-%-KI           64,8–74,5~%
        Spanne            58,5–74,8~%
        Abdeckung         83,7~%

        """)
  }

  @Test("breaks headings before it cuts anything, here in 80 columns")
  func english80() {
    #expect(
      Self.shown(Self.retention(.english), width: 80) == """
                                                 Share
        Months    due  employed  not  unknown  (known)      95% CI      Bounds  Coverage
             3    412       341   48       23    87.7%  84.0–90.6%  82.8–88.3%     94.4%
            12  1,412       241  104       67    69.9%  64.8–74.5%  58.5–74.8%     83.7%

        """)
  }

  @Test("cuts the widest column of words, never codes or numbers")
  func cutting() {
    #expect(
      Self.shown(Self.worklist(.german), width: 60) == """
        FÄLLIG      TEILNEHMENDE  WAS                       VERSUCHE
        16.09.2026  TN-7K4Q2M     Nachbefragung 24 Monate…         2
        09.11.2026  TN-2XW9PD     Austrittsbogen (Frist 2…         –

        """)
    #expect(
      Self.shown(Self.worklist(.english), width: 42) == """
        DUE          PARTICIPANT  WHAT       TRIES
        16 Sep 2026  TN-7K4Q2M    Follow-u…      2
        9 Nov 2026   TN-2XW9PD    Exit form      –

        """)
  }

  @Test("becomes blocks in 40 columns rather than losing a column")
  func blocks40() {
    #expect(
      Self.shown(Self.worklist(.german), width: 40) == """
        FÄLLIG        16.09.2026
        TEILNEHMENDE  TN-7K4Q2M
        WAS           Nachbefragung 24 Monate (…
        VERSUCHE      2

        FÄLLIG        09.11.2026
        TEILNEHMENDE  TN-2XW9PD
        WAS           Austrittsbogen (Frist 28 …
        VERSUCHE      –

        """)
  }

  @Test("breaks headings and cuts words together in 40 columns", arguments: Language.allCases)
  func both40(language: Language) {
    func text(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    let numbers = NumberStyle(language)
    var table = TerminalTable([
      .text(text("Federal state", "Land")), .number(text("In work", "In Arbeit")),
      .number(text("Share (known)", "Anteil (bekannt)")),
    ])
    table.append(["Mecklenburg-Vorpommern", "12", TableCell(numbers.percent(0.5))])
    table.append(["Bremen", TableCell(numbers.integer(1200)), TableCell(numbers.percent(0.25))])
    let expected = LocalizedText(
      en: """
                                           Share
        Federal state           In work  (known)
        Mecklenburg-Vorpommern       12    50.0%
        Bremen                    1,200    25.0%

        """,
      de: """
                                   In     Anteil
        Land                   Arbeit  (bekannt)
        Mecklenburg-Vorpomme…      12     50,0~%
        Bremen                  1.200     25,0~%

        """)
    #expect(Self.shown(table, width: 40) == expected(language))
  }

  @Test("stays as it is in 80 columns when it fits")
  func worklist80() {
    #expect(
      Self.shown(Self.worklist(.german), width: 80) == """
        FÄLLIG      TEILNEHMENDE  WAS                               VERSUCHE
        16.09.2026  TN-7K4Q2M     Nachbefragung 24 Monate (Arbeit)         2
        09.11.2026  TN-2XW9PD     Austrittsbogen (Frist 28 Tage)           –

        """)
    #expect(
      Self.shown(Self.worklist(.english), width: 80) == """
        DUE          PARTICIPANT  WHAT                       TRIES
        16 Sep 2026  TN-7K4Q2M    Follow-up 24 months (job)      2
        9 Nov 2026   TN-2XW9PD    Exit form                      –

        """)
  }

  @Test("paints headings bold and cells in their look, padding outside the colours")
  func colors() {
    var table = TerminalTable([.number("n"), .text("Wer")])
    table.append([TableCell("12", .red), "Zoë"])
    let text = table.text(for: TerminalStyle(usesColor: true, width: 80))
    #expect(
      text == """
         \u{1B}[1mn\u{1B}[0m  \u{1B}[1mWer\u{1B}[0m
        \u{1B}[31m12\u{1B}[0m  Zoë

        """)
  }

  @Test("aligns wide characters, combining marks and colours by what they take")
  func wide() {
    var table = TerminalTable([.text("Name"), .number("n")])
    for name in ["日本語", "Zoe\u{308}", "👩‍👩‍👧", "Nguyễn Văn A"] { table.append([TableCell(name), "1"]) }
    table.append([TableCell(colored: "\u{1B}[31mrot\u{1B}[0m!"), "1"])
    #expect(
      table.text(for: .plain) == """
        Name          n
        日本語        1
        Zoe\u{308}           1
        👩‍👩‍👧            1
        Nguyễn Văn A  1
        rot!          1

        """)
  }

  @Test("does not let recorded text steer the terminal")
  func hostileText() {
    var table = TerminalTable([.text("Name"), .text("Notiz")])
    table.append([TableCell("a\u{1B}[31mb\nc"), TableCell(colored: "\u{1B}[2Jx\u{1B}[1my")])
    #expect(
      table.text(for: .plain)
        == """
        Name      Notiz
        a␛[31mb c  ␛[2Jxy

        """.replacing("Name      ", with: "Name       "))
  }

  @Test("obeys a column's maximum on a terminal only")
  func maximum() {
    var table = TerminalTable([.text("Was", maximum: 10), .number("n")])
    table.append(["Nachbefragung nach sechs Monaten", "1"])
    #expect(table.text(for: TerminalStyle(width: 80)) == "Was         n\nNachbefra…  1\n")
    #expect(table.text(for: .plain).contains("Nachbefragung nach sechs Monaten  1"))
  }

  @Test("shows its headings when it has no rows, and empty cells where a row is short")
  func empty() {
    var table = TerminalTable([.text("Wer"), .text("Was")])
    #expect(table.text(for: TerminalStyle(width: 80)) == "Wer  Was\n")
    table.append(["TN-1"])
    #expect(table.text(for: .plain) == "Wer   Was\nTN-1\n")
  }

  @Test("becomes Markdown whose cells are not markup")
  func markdown() {
    var table = TerminalTable([.text("Land"), .number("Arbeit")])
    table.append(["Baden|Württemberg", "184"])
    table.append(["_Bremen_ <b>", "*"])
    #expect(
      table.markdown() == #"""
        | Land               | Arbeit |
        | :----------------- | -----: |
        | Baden\|Württemberg |    184 |
        | \_Bremen\_ &lt;b>  |     \* |

        """#)
  }

  @Test("becomes HTML with every text escaped")
  func html() {
    var table = TerminalTable([.text("Name"), .number("n")])
    table.append(["<script>alert('x')</script>", "1"])
    #expect(
      table.html(caption: "A & B") == """
        <table>
        <caption>A &amp; B</caption>
        <thead>
        <tr><th scope="col">Name</th><th scope="col" class="number">n</th></tr>
        </thead>
        <tbody>
        <tr><th scope="row" dir="auto">&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;</th><td class="number">1</td></tr>
        </tbody>
        </table>

        """)
  }

  @Test("becomes HTML in which every row has a heading that is not empty")
  func headings() throws {
    var table = TerminalTable([.text("Grund"), .number("Monat"), .number("n")])
    table.append(["", "1", "7"])
    table.append(["Arbeit", "3", "12"])
    table.append(["", "6", "9"])
    table.append(["Schule", "3", "4"])
    let html = table.html()
    #expect(!html.contains(/<th[^>]*><\/th>/))
    #expect(html.contains(#"<tr><td dir="auto"></td><td class="number">1</td>"#), "\(html)")
    #expect(html.contains(#"<th scope="row" rowspan="2" dir="auto">Arbeit</th>"#), "\(html)")
    #expect(html.contains(#"<tr><td class="number">6</td><td class="number">9</td></tr>"#))
    #expect(html.contains(#"<th scope="row" dir="auto">Schule</th>"#))
  }
}

@Suite("A table on a page that no terminal shows")
struct PageTableTests {
  private static let page = TerminalStyle.plain.page(ofColumns: 40)

  @Test("breaks long texts into lines and cuts nothing")
  func wraps() {
    var table = TerminalTable([.text("WHAT", minimum: 12), .number("N"), .number("SHARE")])
    table.append(["participants who had been unemployed for a year", "412", "12.5 %"])
    table.append(["Donaudampfschifffahrtsgesellschaftskapitänsmütze", "7", "–"])
    table.append(["short", "1", "0.2 %"])
    let text = table.text(for: Self.page)
    #expect(
      text == """
        WHAT                           N   SHARE
        participants who had been    412  12.5 %
        unemployed for a year
        Donaudampfschifffahrtsgesel    7       –
        lschaftskapitänsmütze
        short                          1   0.2 %

        """)
    for line in text.split(separator: "\n") { #expect(line.count <= 40) }
  }

  @Test("becomes blocks where even that does not fit, and on a terminal is cut as before")
  func blocks() {
    var table = TerminalTable([.text("WHAT"), .number("A NUMBER"), .number("ANOTHER NUMBER")])
    table.append(["a label", "1234567890123456", "12345678901234567"])
    #expect(table.text(for: Self.page).hasPrefix("WHAT            a label\n"))
    table.append(["a label that needs two lines of a block", "1234567890123456", "1"])
    #expect(
      table.text(for: Self.page).contains(
        """
        WHAT            a label that needs two
                        lines of a block
        A NUMBER        1234567890123456
        """))
    var plain = TerminalTable([.text("WHAT")])
    plain.append(["a label that is longer than the terminal"])
    #expect(plain.text(for: TerminalStyle(width: 20)).contains("…"))
    #expect(!plain.text(for: .plain).contains("…"))
  }
}
