import Foundation
import Testing

@Suite("Files that come in once more")
struct ImportAgainTests {
  private static let list = """
    TN-Nr;Vorname;Nachname;Geburtsdatum;PLZ;Eintritt
    017;Amina;Testperson;03.04.1998;26121;01.03.2026

    """
  private static let again = """
    TN-Nr;Vorname;Nachname;Geburtsdatum;PLZ;Eintritt
    031;Testperson;Amina;03.04.1998;26121;01.03.2026
    032;Ida;Muster;05.06.1991;26122;02.03.2026

    """

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.list, to: "teilnehmende.csv")
    try desk.write(Self.again, to: "teilnehmende2.csv")
    try desk.expect("init")
    try desk.expect("import teilnehmende.csv --mapping office-participants")
    return desk
  }

  @Test("after they were undone say again who may be there twice")
  func resembles() throws {
    let desk = try desk()
    let command = "import teilnehmende2.csv --mapping office-participants"
    let first = try desk.expect(command)
    #expect(first.contains("new 1 · possible duplicate 1      (sum 2)"), "\(first)")
    try desk.expect("import undo I-2026-0002 --reason x --yes")
    let dry = try desk.expect("\(command) --dry-run")
    let second = try desk.expect(command)
    for said in [dry, second] {
      #expect(said.contains("new 1 · possible duplicate 1      (sum 2)"), "\(said)")
      #expect(said.contains("[W-RESEMBLES]"), "\(said)")
    }
  }

  @Test("leave nobody in lists and exports of whom an undone import alone spoke")
  func undone() throws {
    let desk = try desk()
    try desk.expect("import teilnehmende2.csv --mapping office-participants")
    #expect(try desk.expect("participants list -f csv").contains("office:032"))
    try desk.expect("import undo I-2026-0002 --reason x --yes")
    let list = try desk.run("participants list")
    #expect(list.output.contains("office:017") && !list.output.contains("office:03"), "\(list)")
    #expect(list.errors.contains("2 people of whom everything was taken back"), "\(list)")
    let german = try desk.run("participants list --lang de")
    #expect(german.errors.contains("zu denen alles zurückgenommen ist"), "\(german)")
    #expect(try desk.expect("export participants -f csv").split(separator: "\n").count == 2)
    try desk.expect("import teilnehmende2.csv --mapping office-participants")
    #expect(try desk.expect("participants list -f csv").contains("office:032"))
  }

  @Test("as rejected rows say when another mapping reads them than the one that rejected them")
  func rejects() throws {
    let desk = try Desk()
    try desk.write(Self.list.replacing("01.03.2026", with: "31.02.2026"), to: "teilnehmende.csv")
    try desk.expect("init")
    _ = try desk.run("import teilnehmende.csv --mapping office-participants --rejects r.csv")
    #expect(try desk.read("r.csv").contains("_message (office-participants)"))
    let wrong = try desk.run("import r.csv --mapping office-wide --dry-run")
    #expect(wrong.output.contains("[N-REJECTS]"), "\(wrong)")
    let right = try desk.run("import r.csv --mapping office-participants --dry-run")
    #expect(!right.output.contains("N-REJECTS"), "\(right)")
  }
}
