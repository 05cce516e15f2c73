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
    try desk.expect("ask time-to-first-job -f csv -o link.csv")
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
