/// How figures that use the delays inherit their uncertainty.
extension ReportingDelays {
  /// The variance of Σ G(a) log F(a), from the derivative G of a figure by log F at each age.
  ///
  /// log F(a) is the sum of log(1 − N/n) over j > a, whose terms do not depend on each other: each
  /// comes with the sum of the G of smaller ages.
  func variance(of derivative: [Int: Double]) -> Double {
    let sums = sumsBelow(derivative)
    var variance = CompensatedSum()
    for index in times.indices.dropFirst() {
      let (n, d) = (Double(atRisk[index]), Double(events[index]))
      variance.add(sums[index] * sums[index] * d / (n * (n - d)))
    }
    return variance.value
  }

  /// What each record contributes to Σ G(a) log F(a): its influence, 0 for one left out.
  func influences(of derivative: [Int: Double]) -> [Double] {
    let sums = sumsBelow(derivative)
    // What being at risk at each delay, and having it, comes to.
    var stays = [Double](repeating: 0, count: times.count + 1)
    var hits = [Double](repeating: 0, count: times.count)
    for index in times.indices {
      let (n, d) = (Double(atRisk[index]), Double(events[index]))
      let scale = n > d ? sums[index] / (n - d) : 0
      hits[index] = scale
      stays[index + 1] = stays[index] + scale * d / n
    }
    return records.map { record in
      guard let record, let own = times.lastIndex(notAbove: record.delay) else { return 0 }
      let last = (times.lastIndex(notAbove: record.age) ?? own) + 1
      return stays[last] - stays[own] - hits[own]
    }
  }

  /// For each delay, the sum of the derivatives at smaller ages.
  private func sumsBelow(_ derivative: [Int: Double]) -> [Double] {
    let ages = derivative.keys.sorted()
    var next = 0
    var sum = CompensatedSum()
    return times.map { delay in
      while next < ages.count, ages[next] < delay {
        sum.add(derivative[ages[next]] ?? 0)
        next += 1
      }
      return sum.value
    }
  }
}
