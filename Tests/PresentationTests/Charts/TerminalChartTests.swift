import Journey
import Presentation
import Testing

@Suite("A survival chart on a terminal")
struct TerminalChartTests {
  static let fall = SampleCurves.curve("Frauen", (1...20).map { (Double($0), true) })
  static let stay = SampleCurves.curve("Männer", (1...10).map { (Double($0), $0 <= 4) })

  @Test("draws steps in braille with round labels")
  func braille() {
    var chart = SampleCurves.chart([Self.fall])
    chart.showsMedians = true
    let text = chart.terminalText(for: .plain, columns: 28, rows: 5)
    #expect(
      text.replacing("\u{A0}", with: "~") == """
        Anteil
        100~% ┤⠉⠓⠦⣄⡀
         75~% ┤    ⠉⠓⠦⣄⡀
         50~% ┤        ⠉⠓⠲⠤⢤⣀
         25~% ┤             ⠈⠙⠲⢤⣀
          0~% ┤                 ⠈⠙⠲⢤
              └┬─────────┬─────────┬
               0        10        20
               Tage seit Arbeitsauf…
        Frauen · n~=~20 · Median 10~Tage

        """)
  }

  @Test("draws in ASCII and names each curve at its end")
  func ascii() {
    var chart = SampleCurves.chart([Self.fall, Self.stay])
    chart.language = .english
    let text = chart.terminalText(
      for: TerminalStyle(width: 30, usesUnicode: false), columns: 60, rows: 9)
    #expect(
      text.replacing("\u{A0}", with: "~") == """
        Anteil
        100% +oo*
             | oo**
         75% +  ooo***
             |    ooooooooB
         50% +         *****
             |             ***
         25% +               ****
             |                  ***
          0% +                    **A
             ++----------+---------+
              0         10        20
              Tage seit Arbeitsaufnah…
        A  Frauen · n~=~20
        B  Männer · n~=~10

        """)
  }

  @Test("paints whole runs and ends every colour")
  func colors() {
    let style = TerminalStyle(usesColor: true)
    let text = SampleCurves.chart([Self.fall, Self.stay]).terminalText(for: style)
    let parts = text.split(separator: "\u{1B}[", omittingEmptySubsequences: false).dropFirst()
    #expect(parts.count.isMultiple(of: 2))
    for (index, part) in parts.enumerated() {
      #expect(part.hasPrefix("0m") == !index.isMultiple(of: 2))
    }
  }

  @Test("draws four curves and says how many it left out")
  func many() {
    let chart = SampleCurves.chart(
      (1...8).map { SampleCurves.group("Gruppe \($0)", size: 10 * $0) })
    let text = chart.terminalText(for: .plain)
    #expect(text.contains("D  Gruppe 4"))
    #expect(!text.contains("Gruppe 5"))
    #expect(text.contains("4 weitere nicht gezeichnet"))
  }

  @Test("survives groups of nobody and terminals of no width", arguments: [0, 1, 10, 200])
  func extremes(width: Int) {
    let chart = SampleCurves.chart([SampleCurves.nobody, Self.fall])
    let text = chart.terminalText(for: TerminalStyle(width: width), columns: width, rows: 0)
    #expect(text.contains("100"))
    #expect(text.contains("n\u{A0}=\u{A0}0"))
  }
}
