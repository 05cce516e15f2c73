import Interchange
import Journey
import Testing

@testable import LabelledFiles

/// What other programs make of such files is tested where they are: `LabelledReadersTests`, `make crosscheck`.
@Suite(
  "A file of SPSS or Stata",
  .enabled(if: LabelledTable.isInstalled, "libreadstat1 is not installed"))
struct LabelledTableTests {
  private static let variables = [
    TableVariable("person", .text, .init(en: "person", de: "Person")),
    TableVariable(
      "to", .code, .init(en: "where to", de: "wohin"),
      codes: [
        .init("SVP", .init(en: "job", de: "Arbeit")), .init("ARB", .init(en: "none", de: "keine")),
      ]),
    TableVariable("day", .day, .init(en: "day", de: "Tag")),
    TableVariable("kept", .yesNo, .init(en: "kept", de: "behalten")),
  ]

  private static let book = Codebook(
    name: "t", title: .init(verbatim: "T"),
    label: .init(
      en: "SIMULATED: t, as known on 2026-10-31", de: "SIMULIERT: t, Datenstand 2026-10-31"),
    notes: [.init(en: "Nobody here exists.", de: "Niemand hier ist echt.")], facts: [],
    variables: variables)

  private static let rows: [[TableValue]] = [
    [.text("P-1"), .text("ARB"), .day(Day(number: 0)), .yesNo(true)],
    [.text("Prüfung"), .missing, .missing, .missing],
  ]

  private func bytes(_ form: Codebook.Form, _ rows: [[TableValue]] = rows) throws -> [UInt8] {
    var measure = TableMeasure(Self.variables)
    for row in rows { measure.append(row) }
    let table = try LabelledTable(Self.book, form, measure, .german, at: 0)
    for row in rows { table.append(row) }
    table.end()
    try table.finish()
    return table.take()
  }

  private func contains(_ text: String, _ bytes: [UInt8]) -> Bool {
    let wanted = Array(text.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: wanted) }
  }

  @Test("of SPSS says how many rows and columns it has, what it is, and keeps codes as texts")
  func spss() throws {
    let file = try bytes(.sav)
    #expect(file.starts(with: Array("$FL2".utf8)))
    // PSPP's description of system files: the count of cases at byte 80, the label from 109 on.
    #expect(file[80..<84].elementsEqual([2, 0, 0, 0]))
    let label = String(decoding: file[109..<173], as: UTF8.self)
    #expect(label.hasPrefix("SIMULIERT: t, Datenstand 2026-10-31"), "\(label)")
    for text in ["wohin", "SVP", "keine", "Niemand hier ist echt.", "behalten", "nein", "to_"] {
      #expect(contains(text, file), "\(text)")
    }
  }

  @Test("of Stata is of version 118 and labels the numbers that stand for codes")
  func stata() throws {
    let file = try bytes(.dta)
    #expect(file.starts(with: Array("<stata_dta><header><release>118</release>".utf8)))
    let count: [UInt8] =
      Array("<K>".utf8) + [4, 0] + Array("</K><N>".utf8) + [2, 0, 0, 0, 0, 0, 0, 0]
    #expect(file.indices.contains { file[$0...].starts(with: count) })
    for text in ["SIMULIERT: t, Datenstand", "SVP: Arbeit", "ARB: keine", "%td", "Prüfung"] {
      #expect(contains(text, file), "\(text)")
    }
    // The same rows make the same bytes.
    #expect(try bytes(.dta) == file)
  }

  @Test("is refused as a whole: rows that were not measured, texts that it cannot hold")
  func refusals() throws {
    var measure = TableMeasure(Self.variables)
    measure.append(Self.rows[0])
    let table = try LabelledTable(Self.book, .sav, measure, .english)
    table.append(Self.rows[0])
    table.append(Self.rows[0])
    table.end()
    #expect(throws: LabelledFileError.self) { try table.finish() }
    var long = Self.rows
    long[0][0] = .text(String(repeating: "x", count: 2_046))
    #expect(throws: LabelledFileError.self) { try bytes(.dta, long) }
    #expect(throws: Never.self) { try bytes(.sav, long) }
    long[0][1] = .text("NEW")
    #expect(
      contains("NEW", try bytes(.dta, [long[0].indices.map { $0 == 0 ? .text("a") : long[0][$0] }]))
    )
  }

  @Test("has names that both programs take, each once")
  func names() {
    let names = ["to", "2nd", "_x", "in"].map { TableVariable($0, .whole, .init(verbatim: $0)) }
    let long = ["a", "b"].map {
      TableVariable(String(repeating: "n", count: 40) + $0, .whole, .init(verbatim: $0))
    }
    let book = Codebook(
      name: "t", title: .init(verbatim: "T"), label: .init(verbatim: "T"), notes: [], facts: [],
      variables: names + long)
    let stata = book.names(in: .dta)
    #expect(stata.prefix(4).elementsEqual(["to_", "v2nd", "v_x", "in_"]), "\(stata)")
    #expect(Set(stata).count == 6 && stata.allSatisfy { $0.count <= 32 }, "\(stata)")
    #expect(book.names(in: .csv) == book.variables.map(\.name))
    #expect(book.names(in: .sav)[4] == long[0].name)
  }

  @Test("has notes of short lines")
  func notes() {
    let words = String(repeating: "Größe ", count: 40) + String(repeating: "ü", count: 100)
    let lines = LabelledTable.lines(of: words, bytes: 80)
    #expect(lines.allSatisfy { $0.utf8.count <= 80 })
    #expect(lines.joined().filter { $0 != " " } == words.filter { $0 != " " })
  }
}
