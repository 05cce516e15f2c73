import Foundation
import TestSupport
import Testing

@Suite("The command estimate, for regressions, intervals and sequences")
struct RegressionCommandTests {
  /// Twelve jobs with ties, an age, a sector, and why they ended.
  private static let jobs = """
    id;days;lost;age;sector;why
    a;10;1;25;care;quit
    b;20;0;31;retail;
    c;20;1;44;retail;fired
    d;5;1;38;care;fired
    e;30;1;52;care;quit
    f;30;0;29;retail;
    g;12;1;33;retail;quit
    h;18;1;41;care;fired
    i;25;0;36;care;
    j;8;1;27;retail;quit
    k;16;0;48;care;
    l;22;1;23;retail;fired

    """

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.jobs, to: "jobs.csv")
    return desk
  }

  private static let cox = "jobs.csv --stop days --event lost --covariates age,sector"

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("gives hazard ratios of numbers and of levels against the first one")
  func cox() throws {
    let desk = try desk()
    let answer = try object(try desk.expect("estimate cox \(Self.cox) -f json"))
    #expect(answer["reference"] as? String == "sector=care")
    #expect(answer["n"] as? Double == 12 && answer["events"] as? Double == 8)
    let rows = try #require(answer["rows"] as? [[String: Any]])
    #expect(rows.compactMap { $0["term"] as? String } == ["age", "sector=retail"])
    let chi = try #require(answer["likelihood_ratio_chisq"] as? Double)
    let (null, top) = (
      answer["log_likelihood_null"] as? Double, answer["log_likelihood"] as? Double
    )
    #expect(abs(chi - 2 * (try #require(top) - (try #require(null)))) < 1e-12)
    // The other way round the coefficient has the other sign.
    let other = try object(
      try desk.expect("estimate cox \(Self.cox) --reference sector=retail -f json"))
    let others = try #require(other["rows"] as? [[String: Any]])
    #expect(others[1]["term"] as? String == "sector=care")
    let one = try #require(rows[1]["coefficient"] as? Double)
    let two = try #require(others[1]["coefficient"] as? Double)
    #expect(abs(one + two) < 1e-12)
  }

  @Test("has a page in both languages that says what it rests on", arguments: ["en", "de"])
  func pages(_ language: String) throws {
    let desk = try desk()
    let page = try desk.expect("estimate cox \(Self.cox) --lang \(language)")
    let words =
      language == "en"
      ? ["COVARIATE", "Compared with sector=care", "Wald test", "95% limits", "8 "]
      : ["VARIABLE", "Verglichen mit sector=care", "Wald-Test", "95-%-Grenzen", "8 "]
    let line = page.replacing("\n", with: " ")
    for word in words { #expect(line.contains(word), "\(word) in \(page)") }
    for kind in ["proportionality", "baseline"] {
      #expect(try !desk.expect("estimate \(kind) \(Self.cox) --lang \(language)").isEmpty)
    }
  }

  @Test("refuses a group without events instead of printing a huge coefficient")
  func separation() throws {
    let desk = try desk()
    try desk.write(
      "days,lost,x\n1,1,a\n3,1,a\n5,1,a\n7,0,a\n2,0,b\n4,0,b\n6,0,b\n8,0,b\n", to: "s.csv")
    let outcome = try desk.run("estimate cox s.csv --stop days --event lost --covariates x")
    #expect(outcome.exitCode == 65 && outcome.output.isEmpty)
    #expect(outcome.errors.contains("“x=b”"), "\(outcome)")
  }

  @Test(
    "says what is missing or wrong, with the place",
    arguments: [
      ("cox jobs.csv --stop days --event lost", Int32(64), "--covariates is missing"),
      ("cox jobs.csv --stop days --event lost --covariates aeg", 65, "Did you mean “age”?"),
      ("cox jobs.csv --stop days --event lost --covariates why", 65, "jobs.csv:3:"),
      (
        "cox jobs.csv --stop days --event lost --covariates sector --reference sector=car", 64,
        "Did you mean “care”?"
      ),
      ("cox jobs.csv --stop days --event lost --covariates age --ties exact --robust", 64, "ties"),
      ("fine-gray jobs.csv --stop days --event why --covariates age", 64, "fired, quit"),
      ("pseudo jobs.csv --stop days --event lost", 64, "--at is missing"),
      ("sequence-states jobs.csv", 64, "--first"),
      ("sequence-states jobs.csv --first age --last days", 64, "no columns from"),
    ])
  func refusals(_ command: String, _ code: Int32, _ words: String) throws {
    let outcome = try desk().run("estimate \(command)")
    #expect(outcome.exitCode == code, "\(outcome)")
    #expect(outcome.output.isEmpty && outcome.errors.contains(words), "\(outcome)")
  }

  @Test("does not take a number with gaps for levels, and leaves gaps out on request")
  func missing() throws {
    let desk = try desk()
    try desk.write(
      Self.jobs.replacing(";44;", with: ";NA;").replacing(";23;", with: ";;"), to: "gaps.csv")
    let command = "estimate cox gaps.csv --stop days --event lost --covariates age"
    let outcome = try desk.run(command)
    #expect(outcome.exitCode == 65, "\(outcome)")
    #expect(outcome.errors.contains("gaps.csv:4:8: There is no value here, nor in 1 other rows."))
    let answer = try object(try desk.expect("\(command) --drop-missing -f json"))
    #expect(answer["n"] as? Double == 10 && answer["rows_left_out"] as? Double == 2)
  }

  @Test("regresses one exit among several")
  func fineGray() throws {
    let answer = try object(
      try desk().expect(
        "estimate fine-gray jobs.csv --stop days --event why --cause quit --covariates age -f json")
    )
    #expect(answer["events"] as? Double == 4 && answer["competing"] as? Double == 4)
    #expect(answer["censored"] as? Double == 4)
    #expect((answer["rows"] as? [[String: Any]])?.count == 1)
  }

  @Test("gives one pseudo-value a person and time")
  func pseudo() throws {
    let lines = try desk().expect(
      "estimate pseudo jobs.csv --stop days --event lost --id id --at 6,15 -f csv"
    ).split(separator: "\n")
    #expect(lines[0] == "id,time,pseudo_value")
    #expect(lines.count == 25)
    // At 6 one of twelve has ended and nobody is censored: values are the people's own outcomes.
    #expect(lines[4].hasPrefix("d,6,"))
    let values = try lines[1...12].map { try #require(Double($0.split(separator: ",")[2])) }
    for (index, value) in values.enumerated() { #expect(abs(value - (index == 3 ? 0 : 1)) < 1e-12) }
  }

  @Test("finds where events lie that are known within intervals, with a proof")
  func interval() throws {
    let desk = try desk()
    try desk.write("left,right\n0,2\n1,3\n2,4\n4,\n", to: "seen.csv")
    let answer = try object(try desk.expect("estimate interval seen.csv -f json"))
    let rows = try #require(answer["rows"] as? [[String: Any]])
    let masses = rows.compactMap { $0["mass"] as? Double }
    #expect(zip(masses, [0.375, 0.375, 0.25]).allSatisfy { abs($0 - $1) < 1e-9 }, "\(masses)")
    #expect(rows[2]["right"] is NSNull && rows[2]["left"] as? Double == 4)
    #expect(try #require(answer["largest_gap"] as? Double) < 1e-10)
    try desk.write("left,right\n0,2\n3,1\n", to: "bad.csv")
    let outcome = try desk.run("estimate interval bad.csv")
    #expect(outcome.exitCode == 65 && outcome.errors.contains("bad.csv:3:3: From 3 to 1"))
  }

  @Test("describes journeys as states in periods")
  func sequences() throws {
    let desk = try desk()
    try desk.write(
      "id,m1,m2,m3,m4,w\na,out,out,in,in,1\nb,out,in,out,in,1\nc,away,away,away,away,2\n",
      to: "months.csv")
    let range = "months.csv --first m1 --last m4"
    let states = try desk.expect("estimate sequence-states \(range) --weight w -f csv")
    #expect(states.contains("m1,away,0.5,") && states.contains("m1,out,0.5,"))
    let moves = try desk.expect("estimate sequence-moves \(range) -f csv")
    #expect(moves.contains("out,in,0.75\n") && moves.contains("away,away,1\n"))
    let times = try desk.expect("estimate sequence-times \(range) -f csv")
    #expect(times.contains("away,1.3333333333333333,1.33333333333333"))
    let shapes = try desk.expect("estimate sequence-shapes \(range) --id id -f csv")
    #expect(shapes.contains("\nb,3,") && shapes.contains("\nc,0,0,0,1\n"))
    try desk.write("m1,m2\nin,\n", to: "hole.csv")
    let outcome = try desk.run("estimate sequence-states hole.csv --first m1 --last m2")
    #expect(outcome.exitCode == 65 && outcome.errors.contains("hole.csv:2:4: There is no state"))
  }
}
