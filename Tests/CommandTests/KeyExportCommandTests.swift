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
