import Disclosure
import Journey

/// A user's table with its dimensions, as numbers with margins or as people.
struct ProtectInput {
  /// Signs that stand for a hidden number.
  static let signs: Set<String> = [".", "x", "X", "*", "/", ""]

  /// The cells.
  let shape: TableShape
  /// The number of every cell, nil where a sign hides it.
  let cells: [Int64?]
  /// The file, to look further columns of people up; nil where it holds numbers.
  let people: EstimateTable?
  /// The name of the column of numbers.
  let countName: String

  /// Reads a file.
  ///
  /// - Parameter mayHide: whether signs may stand for hidden numbers.
  init(path: String, options: ProtectOptions, mayHide: Bool) throws {
    let links = try options.hierarchy.map { try HierarchyFile(path: $0).links } ?? [:]
    let table = try EstimateTable(path: path, wanted: nil, conditions: [])
    try self.init(table, options: options, links: links, mayHide: mayHide)
  }

  /// Takes a file that was read, whose hierarchies are known.
  init(
    _ table: EstimateTable, options: ProtectOptions, links: [String: [Hierarchy.Link]],
    mayHide: Bool
  ) throws {
    let path = table.path
    guard table.count > 0 else {
      throw Failure(
        .init(en: "\(path): There are no rows.", de: "\(path): Es gibt keine Zeilen."), .data)
    }
    let count = options.count ?? table.header.first { Self.usualCounts.contains($0.lowercased()) }
    let names =
      options.by?.split(separator: ",").map(String.init)
      ?? table.header.filter { $0 != count && $0 != options.id }
    guard !names.isEmpty else {
      throw Failure(
        .init(
          en: "\(path): No column is left for a dimension.",
          de: "\(path): Für ein Merkmal bleibt keine Spalte."),
        advice: .init(
          en: "Name the dimensions: --by gender,region.",
          de: "Die Merkmale nennen: --by geschlecht,region."), .usage)
    }
    if let name = links.keys.sorted().first(where: { !names.contains($0) }) {
      throw Failure(
        .init(
          en: "\(options.hierarchy ?? ""): The table has no dimension “\(name)”.",
          de: "\(options.hierarchy ?? ""): Die Tabelle hat kein Merkmal „\(name)“."),
        advice: .init(
          en: "Dimensions: \(names.joined(separator: ", ")).",
          de: "Merkmale: \(names.joined(separator: ", "))."), .data)
    }
    let columns = try names.map { try table.texts($0) }
    var dimensions: [Hierarchy] = []
    for (name, codes) in zip(names, columns) {
      dimensions.append(
        try Self.hierarchy(name, codes: codes, links: links[name], total: options.total))
    }
    let shape = TableShape(dimensions)
    let places = try Self.places(table, columns, names: names, shape: shape)
    people = count == nil ? table : nil
    if let count {
      cells = try Self.numbers(table, column: count, places: places, shape: shape, mayHide: mayHide)
    } else {
      cells = try Self.people(table, places: places, shape: shape)
    }
    self.shape = shape
    countName = count ?? "count"
  }

  private static let usualCounts: Set<String> = ["count", "n", "anzahl"]
  private static let usualTotals: Set<String> = ["total", "all", "insgesamt", "gesamt"]

  /// The numbers as a table that adds up.
  func countTable() throws -> CountTable {
    do {
      return try CountTable(shape: shape, counts: cells.map { $0 ?? 0 })
    } catch { throw Failure(table: error) }
  }

  private static func hierarchy(
    _ name: String, codes: [String], links: [Hierarchy.Link]?, total: String?
  ) throws -> Hierarchy {
    let seen = Set(codes)
    let found = total ?? seen.sorted().first { usualTotals.contains($0.lowercased()) } ?? "total"
    // Sorted, so that the order of rows changes nothing.
    let links = links ?? seen.filter { $0 != found }.sorted().map { Hierarchy.Link($0) }
    do {
      return try Hierarchy(name: name, total: found, links: links.filter { $0.code != found })
    } catch { throw Failure(hierarchy: error) }
  }

  /// The cell of every row.
  private static func places(
    _ table: EstimateTable, _ columns: [[String]], names: [String], shape: TableShape
  ) throws -> [Int] {
    try (0..<table.count).map { row in
      var categories: [Int] = []
      for (place, dimension) in shape.dimensions.enumerated() {
        let code = columns[place][row]
        guard let number = dimension.number(of: code) else {
          let near = dimension.codes.sorted { $0 < $1 }.joined(separator: ", ")
          throw table.failure(
            row: row, column: names[place],
            .init(
              en: "“\(code)” is not in the hierarchy of \(dimension.name).",
              de: "„\(code)“ steht nicht in der Gliederung von \(dimension.name)."),
            advice: .init(en: "It has: \(near).", de: "Sie hat: \(near)."))
        }
        categories.append(number)
      }
      return shape.cell(categories)
    }
  }

  /// One number a cell; without margins in the file they are added up.
  private static func numbers(
    _ table: EstimateTable, column: String, places: [Int], shape: TableShape, mayHide: Bool
  ) throws -> [Int64?] {
    var cells = [Int64??](repeating: nil, count: shape.cellCount)
    let leaves = Set((0..<shape.classCount).map { shape.cell(ofClass: $0) })
    var total: Int64 = 0
    for (row, text) in try table.texts(column).enumerated() {
      if case .some = cells[places[row]] {
        let name = shape.name(of: places[row])
        throw table.failure(
          row: row, column: nil,
          .init(en: "\(name) stands twice.", de: "\(name) steht zweimal."))
      }
      cells[places[row]] = .some(
        try number(text, mayHide: mayHide) { message in
          table.failure(row: row, column: column, message)
        })
      guard leaves.contains(places[row]) else { continue }
      total += (cells[places[row]] ?? 0) ?? 0
      if total > most {
        throw table.failure(
          row: row, column: column,
          .init(
            en: "Up to here the table counts \(total) people; at most \(most) can be.",
            de: "Bis hierher zählt die Tabelle \(total) Personen; höchstens \(most) sind möglich."))
      }
    }
    if places.allSatisfy(leaves.contains), !mayHide {
      let classes = (0..<shape.classCount).map { number -> Int64 in
        (cells[shape.cell(ofClass: number)] ?? 0) ?? 0
      }
      do { return try CountTable(shape: shape, classes: classes).counts } catch {
        throw Failure(table: error)
      }
    }
    let missing = cells.indices.filter { cells[$0] == nil }
    guard missing.isEmpty else {
      throw Failure(table: .missingCells(missing.map { shape.name(of: $0) }))
    }
    return cells.map { $0 ?? nil }
  }

  /// More people than this no table counts: far above every programme, far below where the solvers'
  /// numbers stop being exact (2⁵³).
  private static let most: Int64 = 1_000_000_000_000

  private static func tooLarge(_ text: String) -> LocalizedText {
    .init(
      en: "\(text) is too large: a cell counts at most \(most) people.",
      de: "\(text) ist zu groß: Ein Feld zählt höchstens \(most) Personen.")
  }

  private static func number(
    _ text: String, mayHide: Bool, failure: (LocalizedText) -> Failure
  ) throws -> Int64? {
    if mayHide, signs.contains(text) { return nil }
    if text == "-" || text == "–" { return 0 }
    if let number = Int64(text) {
      guard number >= 0 else {
        throw failure(
          .init(en: "\(text) is below zero.", de: "\(text) liegt unter null."))
      }
      guard number <= most else { throw failure(tooLarge(text)) }
      return number
    }
    if text.count > 18, text.allSatisfy({ "0"..."9" ~= $0 }) { throw failure(tooLarge(text)) }
    throw failure(
      .init(
        en: "“\(text)” is not a whole number of people.",
        de: "„\(text)“ ist keine ganze Zahl von Personen."))
  }

  /// Every row is a person in a finest class.
  private static func people(
    _ table: EstimateTable, places: [Int], shape: TableShape
  ) throws -> [Int64?] {
    var numbers: [Int: Int] = [:]
    for number in 0..<shape.classCount { numbers[shape.cell(ofClass: number)] = number }
    var classes = [Int64](repeating: 0, count: shape.classCount)
    for (row, place) in places.enumerated() {
      guard let number = numbers[place] else {
        let name = shape.name(of: place)
        throw table.failure(
          row: row, column: nil,
          .init(
            en: "\(name) is a sum; a person belongs to the lowest level.",
            de: "\(name) ist eine Summe; Personen gehören auf die unterste Ebene."))
      }
      classes[number] += 1
    }
    do { return try CountTable(shape: shape, classes: classes).counts } catch {
      throw Failure(table: error)
    }
  }
}
