import Disclosure
import Testing

@testable import Releases

@Suite("Counted people")
struct CoarseningTests {
  private func people(_ rows: [[String]]) -> CountedPeople {
    CountedPeople(
      dimensions: [
        .init(name: "gender", links: [.init("m"), .init("w")], mayCoarsen: true),
        .init(
          name: "network",
          links: [
            .init("North"), .init("South"), .init("N1", in: "North"), .init("S1", in: "South"),
          ],
          mayCoarsen: true),
        .init(name: "outcome", links: [.init("yes"), .init("no")], mayCoarsen: false),
      ],
      people: rows.enumerated().map { .init(id: UInt64($0) << 32, codes: $1) })
  }

  @Test("become coarser in a fixed order: one level at a time, the last dimension first")
  func order() throws {
    let details = try people([]).details().map(\.levels)
    #expect(
      details == [
        [1, 2, 1], [1, 1, 1], [0, 2, 1], [1, 0, 1], [0, 1, 1], [0, 0, 1],
      ])
  }

  @Test("are counted at the level of the code above")
  func cut() throws {
    let people = people([["m", "N1", "yes"], ["w", "S1", "no"], ["w", "S1", "yes"]])
    let fine = try people.table()
    #expect(fine.shape.dimensions.map(\.codes.count) == [3, 5, 3])
    let coarse = try people.table(CountedPeople.Detail(levels: [0, 1, 1]))
    #expect(coarse.shape.dimensions.map(\.name) == ["network", "outcome"])
    #expect(coarse.shape.dimensions[0].codes == ["total", "North", "South"])
    #expect(coarse.counts == [3, 2, 1, 1, 1, 0, 2, 1, 1])
  }

  @Test("are refused with a code that the hierarchy does not have")
  func unknownCode() {
    #expect(throws: TableError.unknownCategory("N2", dimension: "network", row: 1)) {
      try people([["m", "N2", "yes"]]).table()
    }
  }
}

@Suite("The members of a table, as the log keeps them")
struct MemberCodecTests {
  @Test("come back as they were")
  func roundTrip() {
    let members = [0, 3, 1 << 32, 1 << 32 | 700, UInt64.max].enumerated().map {
      TableMember(counted: $1, classNumber: $0 * 100)
    }
    #expect(MemberCodec.decode(MemberCodec.encode(members), classCount: 401) == members)
    #expect(MemberCodec.decode("", classCount: 1) == [])
  }

  @Test("are refused where the text is none of them")
  func damage() {
    let members = [TableMember(counted: 7, classNumber: 2)]
    let text = MemberCodec.encode(members)
    #expect(MemberCodec.decode(text, classCount: 2) == nil)
    #expect(MemberCodec.decode("no base64", classCount: 9) == nil)
    #expect(MemberCodec.decode("gICAgICAgICAgIA=", classCount: 9) == nil)
  }
}
