import FoundationEssentials
import Glibc
import Testing

@Suite("The files of the checkout")
struct CheckoutRulesTests {
  private let checkout = Repository.checkout

  @Test("name no place of one machine and no package registry")
  func localPlaces() {
    let files = checkout.files
    #expect(files.contains("Makefile"))
    let findings = files.flatMap { path in
      checkout.bytes(of: path).map { CheckoutRules.localPlaces(in: $0, path: path) } ?? []
    }
    #expect(findings.isEmpty, "\(findings.report)")
  }

  @Test("are reported when they name such a place", arguments: CheckoutRules.local.map(\.text))
  func localPlaceReported(name: String) {
    let place = Array(name.utf8)
    let text = Array("first line\nsee ".utf8) + place + Array("anna".utf8)
    #expect(CheckoutRules.localPlaces(in: text, path: "a.md").map(\.line) == [2])
    #expect(CheckoutRules.localPlaces(in: place, path: "a.md").count == 1)
    #expect(CheckoutRules.localPlaces(in: text + [0], path: "a.bin") == [])
  }

  @Test("may name folders of their own", arguments: ["frame", "..", "~"])
  func ownFolders(prefix: String) {
    let path = Array((prefix + "/" + "work/file /usr/local/bin /tmp/a").utf8)
    #expect(CheckoutRules.localPlaces(in: path, path: "a.md") == [])
  }

  @Test("are named after the definition in them")
  func definitionNames() {
    let findings = checkout.files
      .filter { $0.hasPrefix("projections/") && $0.hasSuffix(".toml") }
      .flatMap { CheckoutRules.definitionName(of: checkout.text(of: $0) ?? "", path: $0) }
    #expect(findings.isEmpty, "\(findings.report)")
  }

  @Test(
    "are reported when they are named otherwise",
    arguments: [("sentence = \"x\"\nname = \"other\"", 2), ("sentence = \"name\"", 1), ("", 1)])
  func definitionNameReported(text: String, line: Int) {
    let path = "projections/questions/retention.toml"
    #expect(CheckoutRules.definitionName(of: text, path: path).map(\.line) == [line])
    let right = text + "\nname = \"retention\"  # the file's name"
    if !text.contains("other") {
      #expect(CheckoutRules.definitionName(of: right, path: path) == [])
    }
  }

  @Test("contain scripts that can be run and that bash understands")
  func scripts() throws {
    let scripts = checkout.files.filter { $0.hasPrefix(".ci/") || $0.hasSuffix(".sh") }
    #expect(scripts.contains(".ci/run"))
    #expect(scripts.contains("scripts/setup.sh"))
    for script in scripts {
      #expect(checkout.isExecutable(script), "\(script) is not executable")
      #expect(bashUnderstands(checkout.root + "/" + script), "bash -n \(script)")
      #expect(checkout.text(of: script)?.hasPrefix("#!/") == true, "\(script) names no shell")
    }
  }

  @Test("are reported when bash does not understand them")
  func brokenScript() throws {
    let folder = FileManager.default.temporaryDirectory
    let script = folder.appending(path: "wegmarke-\(UUID().uuidString).sh")
    defer { try? FileManager.default.removeItem(at: script) }
    try Data("#!/usr/bin/env bash\nif true; then\n".utf8).write(to: script)
    #expect(!bashUnderstands(script.path))
    #expect(!Repository(root: folder.path).isExecutable(script.lastPathComponent))
  }

  /// Whether bash can parse a script, without running it.
  private func bashUnderstands(_ path: String) -> Bool {
    let quoted = "'" + path.replacing("'", with: "'\\''") + "'"
    return unsafe system("bash -n \(quoted) 2>/dev/null") == 0
  }
}
