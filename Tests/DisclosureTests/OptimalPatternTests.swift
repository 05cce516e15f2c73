import TestSupport
import Testing

@testable import Disclosure

@Suite("The best pattern")
struct OptimalPatternTests {
  private static let effort = OptimalPattern.Effort(rounds: 200, nodes: 20_000)

  /// The search for the best pattern of a table, and what it protects.
  private func search(
    _ table: CountTable, minimum: Int64, only isMeant: (ProtectedObject) -> Bool = { _ in true }
  ) throws -> (pattern: OptimalPattern, system: CellSystem) {
    let system = ClassTranslation(table, zerosArePrinted: true).system
    let objects = try CountObjects(
      system: system, shape: table.shape, minimums: system.groups.map { _ in minimum },
      singlesKnowTheirCell: false, sensitive: []
    ).all().filter(isMeant)
    let suppressor = Suppressor(system, objects: objects, forced: [], minimum: minimum)
    return (suppressor.optimalPattern(), system)
  }

  @Test(
    "is at most a quarter better than what a table hides, in cells and people", arguments: 0..<40)
  func quarter(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let shape = try MadeUpTables.shape(&generator)
    let table = try MadeUpTables.table(
      shape, people: Int.random(in: 20...120, using: &generator), &generator)
    var (search, system) = try search(table, minimum: 4)
    guard let fewest = try search.fewest(Self.effort), let least = try search.least(Self.effort),
      let best = try search.best(Self.effort)
    else { return }
    let protected = try protect(table, by: CountRules(minimum: 4))
    let found = search.loss(
      system.groups.indices.map { protected.statuses[system.groups[$0].cells[0]].isHidden })
    let number = Double(search.loss(fewest).number) * 1.25
    let sum = Double(search.loss(least).sum) * 1.25
    #expect(Double(found.number) <= number, "seed \(seed): \(found.number) cells")
    // Where no pattern is as good in both, the fewer cells count.
    let canHaveBoth = Double(search.loss(best).sum) <= sum
    #expect(Double(found.sum) <= sum || !canHaveBoth, "seed \(seed): \(found.sum) people")
  }

  @Test("is found by going through all patterns too", arguments: 0..<6)
  func enumeration(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let shape = TableShape([
      try Hierarchy(name: "a", total: "all", categories: ["a0", "a1"]),
      try Hierarchy(name: "b", total: "all", categories: ["b0", "b1", "b2"]),
    ])
    let table = try MadeUpTables.table(
      shape, people: Int.random(in: 12...30, using: &generator), &generator)
    // An attack knows of cells and of what follows exactly, not of sums that are too few.
    var (search, system) = try search(table, minimum: 3) { $0.group != nil }
    let small = system.groups.indices.filter { system.groups[$0].value < 3 }
    let others = system.groups.indices.filter { system.groups[$0].value >= 3 }
    var fewest: Int?
    for choice in 0..<(1 << others.count) {
      let hidden = Set(small + others.indices.filter { choice >> $0 & 1 == 1 }.map { others[$0] })
      let number = hidden.subtracting(small).reduce(0) { $0 + system.groups[$1].cells.count }
      guard number < fewest ?? .max else { continue }
      let cells = table.counts.indices.map { cell in
        system.groupOfCell[cell].map { hidden.contains($0) } ?? false ? nil : table.counts[cell]
      }
      let published = PublishedTable(shape: shape, cells: cells, zerosArePrinted: true)
      if try attack(published, minimum: 3).allSatisfy(\.isWideEnough) { fewest = number }
    }
    let best = try search.fewest(Self.effort)
    #expect(best.map { search.loss($0).number } == fewest, "seed \(seed)")
  }
}
