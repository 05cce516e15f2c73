/// Counts durations on an integer clock, by stratum, without sorting.
///
/// The clock's unit (usually whole days) is the caller's. Each duration is one cell of a table,
/// so ties are exact and adding a row costs one increment. Two threads each fill a counter of
/// their own and merge them; counting is commutative, so the result does not depend on the split.
///
///     var counter = DurationCounter(strata: 2, horizon: 730)
///     try counter.add(stratum: 0, duration: 41, isEvent: true)
///     let curve = KaplanMeier(counter.counts(stratum: 0))
///
/// Memory is 16 bytes for each stratum and duration up to the longest seen.
public struct DurationCounter: Sendable {
  /// The number of strata, counted from 0.
  public let strata: Int
  /// The longest duration accepted.
  public let ceiling: Int
  /// The longest duration the table has room for; it grows as needed up to the ceiling.
  public private(set) var horizon: Int

  /// The counts: cell `(t * strata + s) * 2 + e` holds duration `t`, stratum `s`, event mark `e`.
  ///
  /// Durations vary slowest, so that a longer horizon only appends.
  var cells: [Int]

  /// Makes an empty counter.
  ///
  /// - Parameters:
  ///   - strata: Number of strata, at least 1.
  ///   - horizon: Longest duration expected; a good guess saves growing the table.
  ///   - ceiling: Longest duration accepted, so that one wild value cannot ask for all memory.
  ///     The default is about 270 years of days.
  /// - Precondition: `strata > 0` and `0 <= horizon <= ceiling`.
  public init(strata: Int, horizon: Int, ceiling: Int = 100_000) {
    precondition(strata > 0, "a counter needs at least one stratum")
    precondition(horizon >= 0 && horizon <= ceiling, "horizon must be between 0 and the ceiling")
    self.strata = strata
    self.ceiling = ceiling
    self.horizon = horizon
    cells = [Int](repeating: 0, count: (horizon + 1) * strata * 2)
  }

  /// Adds one subject.
  ///
  /// - Throws: ``StatisticsError`` with row 0 when the duration is negative or above the ceiling,
  ///   or the stratum is unknown; the counter is then unchanged.
  /// - Complexity: O(1) amortised. For columns use ``add(strata:durations:events:)``.
  public mutating func add(stratum: Int, duration: Int, isEvent: Bool) throws(StatisticsError) {
    guard duration >= 0 else {
      throw .negativeDuration(row: 0, duration: Double(duration))
    }
    guard duration <= ceiling else {
      throw .durationAboveCeiling(row: 0, duration: duration, ceiling: ceiling)
    }
    guard stratum >= 0, stratum < strata else {
      throw .stratumOutOfRange(row: 0, stratum: stratum, strata: strata)
    }
    makeRoom(for: duration)
    cells[(duration * strata + stratum) * 2 + (isEvent ? 1 : 0)] += 1
  }

  /// Adds everybody counted by another counter.
  ///
  /// - Precondition: Both counters have the same number of strata.
  /// - Complexity: O(strata × horizon).
  public mutating func merge(_ other: DurationCounter) {
    precondition(strata == other.strata, "counters to merge must have the same strata")
    if other.horizon > horizon {
      cells.append(contentsOf: repeatElement(0, count: other.cells.count - cells.count))
      horizon = other.horizon
    }
    for cell in other.cells.indices { cells[cell] += other.cells[cell] }
  }

  /// The table of one stratum.
  ///
  /// - Precondition: `stratum` is one of the counter's strata.
  /// - Complexity: O(horizon).
  public func counts(stratum: Int) -> TimeCounts {
    precondition(stratum >= 0 && stratum < strata, "no such stratum")
    return counts(strata: stratum..<stratum + 1)
  }

  /// The table of all strata taken together.
  ///
  /// - Complexity: O(strata × horizon).
  public func pooledCounts() -> TimeCounts {
    counts(strata: 0..<strata)
  }

  private func counts(strata chosen: Range<Int>) -> TimeCounts {
    var times: [Double] = []
    var atRisk: [Int] = []
    var events: [Int] = []
    var censored: [Int] = []
    var remaining = 0
    for duration in stride(from: horizon, through: 0, by: -1) {
      var censoredHere = 0
      var eventsHere = 0
      for stratum in chosen {
        let cell = (duration * strata + stratum) * 2
        censoredHere += cells[cell]
        eventsHere += cells[cell + 1]
      }
      guard censoredHere + eventsHere > 0 else { continue }
      remaining += censoredHere + eventsHere
      times.append(Double(duration))
      atRisk.append(remaining)
      events.append(eventsHere)
      censored.append(censoredHere)
    }
    return TimeCounts(
      times: times.reversed(), atRisk: atRisk.reversed(), events: events.reversed(),
      censored: censored.reversed())
  }

  /// Grows the table, at least by half, so that rising durations do not copy it again and again.
  mutating func makeRoom(for duration: Int) {
    guard duration > horizon else { return }
    let wanted = min(ceiling, max(duration, horizon + horizon / 2))
    cells.append(contentsOf: repeatElement(0, count: (wanted - horizon) * strata * 2))
    horizon = wanted
  }
}
