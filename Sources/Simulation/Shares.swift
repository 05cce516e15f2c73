/// Which values occur, and how often.
public struct Shares<Value: Sendable & Hashable>: Sendable, Hashable {
  /// The values, in the order given.
  public let values: [Value]
  // Ascending; the last is the sum of the weights.
  let bounds: [Double]

  /// Creates shares from values and their weights; the weights need not add up to one.
  public init(_ weighted: [(Value, Double)]) {
    precondition(!weighted.isEmpty && weighted.allSatisfy { $0.1 > 0 })
    var sum = 0.0
    values = weighted.map(\.0)
    bounds = weighted.map { entry in
      sum += entry.1
      return sum
    }
  }

  /// The share of one value, 0 to 1.
  public func share(of value: Value) -> Double {
    var share = 0.0
    for i in values.indices where values[i] == value {
      share += bounds[i] - (i == 0 ? 0 : bounds[i - 1])
    }
    return share / bounds[bounds.count - 1]
  }

  func value(at unit: Double) -> Value { values[place(at: unit)] }

  func place(at unit: Double) -> Int {
    let wanted = unit * bounds[bounds.count - 1]
    var i = 0
    while i < values.count - 1 && bounds[i] <= wanted { i += 1 }
    return i
  }
}

extension RandomStream {
  /// A value drawn by its share.
  mutating func pick<Value>(_ shares: Shares<Value>) -> Value { shares.value(at: unit()) }
}
