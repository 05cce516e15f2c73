import Foundation
import Testing

@Suite("wegmarke due")
struct DueCommandTests {
  /// The small office, where a left at the end of 2024 and b's permit runs out.
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("record ParticipationExited t:a --on 2024-12-31 --set exit-reason=GOAL_WORK")
    try desk.expect(
      "record ResidenceStatusChanged t:b --on 2024-03-01 --set residence=AE_24"
        + " --set valid-until=2025-03-04")
    try desk.expect("record AdvisorAssigned t:b --on 2024-03-01 --set advisor=B-014")
    return desk
  }

  /// The lines of a CSV as `participant task due standing tries`.
  private func rows(_ csv: String) -> [String] {
    csv.split(whereSeparator: \.isNewline).dropFirst().map { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      return [cells[1], cells[2], cells[3], cells[4], cells[7]].joined(separator: " ")
    }
  }

  @Test("lists what is due on a day, the oldest first, with the counts in front")
  func list() throws {
    let desk = try desk()
    let csv = try desk.expect("due --on 2025-02-01 -f csv")
    // b and c were never spoken to since they came; a left.
    #expect(
      rows(csv) == [
        "t:b contact 2024-05-01 overdue 0", "t:c contact 2024-06-01 overdue 0",
        "t:a 6m-job 2024-09-01 overdue 0",
        "t:a exit-form 2025-01-28 overdue 0", "t:b permit 2025-03-04 coming 0",
      ], "\(csv)")
    let page = try desk.expect("due --on 2025-02-01 --task exit-form,permit")
    #expect(page.hasPrefix("1 overdue · 0 due today · 1 coming up\n\nDUE "), "\(page)")
    #expect(page.contains("28 Jan 2025") && page.contains("4 days"), "\(page)")
    #expect(page.contains("in 31 days"))
    let german = try desk.expect("faellig --on 04.03.2025 --task permit --lang de")
    #expect(german.hasPrefix("0 überfällig · 1 heute fällig · 0 demnächst\n"), "\(german)")
    #expect(german.contains("04.03.2025") && german.contains("Aufenthaltstitel läuft ab"))
    #expect(german.contains("heute"))
    let mine = try rows(desk.expect("due --on 2025-02-01 --mine b-014 -f csv"))
    #expect(!mine.isEmpty && mine.allSatisfy { $0.hasPrefix("t:b ") })
    #expect(try desk.expect("due --on 2025-02-01 --advisor B-9").contains("0 overdue"))
  }

  @Test("says when a follow-up that is done is not due for long", arguments: ["en", "de"])
  func early(language: String) throws {
    let desk = try desk()
    let early = try desk.run(
      "due done t:a 12m-exit --on 2025-04-15 --set result=REACHED_SELF --lang \(language) --dry-run"
    )
    #expect(early.exitCode == 0, "\(early)")
    #expect(early.errors.contains(language == "de" ? "erst am 31.12.2025" : "only on 31 Dec 2025"))
    let onTime = try desk.run(
      "due done t:a 3m-exit --on 2025-03-31 --set result=REACHED_SELF --dry-run")
    #expect(onTime.exitCode == 0 && !onTime.errors.contains("is due only"), "\(onTime)")
  }

  @Test("looks as far ahead as asked, and shows what lapsed on request only")
  func spans() throws {
    let desk = try desk()
    func tasks(_ options: String) throws -> [String] {
      try rows(desk.expect("due -f csv --task 3m-exit,6m-exit \(options)"))
    }
    #expect(try tasks("--on 2025-01-05") == [])
    #expect(
      try tasks("--on 2025-01-05 --within 6mo") == [
        "t:a 3m-exit 2025-03-31 coming 0", "t:a 6m-exit 2025-06-30 coming 0",
      ])
    #expect(try tasks("--on 2025-07-01") == ["t:a 6m-exit 2025-06-30 overdue 0"])
    #expect(
      try tasks("--on 2025-07-01 --lapsed") == [
        "t:a 3m-exit 2025-03-31 lapsed 0", "t:a 6m-exit 2025-06-30 overdue 0",
      ])
    #expect(
      try desk.expect("due --on 2025-07-01 --task 3m-exit --lang de").contains(
        "1 verfallen (--lapsed)"))
  }

  @Test("takes down what was done, tried or skipped, and says how to take it back")
  func recording() throws {
    let desk = try desk()
    func tasks(_ task: String) throws -> [String] {
      try rows(desk.expect("due --on 2025-07-02 -f csv --task \(task)"))
    }
    let dry = try desk.expect("due done t:a exit-form --on 2025-02-01 --set employed=yes --dry-run")
    #expect(dry.contains("Dry run") && dry.contains("situation within 28 days after exit"))
    #expect(try tasks("exit-form").count == 1)
    let done = try desk.run("due done t:a exit-form --on 2025-02-01 --set employed=yes")
    #expect(done.exitCode == 0 && done.errors.contains("To undo: wegmarke retract "), "\(done)")
    #expect(try tasks("exit-form") == [])
    try desk.expect("due attempt t:a 6m-exit --on 2025-07-01")
    #expect(try tasks("6m-exit") == ["t:a 6m-exit 2025-06-30 overdue 1"])
    let refused = try desk.run("due attempt t:a 6m-exit --on 2025-07-02 --result REFUSED")
    #expect(try tasks("6m-exit") == [])
    // Taken back, it is open again.
    let position = try #require(refused.errors.firstMatch(of: /retract (\d+)/)).output.1
    try desk.expect("retract \(position) --reason slip")
    #expect(try tasks("6m-exit").count == 1)
    let skipped = try desk.expect("due skip t:b permit --on 2025-02-01 --reason lawyer --lang de")
    #expect(skipped.contains("Wiedervorlage übersprungen"), "\(skipped)")
    #expect(try tasks("permit") == [])
    #expect(try desk.expect("timeline t:b --lang de").contains("übersprungen"))
    try desk.expect("log verify --deep")
  }

  @Test("never locks what is overdue, and says what is open where something is not")
  func late() throws {
    let desk = try desk()
    let late = try desk.run(
      "due done t:a 3m-exit --on 2026-10-01 --set employed=yes --set result=REACHED_SELF")
    #expect(late.exitCode == 0, "\(late)")
    #expect(late.errors.contains("--set reference-date=2025-03-31"), "\(late)")
    let again = try desk.run("due done t:a 3m-exit --on 2026-10-01")
    #expect(again.exitCode == 65 && again.errors.contains("6m-exit, "), "\(again)")
    let unknown = try desk.run("due done t:a exit-from --lang de")
    #expect(unknown.exitCode == 64 && unknown.errors.contains("Meinten Sie „exit-form“?"))
    #expect(try desk.run("due skip t:a exit-form").exitCode == 64, "a reason is needed")
    let field = try desk.run("due done t:a exit-form --set emploed=yes")
    #expect(field.errors.contains("Did you mean “employed”?"), "\(field)")
  }

  @Test("writes a calendar without names, CSV for German spreadsheets, and JSON")
  func files() throws {
    let desk = try desk()
    try desk.expect(
      "due --on 2025-02-01 --task exit-form --ics due.ics -f de-csv -o due.csv --lang de")
    let calendar = try desk.read("due.ics")
    #expect(calendar.contains("DTSTART;VALUE=DATE:20250128\r\n"))
    #expect(calendar.contains("Austrittsbogen (Frist 28 Tage)"), "\(calendar)")
    #expect(!calendar.contains("t:a"))
    let csv = try desk.read("due.csv")
    #expect(
      csv.hasPrefix("\u{FEFF}participant;source_id;") && csv.contains(";28.01.2025;overdue;-4;"),
      "\(csv)")
    let json = try desk.expect("due --on 2025-02-01 --task exit-form -f json")
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "wegmarke.due" && object["overdue"] as? Int == 1)
    let items = try #require(object["items"] as? [[String: Any]])
    #expect(items.map { $0["dueOn"] as? String } == ["2025-01-28"])
    #expect(items.map { $0["daysLeft"] as? Int } == [-4])
    #expect(try desk.run("due --ics missing/due.ics").exitCode == 73)
  }

  @Test("has nobody in it whose processing is restricted")
  func restricted() throws {
    let desk = try desk()
    try desk.expect("privacy restrict t:a --statistics keep --reason x")
    let list = try desk.expect("due --on 2025-02-01 -f csv")
    #expect(!list.contains("t:a"), "\(list)")
    #expect(try !desk.run("due done t:a nonsense").errors.contains("Open:"))
  }

  @Test("shows the rules and works the example of a file of one's own", arguments: ["en", "de"])
  func rules(language: String) throws {
    let desk = try desk()
    let page = try desk.expect("due rules --lang \(language)", with: ["COLUMNS": "80"])
    #expect(page.contains("24m-job: ") && page.contains("§ 622"), "\(page)")
    for line in page.split(whereSeparator: \.isNewline) { #expect(line.count <= 80, "\(line)") }
    let mine = try Desk.builtIn("projections/worklists/contact.toml")
    try desk.write(mine.replacing("\"3mo\"", with: "\"1mo\""), to: "mine.toml")
    let wrong = try desk.run("due rules mine.toml --lang \(language)")
    #expect(wrong.exitCode == 1 && wrong.output.contains("2026-07-30"), "\(wrong)")
    let list = try desk.expect("due --rules mine.toml --on 2025-02-01 -f csv")
    #expect(rows(list).allSatisfy { $0.contains(" contact ") } && !rows(list).isEmpty, "\(list)")
  }

  @Test("stays within 80 columns", arguments: ["en", "de"])
  func columns(language: String) throws {
    let desk = try Desk.simulated(people: 150)
    for on in ["2024-06-30", "2025-06-30", "2026-06-30"] {
      let page = try desk.expect(
        "due --limit 0 --lapsed --on \(on) --lang \(language)", with: ["COLUMNS": "80"])
      #expect(page.split(whereSeparator: \.isNewline).count > 20)
      for line in page.split(whereSeparator: \.isNewline) { #expect(line.count <= 80, "\(line)") }
    }
  }
}

extension Desk {
  /// A file of the repository.
  static func builtIn(_ path: String) throws -> String {
    let components = #filePath.split(separator: "/").dropLast(3)
    return try readText(
      "/" + (components + Substring(path).split(separator: "/")).joined(separator: "/"))
  }
}
