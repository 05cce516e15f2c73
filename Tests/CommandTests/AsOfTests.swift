import EventLog
import Foundation
import Testing

@Suite("--as-of")
struct AsOfTests {
  /// Every reading command that looks back, with a reference day so that only knowledge differs.
  private static let reading = [
    "ask time-to-first-job --by group --on 2025-06-30",
    "ask time-to-first-job --by group --on 2025-06-30 -f csv",
    "ask time-to-first-job --by group --on 2025-06-30 -f json",
    "ask retention-after-job-start --on 2025-06-30", "timeline t:a --on 2025-06-30",
    "timeline t:b --on 2025-06-30 --lang de", "participants list --on 2025-06-30",
    "participants list --on 2025-06-30 -f csv", "views digest",
  ]
  private static let later =
    Office.eventsHeader + """
      a,EmploymentStarted,2024-09-01,SVP,2
      b,EmploymentStarted,2024-04-01,SVP,1
      b,EmploymentEnded,2024-04-30,SVP,1
      d,EmploymentStarted,2024-05-01,SVP,1

      """
  private static let laterPeople = "id,entry,group,until\nd,2024-04-01,x,2025-02-28\n"

  private func takeIn(_ desk: Desk, _ suffix: String) throws {
    try desk.expect("import people\(suffix).csv events\(suffix).csv --mapping small.toml")
  }

  @Test("gives after a second import what every reading command said before it", arguments: reading)
  func before(command: String) throws {
    let desk = try Desk.withOffice()
    try takeIn(desk, "")
    let told = try desk.expect(command)
    let last = try desk.verifiedSize() - 1
    let json = try desk.expect("ask time-to-first-job -f json")
    let instant = try #require(json.firstMatch(of: /"recordedUntil" ?: ?"([^"]+)"/)?.output.1)
    usleep(2000)
    try desk.write(Self.laterPeople, to: "people2.csv")
    try desk.write(Self.later, to: "events2.csv")
    try takeIn(desk, "2")
    #expect(try desk.expect(command) != told)
    #expect(try desk.expect("\(command) --as-of #\(last)") == told)
    #expect(try desk.expect("\(command) --as-of \(last)") == told)
    #expect(try desk.expect("\(command) --as-of \(instant)") == told)
    // All of it became known on one day of the store's zone, whose end is now.
    let today = StoreZone.day(of: try #require(Timestamp.parse(String(instant))))
    #expect(try desk.expect("\(command) --as-of \(today)") == desk.expect(command))
  }

  @Test("gives what a store says that was told only so much", arguments: 1...5)
  func prefix(people: Int) throws {
    var rows = ["id,entry,group,until\n"]
    for number in 1...6 {
      rows.append(
        "p\(number),2024-0\(number)-15,\(number % 2 == 0 ? "x" : "y"),2025-0\(number)-28\n")
    }
    let whole = try Desk.withOffice()
    try whole.write(rows.joined(), to: "people.csv")
    try whole.expect("import people.csv --mapping small.toml")
    // The last event of a person ends what the shorter file states.
    let timeline = try whole.expect("timeline t:p\(people)")
    let last = try #require(timeline.matches(of: /#(\d+)\n/).compactMap { Int($0.output.1) }.max())

    let part = try Desk.withOffice()
    try part.write(rows.prefix(people + 1).joined(), to: "people.csv")
    try part.expect("import people.csv --mapping small.toml")
    #expect(try whole.digest(asOf: "#\(last)") == part.digest())
    let ask = "ask time-to-first-job --by group --on 2025-12-31 -f csv"
    #expect(try whole.expect("\(ask) --as-of #\(last)") == part.expect(ask))
    let list = "participants list --on 2025-12-31 -f csv"
    #expect(
      try withoutCodes(whole.expect("\(list) --as-of #\(last)")) == withoutCodes(part.expect(list)))
    let one = "timeline t:p1 --on 2025-12-31"
    #expect(
      try facts(whole.expect("\(one) --as-of #\(last)")) == facts(part.expect(one)))
    #expect(try whole.run("timeline t:p6 --as-of #\(last)").exitCode == 66)
  }

  @Test("takes a day as the end of that day, in a store whose years are made up")
  func days() throws {
    let desk = try Desk()
    try desk.expect("simulate --participants 120 --seed 9 --store home/data/wegmarke")
    var digests: [String] = []
    for day in ["2023-06-30", "2024-06-30", "30.06.2025", "2026-06"] {
      let json = try desk.expect("ask time-to-first-job --as-of \(day) -f json")
      let size = try #require(json.firstMatch(of: /"size" ?: ?(\d+)/).flatMap { Int($0.output.1) })
      let digest = try desk.digest(asOf: day)
      #expect(try desk.digest(asOf: "#\(size - 1)") == digest)
      #expect(
        try desk.expect("ask time-to-first-job --as-of #\(size - 1) -f json") == json)
      #expect(
        try desk.expect("participants list -f csv --as-of \(day)")
          == desk.expect("participants list -f csv --as-of #\(size - 1)"))
      digests.append(digest)
    }
    #expect(Set(digests).count == digests.count)
    #expect(try desk.digest(asOf: "2027-01-01") == desk.digest())
  }

  @Test("before anything was known gives nothing, on the day that was named")
  func nothing() throws {
    let desk = try Desk.withOffice()
    try takeIn(desk, "")
    let answer = try desk.expect("ask time-to-first-job --as-of 2020-02-03 -f json")
    #expect(answer.contains("2020-02-03"))
    #expect(try desk.expect("participants list -f csv --as-of 2020-02-03").lines.count == 1)
    let timeline = try desk.run("timeline t:a --as-of 2020-02-03")
    #expect(timeline.exitCode == 66)
    #expect(timeline.errors == "Error: Nothing was known about t:a then.\n")
  }

  @Test("refuses what is no position, time or day, and a position that does not exist")
  func wrong() throws {
    let desk = try Desk.withOffice()
    try takeIn(desk, "")
    for command in Self.reading {
      let words = try desk.run("\(command) --as-of neulich")
      #expect(words.exitCode == 64 && words.output.isEmpty)
      #expect(
        words.errors.hasPrefix("Error: --as-of neulich is no position, time or day.\n")
          || command.hasSuffix("de"), "\(words)")
      let position = try desk.run("\(command) --as-of #99 --lang de")
      #expect(position.exitCode == 66 && position.output.isEmpty)
      #expect(
        position.errors == "Fehler: Datensatz #99 gibt es nicht; das Protokoll hat 15.\n")
    }
  }

  private func withoutCodes(_ csv: String) -> [Substring] {
    csv.lines.map { $0.drop { $0 != "," } }
  }

  /// A timeline without the code of the person, which is drawn at random, and without the time.
  private func facts(_ timeline: String) -> [Substring] {
    timeline.replacing(/TN-[0-9A-Z]{6}/, with: "TN").lines.dropFirst()
      .filter { !$0.hasPrefix("Known at ") }
  }
}

extension String {
  fileprivate var lines: [Substring] { split(separator: "\n") }
}
