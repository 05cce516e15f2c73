import Foundation
import Testing

@Suite("A file that a command writes")
struct OutputFileTests {
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    return desk
  }

  /// Every command that writes a file, up to its name.
  static let commands = [
    "ask time-to-first-job -f json -o", "ask time-to-first-job -f csv -o",
    "ask time-to-first-job --chart", "ask time-to-first-job --report",
    "privacy report t:a -o", "privacy receipt -o", "log checkpoint -o", "log checkpoint --key -o",
    "log prove 2 -o", "estimate survival people.csv --chart", "privacy keys issue steward -o",
    "privacy keys export --for x -o",
  ]

  @Test("never lies in a store, whatever leads there", arguments: commands)
  func inStore(command: String) throws {
    let desk = try desk()
    try desk.expect("log checkpoint")
    // A store that is not the one in use is no place either.
    try desk.expect("init --store other")
    try FileManager.default.createSymbolicLink(
      atPath: "\(desk.folder)/link", withDestinationPath: "\(desk.store)/log")
    let data = "\(desk.store)/log/data.mdb"
    let before = try Data(contentsOf: URL(filePath: data))
    for path in [data, "link/data.mdb", "home/data/../data/wegmarke/x", "other/keys/x", "link/x"] {
      let outcome = try desk.run("\(command) \(path)")
      #expect(outcome.exitCode == 64 && outcome.output.isEmpty, "\(path): \(outcome)")
      #expect(outcome.errors.contains("lies in the store"), "\(path): \(outcome)")
    }
    #expect(try Data(contentsOf: URL(filePath: data)) == before)
    let german = try desk.run("\(command) link/x --lang de")
    #expect(german.errors.contains("liegt im Bestand"), "\(german)")
    _ = try desk.verifiedSize()
  }

  @Test("is refused before the work where its folder is missing", arguments: commands)
  func missingFolder(command: String) throws {
    let desk = try desk()
    let size = try desk.verifiedSize()
    let outcome = try desk.run("\(command) nowhere/x")
    #expect(outcome.exitCode == 73 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.contains("there is no folder nowhere"), "\(outcome)")
    #expect(try desk.verifiedSize() == size, "something was recorded or signed")
  }

  @Test("never replaces a key or a folder")
  func overKey() throws {
    let desk = try desk()
    let names = try FileManager.default.contentsOfDirectory(atPath: desk.keys)
    let name = try #require(names.first { $0.hasSuffix(".key") })
    let key = "\(desk.keys)/\(name)"
    let before = try readText(key)
    for command in [
      "ask time-to-first-job -o", "log checkpoint --force -o", "privacy report t:a -o",
    ] {
      let outcome = try desk.run("\(command) \(key)")
      #expect(outcome.exitCode == 73 && outcome.errors.contains("holds a key"), "\(outcome)")
      let folder = try desk.run("\(command) home")
      #expect(folder.exitCode == 73 && folder.errors.contains("is a folder"), "\(folder)")
    }
    #expect(try readText(key) == before)
  }

  /// Every command that writes what can be made again, up to the name of a file.
  static let remade = [
    "ask time-to-first-job -f csv -o", "ask time-to-first-job --chart",
    "ask time-to-first-job --report", "export participants -o",
    "export answer time-to-first-job -o", "due -f csv -o", "due --ics", "timeline t:a -o",
    "timeline t:a --chart", "privacy report t:a -o",
    "estimate survival spells.csv --stop days --event event --chart",
    "protect spells.csv --by event -o", "indicators incomplete --period 2024-H1 -f csv -o",
    "mapping suggest people.csv -o",
    "import people.csv --mapping small.toml --dry-run --report",
  ]

  @Test(
    "replaces its own earlier one, and another's or a changed one only with --force",
    arguments: remade)
  func own(command: String) throws {
    let desk = try desk()
    try desk.write("days,event\n1,1\n2,0\n3,1\n4,1\n5,0\n", to: "spells.csv")
    try desk.write("of somebody\n", to: "x.json")
    func runs(_ options: String = "") throws -> Int32 {
      let outcome = try desk.run("\(command) x.json\(options)")
      let code = try #require(outcome.exitCode)
      if code == 73 { #expect(outcome.errors.contains("--force"), "\(outcome)") }
      return code
    }
    #expect(try runs() == 73)
    #expect(try desk.read("x.json") == "of somebody\n")
    let german = try desk.run("\(command) x.json --lang de")
    #expect(german.errors.contains("hat dieses Programm die Datei nicht geschrieben"), "\(german)")
    #expect([0, 1].contains(try runs(" --force")))
    let written = try desk.read("x.json")
    #expect(written != "of somebody\n")
    #expect([0, 1].contains(try runs()), "its own is not replaced")
    try desk.write(written + "a remark\n", to: "x.json")
    #expect(try runs() == 73, "a remark would be lost")
    #expect(try desk.read("x.json") == written + "a remark\n")
  }

  @Test("is never one that the command reads, nor a definition, with --force neither")
  func inputs() throws {
    let desk = try desk()
    try desk.write("days,event\n1,1\n2,0\n3,1\n", to: "spells.csv")
    for (command, file) in [
      ("estimate survival spells.csv --chart", "spells.csv"),
      ("protect spells.csv --by event -o", "spells.csv"),
      ("mapping suggest people.csv -o", "people.csv"),
      ("import people.csv --mapping small.toml --dry-run --rejects", "people.csv"),
      ("export participants -o", "small.toml"), ("ask time-to-first-job -o", "small.toml"),
    ] {
      let before = try desk.read(file)
      let outcome = try desk.run("\(command) \(file) --force")
      #expect([64, 73].contains(outcome.exitCode), "\(command): \(outcome)")
      #expect(try desk.read(file) == before)
    }
  }

  @Test("of a simulation replaces nobody's list of the same name")
  func simulatedBeside() throws {
    let desk = try desk()
    try desk.write("of somebody\n", to: "participants.csv")
    #expect(try desk.run("simulate --participants 3 -o .").exitCode == 73)
    #expect(try desk.read("participants.csv") == "of somebody\n")
    try desk.expect("simulate --participants 3 -o made-up")
    try desk.expect("simulate --participants 3 -o made-up")
  }

  @Test("that proves something is replaced only with --force; an answer is replaced as it is")
  func kept() throws {
    let desk = try desk()
    try desk.expect("log checkpoint -o kept.note")
    try desk.expect("privacy erase t:b --reason x --yes")
    let before = try desk.read("kept.note")
    for command in [
      "log checkpoint -o kept.note", "log checkpoint --key -o kept.note",
      "log prove 2 -o kept.note", "privacy receipt -f json -o kept.note",
    ] {
      let size = try desk.verifiedSize()
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 73 && outcome.errors.contains("--force"), "\(outcome)")
      #expect(try desk.read("kept.note") == before)
      #expect(try desk.verifiedSize() == size)
      try desk.expect("\(command) --force")
      #expect(try desk.read("kept.note") != before)
      try desk.write(before, to: "kept.note")
    }
    try desk.expect("ask time-to-first-job -o answer.txt")
    try desk.expect("ask time-to-first-job -f json -o answer.txt")
    #expect(try desk.read("answer.txt").hasPrefix("{"))
  }

  @Test("is what a link leads to, and never a device or a pipe")
  func special() throws {
    let desk = try desk()
    try desk.write("old\n", to: "real.csv")
    let link = "\(desk.folder)/link.csv"
    try FileManager.default.createSymbolicLink(
      atPath: link, withDestinationPath: "\(desk.folder)/real.csv")
    try desk.expect("ask time-to-first-job -f csv --force -o link.csv")
    #expect(try desk.read("real.csv") != "old\n")
    let kind = try FileManager.default.attributesOfItem(atPath: link)[.type] as? FileAttributeType
    #expect(kind == .typeSymbolicLink)
    try #require(unsafe mkfifo("\(desk.folder)/pipe", 0o600) == 0)
    let german = try desk.run("ask time-to-first-job -f csv -o pipe --lang de")
    #expect(german.exitCode == 73 && german.errors.contains("eine Pipe"), "\(german)")
  }

  @Test("of a simulation is written into no store")
  func simulated() throws {
    let desk = try desk()
    let outcome = try desk.run("simulate --participants 3 -o \(desk.store)/keys")
    #expect(outcome.exitCode == 64 && outcome.errors.contains("lies in the store"), "\(outcome)")
    _ = try desk.verifiedSize()
  }
}
