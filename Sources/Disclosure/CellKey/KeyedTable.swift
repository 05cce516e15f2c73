/// A table of people with the key of every cell.
///
/// A cell's key is the sum of its people's record keys without the carry beyond 64 bits, so the same
/// people have the same key in every table, in every order, on every machine. Record keys are to be
/// pseudo-random and secret, made of a person's identity and a key that never changes; this module
/// only adds them up.
public struct KeyedTable: Equatable, Sendable {
  /// The numbers of people.
  public let table: CountTable
  /// The key of every cell.
  public let keys: [UInt64]

  /// Somebody with the codes of a finest class.
  public struct Person: Equatable, Sendable {
    /// One code a dimension.
    public var codes: [String]
    /// The record key.
    public var key: UInt64

    /// A person with these codes.
    public init(codes: [String], key: UInt64) {
      self.codes = codes
      self.key = key
    }
  }

  /// Counts people and adds their keys up.
  ///
  /// - Throws: ``TableError/unknownCategory(_:dimension:row:)``; rows count from 1.
  public init(shape: TableShape, people: [Person]) throws(TableError) {
    var counts = [Int64](repeating: 0, count: shape.classCount)
    var sums = [UInt64](repeating: 0, count: shape.classCount)
    for (row, person) in people.enumerated() {
      let number = try shape.classNumber(of: person.codes, row: row + 1)
      counts[number] += 1
      sums[number] &+= person.key
    }
    table = try CountTable(shape: shape, classes: counts)
    keys = (0..<shape.cellCount).map { cell in
      shape.classes(of: cell).reduce(0) { $0 &+ sums[$1] }
    }
  }

  /// Every cell as it is printed with noise; margins are not the sums of their parts.
  public func printed(with noise: NoiseTable) -> [Int64] {
    zip(table.counts, keys).map { noise.printed($0, key: $1) }
  }

  /// Every cell rounded to a multiple of a base at random, by its key; multiples stay as they are.
  ///
  /// A count r above a multiple is rounded up with probability r/base, so the mean stays.
  public func rounded(to base: Int64) -> [Int64] {
    precondition(base >= 2)
    return zip(table.counts, keys).map { count, key in
      let rest = count % base
      let isUp = key.multipliedFullWidth(by: UInt64(base)).high < UInt64(rest)
      return count - rest + (isUp ? base : 0)
    }
  }
}
