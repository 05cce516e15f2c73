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

  /// The same labels with the names in another order.
  public func sorted(by isBefore: (String, String) -> Bool) -> Labels {
    let order = names.indices.sorted { isBefore(names[$0], names[$1]) }
    var places = [Int](repeating: 0, count: names.count)
    for (place, number) in order.enumerated() { places[number] = place }
    return Labels(names: order.map { names[$0] }, numbers: numbers.map { places[$0] })
  }

  private init(names: [String], numbers: [Int]) {
    self.names = names
    self.numbers = numbers
  }

  /// The rows of each number, in order.
  public var rows: [[Int]] {
    var rows = [[Int]](repeating: [], count: names.count)
    for (row, number) in numbers.enumerated() { rows[number].append(row) }
    return rows
  }
}
