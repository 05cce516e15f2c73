import Glibc
import TestSupport
import Testing

@Suite("An import")
struct ImportCommandTests {
  /// The counts of a report by their names, and the sum that stands beside them.
  private func counts(_ text: String) throws -> (parts: [String: Int], sum: Int) {
    let line = try #require(text.firstMatch(of: /\n  (.+)      \((?:sum|Summe) ([0-9,.]+)\)\n/))
    var parts: [String: Int] = [:]
    for part in line.output.1.split(separator: " · ") {
      let match = try #require(part.wholeMatch(of: /(\D+) ([0-9,.]+)/))
      parts[String(match.output.1)] = number(match.output.2)
    }
    return (parts, try #require(number(line.output.2)))
  }

  private func number(_ text: Substring) -> Int? { Int(text.filter(\.isNumber)) }

  @Test("says what it read and stored, and where to look next")
  func report() throws {
    let desk = try Desk.withOffice()
    let code = try #require(
      try desk.expect(Desk.importOffice).firstMatch(of: /I-\d{4}-0001/)?.output)
    #expect(
      try desk.run(Desk.importOffice).output.wholeMatch(
        of: /Nothing to do: these files came in on \d+ \w+ \d{4} as I-\d{4}-0001\.\n/) != nil)
    let other = try Desk.withOffice()
    #expect(
      try other.expect("\(Desk.importOffice) --lang de") == """
        people.csv: 3 Zeilen gelesen
        events.csv: 4 Zeilen gelesen

          neu 7      (Summe 7)

        Import \(code): 12 Ereignisse gespeichert, 3 neue Personen.
        Weiter: wegmarke participants list

        """)
    #expect(try desk.digest() == other.digest())
  }

  @Test("that is only forecast stores nothing and predicts the real one")
  func dryRun() throws {
    let desk = try Desk.withOffice()
    let forecast = try desk.expect("\(Desk.importOffice) --dry-run")
    #expect(try desk.verifiedSize() == 0)
    let real = try desk.expect(Desk.importOffice)
    #expect(forecast.contains("It would be 12 events, 3 new participants.\n"))
    #expect(real.contains("12 events stored, 3 new participants.\n"))
    #expect(try counts(forecast) == counts(real))

    try desk.write(Office.events + "b,MeasureCompleted,2024-03-05,LANG,\n", to: "events.csv")
    let more = try desk.expect("\(Desk.importOffice) --dry-run")
    #expect(more.contains("It would be 1 event, 0 new participants.\n"))
    #expect(try counts(more).parts == ["new": 1, "unchanged": 7])
    #expect(try desk.expect(Desk.importOffice).contains("1 event stored, 0 new participants.\n"))
    #expect(try counts(more).sum == 8)
  }

  @Test("with errors and a forecast ends with 1, because a check found problems")
  func dryRunWithErrors() throws {
    let desk = try Desk.withOffice(events: Office.events + "b,MeasureStarted,31.11.2024,LANG,\n")
    let outcome = try desk.run("\(Desk.importOffice) --dry-run")
    #expect(outcome.exitCode == 1 && outcome.errors.isEmpty)
    #expect(try counts(outcome.output).parts == ["new": 7, "rejected": 1])
    #expect(try desk.verifiedSize() == 0)
    let skipped = try desk.expect("\(Desk.importOffice) --on-error skip")
    #expect(try counts(skipped).parts == ["new": 7, "rejected": 1])
  }

  @Test("has counts that add up to the rows read, whatever the rows are", arguments: 0..<6)
  func reconciling(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let rows = [
      "a,EmploymentStarted,2024-03-01,SVP,1\n", "a,EmploymentEnded,2024-06-30,SVP,1\n",
      "b,MeasureStarted,2024-02-05,LANG,\n", "c,MeasureStarted,31.11.2024,LANG,\n", "c,short\n",
      ",,,,\n", "zzz,MeasureStarted,2024-02-05,LANG,\n", "b,MeasureStarted,2024-02-05,LNAG,\n",
      "c,CounsellingHeld,2024-02-05,,\n",
    ]
    let events = (0..<40).map { _ in rows.randomElement(using: &generator) ?? "" }.joined()
    let desk = try Desk.withOffice(events: Office.eventsHeader + events)
    for options in ["--dry-run", "--on-error skip", "--on-error skip --dry-run"] {
      let outcome = try desk.run("\(Desk.importOffice) \(options)")
      // The third finds that the second stored everything that can be stored.
      if outcome.output.hasPrefix("Nothing to do") { continue }
      let (parts, sum) = try counts(outcome.output)
      #expect(parts.values.reduce(0, +) == sum, "seed \(seed): \(outcome)")
      #expect(sum == 43, "seed \(seed)")
    }
    _ = try desk.verifiedSize()
  }

  @Test("that was stopped says how far it got, can be forecast, and is completed")
  func stopped() throws {
    let desk = try Desk()
    try desk.expect("simulate --participants 2000 --seed 11 -o net")
    try desk.expect("init")
    let command =
      "import net/participants.csv net/events.csv --mapping wir-simulated --messages 0"
      + " --batch-size 500"
    let running = try desk.start("\(command) --verbose")
    // The first two say that the import began and that something came in.
    while try Acknowledgement.all(in: readText(running.errors)).count < 2 {
      try #require(running.child.poll() == nil)
      usleep(500)
    }
    running.child.send(SIGINT)
    #expect(running.child.wait() == .exit(130))
    let said = try readText(running.output)
    let events = try #require(said.firstMatch(of: /Stored for good: .* rows, (\d+) events,/))
    let stored = try #require(Int(events.output.1))
    // Beside the two events that begin an import.
    #expect(try desk.verifiedSize() == stored + 2)

    let forecast = try desk.expect("\(command) --dry-run")
    let real = try desk.expect(command)
    let rest = try #require(forecast.firstMatch(of: /It would be ([0-9,]+) events/)).output.1
    #expect(real.contains("(resumed): \(rest) events stored"))
    #expect(try counts(forecast) == counts(real))
    // And the one that ends it.
    #expect(try desk.verifiedSize() == stored + #require(number(rest)) + 3)
  }

  @Test("says on request what is stored, as soon as it is, without a gap")
  func acknowledgements() throws {
    let desk = try Desk.withOffice()
    let outcome = try desk.run("\(Desk.importOffice) --verbose --batch-size 3")
    #expect(outcome.exitCode == 0)
    let all = try Acknowledgement.all(in: outcome.errors)
    #expect(all.first?.first == 0 && all.count > 4)
    for (before, after) in zip(all, all.dropFirst()) { #expect(after.first == before.last + 1) }
    #expect(try desk.verifiedSize() == #require(all.last?.last) + 1)
  }
}
