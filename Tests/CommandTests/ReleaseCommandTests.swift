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
    let table = try desk.expect(
      "release publish retention-point --at 6 --by gender --for Ministry --purpose Letter")
    #expect(table.hasPrefix("gender,outcome,count\n"))
    let coarse = try desk.run(
      "release publish --by gender,network,nationality-group --for Ministry --purpose Letter")
    #expect(coarse.exitCode == 0 && coarse.errors.contains("Coarser than asked for: "))
    #expect(table.contains("total,yes,"))
    let missing = try desk.run(
      "release publish retention-point --by gender --for Ministry --purpose Letter")
    #expect(missing.exitCode == 64 && missing.errors.contains("Name one: --at 6."))
    let curve = try desk.run("release preview time-to-first-job")
    #expect(curve.exitCode == 64 && curve.errors.contains("time-to-event"))
  }

  @Test("give a withdrawn table no more, and refuse what the profile does not allow")
  func refusals() throws {
    let desk = try desk()
    try desk.expect(Self.publish)
    try desk.expect("release withdraw 1 --reason mistake")
    let again = try desk.run(Self.publish)
    #expect(again.exitCode == 65 && again.output.isEmpty)
    #expect(again.errors.contains("was withdrawn"))
    let unapproved = try desk.run("\(Self.publish) --profile publication")
    #expect(unapproved.exitCode == 77 && unapproved.errors.contains("--approved-by"))
    #expect(try desk.run("release show 9").exitCode == 66)
    #expect(try desk.run("release preview").exitCode == 64)
  }
}
