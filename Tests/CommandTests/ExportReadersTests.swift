import Foundation
import Testing

/// Other programs read what is exported; only where they are: see `make crosscheck`.
@Suite(
  "Exports in other programs",
  .enabled(if: ProcessInfo.processInfo.environment["WEGMARKE_READERS_PYTHON"] != nil))
struct ExportReadersTests {
  @Test("hold the same in every form, types and missing values included")
  func readers() throws {
    let python = try #require(ProcessInfo.processInfo.environment["WEGMARKE_READERS_PYTHON"])
    let desk = try Desk.simulated(people: 300, seed: 5)
    for kind in ["participants", "spells", "panel", "events"] {
      for format in ["csv", "ndjson", "parquet"] {
        try desk.expect("export \(kind) -f \(format) -o \(kind).\(format)")
      }
    }
    try desk.expect("export events -f xes -o events.xes")
    try desk.expect("export events -f ocel -o events.ocel.json")
    let script = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../Readers/read.py").standardized.path
    let child = try Child(
      python, [script, desk.folder], environment: desk.environment, in: desk.folder,
      output: .file("\(desk.folder)/readers.out"), errors: .file("\(desk.folder)/readers.err"))
    let ending = child.wait()
    let said = try desk.read("readers.out") + desk.read("readers.err")
    if case .exit(0) = ending { return }
    Issue.record("\(said)")
  }
}
