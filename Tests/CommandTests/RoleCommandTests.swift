import EventLog
import Foundation
import Journey
import Keyring
import TestSupport
import Testing

/// A store with people of three sub-projects and a key file for every role.
final class RoleDesk {
  let store: TemporaryStore
  let desk: Desk
  let codes: [String]

  static let roles = [
    "root", "advisor", "coordinator", "evaluator", "steward", "dpo",
  ]

  init() throws {
    let store = try TemporaryStore()
    self.store = store
    desk = try Desk()
    for (number, subproject) in ["TP-1", "TP-2", "TP-1"].enumerated() {
      let day = CivilDate(Day(number: 20_500 + Int32(number)))
      try store.admit(
        "t:\(number)",
        [
          JourneyEvent(.participationEntered, on: day).with(Fields.subproject, subproject),
          JourneyEvent(.identityRecorded, on: day).with(Fields.personName, "Canary Name \(number)"),
          JourneyEvent(.healthImpairmentRecorded, on: day).with(Fields.note, "canary health"),
          JourneyEvent(.employmentStarted, on: day).with(Fields.placementKind, .svp),
        ])
    }
    codes = try (0..<3).map {
      try store.log.keyring.identity(of: ParticipantRef(UInt32($0))).code.description
    }
    store.close()
    for role in ["advisor --subproject TP-1 --holder B-014", "coordinator --subproject TP-1"] {
      try issue(role)
    }
    for role in ["evaluator", "steward", "dpo"] { try issue(role) }
  }

  func issue(_ role: String) throws {
    let name = role.split(separator: " ")[0]
    try desk.expect("privacy keys issue \(role) -o \(name).key \(key("root"))")
  }

  func key(_ role: String) -> String {
    let file = role == "root" ? store.rootKeyPath : "\(desk.folder)/\(role).key"
    return "--store \(store.path) --key-file \(file)"
  }

  func run(_ command: String, as role: String) throws -> Desk.Outcome {
    try desk.run("\(command) \(key(role))")
  }

  /// How many entries the access log has.
  func entries() throws -> Int {
    try desk.expect("privacy access-log -f csv \(key("root"))")
      .split(whereSeparator: \.isNewline).count - 1
  }
}

@Suite("A role on the command line")
struct RoleCommandTests {
  /// What each role gets of each command: who is not named is refused with 77.
  private static let table: [(command: String, may: Set<String>)] = [
    ("timeline t:0", ["root", "advisor", "coordinator", "steward"]),
    ("timeline t:1", ["root", "steward"]),
    ("participants list", ["root", "advisor", "coordinator"]),
    ("due", ["root", "advisor", "coordinator"]),
    ("export spells", ["root", "advisor", "coordinator", "evaluator", "steward"]),
    ("participants find Canary", ["root", "advisor"]),
    ("participants duplicates", ["root", "advisor"]),
    ("ask time-to-first-job", ["root", "evaluator", "steward"]),
    ("views digest", ["root"]),
    ("views rebuild", ["root", "evaluator", "steward"]),
    ("log verify", ["root", "advisor", "coordinator", "evaluator", "steward", "dpo"]),
    ("log verify --deep", ["root"]),
    ("log stats", ["root", "advisor", "coordinator", "evaluator", "steward", "dpo"]),
    ("privacy access-log", ["root", "dpo"]),
    ("privacy access-log t:1", ["root", "dpo"]),
    ("privacy keys list", ["root"]),
    ("privacy keys issue steward -o x.key", ["root"]),
    ("privacy keys revoke 1 --dry-run", ["root"]),
    ("privacy keys extend 2 --subproject TP-2 --dry-run", ["root"]),
    ("privacy keys restore-rings", ["root"]),
    ("log checkpoint", ["root"]),
    ("privacy report t:0", ["root", "advisor", "coordinator", "steward"]),
    ("privacy report t:1 -f json", ["root", "steward"]),
    ("retract #1 --reason x --dry-run", ["root", "advisor"]),
    ("privacy restrict t:1 --statistics keep --reason x --dry-run", ["root", "steward"]),
  ]

  @Test("gets what its keys open, and 77 with what is missing and who has it otherwise")
  func matrix() throws {
    let people = try RoleDesk()
    for (command, may) in Self.table {
      for role in RoleDesk.roles {
        let outcome = try people.run(command, as: role)
        if may.contains(role) {
          #expect(outcome.exitCode == 0, "\(role): \(command): \(outcome)")
        } else {
          #expect(outcome.exitCode == 77, "\(role): \(command): \(outcome)")
          #expect(outcome.output.isEmpty, "\(role): \(command): \(outcome)")
          #expect(outcome.errors.hasPrefix("Error: No permission: "), "\(role): \(outcome)")
          #expect(
            outcome.errors.contains("Who has it: ") || outcome.errors.contains("Ask "),
            "\(role): \(command): \(outcome)")
        }
      }
    }
    try people.store.verify()
  }

  @Test("gets the same after somebody was erased: reasons are sealed for the root key alone")
  func afterErasure() throws {
    let people = try RoleDesk()
    try people.desk.expect("privacy erase t:2 --reason Art.17 --yes \(people.key("root"))")
    for (command, may) in Self.table where !command.contains("keys") && command != "log checkpoint"
    {
      for role in RoleDesk.roles {
        let outcome = try people.run(command, as: role)
        #expect(
          outcome.exitCode == (may.contains(role) ? 0 : 77), "\(role): \(command): \(outcome)")
      }
    }
  }

  @Test("says which groups stay shut, whose person it is, and shows nothing of them")
  func words() throws {
    let people = try RoleDesk()
    let whole = try people.run("timeline t:0", as: "advisor").output
    #expect(whole.hasPrefix(people.codes[0]) && whole.contains("Canary Name 0"))
    #expect(whole.contains("canary health") || whole.contains("health impairment"))
    let record = try people.run("timeline t:0", as: "coordinator").output
    #expect(record.contains("Closed to this key: name and contact, health."))
    #expect(!record.lowercased().contains("canary"))
    let steward = try people.run("timeline t:1 --lang de", as: "steward").output
    #expect(steward.hasPrefix("t:1") && !steward.contains("Canary Name"))
    #expect(steward.contains("Für diesen Schlüssel verschlossen: Name und Kontakt."))
    let other = try people.run("timeline t:1 --lang de", as: "advisor").errors
    #expect(
      other.hasPrefix(
        "Fehler: Keine Berechtigung: Die Person gehört zu Teilprojekt TP-2 (Beratung B-014).\n"))
    let list = try people.run("participants list -f csv", as: "advisor").output
    #expect(list.contains(people.codes[0]) && list.contains(people.codes[2]))
    #expect(!list.contains(people.codes[1]) && !list.contains("t:1"))
    let ministry = try people.desk.run(
      "privacy keys issue ministry -o m.key \(people.key("root"))")
    #expect(ministry.exitCode == 64 && ministry.errors.contains("released files and no key"))
  }

  @Test("gets key files with mode 0600 outside the store, and none that others read")
  func files() throws {
    let people = try RoleDesk()
    for role in RoleDesk.roles.dropFirst() {
      let path = "\(people.desk.folder)/\(role).key"
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
      #expect(mode as? Int == 0o600, "\(role)")
    }
    let inside = try people.desk.run(
      "privacy keys issue steward -o \(people.store.path)/keys/x.key \(people.key("root"))")
    #expect(inside.exitCode == 64 && inside.errors.contains("lies in the store"))
    let path = "\(people.desk.folder)/advisor.key"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    #expect(try people.run("timeline t:0", as: "advisor").exitCode == 77)
  }

  @Test("opens its key with a passphrase from a file or a descriptor, never from an argument")
  func passphrases() throws {
    let people = try RoleDesk()
    try people.desk.write("sieben grüne Birnen\n", to: "words")
    try people.desk.write("sieben grüne Bienen\n", to: "other")
    let words = "\(people.desk.folder)/words"
    let command = "privacy keys set-passphrase \(people.key("evaluator"))"
    try people.desk.expect(command, with: ["WEGMARKE_NEW_PASSPHRASE_FILE": words])
    let ask = "ask time-to-first-job -f csv \(people.key("evaluator"))"
    let silent = try people.desk.run(ask)
    #expect(silent.exitCode == 77 && silent.errors.contains("needs its passphrase"))
    let wrong = try people.desk.run(
      ask, with: ["WEGMARKE_PASSPHRASE_FILE": "\(people.desk.folder)/other"])
    #expect(wrong.exitCode == 77 && wrong.errors.contains("does not open"))
    #expect(try people.desk.run(ask, with: ["WEGMARKE_PASSPHRASE_FILE": words]).exitCode == 0)
    try people.desk.write("short\n", to: "short")
    let short = try people.desk.run(
      command,
      with: [
        "WEGMARKE_PASSPHRASE_FILE": words,
        "WEGMARKE_NEW_PASSPHRASE_FILE": "\(people.desk.folder)/short",
      ])
    #expect(short.exitCode == 65 && short.errors.contains("too short"))
    try people.desk.expect("\(command) --remove", with: ["WEGMARKE_PASSPHRASE_FILE": words])
    #expect(try people.desk.run(ask).exitCode == 0)
  }

  @Test("tells a person everything that is held, and what the key used did not open")
  func report() throws {
    let people = try RoleDesk()
    try #require(try people.run("timeline t:0", as: "advisor").exitCode == 0)
    let whole = try people.run("privacy report t:0", as: "root").output
    for words in [
      people.codes[0], "t:0", "Canary Name 0", "canary health", "advisor B-014, timeline",
    ] {
      #expect(whole.contains(words), "\(words)\n\(whole)")
    }
    let german = try people.run("privacy report t:0 --lang de", as: "coordinator").output
      .replacing(/\s+/, with: " ")
    #expect(german.contains("öffnet: Name und Kontakt, Gesundheit."))
    #expect(german.contains("Das Zugriffsprotokoll lesen nur Datenschutz und Hauptschlüssel."))
    #expect(!german.lowercased().contains("canary"))
    let json = try people.run("privacy report t:0 -f json", as: "root").output
    let document = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    #expect(document?["schema"] as? String == "wegmarke.person-report")
    #expect((document?["records"] as? [[String: Any]])?.count == 4)
    // The reading by the advisor, and the two reports before this one.
    #expect((document?["readings"] as? [[String: Any]])?.count == 3)
  }

  @Test("sees of a restricted person only that there is a restriction, until it is lifted")
  func restriction() throws {
    let people = try RoleDesk()
    let reason = "--reason disputed"
    let restrict = "privacy restrict t:0 --statistics keep"
    let preview = try people.run("\(restrict) \(reason) --dry-run", as: "advisor")
    #expect(preview.exitCode == 0)
    #expect(try people.run("timeline t:0", as: "advisor").exitCode == 0)
    #expect(try people.run("privacy unrestrict t:0 \(reason)", as: "advisor").exitCode == 65)
    #expect(try people.run("\(restrict) \(reason)", as: "advisor").exitCode == 0)
    #expect(try people.run("\(restrict) \(reason)", as: "advisor").exitCode == 65)
    for role in ["advisor", "root", "steward"] {
      let outcome = try people.run("timeline t:0", as: role)
      #expect(outcome.exitCode == 77 && outcome.output.isEmpty, "\(role): \(outcome)")
      #expect(outcome.errors.contains("restricted since"), "\(role): \(outcome)")
    }
    for role in ["advisor", "root"] {
      let list = try people.run("participants list -f csv", as: role).output
      #expect(list.contains("\(people.codes[0]),t:0,restricted,,"), "\(role): \(list)")
      #expect(list.contains("\(people.codes[2]),t:2,active,"), "\(role): \(list)")
    }
    #expect(try people.run("privacy report t:0", as: "root").output.contains("restricted since"))
    #expect(try people.run("privacy unrestrict t:0 \(reason)", as: "advisor").exitCode == 0)
    #expect(try people.run("timeline t:0", as: "advisor").exitCode == 0)
  }

  @Test("that was revoked opens nothing")
  func revoked() throws {
    let people = try RoleDesk()
    #expect(try people.run("privacy keys revoke 1", as: "root").exitCode == 0)
    let outcome = try people.run("timeline t:0", as: "advisor")
    #expect(outcome.exitCode == 77 && outcome.errors.contains("knows this key no more"))
    #expect(!(try people.run("privacy keys list", as: "root").output.contains("B-014")))
  }
}

@Suite("The access log")
struct AccessLogTests {
  @Test("has an entry of every reading, with who, what and whose, before anything is shown")
  func entries() throws {
    let people = try RoleDesk()
    #expect(try people.entries() == 0)
    try #require(try people.run("timeline t:0", as: "coordinator").exitCode == 0)
    try #require(try people.run("participants list", as: "advisor").exitCode == 0)
    try #require(try people.run("ask time-to-first-job", as: "evaluator").exitCode == 0)
    // What is refused, and what shows nobody, leaves none.
    _ = try people.run("timeline t:1", as: "advisor")
    _ = try people.run("log stats", as: "root")
    let rows = try people.desk.expect("privacy access-log -f csv \(people.key("dpo"))")
      .split(whereSeparator: \.isNewline).dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    let said = rows.map { Array($0[3...]) }
    #expect(
      said == [
        ["2", "coordinator", "", "timeline", "0", "record"],
        ["1", "advisor", "B-014", "participants list", "0", "record"],
        ["1", "advisor", "B-014", "participants list", "2", "record"],
        ["3", "evaluator", "", "ask time-to-first-job", "", "record"],
      ])
    let own = try people.desk.expect("privacy access-log t:0 -f csv \(people.key("dpo"))")
    #expect(own.contains("timeline") && !own.contains("ask "))
    let other = try people.desk.expect("privacy access-log t:1 -f csv \(people.key("dpo"))")
    #expect(other.split(whereSeparator: \.isNewline).count == 1)
  }

  @Test("has whose events a comparison shows, and what a dry run of a correction shows")
  func comparisons() throws {
    let people = try RoleDesk()
    let ended = CivilDate(Day(number: 20_560))
    try people.store.append(
      [
        JourneyEvent(.employmentEnded, on: ended).with(Fields.placementKind, .svp),
        JourneyEvent(.statusConfirmed, on: CivilDate(Day(number: 20_800))),
      ], to: StreamID(.participant, 1))
    people.store.close()
    let compare = try people.run(
      "compare retention-after-job-start --as-of #16 --as-of #18 -f json --on 2026-12-31",
      as: "evaluator")
    #expect(compare.exitCode == 0, "\(compare)")
    let dry = try people.run("correct #3 --on 2026-02-01 --reason x --dry-run", as: "advisor")
    #expect(dry.exitCode == 0, "\(dry)")
    let rows = try people.desk.expect("privacy access-log -f csv \(people.key("dpo"))")
    #expect(rows.contains("evaluator,,compare retention-after-job-start,1,record"), "\(rows)")
    #expect(rows.contains("advisor,B-014,correct --dry-run,0,record"), "\(rows)")
  }

  @Test("that cannot be written shows nothing")
  func unwritable() throws {
    let people = try RoleDesk()
    // A file in the place of the folder: also whoever may do everything cannot write there.
    try "".write(
      toFile: "\(people.store.path)/access", atomically: false, encoding: .utf8)
    for command in ["timeline t:0", "participants list", "ask time-to-first-job"] {
      for format in command.hasPrefix("timeline") ? [""] : [" -f csv", ""] {
        let outcome = try people.run(command + format, as: "root")
        #expect([74, 77].contains(outcome.exitCode), "\(command): \(outcome)")
        #expect(outcome.output.isEmpty, "\(command): \(outcome)")
        #expect(outcome.errors.contains("Error: Nothing is shown: "), "\(outcome)")
      }
    }
  }

  @Test("is anchored in the log with every checkpoint, so that cutting it is found")
  func anchors() throws {
    let people = try RoleDesk()
    for _ in 0..<3 { _ = try people.run("timeline t:0", as: "advisor") }
    let access = "\(people.store.path)/access"
    let early = "\(people.desk.folder)/early"
    try FileManager.default.copyItem(atPath: access, toPath: early)
    _ = try people.run("timeline t:2", as: "advisor")
    #expect(try people.run("log checkpoint", as: "root").exitCode == 0)
    #expect(try people.run("log verify --deep", as: "root").exitCode == 0)
    for place in [early, nil] {
      try FileManager.default.removeItem(atPath: access)
      if let place { try FileManager.default.copyItem(atPath: place, toPath: access) }
      let outcome = try people.run("log verify", as: "root")
      #expect(outcome.exitCode == 65, "\(outcome)")
      #expect(outcome.output.contains("Access log: record #"), "\(outcome)")
    }
  }
}
