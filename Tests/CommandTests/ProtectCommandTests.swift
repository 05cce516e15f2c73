import TestSupport
import Testing

@Suite("The command protect")
struct ProtectCommandTests {
  /// Made-up numbers: two people of group d in the North, and three in the South.
  private static let cells = """
    gender,region,count
    m,North,12
    m,South,15
    w,North,9
    w,South,20
    d,North,2
    d,South,3

    """

  private func desk() throws -> Desk {
    let desk = try Desk()
    try desk.write(Self.cells, to: "cells.csv")
    return desk
  }

  @Test("hides small cells and others with them, and its own attack finds nothing")
  func roundTrip() throws {
    let desk = try desk()
    let said = try desk.expect(
      "protect cells.csv --profile ministry -o out.csv --report steward.txt")
    #expect(said.contains("of 12 cells are hidden"))
    #expect(!said.contains("d/North"))
    let out = try desk.read("out.csv")
    let lines = out.split(separator: "\n").map(String.init)
    #expect(lines.count == 13 && lines[0] == "gender,region,count")
    #expect(lines.contains("total,total,61"))
    #expect(lines.contains("d,North,.") && lines.contains("d,South,."))
    let report = try desk.read("steward.txt")
    #expect(report.contains("FOR THE STEWARD ONLY"))
    #expect(report.contains("below 5") && report.contains("protects"))
    #expect(report.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let attack = try desk.expect("protect --audit out.csv --profile ministry")
    #expect(attack.contains("0 are known too exactly"))
  }

  @Test(
    "refuses more people than the solvers can count, with line and limit",
    arguments: [
      "9223372036854775807", "3000000000000000000", "99999999999999999999", "1000000000001",
    ])
  func tooMany(count: String) throws {
    let desk = try Desk()
    try desk.write("gender,region,count\nm,N,\(count)\nm,S,9\nw,N,8\nw,S,7\n", to: "cells.csv")
    for (language, word) in [("en", "is too large"), ("de", "ist zu groß")] {
      let wrong = try desk.run("protect cells.csv --lang \(language)")
      #expect(wrong.exitCode == 65 && wrong.errors.contains(word), "\(wrong)")
      #expect(wrong.errors.contains("cells.csv:2") && wrong.errors.contains("1000000000000"))
    }
    try desk.write("gender,count\nm,600000000000\nw,600000000000\n", to: "cells.csv")
    let sum = try desk.run("protect cells.csv")
    #expect(sum.exitCode == 65 && sum.errors.contains("cells.csv:3"), "\(sum)")
  }

  @Test("prints a waived cell and tells the steward why")
  func waivers() throws {
    let desk = try desk()
    try desk.write("gender,region,reason\nd,South,printed by the office\n", to: "waivers.csv")
    let out = try desk.expect("protect cells.csv --waivers waivers.csv --report steward.txt")
    #expect(out.contains("d,South,3\n") && out.contains("d,North,.\n"))
    #expect(try desk.read("steward.txt").contains("printed by the office"))
    try desk.write("gender,region,reason\nd,East,why\n", to: "waivers.csv")
    let wrong = try desk.run("protect cells.csv --waivers waivers.csv")
    #expect(wrong.exitCode == 65 && wrong.errors.contains("names no cell"))
    let german = try desk.run("protect cells.csv --waivers waivers.csv --lang de")
    #expect(german.errors.contains("nennt kein Feld der Tabelle"), "\(german)")
  }

  @Test("writes the same bytes for the same table in another order")
  func sameBytes() throws {
    let desk = try desk()
    let rows = Self.cells.split(separator: "\n").map(String.init)
    let turned = [rows[0]] + rows.dropFirst().reversed()
    try desk.write(turned.joined(separator: "\n") + "\n", to: "turned.csv")
    let first = try desk.expect("protect cells.csv")
    #expect(try desk.expect("protect turned.csv") == first)
  }

  @Test("counts people by hierarchies")
  func people() throws {
    let desk = try Desk()
    let rows = (0..<40).map { "\(["m", "w"][$0 % 2]),\(["N1", "N2", "S1"][$0 % 3])\n" }
    try desk.write("gender,network\n" + rows.joined(), to: "people.csv")
    try desk.write(
      """
      dimension,code,parent
      network,North,
      network,South,
      network,N1,North
      network,N2,North
      network,S1,South

      """, to: "networks.csv")
    let out = try desk.expect("protect people.csv --by gender,network --hierarchy networks.csv")
    #expect(out.contains("total,North,27\n") && out.contains("w,S1,6\n"))
  }

  @Test("attacks what somebody else published, and ends with 1 when it finds something")
  func audit() throws {
    let desk = try Desk()
    try desk.write(
      """
      gender,count
      total,30
      m,17
      w,.
      d,12

      """, to: "naive.csv")
    let found = try desk.run("protect --audit naive.csv --profile ba3")
    #expect(found.exitCode == 1)
    #expect(found.output.contains("gender=w") && found.output.contains("1–1"))
    let german = try desk.run("protect --audit naive.csv --profile ba3 --lang de")
    #expect(german.output.contains("zu genau bekannt"))
  }

  @Test("says which margins do not add up, by how much, and in which language")
  func gaps() throws {
    let desk = try Desk()
    try desk.write("g,count\ntotal,12\na,7\nb,3\n", to: "gap.csv")
    let english = try desk.run("protect gap.csv")
    #expect(english.exitCode == 65)
    #expect(english.errors.contains("g=total: 12, its parts by g are 10 (+2)"))
    let german = try desk.run("protect gap.csv --lang de")
    #expect(german.errors.contains("die Teile nach g sind 10 (+2)"))
  }

  @Test(
    "refuses what is no table of people",
    arguments: [
      ("g,count\na,7\nb,-3\n", "-3 is below zero"),
      ("g,count\na,7\nb,2.5\n", "“2.5” is not a whole number of people"),
      ("g,count\na,7\na,3\n", "g=a stands twice"),
    ])
  func badTables(text: String, message: String) throws {
    let desk = try Desk()
    try desk.write(text, to: "bad.csv")
    let said = try desk.run("protect bad.csv")
    #expect(said.exitCode == 65)
    #expect(said.errors.contains(message), "\(said)")
  }

  @Test("refuses hierarchies that are none, and codes that are not in them")
  func badHierarchies() throws {
    let desk = try desk()
    func refusal(_ links: String) throws -> String {
      try desk.write("dimension,code,parent\n" + links, to: "h.csv")
      let said = try desk.run("protect cells.csv --hierarchy h.csv")
      #expect(said.exitCode == 65)
      return said.errors
    }
    #expect(try refusal("region,North,South\nregion,South,North\n").contains("in a circle"))
    #expect(try refusal("region,North,East\nregion,South,\n").contains("which is missing"))
    #expect(try refusal("region,North,\n").contains("“South” is not in the hierarchy of region"))
    #expect(try refusal("place,North,\n").contains("no dimension “place”"))
  }

  @Test("names the nearest profile")
  func unknownProfile() throws {
    let said = try desk().run("protect cells.csv --profile ministri")
    #expect(said.exitCode == 64)
    #expect(said.errors.contains("ministry"))
  }

  @Test("counts tables that are out already, and refuses one of other people")
  func known() throws {
    let desk = try desk()
    try desk.write(
      "gender,count\ntotal,61\nd,5\nm,27\nw,29\n", to: "genders.csv")
    // That five people are d is known: no pattern keeps either region from being less than five.
    let impossible = try desk.run("protect cells.csv --known genders.csv -o out.csv")
    #expect(impossible.exitCode == 65 && impossible.errors.contains("gender=d"), "\(impossible)")
    try desk.expect(
      "protect cells.csv --known genders.csv --profile ba3 -o out.csv --report steward.txt")
    let out = try desk.read("out.csv")
    #expect(out.contains("\nd,total,5\nd,North,.\nd,South,.\n"), "\(out)")
    #expect(try desk.read("steward.txt").contains("below 3"))
    try desk.write("gender,count\ntotal,62\nd,6\nm,27\nw,29\n", to: "others.csv")
    let other = try desk.run("protect cells.csv --known others.csv -o x.csv")
    #expect(other.exitCode == 65 && other.errors.contains("others.csv"), "\(other)")
    try desk.write("age,count\ntotal,61\nold,61\n", to: "ages.csv")
    let age = try desk.run("protect cells.csv --known ages.csv -o x.csv")
    #expect(age.exitCode == 65 && age.errors.contains("age"), "\(age)")
  }

  /// A row a person, with a number.
  private static let people =
    "number,gender,region\n"
    + (0..<60).map { "p\($0),\($0 % 20 == 0 ? "d" : $0 % 3 == 0 ? "w" : "m"),\($0 % 2)\n" }
    .joined()

  @Test("moves numbers by who is in a cell, always alike, and says what it needs for that")
  func moved() throws {
    let desk = try Desk()
    try desk.write(Self.people, to: "people.csv")
    try desk.write(String(repeating: "secret", count: 8), to: "secret")
    let missing = try desk.run("protect people.csv --by gender,region --profile adhoc -o x.csv")
    #expect(missing.exitCode == 64 && missing.errors.contains("--secret"), "\(missing)")
    let options = "--profile adhoc --id number --secret secret"
    try desk.expect("protect people.csv --by gender,region \(options) -o one.csv")
    try desk.expect("protect people.csv --by gender \(options) -o two.csv")
    let one = try desk.read("one.csv").split(separator: "\n")
    for line in try desk.read("two.csv").split(separator: "\n").dropFirst() {
      let (gender, count) = (line.split(separator: ",")[0], line.split(separator: ",")[1])
      #expect(one.contains { $0 == "\(gender),total,\(count)" }, "\(line)")
    }
    let wide = try desk.run("protect people.csv --by gender,region,number,x \(options)")
    #expect(wide.exitCode != 0)
    try desk.expect("protect people.csv --by gender,region --profile ba10 -o ten.csv")
    let tens = try desk.read("ten.csv").split(separator: "\n").dropFirst()
    #expect(tens.allSatisfy { $0.hasSuffix("0") } && tens.contains("total,total,60"))
    let exact = try desk.run("protect people.csv --by gender --profile esf-mandatory")
    #expect(exact.exitCode == 64 && exact.errors.contains("wegmarke release"), "\(exact)")
  }

  @Test("rounds as a profile of one's own says", arguments: ["random", "controlled"])
  func rounded(way: String) throws {
    let desk = try Desk()
    try desk.write(Self.people, to: "people.csv")
    try desk.write(String(repeating: "secret", count: 8), to: "secret")
    try desk.write(
      """
      format = "wegmarke.profile/1"
      name = "own"
      version = 1
      en = "Rounded."
      de = "Gerundet."
      source = "Nobody."
      approval = "automatic"
      [rounding]
      base = 5
      way = "\(way)"
      minimum = 2
      """, to: "own.toml")
    try desk.expect(
      "protect people.csv --by gender,region --profile own.toml --id number --secret secret"
        + " -o out.csv")
    let rows = try desk.read("out.csv").split(separator: "\n").dropFirst()
    #expect(rows.count == 12)
    #expect(rows.allSatisfy { $0.hasSuffix("0") || $0.hasSuffix("5") })
  }
}
