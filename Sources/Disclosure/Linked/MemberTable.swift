/// Somebody in a table: an id that is the same in every table, and the finest class.
public struct TableMember: Hashable, Sendable {
  /// Who it is, or which of the things counted; never printed.
  public let id: UInt64
  /// The finest class of the table, from 0.
  public let classNumber: Int
  /// Whose it is, where one person can be there several times: the id that the person has in tables of people.
  public let person: UInt64

  /// Puts somebody into a class.
  ///
  /// - Parameter person: Nil where the id is that of a person.
  public init(id: UInt64, classNumber: Int, person: UInt64? = nil) {
    self.id = id
    self.person = person ?? id
    self.classNumber = classNumber
  }
}

/// A table of which it is known who is in it.
///
/// Two cells of two tables are the same when the same people are in them, whatever they are called.
public struct MemberTable: Equatable, Sendable {
  /// Which cells there are.
  public let shape: TableShape
  /// Who is in the table, ascending by id.
  public let members: [TableMember]

  /// A table of people given in any order; each id once.
  public init(shape: TableShape, members: [TableMember]) {
    self.shape = shape
    self.members = members.sorted { $0.id < $1.id }
    precondition(zip(self.members, self.members.dropFirst()).allSatisfy { $0.id < $1.id })
    precondition(members.allSatisfy { (0..<shape.classCount).contains($0.classNumber) })
  }

  /// How many people are in each finest class.
  public var classes: [Int64] {
    var counts = [Int64](repeating: 0, count: shape.classCount)
    for member in members { counts[member.classNumber] += 1 }
    return counts
  }

  /// How many people are in each cell.
  public var counts: [Int64] {
    let classes = classes
    return (0..<shape.cellCount).map { cell in
      shape.classes(of: cell).reduce(0) { $0 + classes[$1] }
    }
  }
}

/// A table that left the house, with what was printed of it.
public struct ReleasedTable: Sendable {
  /// Who is in which cell.
  public let people: MemberTable
  /// Which cells were not printed as they are, one entry a cell.
  public let hidden: [Bool]
  /// Between which numbers a cell is known to be that was printed a little off; nil for others.
  public let behind: [ClosedRange<Int64>?]
  /// The rules it was protected by.
  public let rules: CountRules
  /// What it counts, whenever: tables of one topic are one table at several dates.
  public let topic: String

  /// Describes a table that was released.
  ///
  /// - Parameter behind: One entry a cell; nil for a table of which nothing was printed a little off.
  public init(
    people: MemberTable, hidden: [Bool], behind: [ClosedRange<Int64>?]? = nil, rules: CountRules,
    topic: String
  ) {
    precondition(hidden.count == people.shape.cellCount)
    precondition(behind.map { $0.count == hidden.count } ?? true)
    self.behind = behind ?? hidden.map { _ in nil }
    self.people = people
    self.hidden = hidden
    self.rules = rules
    self.topic = topic
  }
}
