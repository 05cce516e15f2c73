/// Who was at risk, who ended and who was censored, by time, as sums of weights.
///
/// One row per distinct time at which somebody's follow-up ends. Where one person's follow-up is cut
/// into adjoining rows an inner cut is no censoring, and makes no row of its own.
public struct WeightedCounts: Equatable, Sendable {
  /// The distinct end times, rising strictly.
  public let times: [Double]
  /// The weight at risk just before each time.
  public let atRisk: [Double]
  /// The weight of the events at each time; equal to ``atRisk`` when everybody has the event.
  public let events: [Double]
  /// The weight censored at each time.
  public let censored: [Double]
  /// The number of events with a weight above 0 at each time.
  public let eventRows: [Int]
  /// The weight at risk at any time.
  let riskSet: RiskSet

  /// Counts rows of follow-up in any order.
  ///
  /// - Complexity: O(n log n).
  public init(_ rows: FollowUp) {
    let isInnerCut = rows.innerCuts
    let riskSet = RiskSet(starts: rows.starts, stops: rows.stops, weights: rows.weights)
    var times: [Double] = []
    var atRisk: [Double] = []
    var events: [Double] = []
    var censored: [Double] = []
    var eventRows: [Int] = []
    let order = riskSet.byStop
    var next = 0
    while next < order.count {
      let time = rows.stops[order[next]]
      var ended = CompensatedSum()
      var left = CompensatedSum()
      var count = 0
      var isListed = false
      while next < order.count, rows.stops[order[next]] == time {
        let row = order[next]
        if rows.events[row] {
          ended.add(rows.weight(row))
          if rows.weight(row) > 0 { count += 1 }
        } else if !isInnerCut[row] {
          left.add(rows.weight(row))
        }
        isListed = isListed || rows.events[row] || !isInnerCut[row]
        next += 1
      }
      guard isListed else { continue }
      let people = riskSet.at(time)
      times.append(time)
      atRisk.append(people.weight)
      // Where all have the event the two sums must be the same number, so that S is exactly 0.
      events.append(count > 0 && count == people.rows ? people.weight : ended.value)
      censored.append(left.value)
      eventRows.append(count)
    }
    self.times = times
    self.atRisk = atRisk
    self.events = events
    self.censored = censored
    self.eventRows = eventRows
    self.riskSet = riskSet
  }

  /// The number of distinct times.
  public var count: Int { times.count }

  /// The weight of those with start before, and stop at or after, the given time.
  ///
  /// - Complexity: O(log n).
  public func atRisk(at time: Double) -> Double { riskSet.at(time).weight }
}

/// The rows under observation at any time, by two sorted columns of running sums.
struct RiskSet: Equatable, Sendable {
  /// The rows by their stop.
  let byStop: [Int]
  /// The rows by their start; empty when everybody is at risk from the origin on.
  let byStart: [Int]
  private let stops: [Double]
  private let starts: [Double]
  /// Weight, and number of rows with a weight above 0, of all rows from each place on.
  private let leaving: Tail
  private let entering: Tail

  init(starts: [Double]?, stops: [Double], weights: [Double]?) {
    byStop = sortedRows(stops)
    self.stops = byStop.map { stops[$0] }
    leaving = Tail(byStop, weights)
    let byStart = starts.map { sortedRows($0) } ?? []
    self.byStart = byStart
    self.starts = starts.map { column in byStart.map { column[$0] } } ?? []
    entering = Tail(byStart, weights)
  }

  /// Weight and rows with start < time ≤ stop.
  func at(_ time: Double) -> (weight: Double, rows: Int) {
    let gone = leaving.from(stops.insertionIndex(of: time))
    let later = entering.from(starts.insertionIndex(of: time))
    let rows = gone.rows - later.rows
    return (rows == 0 ? 0 : (gone.weight - later.weight) + (gone.error - later.error), rows)
  }

  private struct Tail: Equatable {
    var sums: [Double] = [0]
    var errors: [Double] = [0]
    var rows: [Int] = [0]

    init(_ order: [Int], _ weights: [Double]?) {
      var sum = CompensatedSum()
      var count = 0
      for row in order.reversed() {
        let weight = weights?[row] ?? 1
        sum.add(weight)
        if weight > 0 { count += 1 }
        sums.append(sum.value)
        errors.append(sum.remainder)
        rows.append(count)
      }
    }

    func from(_ place: Int) -> (weight: Double, error: Double, rows: Int) {
      let index = sums.count - 1 - place
      return (sums[index], errors[index], rows[index])
    }
  }
}

/// The rows of a column in the order of its values; equal values keep their order.
func sortedRows(_ column: [Double]) -> [Int] {
  column.indices.sorted { (column[$0], $0) < (column[$1], $1) }
}

extension FollowUp {
  /// Whether each row ends without the event where another row of the same person begins.
  var innerCuts: [Bool] { cuts(subjects: subjects, starts: starts, stops: stops, ends: events) }
}

/// Marks the rows that end without anything where another row of the same person begins.
func cuts(subjects: [Int]?, starts: [Double]?, stops: [Double], ends: [Bool]) -> [Bool] {
  guard let subjects, let starts else { return [Bool](repeating: false, count: stops.count) }
  struct Place: Hashable {
    let subject: Int
    let time: Double
  }
  var begins: Set<Place> = []
  begins.reserveCapacity(stops.count)
  for row in stops.indices { begins.insert(Place(subject: subjects[row], time: starts[row])) }
  return stops.indices.map { row in
    !ends[row] && begins.contains(Place(subject: subjects[row], time: stops[row]))
  }
}
