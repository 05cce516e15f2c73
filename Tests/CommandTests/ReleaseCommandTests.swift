import ProjectionEngine
import Projections
import TestSupport
import Testing

@Suite("The commands of releases")
struct ReleaseCommandTests {
  private func desk(participants: Int = 240) throws -> Desk {
    try Desk.simulated(people: participants)
  }

  private static let publish =
    "release publish --by gender,residence-class --for Ministry --purpose Letter"

  @Test("publish a table once and give the same bytes ever after, whatever was recorded since")
  func sameBytes() throws {
    let desk = try desk()
    try desk.expect("\(Self.publish) -o one.csv --report one.html --internal-report steward.txt")
    let table = try desk.read("one.csv")
    #expect(table.hasPrefix("gender,residence-class,count\ntotal,total,"))
    let size = try desk.verifiedSize()
    #expect(try desk.expect(Self.publish) == table)
    #expect(try desk.verifiedSize() == size)
    #expect(try desk.read("steward.txt").contains("FOR THE STEWARD ONLY"))
    let page = try desk.read("one.html")
    #expect(page.contains("Simulated data") && !page.contains("below 5"))
    try desk.expect("release show 1 -o again.csv")
    #expect(try desk.read("again.csv") == table)
    #expect(try desk.expect("release list").contains("entries: gender, residence-class"))
    let checked = try desk.expect("release verify 1 --file again.csv")
    #expect(checked.contains("✓ The log gives the same people in every cell."))
    #expect(checked.contains("0 are too narrow"))
    try desk.write(table + "x", to: "changed.csv")
    let changed = try desk.run("release verify 1 --file changed.csv")
    #expect(changed.exitCode == 1 && changed.output.contains("✗ The file is not"))
  }

  @Test("preview without a trace")
  func preview() throws {
    let desk = try desk()
    let size = try desk.verifiedSize()
    let shown = try desk.expect("release preview --by gender,residence-class --lang de")
    #expect(shown.contains("NUR FÜR DIE DATENTREUHAND"))
    #expect(shown.split(separator: "\n").allSatisfy { $0.count <= 100 })
    #expect(try desk.verifiedSize() == size)
    #expect(try desk.expect("release list").contains("Nothing was released yet."))
  }

  @Test("publish a question at a horizon")
  func question() throws {
    let desk = try desk(participants: 900)
    // First: after tables of people it might be refused.
    let spells = try desk.expect(
      "release preview esf-outputs --row EECO01 --by gender --lang de")
    #expect(spells.contains("TEILNAHMEN") && !spells.contains("PERSONEN"), "\(spells)")
    let table = try desk.expect(
      "release publish retention-point --at 6 --by gender --for Ministry --purpose Letter")
    #expect(table.hasPrefix("gender,outcome,count\n"))
    let coarse = try desk.run(
      "release publish --by gender,network,nationality-group --for Ministry --purpose Letter")
    #expect(coarse.exitCode == 0 && coarse.errors.contains("Coarser than asked for: "))
    #expect(table.contains("total,yes,"))
    let german = try desk.expect("release show 1 --lang de")
    #expect(
      german.contains("  ja ") && german.contains("Stichtag ") && german.contains("Einheit: Person")
    )
    let missing = try desk.run(
      "release publish retention-point --by gender --for Ministry --purpose Letter")
    #expect(missing.exitCode == 64 && missing.errors.contains("Name one: --at 1."))
    let twice = try desk.run("release preview --by gender,gender")
    #expect(twice.exitCode == 64 && twice.errors.contains("--by names “gender” twice"))
    for (order, message) in [
      ("--for \u{A0} --purpose Letter", "--for is empty"),
      ("--for Ministry --purpose \u{A0}", "--purpose is empty"),
    ] {
      let empty = try desk.run("release publish --by gender \(order)")
      #expect(empty.exitCode == 64 && empty.errors.contains(message), "\(empty.errors)")
    }
    let states = try desk.run("release preview status-path")
    #expect(states.exitCode == 64 && states.errors.contains("transitions"))
  }

  @Test("publish rates, medians, means and curves that rest on printed counts")
  func figures() throws {
    let desk = try desk(participants: 900)
    let day = "--on 2026-10-31"
    let order = "--for Ministry --purpose Letter \(day)"
    let rates = try desk.expect(
      "release publish retention-point --at 6 --figure rate --by gender \(order) -o rates.csv")
    #expect(rates.contains("ASKED") && rates.contains("retention-point · yes · 6 · rate"))
    let table = try desk.read("rates.csv")
    #expect(table.hasPrefix("gender,asked,yes,percent\ntotal,"), "\(table)")
    let curve = try desk.expect("release publish retention-after-job-start \(order) -o curve.csv")
    #expect(curve.contains("curve"))
    let points = try desk.read("curve.csv")
    #expect(
      points.hasPrefix("from-month,to-month,at-risk,interruption,censored,percent,within\n0,"),
      "\(points)")
    try expectNear(points, try desk.expect("ask retention-after-job-start --format json \(day)"))
    #expect(
      try desk.expect("release verify 2 --file curve.csv")
        .contains("✓ The log gives the same people in every cell."))
    let lag = try desk.expect(
      "release preview recording-lag --figure median --by residence-class --lang de \(day)")
    #expect(
      lag.contains("MEDIAN UNTER") && lag.contains("ANGABEN") && lag.contains("Median"), "\(lag)")
    let mean = try desk.expect(
      "release publish recording-lag --figure mean --by residence-class \(order)")
    #expect(mean.hasPrefix("residence-class,people,mean\n"))
    // Hundreds of records of one or four people are few people.
    let few = try desk.expect("release preview recording-lag --figure mean --by gender \(day)")
    let rows = few.split(separator: "\n").map { $0.split(separator: " ") }
    for gender in ["d", "x"] { #expect(rows.contains([gender[...], ".", "."]), "\(few)") }
    let moved = try desk.expect(
      "release preview retention-point --at 6 --figure rate --by gender --profile adhoc \(day)")
    #expect(moved.contains("PERCENT") && moved.contains("a little off"))
    let later = try desk.run("release preview --by gender --as-of #999999")
    #expect(later.exitCode == 66 && later.errors.contains("#999999"), "\(later)")
    for (wrong, word) in [
      ("time-to-first-job --figure rate", "It gives: --figure curve."),
      ("retention-point --at 6 --figure median", "It gives: --figure rate."),
      ("retention-point --figure curve", "It gives: --figure counts, --figure rate."),
      ("time-to-first-job --at 6", "A curve has neither rows nor one horizon"),
      ("--by gender --figure rate", "It gives: --figure counts."),
      (
        "retention-point --at 6 --figure rate --by gender --profile authority",
        "no rules for figures"
      ),
    ] {
      let outcome = try desk.run("release preview \(wrong)")
      #expect(outcome.exitCode == 64 && outcome.errors.contains(word), "\(wrong): \(outcome)")
    }
  }

  /// Compares a published curve with the answer to its question.
  private func expectNear(_ table: String, _ answer: String) throws {
    let group = try #require(try JSONValue(parsing: Array(answer.utf8))["groups"]?.list?.first)
    let curve = try #require(group["curve"]?.list)
    let rows = table.split(separator: "\n").dropFirst().map { row in
      row.split(separator: ",").map { Double($0) ?? .nan }
    }
    #expect(rows.first?[2] == group["subjects"]?.number)
    for row in rows {
      let last = curve.last { ($0["time"]?.number ?? 0) <= row[1] }
      let survival = last?["survival"]?.number ?? 1
      #expect(abs(row[5] / 100 - survival) <= row[6] / 100 + 1e-9, "\(row), \(survival)")
    }
  }

  @Test("say in both languages what cannot be released again, and by which profile")
  func clearErrors() throws {
    let desk = try desk()
    try desk.expect(Self.publish)
    try desk.expect("release withdraw 1 --reason mistake")
    let german = try desk.run("\(Self.publish) --lang de")
    #expect(german.exitCode == 65 && german.errors.contains("wurde zurückgezogen"), "\(german)")
    let file = try #require(BuiltInFiles.profiles.first { $0.name == "ministry" })
    let text = String(decoding: file.bytes, as: UTF8.self)
      .replacing("name = \"ministry\"", with: "name = \"own\"")
    try desk.write(text, to: "own.toml")
    try desk.expect("release publish --by gender --profile own.toml --for A --purpose B")
    try desk.write(text.replacing("minimum = 5", with: "minimum = 6"), to: "own.toml")
    for (language, word) in [
      ("en", "was used before with other content"), ("de", "früher mit anderem Inhalt"),
    ] {
      let changed = try desk.run(
        "release publish --by gender --profile own.toml --for A --purpose B --lang \(language)")
      #expect(changed.exitCode == 65 && changed.errors.contains(word), "\(changed)")
    }
  }

  @Test("refuse a profile that calls itself by the name of another, and ask who agrees to less")
  func ownProfiles() throws {
    let desk = try desk()
    let file = try #require(BuiltInFiles.profiles.first { $0.name == "ministry" })
    let text = String(decoding: file.bytes, as: UTF8.self)
    let weak = text.replacing("minimum = 5", with: "minimum = 1")
    try desk.write(weak.replacing("version = 2", with: "version = 9"), to: "own.toml")
    let publish = "release publish --by gender --profile own.toml --for A --purpose B"
    for (language, word) in [("en", "comes with the program"), ("de", "zum Programm gehört")] {
      let disguised = try desk.run("\(publish) --lang \(language)")
      #expect(disguised.exitCode == 65 && disguised.errors.contains(word), "\(disguised)")
      #expect(disguised.output.isEmpty)
    }
    try desk.write(text, to: "own.toml")
    try desk.expect("release preview --by gender --profile own.toml")
    try desk.write(weak.replacing("\"ministry\"", with: "\"own\""), to: "own.toml")
    let alone = try desk.run(publish)
    #expect(alone.exitCode == 77 && alone.errors.contains("--approved-by"), "\(alone)")
    try desk.expect("\(publish) --approved-by C -o table.csv --report report.txt")
    #expect(try desk.read("report.txt").contains("Profile of one's own:"))
  }

  @Test("name in a report nobody but whom it is for, and say what figures are withheld")
  func reports() throws {
    let desk = try desk()
    try desk.expect("release publish --by gender --for First --purpose One -o one.csv")
    try desk.expect(
      "release publish --by gender --for Second --purpose Two -o two.csv --report two.txt"
        + " --internal-report all.txt")
    let report = try desk.read("two.txt")
    #expect(report.contains("Second (Two)") && !report.contains("First"), "\(report)")
    let all = try desk.read("all.txt")
    #expect(all.contains("First (One)") && all.contains("Second (Two)"), "\(all)")
    #expect(try desk.read("one.csv") == desk.read("two.csv"))
    // A median of few people is withheld, although each count is printed.
    let larger = try self.desk(participants: 900)
    let medians = try larger.expect("release preview us-median-q2 --figure median --by gender")
    let points = medians.split(separator: "\n").filter { $0.hasSuffix(" .") }
    #expect(!points.isEmpty && !medians.contains("Hidden: 0 of"), "\(medians)")
    #expect(!medians.contains("Nothing is hidden."), "\(medians)")
  }

  @Test("check a release of a question file against the file that the log keeps")
  func ownQuestion() throws {
    let desk = try desk()
    let file = try #require(BuiltInFiles.questions.first { $0.name == "esf-outputs" })
    let text = String(decoding: file.bytes, as: UTF8.self)
      .replacing("name = \"esf-outputs\"", with: "name = \"own\"")
    try desk.write(text, to: "own.toml")
    try desk.expect(
      "release publish own.toml --row EECO01 --by gender --for A --purpose B -o table.csv")
    try desk.write("", to: "own.toml")
    let checked = try desk.expect("release verify 1")
    #expect(checked.contains("✓ The log gives the same people in every cell."), "\(checked)")
  }

  @Test("give a recipient so many tables, and say so without a word about people")
  func quota() throws {
    let desk = try desk()
    // Numbers that are moved depend on the keys of a store, and so does whether they are safe.
    let file = try #require(BuiltInFiles.profiles.first { $0.name == "ministry" })
    try desk.write(
      String(decoding: file.bytes, as: UTF8.self)
        .replacing("name = \"ministry\"", with: "name = \"own\"")
        + "\n[quota]\ntables = 40\ndecompositions = 2\ndays = 90\n", to: "own.toml")
    let order = "--for Ministry --purpose Question --profile own.toml"
    for by in ["gender", "gender,residence-class"] {
      try desk.expect("release publish --by \(by) \(order)")
    }
    let third = try desk.run("release publish --by gender,network \(order)")
    #expect(third.exitCode == 77 && third.errors.contains("in at most 2 ways"), "\(third)")
    #expect(try desk.expect("release list").contains("refused: quota"))
    try desk.expect("release publish --by gender \(order)")
    let german = try desk.run("release publish --by gender,network \(order) --lang de")
    #expect(german.errors.contains("höchstens 2 Gliederungen"), "\(german)")
    let waived = try desk.run("release preview --by gender --profile adhoc --waivers w.csv")
    #expect(waived.exitCode == 64 && waived.errors.contains("hides no cells"), "\(waived)")
  }

  @Test("give a withdrawn table no more, and refuse what the profile does not allow")
  func refusals() throws {
    let desk = try desk()
    try desk.expect(Self.publish)
    try desk.expect("release withdraw 1 --reason mistake")
    let again = try desk.run(Self.publish)
    #expect(again.exitCode == 65 && again.output.isEmpty)
    #expect(again.errors.contains("was withdrawn"))
    let other = try desk.run("\(Self.publish) --as-asked")
    #expect(other.exitCode == 65 && other.output.isEmpty, "\(other)")
    #expect(other.errors.contains("Release 1 is this table and was withdrawn"), "\(other)")
    let unapproved = try desk.run("\(Self.publish) --profile publication")
    #expect(unapproved.exitCode == 77 && unapproved.errors.contains("--approved-by"))
    #expect(try desk.run("release show 9").exitCode == 66)
    #expect(try desk.run("release preview").exitCode == 64)
  }

  @Test("move numbers by the people, alike in every table, with at most so many attributes")
  func adhoc() throws {
    let desk = try desk()
    let order = "--for Ministry --purpose Question --profile adhoc"
    let one = try desk.expect("release publish --by gender,residence-class \(order)")
    let two = try desk.expect("release publish --by gender \(order)")
    let rows = one.split(separator: "\n")
    for line in two.split(separator: "\n").dropFirst() {
      let parts = line.split(separator: ",")
      #expect(rows.contains { $0 == "\(parts[0]),total,\(parts[1])" }, "\(line)")
    }
    #expect(try desk.expect("release show 1").contains("a little off"))
    #expect(try desk.expect("release publish --by gender,residence-class \(order)") == one)
    let wide = try desk.run(
      "release preview --by gender,residence-class,network,german --profile adhoc")
    #expect(wide.exitCode == 64 && wide.errors.contains("at most 3"), "\(wide)")
    #expect(try desk.expect("release verify").contains("0 are too narrow"))
    let tens = try desk.expect("release preview --by gender --profile ba10")
    #expect(tens.contains("a little off") && tens.contains("Profile: ba10 1"))
  }

  @Test("print by law what a law names, and bind nobody with what may not be passed on")
  func laws() throws {
    let desk = try desk()
    let exact = "release publish --profile esf-mandatory --for EU --purpose H1 --approved-by A"
    let unnamed = try desk.run("\(exact) --by gender")
    #expect(unnamed.exitCode == 77 && unnamed.errors.contains("--legal-basis"), "\(unnamed)")
    let other = try desk.run("\(exact) --by network --legal-basis law")
    #expect(other.exitCode == 64 && other.errors.contains("gender"), "\(other)")
    let closed = "release publish --profile authority --for BMAS --purpose plan --legal-basis law"
    #expect(try desk.run("\(closed) --by network --approved-by A").exitCode == 77)
    let plan = try desk.expect("\(closed) --by network --approved-by A --approved-by B")
    #expect(plan.hasPrefix("network,count (nur Planung)\n") && !plan.contains(",."))
    #expect(try desk.expect("release show 1").contains("Not to be passed on."))
    // For everybody else these cells are as secret as before.
    let others = try desk.expect("release preview --by network")
    #expect(others.contains("below 5"))
    let totals = try desk.expect("\(exact) --by gender --legal-basis law")
    #expect(!totals.contains(",.") && totals.hasPrefix("gender,count\n"))
    let known = try desk.expect("release publish --by gender --for Ministry --purpose Letter")
    #expect(known == totals)
    #expect(try desk.expect("release show 2").contains("EU (H1; law)"))
  }

  @Test("print a cell in spite of a rule when two people agree, and keep the waiver")
  func waivers() throws {
    let desk = try desk()
    let hidden = try desk.expect("release preview --by gender")
    let small = try #require(
      hidden.split(separator: "\n").first { $0.contains("below 5") }?.split(separator: " ").first)
    try desk.write("gender,reason\n\(small), \n", to: "w.csv")
    let empty = try desk.run("release preview --by gender --waivers w.csv")
    #expect(empty.exitCode == 65 && empty.errors.contains("no reason"), "\(empty)")
    try desk.write("gender,reason\n\(small),agreed by all of them\n", to: "w.csv")
    let publish =
      "release publish --by gender --for Ministry --purpose Letter --waivers w.csv --approved-by A"
    #expect(try desk.run(publish).exitCode == 77)
    #expect(try desk.run("\(publish) --approved-by a --approved-by Ａ").exitCode == 77)
    let nameless = try desk.run("\(publish) --approved-by \u{00A0}")
    #expect(nameless.exitCode == 64 && nameless.errors.contains("--approved-by is empty"))
    let table = try desk.expect("\(publish) --approved-by B")
    #expect(!table.contains("\n\(small),."))
    let shown = try desk.expect("release show 1 --for-steward")
    #expect(
      shown.contains("Printed by waiver: gender=\(small): agreed by all of them"), "\(shown)")
  }
}
