import Disclosure
import Testing

@Suite("Protecting a table of amounts")
struct MagnitudeTests {
  private func table(holders: [String: String] = [:]) throws -> MagnitudeTable {
    let shape = TableShape([
      try Hierarchy(name: "region", total: "all", categories: ["A", "B", "C", "D"])
    ])
    let rows: [(String, String, Int64)] = [
      ("A", "one", 900), ("A", "two", 40), ("A", "three", 30), ("A", "four", 30),
      ("B", "five", 300), ("B", "six", 250), ("B", "seven", 260), ("B", "eight", 220),
      ("C", "nine", 410), ("C", "ten", 390), ("C", "eleven", 380), ("C", "twelve", 400),
      ("D", "two", 500), ("D", "six", 520), ("D", "ten", 480), ("D", "five", 490),
    ]
    return try MagnitudeTable(
      shape: shape,
      contributions: rows.map { .init(codes: [$0.0], respondent: $0.1, amount: $0.2) },
      holders: holders)
  }

  @Test("hides a cell that one contributor dominates, and another with it")
  func dominance() throws {
    let amounts = try table()
    let rules = MagnitudeRules(concentrations: [.dominance(largest: 1, percent: 85)])
    let protected = try protect(amounts, by: rules)
    #expect(protected.statuses[1] == .primary)
    #expect(protected.statuses.count { $0.isHidden } == 2)
    let finding = try #require(protected.findings.first { $0.subject == .cell(1) })
    // 900 / 0.85 is 1,058.8: the attacker must not be able to rule out 1,059.
    #expect(finding.demand.atLeast == 1_059 && finding.demand.atMost == 941)
    #expect(finding.isWideEnough)
  }

  @Test("hides a cell in which the second can work the first out")
  func knownWithin() throws {
    let rules = MagnitudeRules(concentrations: [.knownWithin(percent: 10)])
    let protected = try protect(try table(), by: rules)
    #expect(protected.statuses[1] == .primary)
    let finding = try #require(protected.findings.first { $0.subject == .cell(1) })
    // 10 % of 900 is 90, of which 60 are uncertain already.
    #expect(finding.demand.atLeast == 1_030)
  }

  @Test("counts the respondents of one holder as one")
  func holders() throws {
    let rules = MagnitudeRules(concentrations: [.dominance(largest: 1, percent: 70)])
    let apart = try protect(try table(), by: rules)
    #expect(apart.statuses[3] != .primary)
    let holders = ["nine": "group", "ten": "group", "eleven": "group"]
    let together = try protect(try table(holders: holders), by: rules)
    #expect(together.statuses[3] == .primary)
  }

  @Test("hides what too few holders stand behind")
  func fewHolders() throws {
    let holders = ["nine": "x", "ten": "x", "eleven": "y", "twelve": "y"]
    let protected = try protect(
      try table(holders: holders), by: .init(concentrations: [], minimumHolders: 3))
    #expect(protected.statuses[3] == .primary)
    #expect(protected.findings.allSatisfy { $0.isWideEnough })
  }
}
