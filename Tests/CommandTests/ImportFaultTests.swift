import Foundation
import Testing

/// Imports the messy files of `Tests/Fixtures/imports` and compares every word that is said.
///
/// Beside each file stands what the program says in German and in English. With
/// `WEGMARKE_WRITE_FAULTS=1` these texts are written anew; read them before they are kept.
@Suite("Faults in files of offices")
struct ImportFaultTests {
  private static let isWriting =
    ProcessInfo.processInfo.environment["WEGMARKE_WRITE_FAULTS"] == "1"
  private static let folder = Program.checkout.appending(path: "Tests/Fixtures/imports")

  /// A message with what differs from file to file left out.
  private struct Fault: Hashable {
    let code: String
    let wording: String
  }

  /// Place, code and wording of a line that says one; nil for all other lines.
  private func message(_ line: String) -> (place: String, fault: Fault)? {
    guard let match = line.wholeMatch(of: /(\S+\.csv(?::\d+)*: |  )(.+) \[([A-Z0-9-]+)\]/) else {
      return nil
    }
    let wording = String(match.output.2)
      .replacing(/“[^”]*”|„[^“]*“/, with: "“”").replacing(/[0-9]+/, with: "0")
    return (
      String(match.output.1), Fault(code: String(match.output.3), wording: wording)
    )
  }

  @Test("are each said with code, place and words, the same in German and English")
  func all() throws {
    let desk = try Desk()
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path) {
      try FileManager.default.copyItem(
        atPath: Self.folder.appending(path: name).path, toPath: "\(desk.folder)/\(name)")
    }
    try desk.expect("init")
    try desk.expect("import base-teilnehmende.csv --mapping office-participants")
    try desk.expect("import base-ereignisse.csv --mapping office-events")
    let files = try desk.read("index.txt").split(separator: "\n").filter { !$0.hasPrefix("#") }
    var faults: [String: Set<Fault>] = [:]
    for entry in files {
      let words = entry.split(separator: " ").map { String($0) }
      try #require(words.count == 2)
      let command = "import \(words[0]) --mapping \(words[1]) --dry-run --messages 200"
      var places: [String: [String]] = [:]
      for language in ["de", "en"] {
        let outcome = try desk.run("\(command) --lang \(language)")
        #expect([0, 1, 65].contains(outcome.exitCode), "\(words[0]): \(outcome)")
        // Codes of people are drawn.
        let said = outcome.output.replacing(/TN-[0-9A-Z]{6}/, with: "TN-······")
        let golden = "\(words[0].dropLast(4)).\(language).txt"
        if Self.isWriting {
          try Data(said.utf8).write(to: Self.folder.appending(path: golden))
        } else {
          #expect(said == (try desk.read(golden)), "\(golden) is another")
        }
        let found = said.split(separator: "\n").compactMap { message(String($0)) }
        #expect(!found.isEmpty, "\(words[0]) has no fault")
        faults[language, default: []].formUnion(found.map(\.fault))
        places[language] = found.map { "\($0.place)\($0.fault.code)" }
      }
      #expect(places["de"] == places["en"], "\(words[0])")
    }
    let (german, english) = (faults["de"] ?? [], faults["en"] ?? [])
    #expect(german.count >= 60 && english.count >= 60, "\(german.count), \(english.count)")
    #expect(Set(german.map(\.code)) == Set(english.map(\.code)))
    // No message is left untranslated.
    #expect(Set(german.map(\.wording)).isDisjoint(with: english.map(\.wording)))
  }
}
