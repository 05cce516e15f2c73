/// Events known to lie in an interval, such as between two follow-up surveys.
///
/// An interval is `(left, right]`: the event had not happened by `left` and had by `right`. With
/// right = infinity it had not happened when last heard of; with left = 0 it had happened by the
/// first time heard of; with left = right it is known exactly.
public struct IntervalCensoredRows: Sendable {
  /// The last time without the event.
  public let lefts: [Double]
  /// The first time with the event, or infinity.
  public let rights: [Double]
  /// The weight of each row, at least 0; nil when all are 1.
  public let weights: [Double]?

  /// Takes columns of the same length.
  ///
  /// - Precondition: The columns have the same length.
  /// - Throws: ``StatisticsError/intervalNotUsable(row:left:right:)`` or
  ///   ``StatisticsError/weightNotUsable(row:weight:)`` for the first bad row.
  public init(
    lefts: [Double], rights: [Double], weights: [Double]? = nil
  ) throws(StatisticsError) {
    precondition(lefts.count == rights.count, "columns of other length")
    precondition(weights.map { $0.count == lefts.count } ?? true, "columns of other length")
    for row in lefts.indices {
      guard lefts[row].isFinite, lefts[row] >= 0, rights[row] >= lefts[row] else {
        throw .intervalNotUsable(row: row, left: lefts[row], right: rights[row])
      }
      if let weight = weights?[row], !(weight.isFinite && weight >= 0) {
        throw .weightNotUsable(row: row, weight: weight)
      }
    }
    self.lefts = lefts
    self.rights = rights
    self.weights = weights
  }
}

/// The only intervals that can hold mass, and which of them each row covers.
///
/// Turnbull's argument: between a left end and the next right end without another end between them
/// lie exactly the sets of times on which the rows agree most; mass elsewhere can only lose.
struct TurnbullIntervals {
  /// A place on the time axis: just before, at the end of, or just after a time.
  private struct End: Comparable {
    var time: Double
    /// 0: an exact time begins, just before it; 1: an interval ends, with it; 2: one begins after it.
    var side: Int

    static func < (a: End, b: End) -> Bool {
      a.time != b.time ? a.time < b.time : a.side < b.side
    }
  }

  /// The ends of the intervals, rising; an interval with equal ends is that time alone.
  private(set) var bounds: [(left: Double, right: Double)] = []
  /// For each row of positive weight, the intervals it covers: neighbours, and at least one.
  private(set) var covered: [Range<Int>] = []
  private(set) var weights: [Double] = []

  init(_ rows: IntervalCensoredRows) {
    let kept = rows.lefts.indices.filter { rows.weights?[$0] != 0 }
    func begin(_ row: Int) -> End {
      End(time: rows.lefts[row], side: rows.lefts[row] == rows.rights[row] ? 0 : 2)
    }
    func end(_ row: Int) -> End { End(time: rows.rights[row], side: 1) }
    let begins = kept.map(begin).sorted()
    let ends = kept.map(end).sorted()
    var begun: [End] = []
    var ended: [End] = []
    var next = 0
    for end in ends where ended.last != end {
      // The latest begin before this end, if there is one since the end before.
      var latest: End?
      while next < begins.count, begins[next] < end {
        latest = begins[next]
        next += 1
      }
      guard let latest else { continue }
      begun.append(latest)
      ended.append(end)
      bounds.append((latest.time, end.time))
    }
    for row in kept {
      let first = Self.count(begun) { $0 < begin(row) }
      let last = Self.count(ended) { $0 <= end(row) }
      covered.append(first..<last)
      weights.append(rows.weights?[row] ?? 1)
    }
  }

  /// The number of elements for which a condition holds that fails from some element on.
  private static func count(_ column: [End], _ holds: (End) -> Bool) -> Int {
    var low = 0
    var high = column.count
    while low < high {
      let middle = low + (high - low) / 2
      if holds(column[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
