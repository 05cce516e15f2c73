import Foundation
import Testing

/// Words that stand in somebody's data alone, looked for in every file, after backups of log and keys
/// were put back in every pairing.
@Suite("Canary strings")
struct CanaryTests {
  private static let canary = "Kanarienvogel4711"

  /// A desk whose backups of log and keys were made before and after two erasures.
  private struct History {
    let desk: Desk
    let code: String
    let moments = 0..<4

    init() throws {
      desk = try Desk()
      desk.environment["TMPDIR"] = "\(desk.folder)/tmp"
      desk.environment["WEGMARKE_PASSPHRASE_FILE"] = "words.txt"
      desk.environment["WEGMARKE_NEW_PASSPHRASE_FILE"] = "words.txt"
      try desk.write("sechs Würfel, ein Satz\n", to: "words.txt")
      try FileManager.default.createDirectory(
        atPath: "\(desk.folder)/tmp", withIntermediateDirectories: false)
      try desk.write(Office.mapping, to: "small.toml")
      let canary = CanaryTests.canary
      try desk.write(
        Office.people + "\(canary),2024-03-02,\(canary)group,2024-12-31\n", to: "people.csv")
      try desk.write(Office.events, to: "events.csv")
      try desk.expect("init")
      try desk.expect(Desk.importOffice)
      let person = "t:\(canary)"
      try desk.expect("record CounsellingHeld \(person) --on 2024-07-01 --set note=\(canary)note")
      let shown = try desk.expect("timeline \(person)")
      code = String(try #require(shown.firstMatch(of: /TN-\w{6}/)).output)
      try desk.expect("ask time-to-first-job")
      try desk.expect("privacy report \(person)")
      try keep(0)
      try desk.expect("privacy erase \(person) --reason x --yes")
      try keep(1)
      try desk.expect("record CounsellingHeld t:b --on 2024-07-01")
      try desk.expect("privacy erase t:c --reason x --yes")
      try keep(2)
      try desk.expect("record CounsellingHeld t:b --on 2024-08-01")
      try desk.expect("ask time-to-first-job")
      try keep(3)
    }

    private func keep(_ moment: Int) throws {
      try desk.expect("log backup bk\(moment) --with-keys safe\(moment)")
      try desk.expect("privacy keys export --for safe -o \(moment).export")
      try FileManager.default.copyItem(atPath: desk.keys, toPath: "\(desk.folder)/root\(moment)")
    }

    /// Puts a pair into a new store, beside the key file of a moment.
    func put(log: Int, keys: Int, root: Int) throws -> String {
      try FileManager.default.removeItem(atPath: desk.keys)
      try FileManager.default.copyItem(atPath: "\(desk.folder)/root\(root)", toPath: desk.keys)
      let folder = "\(desk.folder)/safe\(keys)"
      let copy = try #require(FileManager.default.contentsOfDirectory(atPath: folder).first)
      let store = "\(desk.folder)/restored-\(log)-\(keys)-\(root)"
      let restored = try desk.run("log restore bk\(log) \(store) --keys \(folder)/\(copy)")
      // Where the program refuses the pair, somebody may still copy the files.
      guard !FileManager.default.fileExists(atPath: "\(store)/keys") else { return store }
      #expect(restored.exitCode != 0)
      try? FileManager.default.removeItem(atPath: store)
      let whole = try desk.expect("log restore bk\(log) \(store)")
      #expect(!whole.isEmpty)
      let epoch = try #require(copy.firstMatch(of: /epoch-\d+/)).output
      try FileManager.default.createDirectory(
        atPath: "\(store)/keys", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: "\(folder)/\(copy)", toPath: "\(store)/keys/\(epoch)")
      return store
    }

    /// Puts a log into a new store whose keys are lost, and brings exported ones back.
    func put(log: Int, export: Int) throws -> (store: String, outcome: Desk.Outcome) {
      try FileManager.default.removeItem(atPath: desk.keys)
      let store = "\(desk.folder)/exported-\(log)-\(export)"
      try desk.expect("log restore bk\(log) \(store)")
      return (store, try desk.run("privacy keys import \(export).export --store \(store)"))
    }

    /// The files below some folders in which a canary stands.
    func hits(_ folders: [String]) throws -> [String] {
      let needles = [CanaryTests.canary, CanaryTests.canary.lowercased(), code].map {
        Data($0.utf8)
      }
      var found: [String] = []
      for folder in folders {
        let names =
          FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        for name in names {
          // A folder has no bytes; the name of a file tells as much as they do.
          let bytes = (try? Data(contentsOf: URL(filePath: "\(folder)/\(name)"))) ?? Data()
          let all = bytes + Data(name.utf8)
          if needles.contains(where: { all.firstRange(of: $0) != nil }) {
            found.append("\(folder)/\(name)")
          }
        }
      }
      return found
    }

    var backups: [String] {
      moments.flatMap { ["\(desk.folder)/bk\($0)", "\(desk.folder)/safe\($0)"] }
    }
  }

  @Test("of somebody erased stand in no file, whichever backups of log and keys are put back")
  func pairs() throws {
    let history = try History()
    let desk = history.desk
    let last = 3
    let temporary = "\(desk.folder)/tmp"
    let person = "t:\(Self.canary)"
    #expect(try history.hits([desk.store, desk.keys, temporary] + history.backups) == [])
    // The search finds, and the copies are whole: with the key file of that day, which is destroyed,
    // the person is read and stands in the view.
    let before = try history.put(log: 0, keys: 0, root: 0)
    #expect(try desk.expect("timeline \(person) --store \(before)").contains(Self.canary))
    try desk.expect("ask time-to-first-job --store \(before)")
    #expect(try !history.hits([before]).isEmpty)
    try FileManager.default.removeItem(atPath: before)

    var outcomes: [String: Int] = [:]
    func tryOut(log: Int, keys: Int, root: Int) throws {
      let store = try history.put(log: log, keys: keys, root: root)
      let pair = "log \(log), keys \(keys), key file \(root)"
      let places = [store, desk.keys, temporary]
      #expect(try history.hits(places) == [], "\(pair), closed")
      let commands = [
        "timeline \(person)", "participants list", "ask time-to-first-job",
        "privacy report \(person)",
        "privacy resume", "privacy resume --accept-older-log --reason x", "views rebuild",
        "ask time-to-first-job --as-of #12", "timeline \(person)", "privacy report \(history.code)",
        "participants list",
      ]
      var codes: [String] = []
      for command in commands {
        let outcome = try desk.run("\(command) --store \(store)")
        codes.append("\(outcome.exitCode ?? -1)")
        // What was asked for by its name may be named in a refusal.
        #expect(!outcome.output.contains(Self.canary), "\(pair), \(command)")
        #expect(try history.hits(places) == [], "\(pair), after \(command)")
      }
      outcomes[codes.joined(separator: " "), default: 0] += 1
      try FileManager.default.removeItem(atPath: store)
    }
    for log in history.moments {
      for keys in history.moments {
        try tryOut(log: log, keys: keys, root: last)
      }
    }
    print("pairs with the key file in use, by exit codes: \(outcomes)")
    #expect(outcomes.values.reduce(0, +) == 16)
    // Some open at once, some when the older log is accepted, some never.
    #expect(outcomes.count >= 3)

    // The key file put back as well: the erasures are carried out again before anything is shown.
    outcomes = [:]
    for log in 1...last {
      for keys in 0..<2 where log > keys {
        try tryOut(log: log, keys: keys, root: keys)
      }
    }
    print("with the key file of that day: \(outcomes)")
    #expect(outcomes.keys.allSatisfy { $0.hasPrefix("75 75 75 75 0 ") }, "\(outcomes)")
    #expect(try history.hits([desk.keys, temporary] + history.backups) == [])
  }

  @Test("of somebody erased stand in no file, whichever export of keys is brought back")
  func exports() throws {
    let history = try History()
    let desk = history.desk
    let person = "t:\(Self.canary)"
    let files = history.moments.map { "\($0).export" }
    for file in files {
      let bytes = try Data(contentsOf: URL(filePath: "\(desk.folder)/\(file)"))
      #expect(bytes.firstRange(of: Data(Self.canary.utf8)) == nil)
    }
    // The search finds: with log and export from before the erasure the person is read.
    let before = try history.put(log: 0, export: 0)
    #expect(before.outcome.exitCode == 0, "\(before.outcome)")
    #expect(try desk.expect("timeline \(person) --store \(before.store)").contains(Self.canary))
    try FileManager.default.removeItem(atPath: before.store)
    var outcomes: [String: Int] = [:]
    for log in 1..<4 {
      for export in history.moments {
        let (store, outcome) = try history.put(log: log, export: export)
        let pair = "log \(log), export \(export)"
        let places = [store, desk.keys, "\(desk.folder)/tmp"]
        #expect(try history.hits(places) == [], "\(pair)")
        // An export that followed erasures which this log lacks is refused, and leaves nothing.
        outcomes["\(outcome.exitCode ?? -1)", default: 0] += 1
        #expect(
          (outcome.exitCode == 0) == (export <= log || export == 3 && log == 2),
          "\(pair): \(outcome)")
        for command in [
          "timeline \(person)", "participants list", "ask time-to-first-job",
          "ask time-to-first-job --as-of #12", "privacy report \(history.code)",
        ] {
          let shown = try desk.run("\(command) --store \(store)")
          #expect(!shown.output.contains(Self.canary), "\(pair), \(command)")
          if outcome.exitCode != 0 { #expect(shown.exitCode != 0, "\(pair), \(command)") }
          #expect(try history.hits(places) == [], "\(pair), after \(command)")
        }
        try FileManager.default.removeItem(atPath: store)
        // A key file without its store would be in the way of the next.
        try? FileManager.default.removeItem(atPath: desk.keys)
        try FileManager.default.createDirectory(
          atPath: desk.keys, withIntermediateDirectories: true)
      }
    }
    print("logs with exports, by exit code of the import: \(outcomes)")
  }
}
