import ArgumentParser
import EventLog
import Journey
import Keyring
import Presentation

extension Privacy.Keys {
  /// The command `wegmarke privacy keys extend`.
  struct Extend: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "extend",
      abstract: "Hands a role the keys of further sub-projects; its key file stays as it is.",
      discussion: """
        For advisors and coordinators. Without --subproject and --network a coordinator gets what its
        networks have and it has not (see: wegmarke privacy keys list).

        EXAMPLES
          wegmarke privacy keys extend 2
          wegmarke privacy keys extend 2 --subproject TP-09 --dry-run
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "The number of the role (see: wegmarke privacy keys list).") var number: Int
    @Option(parsing: .singleValue, help: "A sub-project; may be repeated.")
    var subproject: [String] = []
    @Option(help: "All sub-projects that are registered in this network, by its code.")
    var network: String?
    @Flag(help: "Only say what would be handed over.") var dryRun = false

    func run() throws {
      let console = global.console
      let log = try dryRun ? store.openForReading() : store.openForWriting()
      try log.keyring.require([.administration])
      let issued = try RoleStanding.issued(number, in: log)
      let added = try wanted(for: issued, log).filter { !issued.subprojects.contains($0) }
      let who = KeyringWords.role(issued.role)
      guard !added.isEmpty else {
        return try LocalizedText(
          en: "Role \(number) (\(who.en)) lacks none of them; nothing was changed.",
          de: "Rolle \(number) (\(who.de)) fehlt davon nichts; nichts wurde verändert."
        ).print(on: console)
      }
      try console.noteUnknown(added, log)
      let names = KeyringWords.subprojects(added)
      if dryRun {
        return console.say(
          .init(
            en: "Dry run: nothing was changed. Role \(number) (\(who.en)) would get the keys of"
              + " \(names.en).",
            de: "Probelauf: Nichts wurde verändert. Rolle \(number) (\(who.de)) bekäme die"
              + " Schlüssel von \(names.de)."))
      }
      _ = try log.keyring.extend(role: issued.role.number, by: added)
      let events = added.map { name in
        JourneyEvent(.roleKeysExtended, on: StoreZone.today).with(Fields.roleNumber, number)
          .with(Fields.subproject, name.isEmpty ? nil : name)
      }
      try log.append(AppendRequest([.init(.stream(.system), expecting: .any, events)]))
      try LocalizedText(
        en: """
          Role \(number) (\(who.en)) opens the people of \(names.en) from now on. Its key file stays.
          To undo: wegmarke privacy keys revoke \(number)\(store.option), and issue it anew without.
          """,
        de: """
          Rolle \(number) (\(who.de)) öffnet von jetzt an auch die Personen von \(names.de).
          Die Schlüsseldatei bleibt dieselbe.
          Rückgängig: wegmarke privacy keys revoke \(number)\(store.option) und ohne sie neu ausstellen.
          """
      ).print(on: console)
    }

    private func wanted(for issued: IssuedRole, _ log: EventLog) throws -> [String] {
      guard issued.role.kind.isScoped else {
        throw Failure(
          .init(
            en: "Role \(number) is not bound to sub-projects.",
            de: "Rolle \(number) ist an keine Teilprojekte gebunden."),
          advice: issued.isRingCurrent
            ? nil
            : .init(
              en: "Its ring is behind: wegmarke privacy keys restore-rings\(store.option)",
              de: "Ihr Ring ist unvollständig: wegmarke privacy keys restore-rings\(store.option)"
            ), .usage)
      }
      var wanted = subproject
      if let network { wanted += try RoleStanding.subprojects(ofNetwork: network, in: log) }
      if !subproject.isEmpty || network != nil { return Set(wanted).sorted() }
      guard issued.role.kind == .coordinator else {
        throw Failure(
          .init(
            en: "Which sub-projects an advisor gets has to be said.",
            de: "Welche Teilprojekte die Beratung bekommt, muss gesagt werden."),
          advice: .init(
            en: "Name them: --subproject TP-09, or --network NW-07.",
            de: "Bitte nennen: --subproject TP-09 oder --network NW-07."), .usage)
      }
      return try log.missingSubprojects(of: issued.role.kind, having: issued.subprojects)
    }
  }
}
