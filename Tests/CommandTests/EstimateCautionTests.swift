import TestSupport
import Testing

@Suite("The command estimate is careful")
struct EstimateCautionTests {
  /// Eight people who wait for a job; two drop out first, one is lost.
  private static let exits = """
    id,days,cause,region
    1,10,job,north
    2,20,dropout,north
    3,25,job,north
    4,30,none,north
    5,5,dropout,south
    6,12,job,south
    7,30,none,south
    8,40,job,south

    """

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.exits, to: "exits.csv")
    return desk
  }

  @Test(
    "and makes no curve of one cause among several, with an explanation",
    arguments: ["survival", "quantiles", "rmst --at 20", "pseudo --at 20"])
  func oneCause(_ kind: String) throws {
    let desk = try desk()
    let words = kind.split(separator: " ", maxSplits: 1)
    let rest = words.count > 1 ? " \(words[1])" : ""
    let command = "estimate \(words[0]) exits.csv --stop days --event cause=job\(rest)"
    let outcome = try desk.run(command)
    #expect(outcome.exitCode == 64 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("“cause” has other ends than job: dropout."))
    #expect(outcome.errors.contains("wegmarke estimate incidence exits.csv --event cause."))
    #expect(outcome.errors.contains("--censored none --censored dropout"))
    #expect(try desk.run("\(command) --lang de").errors.contains("andere Enden als job: dropout."))
    // Whoever says that the others end nothing but the observation is taken at the word.
    #expect(try desk.run("\(command) --censored none --censored dropout").exitCode == 0)
    // No other cause, no objection.
    let only = try desk.run("\(command) --where region=east --where cause=job")
    #expect(only.exitCode != 0 && !only.errors.contains("other ends"))
  }

  @Test("and says what a log-rank test of one cause among several compares")
  func tests() throws {
    let desk = try desk()
    let command = "estimate logrank exits.csv --stop days --event cause=job --by region"
    let outcome = try desk.run(command)
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.contains("Compared is how fast job comes to those still waiting"))
    #expect(outcome.errors.contains("estimate gray --event cause."))
    #expect(try desk.run("\(command) --censored none --censored dropout").errors.isEmpty)
  }

  /// Twelve people of `big`, five of whom have the event; nobody of `still` has, and `few` are two.
  private static let groups: String =
    "group,days,lost\n" + (1...12).map { "big,\($0 * 5),\($0 % 2)\n" }.joined()
    + (1...12).map { _ in "still,60,0\n" }.joined() + "few,10,1\nfew,60,0\n"

  @Test("and compares means without limits where one has no variance, or few people")
  func means() throws {
    let desk = try Desk()
    try desk.write(Self.groups, to: "groups.csv")
    let command = "estimate rmst groups.csv --stop days --event lost --by group --at 50"
    let outcome = try desk.run(command)
    #expect(outcome.exitCode == 0)
    #expect(outcome.errors.contains("still: nobody had the event up to 50, or all at once"))
    #expect(outcome.errors.ranges(of: "few: 2 rows are too few for limits").count == 1)
    let lines = try desk.expect("\(command) -f csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines.dropFirst().prefix(3).map { $0[0] } == ["big", "still", "few"])
    // Machines get the figures that R has; people no interval of 50 to 50.
    #expect(lines[2][6...8] == ["0", "50", "50"])
    #expect(!outcome.output.contains("50.0000  50.0000  50.0000"))
    for line in lines.dropFirst(4) { #expect(line[6...9] == ["NA", "NA", "NA", "NA"]) }
    let two = try desk.expect("\(command) --where group=big -f csv")
    #expect(!two.contains("difference"))
  }

  @Test("and gives no value beyond the last follow-up")
  func beyond() throws {
    let desk = try desk()
    let job = "--stop days --event cause"
    let survival = try desk.run(
      "estimate survival exits.csv --stop days --event cause=job --censored none --censored dropout"
        + " --by region --at 20,35 -f csv")
    let rows = survival.lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(rows[2][0] == "north" && rows[2][1] == "35" && rows[2][5...7] == ["NA", "NA", "NA"])
    #expect(rows[4][0] == "south" && rows[4][5] != "NA")
    #expect(survival.errors.contains("north: nobody was followed up to 35; there is no value."))
    let incidence = try desk.expect(
      "estimate incidence exits.csv \(job) --where region=north --at 31 -f csv")
    let states = incidence.split(separator: "\n").dropFirst()
    #expect(states.count == 3 && states.allSatisfy { $0.contains(",NA,NA,NA") })
    // Where nobody is left to whom anything could happen, shares stay what they are.
    let ended = try desk.expect("estimate incidence exits.csv \(job) --at 41 -f csv")
    #expect(ended.contains("all,job,41,0,4,0,0.75,"))
    let mean = try desk.expect(
      "estimate rmst exits.csv --stop days --event cause=job --censored none --censored dropout"
        + " --by region --at 35 -f csv")
    #expect(mean.contains("north,mean,35,4,2,NA,NA,NA,NA,NA"))
    #expect(!mean.contains("difference"))
  }

  @Test("and writes the outcome of a log-rank test into every row of a file")
  func logRank() throws {
    let desk = try Desk()
    try desk.write(Self.groups, to: "groups.csv")
    let lines = try desk.expect(
      "estimate logrank groups.csv --stop days --event lost --by group -f csv"
    ).split(separator: "\n")
    #expect(lines[0] == "group,n,weighted_observed,weighted_expected,chisq,df,p_value")
    let outcomes = Set(lines.dropFirst().map { $0.split(separator: ",").suffix(3) })
    #expect(lines.count == 4 && outcomes.count == 1 && outcomes.first?.dropFirst().first == "2")
  }
}
