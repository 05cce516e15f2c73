/// One row of the table: what was measured and what it is held against.
struct Figure: Encodable {
  /// What a figure is held against.
  struct Bar: Encodable {
    /// Who set it: `goal`, or the name of a peer measured in the same run.
    let name: String
    let value: Double
  }

  /// In which unit a figure is, and whether more of it is better.
  enum Unit: String, Encodable {
    case eventsPerSecond = "events/s"
    case rowsPerMinute = "rows/min"
    case seconds = "s"
    case milliseconds = "ms"
    case megabytes = "MB"
    case bytes = "B"
    case gigabytesPerSecond = "GB/s"
    case times = "×"
    /// Of the size, in cost.
    case exponent = ""

    var isMoreBetter: Bool {
      self == .eventsPerSecond || self == .rowsPerMinute || self == .gigabytesPerSecond
    }
  }

  let subject: String
  let name: String
  let unit: Unit
  /// The median of all runs.
  let value: Double
  let least: Double
  let most: Double
  let runs: Int
  var bar: Bar?
  /// Median processor seconds of one run, user and system.
  var cpuSeconds: Double?
  /// Why there is no figure.
  var notRun: String?

  /// A figure from one or more runs.
  init(
    _ subject: String, _ name: String, _ unit: Unit, _ values: [Double], bar: Bar? = nil,
    cpuSeconds: [Double] = []
  ) {
    self.subject = subject
    self.name = name
    self.unit = unit
    value = values.median
    least = values.min() ?? .nan
    most = values.max() ?? .nan
    runs = values.count
    self.bar = bar
    self.cpuSeconds = cpuSeconds.isEmpty ? nil : cpuSeconds.median
  }

  /// A figure that could not be made, and why.
  init(_ subject: String, _ name: String, notRun reason: String) {
    self.subject = subject
    self.name = name
    unit = .times
    (value, least, most, runs) = (0, 0, 0, 0)
    notRun = reason
  }

  /// The figure as a multiple of the bar, nil without one.
  var ratio: Double? { bar.map { value / $0.value } }

  /// Whether the figure is at least as good as the bar, nil without one.
  var isAhead: Bool? { ratio.map { unit.isMoreBetter ? $0 >= 1 : $0 <= 1 } }
}

extension [Double] {
  /// The middle of the sorted numbers, the mean of the two middle ones when their count is even.
  var median: Double {
    guard !isEmpty else { return .nan }
    let sorted = sorted()
    let middle = count / 2
    return count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
