import Disclosure
import Testing

@Suite("A table with margins")
struct TableTests {
  private let regions: [Hierarchy.Link] = [
    .init("N2", in: "North"), .init("North"), .init("South"), .init("N1", in: "North"),
    .init("S1", in: "South"),
  ]

  private func shape() throws -> TableShape {
    TableShape([
      try Hierarchy(name: "gender", total: "all", categories: ["m", "w"]),
      try Hierarchy(name: "network", total: "all", links: regions),
    ])
  }

  @Test("numbers categories from the total down")
  func hierarchy() throws {
    let hierarchy = try Hierarchy(name: "network", total: "all", links: regions)
    #expect(hierarchy.codes == ["all", "North", "N2", "N1", "South", "S1"])
    #expect(hierarchy.parents == [nil, 0, 1, 1, 0, 4])
    #expect(hierarchy.leaves == [2, 3, 5])
    #expect(hierarchy.leavesBelow == [0..<3, 0..<2, 0..<1, 1..<2, 2..<3, 2..<3])
  }

  @Test("refuses hierarchies that are none")
  func badHierarchies() {
    func refusal(_ links: [Hierarchy.Link]) -> HierarchyError? {
      do {
        _ = try Hierarchy(name: "x", total: "all", links: links)
        return nil
      } catch { return error }
    }
    #expect(refusal([]) == .empty(dimension: "x"))
    #expect(refusal([.init("a"), .init("a")]) == .repeatedCode("a", dimension: "x"))
    #expect(refusal([.init("all")]) == .repeatedCode("all", dimension: "x"))
    #expect(refusal([.init("a", in: "b")]) == .missingParent("b", of: "a", dimension: "x"))
    let circle: [Hierarchy.Link] = [
      .init("z"), .init("a", in: "b"), .init("b", in: "c"), .init("c", in: "b"),
    ]
    #expect(refusal(circle) == .cycle(["b", "c", "b"], dimension: "x"))
    #expect(refusal(circle)?.description == "x: these belong to one another: b → c → b")
  }

  @Test("adds people up along every dimension")
  func people() throws {
    let shape = try shape()
    let table = try CountTable(
      shape: shape, people: [["m", "N1"], ["w", "N1"], ["w", "S1"], ["w", "N2"]])
    #expect(shape.cellCount == 18 && shape.classCount == 6)
    func count(_ codes: String...) -> Int64 {
      let numbers = zip(shape.dimensions, codes).map { $0.number(of: $1) ?? -1 }
      return table.counts[shape.cell(numbers)]
    }
    #expect(count("all", "all") == 4 && count("w", "North") == 2 && count("m", "South") == 0)
    #expect(try CountTable(shape: shape, counts: table.counts) == table)
    #expect(throws: TableError.unknownCategory("North", dimension: "network", row: 2)) {
      try CountTable(shape: shape, people: [["m", "N1"], ["w", "North"]])
    }
  }

  @Test("says which margins do not add up and by how much")
  func gaps() throws {
    let shape = TableShape([try Hierarchy(name: "g", total: "all", categories: ["m", "w"])])
    let error = #expect(throws: TableError.self) {
      try CountTable(shape: shape, counts: [12, 7, 3])
    }
    #expect(error?.description == "g=all is 12, its parts by g add up to 10 (+2)")
    #expect(throws: TableError.negative(cell: "g=w", value: -3)) {
      try CountTable(shape: shape, counts: [4, 7, -3])
    }
  }
}
