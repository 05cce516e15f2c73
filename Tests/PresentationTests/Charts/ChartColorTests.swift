import Testing

@testable import Presentation

@Suite("Colours of charts")
struct ChartColorTests {
  /// The relative luminance of WCAG 2.
  static func luminance(_ hex: String) -> Double {
    var digits = Array(hex.dropFirst())
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    let parts = stride(from: 0, to: 6, by: 2).map { index -> Double in
      let value = Double(Int(String(digits[index...(index + 1)]), radix: 16) ?? 0) / 255
      return value <= 0.04045 ? value / 12.92 : Self.power((value + 0.055) / 1.055)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  /// x to the power 2.4, by x² · x^(2/5) with Newton's method; the tests link no mathematics library.
  private static func power(_ x: Double) -> Double {
    let square = x * x
    var root = 1.0
    for _ in 0..<60 {
      root -= (root * root * root * root * root - square) / (5 * root * root * root * root)
    }
    return square * root
  }

  static func contrast(_ one: String, _ other: String) -> Double {
    let values = [luminance(one), luminance(other)].sorted()
    return (values[1] + 0.05) / (values[0] + 0.05)
  }

  static func onDark(_ color: String) -> String {
    (ChartInk.strokesOnDark + ChartInk.onDark).first { $0.light == color }?.dark ?? color
  }

  @Test("follow the known contrast of black on white")
  func scale() {
    #expect(abs(Self.contrast("#000000", "#fff") - 21) < 1e-6)
    #expect(abs(Self.contrast("#767676", "#fff") - 4.54) < 0.01)
  }

  @Test("stand out as lines, 3 : 1, on paper and on a dark screen", arguments: ChartPalette.colors)
  func lines(color: String) {
    #expect(Self.contrast(color, ChartInk.paper) >= 3)
    #expect(Self.contrast(Self.onDark(color), Self.onDark(ChartInk.paper)) >= 3)
  }

  @Test("leave texts readable, 4.5 : 1, on paper and on a dark screen")
  func texts() {
    let dark = Self.onDark(ChartInk.paper)
    for (color, ground) in [
      ("#222", ChartInk.paper), ("#555", ChartInk.paper), ("#ECECEC", dark), ("#B4B8C0", dark),
    ] {
      #expect(ChartStyleSheet.text.contains(color))
      #expect(Self.contrast(color, ground) >= 4.5)
    }
    #expect(Self.contrast(ChartInk.axis, ChartInk.paper) >= 3)
    #expect(Self.contrast(Self.onDark(ChartInk.axis), dark) >= 3)
  }

  @Test("change for a dark screen only, never on paper")
  func media() {
    let parts = ChartStyleSheet.text.split(separator: "@media")
    #expect(parts.count == 2)
    #expect(parts[1].hasPrefix(" screen and (prefers-color-scheme:dark){"))
    for rule in parts.joined().split(separator: "}")
    where rule.contains("{") && !rule.contains("(prefers") {
      #expect(rule.hasPrefix(".wegmarke-chart "), "\(rule)")
    }
  }

  @Test("give each state one colour and each colour one sign")
  func states() {
    let fills = StateColor.allCases.filter { !$0.isHatched }.map(\.fill)
    #expect(Set(fills).count == fills.count)
    #expect(Set(StateColor.allCases.map(\.signs.unicode)).count == StateColor.allCases.count)
    #expect(Set(StateColor.allCases.map(\.signs.ascii)).count == StateColor.allCases.count)
    #expect(StateColor.allCases.allSatisfy { $0.signs.ascii.isASCII })
  }

  @Test("are the same for a state under any of its names, and distinct for others")
  func names() {
    let states = ChartState.states(named: ["x", "EMP", "y", "unknown", "Ausbildung"])
    #expect(states.map(\.color) == [.search, .work, .course, .notObserved, .training])
    let many = ChartState.states(named: (1...12).map { "Zustand \($0)" }).map(\.color)
    #expect(Set(many.prefix(9)).count == 9)
    #expect(many.suffix(3) == [.other, .other, .other])
  }
}
