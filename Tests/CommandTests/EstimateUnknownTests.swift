import TestSupport
import Testing

@Suite("Estimates of what is not known")
struct EstimateUnknownTests {
  /// People of one region: so many yes, no, unknown, not due.
  private static func rows(_ region: String, _ counts: [Int]) -> String {
    zip(["yes", "no", "unknown", "not due"], counts).map { outcome, count in
      String(repeating: "\(region),\(outcome)\n", count: count)
    }.joined()
  }

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write(
      "region,outcome\n" + Self.rows("north", [34, 17, 12, 20])
        + Self.rows("south", [20, 29, 0, 0]) + Self.rows("west", [1, 4, 0, 3]),
      to: "outcomes.csv")
    return desk
  }

  @Test("give all, known, bounds and coverage; not due stands in no denominator")
  func outcomes() throws {
    let lines = try desk().expect("estimate outcomes outcomes.csv --by region -f csv")
      .split(separator: "\n")
    #expect(
      lines[0]
        == "stratum,n_yes,n_due,n_no,n_unknown,n_not_due,all,known,lower,upper,worst,best,bounds_lower,bounds_upper,coverage"
    )
    #expect(
      lines[1].hasPrefix("north,34,63,17,12,20,0.5396825396825397,0.6666666666666666,0.52968"))
    #expect(lines[1].contains(",0.5396825396825397,0.7301587301587301,0.43689"))
    #expect(lines[2].hasPrefix("south,20,49,29,0,0,0.40816"))
  }

  @Test("compare groups with Holm's p-values and warn of many comparisons")
  func compare() throws {
    let desk = try desk()
    let outcome = try desk.run("estimate compare outcomes.csv --by region -f csv")
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.contains("3 comparisons: if nothing differed, 0.15 would be expected"))
    let fields = outcome.lines[1].split(separator: ",")
    #expect(fields[0] == "north" && fields[1] == "south")
    // prop.test(c(34, 20), c(51, 49), correct = FALSE)$p.value in R, and three times that.
    #expect(fields[10].hasPrefix("0.009519055171441") && fields[11].hasPrefix("0.0285571655143"))
    let ranking = try desk.run("estimate ranking outcomes.csv --by region -f csv").lines
    #expect(ranking[1].hasPrefix("north,51,") && ranking[1].hasSuffix(",1,1,2"))
    #expect(ranking[3].hasPrefix("west,5,") && ranking[3].hasSuffix(",3,1,3"))
    #expect(try desk.run("estimate compare outcomes.csv").exitCode == 64)
  }

  @Test("say how the unknown would have to answer")
  func tipping() throws {
    let desk = try desk()
    let target = try desk.run(
      "estimate tipping outcomes.csv --where region=north --target 0.6 -f csv")
    #expect(target.lines[1].hasPrefix("all,63,12,0.5396825396825397,share,from,0.31666666666666"))
    #expect(target.lines[1].hasSuffix(",4"))
    #expect(
      target.lines[2].contains(",with-confidence,from,0.95") && target.lines[2].hasSuffix(",12"))
    #expect(try desk.run("estimate tipping outcomes.csv --by region").exitCode == 64)
    try desk.write(
      "region,outcome\n" + Self.rows("north", [40, 20, 30]) + Self.rows("south", [30, 30, 30]),
      to: "two.csv")
    let two = try desk.run("estimate tipping two.csv --by region -f csv")
    #expect(
      two.lines.count == 7 && two.lines[3].hasPrefix("north,30,0.6666666666666666,higher,from"))
    let page = try desk.expect("estimate tipping two.csv --by region --lang de")
    #expect(page.contains("GEGEN DIE ANDERE") && page.contains("das Ergebnis hängt an"))
  }

  @Test("bound a curve when people were lost")
  func bounds() throws {
    let desk = try Desk()
    // The ten people of the test of LossBounds, compared there with R.
    try desk.write(
      """
      time,event
      2,job
      3,lost
      3,job
      5,moved
      6,0
      7,lost
      8,job
      9,0
      9,lost
      12,0

      """, to: "lost.csv")
    let lines = try desk.run("estimate bounds lost.csv --at 6,9 -f csv").lines
    #expect(lines.count == 7)
    #expect(lines[2].hasPrefix("all,none,9,3,0.2"))
    #expect(lines[4].hasPrefix("all,job,9,3,0.3") && lines[4].contains(",0.6"))
    let nobody = try desk.run("estimate bounds lost.csv --at 6 --lost vanished")
    #expect(nobody.exitCode == 65 && nobody.errors.contains("“vanished”"))
    #expect(try desk.run("estimate bounds lost.csv").exitCode == 64)
  }

  @Test("weight for response, and say what parts who responded from who did not")
  func response() throws {
    let desk = try Desk()
    // Cell a: 6 due, 2 responded, 1 yes. Cell b: 4 due, all responded, 3 yes. 0.6 · 0.5 + 0.4 · 0.75.
    try desk.write(
      "cell,outcome\na,yes\na,no\na,\na,\na,\na,\nb,yes\nb,yes\nb,yes\nb,no\n", to: "cells.csv")
    let cells = try desk.run("estimate response cells.csv --covariates cell --cells -f csv").lines
    #expect(cells[1].hasPrefix("10,6,0.6666666666666666,0.6"))
    let parted = try desk.run("estimate response cells.csv --covariates cell")
    #expect(parted.exitCode == 65 && parted.errors.contains("--firth"))
    #expect(
      try desk.run("estimate response cells.csv --covariates cell --firth --trim 1.5").exitCode == 0
    )
    let word = try desk.run("estimate response cells.csv --event cell --covariates outcome")
    #expect(word.exitCode == 65 && word.errors.contains("cells.csv:2:1: “a” does not say"))
  }

  @Test("estimate delays, and correct retention for them")
  func delays() throws {
    let desk = try Desk()
    // Half of ten old ends were recorded at once, half after ten days; one of six recent starters is
    // known to have left, so that one more probably has.
    let old = [0, 0, 0, 0, 0, 10, 10, 10, 10, 10].map { "old,0,0,\($0)\n" }.joined()
    let new = "new,90,92,92\n" + String(repeating: "new,90,,\n", count: 5)
    try desk.write("group,start,stop,recorded\n" + old + new, to: "spells.csv")
    let delays = try desk.run(
      "estimate delays spells.csv --where group=old --event stop --cut 100 --at 5 -f csv"
    ).lines
    #expect(delays[1].hasPrefix("5,0.5,0.158113883") && delays[1].hasSuffix(",0.5"))
    let lines = try desk.run("estimate nowcast spells.csv --by group --cut 100 --at 5 -f csv").lines
    #expect(lines[2].hasPrefix("new,5,0.8333333333333334,NA,0.6666666666666"))
    let page = try desk.expect("estimate nowcast spells.csv --by group --cut 100 --at 5 --lang de")
    #expect(page.contains("95 % sind binnen 10 Tagen erfasst"))
    let late = try desk.run("estimate nowcast spells.csv --by group --cut 91 --at 5")
    #expect(late.exitCode == 65 && late.errors.contains("spells.csv:12:11: Recorded after --cut"))
    let uncut = try desk.run("estimate delays spells.csv --where group=old --event stop")
    #expect(uncut.exitCode == 64)
    let dates = "start,stop,recorded\n2026-01-01,2026-02-01,2026-02-03\n2026-01-01,,\n"
    try desk.write(dates, to: "dates.csv")
    let few = try desk.run("estimate nowcast dates.csv --cut 2026-03-01 --at 20")
    #expect(few.exitCode == 65 && few.errors.contains("--longest"))
    #expect(
      try desk.run("estimate nowcast dates.csv --cut 2026-03-01 --at 20 --longest 20").exitCode == 0
    )
  }
}
