import Foundation
import Testing

/// Files of SPSS and Stata, read back by R's haven and by pandas and pyreadstat; each where it is there.
@Suite("wegmarke export -f sav and -f dta")
struct LabelledReadersTests {
  /// Whether the library is installed; where it is not, the program says so.
  private func exported(_ desk: Desk) throws -> Bool {
    let first = try desk.run("export spells -f sav -o spells.sav --lang de --on 2026-06-30")
    guard first.exitCode == 0 else {
      #expect(first.exitCode == 65 && first.errors.contains("apt-get install libreadstat1"))
      #expect(!FileManager.default.fileExists(atPath: "\(desk.folder)/spells.sav"))
      print("notice: libreadstat1 is not there; files of SPSS and Stata were not tested")
      return false
    }
    for kind in ["participants", "spells", "panel", "events"] {
      for format in ["sav", "dta", "csv"] {
        try desk.expect(
          "export \(kind) -f \(format) -o \(kind).\(format) --on 2026-06-30 --lang de")
      }
    }
    for format in ["sav", "dta", "csv"] {
      try desk.expect(
        "export answer journey-shapes -f \(format) -o answer.\(format) --on 2026-06-30 --lang de")
    }
    return true
  }

  @Test("give R and Python what CSV says: names, days, codes with labels, what is missing")
  func readers() throws {
    let desk = try Desk.simulated(people: 200, seed: 5)
    guard try exported(desk) else { return }
    let header = try Data(contentsOf: URL(filePath: "\(desk.folder)/spells.sav")).prefix(200)
    #expect(header.starts(with: Data("$FL2".utf8)))
    #expect(
      String(decoding: header[109...], as: UTF8.self).hasPrefix("SIMULIERT: spells, Datenstand"))
    for (program, name, packages) in [
      (OtherProgram.r, "read.R", ["haven"]), (.python, "labelled.py", ["pandas", "pyreadstat"]),
    ] {
      guard program.has(packages) else {
        print("notice: \(program) with \(packages) is not there; nothing was read back with it")
        continue
      }
      let script = Program.checkout.appending(path: "Tests/Readers/\(name)").path
      let outcome = try program.run(try readText(script), at: desk)
      #expect(outcome.isGood, "\(name): \(outcome.said)")
    }
  }

  @Test("are labelled in the language asked for, and take columns and codebooks as other forms do")
  func language() throws {
    let desk = try Desk.simulated(people: 40)
    let made = try desk.run(
      "export spells -f sav -o s.sav --columns kind,started_on --on 2026-06-30 --lang en")
    guard made.exitCode == 0 else { return }
    let bytes = try Data(contentsOf: URL(filePath: "\(desk.folder)/s.sav"))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains("SIMULATED: spells, as known on") && text.contains("first day"))
    #expect(!text.contains("erster Tag") && !text.contains("hours a week"))
    #expect(try desk.read("s.codebook.md").contains("started_on"))
    #expect(try desk.read("s.datapackage.json").contains("application/x-spss-sav"))
    try desk.expect("export spells -f dta -o s.dta --columns kind --on 2026-06-30")
    #expect(try desk.read("s.datapackage.json").contains("\"value\": \"1\""))
  }
}
