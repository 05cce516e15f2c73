import Disclosure
import TestSupport
import Testing

@Suite("The cell key method")
struct NoiseTests {
  private func expect(
    _ table: NoiseTable, _ row: Int, _ expected: [Double], steps: [Int]? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let found = table.rows[row].probabilities
    #expect(
      found.count >= expected.count
        && zip(found, expected).allSatisfy { abs($0 - $1) < 0.00006 },
      "\(found)", sourceLocation: sourceLocation)
    if let steps { #expect(table.rows[row].steps == steps, sourceLocation: sourceLocation) }
  }

  @Test("has the noise of the package ptable")
  func vectors() throws {
    let two = try NoiseTable(largest: 2, variance: 0.9)
    expect(two, 1, [0.3625, 0.3625, 0.1875, 0.0875], steps: [-1, 0, 1, 2])
    expect(two, 2, [0.0515, 0.2438, 0.4093, 0.2438, 0.0515])
    let one = try NoiseTable(largest: 2, variance: 1)
    expect(one, 1, [0.3665, 0.3665, 0.1676, 0.0995])
    #expect(abs(one.rows[1].variance - 0.93188) < 0.00001)
    expect(one, 2, [0.0638, 0.2447, 0.3830])
    let three = try NoiseTable(largest: 3, variance: 2)
    expect(three, 1, [0.3797, 0.3797, 0.1366, 0.0691, 0.0350])
    #expect(abs(three.rows[1].variance - 1.107) < 0.001)
    expect(three, 2, [0.1676, 0.2333, 0.2440, 0.1917, 0.1132, 0.0502])
    expect(three, 3, [0.0374, 0.1119, 0.2161, 0.2692])
    let five = try NoiseTable(largest: 5, variance: 3, forbidden: 2)
    expect(five, 1, [0.7345, 0.1367, 0.0728, 0.0374, 0.0186], steps: [-1, 2, 3, 4, 5])
    expect(five, 8, [0.0038, 0.0166, 0.0523, 0.1187, 0.1942, 0.2288])
    #expect(throws: NoiseError.unattainable(count: 1)) {
      try NoiseTable(largest: 4, variance: 1.9, forbidden: 2)
    }
  }

  @Test(
    "has mean 0, at most the variance asked for, and prints nothing negative or forbidden",
    arguments: [(1, 0.5, 0), (2, 0.9, 0), (3, 2.0, 0), (5, 3.0, 2), (4, 3.0, 1), (8, 5.0, 0)])
  func moments(largest: Int, variance: Double, forbidden: Int) throws {
    let table = try NoiseTable(largest: largest, variance: variance, forbidden: forbidden)
    for (count, row) in table.rows.enumerated() {
      let mean = zip(row.steps, row.probabilities).reduce(0) { $0 + Double($1.0) * $1.1 }
      #expect(abs(mean) < 1e-8 && row.variance < variance + 1e-8)
      #expect(abs(row.probabilities.reduce(0, +) - 1) < 1e-12)
      #expect(row.steps.allSatisfy { count + $0 >= 0 })
      let skipped = forbidden == 0 ? [] : Array(1...forbidden)
      #expect(row.steps.allSatisfy { !skipped.contains(count + $0) })
      let printed = row.steps.map { Int64(count + $0) }
      #expect(printed.allSatisfy { table.counts(behind: $0).contains(Int64(count)) })
    }
  }

  @Test("takes each step as often as its probability says")
  func frequencies() throws {
    let table = try NoiseTable(largest: 3, variance: 2)
    var generator = SeededGenerator(seed: 3)
    var seen: [Int64: Double] = [:]
    for _ in 0..<40_000 { seen[table.printed(9, key: generator.next()) - 9, default: 0] += 1 }
    for (step, probability) in zip(table.rows[3].steps, table.rows[3].probabilities) {
      #expect(abs((seen[Int64(step)] ?? 0) / 40_000 - probability) < 0.01)
    }
    #expect(table.printed(0, key: .max) == 0)
  }

  @Test("prints the same people alike in any table and order")
  func sticky() throws {
    var generator = SeededGenerator(seed: 5)
    let gender = try Hierarchy(name: "gender", total: "all", categories: ["m", "w"])
    let place = try Hierarchy(name: "place", total: "all", categories: ["A", "B", "C"])
    let people = (0..<60).map { _ in
      (generator.pick(["m", "w"]), generator.pick(["A", "B", "C"]), generator.next())
    }
    let wide = try KeyedTable(
      shape: TableShape([gender, place]),
      people: people.map { .init(codes: [$0.0, $0.1], key: $0.2) })
    let narrow = try KeyedTable(
      shape: TableShape([gender]),
      people: people.shuffled(using: &generator).map { .init(codes: [$0.0], key: $0.2) })
    let noise = try NoiseTable(largest: 3, variance: 2)
    let margins = (0...2).map { wide.table.shape.cell([$0, 0]) }
    #expect(margins.map { wide.printed(with: noise)[$0] } == narrow.printed(with: noise))
    #expect(margins.map { wide.rounded(to: 5)[$0] } == narrow.rounded(to: 5))
    #expect(margins.map { wide.keys[$0] } == narrow.keys)
  }
}
