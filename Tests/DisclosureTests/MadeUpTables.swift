import Disclosure
import TestSupport

/// Tables of nobody, the same for the same seed.
enum MadeUpTables {
  /// A small shape: two or three dimensions, one of them sometimes with a level between.
  static func shape(_ generator: inout SeededGenerator) throws -> TableShape {
    let sizes = generator.pick([[2, 3], [3, 3], [2, 2, 2], [3, 2], [2, 4], [4, 2]])
    var dimensions: [Hierarchy] = []
    for (number, size) in sizes.enumerated() {
      let codes = (0..<size).map { "\("abc"[number])\($0)" }
      if size > 2, generator.chance(40) {
        let region = "\("abc"[number])R"
        let links = codes.enumerated().map { place, code in
          Hierarchy.Link(code, in: place < 2 ? region : nil)
        }
        dimensions.append(
          try Hierarchy(
            name: "abc"[number], total: "all", links: [Hierarchy.Link(region)] + links))
      } else {
        dimensions.append(try Hierarchy(name: "abc"[number], total: "all", categories: codes))
      }
    }
    return TableShape(dimensions)
  }

  /// A table of that shape with at most so many people.
  static func table(
    _ shape: TableShape, people: Int, _ generator: inout SeededGenerator
  ) throws -> CountTable {
    var classes = [Int64](repeating: 0, count: shape.classCount)
    for _ in 0..<people {
      let number = Int.random(in: 0..<shape.classCount, using: &generator)
      classes[generator.chance(40) ? number / 2 : number] += 1
    }
    return try CountTable(shape: shape, classes: classes)
  }

  /// A sparse programme: 3 × 5 × 11 networks in 4 regions, 384 cells with margins.
  static func programme(people: Int, seed: UInt64) throws -> CountTable {
    var generator = SeededGenerator(seed: seed)
    let regions = ["North", "East", "South", "West"]
    let networks = (1...11).map { Hierarchy.Link("N\($0)", in: regions[($0 - 1) * 4 / 11]) }
    let shape = TableShape([
      try Hierarchy(name: "gender", total: "all", categories: ["m", "w", "d"]),
      try Hierarchy(
        name: "status", total: "all", categories: ["work", "training", "school", "search", "other"]),
      try Hierarchy(
        name: "network", total: "all", links: regions.map { Hierarchy.Link($0) } + networks),
    ])
    var classes = [Int64](repeating: 0, count: shape.classCount)
    let genders = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2]
    let statuses = [0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 4]
    let networkOf = [0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 4, 5, 5, 6, 7, 7, 7, 7, 8, 9, 9, 10]
    for _ in 0..<people {
      let place =
        (generator.pick(genders) * 5 + generator.pick(statuses)) * 11 + generator.pick(networkOf)
      classes[place] += 1
    }
    return try CountTable(shape: shape, classes: classes)
  }
}

extension String {
  fileprivate subscript(place: Int) -> String { String(Array(self)[place]) }
}

/// Every population of whole numbers that fits a published table, by counting through them all.
struct Enumeration {
  let published: PublishedTable
  private let classes: [[Int]]

  init(_ published: PublishedTable) {
    self.published = published
    classes = (0..<published.shape.cellCount).map { published.shape.classes(of: $0) }
  }

  /// Calls the body with the cells of each population; the total must be printed.
  func forEach(_ body: ([Int64]) -> Void) {
    let total = published.cells[0] ?? 0
    var values = [Int64](repeating: 0, count: published.shape.classCount)
    func visit(_ place: Int, _ left: Int64) {
      if place == values.count - 1 {
        values[place] = left
        let cells = classes.map { $0.reduce(0) { $0 + values[$1] } }
        let floor: Int64 = published.zerosArePrinted ? 1 : 0
        let fits = zip(cells, published.cells).allSatisfy { cell, printed in
          printed.map { $0 == cell } ?? (cell >= floor)
        }
        if fits { body(cells) }
        return
      }
      for value in 0...left {
        values[place] = value
        visit(place + 1, left - value)
      }
      values[place] = 0
    }
    visit(0, total)
  }

  /// The smallest and the largest value of each sum of cells.
  func intervals(of sums: [[Int]]) -> [ClosedRange<Int64>?] {
    var found = [ClosedRange<Int64>?](repeating: nil, count: sums.count)
    forEach { values in
      for (place, cells) in sums.enumerated() {
        let value = cells.reduce(0) { $0 + values[$1] }
        guard let old = found[place] else {
          found[place] = value...value
          continue
        }
        if !old.contains(value) {
          found[place] = min(old.lowerBound, value)...max(old.upperBound, value)
        }
      }
    }
    return found
  }
}
