import Disclosure
import LinearPrograms
import Releases

/// What an attack found out; all but the first two must be 0.
struct Loot {
  var cells = 0
  var hidden = 0
  /// Hidden cells known exactly.
  var exact = 0
  /// Hidden cells known more exactly than the profile allows.
  var narrow = 0
  /// Groups of 1 to n − 1 people that nobody printed and that can be computed.
  var groups = 0
  /// Printed numbers that are not true, or hidden cells of nobody.
  var unsound = 0

  static func + (one: Loot, two: Loot) -> Loot {
    Loot(
      cells: one.cells + two.cells, hidden: one.hidden + two.hidden, exact: one.exact + two.exact,
      narrow: one.narrow + two.narrow, groups: one.groups + two.groups,
      unsound: one.unsound + two.unsound)
  }

  var isHarmless: Bool { exact == 0 && narrow == 0 && groups == 0 && unsound == 0 }
}

/// Somebody who has every released file, and knows which ways through the tables nobody took.
///
/// Written apart from what it attacks: it reads the files as they were handed out, sets up a program
/// of its own, and asks of every hidden cell and every class of people for the least and the most.
struct Adversary {
  private let releases: [(shape: TableShape, printed: [Int64?], members: [TableMember])]
  private let minimum: Int64

  /// Takes the files; who is in which class serves only to set up the unknowns and to check.
  ///
  /// Whoever counts once in a table of participations is taken for the same one in a table of people.
  init(_ tables: [Release.Table], minimum: Int64) {
    self.minimum = minimum
    releases = tables.map { table in
      let lines = String(decoding: table.file, as: UTF8.self).split(separator: "\n").dropFirst()
      let printed = lines.map { line in
        line.split(separator: ",").last.flatMap { Int64($0) }
      }
      return (table.people.shape, printed, table.people.members)
    }
  }

  /// Attacks everything.
  func attack() throws(LinearProgramError) -> Loot {
    var loot = Loot()
    var ways: [UInt64: [Int]] = [:]
    for (number, release) in releases.enumerated() {
      for member in release.members {
        ways[member.id >> 32, default: Array(repeating: -1, count: releases.count)][number] =
          member.classNumber
      }
    }
    let counts = Dictionary(ways.values.map { ($0, Int64(1)) }, uniquingKeysWith: +)
    let classes = counts.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let truth = classes.map { counts[$0] ?? 0 }
    var program = LinearProgram()
    for _ in classes { program.addColumn(.init(0, Double(2 * ways.count + 1000))) }
    var hidden: [[Int]] = []
    var printed: [[Int]: Int64] = [:]
    for (number, release) in releases.enumerated() {
      loot.cells += release.shape.cellCount
      if release.printed.count != release.shape.cellCount { loot.unsound += 1 }
      for (cell, value) in release.printed.enumerated() {
        let within = Set(release.shape.classes(of: cell))
        let columns = classes.indices.filter { within.contains(classes[$0][number]) }
        let count = columns.reduce(0) { $0 + truth[$1] }
        if let value {
          if value != count { loot.unsound += 1 }
          guard !columns.isEmpty, printed[columns] == nil else { continue }
          printed[columns] = value
          program.addRow(columns.map { .init($0) }, .exactly(Double(value)))
        } else {
          loot.hidden += 1
          if columns.isEmpty { loot.unsound += 1 }
          hidden.append(columns)
          program.addRow(columns.map { .init($0) }, .atLeast(1))
        }
      }
    }
    try attackCells(Set(hidden).sorted { $0.count < $1.count }, truth, program, &loot)
    loot.groups += try smallClasses(truth, Set(printed.keys), program)
    loot.groups += smallDifferences(printed, truth)
    return loot
  }

  private func attackCells(
    _ hidden: [[Int]], _ truth: [Int64], _ program: LinearProgram, _ loot: inout Loot
  ) throws(LinearProgramError) {
    var solver = SimplexSolver(program)
    for columns in hidden {
      let value = columns.reduce(0) { $0 + truth[$1] }
      let objective = columns.map { LinearProgram.Term($0) }
      var lower = (try solver.optimum(.least, of: objective).value - 1e-6).rounded(.up)
      var upper = (try solver.optimum(.greatest, of: objective).value + 1e-6).rounded(.down)
      if upper - lower < Double(2 * minimum) {
        // Whole people know more than halves.
        if let whole = try program.wholeOptimum(.least, of: objective), whole.isProven {
          lower = Double(columns.reduce(0) { $0 + whole.columns[$1] })
        }
        if let whole = try program.wholeOptimum(.greatest, of: objective), whole.isProven {
          upper = Double(columns.reduce(0) { $0 + whole.columns[$1] })
        }
      }
      if lower == upper { loot.exact += 1 }
      let isNarrow = upper - lower < Double(minimum - 1)
      if isNarrow || value < minimum && upper < Double(minimum) { loot.narrow += 1 }
    }
  }

  /// Classes of few people whose number is known although nobody printed it.
  private func smallClasses(
    _ truth: [Int64], _ printed: Set<[Int]>, _ program: LinearProgram
  ) throws(LinearProgramError) -> Int {
    var solver = SimplexSolver(program)
    var found = 0
    for column in truth.indices where truth[column] < minimum && !printed.contains([column]) {
      let least = try solver.optimum(.least, of: [.init(column)]).value
      guard abs(least - Double(truth[column])) < 1e-6 else { continue }
      let most = try solver.optimum(.greatest, of: [.init(column)]).value
      if most - least < 1e-6 { found += 1 }
    }
    return found
  }

  /// Printed cells of which one holds the other and few people more.
  private func smallDifferences(_ printed: [[Int]: Int64], _ truth: [Int64]) -> Int {
    let cells = printed.keys.sorted { ($0.count, $0.description) < ($1.count, $1.description) }
    let sets = cells.map(Set.init)
    var found = 0
    for (small, inner) in sets.enumerated() {
      for outer in sets[(small + 1)...] where inner.count < outer.count {
        let more = outer.subtracting(inner)
        guard more.count + inner.count == outer.count, printed[more.sorted()] == nil else {
          continue
        }
        if (1..<minimum).contains(more.reduce(0) { $0 + truth[$1] }) { found += 1 }
      }
    }
    return found
  }
}
