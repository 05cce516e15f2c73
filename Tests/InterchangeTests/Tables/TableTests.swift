import Foundation
import Interchange
import Journey
import Testing

@Suite("A table")
struct TableTests {
  private let variables: [TableVariable] = [
    .init(
      "name", .text, .init(en: "name", de: "Name"), note: .init(en: "made | up", de: "erfunden")),
    .init("hours", .decimal, .init(en: "hours", de: "Stunden"), unit: "h"),
    .init("on", .day, .init(en: "day", de: "Tag")),
    .init("yes", .yesNo, .init(en: "yes", de: "ja")),
    .init("at", .instant, .init(en: "moment", de: "Zeitpunkt")),
    .init("no", .whole, .init(en: "number", de: "Nummer")),
    .init(
      "kind", .code, .init(en: "kind", de: "Art"),
      codes: [.init("SVP", .init(en: "job", de: "Arbeit"))]),
  ]

  private var rows: [[TableValue]] {
    [
      [
        .text("=cmd|' /C calc'!A0"), .decimal(1234.5), .day(Day(number: 20_000)), .yesNo(true),
        .instant(1_764_500_000_123_456), .whole(-3), .text("SVP"),
      ],
      [.text("Ä;\"x\"\n"), .decimal(40), .missing, .yesNo(false), .missing, .missing, .missing],
    ]
  }

  private func written(_ writer: some TableWriter) -> String {
    var writer = writer
    for row in rows { writer.append(row) }
    writer.end()
    return String(decoding: writer.take(), as: UTF8.self)
  }

  @Test("is byte for byte what machines and German spreadsheets expect")
  func csv() {
    #expect(
      written(CSVTable(variables, .csv))
        == "name,hours,on,yes,at,no,kind\n"
        + "=cmd|' /C calc'!A0,1234.5,2024-10-04,true,2025-11-30T10:53:20.123456Z,-3,SVP\n"
        + "\"Ä;\"\"x\"\"\n\",40,,false,,,\n")
    // Only a file for Excel gets an apostrophe, and only where words would be run as a formula.
    #expect(
      written(CSVTable(variables, .germanCSV))
        == "\u{FEFF}name;hours;on;yes;at;no;kind\r\n"
        + "'=cmd|' /C calc'!A0;1234,5;04.10.2024;ja;30.11.2025 10:53:20;-3;SVP\r\n"
        + "\"Ä;\"\"x\"\"\n\";40;;nein;;;\r\n")
  }

  @Test("has every key in every object of JSON, and null where nothing is stated")
  func json() throws {
    let lines = written(JSONTable(variables, .lines)).split(separator: "\n")
    #expect(lines.count == 2)
    let second = try #require(
      JSONSerialization.jsonObject(with: Data(lines[1].utf8)) as? [String: Any])
    #expect(second.count == 7 && second["on"] is NSNull && second["name"] as? String == "Ä;\"x\"\n")
    let document = try #require(
      JSONSerialization.jsonObject(
        with: Data(written(JSONTable(variables, .document(table: "t"))).utf8)) as? [String: Any])
    #expect(
      document["schema"] as? String == "wegmarke.table" && document["table"] as? String == "t")
    let first = try #require((document["rows"] as? [[String: Any]])?.first)
    #expect(first["hours"] as? Double == 1234.5 && first["on"] as? String == "2024-10-04")
    #expect(first["at"] as? String == "2025-11-30T10:53:20.123456Z")
    var empty = JSONTable(variables, .document(table: "t"))
    empty.end()
    let none = try JSONSerialization.jsonObject(with: Data(empty.take())) as? [String: Any]
    #expect((none?["rows"] as? [Any])?.isEmpty == true)
  }

  @Test("is described for machines and for people, in both languages")
  func codebook() throws {
    let book = Codebook(
      name: "t", title: .init(en: "Table", de: "Tabelle"), label: .init(verbatim: "t"),
      notes: [.init(en: "Note.", de: "Hinweis.")],
      facts: [.init("size", .init(en: "records", de: "Einträge"), .init(verbatim: "17"))],
      variables: variables)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(book.dataPackage(file: "t.csv", .deCSV).utf8))
        as? [String: Any])
    let resource = try #require((object["resources"] as? [[String: Any]])?.first)
    #expect(resource["path"] as? String == "t.csv")
    #expect((resource["dialect"] as? [String: Any])?["delimiter"] as? String == ";")
    let schema = try #require(resource["schema"] as? [String: Any])
    let fields = try #require(schema["fields"] as? [[String: Any]])
    #expect(
      fields.map { $0["type"] as? String }
        == ["string", "number", "date", "boolean", "datetime", "integer", "string"])
    #expect(
      fields[1]["decimalChar"] as? String == "," && fields[2]["format"] as? String == "%d.%m.%Y")
    #expect((fields[6]["constraints"] as? [String: Any])?["enum"] as? [String] == ["SVP"])
    #expect(book.dataPackage(file: "t.parquet", .parquet).contains("parquet"))
    let page = book.markdown
    for words in [
      "# Tabelle", "# Table", "- Einträge: 17", "| `hours` | Stunden (h) | Zahl |",
      "| `name` | name. made \\| up | text |", "| `SVP` | Arbeit |", "| `SVP` | job |",
    ] { #expect(page.contains(words), "\(words)") }
  }
}
