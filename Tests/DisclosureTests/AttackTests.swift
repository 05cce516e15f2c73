import Disclosure
import TestSupport
import Testing

@Suite("An attack on a published table")
struct AttackTests {
  @Test("finds the intervals that counting through all populations finds", arguments: 0..<80)
  func enumeration(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let shape = try MadeUpTables.shape(&generator)
    let table = try MadeUpTables.table(
      shape, people: Int.random(in: 2...8, using: &generator), &generator)
    let zerosArePrinted = generator.chance(60)
    let cells = table.counts.enumerated().map { cell, count -> Int64? in
      let mayHide = cell > 0 && !(zerosArePrinted && count == 0)
      return mayHide && generator.chance(55) ? nil : count
    }
    let published = PublishedTable(shape: shape, cells: cells, zerosArePrinted: zerosArePrinted)
    let findings = try attack(published, minimum: 3)
    #expect(findings.count { $0.isOneCell } >= cells.count { $0 == nil } - emptyCells(published))
    let intervals = Enumeration(published).intervals(of: findings.map(\.cells))
    for (finding, expected) in zip(findings, intervals) {
      #expect(finding.isExact, "seed \(seed)")
      #expect(
        finding.lower == expected?.lowerBound && finding.upper == expected?.upperBound,
        "seed \(seed): \(finding.cells.map { shape.name(of: $0) })")
      #expect(finding.isProvedByItsCertificate(in: published), "seed \(seed)")
    }
  }

  /// Hidden cells that printed zeros leave nobody for: everybody knows them.
  private func emptyCells(_ published: PublishedTable) -> Int {
    published.cells.indices.count { cell in
      published.cells[cell] == nil
        && published.shape.classes(of: cell).allSatisfy { number in
          published.cells.indices.contains { other in
            published.cells[other] == 0
              && published.shape.classes(of: other).contains(number)
          }
        }
    }
  }

  @Test("subtracts what is printed from a margin")
  func subtraction() throws {
    let shape = TableShape([
      try Hierarchy(name: "g", total: "all", categories: ["m", "w", "d"])
    ])
    let published = PublishedTable(shape: shape, cells: [30, 17, nil, 12], zerosArePrinted: true)
    let findings = try attack(published, minimum: 3)
    let finding = try #require(findings.first)
    #expect(finding.subject == .cell(2))
    #expect(finding.lower == 1 && finding.upper == 1)
    #expect(!finding.isWideEnough)
  }

  @Test("knows that two hidden cells of a small sum are small together")
  func smallSum() throws {
    let shape = TableShape([
      try Hierarchy(name: "g", total: "all", categories: ["m", "w", "d"])
    ])
    let published = PublishedTable(
      shape: shape, cells: [30, 28, nil, nil], zerosArePrinted: false)
    let findings = try attack(published, minimum: 3)
    #expect(findings.map(\.subject) == [.cell(2), .cell(3), .sum([2, 3])])
    #expect(findings.map(\.upper) == [2, 2, 2])
    #expect(findings.allSatisfy { !$0.isWideEnough })
  }

  @Test("says that nothing holds a cell whose margins are hidden too")
  func endless() throws {
    let shape = TableShape([try Hierarchy(name: "g", total: "all", categories: ["m", "w"])])
    let published = PublishedTable(shape: shape, cells: [nil, 7, nil], zerosArePrinted: true)
    let findings = try attack(published, minimum: 3)
    #expect(findings.map(\.lower) == [8, 1])
    #expect(findings.allSatisfy { $0.upper == nil && $0.isWideEnough })
  }

  @Test("refuses a table that contradicts itself")
  func contradiction() throws {
    let shape = TableShape([try Hierarchy(name: "g", total: "all", categories: ["m", "w"])])
    let published = PublishedTable(shape: shape, cells: [5, 7, nil], zerosArePrinted: true)
    #expect(throws: DisclosureError.contradictory) { try attack(published, minimum: 3) }
  }
}

extension Finding {
  /// The cells whose sum it is about.
  var cells: [Int] {
    switch subject {
    case .cell(let cell): [cell]
    case .sum(let cells): cells
    case .rest(_, let cells): cells
    }
  }

  var isOneCell: Bool { if case .cell = subject { true } else { false } }

  /// Whether its two populations look like the print and attain its ends.
  func isProvedByItsCertificate(in published: PublishedTable) -> Bool {
    [(certificate.lowest, lower), (certificate.highest, upper)].allSatisfy { classes, end in
      guard let other = try? CountTable(shape: published.shape, classes: classes) else {
        return false
      }
      let floor: Int64 = published.zerosArePrinted ? 1 : 0
      let looksAlike = zip(other.counts, published.cells).allSatisfy { count, printed in
        printed.map { $0 == count } ?? (count >= floor)
      }
      let value = cells.reduce(0) { $0 + other.counts[$1] }
      return looksAlike && (end.map { $0 == value } ?? (value > 1_000))
    }
  }
}
