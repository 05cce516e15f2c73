/// How curves are told apart: by colour and, for those who do not see it, by dashes.
///
/// The colours are those of Okabe and Ito (jfly.uni-koeln.de/color). As strokes on white, orange and
/// sky blue are darkened to a contrast of at least 3 : 1; on a dark screen they have their own face.
enum ChartPalette {
  static let blue = "#0072B2"
  static let vermillion = "#D55E00"
  static let green = "#009E73"
  static let purple = "#CC79A7"
  static let black = "#000000"
  static let orange = "#E69F00"
  static let sky = "#56B4E9"
  static let yellow = "#F0E442"
  static let grey = "#6F6F6F"

  static let darkOrange = "#B87A00"
  static let darkSky = "#2A8FC8"

  /// The colours of curves; yellow is too light for a line and left to areas.
  static let colors = [
    blue, vermillion, green, purple, black, darkOrange, darkSky, grey,
  ]

  /// One dash pattern for each colour; the first line is unbroken.
  static let dashes = ["", "8 3", "2 2.5", "10 3 2 3", "5 5", "14 3", "6 2 1.5 2 1.5 2", "3 2 3 6"]

  static func color(_ index: Int) -> String { colors[index % colors.count] }

  static func dash(_ index: Int) -> String {
    dashes[(index + index / dashes.count) % dashes.count]
  }

  /// The stroke of a curve, in its colour and dashes.
  static func stroke(_ index: Int) -> String {
    let dash = dash(index)
    return "stroke=\"\(color(index))\" stroke-width=\"2\""
      + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
  }
}

/// The colours of everything that is not data, on white and on a dark screen.
enum ChartInk {
  /// The ground.
  static let paper = "#fff"
  /// Axes, and other thin lines that must be seen.
  static let axis = "#444"
  /// Lines that guide the eye.
  static let grid = "#e3e3e3"
  /// The ground of a share that is still open.
  static let open = "#D9D9D9"
  /// The strokes of a hatching.
  static let hatch = "#8A8A8A"

  /// What each colour of a fill or stroke becomes on a dark screen; all others stay.
  static let onDark: [(light: String, dark: String)] = [
    (paper, "#16181D"), (axis, "#B8BCC4"), (grid, "#3A3E46"), (open, "#4A4E57"),
    (hatch, "#8A8E96"), (ChartPalette.black, "#F2F2F2"),
    (ChartPalette.darkOrange, ChartPalette.orange),
  ]

  /// What strokes alone become: thin lines need more light than areas of the same colour.
  static let strokesOnDark: [(light: String, dark: String)] = [
    (ChartPalette.blue, "#4C9BE8"), (ChartPalette.darkSky, "#8AD0F5"),
    (ChartPalette.grey, "#A0A4AC"),
  ]

  /// What bands and pale lines become, which a dark ground swallows.
  static let opacitiesOnDark: [(attribute: String, light: String, dark: String)] = [
    ("fill-opacity", "0.14", "0.25"), ("fill-opacity", "0.06", "0.13"), ("opacity", "0.4", "0.55"),
  ]
}
