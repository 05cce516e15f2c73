import Disclosure
import TestSupport
import Testing

@Suite("Rounding a table")
struct RoundingTests {
  @Test("in a controlled way adds up and moves no cell by a base or more", arguments: 0..<30)
  func controlled(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let shape = try MadeUpTables.shape(&generator)
    let table = try MadeUpTables.table(shape, people: 40, &generator)
    let keys = table.counts.map { _ in generator.next() }
    let base = generator.pick([Int64(3), 5, 10])
    let rounded = try ControlledRounding(table, base: base, keys: keys)
    #expect(throws: Never.self) { try CountTable(shape: shape, counts: rounded.cells) }
    for (cell, count) in zip(rounded.cells, table.counts) {
      #expect(cell % base == 0, "seed \(seed)")
      #expect(abs(cell - count) < base * Int64(1 + rounded.steps), "seed \(seed)")
      #expect(count % base != 0 || cell == count, "seed \(seed)")
    }
    // Two dimensions, one of them with levels between, are a network: there is always a rounding.
    let levels = shape.dimensions.count { $0.codes.count > $0.leaves.count + 1 }
    if shape.dimensions.count == 2, levels < 2 { #expect(rounded.steps == 0, "seed \(seed)") }
  }

  @Test("at random by its key keeps the mean")
  func random() throws {
    let shape = TableShape([try Hierarchy(name: "g", total: "all", categories: ["m"])])
    var generator = SeededGenerator(seed: 1)
    var sum: Int64 = 0
    for _ in 0..<9_000 {
      let people = (0..<4).map { _ in
        KeyedTable.Person(codes: ["m"], key: generator.next())
      }
      let cell = try KeyedTable(shape: shape, people: people).rounded(to: 3)[1]
      #expect(cell == 3 || cell == 6)
      sum += cell
    }
    #expect(abs(Double(sum) / 9_000 - 4) < 0.05)
  }
}
