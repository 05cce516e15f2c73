import Statistics

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

    /// The outcome of a unit that is due; nil for others.
    var told: OutcomeShares.Outcome? {
      switch self {
      case .yes: .yes
      case .no: .no
      case .unknown: .unknown
      case .notDue, .excluded, .notAsked, .askedUnknown: nil
      }
    }

    /// Whether the unit is among those of whom the outcome could be known.
    var isDue: Bool { rawValue <= Outcome.unknown.rawValue }
  }

  /// What became of one unit.
  struct UnitOutcomes: Equatable {
    let id: UInt64
    /// By row, then horizon.
    let outcomes: [Outcome]
  }

  /// Counts by row, then horizon, then outcome.
  var counts: [Int]
  /// Of every value the numbers, with how often each came.
  var numbers: [[Double: Int]]
  /// Of every value how many units gave none.
  var missing: [Int]
  /// The units of the group.
  var units = 0
  /// Of those looked at on a day that is not complete: by row, then horizon, then yes, no and unknown.
  private var recent: [Int]
  /// The outcomes of single units, where the question keeps them.
  var kept: [UnitCell: OutcomeShares.Outcome] = [:]
  /// Each unit with what became of it by row, then horizon, where the question keeps them.
  var unitOutcomes: [UnitOutcomes] = []

  init(rows: Int, horizons: Int, values: Int) {
    counts = [Int](repeating: 0, count: rows * horizons * Outcome.allCases.count)
    numbers = [[Double: Int]](repeating: [:], count: values)
    missing = [Int](repeating: 0, count: values)
    recent = [Int](repeating: 0, count: rows * horizons * 3)
  }

  mutating func merge(_ other: ShareSums) {
    units += other.units
    for place in counts.indices { counts[place] += other.counts[place] }
    for place in recent.indices { recent[place] += other.recent[place] }
    kept.merge(other.kept) { one, _ in one }
    unitOutcomes += other.unitOutcomes
    for value in numbers.indices {
      numbers[value].merge(other.numbers[value]) { $0 + $1 }
      missing[value] += other.missing[value]
    }
  }

  mutating func add(_ outcome: Outcome, cell: Int) {
    counts[cell * Outcome.allCases.count + outcome.rawValue] += 1
  }

  /// Notes that a unit due is looked at on a day that is not complete.
  mutating func addRecent(_ outcome: Outcome, cell: Int) {
    recent[cell * 3 + outcome.rawValue] += 1
  }

  /// How many due are looked at on a day that is not complete.
  func immature(cell: Int) -> Int { recent[cell * 3..<cell * 3 + 3].reduce(0, +) }

  /// What became of those.
  func recentShares(cell: Int) throws(StatisticsError) -> OutcomeShares {
    try OutcomeShares(
      yes: recent[cell * 3], no: recent[cell * 3 + 1], unknown: recent[cell * 3 + 2])
  }

  func count(_ outcome: Outcome, cell: Int) -> Int {
    counts[cell * Outcome.allCases.count + outcome.rawValue]
  }
}
