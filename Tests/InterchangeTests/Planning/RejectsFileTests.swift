import Files
import Interchange
import Journey
import Testing

private let shape = """
  [[file]]
  match = "*.csv"
  shape = "participant"
  id = { column = "Nr" }
  [[file.event]]
  type = "ParticipationEntered"
  on = { column = "Eintritt" }

  """

@Suite("A file of rejected rows")
struct RejectsFileTests {
  /// What is written of the rows of some bytes that are rejected; nil where none is.
  private func rejected(_ bytes: [UInt8], language: Language = .german) throws -> [UInt8]? {
    let file = try TemporaryFile(bytes)
    let target = try TemporaryFile([])
    defer { withExtendedLifetime((file, target)) {} }
    let path = "\(target.path).rejected"
    let rejects = RejectsFile(path, language: language)
    let mapping = try Mapping.parse(mappingHead + shape, file: "m.toml").files[0]
    var planner = try FilePlanner(file.path, as: mapping, people: PersonTable(), admits: true)
    planner.collectsRejects = true
    while try planner.next() != nil { try rejects.add(planner.takeRejects(), of: planner) }
    try rejects.add(planner.takeRejects(), of: planner)
    try rejects.finish()
    guard Folder.exists(path) else { return nil }
    defer { try? Folder.remove(path) }
    return try Folder.contents(of: path)
  }

  private func text(_ bytes: [UInt8]?) -> String { String(decoding: bytes ?? [], as: UTF8.self) }

  @Test("keeps titles, header and rows byte for byte, and says why")
  func layout() throws {
    let file =
      "Liste\r\nNr;Eintritt;\"Be;merkung\"\r\n1;01.03.2026;gut\r\n 2 ;31.02.2026;\"a \"\"b\"\"\"\r\n3;x\r\n"
    #expect(
      text(try rejected(Array(file.utf8)))
        == "\u{FEFF}Liste\r\nNr;Eintritt;\"Be;merkung\";_zeile;_code;_meldung\r\n"
        + " 2 ;31.02.2026;\"a \"\"b\"\"\";4;E-DATE;„31.02.2026“ in Spalte „Eintritt“ gibt es nicht.\r\n"
        + "3;x;5;E-COLUMNS;Die Zeile hat 2 Felder, erwartet 3.\r\n")
    #expect(try rejected(Array("Nr;Eintritt\n1;01.03.2026\n".utf8)) == nil)
  }

  @Test("stays in Windows-1252 when the file was, reasons too")
  func windows1252() throws {
    let file = Array("Nr;Eintritt;Ort\n1;x;K".utf8) + [0xF6] + Array("ln\n".utf8)
    let bytes = try #require(try rejected(file))
    #expect(
      !bytes.starts(with: [0xEF, 0xBB, 0xBF]) && bytes.contains(0xF6) && bytes.contains(0x84))
  }

  @Test("that is read again and has errors still replaces the reasons of the first time")
  func again() throws {
    let first = try #require(try rejected(Array("Nr;Eintritt\n1;x\n2;y\n".utf8)))
    let mended = text(first).replacing("1;x", with: "1;01.03.2026").replacing("2;y", with: "2;z")
    let second = text(try rejected(Array(mended.utf8), language: .english))
    #expect(
      second == "\u{FEFF}Nr;Eintritt;_zeile;_code;_meldung\n"
        + "2;z;3;E-DATE;“z” in column “Eintritt” is not a date.\n")
  }

  @Test("names every fault of a row once, also one found only at its end")
  func several() throws {
    let file = "Nr;Eintritt\n1;01.03.2026\n1;02.03.2026\n;03.03.2026\n5;04.03.2026\n"
    let lines = text(try rejected(Array(file.utf8), language: .english)).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[1].hasPrefix("1;02.03.2026;3;E-CONTRADICTION;"))
    #expect(lines[2].hasPrefix(";03.03.2026;4;E-ID;"))
  }
}
