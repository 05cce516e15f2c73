import Foundation
import Journey
import Projections
import TestSupport
import Testing

/// What answers say after a whole field group was dropped by law.
@Suite("Answers after a field group was dropped")
struct DropCommandTests {
  /// Six people, five of them with a complete record, and something of every field group.
  private final class People {
    let store: TemporaryStore
    let desk: Desk
    let key: String

    init() throws {
      store = try TemporaryStore()
      desk = try Desk()
      key = "--store \(store.path) --key-file \(store.rootKeyPath)"
      for number in 0..<6 {
        try store.admit("t:\(number)", People.journey(number))
      }
      store.close()
    }

    private static func journey(_ number: Int) -> [JourneyEvent] {
      func on(_ day: Int) -> CivilDate { CivilDate(Day(number: 19_700 + Int32(day + number))) }
      var profile = JourneyEvent(.entryProfileRecorded, on: on(0))
        .with(Fields.gender, number % 2 == 0 ? .female : .male)
        .with(Fields.birthYear, 1970 + 5 * number)
        .with(Fields.isced, number < 3 ? .level2 : .level3)
      // The last one's record is not complete.
      if number < 5 { profile = profile.with(Fields.employmentStatus, .unemployed) }
      return [
        JourneyEvent(.participationEntered, on: on(0)).with(Fields.operation, "V-1"), profile,
        JourneyEvent(.identityRecorded, on: on(0)).with(Fields.personName, "Canary \(number)"),
        JourneyEvent(.healthImpairmentRecorded, on: on(1)).with(Fields.disability, .yes),
        JourneyEvent(.minorityStatusRecorded, on: on(2)).with(Fields.minority, .yes),
        JourneyEvent(.housingSituationRecorded, on: on(3)).with(Fields.homeless, .yes),
        JourneyEvent(.employmentStarted, on: on(90)).with(Fields.placementKind, .svp),
        JourneyEvent(.participationExited, on: on(200)),
        // The last that is known of them lies in a group that is dropped.
        JourneyEvent(.housingSituationRecorded, on: on(400)).with(Fields.homeless, .no),
      ]
    }

    /// Every built-in question as numbers, as far as it can be asked without parameters.
    func answers() throws -> [String: String] {
      var found: [String: String] = [:]
      for file in BuiltInFiles.questions {
        let outcome = try desk.run("ask \(file.name) -f csv --on 2026-06-30 --quiet \(key)")
        found[file.name] = "\(outcome.exitCode ?? -1)\n\(outcome.output)"
      }
      return found
    }
  }

  @Test("count the same people: completeness and shares rest on the journey, which stays")
  func unchanged() throws {
    let office = try People()
    let before = try office.answers()
    #expect(before.values.allSatisfy { $0.hasPrefix("0\n") && $0.contains(",") }, "\(before)")
    try office.desk.expect(
      "ask esf-outputs -f json --on 2026-06-30 -o before.json \(office.key)")
    for group in ["household", "health", "minority", "identity"] {
      try office.desk.expect("privacy drop \(group) --ground Law --yes \(office.key)")
      #expect(try office.answers() == before, "\(group)")
    }
    // Complete are the five who state gender, status, year of birth and education, as before.
    let outputs = try #require(before["esf-outputs"])
    #expect(
      outputs.split(separator: "\n").contains { $0.contains("EECO01") && $0.contains(",5,") },
      "\(outputs)")
    // What was answered before is derived again, from what is left.
    let verified = try office.desk.run("verify-answer before.json \(office.key)")
    #expect(verified.exitCode == 0, "\(verified)")
    for language in ["en", "de"] {
      let page = try office.desk.run(
        "ask esf-outputs --on 2026-06-30 --lang \(language) \(office.key)")
      #expect(page.exitCode == 0 && page.output.contains("EECO17"), "\(page)")
    }
    try office.store.verify()
  }

  @Test("are asked of people whose dropped records were corrected and taken back before")
  func corrections() throws {
    let office = try People()
    let (desk, key) = (office.desk, office.key)
    func position(of record: Int, of person: Int) -> Int { person * 9 + record }
    try desk.expect(
      "correct #\(position(of: 3, of: 0)) --set disability=no --reason x \(key)")
    try desk.expect("retract #\(position(of: 5, of: 1)) --reason ENTERED_IN_ERROR \(key)")
    let before = try office.answers()
    for group in ["health", "household"] {
      try desk.expect("privacy drop \(group) --ground Law --yes \(key)")
    }
    #expect(try office.answers() == before)
    for (person, language) in [(0, "en"), (1, "de")] {
      let shown = try desk.run("timeline t:\(person) --lang \(language) \(key)")
      #expect(shown.exitCode == 0, "\(shown)")
      #expect(!shown.output.contains("disability") && !shown.output.contains("Behinderung"))
    }
    // What is not there any more can be neither corrected nor taken back.
    for command in ["correct #12 --set disability=no", "retract #12"] {
      let late = try desk.run("\(command) --reason ENTERED_IN_ERROR \(key)")
      #expect(late.exitCode == 65, "\(late)")
      #expect(late.errors.contains("dropped by law"), "\(late)")
    }
    try office.store.verify()
  }

  @Test("import nothing of it: the mapping is refused before anything is stored")
  func imports() throws {
    let desk = try Desk.withOffice()
    let mapping =
      Office.mapping + """
        [[file]]
        match = "homes*.csv"
        shape = "event"
        id = { column = "id" }
        type = "HousingSituationRecorded"
        on = { column = "on" }
        fields = { homeless = { column = "homeless" } }

        """
    try desk.write(mapping, to: "small.toml")
    try desk.write("id,on,homeless\na,2024-02-01,yes\n", to: "homes.csv")
    try desk.expect("import people.csv events.csv homes.csv --mapping small.toml")
    try desk.expect("privacy drop household --ground Law --yes")
    let size = try desk.verifiedSize()
    try desk.write("id,on,homeless\na,2024-03-01,no\n", to: "homes.csv")
    for (language, words) in [
      ("en", "was dropped by law (#"), ("de", "wurde durch Gesetz aufgehoben (#"),
    ] {
      let refused = try desk.run(
        "import people.csv homes.csv --mapping small.toml --lang \(language)")
      #expect(refused.exitCode == 65 && refused.output.isEmpty, "\(refused)")
      #expect(refused.errors.contains("HousingSituationRecorded"), "\(refused)")
      #expect(refused.errors.contains(words), "\(refused)")
    }
    #expect(try desk.verifiedSize() == size)
    // Other files of the same mapping go on.
    try desk.write("id,entry,group,until\nd,2024-01-15,x,2025-03-31\n", to: "people.csv")
    try desk.expect("import people.csv --mapping small.toml")
  }
}
