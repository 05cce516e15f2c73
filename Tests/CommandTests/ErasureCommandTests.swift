import Foundation
import Testing

/// What an erasure reaches, and what its receipt says about what it cannot reach.
@Suite("Erasing on the command line")
struct ErasureCommandTests {
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    return desk
  }

  @Test("reaches everybody who was merged into a person", arguments: ["t:a", "t:b"])
  func merged(name: String) throws {
    let desk = try desk()
    try desk.expect("participants merge t:a t:b --reason same")
    let forecast = try desk.run("privacy erase \(name) --reason x --dry-run")
    #expect(forecast.errors.contains("1 person (merged from 2 entries)"), "\(forecast)")
    let done = try desk.expect("privacy erase \(name) --reason x --yes")
    #expect(done.contains("person number 0: carried out"), "\(done)")
    #expect(done.contains("person number 1: carried out"), "\(done)")
    for other in ["t:a", "t:b"] {
      #expect(try desk.run("timeline \(other)").exitCode == 66)
      #expect(try desk.run("privacy report \(other)").exitCode == 66)
      let again = try desk.run("privacy erase \(other) --reason x --yes")
      #expect(again.errors.contains("erased already"), "\(again)")
      try desk.expect("privacy receipt \(other)")
    }
    let list = try desk.expect("participants list -f csv")
    #expect(list.contains("t:c") && !list.contains("t:a") && !list.contains("t:b"))
    try desk.expect("log verify --deep")
  }

  @Test("leaves alone who was merged by mistake and parted again")
  func parted() throws {
    let desk = try desk()
    try desk.expect("participants merge t:a t:b --reason same")
    try desk.expect("participants unmerge t:b --reason twins")
    try desk.expect("privacy erase t:a --reason x --yes")
    #expect(try desk.run("timeline t:a").exitCode == 66)
    #expect(try desk.expect("timeline t:b").contains("measure started"))
  }

  @Test("of a field group is told as such, in both languages, and stops nothing else")
  func dropped() throws {
    let desk = try desk()
    let digest = try desk.digest()
    try desk.expect("record HealthImpairmentRecorded t:a --on 2024-02-02 --set disability=yes")
    let shown = try desk.expect("timeline t:a")
    #expect(shown.contains("disability"), "\(shown)")
    try desk.expect("privacy drop health --ground Law --yes")
    for (language, sentence) in [
      ("en", "Dropped by law: health, 1 record. "),
      ("de", "Durch Gesetz aufgehoben: Gesundheit, 1 Angabe. "),
    ] {
      for command in ["timeline t:a", "privacy report t:a"] {
        let told = try desk.expect("\(command) --lang \(language)").replacing(/\s+/, with: " ")
        #expect(told.contains(sentence), "\(told)")
        #expect(!told.contains("erased") && !told.contains("gelöscht"), "\(told)")
        #expect(!told.contains("disability") && !told.contains("Behinderung"), "\(told)")
        #expect(try !desk.expect("\(command.dropLast())b --lang \(language)").contains(sentence))
      }
    }
    let report = try desk.expect("privacy report t:a -f json")
    #expect(report.contains("\"erasedRecords\" : 0"), "\(report)")
    #expect(report.contains(/"droppedRecords" : \{\s+"health" : 1\s+\}/), "\(report)")
    #expect(try desk.digest() == digest)
    try desk.expect("ask time-to-first-job")
    try desk.expect("participants list")
    let late = try desk.run(
      "record HealthImpairmentRecorded t:b --on 2024-02-02 --set disability=yes")
    #expect(late.exitCode == 65 && late.errors.contains("was dropped by law (#"), "\(late)")
    try desk.expect("log verify --deep")
  }

  @Test("certifies what became of role keys, backups, readings and strange files")
  func receipt() throws {
    let desk = try desk()
    try desk.expect("timeline t:a")
    try desk.expect("privacy keys issue steward --holder S-1 -o steward.key")
    try desk.expect("log backup bk --with-keys safe")
    try desk.write("a", to: "home/data/wegmarke/stray.csv")
    try desk.expect("privacy erase t:a --reason x --yes")
    try desk.expect("log backup bk --with-keys safe")
    func copies() throws -> [String] {
      try desk.expect("privacy receipt").split(separator: "\n\n").last {
        $0.contains("- role key")
      }?
      .split(separator: "\n").map(String.init).filter { $0.hasPrefix("- ") } ?? []
    }
    func line(_ begin: String, _ end: String) throws -> Bool {
      try copies().contains { $0.hasPrefix("- \(begin)") && $0.contains(end) }
    }
    #expect(try line("role key 1 steward S-1", "still has the key from before"))
    #expect(try line("key backup", "of epoch 1; opens under no root key"))
    #expect(try line("key backup", "of the epoch in use, which holds no key of the erased"))
    #expect(try line("log backup", "sealed records only"))
    #expect(try line("shown wegmarke timeline", "once, last on that day"))
    #expect(try line("file ", "is none of its files"))
    #expect(try copies().allSatisfy { $0.contains(" How: ") })
    let page = try desk.expect("privacy receipt --lang de")
    #expect(page.contains("Zugriffsprotokoll") && page.contains(" 0 falsch"), "\(page)")

    // The steward comes by: the old key is gone. A copy that went away is looked for.
    try desk.expect("ask time-to-first-job --key-file steward.key")
    #expect(try line("role key 1 steward S-1", "opens nothing of the erased"))
    try FileManager.default.removeItem(atPath: "\(desk.folder)/safe")
    try FileManager.default.removeItem(atPath: "\(desk.store)/stray.csv")
    #expect(try line("key backup", "opens under the root key of then only"))
    #expect(try copies().allSatisfy { !$0.hasPrefix("- file") })
  }
}
