import Testing

@Suite("A question file of one's own")
struct OwnQuestionTests {
  /// What follows an exit in 2024, grouped, with death as an event of its own.
  private let afterExit = """
    format = "wegmarke.question/1"
    name = "after-exit"
    version = 1
    kind = "time-to-event"
    title = { en = "First job after leaving", de = "Erste Arbeit nach dem Austritt" }
    sentence = { en = "How long until the first job?", de = "Wie lange bis zur ersten Arbeit?" }
    rule = { en = "As it says.", de = "Wie es dasteht." }
    source = { text = "nowhere" }
    [population]
    unit = "person"
    index = "exit"
    window = "2023-01-01..2025-12-31"
    where = 'not working(at index)'
    [clock]
    unit = "day"
    [event]
    outcome = "first-placement"
    kinds = ["SVP", "MINIJOB"]
    competing = ["death"]
    [censoring]
    data-cut = "2026-03-31"
    [horizons]
    at = [30, 180]
    [[group]]
    code = "young"
    label = { en = "under 30 years", de = "unter 30 Jahren" }
    when = 'age(at index) < 29'
    [[group]]
    code = "old"
    label = { en = "over 30 years", de = "über 30 Jahre" }
    when = 'age(at index) > 30'

    """

  @Test(
    "is asked without an example, and its curves are of its own groups", arguments: ["en", "de"])
  func asked(language: String) throws {
    let desk = try Desk.simulated(people: 400, seed: 5)
    try desk.write(afterExit, to: "own.toml")
    let ask = "ask own.toml --on 2026-06-30 --lang \(language)"
    let page = try desk.expect(ask)
    let young = language == "en" ? "under 30 years" : "unter 30 Jahren"
    #expect(page.contains(young), "\(page)")
    for line in page.split(whereSeparator: \.isNewline) { #expect(line.count <= 80, "\(line)") }
    try desk.expect("\(ask) -f json -o answer.json")
    try desk.expect("\(ask) --by gender --chart curve.svg --report page.html")
    let answer = try desk.read("answer.json")
    #expect(answer.contains("\"young\""))
    #expect(page.contains(language == "en" ? "data end 31 Mar 2026" : "Daten bis 31.03.2026"))
    let svg = try desk.read("curve.svg")
    #expect(svg.contains(language == "en" ? "since exit" : "seit dem Austritt"))
    let table = afterExit.replacing("\"time-to-event\"", with: "\"table\"")
      .replacing("[horizons]", with: "[table]\ncohort = \"half\"\n[horizons]")
    try desk.write(table, to: "table.toml")
    let cohorts = try desk.expect("ask table.toml --on 2026-06-30 --lang \(language)")
    #expect(cohorts.contains("\n\(young)\n") && cohorts.contains("2024-H1"), "\(cohorts)")
    for file in ["answer.json", "curve.svg", "page.html"] {
      #expect(try desk.expect("verify-answer \(file)").hasSuffix("\nThe answer holds.\n"))
    }
  }

  @Test("is shown in both languages, and checked with a word about what it lacks")
  func shown() throws {
    let desk = try Desk()
    try desk.write(afterExit, to: "own.toml")
    let english = try desk.expect("questions show own.toml")
    for words in [
      "Clock starts: on the last day of the first participation", "Between: 2023-01-01 and",
      "Event: the first placement on or after that day", "Competing events: death",
      "Group under 30 years:", "Formula: Fₖ(t)", "leaving the country", "2026-03-31",
    ] {
      #expect(english.contains(words), "\(words)\n\(english)")
    }
    let german = try desk.expect("questions show own.toml --lang de")
    for words in [
      "Die Uhr beginnt: am letzten Tag", "Beobachtet: bis zum letzten bestätigten Tag",
      "Konkurrierende Ereignisse: verstorben", "Gruppe unter 30 Jahren:", "Formel: Fₖ(t)",
    ] {
      #expect(german.contains(words), "\(words)\n\(german)")
    }
    let checked = try desk.run("questions check own.toml")
    #expect(checked.exitCode == 0 && checked.errors.contains("no worked example"))
    let again = try desk.expect("questions show retention-after-job-start --text")
    try desk.write(again, to: "again.toml")
    #expect(try desk.run("questions check again.toml").errors == "")
  }

  @Test("is refused with the place of every mistake, each said once")
  func mistakes() throws {
    let desk = try Desk()
    let wrong = afterExit.replacing("[30, 180]", with: "[180, 30]")
      .replacing("[\"death\"]", with: "[\"exit\"]")
    try desk.write(wrong, to: "own.toml")
    let refused = try desk.run("questions check own.toml")
    #expect(refused.exitCode == 65)
    for words in ["own.toml:19:13:", "own.toml:23:12:", "30 stands after 180."] {
      #expect(refused.errors.contains(words), "\(words)\n\(refused.errors)")
    }
    #expect(refused.errors.split(separator: "[D-").count == 3, "\(refused.errors)")
  }
}
