import EventLog
import Files
import Foundation
import Journey
import Keyring
import TestSupport
import Testing

/// What a role is told that met a sub-project it has no keys of, and how it gets them.
@Suite("wegmarke privacy keys extend")
struct RoleKeyCommandTests {
  /// Registers a network of TP-1 and others.
  private func register(_ subprojects: [String], in people: RoleDesk) throws {
    let day = CivilDate(Day(number: 20_500))
    try people.store.append(
      [JourneyEvent(.networkRegistered, on: day).with(Fields.code, "NW-1")]
        + subprojects.map {
          JourneyEvent(.subprojectRegistered, on: day).with(Fields.code, $0)
        }, to: StreamID(.network, 1))
    people.store.close()
  }

  private func admit(_ name: String, to subproject: String, in people: RoleDesk) throws {
    try people.store.admit(
      name,
      [
        JourneyEvent(.participationEntered, on: CivilDate(Day(number: 20_510)))
          .with(Fields.subproject, subproject)
      ])
    people.store.close()
  }

  /// A message without the places where it was broken.
  private func flat(_ text: String) -> String { text.replacing(/\s+/, with: " ") }

  @Test("opens a later sub-project to a coordinator; until then everything says what is missing")
  func laterSubproject() throws {
    let people = try RoleDesk()
    try register(["TP-1", "TP-9"], in: people)
    try admit("t:9", to: "TP-9", in: people)
    let key = try Data(contentsOf: URL(filePath: "\(people.desk.folder)/coordinator.key"))
    let store = "--store \(people.store.path)"

    // The person: nothing is shown, and what mends it is said.
    for (language, what) in [
      ("en", "No permission: the person belongs to sub-project TP-9 (coordinator)."),
      ("de", "Keine Berechtigung: Die Person gehört zu Teilprojekt TP-9 (Koordination)."),
    ] {
      let shut = try people.run("timeline t:9 --lang \(language)", as: "coordinator")
      #expect(shut.exitCode == 77 && shut.output.isEmpty, "\(shut)")
      #expect(
        flat(shut.errors).contains(what)
          && flat(shut.errors).contains("wegmarke privacy keys extend 2 --subproject TP-9"),
        "\(shut)")
    }
    // The list: whose people it holds, and whose it does not, also for machines.
    for format in ["table", "csv"] {
      let list = try people.run("participants list -f \(format)", as: "coordinator")
      #expect(list.exitCode == 0 && !list.output.contains("t:9"), "\(list)")
      let said = flat(list.errors)
      #expect(said.contains("the people of TP-1: this key opens no others"), "\(said)")
      #expect(
        said.contains("Role 2 has no keys of TP-9, registered in its network.")
          && said.contains("privacy keys extend 2 \(store)"), "\(said)")
    }
    let german = try people.run("participants list --lang de", as: "coordinator")
    #expect(flat(german.errors).contains("Rolle 2 hat keine Schlüssel von TP-9"), "\(german)")
    // The advisor has nothing to do with it.
    #expect(try !people.run("participants list", as: "advisor").errors.contains("TP-9"))

    // Whoever has the root key sees it.
    let listed = try people.run("privacy keys list", as: "root")
    #expect(listed.output.contains("lacks some"), "\(listed)")
    #expect(flat(listed.errors).contains("privacy keys extend 2 \(store)"), "\(listed)")
    #expect(listed.output.split(separator: "\n").allSatisfy { $0.count <= 80 }, "\(listed)")
    let machine = try people.run("privacy keys list -f csv", as: "root").output
    #expect(machine.contains("2,coordinator,,TP-1,no,yes,TP-9"), "\(machine)")
    let doctor = try people.run("doctor -f json", as: "root").output
    #expect(doctor.contains("role 2 has no keys of TP-9"), "\(doctor)")

    let forecast = try people.run("privacy keys extend 2 --dry-run --lang de", as: "root")
    #expect(forecast.exitCode == 0 && forecast.errors.contains("Nichts wurde verändert"))
    #expect(try people.run("timeline t:9", as: "coordinator").exitCode == 77)
    let done = try people.run("privacy keys extend 2", as: "root")
    #expect(done.exitCode == 0 && done.output.contains("the people of TP-9 from now on"), "\(done)")
    #expect(try people.run("timeline t:9", as: "coordinator").exitCode == 0)
    let whole = try people.run("participants list -f csv", as: "coordinator")
    #expect(whole.output.contains("t:9") && !whole.errors.contains("no keys of"), "\(whole)")
    #expect(try people.run("timeline t:1", as: "coordinator").exitCode == 77)
    #expect(
      try Data(contentsOf: URL(filePath: "\(people.desk.folder)/coordinator.key")) == key)
    let again = try people.run("privacy keys extend 2 --lang de", as: "root")
    #expect(again.exitCode == 0 && again.output.contains("nichts wurde verändert"), "\(again)")
    let recorded = try people.store.log.events(of: .system).compactMap(\.event)
      .filter { $0.type == .roleKeysExtended }
    #expect(
      recorded.map { [$0[Fields.roleNumber] ?? 0] } == [[2]]
        && recorded.first?[Fields.subproject] == "TP-9")
    try people.store.verify()
  }

  @Test("takes sub-projects by name or network, and says which names are new to the store")
  func names() throws {
    let people = try RoleDesk()
    try register(["TP-1", "TP-2"], in: people)
    func extend(_ words: String) throws -> Desk.Outcome {
      try people.run("privacy keys extend \(words)", as: "root")
    }
    // Of an advisor nobody can guess it; evaluation is bound to none; nobody has number 9.
    #expect(try extend("1").exitCode == 64)
    #expect(try extend("3 --subproject TP-2").exitCode == 64)
    #expect(try extend("9").exitCode == 66)
    #expect(try extend("1 --network NW-7").exitCode == 66)
    #expect(try people.run("timeline t:1", as: "advisor").exitCode == 77)
    #expect(try extend("1 --network NW-1").exitCode == 0)
    #expect(try people.run("timeline t:1", as: "advisor").exitCode == 0)
    let typo = try extend("1 --subproject TP-O3 --dry-run")
    #expect(typo.exitCode == 0 && typo.errors.contains("New to this store: TP-O3."), "\(typo)")
    let issued = try people.run(
      "privacy keys issue advisor --subproject TP-O3 --dry-run -o x.key --lang de", as: "root")
    #expect(issued.errors.contains("In diesem Bestand neu: TP-O3."), "\(issued)")
  }

  @Test("is not what a ring needs that is behind: list and doctor say so, and who is shut out")
  func ring() throws {
    let people = try RoleDesk()
    let path = "\(people.store.path)/keys/epoch-1/role-3"
    let old = try Folder.contents(of: path)
    try admit("t:9", to: "TP-9", in: people)
    try #require(try people.run("ask time-to-first-job", as: "root").exitCode == 0)
    try Folder.replace(path, with: old.span)
    let listed = try people.run("privacy keys list --lang de", as: "root")
    #expect(listed.output.contains("Ring unvollständig"), "\(listed)")
    #expect(flat(listed.errors).contains("wegmarke privacy keys restore-rings"), "\(listed)")
    let doctor = try people.run("doctor", as: "root")
    #expect(doctor.output.contains("rings of roles behind or missing: 3"), "\(doctor)")
    // A new view cannot be made by whoever lacks somebody: no figure without them.
    let rebuilt = try people.run("views rebuild", as: "evaluator")
    #expect(rebuilt.exitCode == 77, "\(rebuilt)")
    #expect(flat(rebuilt.errors).contains("privacy keys restore-rings"), "\(rebuilt)")
    #expect(try people.run("privacy keys restore-rings", as: "root").exitCode == 0)
    #expect(try people.run("views rebuild", as: "evaluator").exitCode == 0)
    #expect(try !people.run("doctor", as: "root").output.contains("rings of roles"))
  }
}
