public import Journey

/// A Kaplan–Meier chart with everything a reader needs to judge it.
///
/// Steps, confidence bands, marks where follow-up ended, and below the plot, at the same times, how
/// many people are at risk, censored and had the event. The conventions follow KMunicate (Morris et
/// al. 2019, doi:10.1136/bmjopen-2019-030215). It draws what it is given and estimates nothing.
///
/// Exact steps and marks show dates of single people: for publication give it a curve on a coarse
/// grid and switch `showsCensorMarks` off.
public struct SurvivalChart: Sendable, Hashable {
  /// Which side of the story the vertical axis tells.
  public enum View: Sendable, Hashable, CaseIterable {
    /// The share still without the event.
    case survival
    /// The share with the event, 1 − S.
    case failure
  }

  /// The heading.
  public var title: String
  /// Lines under the heading.
  public var subtitle: [String] = []
  /// Lines at the very bottom: definition, data status, digest.
  public var footnotes: [String] = []
  /// What the time axis counts, such as `Monate seit Arbeitsaufnahme`.
  public var timeLabel: String
  /// What the vertical axis shows, such as `noch in Beschäftigung`.
  public var shareLabel: String
  /// The unit of the times.
  public var unit: ChartTimeUnit
  /// The curves, first one first in legend and table.
  public var curves: [SurvivalCurve]
  /// How many curves were left out, because more cannot be told apart; a note says it.
  public var leftOut = 0
  /// Lines beside the curves, such as bounds; drawn dotted in the colour of their curve.
  public var companions: [CompanionLine] = []
  /// The language of the fixed words and of the numbers.
  public var language: Language
  /// Survival or its complement.
  public var view: View = .survival
  /// Times at which a line stands, with the value and the limits of every curve.
  public var horizons: [Double] = []
  /// Where the time axis ends; nil: at the last follow-up of all curves.
  public var horizon: Double?
  /// The level of the confidence limits; said in the notes where bands are drawn.
  public var confidenceLevel: Double = 0.95
  /// Whether medians are drawn and named in the legend.
  public var showsMedians = false
  /// Whether the ends of follow-up are marked; groups with more than 200 of them go without.
  public var showsCensorMarks = true
  /// Whether the table stands under the plot.
  public var showsRiskTable = true

  /// Creates a chart; everything else is set afterwards.
  public init(
    title: String, timeLabel: String, shareLabel: String, unit: ChartTimeUnit,
    curves: [SurvivalCurve],
    language: Language
  ) {
    self.title = title
    self.timeLabel = timeLabel
    self.shareLabel = shareLabel
    self.unit = unit
    self.curves = curves
    self.language = language
  }

  /// Above this number of censored people the marks would become a bar and are left out.
  static let mostCensored = 200

  /// The last time that is drawn.
  var lastTime: Double {
    if let horizon, horizon > 0, horizon.isFinite { return horizon }
    let last = curves.map(\.lastFollowUp).max() ?? 0
    return last > 0 ? last : (unit == .days ? 365 : 12)
  }

  /// The value on the vertical axis for a share without the event.
  func shown(_ survival: Double) -> Double {
    view == .survival ? survival : 1 - survival
  }

  /// The times at which a curve gets marks, none where there are too many.
  func censorMarks(of curve: SurvivalCurve) -> [Double] {
    guard showsCensorMarks, curve.censored.reduce(0, +) <= Self.mostCensored else { return [] }
    return zip(curve.times, curve.censored).filter { $1 > 0 && $0 <= lastTime }.map(\.0)
  }
}
