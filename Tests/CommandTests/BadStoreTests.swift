import Foundation
import Glibc
import Testing

@Suite("A store that cannot be used")
struct BadStoreTests {
  private static let commands = [
    "timeline t:a", "participants list", "ask time-to-first-job", "log verify", "views digest",
    "import list", "import people.csv events.csv --mapping small.toml",
  ]

  @Test("because there is none is said, with how to make one", arguments: ["en", "de"])
  func missing(language: String) throws {
    let desk = try Desk()
    let outcome = try desk.run("log verify --store nowhere --lang \(language)")
    #expect(outcome.exitCode == 66 && outcome.output.isEmpty)
    #expect(
      outcome.errors
        == (language == "en"
          ? "Error: There is no store at nowhere.\nCreate one: wegmarke init --store nowhere\n"
          : "Fehler: Unter nowhere liegt kein Bestand.\nAnlegen: wegmarke init --store nowhere\n"))
  }

  @Test("because it is something else is refused and left alone", arguments: commands)
  func notAStore(command: String) throws {
    let desk = try Desk.withOffice()
    let folder = "\(desk.folder)/letters"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    try desk.write("Dear Anna", to: "letters/anna.txt")
    let outcome = try desk.run("\(command) --store letters")
    #expect(outcome.exitCode == 66 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.hasPrefix("Error: letters is not a Wegmarke store.\n"))
    #expect(try desk.run("init --store letters").exitCode == 73)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["anna.txt"])
  }

  @Test("because its root key is missing asks for the key", arguments: commands)
  func withoutRootKey(command: String) throws {
    let desk = try Desk.withOffice()
    try FileManager.default.moveItem(atPath: desk.keys, toPath: "\(desk.folder)/stick")
    let outcome = try desk.run(command)
    #expect(outcome.exitCode == 77 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.hasPrefix("Error: The store's key is missing: \(desk.keys)/"))
    let key = try #require(
      FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/stick")
        .first { $0.hasSuffix(".key") })
    try desk.expect("log verify --key-file stick/\(key)")
    try desk.expect("log verify", with: ["WEGMARKE_KEY_FILE": "\(desk.folder)/stick/\(key)"])
  }

  @Test("because its participants' keys are missing says so", arguments: commands)
  func withoutKeys(command: String) throws {
    let desk = try Desk.withOffice()
    try FileManager.default.removeItem(atPath: "\(desk.store)/keys")
    let outcome = try desk.run("\(command) --lang de")
    #expect(outcome.exitCode == 77 && outcome.output.isEmpty, "\(outcome)")
    #expect(outcome.errors.hasPrefix("Fehler: Die Schlüssel des Bestands fehlen"))
    #expect(!FileManager.default.fileExists(atPath: "\(desk.store)/keys"))
  }

  @Test("because a newer program wrote it is left untouched")
  func newer() throws {
    let desk = try Desk.withOffice()
    let path = URL(filePath: "\(desk.store)/log/data.mdb")
    var bytes = try Data(contentsOf: path)
    let version = Data("format".utf8) + Data([0, 0, 0, 2])
    var patched = 0
    while let range = bytes.range(of: version) {
      bytes[range.upperBound - 1] = 3
      patched += 1
    }
    #expect(patched > 0)
    try bytes.write(to: path)
    for command in Self.commands {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 65 && outcome.output.isEmpty, "\(command): \(outcome)")
      #expect(
        outcome.errors == """
          Error: The store \(desk.store) was written by a newer program (version 3).
          Update wegmarke; this version leaves the store untouched.

          """)
    }
    #expect(try Data(contentsOf: path) == bytes)
  }

  @Test("because another program writes to it can be read all the same")
  func held() throws {
    let desk = try Desk.withOffice()
    try desk.expect("simulate --participants 1200 --seed 3 -o net")
    let writer = try desk.start(
      "import net/participants.csv net/events.csv --mapping wir-simulated --verbose")
    // Stopped as soon as it has said that it began: it holds the store, but does nothing.
    while try readText(writer.errors).isEmpty, writer.child.poll() == nil { usleep(500) }
    writer.child.send(SIGSTOP)
    try #require(writer.child.waitUntilStopped(), "the import was faster than the signal")

    let outcome = try desk.run(Desk.importOffice)
    let name = URL(filePath: try Program.path()).lastPathComponent
    #expect(outcome.exitCode == 75 && outcome.output.isEmpty, "\(outcome)")
    #expect(
      outcome.errors == """
        Error: Another program is writing to the store (\(name), PID \(writer.child.pid)).
        Reading works meanwhile. Wait for it (--wait 60), or end the other program.

        """)
    #expect(try desk.run("\(Desk.importOffice) --wait 1 --lang de").exitCode == 75)
    try desk.expect("log verify")
    try desk.expect("import list")
    try desk.expect("\(Desk.importOffice) --dry-run")

    let waiting = try desk.start("\(Desk.importOffice) --wait 60")
    writer.child.send(SIGCONT)
    #expect(writer.child.wait() == .exit(0))
    #expect(waiting.child.wait() == .exit(0))
    #expect(try readText(waiting.errors).isEmpty)
    #expect(try desk.expect("import list").matches(of: /complete/).count == 2)
  }
}
