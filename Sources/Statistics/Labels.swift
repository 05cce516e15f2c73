/// Numbers for names, from 0: strata, states, people, clusters.
///
///     let groups = Labels(["yes", "no", "yes"])
///     // groups.names ["yes", "no"], groups.numbers [0, 1, 0]
public struct Labels: Equatable, Sendable {
  /// The distinct names, in the order given or of appearance.
  public let names: [String]
  /// The number of each element's name.
  public let numbers: [Int]

  /// Numbers names in the order in which they appear.
  public init(_ column: [String]) {
    var known: [String: Int] = [:]
    var names: [String] = []
    numbers = column.map { name in
      if let number = known[name] { return number }
      known[name] = names.count
      names.append(name)
      return names.count - 1
    }
    self.names = names
  }

  /// The rows of each number, in order.
  public var rows: [[Int]] {
    var rows = [[Int]](repeating: [], count: names.count)
    for (row, number) in numbers.enumerated() { rows[number].append(row) }
    return rows
  }
}
