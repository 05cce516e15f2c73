/// A retention that a scenario implies, against which an estimate can be held.
public struct TrueRetention: Sendable, Hashable {
  /// Share employed, with whatever employer; marginal jobs beside or between jobs not counted.
  public let anyEmployer: Double
  /// Share still in the first job.
  public let sameEmployer: Double
}

extension Scenario {
  /// The retention this scenario implies some months after the first job start.
  ///
  /// Solves the renewal equation of jobs and gaps on whole days, in a population without death and
  /// departure; a month counts 30.4375 days. Valid for people who are alive, in the country and
  /// observed on that day, because none of these depends on their jobs.
  ///
  /// - Complexity: O(days²).
  public func trueRetention(months: Int) -> TrueRetention {
    let last = Int(Double(months) * 30.4375 + 0.5)
    let gap = densities(gapBetweenJobs, through: last)
    let later = convolved(densities(laterJob, through: last), gap)
    let first = convolved(densities(firstJob, through: last), gap)
    // employed[t]: employed t days after the start of a later job, in it or in one after it.
    var employed = [Double](repeating: 0, count: last + 1)
    for t in 0...last {
      var next = 0.0
      for u in stride(from: 1, through: t, by: 1) { next += later[u] * employed[t - u] }
      employed[t] = 1 - laterJob.share(upTo: t) + furtherJob * next
    }
    var moved = 0.0
    for u in 0...last { moved += first[u] * employed[last - u] }
    let same = 1 - firstJob.share(upTo: last)
    return TrueRetention(anyEmployer: same + furtherJob * moved, sameEmployer: same)
  }

  private func densities(_ distribution: Quantiles, through last: Int) -> [Double] {
    (0...last).map {
      distribution.share(upTo: $0) - ($0 == 0 ? 0 : distribution.share(upTo: $0 - 1))
    }
  }

  private func convolved(_ left: [Double], _ right: [Double]) -> [Double] {
    left.indices.map { t in
      var sum = 0.0
      for u in 0...t { sum += left[u] * right[t - u] }
      return sum
    }
  }
}
