/// What the units of one group gave, by row and horizon.
struct ShareSums: Mergeable, Equatable {
  /// What became of one unit for one row at one horizon.
  enum Outcome: Int, CaseIterable, Sendable {
    case yes
    case no
    case unknown
    case notDue
    /// Left out by the row's own rule.
    case excluded
    /// Not among those who are asked.
    case notAsked
    /// Whether they are among those who are asked is not known.
    case askedUnknown
  }

  /// Counts by row, then horizon, then outcome.
  var counts: [Int]
  /// Of every value the numbers, with how often each came.
  var numbers: [[Double: Int]]
  /// Of every value how many units gave none.
  var missing: [Int]
  /// The units of the group.
  var units = 0

  init(rows: Int, horizons: Int, values: Int) {
    counts = [Int](repeating: 0, count: rows * horizons * Outcome.allCases.count)
    numbers = [[Double: Int]](repeating: [:], count: values)
    missing = [Int](repeating: 0, count: values)
  }

  mutating func merge(_ other: ShareSums) {
    units += other.units
    for place in counts.indices { counts[place] += other.counts[place] }
    for value in numbers.indices {
      numbers[value].merge(other.numbers[value]) { $0 + $1 }
      missing[value] += other.missing[value]
    }
  }

  mutating func add(_ outcome: Outcome, cell: Int) {
    counts[cell * Outcome.allCases.count + outcome.rawValue] += 1
  }

  func count(_ outcome: Outcome, cell: Int) -> Int {
    counts[cell * Outcome.allCases.count + outcome.rawValue]
  }
}
