import Disclosure
import Files
import TestSupport

/// Single tables of made-up people, and what protecting each costs.
struct SingleTables {
  let seed: UInt64

  /// Prints cells, what is hidden, intervals that are too narrow, and CPU time of each table.
  func run() throws {
    print("cells  by rule  printed %  narrow  CPU s  table")
    try show("384 cells, 600 people", try programme(), minimum: 3)
    for (name, sizes, people) in [
      ("two dimensions, a level between", [45, 45], 15_000),
      ("two dimensions, a level between", [90, 90], 60_000),
      ("three dimensions, a level between", [20, 20, 17], 60_000),
    ] {
      try show(name, try table(sizes, people: people), minimum: 5)
    }
  }

  private func show(_ name: String, _ table: CountTable, minimum: Int64) throws {
    let start = SystemClock.processorMicroseconds()
    let protected = try protect(table, by: CountRules(minimum: minimum))
    let seconds = Double(SystemClock.processorMicroseconds() - start) / 1e6
    let cells = protected.statuses.count
    print(
      "\(cells)  \(protected.statuses.count { $0 == .primary })"
        + "  \(100 * protected.printedCount / cells)"
        + "  \(protected.findings.count { !$0.isWideEnough })"
        + "  \((seconds * 10).rounded() / 10)  \(name)")
  }

  /// People in 3 × 5 classes and 11 networks of 4 regions, as the programme has them.
  private func programme() throws -> CountTable {
    let people = Programme(people: 600, seed: seed).people.map { Programme.codes($0, in: 24) }
    let names = ["gender", "status"]
    var hierarchies = try names.map { name in
      try Hierarchy(
        name: name, total: "all",
        categories: Set(people.compactMap { $0[name] }).sorted())
    }
    hierarchies.append(
      try Hierarchy(
        name: "network", total: "all",
        links: Programme.regions.map { Hierarchy.Link($0) }
          + Programme.networks.map { Hierarchy.Link($0.code, in: $0.region) }))
    let shape = TableShape(hierarchies)
    var classes = [Int64](repeating: 0, count: shape.classCount)
    for (row, codes) in people.enumerated() {
      let number = try shape.classNumber(
        of: hierarchies.map { codes[$0.name] ?? "" }, row: row + 1)
      classes[number] += 1
    }
    return try CountTable(shape: shape, classes: classes)
  }

  /// People in so many classes a dimension, more in the first ones, with a group of ten above each.
  private func table(_ sizes: [Int], people: Int) throws -> CountTable {
    var generator = SeededGenerator(seed: seed)
    let shape = TableShape(
      try sizes.enumerated().map { place, size in
        let groups = max(1, size / 10)
        return try Hierarchy(
          name: "d\(place)", total: "all",
          links: (0..<groups).map { Hierarchy.Link("g\($0)") }
            + (0..<size).map { Hierarchy.Link("c\($0)", in: "g\($0 * groups / size)") })
      })
    var classes = [Int64](repeating: 0, count: shape.classCount)
    for _ in 0..<people {
      let number = sizes.reduce(0) { number, size in
        number * size
          + Int.random(in: 0..<size, using: &generator)
          * Int.random(in: 0..<size, using: &generator) / size
      }
      classes[number] += 1
    }
    return try CountTable(shape: shape, classes: classes)
  }
}
