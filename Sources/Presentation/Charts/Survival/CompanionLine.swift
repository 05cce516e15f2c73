/// A line beside a survival curve: a bound of it, or what it is when something is allowed for.
public struct CompanionLine: Sendable, Hashable {
  /// How the line is drawn.
  public enum Style: Sendable, Hashable {
    /// Dotted: the least and the greatest that the curve can be.
    case bound
    /// Dashed: the curve when something is allowed for.
    case corrected
  }

  /// The place of its curve among those of the chart.
  public let curve: Int
  /// How it is drawn.
  public let style: Style
  /// The times, ascending.
  public let times: [Double]
  /// The share after each time; 1 before the first.
  public let shares: [Double]
  /// Where the line ends.
  public let end: Double

  /// Creates a line; both arrays have the same length, else it is a programmer's mistake.
  public init(curve: Int, style: Style, times: [Double], shares: [Double], end: Double) {
    precondition(times.count == shares.count, "the arrays of a line differ in length")
    self.curve = curve
    self.style = style
    self.times = times
    self.shares = shares
    self.end = max(end, times.last ?? 0)
  }
}

extension SurvivalChart {
  /// Draws the lines beside the curves.
  func drawCompanions(_ drawing: inout SVGDrawing, _ plot: PlotArea) {
    for line in companions {
      var path = StepPath()
      path.move(x: plot.x(0), y: plot.y(shown(1)))
      for (time, share) in zip(line.times, line.shares) where time <= lastTime && share.isFinite {
        path.horizontal(to: plot.x(time))
        path.vertical(to: plot.y(shown(min(max(share, 0), 1))))
      }
      path.horizontal(to: plot.x(min(line.end, lastTime)))
      let dash = line.style == .bound ? "1.5 2.5" : "6 3"
      drawing.path(
        path.finish(),
        "fill=\"none\" stroke=\"\(ChartPalette.color(line.curve))\" stroke-width=\"1.25\""
          + " stroke-dasharray=\"\(dash)\"")
    }
  }
}
