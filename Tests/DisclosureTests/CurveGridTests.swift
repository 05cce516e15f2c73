import Disclosure
import Testing

@Suite("Grids of curves")
struct CurveGridTests {
  @Test("put finer steps into coarser ones, and what lies beyond into a step without end")
  func links() throws {
    let grid = try #require(CurveGrid([[12, 24], [6, 12, 24], [3, 6, 12, 24]]))
    let links = grid.links.map { "\($0.code)<\($0.parent ?? "")" }
    #expect(links == ["0-12<", "12-24<", "0-6<0-12", "6-12<0-12", "0-3<0-6", "3-6<0-6", "24+<"])
    let hierarchy = try Hierarchy(name: "until", total: "total", links: grid.links)
    let times = [0, 1, 3, 4, 6, 7, 12, 13, 24, 25, 900]
    let codes = times.map { grid.code(of: $0) }
    #expect(
      codes == [
        "0-3", "0-3", "0-3", "3-6", "3-6", "6-12", "6-12", "12-24", "12-24", "24+", "24+",
      ])
    for code in codes {
      let number = try #require(hierarchy.number(of: code))
      #expect(hierarchy.children[number].isEmpty)
      #expect(CurveGrid.Step(code: code)?.code == code)
    }
  }

  @Test(
    "are none where times do not ascend, do not lie within one another, or end apart",
    arguments: [
      [], [[]], [[6, 3]], [[0, 3]], [[3, 3]], [[6, 12], [3, 12]], [[12], [3, 6]],
    ] as [[[Int]]])
  func unfit(levels: [[Int]]) {
    #expect(CurveGrid(levels) == nil)
  }
}
