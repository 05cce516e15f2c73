import Foundation
import TestSupport
import Testing

/// What concerns everybody's keys is the root key's, whatever a role asks for.
@Suite("A role and the commands that change keys")
struct PrivacyRoleTests {
  /// Commands that only the root key carries out.
  private static let commands = [
    "privacy erase t:1 --reason x --yes", "privacy erase t:1 --reason x --dry-run",
    "privacy erase t:1 --reason x --not-possible y", "privacy drop health --ground x --yes",
    "privacy drop health --ground x --dry-run", "privacy keys rotate --reason x --yes",
    "privacy keys rotate --reason x --dry-run", "privacy resume", "privacy keys mend copy",
    "privacy keys mend copy --dry-run", "privacy keys give-up 0 --reason x --yes",
    "privacy keys give-up 0 --reason x --dry-run", "privacy keys export --for x -o x.keys",
    "privacy keys export --for x -o x.keys --dry-run",
    "privacy keys forget-export KX-00000000 --reason x", "privacy keys revoke 1",
    "privacy keys restore-rings", "privacy keys issue dpo -o x.key", "privacy keys list",
    "log checkpoint",
  ]

  @Test("is refused with 77 before anything is said or written")
  func refused() throws {
    let people = try RoleDesk()
    try FileManager.default.copyItem(
      atPath: "\(people.store.path)/keys/epoch-1", toPath: "\(people.desk.folder)/copy")
    let before = try people.run("log verify", as: "root").output
    for command in Self.commands {
      for role in RoleDesk.roles.dropFirst() {
        let outcome = try people.run(command, as: role)
        #expect(outcome.exitCode == 77, "\(role): \(command): \(outcome)")
        #expect(outcome.output.isEmpty, "\(role): \(command): \(outcome)")
        #expect(outcome.errors.hasPrefix("Error: No permission: "), "\(role): \(outcome)")
        #expect(!outcome.errors.contains("become"), "\(role): \(command): \(outcome)")
      }
    }
    #expect(try people.run("log verify", as: "root").output == before)
    #expect(try people.run("timeline t:1", as: "root").exitCode == 0)
    try people.store.verify()
  }

  @Test("sees orders and exports, which stand in clear, and seals its own key file")
  func allowed() throws {
    let people = try RoleDesk()
    try people.desk.write("seven green pears in May\n", to: "words")
    for role in RoleDesk.roles.dropFirst() {
      for command in ["privacy erasures", "privacy exports"] {
        let outcome = try people.run(command, as: role)
        #expect(outcome.exitCode == 0, "\(role): \(command): \(outcome)")
      }
      try people.desk.expect(
        "privacy keys set-passphrase \(people.key(role))",
        with: ["WEGMARKE_NEW_PASSPHRASE_FILE": "\(people.desk.folder)/words"])
    }
  }

  @Test("is not shown by a dry run what it may not store")
  func dryRuns() throws {
    let people = try RoleDesk()
    for role in ["coordinator", "evaluator", "dpo"] {
      for command in [
        "correct 3 --on 2026-02-01 --reason x --dry-run", "retract 3 --reason x --dry-run",
        "record StatusConfirmed t:0 --on 2026-02-01 --dry-run",
      ] {
        let outcome = try people.run(command, as: role)
        #expect(outcome.exitCode == 77 && outcome.output.isEmpty, "\(role): \(outcome)")
      }
    }
  }

  @Test("is told who makes the key of a sub-project that is new")
  func newSubproject() throws {
    let people = try RoleDesk()
    let new = "record ParticipationEntered --new --on 2026-03-01 --set subproject=TP-9"
    for role in ["steward", "advisor"] {
      let outcome = try people.run(new, as: role)
      #expect(outcome.exitCode == 77, "\(role): \(outcome)")
      #expect(outcome.errors.contains("nobody of sub-project TP-9"), "\(role): \(outcome)")
      #expect(outcome.errors.contains("root key"), "\(role): \(outcome)")
    }
    let other = try people.run(
      new.replacingOccurrences(of: "TP-9", with: "TP-2"), as: "advisor")
    #expect(other.exitCode == 77 && other.errors.contains("Ask the advisors"), "\(other)")
  }

  @Test("has an entry of every dry run and refusal that tells of a person, by its own name")
  func entries() throws {
    let people = try RoleDesk()
    let merge = "participants merge t:0 t:2 --reason same --dry-run"
    #expect(try people.run(merge, as: "advisor").exitCode == 0)
    let correct = "correct 3 --on 2026-02-01 --reason x --dry-run"
    #expect(try people.run(correct, as: "advisor").exitCode == 0)
    #expect(try people.run("retract 3 --reason x --dry-run", as: "advisor").exitCode == 0)
    let born =
      "record IdentityRecorded t:0 --on 2026-03-01 --set name=Made-Up --set birth-date=1990-05-01"
    let told = try people.run(born, as: "advisor")
    try #require(told.exitCode == 0, "\(told)")
    let early = try people.run("record StatusConfirmed t:0 --on 1970-01-01", as: "advisor")
    #expect(early.exitCode == 65 && early.errors.contains("1990"), "\(early)")
    let rows = try people.desk.expect("privacy access-log -f csv \(people.key("dpo"))")
    for entry in [
      "participants merge --dry-run,2", "participants merge --dry-run,0", "correct --dry-run,0",
      "retract --dry-run,0", "record,0,",
    ] {
      #expect(rows.contains("advisor,B-014,\(entry)"), "\(entry)\n\(rows)")
    }
  }

  @Test("keeps nothing of the old keys that the program would take after a change of keys")
  func revokedCopy() throws {
    let people = try RoleDesk()
    let old = "\(people.desk.folder)/old"
    try FileManager.default.copyItem(atPath: "\(people.store.path)/keys", toPath: "\(old)-keys")
    try FileManager.default.copyItem(
      atPath: "\(people.desk.folder)/advisor.key", toPath: "\(old).key")
    try people.desk.expect("privacy keys revoke 1 \(people.key("root"))")
    try people.desk.expect("privacy keys rotate --reason x --yes \(people.key("root"))")
    let stolen = "\(people.desk.folder)/stolen"
    try FileManager.default.copyItem(atPath: people.store.path, toPath: stolen)
    try FileManager.default.removeItem(atPath: "\(stolen)/keys")
    try FileManager.default.moveItem(atPath: "\(old)-keys", toPath: "\(stolen)/keys")
    for command in ["timeline t:0", "participants list", "log stats"] {
      let outcome = try people.desk.run("\(command) --store \(stolen) --key-file \(old).key")
      #expect(outcome.exitCode == 75 && outcome.output.isEmpty, "\(command): \(outcome)")
      #expect(outcome.errors.contains("changes of keys"), "\(command): \(outcome)")
    }
  }
}

/// Keys that are damaged, and folders that share a key file.
@Suite("Keys in trouble on the command line")
struct KeyTroubleTests {
  private func damage(_ desk: Desk, epoch: Int, person: Int, with bytes: [UInt8]? = nil) throws {
    let path = "\(desk.store)/keys/epoch-\(epoch)/participants"
    var file = try Data(contentsOf: URL(filePath: path))
    let start = 64 + 72 * person
    if let bytes {
      file.replaceSubrange(start..<start + bytes.count, with: bytes)
    } else {
      file[start + 25] ^= 1
    }
    try file.write(to: URL(filePath: path))
  }

  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    return desk
  }

  @Test("keep an erasure from being ordered; doctor names the person and the way out")
  func damaged() throws {
    let desk = try desk()
    let code = try #require(
      try desk.expect("participants list -f csv").firstMatch(of: /(TN-[0-9A-Z]{6}),t:b/)?.output.1)
    try desk.expect("log backup bk --with-keys safe")
    try damage(desk, epoch: 1, person: 1)
    let refused = try desk.run("privacy erase t:a --reason x --yes")
    #expect(refused.exitCode == 65 && refused.errors.contains(String(code)), "\(refused)")
    #expect(refused.errors.contains("Nothing was changed"), "\(refused)")
    try desk.expect("timeline t:a")
    let doctor = try desk.doctor()
    #expect(doctor.contains(String(code)) && doctor.contains("keys give-up 1"), "\(doctor)")
    let verified = try desk.run("log verify --deep")
    #expect(verified.exitCode == 65 && verified.output.contains(String(code)), "\(verified)")
    let copies = try FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/safe")
    let folder = try #require(copies.first { $0.hasPrefix("keys-") })
    try desk.expect("privacy keys mend safe/\(folder)")
    try desk.expect("log verify --deep")
    try desk.expect("privacy erase t:a --reason x --yes")
    try damage(desk, epoch: 2, person: 1)
    #expect(try desk.run("privacy keys mend safe/\(folder)").exitCode == 65)
    #expect(try desk.run("privacy keys give-up 2 --reason lost --yes").exitCode == 65)
    try desk.expect("privacy keys give-up 1 --reason lost --yes")
    try desk.expect("log verify --deep")
    #expect(try desk.run("doctor").output.contains("People's keys   all whole"))
    #expect(try desk.run("timeline t:b").exitCode == 66)
    try desk.expect("timeline t:c")
  }

  @Test("that were destroyed without an order are found by log verify and doctor")
  func withoutOrder() throws {
    let desk = try desk()
    try damage(desk, epoch: 1, person: 1, with: [2] + [UInt8](repeating: 0, count: 71))
    for command in ["log verify", "log verify --deep", "log verify --lang de"] {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 65, "\(command): \(outcome)")
      #expect(outcome.output.contains("umber 1: ") || outcome.output.contains("ummer 1: "))
    }
    let doctor = try desk.doctor()
    #expect(doctor.contains("person number 1 (") && doctor.contains("key erased"), "\(doctor)")
    // Nobody passes for erased whom nobody ordered erased.
    for command in ["timeline t:b", "views rebuild"] {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 65, "\(command): \(outcome)")
      #expect(outcome.errors.contains("no order says so"), "\(command): \(outcome)")
    }
    try desk.expect("timeline t:c")
  }

  @Test("of a copy that was restored for trial: the original keeps its key file")
  func copies() throws {
    let desk = try desk()
    try desk.expect("log backup bk --with-keys safe")
    let copies = try FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/safe")
    let folder = try #require(copies.first { $0.hasPrefix("keys-") })
    let restored = try desk.run("log restore bk B --keys safe/\(folder)")
    #expect(restored.errors.contains("also used by"), "\(restored)")
    for command in [
      "privacy keys rotate --reason trial --yes", "privacy keys rotate --reason trial --dry-run",
      "privacy erase t:a --reason x --yes", "privacy drop health --ground x --yes",
    ] {
      let outcome = try desk.run("\(command) --store B")
      #expect(outcome.exitCode == 65, "\(command): \(outcome)")
      #expect(outcome.errors.contains("home/data/wegmarke"), "\(command): \(outcome)")
      #expect(outcome.errors.contains("--key-file"), "\(command): \(outcome)")
    }
    try desk.expect("participants list")
    let key = try #require(
      try FileManager.default.contentsOfDirectory(atPath: desk.keys).first { $0.hasSuffix(".key") })
    try FileManager.default.copyItem(
      atPath: "\(desk.keys)/\(key)", toPath: "\(desk.folder)/own.key")
    try desk.expect(
      "privacy keys rotate --reason trial --yes --store B --key-file \(desk.folder)/own.key")
    try desk.expect("participants list")
    try desk.expect("privacy keys rotate --reason now --yes")
  }

  @Test("of the access log: entries that are gone are missed")
  func accessLog() throws {
    let desk = try desk()
    try desk.expect("timeline t:a")
    try desk.expect("log checkpoint -o kept.note")
    #expect(try desk.run("doctor").output.contains("1 entry"))
    try FileManager.default.removeItem(atPath: "\(desk.store)/access")
    let outcome = try desk.run("privacy access-log")
    #expect(outcome.exitCode == 65 && outcome.errors.contains("not whole"), "\(outcome)")
    #expect(outcome.output.isEmpty, "\(outcome)")
    let doctor = try desk.doctor()
    #expect(doctor.contains("!! Access log") && doctor.contains("other entries"), "\(doctor)")
  }

  @Test("a receipt of a change of keys claims no check of records or views")
  func rotationReceipt() throws {
    let desk = try desk()
    try desk.expect("privacy keys rotate --reason x --yes")
    let rotated = try desk.expect("privacy receipt")
    #expect(!rotated.contains("- records:") && !rotated.contains("- views:"), "\(rotated)")
    #expect(rotated.contains("- keys: holds"), "\(rotated)")
    try desk.expect("record HealthImpairmentRecorded t:a --on 2024-02-02 --set disability=yes")
    try desk.expect("privacy drop health --ground Law --yes")
    let dropped = try desk.expect("privacy receipt")
    #expect(dropped.contains("0 of 1 records open"), "\(dropped)")
    #expect(dropped.contains("every field group") && !dropped.contains("- views:"), "\(dropped)")
  }
}

extension Desk {
  /// What doctor says of a store in trouble, on one line.
  fileprivate func doctor() throws -> String {
    let outcome = try run("doctor")
    #expect(outcome.exitCode == 1, "\(outcome)")
    return outcome.output.replacing(/\s+/, with: " ")
  }
}
