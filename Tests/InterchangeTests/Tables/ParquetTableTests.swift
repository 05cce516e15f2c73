import Interchange
import Journey
import TestSupport
import Testing

@Suite("A Parquet table")
struct ParquetTableTests {
  static let variables: [TableVariable] = [
    .init("name", .text, .init(en: "name", de: "Name")),
    .init("kind", .code, .init(en: "kind", de: "Art")),
    .init("count", .whole, .init(en: "count", de: "Anzahl")),
    .init("hours", .decimal, .init(en: "hours", de: "Stunden")),
    .init("on", .day, .init(en: "day", de: "Tag")),
    .init("yes", .yesNo, .init(en: "yes", de: "ja")),
    .init("at", .instant, .init(en: "moment", de: "Zeitpunkt")),
  ]

  static func randomRow(_ random: inout SeededGenerator) -> [TableValue] {
    func maybe(_ value: TableValue) -> TableValue { random.chance(20) ? .missing : value }
    return [
      maybe(.text(random.pick(["", "名前", "Müßig", "a,b\"c", "=1+1"]) + "\(random.next() % 50)")),
      maybe(.text(random.pick(["SVP", "DUAL", "SELF"]))),
      maybe(.whole(Int64(bitPattern: random.next()) >> Int64.random(in: 0..<63, using: &random))),
      maybe(.decimal(random.pick([0, -0.5, 38.5, 1e300, .infinity, 1.0 / 3]))),
      maybe(.day(Day(number: Int32.random(in: -62_091...84_005, using: &random)))),
      maybe(.yesNo(random.chance(50))),
      maybe(
        .instant(Int64.random(in: -1_000_000_000_000_000...2_000_000_000_000_000, using: &random))),
    ]
  }

  private func write(_ rows: [[TableValue]], groupSize: Int = 100) -> [UInt8] {
    var table = ParquetTable(
      Self.variables, metadata: [("wegmarke.codebook", "{\"a\":1}")], creator: "test",
      groupSize: groupSize)
    var bytes: [UInt8] = []
    for (number, row) in rows.enumerated() {
      table.append(row)
      if number.isMultiple(of: 37) { bytes += table.take() }
    }
    table.end()
    return bytes + table.take()
  }

  @Test("reads back as it was written, nulls, dictionaries and row groups", arguments: 0..<12)
  func roundTrip(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rows = (0..<[0, 1, 7, 8, 99, 100, 101, 250, 777, 64, 200, 333][Int(seed)]).map { _ in
      Self.randomRow(&random)
    }
    let file = write(rows)
    #expect(
      Array(file.prefix(4)) == Array("PAR1".utf8) && Array(file.suffix(4)) == Array("PAR1".utf8))
    let footer = ParquetReading.footer(of: file)
    #expect(footer[3]?.number == rows.count, "seed \(seed)")
    let groups = footer[4]?.list ?? []
    #expect(groups.count == (rows.count + 99) / 100)
    for (place, variable) in Self.variables.enumerated() {
      let read = groups.flatMap { ParquetReading.column(file, $0[1]!.list[place], variable) }
      #expect(read == rows.map { $0[place] }, "seed \(seed), \(variable.name)")
    }
  }

  @Test("states least, greatest and how many are empty, so that readers can skip groups")
  func statistics() throws {
    let rows: [[TableValue]] = [
      [
        .text("b"), .text("SVP"), .whole(-3), .decimal(2.5), .day(Day(number: 10)), .yesNo(true),
        .instant(5),
      ],
      [
        .text("a"), .missing, .whole(7), .decimal(0), .day(Day(number: -4)), .yesNo(false),
        .missing,
      ],
    ]
    let file = write(rows)
    let chunks = ParquetReading.footer(of: file)[4]!.list[0][1]!.list
    let found = chunks.map { $0[3]![12]! }
    #expect(found.map { $0[3]?.number } == [0, 1, 0, 0, 0, 0, 1])
    #expect(found[0][6]?.text == "a" && found[0][5]?.text == "b")
    #expect(found[2][6]?.bytes == [0xFD] + [UInt8](repeating: 0xFF, count: 7))
    #expect(found[2][5]?.bytes == [7] + [UInt8](repeating: 0, count: 7))
    #expect(found[3][6]?.bytes?.last == 0x80, "a zero that is least is written as minus zero")
    #expect(found[4][5]?.bytes == [10, 0, 0, 0])
    #expect(found[5][6]?.bytes == [0] && found[5][5]?.bytes == [1])
  }

  @Test("names types that readers know, and carries texts in its footer")
  func schema() throws {
    let footer = ParquetReading.footer(of: write([]))
    let elements = footer[2]!.list
    #expect(elements[0][5]?.number == 7 && elements.count == 8)
    #expect(elements.dropFirst().map { $0[4]?.text } == Self.variables.map(\.name))
    #expect(elements.dropFirst().map { $0[1]?.number } == [6, 6, 2, 5, 1, 0, 2])
    #expect(
      elements.dropFirst().map { $0[3]?.number } == [1, 1, 1, 1, 1, 1, 1], "all may be empty")
    #expect(elements[1][10]?[1] != nil && elements[5][10]?[6] != nil)
    #expect(elements[7][10]?[8]?[1] == .boolean(true) && elements[7][10]?[8]?[2]?[2] != nil)
    let entry = footer[5]!.list[0]
    #expect(entry[1]?.text == "wegmarke.codebook" && entry[2]?.text == "{\"a\":1}")
    #expect(footer[6]?.text == "test" && footer[7]?.list.count == 7)
  }
}
