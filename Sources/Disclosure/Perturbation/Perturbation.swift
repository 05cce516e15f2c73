/// A way of printing numbers that are a little off, instead of hiding some of them.
public struct Perturbation: Equatable, Sendable {
  /// How numbers are moved.
  public enum Way: Equatable, Sendable {
    /// By noise that hangs on the people of a cell: the cell key method.
    case noise(NoiseTable)
    /// To the nearest multiple of a base; halves upwards.
    case nearest(base: Int64)
    /// To the multiple below or above, by the key of the cell.
    case random(base: Int64)
    /// To the multiple below or above, so that all sums stay sums.
    case controlled(base: Int64)
  }

  /// How numbers are moved.
  public let way: Way
  /// A cell with fewer people, but some, must not be known to have so few.
  public let minimum: Int64

  /// Moves numbers in one way.
  public init(_ way: Way, minimum: Int64) {
    precondition(minimum >= 1)
    self.way = way
    self.minimum = minimum
  }

  /// What is printed of every cell, and between which numbers everybody knows the true one to be.
  public struct Numbers: Equatable, Sendable {
    /// The printed numbers.
    public let printed: [Int64]
    /// The true numbers that may be behind them.
    public let behind: [ClosedRange<Int64>]

    /// One number and one range a cell.
    public init(printed: [Int64], behind: [ClosedRange<Int64>]) {
      precondition(printed.count == behind.count)
      self.printed = printed
      self.behind = behind
    }
  }

  /// The numbers of a table.
  ///
  /// - Throws: ``DisclosureError/solver(_:)`` when no rounding adds up.
  public func numbers(of table: KeyedTable) throws(DisclosureError) -> Numbers {
    switch way {
    case .noise(let noise):
      let printed = table.printed(with: noise)
      return Numbers(printed: printed, behind: printed.map { noise.counts(behind: $0) })
    case .nearest(let base):
      let printed = table.table.counts.map { ($0 + base / 2) / base * base }
      return Numbers(
        printed: printed, behind: printed.map { max(0, $0 - base / 2)...($0 - base / 2 + base - 1) }
      )
    case .random(let base):
      let printed = table.rounded(to: base)
      return Numbers(
        printed: printed, behind: printed.map { max(0, $0 - base + 1)...($0 + base - 1) })
    case .controlled(let base):
      let rounding = try ControlledRounding(table.table, base: base, keys: table.keys)
      let reach = base * Int64(rounding.steps + 1) - 1
      return Numbers(
        printed: rounding.cells, behind: rounding.cells.map { max(0, $0 - reach)...($0 + reach) })
    }
  }
}

extension KeyedTable {
  /// A table of people with keys of their own.
  ///
  /// - Parameter key: The record key of whoever has an id.
  public init(
    _ people: MemberTable, key: (UInt64) throws -> UInt64
  ) throws {
    var sums = [UInt64](repeating: 0, count: people.shape.classCount)
    // Whoever counts once has the same key in tables of people, participations and jobs.
    var persons: Set<UInt64> = []
    for member in people.members {
      let isFirst = persons.insert(member.person).inserted
      sums[member.classNumber] &+= try key(isFirst ? member.person : member.id)
    }
    table = try CountTable(shape: people.shape, classes: people.classes)
    keys = (0..<people.shape.cellCount).map { cell in
      people.shape.classes(of: cell).reduce(0) { $0 &+ sums[$1] }
    }
  }
}
