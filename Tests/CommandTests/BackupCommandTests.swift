import Foundation
import Glibc
import Testing

@Suite("wegmarke log backup and restore")
struct BackupCommandTests {
  @Test("bring a store back on another machine, keys included, and say what is missing")
  func whole() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let preview = try desk.run("log backup bk --dry-run")
    #expect(preview.output == "Would make a full backup of 15 records.\n", "\(preview)")
    #expect(!FileManager.default.fileExists(atPath: "\(desk.folder)/bk"))
    let made = try desk.expect("log backup bk --with-keys safe")
    #expect(made.hasPrefix("Backed up the whole log: 15 records, "))
    #expect(try desk.expect("log backup bk").hasPrefix("Nothing is new since the last backup"))
    try desk.write("id,entry,group,until\nd,2024-04-01,x,2025-02-28\n", to: "people2.csv")
    try desk.expect("import people2.csv --mapping small.toml")
    #expect(try desk.expect("log backup bk --lang de").hasPrefix("Neues gesichert: "))
    try desk.expect("log backup bk --with-keys safe2")
    let digest = try desk.digest()

    let drill = try desk.expect("log restore bk --drill")
    #expect(drill.hasPrefix("The drill went well: ") && drill.hasSuffix("The log signed it.\n"))
    let keys = try #require(
      FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/safe2").first)
    let opened = try desk.expect("log restore bk --drill --keys safe2/\(keys) --lang de")
    #expect(opened.contains("Mit diesen Schlüsseln öffnen sich "))

    // Elsewhere: the backups, the root key, and nothing else.
    let other = try Desk()
    for name in ["bk", "safe2"] {
      try FileManager.default.copyItem(
        atPath: "\(desk.folder)/\(name)", toPath: "\(other.folder)/\(name)")
    }
    try FileManager.default.createDirectory(
      atPath: other.keys, withIntermediateDirectories: true)
    for name in try FileManager.default.contentsOfDirectory(atPath: desk.keys) {
      try FileManager.default.copyItem(
        atPath: "\(desk.keys)/\(name)", toPath: "\(other.keys)/\(name)")
    }
    let vkey = try desk.expect("log checkpoint --key").trimmingCharacters(in: .newlines)
    let restored = try other.run("log restore bk new --keys safe2/\(keys) --vkey \(vkey)")
    #expect(restored.exitCode == 0, "\(restored)")
    #expect(restored.output.contains("From a full backup and an increment, made "))
    #expect(restored.errors.contains("This is a new life of the log"))
    other.environment["WEGMARKE_STORE"] = "\(other.folder)/new"
    #expect(try other.digest() == digest)
    _ = try other.verifiedSize()
    let again = try other.run("log restore bk new --keys safe2/\(keys)")
    #expect(again.exitCode == 73, "\(again)")
    // Without its keys it is there and cannot be read.
    let bare = try other.run("log restore bk bare --increments 0 --lang de")
    #expect(bare.exitCode == 0 && bare.output.hasPrefix("15 Datensätze wiederhergestellt: bare\n"))
    #expect(bare.errors.contains("Lesbar ist er noch nicht"))
    #expect(try other.run("log stats --store bare").exitCode == 77)
  }

  @Test("say when the newest increments are not there any more", arguments: ["en", "de"])
  func vanished(language: String) throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("log backup bk")
    try desk.expect("record CounsellingHeld t:a --on 2024-07-01")
    try desk.expect("log backup bk")
    try desk.expect("log restore bk --drill")
    let series = try #require(
      FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/bk").first {
        $0.hasPrefix("full-")
      })
    try FileManager.default.removeItem(
      atPath: "\(desk.folder)/bk/\(series)/increment-0001")
    let head = language == "en" ? "Error: The end of the backup" : "Fehler: Das Ende der Sicherung"
    for command in ["log restore bk --drill", "log restore bk new"] {
      let outcome = try desk.run("\(command) --lang \(language)")
      #expect(outcome.exitCode == 65 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.hasPrefix(head), "\(outcome)")
      #expect(outcome.errors.contains("\(series)/increment-0001"), "\(outcome)")
    }
    // What is there can be had by saying so, and the next backup has everything again.
    try desk.expect("log restore bk old --increments 0")
    let next = try desk.expect("log backup bk --lang \(language)")
    #expect(next.contains(language == "en" ? "No longer there, " : "Nicht mehr da, "), "\(next)")
    try desk.expect("log restore bk --drill")
  }

  @Test("name what is damaged, and end with the right code", arguments: ["en", "de"])
  func refused(language: String) throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("log backup bk")
    let series = try #require(
      FileManager.default.contentsOfDirectory(atPath: "\(desk.folder)/bk").first {
        $0.hasPrefix("full-")
      })
    let data = "bk/\(series)/data.mdb"
    let handle = try FileHandle(forUpdating: URL(filePath: "\(desk.folder)/\(data)"))
    try handle.seek(toOffset: 5000)
    try handle.write(contentsOf: Data([1, 2, 3]))
    try handle.close()
    let head = language == "en" ? "Error: A part of the backup is damaged: " : "Fehler: Ein Teil"
    for command in ["log restore bk --drill", "log restore bk new"] {
      let outcome = try desk.run("\(command) --lang \(language)")
      #expect(outcome.exitCode == 65 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.errors.hasPrefix(head) && outcome.errors.contains(data), "\(outcome)")
    }
    // The failed drill is remembered, and the doctor asks for somebody.
    let doctor = try desk.run("doctor --lang \(language)")
    #expect(doctor.exitCode == 1)
    #expect(doctor.output.contains(language == "en" ? "it failed: " : "misslungen: "))
    for (command, code) in [
      ("log restore nowhere --drill", Int32(66)), ("log restore bk", 64),
      ("log restore bk new --drill", 64), ("log backup bk --keep 0", 64), ("log backup", 64),
      ("log backup home/data/wegmarke/bk", 64), ("log backup bk --with-keys bk/keys", 64),
      ("log restore bk --drill --increments 3", 65), ("log restore bk new --vkey x", 64),
    ] {
      let outcome = try desk.run("\(command) --lang \(language)")
      #expect(outcome.exitCode == code && outcome.output.isEmpty, "\(command): \(outcome)")
    }
  }

  @Test("counts as a drill what tried everything, and no slip of the hand")
  func drills() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("log backup bk")
    let registry = "\(desk.store)/backups"
    let before = try readText(registry)
    for (command, code) in [
      ("log restore nowhere --drill", Int32(66)), ("log restore bk --drill --vkey foo", 64),
      ("log restore bk --drill --keys nowhere", 66), ("log restore bk --drill --increments 0", 0),
    ] {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == code, "\(command): \(outcome)")
      #expect(try readText(registry) == before, "\(command)")
    }
    let keys = try desk.run("log restore bk --drill --keys nowhere --lang de")
    #expect(keys.errors.contains("keys-…") && !keys.errors.contains("--increments"), "\(keys)")
    try desk.expect("log restore bk --drill")
    #expect(try readText(registry) != before)
  }

  @Test("refuse a folder that held backups and is empty now: the medium may not be there")
  func otherMedium() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.expect("log backup bk")
    let folder = "\(desk.folder)/bk"
    try FileManager.default.moveItem(atPath: folder, toPath: "\(folder)-away")
    for command in ["log backup bk", "log backup bk --dry-run"] {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 66 && outcome.errors.contains("--full"), "\(outcome)")
      #expect(!FileManager.default.fileExists(atPath: folder), "\(command)")
    }
    try desk.expect("log backup bk --full")
  }

  @Test("go on while an import writes as fast as it can")
  func load() throws {
    let desk = try Desk()
    try desk.expect("init")
    try desk.expect("simulate --participants 400 --seed 3 -o net")
    let running = try desk.start(
      "import net/participants.csv net/events.csv --mapping wir-simulated --messages 0"
        + " --batch-size 40 --verbose")
    var during = 0
    while running.child.poll() == nil {
      let outcome = try desk.run("log backup bk")
      #expect(outcome.exitCode == 0, "\(outcome)")
      if running.child.poll() == nil { during += 1 }
    }
    #expect(running.child.wait() == .exit(0))
    #expect(during > 0, "the import was over before the first backup")
    try desk.expect("log backup bk")
    let size = try desk.verifiedSize()
    #expect(try desk.expect("log restore bk --drill").contains(" records can be restored"))
    let restored = try desk.expect("log restore bk copy")
    #expect(restored.filter(\.isNumber).hasPrefix("\(size)"))
  }
}

@Suite("wegmarke doctor")
struct DoctorCommandTests {
  @Test("fits 80 columns, and its JSON says the same", arguments: ["en", "de"])
  func forms(language: String) throws {
    let desk = try Desk.withOffice()
    // However full the disk is on which the tests run.
    let roomy = ["WEGMARKE_DISK_WARN": "1%"]
    let empty = try desk.run("doctor --lang \(language)", with: roomy)
    #expect(empty.exitCode == 0, "\(empty)")
    try desk.expect(Desk.importOffice)
    let outcome = try desk.run("doctor --lang \(language)", with: ["COLUMNS": "80"])
    #expect(outcome.exitCode == 1, "\(outcome)")
    for line in outcome.lines { #expect(line.count <= 80, "\(line)") }
    let json = try desk.run("doctor --format json --lang \(language)")
    #expect(json.exitCode == 1)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(object["schema"] as? String == "wegmarke.doctor")
    #expect(object["schemaVersion"] as? Int == 1 && object["needsSomebody"] as? Bool == true)
    let checks = try #require(object["checks"] as? [[String: Any]])
    let states = Dictionary(
      uniqueKeysWithValues: checks.compactMap { check in
        (check["name"] as? String).flatMap { name in
          (check["state"] as? String).map { (name, $0) }
        }
      })
    #expect(states["log"] == "good" && states["backup"] == "attention")
    #expect(states.count == checks.count && checks.count >= 11)
    try desk.expect("log backup bk")
    #expect(try desk.run("doctor", with: roomy).exitCode == 0)
    #expect(try desk.run("doctor --store nowhere").exitCode == 66)
    #expect(try desk.run("doctor", with: ["WEGMARKE_DISK_WARN": "much"]).exitCode == 64)
    #expect(try desk.run("doctor", with: ["WEGMARKE_DISK_WARN": "100%"]).exitCode == 1)
    // A store that does not open is a finding.
    try FileManager.default.removeItem(atPath: "\(desk.store)/keys")
    let broken = try desk.run("doctor --lang \(language)")
    #expect(broken.exitCode == 1 && broken.output.hasPrefix("!!  "), "\(broken)")
  }

  @Test("stops taking in below the watermark, and nothing else")
  func watermark() throws {
    let desk = try Desk.withOffice()
    let full = ["WEGMARKE_DISK_STOP": "100%"]
    let refused = try desk.run(Desk.importOffice, with: full)
    #expect(refused.exitCode == 74 && refused.output.isEmpty, "\(refused)")
    #expect(refused.errors.hasPrefix("Error: The disk is nearly full: "))
    try desk.expect(Desk.importOffice)
    for command in [
      "ask time-to-first-job", "log backup bk", "log checkpoint", "log verify",
      "\(Desk.importOffice) --dry-run",
    ] { try desk.expect(command, with: full) }
  }

  @Test(
    "a person can be erased and a checkpoint signed on a full disk, for room was kept back",
    .enabled(if: SmallDisk.isPossible, "only root can mount a small file system"))
  func ballast() throws {
    let desk = try Desk.withOffice()
    let disk = try SmallDisk(in: desk.folder, megabytes: 16)
    desk.environment["WEGMARKE_STORE"] = "\(disk.path)/store"
    desk.environment["WEGMARKE_BALLAST"] = "4MB"
    try desk.expect("init")
    try desk.expect(Desk.importOffice)
    let path = "\(disk.path)/store/ballast"
    #expect(FileManager.default.fileExists(atPath: path))
    try disk.fill(leaving: 0)
    let erased = try desk.run("privacy erase t:a --reason request-7 --yes")
    #expect(erased.exitCode == 0, "\(erased)")
    #expect(erased.errors.hasPrefix("Warning: The disk is full: "))
    try desk.expect("log checkpoint")
    #expect(!FileManager.default.fileExists(atPath: path))
    try desk.write("id,entry,group,until\nd,2024-04-01,x,2025-02-28\n", to: "people2.csv")
    let stopped = try desk.run(
      "import people2.csv --mapping small.toml", with: ["WEGMARKE_DISK_STOP": "50%"])
    #expect(stopped.exitCode == 74, "\(stopped)")
    try disk.free()
    try desk.expect("import people2.csv --mapping small.toml")
    #expect(FileManager.default.fileExists(atPath: path))
    _ = try desk.verifiedSize()
  }
}
