import Foundation
import Testing

@Suite("wegmarke privacy keys export, import and forget-export")
struct KeyExportCommandTests {
  private static let asked = ["WEGMARKE_PASSPHRASE_FILE": "words.txt"]
  private static let new = ["WEGMARKE_NEW_PASSPHRASE_FILE": "words.txt"]

  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    try desk.write("sechs Würfel, ein Satz\n", to: "words.txt")
    return desk
  }

  private func loseKeys(of desk: Desk) throws {
    try FileManager.default.removeItem(atPath: desk.keys)
    try FileManager.default.removeItem(atPath: "\(desk.store)/keys")
  }

  /// Every file of the desk but those in which LMDB notes who reads.
  private func files(of desk: Desk) throws -> [String: Data] {
    var found: [String: Data] = [:]
    for case let name as String in FileManager.default.enumerator(atPath: desk.folder) ?? .init()
    where !name.hasPrefix("streams") && !name.hasSuffix("/lock.mdb") {
      found[name] = (try? Data(contentsOf: URL(filePath: "\(desk.folder)/\(name)"))) ?? Data()
    }
    return found
  }

  private func name(_ text: String) throws -> String {
    String(try #require(text.firstMatch(of: /KX-[0-9A-F]{8}/)).output)
  }

  @Test("bring a store back whose keys were lost, and receipts list the file until it is destroyed")
  func whole() throws {
    let desk = try desk()
    let digest = try desk.digest()
    #expect(try desk.run("privacy keys export --for safe -o a.export").exitCode == 64)
    let dry = try desk.run("privacy keys export --for safe -o a.export --dry-run --lang de")
    #expect(dry.exitCode == 0 && dry.errors.contains("alle Schlüssel"), "\(dry)")
    #expect(!FileManager.default.fileExists(atPath: "\(desk.folder)/a.export"))
    let done = try desk.expect("privacy keys export --for safe -o a.export", with: Self.new)
    let id = try name(done)
    let mode = try FileManager.default.attributesOfItem(atPath: "\(desk.folder)/a.export")
    #expect(mode[.posixPermissions] as? Int == 0o600)
    #expect(try desk.run("privacy keys export --for x -o a.export", with: Self.new).exitCode == 73)
    #expect(try desk.expect("privacy exports --lang de").contains("alle Schlüssel"))
    try loseKeys(of: desk)
    #expect(try desk.run("timeline t:a").exitCode == 77)
    try desk.write("another sentence\n", to: "other.txt")
    let other = ["WEGMARKE_PASSPHRASE_FILE": "other.txt"]
    #expect(try desk.run("privacy keys import a.export", with: other).exitCode == 77)
    let back = try desk.expect("privacy keys import a.export", with: Self.asked)
    #expect(back.contains(id) && back.contains("are back"), "\(back)")
    #expect(try desk.digest() == digest)
    let again = try desk.run("privacy keys import a.export", with: Self.asked)
    #expect(again.exitCode == 65 && again.errors.contains("nothing was imported"), "\(again)")

    try desk.expect("privacy erase t:a --reason x --yes")
    for (language, words) in [("en", "opens the erased"), ("de", "öffnet sie die Gelöschten")] {
      let page = try desk.expect("privacy receipt t:a --lang \(language)")
        .replacing(/\s+/, with: " ")
      #expect(page.contains(id) && page.contains(words), "\(page)")
    }
    try desk.expect("privacy receipt t:a -f json -o r.json")
    let receipt = try desk.read("r.json")
    #expect(receipt.contains("key export") && receipt.contains("not proved destroyed"))
    try desk.expect("privacy receipt --check r.json")
    // Another file is found out; the right one is destroyed.
    try desk.write("x", to: "b.export")
    let wrong = try desk.run("privacy keys forget-export \(id) --file b.export --reason x")
    #expect(wrong.exitCode == 65, "\(wrong)")
    let forgotten = try desk.expect(
      "privacy keys forget-export \(id) --file a.export --reason erasure --lang de")
    #expect(forgotten.contains("überschrieben"), "\(forgotten)")
    #expect(!FileManager.default.fileExists(atPath: "\(desk.folder)/a.export"))
    #expect(try !desk.expect("privacy receipt t:a").contains(id))
    #expect(try desk.expect("privacy exports -f csv").contains(",erasure"))
    #expect(
      try desk.run("privacy keys forget-export \(id) --reason x").errors.contains("already"))
    #expect(try desk.run("privacy keys forget-export KX-0 --reason x").exitCode == 66)
    try desk.expect("log verify --deep")
  }

  @Test("say beforehand what an import would take, change or refuse, and write nothing")
  func forecast() throws {
    let desk = try desk()
    try desk.expect("privacy keys issue steward --holder B-014 -o own.key")
    try desk.expect("privacy keys export --for safe -o a.export", with: Self.new)
    try desk.expect("privacy keys export --role 1 --for B-016 -o r.export", with: Self.new)
    func forecast(_ command: String) throws -> Desk.Outcome {
      let before = try files(of: desk)
      let outcome = try desk.run("privacy keys import \(command) --dry-run", with: Self.asked)
      #expect(try files(of: desk) == before, "\(command)")
      return outcome
    }
    // Nothing is lost; a key file is there; it is no export.
    let needless = try forecast("a.export")
    #expect(needless.exitCode == 65 && needless.output.isEmpty, "\(needless)")
    #expect(needless.errors.contains("nothing was imported"), "\(needless)")
    #expect(try forecast("words.txt").exitCode == 65)
    #expect(try forecast("r.export -o own.key").exitCode == 73)
    let role = try forecast("r.export -o b.key --lang de")
    #expect(role.exitCode == 0, "\(role)")
    #expect(role.output.contains(/geschrieben +b\.key/), "\(role)")
    #expect(role.errors.contains("Probelauf: Nichts wurde geschrieben."), "\(role)")

    try desk.expect("privacy erase t:a --reason x --yes")
    let renewed = try forecast("r.export -o b.key")
    #expect(renewed.output.contains("the file gets the renewed one"), "\(renewed)")
    try desk.write("id,entry,group,until\nd,2024-01-15,x,2025-03-31\n", to: "people2.csv")
    try desk.expect("import --mapping small.toml people2.csv")
    // Keys of a newer epoch are there, and no key file.
    try FileManager.default.removeItem(atPath: desk.keys)
    #expect(try forecast("a.export").exitCode == 65)
    try FileManager.default.removeItem(atPath: "\(desk.store)/keys")
    for (language, words) in [
      (
        "en",
        [
          "holds all keys of this store, epoch 1", "Rings of roles written anew: 1.",
          "Erasures from after the export carried out again: 1.",
          "People without a key, admitted after the export: 1.",
        ]
      ),
      (
        "de",
        [
          "enthält alle Schlüssel dieses Bestands, Epoche 1",
          "Ringe von Rollen neu geschrieben: 1.",
          "Löschungen von nach der Ausfuhr erneut vollzogen: 1.",
          "Personen ohne Schlüssel, nach der Ausfuhr aufgenommen: 1.",
        ]
      ),
    ] {
      let whole = try forecast("a.export --lang \(language)")
      #expect(whole.exitCode == 0, "\(whole)")
      for word in words { #expect(whole.output.contains(word), "\(word)\n\(whole)") }
      #expect(
        whole.output.contains(/(written|geschrieben) +\/.*\/keys\/epoch-1\/ring\n/), "\(whole)")
      #expect(whole.output.contains(/(written|geschrieben) +\/.*\.key\n/), "\(whole)")
    }
    // And so it comes.
    let done = try desk.expect("privacy keys import a.export", with: Self.asked)
    #expect(done.contains("1 erasure(s)") && done.contains("1 person(s)"), "\(done)")
    try desk.expect("log verify")
  }

  @Test("hand a role's key over")
  func roles() throws {
    let desk = try desk()
    try desk.expect("privacy keys issue steward --holder B-014 -o own.key")
    let none = try desk.run("privacy keys export --role 7 --for x -o r.export", with: Self.new)
    #expect(none.exitCode == 66, "\(none)")
    try desk.expect("privacy keys export --role 1 --for B-016 -o r.export", with: Self.new)
    #expect(try desk.run("privacy keys import r.export", with: Self.asked).exitCode == 64)
    let done = try desk.expect("privacy keys import r.export -o b.key --lang de", with: Self.asked)
    #expect(done.contains("Rolle 1"), "\(done)")
    try desk.expect("timeline t:a --key-file b.key")
    #expect(
      try desk.run("privacy keys export --for x -o y --key-file b.key", with: Self.new).exitCode
        == 77)
  }
}
