import Presentation
import Testing

@Suite("A table whose first column names the rows")
struct LabelledTableTests {
  private func table(_ labels: [String]) -> TerminalTable {
    var table = TerminalTable([.label("WHAT", minimum: 16), .number("DUE"), .number("SHARE")])
    for (place, label) in labels.enumerated() {
      table.append([TableCell(label), TableCell("\(place + 1)"), "12.5 %"])
    }
    return table
  }

  @Test("is broken into lines on a terminal as in a file, and never cut")
  func wraps() {
    let table = table(["in school, or in training", "at work"])
    let expected = """
      WHAT               DUE   SHARE
      in school, or in     1  12.5 %
      training
      at work              2  12.5 %

      """
    #expect(table.text(for: TerminalStyle(width: 30)) == expected)
    #expect(table.text(for: TerminalStyle.plain.page(ofColumns: 30)) == expected)
  }

  @Test("stands above the figures where there is too little room beside them")
  func above() {
    let table = table(["in school, or in training", "at work"])
    #expect(
      table.text(for: TerminalStyle(width: 24)) == """
          DUE   SHARE
        in school, or in
        training
            1  12.5 %
        at work
            2  12.5 %

        """)
  }

  @Test("has headings inside, with the rows below them set in")
  func sections() {
    var table = TerminalTable([.label("GROUP", minimum: 8), .number("DUE"), .number("SHARE")])
    table.section("in school, or in training after twelve months")
    table.append(["women", "17", "12.5 %"])
    table.append(["men", "9", "10.0 %"])
    table.section("at work*")
    table.append(["women", "4", "25.0 %"])
    #expect(
      table.text(for: TerminalStyle(width: 30)) == """
          GROUP  DUE   SHARE
        in school, or in training
        after twelve months
          women   17  12.5 %
          men      9  10.0 %
        at work*
          women    4  25.0 %

        """)
    #expect(
      table.markdown() == """
        | GROUP | DUE |  SHARE |
        | :---- | --: | -----: |
        | **in school, or in training after twelve months** |     |        |
        | women |  17 | 12.5 % |
        | men   |   9 | 10.0 % |
        | **at work\\*** |     |        |
        | women |   4 | 25.0 % |

        """)
    let html = table.html()
    #expect(html.ranges(of: "<tbody>").count == 2)
    #expect(
      html.contains(
        "<th scope=\"rowgroup\" colspan=\"3\" class=\"section\" dir=\"auto\">at work*</th>"))
  }

  @Test(
    "becomes several below each other where it may be split, and blocks where not even that helps")
  func splitting() {
    var table = TerminalTable([.number("MONTHS"), .number("DUE"), .number("SHARE"), .number("ALL")])
    table.append(["3", "1,234", "12.5 %", "7"])
    table.append(["12", "9", "50.0 %", "8"])
    #expect(table.text(for: TerminalStyle(width: 20)).hasPrefix("MONTHS  3\n"))
    table.isSplittable = true
    #expect(
      table.text(for: TerminalStyle(width: 20)) == """
        MONTHS    DUE
             3  1,234
            12      9

        MONTHS   SHARE  ALL
             3  12.5 %    7
            12  50.0 %    8

        """)
    #expect(table.text(for: TerminalStyle(width: 10)).hasPrefix("MONTHS  3\n"))
    #expect(table.text(for: .plain).split(separator: "\n").count == 3)
  }

  @Test("becomes blocks only where the figures alone are too wide")
  func blocks() {
    var table = TerminalTable([.label("WHAT"), .number("DUE"), .number("SHARE")])
    table.section("all")
    table.append(["at work", "123456789", "12345678"])
    #expect(
      table.text(for: TerminalStyle(width: 16)) == """
        all
        WHAT   at work
        DUE    123456789
        SHARE  12345678

        """)
  }
}
