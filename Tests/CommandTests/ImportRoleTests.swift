import Testing

@Suite("An import by a role")
struct ImportRoleTests {
  private static let roles = [
    "advisor --subproject TP-1", "coordinator --subproject TP-1", "evaluator", "steward", "dpo",
  ]

  @Test("is refused with what is missing, also where only the list of imports is asked for")
  func refused() throws {
    let desk = try Desk.withOffice()
    try desk.expect(Desk.importOffice)
    let size = try desk.verifiedSize()
    try desk.write("id,entry,group,until\nd,2024-04-01,x,2025-02-28\n", to: "people2.csv")
    for role in Self.roles {
      let name = role.split(separator: " ")[0]
      try desk.expect("privacy keys issue \(role) -o \(name).key")
      let before = try desk.verifiedSize()
      for command in [
        "import list", "import undo I-2026-0001 --reason x --dry-run",
        "import undo I-2026-0001 --reason x --yes",
        "import people2.csv --mapping small.toml --dry-run",
        "import people2.csv --mapping small.toml",
      ] {
        let outcome = try desk.run("\(command) --key-file \(name).key")
        #expect(outcome.exitCode == 77 && outcome.output.isEmpty, "\(role): \(command): \(outcome)")
        #expect(outcome.errors.contains("root key"), "\(role): \(command): \(outcome)")
        #expect(!outcome.errors.contains("I-2026"), "\(role): \(command): \(outcome)")
        #expect(!outcome.errors.contains("No imports"), "\(role): \(command): \(outcome)")
      }
      #expect(try desk.verifiedSize() == before)
    }
    #expect(try desk.verifiedSize() == size + Self.roles.count)
    let german = try desk.run("import list --key-file evaluator.key --lang de")
    #expect(german.errors.contains("Hauptschlüssel"), "\(german)")
    #expect(try desk.expect("import list").contains("complete"))
  }

  @Test("of made-up people is known as such to every key that opens them")
  func madeUp() throws {
    let desk = try Desk.simulated(people: 60)
    let root = try desk.expect("ask time-to-first-job")
    let words = "Simulated data"
    #expect(root.contains(words), "\(root)")
    for role in ["evaluator", "steward"] {
      try desk.expect("privacy keys issue \(role) -o \(role).key")
      let answer = try desk.expect("ask time-to-first-job --key-file \(role).key")
      #expect(answer.contains(words), "\(role): \(answer)")
    }
    try desk.expect("privacy keys issue advisor --subproject N41-T1 -o advisor.key")
    let list = try desk.expect("participants list --key-file advisor.key")
    let person = try #require(list.firstMatch(of: /TN-[0-9A-Z]{6}/)).output
    let page = try desk.expect("timeline \(person) --key-file advisor.key")
    #expect(page.contains(words), "\(page)")
    try desk.expect("privacy keys issue dpo -o dpo.key")
    let facts = try desk.expect("log stats --key-file dpo.key")
    #expect(facts.contains("not told by this key") && !facts.contains(" no\n"), "\(facts)")
  }
}
