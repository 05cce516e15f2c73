import Foundation
import Testing

@Suite("Settings")
struct SettingsTests {
  @Test("count in their order: option, variable, file of the folder, the user's own file")
  func order() throws {
    let desk = try Desk()
    try desk.expect("init --store one")
    try desk.expect("init --store two")
    let empty = try desk.run("log stats")
    #expect(empty.exitCode != 0, "\(empty)")
    try desk.expect("config set store \(desk.folder)/one")
    let one = try desk.expect("log stats --store one")
    let two = try desk.expect("log stats --store two")
    #expect(one != two)
    #expect(try desk.expect("log stats") == one)
    try desk.write("store = \"two\"\nlang = \"de\"\n", to: "wegmarke.toml")
    #expect(try desk.expect("log stats --lang en") == two)
    #expect(try desk.expect("log stats").contains("Datensätze"))
    #expect(
      try desk.expect("log stats", with: ["WEGMARKE_STORE": "one", "WEGMARKE_LANG": "en"]) == one)
    #expect(
      try desk.expect("log stats --store two --lang en", with: ["WEGMARKE_STORE": "one"]) == two)
  }

  @Test("are shown with their origin, written, and taken out again; other lines stay")
  func shown() throws {
    let desk = try Desk()
    let path = try desk.expect("config path").trimmingCharacters(in: .newlines)
    #expect(path == "\(desk.folder)/home/config/wegmarke/config.toml")
    try desk.expect("config set author B-014")
    try Data("# mine\n\(try readText(path))".utf8).write(to: URL(filePath: path))
    try desk.expect("config set author B-015")
    try desk.expect("config set lang en")
    #expect(try readText(path) == "# mine\nauthor = \"B-015\"\nlang = \"en\"\n")
    try desk.write("disk-warn = \"10%\"\n", to: "wegmarke.toml")
    let rows = try desk.expect("config show -f csv", with: ["WEGMARKE_LANG": "de"])
    #expect(rows.contains("author,B-015,\(path)\n"), "\(rows)")
    #expect(
      rows.contains("lang,de,WEGMARKE_LANG\n") && rows.contains("disk-warn,10%,wegmarke.toml"))
    #expect(rows.contains("\nstore,,\n"), "\(rows)")
    #expect(try desk.expect("config show", with: ["COLUMNS": "80"]).contains("(built in)"))
    try desk.expect("config set author")
    #expect(try !readText(path).contains("author"))
    let wrong = try desk.run("config set sotre x")
    #expect(wrong.exitCode == 64 && wrong.errors.contains("Did you mean “store”?"), "\(wrong)")
    #expect(try desk.run("config set lang fr").exitCode == 64)
  }

  @Test("that cannot be read name file, line and column, and nothing is done")
  func faults() throws {
    let desk = try Desk()
    for (text, words) in [
      ("store = 7\n", "wegmarke.toml:1:"), ("stroe = \"x\"\n", "wegmarke.toml:1:"),
      // A folder that others can write to must not choose a program that is run.
      ("pager = \"rm\"\n", "wegmarke.toml:1:"), ("store =\n", "wegmarke.toml:1:"),
    ] {
      try desk.write(text, to: "wegmarke.toml")
      let outcome = try desk.run("questions list")
      #expect(outcome.exitCode == 78 && outcome.output.isEmpty, "\(text): \(outcome)")
      #expect(outcome.errors.contains(words), "\(text): \(outcome)")
    }
  }

  @Test("name who records")
  func author() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("config set author B-014")
    try desk.expect("record CounsellingHeld t:a --on 2024-04-02")
    try desk.expect("correct 15 --set hours=1 --reason x")
    #expect(try desk.expect("timeline t:a").contains("(B-014)"))
  }
}

@Suite("A long page on a terminal")
struct PagerTests {
  @Test("is shown by the program that turns pages, a short one and one for --no-pager are not")
  func paged() throws {
    let desk = try Desk()
    desk.environment["WEGMARKE_PAGER"] = "sed s/^/P:/"
    let long = try Terminal.talk("ask --help", at: desk, typing: [])
    #expect(long.ending == .exit(0))
    #expect(long.shown.split(separator: "\n").allSatisfy { $0.hasPrefix("P:") }, "\(long.shown)")
    let short = try Terminal.talk("config path", at: desk, typing: [])
    #expect(!short.shown.contains("P:"))
    let whole = try Terminal.talk("questions list --no-pager", at: desk, typing: [])
    #expect(whole.shown.contains("retention-point") && !whole.shown.contains("P:"))
    let questions = try Terminal.talk("questions list", at: desk, typing: [])
    #expect(questions.shown.contains("P:retention-point"), "\(questions.shown)")
    // A program that is not there, or reads nothing, does no harm.
    for pager in ["no-such-program", "true", "", "cat"] {
      desk.environment["WEGMARKE_PAGER"] = pager
      let shown = try Terminal.talk("questions list", at: desk, typing: [])
      #expect(shown.ending == .exit(0))
      #expect(pager == "true" || shown.shown.contains("retention-point"), "\(pager): \(shown)")
    }
    // Into a pipe nothing is ever paged.
    #expect(try !desk.expect("questions list").contains("P:"))
  }
}
