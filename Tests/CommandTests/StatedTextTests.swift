import Foundation
import Testing

@Suite("Words that somebody types")
struct StatedTextTests {
  private func desk() throws -> Desk {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    return desk
  }

  /// Characters that steer a terminal: an escape, a bell, DEL, C1, a turn of the direction, a break.
  private static let steering = [
    "\u{1B}[31m", "\u{7}", "\u{7F}", "\u{9B}31m", "\u{202E}", "\u{2067}", "\r",
  ]

  /// Every option that takes words, up to those.
  private static let options = [
    "record CounsellingHeld t:a --on 2024-07-01 --reason=",
    "record CounsellingHeld t:a --on 2024-07-01 --author=",
    "record CounsellingHeld t:a --on 2024-07-01 --set note=",
    "record EmploymentStarted t:b --on 2024-07-01 --set kind=SVP --set employer=",
    "correct 4 --on 2024-01-16 --reason=", "correct 4 --on 2024-01-16 --reason x --author=",
    "retract 4 --reason=", "participants merge t:a t:b --reason=",
    "participants merge t:a t:b --reason x --author=",
    "import undo I-2026-0001 --yes --reason=", "import undo I-2026-0001 --yes --reason x --author=",
    "privacy erase t:a --yes --reason=", "privacy erase t:a --yes --reason x --author=",
    "privacy erase t:a --reason x --not-possible=", "privacy drop health --yes --ground=",
    "privacy keys rotate --yes --reason=", "privacy restrict t:a --statistics keep --reason=",
    "privacy keys issue steward -o s.key --holder=", "privacy keys export -o e.key --for=",
    "privacy keys export -o e.key --for x --reason=",
  ]

  @Test("are refused with a control character, and nothing is stored", arguments: options)
  func refused(option: String) throws {
    let desk = try desk()
    let size = try desk.verifiedSize()
    for steering in Self.steering {
      for (language, words) in [("en", "control character (U+"), ("de", "Steuerzeichen (U+")] {
        let outcome = try desk.run("\(option)a\(steering)b --lang \(language)")
        #expect(outcome.exitCode == 64 && outcome.output.isEmpty, "\(outcome)")
        #expect(outcome.errors.contains(words), "\(outcome)")
        #expect(!outcome.errors.contains(steering), "\(outcome)")
      }
    }
    #expect(try desk.verifiedSize() == size)
  }

  @Test(
    "are refused where a reason is blank, with one message everywhere",
    arguments: options.filter { $0.hasSuffix("reason=") || $0.hasSuffix("ground=") })
  func blank(option: String) throws {
    let desk = try desk()
    let size = try desk.verifiedSize()
    // Blanks that the command line of the tests does not take for a gap; nothing at all is no value.
    for blank in ["\u{A0}", "\u{A0}\u{2003}"] {
      let outcome = try desk.run("\(option)\(blank)")
      #expect(outcome.exitCode == 64 && outcome.errors.contains(" is empty."), "\(outcome)")
      let german = try desk.run("\(option)\(blank) --lang de")
      #expect(german.errors.contains(" ist leer."), "\(german)")
    }
    #expect(try desk.verifiedSize() == size)
  }

  @Test("of several lines are a note; its lines stand within their place")
  func note() throws {
    let desk = try desk()
    try desk.expect(
      "record CounsellingHeld t:a --on 2024-07-01 --set note=first\n#999\u{A0}fake")
    let page = try desk.expect("privacy report t:a")
    #expect(page.contains("first\n    #999"), "\(page)")
  }

  @Test("that a file brought reach no terminal with their power")
  func imported() throws {
    let desk = try Desk.withOffice()
    try desk.write(
      Office.mapping.replacing(
        "fields = {", with: "fields = { note = { column = \"note\" },"), to: "small.toml")
    let power = "x\u{1B}[31mRED\u{7}\u{9B}2J\u{202E}y\n#999 fake"
    try desk.write(
      "id,event,on,kind,spell,note\na,EmploymentStarted,2024-03-01,SVP,1,\"\(power)\"\n",
      to: "events.csv")
    try desk.expect(Desk.importOffice)
    let entry = try #require(
      try desk.expect("timeline t:a").firstMatch(of: /job started.*#(\d+)/)
    ).output.1
    for command in [
      "timeline t:a", "timeline t:a --lang de", "privacy report t:a",
      "correct \(entry) --on 2024-03-05 --reason x --dry-run",
      "retract \(entry) --reason x --dry-run", "retract \(entry) --reason x",
      "correct \(entry) --unset note --reason x",
    ] {
      let outcome = try desk.run(command)
      #expect(outcome.exitCode == 0, "\(command): \(outcome)")
      let shown = outcome.output + outcome.errors
      for scalar in shown.unicodeScalars where scalar != "\n" {
        let isHarmless =
          scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) && scalar != "\u{202E}"
        #expect(isHarmless, "\(command): U+\(String(scalar.value, radix: 16)): \(outcome)")
      }
      #expect(!shown.contains("\n#999"), "\(command): \(outcome)")
    }
  }
}
