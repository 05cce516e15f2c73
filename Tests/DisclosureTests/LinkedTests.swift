import Disclosure
import TestSupport
import Testing

@Suite("Protecting a table beside what was released before")
struct LinkedTests {
  /// Made-up people who come, go and change between tables of two or three dimensions.
  private struct Programme {
    var people: [(id: UInt64, codes: [Int])] = []
    let dimensions: [Hierarchy]

    init(people count: Int, _ generator: inout SeededGenerator) throws {
      dimensions = [
        try Hierarchy(name: "g", total: "all", categories: ["m", "w", "d"]),
        try Hierarchy(name: "r", total: "all", categories: ["N", "S"]),
        try Hierarchy(name: "s", total: "all", categories: ["yes", "no"]),
      ]
      for id in 0..<count { people.append((UInt64(id), codes(&generator))) }
    }

    private func codes(_ generator: inout SeededGenerator) -> [Int] {
      dimensions.map { dimension in
        generator.chance(40) ? 0 : Int.random(in: 0..<dimension.leaves.count, using: &generator)
      }
    }

    mutating func goOn(_ generator: inout SeededGenerator) {
      let next = (people.map(\.id).max() ?? 0) + 1
      for step in 0..<UInt64.random(in: 0...2, using: &generator) {
        people.append((next + step, codes(&generator)))
      }
      if generator.chance(40), !people.isEmpty {
        people.remove(at: Int.random(in: people.indices, using: &generator))
      }
      if generator.chance(40), !people.isEmpty {
        let place = Int.random(in: people.indices, using: &generator)
        people[place].codes = codes(&generator)
      }
    }

    func table(_ chosen: [Int]) -> MemberTable {
      let shape = TableShape(chosen.map { dimensions[$0] })
      return MemberTable(
        shape: shape,
        members: people.map { person in
          TableMember(
            id: person.id,
            classNumber: chosen.reduce(0) { $0 * dimensions[$1].leaves.count + person.codes[$1] })
        })
    }
  }

  /// Small tables may leave nothing to hide behind.
  private func protection(
    of table: MemberTable, _ rules: CountRules, after released: [ReleasedTable]
  ) throws -> LinkedProtection? {
    do { return try protect(table, topic: "entries", by: rules, after: released) } catch {
      guard case .suppression(.impossible) = error else { throw error }
      return nil
    }
  }

  private static let choices = [[0], [1], [0, 1], [1, 2], [0, 2], [0, 1, 2]]

  @Test(
    "leaves every hidden cell wide and no small change known, as counting shows", arguments: 0..<60)
  func sequences(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var programme = try Programme(
      people: Int.random(in: 6...12, using: &generator), &generator)
    let rules = CountRules(minimum: 3)
    var released: [ReleasedTable] = []
    for _ in 0..<4 {
      let chosen = generator.pick(Self.choices)
      let table = programme.table(chosen)
      programme.goOn(&generator)
      guard let protection = try protection(of: table, rules, after: released) else { continue }
      #expect(protection.findings.allSatisfy { $0.isWideEnough }, "seed \(seed)")
      released.append(
        ReleasedTable(
          people: table, hidden: protection.statuses.map(\.isHidden), rules: rules,
          topic: "entries"))
      let possible = try PossibleWorlds(released)
      guard possible.isComplete else { continue }
      for (number, release) in released.enumerated() {
        for cell in release.hidden.indices where release.hidden[cell] {
          let range = possible.range(table: number, cell: cell)
          let count = release.people.counts[cell]
          #expect(range.upperBound - range.lowerBound >= 2, "seed \(seed)")
          #expect(count >= 3 || range.upperBound >= 3, "seed \(seed)")
        }
      }
      #expect(possible.smallGroupsKnown(below: 3) == 0, "seed \(seed)")
    }
  }

  @Test("prints what was printed and hides what was hidden, by people and not by names")
  func binding() throws {
    let shape = TableShape([try Hierarchy(name: "g", total: "all", categories: ["a", "b", "c"])])
    let other = TableShape([try Hierarchy(name: "h", total: "all", categories: ["x", "y", "z"])])
    func people(_ counts: [Int], _ shape: TableShape) -> MemberTable {
      var id: UInt64 = 0
      var members: [TableMember] = []
      for (number, count) in counts.enumerated() {
        for _ in 0..<count {
          members.append(TableMember(id: id, classNumber: number))
          id += 1
        }
      }
      return MemberTable(shape: shape, members: members)
    }
    let first = try protect(people([2, 9, 7], shape), topic: "t", by: .init(minimum: 3), after: [])
    #expect(first.printed == [18, nil, 9, nil])
    let released = ReleasedTable(
      people: first.people, hidden: first.statuses.map(\.isHidden), rules: .init(minimum: 3),
      topic: "t")
    // The same people under other names, and rules that would print everything.
    let again = try protect(
      people([2, 9, 7], other), topic: "u", by: .init(minimum: 1), after: [released])
    #expect(again.printed == first.printed)
    #expect(again.statuses[3] == .bound)
  }

  @Test("does not let somebody new be the difference between two dates")
  func newcomer() throws {
    let shape = TableShape([try Hierarchy(name: "g", total: "all", categories: ["a", "b"])])
    let before = MemberTable(
      shape: shape, members: (0..<40).map { TableMember(id: $0, classNumber: Int($0 % 2)) })
    let after = MemberTable(
      shape: shape, members: before.members + [TableMember(id: 99, classNumber: 0)])
    let rules = CountRules(minimum: 5)
    let first = try protect(before, topic: "t", by: rules, after: [])
    #expect(first.printed == [40, 20, 20])
    let released = ReleasedTable(
      people: before, hidden: [false, false, false], rules: rules, topic: "t")
    let second = try protect(after, topic: "t", by: rules, after: [released])
    // Cell b holds the same people as before.
    #expect(second.printed == [nil, nil, 20])
  }
}

/// Every population that fits several tables, by counting through them all.
private struct PossibleWorlds {
  private let released: [ReleasedTable]
  /// The ways through the tables that people took, and the tables' cells as sets of them.
  private let ways: [[Int?]]
  private let cells: [[[Int]]]
  private var worlds: [[Int64]] = []
  /// Whether these are all; too many cannot be counted through.
  private(set) var isComplete = true
  private let truth: [Int64]

  init(_ released: [ReleasedTable]) throws {
    self.released = released
    var places: [UInt64: [Int?]] = [:]
    let nowhere = [Int?](repeating: nil, count: released.count)
    for (number, release) in released.enumerated() {
      for member in release.people.members {
        places[member.id, default: nowhere][number] = member.classNumber
      }
    }
    let counts = Dictionary(places.values.map { ($0, Int64(1)) }, uniquingKeysWith: +)
    let ways = counts.keys.sorted { $0.description < $1.description }
    self.ways = ways
    truth = ways.map { counts[$0] ?? 0 }
    cells = released.enumerated().map { number, release in
      (0..<release.people.shape.cellCount).map { cell in
        let classes = Set(release.people.shape.classes(of: cell))
        return ways.indices.filter { ways[$0][number].map(classes.contains) ?? false }
      }
    }
    // Sums from one way on that printed cells leave open.
    var values = [Int64](repeating: 0, count: ways.count)
    try visit(0, &values)
    if isComplete { try #require(worlds.contains(truth)) }
  }

  private mutating func visit(_ place: Int, _ values: inout [Int64]) throws {
    if place == values.count {
      if fits(values, upTo: place, whole: true) { worlds.append(values) }
      return
    }
    // Beyond this an unbounded cell is wide enough anyhow.
    for value in 0...(truth[place] + 4) {
      values[place] = value
      if fits(values, upTo: place + 1, whole: false) { try visit(place + 1, &values) }
      guard worlds.count < 20_000 else {
        isComplete = false
        break
      }
    }
    values[place] = 0
  }

  private func fits(_ values: [Int64], upTo known: Int, whole: Bool) -> Bool {
    for (number, release) in released.enumerated() {
      for (cell, parts) in cells[number].enumerated() {
        let sum = parts.reduce(0) { $0 + ($1 < known ? values[$1] : 0) }
        let isSettled = whole || (parts.last ?? -1) < known
        if release.hidden[cell] {
          if isSettled, sum < 1 { return false }
        } else {
          let printed = parts.reduce(0) { $0 + truth[$1] }
          if sum > printed || isSettled && sum != printed { return false }
        }
      }
    }
    return true
  }

  func range(table: Int, cell: Int) -> ClosedRange<Int64> {
    let sums = worlds.map { world in cells[table][cell].reduce(0) { $0 + world[$1] } }
    return (sums.min() ?? 0)...(sums.max() ?? 0)
  }

  /// How many sets of up to three ways are known exactly, few, and not printed by themselves.
  func smallGroupsKnown(below minimum: Int64) -> Int {
    var sets: [[Int]] = []
    for a in ways.indices {
      sets.append([a])
      for b in ways.indices where b > a {
        sets.append([a, b])
        for c in ways.indices where c > b { sets.append([a, b, c]) }
      }
    }
    return sets.count { set in
      let sums = Set(worlds.map { world in set.reduce(0) { $0 + world[$1] } })
      return sums.count == 1 && (1..<minimum).contains(sums.first ?? 0)
    }
  }
}
