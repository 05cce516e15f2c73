/// What outcomes that are known early turn into once everything about them is recorded.
///
///     // Of people whose sixth month was over by last year: what was known 30 days after it, and now
///     let maturation = try OutcomeMaturation(early: knownThen, mature: knownNow)
///     let expected = maturation.nowcast(recent)     // recent: OutcomeShares 30 days after the sixth month
///
/// For outcomes that can change either way while things are still being recorded (in work, out, in work
/// again), weights by delay do not exist. A log that knows what was known when gives something simpler: the
/// table of what the early answers of earlier people became. With q(s) the share of early answer s that
/// became yes, the recent people's share is Σ a(s) q(s), a(s) the shares of their early answers. Both have to
/// be of the same age when looked at early, and what happens after that must not have changed.
///
/// The variance of the expected share p is p (1 − p)/n, of the people, and Σ a² q (1 − q)/m, of the table with
/// m people of each early answer; for the share among the known correspondingly.
public struct OutcomeMaturation: Sendable {
  /// An expected share.
  public struct Share: Equatable, Sendable {
    /// The share.
    public let estimate: Double
    /// Its standard error.
    public let standardError: Double
    /// The people, of weight 1, that would give the standard error.
    let size: Double

    /// Wilson's limits for the number of people that would give the standard error.
    ///
    /// - Throws: ``StatisticsError/levelOutsideUnitInterval(_:)``.
    public func limits(level: Double = 0.95) throws(StatisticsError) -> ConfidenceLimits? {
      let z = try StandardNormal.twoSidedQuantile(level: level)
      return WilsonInterval.limits(estimate * size, of: size, z: z)
    }
  }

  /// What recent people's shares will be.
  public struct Nowcast: Equatable, Sendable {
    /// The share of yes among all due.
    public let all: Share
    /// The share of yes among those known in the end; nil when nobody is expected to be known.
    public let known: Share?
    /// The share that is expected to be known in the end.
    public let coverage: Double
  }

  /// What became of the people with one early answer.
  public struct Row: Equatable, Sendable {
    /// Those who are yes in the end.
    public let yes: Int
    /// Those who are no in the end.
    public let no: Int
    /// Those of whom it is still not known.
    public let unknown: Int

    var count: Int { yes + no + unknown }
  }

  /// What became of early yes, no and unknown.
  public let rows: [OutcomeShares.Outcome: Row]

  /// Counts what became of early answers.
  ///
  /// - Parameters:
  ///   - early: What was known of each person at an early age.
  ///   - mature: What is known of the same people now that everything is recorded.
  /// - Precondition: The columns have the same length. People not due in one of them are left out.
  public init(early: [OutcomeShares.Outcome], mature: [OutcomeShares.Outcome]) {
    precondition(early.count == mature.count, "columns of different length")
    var counts: [OutcomeShares.Outcome: [OutcomeShares.Outcome]] = [:]
    for (then, now) in zip(early, mature) where then != .notDue && now != .notDue {
      counts[then, default: []].append(now)
    }
    rows = counts.mapValues { answers in
      let shares = OutcomeShares(answers)
      return Row(yes: shares.yes, no: shares.no, unknown: shares.unknown)
    }
  }

  /// The earlier people.
  public var count: Int { rows.values.reduce(0) { $0 + $1.count } }

  /// What the shares of recent people, looked at equally early, will be.
  ///
  /// - Parameters:
  ///   - recent: Their early answers.
  ///   - settled: Answers of others that will not change, in the same shares; nil for none.
  /// - Returns: Nil when nobody is due, or an early answer occurs that no earlier person gave.
  public func nowcast(_ recent: OutcomeShares, settled: OutcomeShares? = nil) -> Nowcast? {
    let total = Double(recent.due + (settled?.due ?? 0))
    guard total > 0 else { return nil }
    var parts: [(weight: Double, yes: Double, no: Double, count: Double)] = []
    for (answer, count) in [
      (OutcomeShares.Outcome.yes, recent.yes), (.no, recent.no), (.unknown, recent.unknown),
    ] where count > 0 {
      guard let row = rows[answer] else { return nil }
      let people = Double(row.count)
      parts.append(
        (Double(count) / total, Double(row.yes) / people, Double(row.no) / people, people))
    }
    if let settled, settled.due > 0 {
      // As if of a table so large that it has no variance.
      for (count, yes, no) in [
        (settled.yes, 1.0, 0.0), (settled.no, 0, 1), (settled.unknown, 0, 0),
      ] where count > 0 {
        parts.append((Double(count) / total, yes, no, .infinity))
      }
    }
    let yes = parts.reduce(0) { $0 + $1.weight * $1.yes }
    let no = parts.reduce(0) { $0 + $1.weight * $1.no }
    // The variance of g(yes, no) from the table, g given by its derivatives.
    func tableVariance(_ byYes: Double, _ byNo: Double) -> Double {
      parts.reduce(0) { sum, part in
        let mean = byYes * part.yes + byNo * part.no
        let square = byYes * byYes * part.yes + byNo * byNo * part.no
        return sum + part.weight * part.weight * (square - mean * mean) / part.count
      }
    }
    let coverage = yes + no
    var known: Share?
    if coverage > 0 {
      let share = yes / coverage
      known = Self.share(
        share,
        variance: share * (1 - share) / (total * coverage)
          + tableVariance((1 - share) / coverage, -share / coverage), people: total * coverage)
    }
    return Nowcast(
      all: Self.share(
        yes, variance: yes * (1 - yes) / total + tableVariance(1, 0), people: total),
      known: known, coverage: coverage)
  }

  private static func share(_ estimate: Double, variance: Double, people: Double) -> Share {
    Share(
      estimate: min(estimate, 1), standardError: max(variance, 0).squareRoot(),
      size: variance > 0 ? estimate * (1 - estimate) / variance : people)
  }
}
