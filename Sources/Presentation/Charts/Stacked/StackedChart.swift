public import Journey

/// Shares of states over time as areas that add up to 100 %.
///
/// One drawing for three pictures: the cumulative incidence of competing events, the occupancy of
/// states, and the distribution of states over periods. The first layer lies at the bottom; the
/// convention is good news first, then the other ends, then what is still open. Each share holds from
/// its time up to the next (right-continuous steps), the last one up to `end`.
public struct StackedChart: Chart, Hashable {
  /// One state and its share after each time.
  public struct Layer: Sendable, Hashable {
    /// The state.
    public let state: ChartState
    /// Its share from each time on, 0 to 1; NaN where nothing is known.
    public let shares: [Double]

    /// Creates a layer.
    public init(_ state: ChartState, shares: [Double]) {
      self.state = state
      self.shares = shares
    }
  }

  /// The heading.
  public var title: String
  /// Lines under the heading.
  public var subtitle: [String] = []
  /// Lines at the very bottom: definition, data status, digest.
  public var footnotes: [String] = []
  /// The language of the fixed words and of the numbers.
  public var language: Language
  /// What the time axis counts, such as `Monate seit dem Eintritt`.
  public var timeLabel: String
  /// What the vertical axis shows; may be empty.
  public var shareLabel = ""
  /// The unit of the times.
  public var unit: ChartTimeUnit
  /// How many people the shares are of.
  public let total: Int
  /// The times from which the shares hold, ascending, the first usually 0.
  public let times: [Double]
  /// How many people are under observation just before each time; printed below the ticks.
  public let atRisk: [Int]?
  /// The states from the bottom upwards.
  public let layers: [Layer]
  /// What the legend says of each layer at the horizons; none, or one list a layer.
  public var readings: [[Reading]] = []

  /// The share of a layer at a horizon, with its limits.
  public struct Reading: Sendable, Hashable {
    /// The horizon.
    public let time: Double
    /// The share; nil where nobody was followed so far.
    public let share: Double?
    /// Its confidence limits, where there are any.
    public let limits: ClosedRange<Double>?

    /// Creates a reading.
    public init(time: Double, share: Double?, limits: ClosedRange<Double>?) {
      self.time = time
      self.share = share
      self.limits = limits
    }
  }
  /// Where the shares end: the last follow-up.
  public let end: Double

  /// Creates a chart; all arrays have the length of `times`, else it is a programmer's mistake.
  public init(
    title: String, timeLabel: String, unit: ChartTimeUnit, total: Int, times: [Double],
    layers: [Layer], atRisk: [Int]? = nil, end: Double? = nil, language: Language
  ) {
    precondition(
      layers.allSatisfy { $0.shares.count == times.count }
        && (atRisk?.count ?? times.count) == times.count,
      "the arrays of a chart differ in length")
    self.title = title
    self.timeLabel = timeLabel
    self.unit = unit
    self.total = total
    self.times = times
    self.layers = layers
    self.atRisk = atRisk
    self.end = max(end ?? 0, times.last ?? 0)
    self.language = language
  }

  /// The cumulative incidence of competing events, with what is still open on top.
  ///
  /// - Parameters:
  ///   - causes: The events, good news first; together at most 1 at every time.
  ///   - open: What those are in who had none of them, such as `noch auf Suche`.
  public static func incidence(
    title: String, timeLabel: String, unit: ChartTimeUnit, total: Int, times: [Double],
    causes: [Layer], open: String, atRisk: [Int]? = nil, end: Double? = nil, language: Language
  ) -> StackedChart {
    let rest = times.indices.map { index in
      causes.reduce(1.0) { $0 - $1.shares[index] }
    }
    return StackedChart(
      title: title, timeLabel: timeLabel, unit: unit, total: total, times: times,
      layers: causes + [
        Layer(ChartState(open, .open), shares: rest.map { $0.isNaN ? $0 : max(0, $0) })
      ], atRisk: atRisk, end: end, language: language)
  }

  /// Below this number under observation the areas are drawn pale.
  static let fewAtRisk = 10

  /// The time from which fewer than ten are under observation; nil: never, or not known.
  var fewFrom: Double? {
    guard let atRisk, let last = atRisk.lastIndex(where: { $0 >= Self.fewAtRisk }) else {
      return atRisk == nil || times.isEmpty ? nil : 0
    }
    return last + 1 < times.count ? times[last] : nil
  }

  /// The lower and upper edge of each layer at one time, from the bottom; nil where not known.
  func edges(_ index: Int) -> [ClosedRange<Double>]? {
    var low = 0.0
    var edges: [ClosedRange<Double>] = []
    for layer in layers {
      let share = layer.shares[index]
      guard share.isFinite else { return nil }
      let high = min(max(low + share, low), 1)
      edges.append(low...high)
      low = high
    }
    return edges
  }

  /// The place of the shares that hold at a time; nil before the first and after the end.
  func index(at time: Double) -> Int? {
    guard time <= end else { return nil }
    return times.lastIndex { $0 <= time }
  }

  /// The last shares of all layers, where known.
  var lastShares: [Double]? {
    guard !times.isEmpty, edges(times.count - 1) != nil else { return nil }
    return layers.map { $0.shares[times.count - 1] }
  }

  /// The numbers of the picture as a table.
  public var table: TerminalTable {
    let words = ChartWords(language: language)
    var columns: [TerminalTable.Column] = [.number(words.timeHeading(unit))]
    if atRisk != nil { columns.append(.number(words.observed)) }
    columns += layers.map { .number($0.state.label) }
    var table = TerminalTable(columns)
    let ticks = StackedChartLayout(self).plot.ticks.positions
    for time in Set(ticks + [end]).sorted() where time <= end {
      let index = index(at: time)
      var cells = [TableCell(words.time(time))]
      if atRisk != nil { cells.append(TableCell(words.numbers.integer(observed(before: time)))) }
      cells += layers.map { layer in
        TableCell(words.numbers.percent(index.map { layer.shares[$0] }))
      }
      table.append(cells)
    }
    return table
  }

  /// How many are under observation just before a time.
  func observed(before time: Double) -> Int? {
    guard let atRisk else { return nil }
    guard let next = times.firstIndex(where: { $0 >= time }) else {
      return atRisk.isEmpty ? 0 : time <= end ? atRisk[atRisk.count - 1] : 0
    }
    return atRisk[next]
  }
}
