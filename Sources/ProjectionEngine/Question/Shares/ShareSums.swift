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

    /// Whether it is known of a unit that is due.
    var isKnown: Bool { self == .yes || self == .no }

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
    /// By value; nil where the unit gave no number.
    var numbers: [Double?] = []
  }

  /// Counts by row, then horizon, then outcome.
  var counts: [Int]
  /// Of those with a yes or no the ones whose outcome was known earlier than the contrary would have been:
  /// by row, then horizon, then yes and no.
  private var early: [Int]
  /// Of every value the numbers, with how often each came.
  var numbers: [[Double: Int]]
  /// What became of every unit for each value: by value, then outcome; a yes gave a number.
  private var taken: [Int]
  /// How many units have each weight, where they have any: by row, then horizon, then yes, no, unknown,
  /// early yes and early no.
  private var weights: [[Double: Int]]
  /// The units of the group.
  var units = 0
  /// Of those looked at on a day that is not complete: by row, then horizon, then yes, no and unknown.
  private var recent: [Int]
  /// How many units have each index day, where the question counts them.
  var indexDays: [Int32: Int] = [:]
  /// The outcomes of single units, where the question keeps them.
  var kept: [UnitCell: OutcomeShares.Outcome] = [:]
  /// Each unit with what became of it by row, then horizon, where the question keeps them.
  var unitOutcomes: [UnitOutcomes] = []

  /// Nobody, for the rows, horizons and numbers of a question.
  init(_ question: ShareQuestion) {
    let definition = question.definition
    let cells = definition.rows.count * question.horizons.count
    let values = definition.values.count
    counts = [Int](repeating: 0, count: cells * Outcome.allCases.count)
    early = [Int](repeating: 0, count: cells * 2)
    numbers = [[Double: Int]](repeating: [:], count: values)
    taken = [Int](repeating: 0, count: values * Outcome.allCases.count)
    recent = [Int](repeating: 0, count: cells * 3)
    weights = [[Double: Int]](repeating: [:], count: definition.weight == nil ? 0 : cells * 5)
  }

  mutating func merge(_ other: ShareSums) {
    units += other.units
    for place in counts.indices { counts[place] += other.counts[place] }
    for place in recent.indices { recent[place] += other.recent[place] }
    for place in early.indices { early[place] += other.early[place] }
    kept.merge(other.kept) { one, _ in one }
    unitOutcomes += other.unitOutcomes
    indexDays.merge(other.indexDays) { $0 + $1 }
    for place in taken.indices { taken[place] += other.taken[place] }
    for value in numbers.indices { numbers[value].merge(other.numbers[value], uniquingKeysWith: +) }
    for place in weights.indices { weights[place].merge(other.weights[place], uniquingKeysWith: +) }
  }

  /// Takes units out that are in.
  mutating func takeOut(_ other: ShareSums) {
    units -= other.units
    for place in counts.indices { counts[place] -= other.counts[place] }
    for place in early.indices { early[place] -= other.early[place] }
    for place in taken.indices { taken[place] -= other.taken[place] }
    for value in numbers.indices { ShareSums.take(other.numbers[value], from: &numbers[value]) }
    for place in weights.indices { ShareSums.take(other.weights[place], from: &weights[place]) }
  }

  private static func take(_ counts: [Double: Int], from total: inout [Double: Int]) {
    for (number, count) in counts {
      let left = total[number, default: 0] - count
      total[number] = left == 0 ? nil : left
    }
  }

  mutating func add(_ outcome: Outcome, cell: Int, people: Int = 1) {
    counts[cell * Outcome.allCases.count + outcome.rawValue] += people
  }

  /// Notes that the outcome of a unit, yes or no, was known earlier than the contrary would have been.
  mutating func addEarly(_ outcome: Outcome, cell: Int) {
    early[cell * 2 + outcome.rawValue] += 1
  }

  /// Notes the weight of a unit that is due; of others it is not needed.
  mutating func add(_ outcome: Outcome, isEarly: Bool, weighing weight: Double, cell: Int) {
    guard outcome.isDue else { return }
    weights[cell * 5 + outcome.rawValue + (isEarly ? 3 : 0)][weight, default: 0] += 1
  }

  /// The weighted shares of a cell; nil for a question without weights.
  func weighted(cell: Int, _ weight: QuestionWeight?) -> WeightedShares? {
    guard let weight else { return nil }
    let place = cell * 5
    return WeightedShares(
      yes: weights[place], no: weights[place + 1], unknown: weights[place + 2],
      earlyYes: weights[place + 3], earlyNo: weights[place + 4],
      kind: weight.kind == .sampling ? .sampling : .frequency)
  }

  /// How many of those with an outcome, yes or no, had it known early.
  func earlyCount(_ outcome: Outcome, cell: Int) -> Int { early[cell * 2 + outcome.rawValue] }

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

  /// Notes what a unit gave for a value: a number with a yes, none with anything else.
  mutating func add(_ outcome: Outcome, _ number: Double?, value: Int) {
    taken[value * Outcome.allCases.count + outcome.rawValue] += 1
    if let number { numbers[value][number, default: 0] += 1 }
  }

  /// How many units had an outcome for a value.
  func count(_ outcome: Outcome, value: Int) -> Int {
    taken[value * Outcome.allCases.count + outcome.rawValue]
  }
}
