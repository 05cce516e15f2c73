import Foundation
import Glibc
import Testing

/// A small file system in memory, which only root can mount.
final class SmallDisk {
  let path: String

  init(in folder: String, megabytes: Int) throws {
    path = "\(folder)/disk"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let options = "size=\(megabytes)m"
    let code = unsafe options.withCString { unsafe mount("tmpfs", path, "tmpfs", 0, $0) }
    guard code == 0 else { throw CannotMount() }
  }

  deinit { unsafe umount2(path, CInt(MNT_DETACH)) }

  struct CannotMount: Error {}

  static let isPossible: Bool = {
    guard geteuid() == 0, let desk = try? Desk() else { return false }
    return (try? SmallDisk(in: desk.folder, megabytes: 1)) != nil
  }()

  /// Fills the disk with a file until only so many bytes are free.
  func fill(leaving rest: Int) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: ballast, create: ()))
    while true {
      var info = statvfs()
      unsafe statvfs(path, &info)
      let free = Int(info.f_bavail) * Int(info.f_frsize)
      if free <= rest { break }
      try file.write(contentsOf: Data(repeating: 1, count: min(65_536, free - rest)))
    }
    try file.close()
  }

  /// Removes what filled it; emptied first, as a process started meanwhile may still hold the file.
  func free() throws {
    try Data().write(to: URL(filePath: ballast))
    try FileManager.default.removeItem(atPath: ballast)
  }

  private var ballast: String { "\(path)/ballast" }
}

extension URL {
  /// The place of a new, empty file.
  fileprivate init(filePath: String, create: Void) throws {
    self.init(filePath: filePath)
    try Data().write(to: self)
  }
}

@Suite("A disk that is full")
struct QuestionsOnFullDiskTests {
  @Test(
    "does not keep anybody from asking: what reading writes has room, and a view finds it in memory",
    .enabled(if: SmallDisk.isPossible, "only root can mount a small file system"),
    arguments: [false, true])
  func questions(wasRead: Bool) throws {
    let desk = try Desk()
    try desk.expect("simulate --participants 300 --seed 5 -o net")
    let command = "import net/participants.csv net/events.csv --mapping wir-simulated"
    try desk.expect("init")
    try desk.expect(command)
    let answer = try desk.expect("ask time-to-first-job -f csv")

    let disk = try SmallDisk(in: desk.folder, megabytes: 24)
    desk.environment["WEGMARKE_STORE"] = "\(disk.path)/store"
    desk.environment["WEGMARKE_BALLAST"] = "4MB"
    try desk.expect("init")
    try desk.expect(command)
    if wasRead {
      // A view and an access log are there, and something came since.
      let list = try desk.expect("participants list --limit 1")
      let person = try #require(list.firstMatch(of: /TN-[0-9A-Z]{6}/)).output
      try desk.expect("record CounsellingHeld \(person) --on 2025-07-01")
    } else {
      // As a restore leaves the store: no view, and nobody read anything.
      try FileManager.default.removeItem(atPath: "\(disk.path)/store/views")
    }
    try disk.fill(leaving: 0)
    let list = try desk.run("participants list --limit 1")
    #expect(list.exitCode == 0, "\(list)")
    #expect(wasRead || list.errors.contains("laid out in memory"), "\(list)")
    let person = try #require(list.output.firstMatch(of: /TN-[0-9A-Z]{6}/)).output
    for command in ["timeline \(person)", "privacy report \(person)", "log verify", "doctor"] {
      try disk.fill(leaving: 0)
      let outcome = try desk.run(command)
      let code: Int32 = command == "doctor" ? 1 : 0
      #expect(outcome.exitCode == code && !outcome.output.isEmpty, "\(command): \(outcome)")
    }
    // What a reading did not need of the room that it was given is taken again.
    try disk.fill(leaving: 0)
    let asked = try desk.run("ask time-to-first-job -f csv")
    #expect(asked.exitCode == 0, "\(asked)")
    // A contact more is an observation more.
    #expect(wasRead || asked.output == answer)
    #expect(wasRead || asked.errors.contains("laid out in memory"), "\(asked)")
    let digest = try desk.digest()
    // Nothing of it lies anywhere. Programs of other tests lay out views there too: theirs go away.
    var left = try FileManager.default.contentsOfDirectory(atPath: "/dev/shm").filter {
      $0.hasPrefix("wegmarke-view")
    }
    for _ in 0..<1200 where !left.isEmpty {
      usleep(100_000)
      left.removeAll { !FileManager.default.fileExists(atPath: "/dev/shm/\($0)") }
    }
    #expect(left.isEmpty, "\(left)")
    try disk.fill(leaving: 0)
    let rebuilt = try desk.run("views rebuild")
    #expect(rebuilt.exitCode == 74 && rebuilt.errors.contains("disk is full"), "\(rebuilt)")
    try disk.free()
    try desk.expect("views rebuild")
    #expect(try desk.expect("ask time-to-first-job -f csv") == asked.output)
    #expect(try desk.digest() == digest)
    _ = try desk.verifiedSize()
  }

  @Test(
    "with nothing kept back shows nobody's data, says what is full, and is never taken for damage",
    .enabled(if: SmallDisk.isPossible, "only root can mount a small file system"))
  func withoutBallast() throws {
    let desk = try Desk.withOffice()
    let disk = try SmallDisk(in: desk.folder, megabytes: 16)
    desk.environment["WEGMARKE_STORE"] = "\(disk.path)/store"
    try desk.expect("init")
    try desk.expect(Desk.importOffice)
    try disk.fill(leaving: 0)
    for command in ["timeline t:a", "ask time-to-first-job", "privacy report t:a"] {
      for (language, words) in [("en", "disk is full: "), ("de", "Datenträger ist voll: ")] {
        let outcome = try desk.run("\(command) --lang \(language)")
        #expect(outcome.exitCode == 74 && outcome.output.isEmpty, "\(command): \(outcome)")
        #expect(outcome.errors.contains(words), "\(command): \(outcome)")
        #expect(outcome.errors.contains(disk.path), "\(command): \(outcome)")
      }
    }
    try disk.free()
    try desk.expect("timeline t:a")
    _ = try desk.verifiedSize()
  }
}

@Suite("A disk that fills up during an import")
struct FullDiskTests {
  @Test(
    "leaves whole batches, says how far it got, and the same import completes when there is room",
    .enabled(if: SmallDisk.isPossible, "only root can mount a small file system"),
    arguments: [(100_000, "en"), (250_000, "de"), (400_000, "en")])
  func full(free: Int, language: String) throws {
    let desk = try Desk()
    try desk.expect("simulate --participants 300 --seed 5 -o net")
    let command =
      "import net/participants.csv net/events.csv --mapping wir-simulated --batch-size 300"
    try desk.expect("init")
    let plain = try desk.expect(command)
    let digest = try desk.digest()

    let disk = try SmallDisk(in: desk.folder, megabytes: 8)
    desk.environment["WEGMARKE_STORE"] = "\(disk.path)/store"
    try desk.expect("init")
    try disk.fill(leaving: free)
    let outcome = try desk.run("\(command) --verbose --lang \(language)")
    #expect(outcome.exitCode == 74, "\(outcome)")
    #expect(outcome.output.isEmpty)
    let stored = try Acknowledgement.all(in: outcome.errors)
    let message = try #require(
      outcome.errors.split(separator: "\n").first {
        $0.hasPrefix("Error: ") || $0.hasPrefix("Fehler: ")
      })
    let told =
      language == "en"
      ? message.firstMatch(
        of: /The disk is full; .* Stored for good: (\d+) of (\d+) rows, (\d+) events,/)?.output
      : message.firstMatch(
        of: /Der Datenträger ist voll; .* Sicher gespeichert: (\d+) von (\d+) Zeilen, (\d+)/)?
        .output
    let (_, rows, total, events) = try #require(told, "\(message)")
    #expect(try #require(Int(rows)) < #require(Int(total)))
    // The events that begin the import, then whole batches: exactly what was said to be stored.
    let size = try desk.verifiedSize()
    #expect(size == (stored.last.map { $0.last + 1 } ?? 0))
    #expect(try size == #require(Int(events)) + (size == 0 ? 0 : 2))

    try disk.free()
    let again = try desk.expect(command)
    #expect(again.contains(size == 0 ? "Import I-" : "(resumed)"))
    #expect(try desk.digest() == digest)
    let pattern = /([0-9,]+) events stored/
    #expect(plain.contains(pattern) && again.contains(pattern))
    #expect(try desk.expect("import list").contains("complete"))
  }
}
