import Testing

@Suite("Pictures and pages of wegmarke ask")
struct AskPicturesTests {
  private func desk() throws -> Desk {
    try Desk.simulated(people: 400)
  }

  @Test("rank many groups at one horizon instead of drawing a curve for each")
  func ranking() throws {
    let desk = try desk()
    let on = "--on 2026-06-30 --lang de"
    try desk.expect("ask time-to-first-job --by isced \(on) --chart curves.svg")
    let curves = try desk.read("curves.svg")
    #expect(curves.contains("nach Bildungsstand (ISCED) bei Eintritt"))
    #expect(curves.contains("noch ohne Arbeit nach ") && curves.contains("Konfidenzintervall"))
    try desk.expect("ask retention-point --by isced \(on) --chart shares.svg")
    let shares = try desk.read("shares.svg")
    #expect(shares.contains(" Monat") && shares.contains(">alle "))
    // A few groups are drawn as before.
    try desk.expect("ask time-to-first-job --by gender \(on) --chart few.svg")
    #expect(try desk.read("few.svg").contains("nach Geschlecht"))
    #expect(try desk.read("few.svg").contains("Bänder"))
  }

  @Test("have rows as headings over their groups, and nobody's row as well")
  func sections() throws {
    let desk = try desk()
    try desk.expect(
      "ask esf-results --by gender --on 2026-06-30 --lang de --chart r.svg --report r.html")
    let svg = try desk.read("r.svg")
    #expect(svg.contains(">EECR02 in Schule oder Ausbildung nach dem Austritt<"))
    #expect(!svg.contains("…<"))
    let page = try desk.read("r.html")
    #expect(page.contains("class=\"section\"") && page.contains(">weiblich*<"))
  }

  @Test(
    "give values and limits at the horizons where events compete, and where people are in states")
  func readings() throws {
    let desk = try desk()
    try desk.expect("ask time-to-placement --on 2026-06-30 --chart p.svg")
    let svg = try desk.read("p.svg")
    #expect(svg.contains(">12\u{A0}months: ") && svg.contains("first placement "))
    // The table behind a curve says what is counted before a time and what holds from it on.
    try desk.expect("ask time-to-first-job --on 2026-06-30 --report c.html")
    #expect(try desk.read("c.html").contains(">Share from then on<"))
  }

  @Test("say under rule C that losses count later")
  func ruleC() throws {
    let desk = try desk()
    let command = "ask retention-after-job-start --on 2026-06-30 --rule C --gap 3mo"
    let page = try desk.expect("\(command) --chart c.svg").replacing("\n", with: " ")
    #expect(
      page.contains("without a confirmed loss") && page.contains("(rule C): these were still"))
    #expect(page.contains("Rule C: a loss counts 4 months after it happened"))
    #expect(try desk.read("c.svg").contains("Rule C: a loss counts 4 months"))
    let other = try desk.expect("ask retention-after-job-start --on 2026-06-30 --gap 3mo")
    #expect(other.contains("are still in work") && !other.contains("a loss counts"))
  }

  @Test("name the variance on every page of curves and in files, and dash what bounds nothing")
  func variance() throws {
    let desk = try desk()
    for question in ["time-to-placement", "retention-cohorts", "time-to-first-job"] {
      #expect(
        try desk.expect("ask \(question) --on 2026-06-30").contains("standard errors: Greenwood"))
      #expect(
        try desk.expect("ask \(question) --on 2026-06-30 -f json").contains(
          "\"variance\" : \"greenwood\""))
    }
    let spells = try desk.expect("ask job-duration --on 2026-06-30 -f json")
    #expect(spells.contains("\"variance\" : \"infinitesimal-jackknife\""))
    for question in ["time-to-placement", "placement-cohorts", "retention-after-job-start"] {
      let page = try desk.expect("ask \(question) --on 2026-06-30 --by gender")
      #expect(!page.contains(" 0.0–0.0%") && !page.contains(" 100.0–100.0%"), "\(question)")
      #expect(!page.contains("0.0000  \n"))
    }
    let first = try desk.expect("ask time-to-first-job --on 2026-06-30").replacing("\n", with: " ")
    #expect(first.contains("would still be without a job"))
    #expect(first.contains("if nobody had died or left the country"))
  }

  @Test("compare no group below ten at risk, and say so")
  func few() throws {
    let desk = try desk()
    let page = try desk.expect("ask retention-after-job-start --by network --on 2026-06-30")
    #expect(page.contains("comparisons are not made: fewer than 10 are at risk"))
    let json = try desk.expect("ask retention-after-job-start --by network --on 2026-06-30 -f json")
    #expect(!json.contains("\"p\" : 0,"))
  }

  @Test(
    "take a group, a time once, whatever is written, and refuse a period that ends before it begins"
  )
  func slips() throws {
    let desk = try desk()
    let on = "--on 2026-06-30"
    #expect(
      try desk.expect("ask retention-point --by gender --by gender --at 6,3,3 \(on)")
        == desk.expect("ask retention-point --by gender --at 3,6 \(on)"))
    let window = try desk.run("ask retention-point --window 2024..2023")
    #expect(window.exitCode == 64 && window.errors.contains("2024..2023 ends before it begins."))
  }

  @Test("of two states of knowledge write shares as everywhere else")
  func compared() throws {
    let desk = try desk()
    let page = try desk.expect("compare retention-point --as-of #900 --as-of #2500 --on 2026-06-30")
    #expect(page.contains("%") && !page.contains(" %"))
  }
}
