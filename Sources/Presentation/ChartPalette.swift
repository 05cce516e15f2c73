/// How curves are told apart: by colour and, for those who do not see it, by dashes.
enum ChartPalette {
  /// The Okabe–Ito colours as strokes, the darker ones first.
  ///
  /// Its yellow is too light for a line on white and is left to filled areas; the grey that
  /// R adds to the set, darkened, stands in its place.
  static let colors = [
    "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#E69F00", "#56B4E9", "#6F6F6F",
  ]

  /// One dash pattern for each colour; the first line is unbroken.
  static let dashes = ["", "8 3", "2 2.5", "10 3 2 3", "5 5", "14 3", "6 2 1.5 2 1.5 2", "3 2 3 6"]

  static func color(_ index: Int) -> String { colors[index % colors.count] }

  static func dash(_ index: Int) -> String {
    dashes[(index + index / dashes.count) % dashes.count]
  }
}
