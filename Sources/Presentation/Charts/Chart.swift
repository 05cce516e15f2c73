public import Journey

/// A picture with the numbers behind it, drawn from plain data.
///
/// A chart draws what it is given and estimates nothing. The same chart gives the same bytes. Its
/// colours never stand alone: a dash, a place, a pattern or a label says the same.
public protocol Chart: Sendable {
  /// The heading.
  var title: String { get set }
  /// Lines under the heading.
  var subtitle: [String] { get set }
  /// Lines at the very bottom: definition, data status, digest.
  var footnotes: [String] { get set }
  /// The language of the fixed words and of the numbers.
  var language: Language { get set }

  /// The chart as a standalone SVG document that can also stand inside an HTML page.
  ///
  /// It holds real text, no scripts and no references to elsewhere, and follows a reader's wish for
  /// a dark screen; on paper it is light.
  ///
  /// - Parameter id: What its element ids begin with; give each chart of one page its own, made of
  ///   letters, digits and hyphens.
  func svg(id: String) -> String

  /// The chart as a small drawing for a terminal, ended by a line feed.
  ///
  /// It goes beside the numbers, never instead of them. Without Unicode it draws in ASCII signs.
  ///
  /// - Parameters:
  ///   - style: What the stream can do.
  ///   - columns: How wide the drawing is, its labels included; less on a narrower terminal.
  ///   - rows: How high the plot is, without its time axis.
  func terminalText(for style: TerminalStyle, columns: Int, rows: Int) -> String

  /// The numbers of the picture as a table in the reader's language.
  ///
  /// For curves it holds the values at the ticks of the time axis.
  var table: TerminalTable { get }
}

extension Chart {
  /// The chart as SVG with ids that begin with `chart`; for a file of its own.
  public func svg() -> String { svg(id: "chart") }

  /// The chart for a terminal, 60 columns wide and 15 rows high.
  public func terminalText(for style: TerminalStyle) -> String {
    terminalText(for: style, columns: 60, rows: 15)
  }
}

/// The unit of a time axis.
public enum ChartTimeUnit: Sendable, Hashable, CaseIterable {
  /// Days.
  case days
  /// Weeks.
  case weeks
  /// Calendar months.
  case months
  /// A unit that the data do not name.
  case unnamed

  /// The noun of the unit, nil where it has no name.
  var noun: CountedNoun? {
    switch self {
    case .days: .day
    case .weeks: .week
    case .months: .month
    case .unnamed: nil
    }
  }
}
