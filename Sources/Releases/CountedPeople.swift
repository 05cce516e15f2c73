public import Disclosure

/// People with one code a dimension, of whom a table can be made, as fine as asked or coarser.
public struct CountedPeople: Sendable {
  /// A dimension with all that lies between its codes and its total.
  public struct Dimension: Sendable {
    /// The name, as the table's header writes it.
    public let name: String
    /// What belongs to what; the leaves are the codes that people have.
    public let links: [Hierarchy.Link]
    /// Whether it may be left out or coarsened.
    public let mayCoarsen: Bool
    /// So many levels are left at least where it is coarsened; 0 for one that may be left out.
    public let leastLevels: Int

    /// Describes a dimension.
    public init(
      name: String, links: [Hierarchy.Link], mayCoarsen: Bool, leastLevels: Int = 0
    ) {
      self.name = name
      self.links = links
      self.mayCoarsen = mayCoarsen
      self.leastLevels = leastLevels
    }
  }

  /// Somebody, or one of the things counted.
  public struct Person: Sendable {
    /// The same for the same person, participation or job in every table; the upper 32 bits say whose it is.
    public let id: UInt64
    /// One code a dimension.
    public let codes: [String]
    /// The number that means and medians are of, in hundredths; nil where none is asked for.
    public let amount: Int64?

    /// A person with these codes.
    public init(id: UInt64, codes: [String], amount: Int64? = nil) {
      self.id = id
      self.codes = codes
      self.amount = amount
    }
  }

  /// The code of totals.
  public static let total = "total"

  /// The dimensions, in the order of the table's columns.
  public let dimensions: [Dimension]
  /// The people.
  public let people: [Person]

  /// People by dimensions.
  public init(dimensions: [Dimension], people: [Person]) {
    self.dimensions = dimensions
    self.people = people
  }

  /// Whether every printed cell in which somebody counts several times has so many different people.
  ///
  /// Where nobody does, the number itself says how many they are, and the profile's rules decide.
  func areEnough(in table: MemberTable, printed: [Int64?], minimum: Int64) -> Bool {
    zip(table.idsByCell, printed).allSatisfy { ids, value in
      guard value != nil else { return true }
      let different = Set(ids.map(TableMember.person)).count
      return different == ids.count || different >= minimum
    }
  }

  /// The number of everybody who has one, in hundredths, by id.
  public var amounts: [UInt64: Int64] {
    Dictionary(
      people.compactMap { person in person.amount.map { (person.id, $0) } },
      uniquingKeysWith: { one, _ in one })
  }

  /// The table at a level of detail; the finest unless stated.
  ///
  /// - Throws: ``Disclosure/HierarchyError``, or ``Disclosure/TableError`` for a code that the
  ///   hierarchy does not have at its lowest level.
  public func table(_ detail: Detail? = nil) throws -> MemberTable {
    let detail = try detail ?? finest()
    var hierarchies: [Hierarchy] = []
    var places: [Int] = []
    var above: [[String: String]] = []
    for (place, dimension) in dimensions.enumerated() where detail.levels[place] > 0 {
      let full = try Self.hierarchy(dimension.name, dimension.links)
      let cut = full.cut(to: detail.levels[place])
      hierarchies.append(try Self.hierarchy(dimension.name, cut.links))
      places.append(place)
      above.append(cut.above)
    }
    let shape = TableShape(hierarchies)
    var members: [TableMember] = []
    for (row, person) in people.enumerated() {
      let codes = zip(places, above).map { place, above in
        above[person.codes[place]] ?? person.codes[place]
      }
      members.append(
        TableMember(counted: person.id, classNumber: try shape.classNumber(of: codes, row: row + 1))
      )
    }
    return MemberTable(shape: shape, members: members)
  }

  /// The table at the level of detail of a release.
  ///
  /// - Throws: as ``table(_:)``.
  public func table(_ release: Release) throws -> MemberTable {
    try table(release.table?.levels.map { Detail(levels: $0) })
  }

  private static func hierarchy(
    _ name: String, _ links: [Hierarchy.Link]
  ) throws(HierarchyError) -> Hierarchy {
    try Hierarchy(name: name, total: total, links: links)
  }

  // MARK: Coarser tables

  /// How many levels below its total each dimension has; 0 where it is left out.
  public struct Detail: Hashable, Sendable {
    /// One number a dimension.
    public let levels: [Int]
  }

  private func finest() throws -> Detail {
    Detail(
      levels: try dimensions.map { dimension in
        try Self.hierarchy(dimension.name, dimension.links).depth
      })
  }

  /// Every level of detail that has something to show, the one asked for first.
  ///
  /// Ordered by the number of levels taken away; of equally many, by what is taken from the last
  /// dimension. The order knows nothing of the people.
  public func details() throws -> [Detail] {
    let finest = try finest()
    var found: [[Int]] = [[]]
    for (place, dimension) in dimensions.enumerated() {
      let choices =
        dimension.mayCoarsen
        ? Array(min(dimension.leastLevels, finest.levels[place])...finest.levels[place])
        : [finest.levels[place]]
      found = found.flatMap { levels in choices.map { levels + [$0] } }
    }
    let ordered = found.filter { $0.contains { $0 > 0 } }.sorted { one, other in
      let (first, second) = (one.reduce(0, +), other.reduce(0, +))
      if first != second { return first > second }
      return one.reversed().lexicographicallyPrecedes(other.reversed())
    }
    return ordered.map { Detail(levels: $0) }
  }
}

extension TableMember {
  /// Whose an id is: the id of the person in tables of people.
  static func person(_ id: UInt64) -> UInt64 { id & ~0xffff_ffff }

  /// Puts somebody, or one of somebody's participations or jobs, into a class.
  init(counted id: UInt64, classNumber: Int) {
    self.init(id: id, classNumber: classNumber, person: Self.person(id))
  }
}

extension Hierarchy {
  /// How many levels lie below the total.
  var depth: Int { codes.indices.map { level(of: $0) }.max() ?? 0 }

  private func level(of category: Int) -> Int {
    var level = 0
    var next = parents[category]
    while let parent = next {
      level += 1
      next = parents[parent]
    }
    return level
  }

  /// The categories down to a level, and for each code below it the one that it belongs to there.
  func cut(to level: Int) -> (links: [Link], above: [String: String]) {
    var links: [Link] = []
    var above: [String: String] = [:]
    for category in codes.indices.dropFirst() {
      if self.level(of: category) <= level {
        links.append(Link(codes[category], in: parents[category].map { codes[$0] }))
        continue
      }
      var holder = category
      while self.level(of: holder) > level, let parent = parents[holder] { holder = parent }
      above[codes[category]] = codes[holder]
    }
    return (links, above)
  }
}
