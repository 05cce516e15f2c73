import Disclosure
import Journey

/// The people of a table to protect, and tables of the same people that are known already.
struct KnownTables {
  /// The table to protect.
  let people: MemberTable
  /// What is known already.
  let released: [ReleasedTable]

  /// Reads known tables; every one has to be of the same people.
  ///
  /// - Parameters:
  ///   - input: The table to protect: numbers, or people.
  ///   - paths: Tables that left the house, with signs where they hide something.
  ///   - rules: The rules that their hidden cells are protected by from now on.
  init(
    _ input: ProtectInput, paths: [String], options: ProtectOptions, rules: CountRules
  ) throws {
    let members = try Self.members(of: input)
    people = MemberTable(shape: input.shape, members: members.map(\.member))
    let links = try options.hierarchy.map { try HierarchyFile(path: $0).links } ?? [:]
    released = try paths.map { path in
      try Self.released(path, members, input, options, links, rules)
    }
  }

  /// Somebody, with the code of every dimension and every further column.
  private struct Person {
    let member: TableMember
    /// By the row of the file; nil where people were made from numbers.
    let row: Int?
    let codes: [String]
  }

  /// So many people a table of numbers is taken apart into.
  private static let mostPeople = 5_000_000

  private static func members(of input: ProtectInput) throws -> [Person] {
    let shape = input.shape
    var members: [Person] = []
    if let table = input.people {
      let columns = try shape.dimensions.map { try table.texts($0.name) }
      for row in 0..<table.count {
        let codes = columns.map { $0[row] }
        do {
          let number = try shape.classNumber(of: codes, row: row + 1)
          members.append(
            Person(
              member: TableMember(id: UInt64(row), classNumber: number), row: row, codes: codes))
        } catch { throw Failure(table: error) }
      }
      return members
    }
    // Whoever is behind numbers is told apart by nothing but their class.
    let classes = try input.countTable().classes
    guard classes.allSatisfy({ $0 <= mostPeople }), classes.reduce(0, +) <= mostPeople else {
      throw Failure(
        .init(
          en: "The table counts more than \(mostPeople) people: too many to be moved or known"
            + " one by one.",
          de: "Die Tabelle zählt mehr als \(mostPeople) Personen: zu viele, um sie einzeln zu"
            + " verschieben oder zu kennen."), .data)
    }
    for (number, count) in classes.enumerated() {
      let codes = shape.codes(of: shape.cell(ofClass: number))
      for _ in 0..<count {
        members.append(
          Person(
            member: TableMember(id: UInt64(members.count), classNumber: number), row: nil,
            codes: codes))
      }
    }
    return members
  }

  private static func released(
    _ path: String, _ members: [Person], _ input: ProtectInput, _ options: ProtectOptions,
    _ links: [String: [Hierarchy.Link]], _ rules: CountRules
  ) throws -> ReleasedTable {
    var plain = options
    plain.by = nil
    let file = try EstimateTable(path: path, wanted: nil, conditions: [])
    let known = try ProtectInput(
      file, options: plain, links: try cut(links, file), mayHide: true)
    let columns = try known.shape.dimensions.map { dimension in
      try codes(of: dimension, members, input, path)
    }
    let shape = known.shape
    var inTable: [TableMember] = []
    for (place, person) in members.enumerated() {
      let codes = zip(shape.dimensions, columns).map { dimension, codes in
        lifted(codes[place], into: dimension, links[dimension.name] ?? [])
      }
      do {
        inTable.append(
          TableMember(
            id: person.member.id,
            classNumber: try shape.classNumber(of: codes, row: (person.row ?? place) + 1)))
      } catch { throw Failure(table: error) }
    }
    let people = MemberTable(shape: shape, members: inTable)
    for (cell, count) in people.counts.enumerated() {
      guard let printed = known.cells[cell], printed != count else { continue }
      let name = shape.name(of: cell)
      throw Failure(
        .init(
          en: "\(path): \(name) is \(printed) there and \(count) in the table to protect.",
          de: "\(path): \(name) ist dort \(printed) und in der zu schützenden Tabelle \(count)."),
        advice: .init(
          en: "A known table has to be of the same people at the same date.",
          de: "Eine bekannte Tabelle muss von denselben Personen zum selben Stand sein."), .data)
    }
    return ReleasedTable(
      people: people, hidden: known.cells.map { $0 == nil }, rules: rules, topic: "")
  }

  /// The code of every person in a dimension of a known table.
  private static func codes(
    of dimension: Hierarchy, _ members: [Person], _ input: ProtectInput, _ path: String
  ) throws -> [String] {
    if let place = input.shape.dimensions.firstIndex(where: { $0.name == dimension.name }) {
      return members.map { $0.codes[place] }
    }
    guard let table = input.people, table.has(dimension.name) else {
      throw Failure(
        .init(
          en: "\(path) has a dimension “\(dimension.name)” that the table to protect has not.",
          de:
            "\(path) hat ein Merkmal „\(dimension.name)“, das die zu schützende Tabelle nicht hat."),
        advice: .init(
          en: "Protect the people themselves, a row each, with this column.",
          de: "Bitte die Personen selbst schützen, je eine Zeile, mit dieser Spalte."), .data)
    }
    return try table.texts(dimension.name)
  }

  /// The hierarchies of a known table: those of its dimensions, down to the codes that it has.
  private static func cut(
    _ links: [String: [Hierarchy.Link]], _ table: EstimateTable
  ) throws -> [String: [Hierarchy.Link]] {
    var kept: [String: [Hierarchy.Link]] = [:]
    for (name, all) in links where table.has(name) {
      let seen = Set(try table.texts(name))
      let above = Dictionary(all.map { ($0.code, $0.parent) }) { one, _ in one }
      kept[name] = all.filter { seen.contains($0.code) }.map { link in
        // A level that the table leaves out is passed over.
        var parent = link.parent
        while let code = parent, !seen.contains(code) { parent = above[code] ?? nil }
        return Hierarchy.Link(link.code, in: parent)
      }
    }
    return kept
  }

  /// The lowest code of a dimension that a code is, or lies in.
  private static func lifted(
    _ code: String, into dimension: Hierarchy, _ links: [Hierarchy.Link]
  ) -> String {
    var code = code
    var seen: Set<String> = []
    while dimension.number(of: code) == nil, seen.insert(code).inserted,
      let parent = links.first(where: { $0.code == code })?.parent
    {
      code = parent
    }
    return code
  }
}
