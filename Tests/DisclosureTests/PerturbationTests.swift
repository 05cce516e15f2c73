import TestSupport
import Testing

@testable import Disclosure

@Suite("A table whose numbers are a little off")
struct PerturbationTests {
  private static let ways: [Perturbation.Way] = [
    .nearest(base: 5), .nearest(base: 10), .random(base: 3), .controlled(base: 5),
  ]

  private func people(_ table: CountTable) -> MemberTable {
    var members: [TableMember] = []
    for (number, count) in table.classes.enumerated() {
      for _ in 0..<count {
        members.append(TableMember(id: UInt64(members.count), classNumber: number))
      }
    }
    return MemberTable(shape: table.shape, members: members)
  }

  /// A key for an id, the same in every run.
  private func key(_ id: UInt64) -> UInt64 {
    var generator = SeededGenerator(seed: id &* 7919 &+ 13)
    return generator.next()
  }

  @Test("says between which numbers the true one is, and never errs", arguments: 0..<40)
  func behind(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let shape = try MadeUpTables.shape(&generator)
    let table = try MadeUpTables.table(
      shape, people: Int.random(in: 0...60, using: &generator), &generator)
    let keyed = try KeyedTable(people(table), key: key)
    let noise = try NoiseTable(largest: 3, variance: 2)
    for way in Self.ways + [.noise(noise)] {
      let numbers = try Perturbation(way, minimum: 2).numbers(of: keyed)
      for (cell, count) in table.counts.enumerated() {
        #expect(numbers.behind[cell].contains(count), "seed \(seed), \(way)")
        #expect(numbers.printed[cell] >= 0 && (count > 0 || numbers.printed[cell] == 0))
      }
    }
  }

  @Test("rounds to the nearest multiple, halves upwards")
  func nearest() throws {
    let shape = TableShape([
      try Hierarchy(name: "g", total: "all", categories: ["a", "b", "c"])
    ])
    let keyed = try KeyedTable(
      people(try CountTable(shape: shape, classes: [4, 5, 14])), key: key)
    let numbers = try Perturbation(.nearest(base: 10), minimum: 2).numbers(of: keyed)
    #expect(numbers.printed == [20, 0, 10, 10])
    #expect(numbers.behind == [15...24, 0...4, 5...14, 5...14])
  }

  @Test("prints the same people the same way, whatever the table, and known ones as they are")
  func consistent() throws {
    let shape = TableShape([try Hierarchy(name: "g", total: "all", categories: ["a", "b"])])
    let other = TableShape([try Hierarchy(name: "h", total: "every", categories: ["x", "y"])])
    let one = people(try CountTable(shape: shape, classes: [7, 30]))
    let two = MemberTable(
      shape: other, members: one.members.map { .init(id: $0.id, classNumber: $0.classNumber) })
    let noise = Perturbation(.noise(try NoiseTable(largest: 3, variance: 2)), minimum: 3)
    let first = try perturb(one, by: noise, topic: "t", after: [], key: key)
    let second = try perturb(two, by: noise, topic: "u", after: [], key: key)
    #expect(first.printed == second.printed)
    #expect(first.findings.allSatisfy { $0.isWideEnough })
    let exact = ReleasedTable(
      people: one, hidden: [false, false, false], rules: .init(minimum: 3), topic: "t")
    let third = try perturb(two, by: noise, topic: "u", after: [exact], key: key)
    #expect(third.printed == [37, 7, 30] && third.statuses.allSatisfy { $0 == .printed })
  }

  @Test("is part of what an attacker knows: hidden cells are protected from it too")
  func linked() throws {
    let shape = TableShape([
      try Hierarchy(name: "g", total: "all", categories: ["a", "b", "c", "d"])
    ])
    let table = people(try CountTable(shape: shape, classes: [2, 30, 40, 50]))
    let rules = CountRules(minimum: 5)
    // Somebody printed a as 1 or 2 at most: nothing can keep it from being known to be so few.
    let tight = ReleasedTable(
      people: table, hidden: [true, true, true, true, true],
      behind: [nil, 1...2, nil, nil, nil], rules: CountRules(minimum: 1), topic: "x")
    #expect(throws: ProtectionError.self) {
      _ = try protect(table, topic: "t", by: rules, after: [tight])
    }
    let loose = ReleasedTable(
      people: table, hidden: [true, true, true, true, true],
      behind: [nil, 1...8, nil, nil, nil], rules: CountRules(minimum: 1), topic: "x")
    let protected = try protect(table, topic: "t", by: rules, after: [loose])
    let small = protected.findings.first { $0.cells == [LinkedCell(table: 0, cell: 1)] }
    #expect(small?.upper == 8 && small?.lower == 1)
    #expect(protected.findings.allSatisfy { $0.isWideEnough })
  }

  @Test("shows, printed as it is by law, what earlier tables hid")
  func disclosed() throws {
    let shape = TableShape([
      try Hierarchy(name: "g", total: "all", categories: ["a", "b", "c"])
    ])
    let table = people(try CountTable(shape: shape, classes: [2, 9, 7]))
    let rules = CountRules(minimum: 3)
    let first = try protect(table, topic: "t", by: rules, after: [])
    let released = ReleasedTable(
      people: table, hidden: first.statuses.map(\.isHidden), rules: rules, topic: "t")
    let law = try disclose(table, topic: "law", after: [released])
    #expect(law.printed == [18, 2, 9, 7])
    // What everybody knows by then is printed from then on.
    let known = ReleasedTable(
      people: table, hidden: law.statuses.map(\.isHidden), rules: .init(minimum: 1), topic: "law")
    let later = try protect(table, topic: "t", by: rules, after: [released, known])
    #expect(later.printed == [18, 2, 9, 7])
  }
}
