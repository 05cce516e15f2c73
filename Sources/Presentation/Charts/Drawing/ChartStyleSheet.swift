/// The style sheet inside each chart.
///
/// Colours of shapes are attributes, so that programs without style sheets draw them too; the dark
/// screen is the only thing that needs rules. Paper is always white.
enum ChartStyleSheet {
  /// The classes of text and their sizes, for measuring.
  static let sizes: [String: (size: Double, bold: Bool)] = [
    "t": (15, true), "s": (11, false), "n": (11, false), "b": (11, true), "on": (11, false),
    "in": (11, false),
  ]

  // All rules name the class, since in an HTML page a style applies to the whole page.
  private static let rules = [
    "text{font:12px system-ui,'Segoe UI',Roboto,'DejaVu Sans',Arial,sans-serif;fill:#222;"
      + "font-variant-numeric:tabular-nums}",
    ".t{font-size:15px;font-weight:600}", ".s{font-size:11px;fill:#555}", ".n{font-size:11px}",
    ".b{font-size:11px;font-weight:600}", ".on{font-size:11px;fill:#fff}",
    ".in{font-size:11px;fill:#000}",
  ]

  private static let darkRules =
    ["text{fill:#ECECEC}", ".s{fill:#B4B8C0}", ".on{fill:#fff}", ".in{fill:#000}"]
    + ChartInk.onDark.flatMap { pair in
      ["fill", "stroke"].map { "[\($0)=\"\(pair.light)\"]{\($0):\(pair.dark)}" }
    }
    + ChartInk.strokesOnDark.map { "[stroke=\"\($0.light)\"]{stroke:\($0.dark)}" }
    + ChartInk.opacitiesOnDark.map {
      "[\($0.attribute)=\"\($0.light)\"]{\($0.attribute):\($0.dark)}"
    }

  static let text =
    rules.map { ".wegmarke-chart \($0)" }.joined()
    + "@media screen and (prefers-color-scheme:dark){"
    + darkRules.map { ".wegmarke-chart \($0)" }.joined() + "}"
}
