import Disclosure
import TestSupport
import Testing

@Suite("Protecting a table of people")
struct ProtectionTests {
  @Test("leaves no hidden cell and no sum too narrow, as counting shows", arguments: 0..<80)
  func enumeration(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let shape = try MadeUpTables.shape(&generator)
    let table = try MadeUpTables.table(
      shape, people: Int.random(in: 3...8, using: &generator), &generator)
    let rules = CountRules(minimum: 3)
    guard let protected = try unlessImpossible({ try protect(table, by: rules) }) else { return }
    let published = PublishedTable(shape: shape, cells: protected.printed, zerosArePrinted: true)
    for (cell, status) in protected.statuses.enumerated() {
      let isSmall = (1..<rules.minimum).contains(table.counts[cell])
      #expect(!isSmall || status == .primary, "seed \(seed)")
      #expect(table.counts[cell] != 0 || status == .printed, "seed \(seed)")
    }
    for finding in protected.findings {
      #expect(finding.isWideEnough, "seed \(seed)")
      #expect(finding.isProvedByItsCertificate(in: published), "seed \(seed)")
    }
    if published.cells[0] != nil {
      let exact = protected.findings.filter(\.isExact)
      let intervals = Enumeration(published).intervals(of: exact.map(\.cells))
      for (finding, expected) in zip(exact, intervals) {
        #expect(
          finding.lower == expected?.lowerBound && finding.upper == expected?.upperBound,
          "seed \(seed)")
      }
    }
    let attacked = try attack(published, minimum: 3)
    #expect(attacked.allSatisfy { $0.isWideEnough }, "seed \(seed)")
  }

  @Test("leaves nothing narrow in a large table of two dimensions")
  func twoDimensions() throws {
    var generator = SeededGenerator(seed: 5)
    let dimensions = try ["a", "b"].map { name in
      let above = (0..<3).map { Hierarchy.Link("\(name)\($0)") }
      let below = (0..<15).map { Hierarchy.Link("\(name)\($0 / 5).\($0)", in: "\(name)\($0 / 5)") }
      return try Hierarchy(name: name, total: "all", links: above + below)
    }
    let shape = TableShape(dimensions)
    let table = try MadeUpTables.table(shape, people: 4_000, &generator)
    let protected = try protect(table, by: CountRules(minimum: 5))
    #expect(protected.findings.allSatisfy { $0.isWideEnough })
    #expect(protected.printedCount * 2 >= table.counts.count)
  }

  @Test("hides nothing that could be printed by itself", arguments: 0..<60)
  func pruned(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let shape = try MadeUpTables.shape(&generator)
    let table = try MadeUpTables.table(
      shape, people: Int.random(in: 5...30, using: &generator), &generator)
    let rules = CountRules(minimum: 3)
    guard let protected = try unlessImpossible({ try protect(table, by: rules) }) else { return }
    for (cell, status) in protected.statuses.enumerated() {
      guard case .secondary(let others) = status else { continue }
      #expect(!others.isEmpty, "seed \(seed)")
      // An attack looks at single cells and at what follows exactly.
      guard others.count == 1 else { continue }
      var cells = protected.printed
      cells[cell] = table.counts[cell]
      let without = PublishedTable(shape: shape, cells: cells, zerosArePrinted: true)
      let isWorse = try attack(without, minimum: 3).contains { !$0.isWideEnough }
      #expect(isWorse, "seed \(seed): \(shape.name(of: cell))")
    }
  }

  @Test("gives the same pattern for the same people in any order")
  func determinism() throws {
    var generator = SeededGenerator(seed: 7)
    let shape = try MadeUpTables.shape(&generator)
    let leaves = shape.dimensions.map { dimension in dimension.leaves.map { dimension.codes[$0] } }
    var people = (0..<40).map { _ in leaves.map { generator.pick($0) } }
    let first = try protect(CountTable(shape: shape, people: people), by: .init(minimum: 5))
    people.shuffle(using: &generator)
    let second = try protect(CountTable(shape: shape, people: people), by: .init(minimum: 5))
    #expect(first.statuses == second.statuses)
    #expect(first.findings == second.findings)
  }

  @Test("leaves nothing narrow in a table of three dimensions, and keeps what a hypercube would")
  func threeDimensions() throws {
    let table = try MadeUpTables.programme(people: 600, seed: 11)
    #expect(table.counts.count == 384)
    let protected = try protect(table, by: CountRules(minimum: 3))
    #expect(protected.findings.allSatisfy { $0.isWideEnough })
    #expect(protected.printedCount * 100 >= 384 * 46, "\(protected.printedCount)")
  }

  @Test("prints a waived cell and says why")
  func waiver() throws {
    let shape = TableShape([
      try Hierarchy(name: "g", total: "all", categories: ["m", "w", "d"])
    ])
    let table = try CountTable(shape: shape, classes: [12, 9, 2])
    let waiver = Waiver(codes: ["d"], reason: "published by the office itself")
    let protected = try protect(table, by: .init(minimum: 3), waivers: [waiver])
    #expect(protected.statuses[3] == .waived("published by the office itself"))
    #expect(protected.printed == [23, 12, 9, 2])
    #expect(
      throws: ProtectionError.rules(.unusableWaiver(codes: ["x"]))
    ) {
      try protect(table, by: .init(minimum: 3), waivers: [.init(codes: ["x"], reason: "why")])
    }
  }

  @Test("does not let a full cell give everybody in it away")
  func groupDisclosure() throws {
    let shape = TableShape([
      try Hierarchy(name: "place", total: "all", categories: ["A", "B", "C"]),
      try Hierarchy(name: "sanction", total: "all", categories: ["yes", "no"]),
    ])
    // In A everybody has been sanctioned but one, who could tell the others apart.
    let table = try CountTable(shape: shape, classes: [9, 1, 8, 14, 11, 30])
    let rules = CountRules(
      minimum: 1, sensitive: [.init(dimension: "sanction", categories: ["yes"], coalition: 1)])
    let protected = try protect(table, by: rules)
    let rest = try #require(
      protected.findings.first { if case .rest = $0.subject { true } else { false } })
    #expect((rest.upper ?? .max) >= 2 && rest.isWideEnough)
    #expect(protected.statuses.contains { $0.isHidden })
  }

  @Test("takes into account what somebody knows who is alone in a cell")
  func insiders() throws {
    let shape = TableShape([
      try Hierarchy(name: "g", total: "all", categories: ["a", "b", "c", "e"])
    ])
    let table = try CountTable(shape: shape, classes: [1, 2, 20, 30])
    let plain = try protect(table, by: .init(minimum: 4))
    let careful = try protect(table, by: .init(minimum: 4, singlesKnowTheirCell: true))
    let known = careful.findings.filter { !$0.knowing.isEmpty }
    #expect(known.contains { $0.subject == .cell(2) && $0.knowing == [1] })
    #expect(known.allSatisfy { $0.isWideEnough })
    #expect(careful.printedCount <= plain.printedCount)
  }

  /// Small tables may leave nothing to hide behind: a total below the minimum with a printed zero.
  private func unlessImpossible(_ body: () throws -> ProtectedTable) throws -> ProtectedTable? {
    do {
      return try body()
    } catch ProtectionError.suppression(.impossible) {
      return nil
    }
  }
}
