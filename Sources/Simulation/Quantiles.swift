/// A distribution of days, given by points of its quantile function and straight lines between.
public struct Quantiles: Sendable, Hashable {
  /// One point: so much of the distribution lies below so many days.
  public struct Point: Sendable, Hashable {
    /// The share below, 0 to 1.
    public let share: Double
    /// The days.
    public let days: Double

    /// Creates a point.
    public init(_ share: Double, _ days: Double) {
      self.share = share
      self.days = days
    }
  }

  /// The points, ascending in both parts, from share 0 to share 1.
  public let points: [Point]

  /// Creates a distribution from points that ascend from share 0 to share 1.
  public init(_ points: [Point]) {
    precondition(points.count >= 2 && points.first?.share == 0 && points.last?.share == 1)
    precondition(
      zip(points, points.dropFirst()).allSatisfy { $0.share < $1.share && $0.days <= $1.days })
    self.points = points
  }

  /// The days below which a share of the distribution lies, rounded down.
  func days(at share: Double) -> Int {
    var i = 1
    while i < points.count - 1 && points[i].share <= share { i += 1 }
    let (low, high) = (points[i - 1], points[i])
    let part = (share - low.share) / (high.share - low.share)
    return Int(low.days + part * (high.days - low.days))
  }

  /// The probability of at most this many whole days.
  func share(upTo days: Int) -> Double {
    // Days are rounded down, so everything below the next whole number counts.
    let bound = Double(days + 1)
    var share = 0.0
    for (low, high) in zip(points, points.dropFirst()) where low.days < bound {
      let part = high.days <= bound ? 1 : (bound - low.days) / (high.days - low.days)
      share = low.share + part * (high.share - low.share)
    }
    return share
  }
}

extension RandomStream {
  /// Days drawn from a distribution.
  mutating func days(_ distribution: Quantiles) -> Int { distribution.days(at: unit()) }
}
