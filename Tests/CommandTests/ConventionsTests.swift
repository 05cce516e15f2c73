import Foundation
import Glibc
import Testing

@Suite("A command")
struct ConventionsTests {
  @Test("gives its version")
  func version() throws {
    #expect(try Desk().expect("--version").wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }

  @Test(
    "that is used wrongly ends with 64 and says so on standard error only",
    arguments: [
      "askk", "ask", "ask no-such-question", "ask retention-after-job-start --gap 28d",
      "ask time-to-first-job --gap 1mo", "ask retention-after-job-start --formatt csv",
      "ask time-to-first-job --lang fr", "ask time-to-first-job --at soon",
      "ask time-to-first-job --on soon", "import people.csv", "timeline", "log verfy",
      "simulate --participants 0 -o x", "simulate --participants 5", "ask time-to-first-job --by x",
      "questions show no-such-question",
    ])
  func usage(command: String) throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let outcome = try desk.run(command)
    #expect(outcome.exitCode == 64, "\(outcome)")
    #expect(outcome.output.isEmpty && outcome.errors.hasPrefix("Error: "), "\(outcome)")
  }

  @Test("suggests the name that was meant")
  func suggestions() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    #expect(
      try desk.run("ask retention-after-jobstart").errors.contains(
        "Did you mean “retention-after-job-start”?"))
    #expect(
      try desk.run("ask time-to-first-job --by gruop --lang de").errors.hasPrefix(
        "Fehler: Keine Person hat ein Merkmal „gruop“. Meinten Sie „group“?\n"))
  }

  @Test("suggests commands too, at every level and in the language asked for")
  func commandNames() throws {
    let desk = try Desk()
    for (command, words) in [
      ("verluaf t:a", "“wegmarke verluaf”. Did you mean “verlauf”?"),
      ("timelin t:a --lang en", "Did you mean “timeline”?"),
      (
        "privacy erasee t:a --lang de",
        "„wegmarke privacy erasee“ gibt es nicht. Meinten Sie „erase“?"
      ),
      (
        "privacy keys isue --lang de",
        "„wegmarke privacy keys isue“ gibt es nicht. Meinten Sie „issue“?"
      ),
      ("log verfy", "“wegmarke log verfy”. Did you mean “verify”?"),
      ("xylophone", "Known: init, import, "),
    ] {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 64 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.contains(words), "\(command): \(outcome)")
    }
  }

  @Test("takes the options of every command before it, too")
  func leadingOptions() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let list = "participants list --limit 1"
    #expect(
      try desk.expect("--lang de -q \(list)") == desk.expect("\(list) --lang de --quiet"))
    #expect(try desk.expect("--lang=de questions list").contains("FRAGE"))
    #expect(try desk.run("--lang de timelin x").errors.contains("Meinten Sie „timeline“?"))
    #expect(try desk.run("--lang").exitCode == 64)
    let page = try desk.expect("help due --lang de")
    #expect(page.hasPrefix("Was fällig ist"))
    #expect(try desk.expect("help --lang de due") == page)
    #expect(try desk.expect("--lang de help due") == page)
    // The options of what `due` alone means stand on its page.
    #expect(page.contains("--within") && page.contains("--columns"))
  }

  @Test("suggests what was meant among the values, and the words of help")
  func values() throws {
    let desk = try Desk()
    for (command, words) in [
      ("export spels", "Did you mean “spells”?"), ("help tiemline", "Did you mean “timeline”?"),
      ("due dnoe x", "There is no command “wegmarke due dnoe”. Did you mean “done”?"),
      ("ask q --format csvv --lang de", "Meinten Sie „csv“?"),
      ("export spells --format parkuet", "\nDid you mean “parquet”?"),
    ] {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 64 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.contains(words), "\(command): \(outcome)")
    }
    let usage = try desk.run("ask").errors
    #expect(usage.contains("\nUsage: wegmarke ask [options] <question>\n"), "\(usage)")
  }

  @Test("knows days by word, and takes - for standard output")
  func words() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let list = "participants list -f csv --on"
    #expect(try desk.expect("\(list) today") == desk.expect("\(list) heute"))
    #expect(try desk.expect("\(list) 2024-H1") == desk.expect("\(list) 2024-06-30"))
    #expect(try desk.expect("\(list) 2024") == desk.expect("\(list) 2024-12-31"))
    #expect(try desk.expect("\(list) -3M").split(separator: "\n").count == 4)
    #expect(try desk.run("participants list --as-of gestern -f csv").lines.count == 1)
    #expect(try desk.run("due --on soonish").errors.contains("today, yesterday, -6M"))
    let bytes = try desk.expect("ask time-to-first-job -f csv -o -")
    #expect(bytes.hasPrefix("stratum,time,"))
    #expect(try desk.expect("export spells -o -").hasPrefix("person,spell,"))
    #expect(!FileManager.default.fileExists(atPath: "\(desk.folder)/-"))
    #expect(try desk.expect("version").hasPrefix("wegmarke "))
    #expect(try desk.expect("version -f json").contains("\"schema\" : \"wegmarke.version\""))
  }

  @Test("that lists shows the columns asked for, in their order, for people and for machines")
  func columns() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let table = try desk.expect("participants list --columns last_confirmed,participant --limit 1")
    #expect(table.hasPrefix("LAST CONFIRMED  PARTICIPANT\n"), "\(table)")
    let csv = try desk.expect("participants list -f csv --columns labour,source_id")
    #expect(csv.hasPrefix("labour,source_id\n"), "\(csv)")
    for format in ["csv", "de-csv"] {
      let all = try desk.expect("due -f \(format)").prefix { $0.isNewline == false }
      let due = try desk.expect("due --columns task,due_on -f \(format)")
      #expect(due.hasPrefix(format == "csv" ? "task,due_on\n" : "\u{FEFF}task;due_on\r\n"))
      #expect(all.contains("participant") && all.contains("last_attempt"))
    }
    let wrong = try desk.run("participants list --columns labor")
    #expect(wrong.exitCode == 64 && wrong.errors.contains("Did you mean “labour”?"), "\(wrong)")
    #expect(try desk.run("due --columns due_no").errors.contains("Did you mean “due_on”?"))
    #expect(try desk.run("due -f json --columns task").exitCode == 64)
    let imports = try desk.expect("import list -f csv --columns state,import,rejected")
    #expect(
      imports.wholeMatch(of: /state,import,rejected\ncomplete,I-\d{4}-0001,0\n/) != nil,
      "\(imports)")
    #expect(try desk.expect("import list --columns rows,import").hasPrefix("ROWS  IMPORT"))
    let readings = try desk.expect("privacy access-log --columns command,recorded_at")
    #expect(readings.contains(/^COMMAND +WHEN\n/), "\(readings)")
    let whole = try desk.expect("privacy access-log -f csv")
    #expect(
      whole.hasPrefix("entry,recorded_at,user,role,role_kind,holder,command,person,groups\n0,"))
    #expect(whole.contains(",participants list,0,record\n"), "\(whole)")
  }

  @Test("that cannot be understood says so in German with --lang de")
  func germanUsage() throws {
    let desk = try Desk()
    for (command, words) in [
      ("ask q --formatt csv", "Die Option „--formatt“ gibt es hier nicht. Meinten Sie „--format“?"),
      ("ask q --xyz", "Die Option „--xyz“ gibt es hier nicht."),
      ("ask", "Es fehlt die Angabe „<frage>“."),
      ("ask q --by", "Zu „--by <merkmal>“ fehlt der Wert."),
      ("ask q --quiet=x", "Die Option „--quiet“ nimmt keinen Wert; angegeben ist „x“."),
      ("timeline a b", "Die Angabe „b“ gehört nicht hierher."),
      ("timeline a b c", "2 Angaben gehören nicht hierher: b, c"),
      ("ask q -f xml", "gilt nicht für „-f <format>“. Möglich: table, csv, json."),
      ("retract 3 --reason x --code y", "Möglich: wrong_person, duplicate, not_happened, "),
      ("log restore x y --drill", "mit --drill nur proben."),
      ("ask q --mature --nowcast", "bitte eins davon wählen."),
    ] {
      let outcome = try desk.run("\(command) --lang de")
      #expect(outcome.exitCode == 64 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.hasPrefix("Fehler: ") && outcome.errors.contains(words), "\(outcome)")
      #expect(outcome.errors.contains("Mehr dazu: wegmarke"), "\(outcome)")
      for english in ["Error", "Usage", "See '", "Unknown", "invalid"] {
        #expect(!outcome.errors.contains(english), "\(outcome)")
      }
      #expect(try desk.run(command).errors.hasPrefix("Error: "))
    }
  }

  @Test("writes data to standard output and everything else to standard error")
  func streams() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let list = try desk.run("participants list --limit 2")
    #expect(list.lines.count == 3)
    #expect(list.errors.hasPrefix("Known at #14, "))
    #expect(list.errors.hasSuffix("2 of 3 shown; --limit 0 shows all.\n"))
    #expect(try desk.run("participants list --limit 2 --quiet").errors.isEmpty)
    let csv = try desk.run("participants list -f csv")
    #expect(csv.errors.isEmpty && csv.lines.count == 4)
    let cut = try desk.run("participants list -f csv --limit 2")
    #expect(cut.errors.hasPrefix("2 of 3 shown") && cut.lines.count == 3)
    let rule = try desk.run("ask retention-after-job-start --rule a -f json")
    #expect(rule.errors.hasPrefix("Warning: Rule A overstates retention"))
    let object = try JSONSerialization.jsonObject(with: Data(rule.output.utf8)) as? [String: Any]
    #expect(object?["schema"] as? String == "wegmarke.answer")
    #expect(object?["schemaVersion"] as? Int == 1)
  }

  @Test("speaks the language of --lang, then WEGMARKE_LANG, then the locale, else English")
  func languages() throws {
    let desk = try Desk.withOffice()
    func title(_ options: String, _ environment: [String: String]) throws -> String {
      try desk.expect("questions list\(options)", with: environment)
        .split(separator: "\n").first.map { String($0.suffix(8).filter(\.isLetter)) } ?? ""
    }
    #expect(try title("", [:]) == "QUESTION")
    #expect(try title("", ["LC_ALL": "de_DE.UTF-8"]) == "FRAGE")
    #expect(try title("", ["LC_ALL": "fr_FR.UTF-8"]) == "QUESTION")
    #expect(try title("", ["WEGMARKE_LANG": "de"]) == "FRAGE")
    #expect(try title("", ["WEGMARKE_LANG": "en", "LC_ALL": "de_DE.UTF-8"]) == "QUESTION")
    #expect(try title(" --lang en", ["WEGMARKE_LANG": "de"]) == "QUESTION")
    #expect(try title(" --lang de", [:]) == "FRAGE")
    #expect(
      try desk.run("timeline nobody", with: ["WEGMARKE_LANG": "de"]).errors.hasPrefix("Fehler: "))
  }

  @Test(
    "takes the folders of the user's variables, but none that is empty or not absolute",
    arguments: ["", "data", "~/data"])
  func userFolders(named: String) throws {
    let desk = try Desk()
    desk.environment["XDG_DATA_HOME"] = named
    desk.environment["XDG_CONFIG_HOME"] = named
    let created = try desk.expect("init")
    #expect(created.contains(" \(desk.folder)/home/.local/share/wegmarke ("), "\(created)")
    #expect(created.contains(" \(desk.folder)/home/.config/wegmarke/keys/"), "\(created)")
  }

  @Test("uses colours on request, and not where NO_COLOR forbids them or nobody sees them")
  func colors() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    func isColored(_ options: String, _ environment: [String: String] = [:]) throws -> Bool {
      try desk.expect("participants list\(options)", with: environment).contains("\u{1B}[")
    }
    #expect(try !isColored(""))
    #expect(try isColored(" --color always"))
    #expect(try isColored("", ["FORCE_COLOR": "1"]))
    #expect(try isColored(" --color always", ["NO_COLOR": "1"]))
    #expect(try !isColored(" --color never", ["FORCE_COLOR": "1"]))
    for (extra, expected) in [([:], true), (["NO_COLOR": "1"], false), (["TERM": "dumb"], false)] {
      let text = try Terminal.run("participants list", at: desk, columns: 80, with: extra)
      #expect(text.contains("\u{1B}[") == expected, "\(extra)")
    }
  }

  @Test(
    "stays within 80 columns, on a terminal and where COLUMNS says so", arguments: ["en", "de"])
  func columns(language: String) throws {
    let desk = try Desk.simulated(people: 150)
    try desk.expect("ask time-to-first-job -f json -o answer.json")
    let people = (1...12).map { "timeline wir-sim:S-00000\($0 < 10 ? "0" : "")\($0)" }
    let commands =
      people + [
        "participants list", "import list", "questions list", "log stats", "views status",
        "questions show retention-after-job-start", "ask retention-after-job-start --gap 2mo",
        "ask time-to-first-job --by gender", "ask time-to-first-job --by residence",
        "verify-answer answer.json",
      ]
    for command in commands {
      let command = "\(command) --lang \(language)"
      let piped = try desk.expect(command, with: ["COLUMNS": "80"])
      let seen = try Terminal.run(command, at: desk, columns: 80, with: [:])
      for text in [piped, seen] {
        #expect(!text.isEmpty)
        for line in text.split(whereSeparator: \.isNewline) {
          let shown = line.replacing(/\e\[[0-9;]*[mK]/, with: "")
          // Nothing here is wider or narrower than one column a character.
          #expect(shown.count <= 80, "\(command): \(shown)")
        }
      }
    }
  }

  @Test("ends quietly when nobody reads on", arguments: ["participants list", "timeline t:a"])
  func closedPipe(command: String) throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    close(ends[0])
    let running = try desk.start(command, output: .descriptor(ends[1]))
    close(ends[1])
    #expect(running.child.wait() == .exit(0))
    #expect(try !readText(running.errors).contains("Error"))
  }

  @Test("says that the output cannot be written, and ends with 74")
  func fullOutput() throws {
    let desk = try Desk.withOffice()
    let running = try desk.start("questions list", output: .file("/dev/full"))
    #expect(running.child.wait() == .exit(74))
    #expect(
      try readText(running.errors) == """
        Error: The output could not be written (system error 28).
        The disk is full.

        """)
  }
}
