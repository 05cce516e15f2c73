import Foundation
import Testing

@Suite("The list of message codes")
struct MessageCodeTests {
  /// Codes that stand in the sources as texts of their own.
  private func codesOfSources() throws -> Set<String> {
    let sources = Program.checkout.appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var codes: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      for match in try readText(file.path).matches(of: /"([EWN]-[A-Z0-9-]*[A-Z0-9])"/) {
        codes.insert(String(match.output.1))
      }
    }
    return codes
  }

  @Test("has every code of the sources and no other, each in words of both languages")
  func complete() throws {
    let desk = try Desk()
    let english = try desk.expect("messages -f markdown")
    let german = try desk.expect("messages -f markdown --lang de")
    let rows = { (page: String) in
      page.matches(of: /(?m)^\| `(\S+)` \| (.+) \| (.+) \|$/).map {
        (code: String($0.output.1), words: String($0.output.2 + $0.output.3))
      }
    }
    let codes = try codesOfSources()
    #expect(codes.count > 70)
    #expect(Set(rows(english).map(\.code)) == codes)
    #expect(rows(english).map(\.code) == rows(german).map(\.code))
    for (one, other) in zip(rows(english), rows(german)) {
      #expect(one.words != other.words, "\(one.code) is not translated")
    }
  }

  @Test("is what docs/messages.md and docs/meldungen.md show")
  func pages() throws {
    let desk = try Desk()
    for (language, name) in [("en", "messages"), ("de", "meldungen")] {
      let page = try readText(Program.checkout.appending(path: "docs/\(name).md").path)
      #expect(try desk.expect("messages -f markdown --lang \(language)") == page, "docs/\(name).md")
    }
  }

  @Test("explains one code at the desk, and knows what is meant")
  func explains() throws {
    let desk = try Desk()
    let said = try desk.expect("meldungen [W-RESEMBLES] --lang de")
    #expect(said.contains("gleicht jemandem") && !said.contains("E-DATE"), "\(said)")
    let wrong = try desk.run("messages E-DATUM")
    #expect(wrong.exitCode == 64 && wrong.errors.contains("E-DATE"), "\(wrong)")
  }
}
