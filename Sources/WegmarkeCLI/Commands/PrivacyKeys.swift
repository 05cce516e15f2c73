import ArgumentParser
import EventLog
import Files
import Interchange
import Journey
import Keyring
import Presentation
import Recording

extension Privacy {
  /// `wegmarke privacy keys`: who may open what.
  struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "keys", abstract: "Issues, lists, extends, revokes, renews and exports keys.",
      discussion: """
        EXAMPLES
          wegmarke privacy keys list
          wegmarke privacy keys issue --help
        """,
      subcommands: [
        Issue.self, List.self, Extend.self, Revoke.self, RestoreRings.self, SetPassphrase.self,
        Rotate.self, Mend.self, GiveUp.self, Export.self, Import.self, ForgetExport.self,
      ])
  }
}

extension Privacy.Keys {
  /// The command `wegmarke privacy keys issue`.
  struct Issue: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "issue", abstract: "Writes a key file for a role, outside the store.",
      discussion: """
        advisor       all about the people of own sub-projects
        coordinator   the journeys of the people of a network
        evaluator     everybody's journeys, without codes and names
        steward       everybody's journeys and sensitive groups, without names
        dpo           the access log; no journeys

        EXAMPLES
          wegmarke privacy keys issue advisor --subproject TP-03 --holder B-014 -o b-014.key
          wegmarke privacy keys issue evaluator --passphrase -o evaluator.key
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "advisor, coordinator, evaluator, steward or dpo.") var role: String
    @Option(parsing: .singleValue, help: "A sub-project of the role; may be repeated.")
    var subproject: [String] = []
    @Option(help: "All sub-projects that are registered in this network, by its code.")
    var network: String?
    @Option(help: "Whom the key is for; stands in the file and in the access log.")
    var holder = ""
    @Flag(help: "Seal the key file under a passphrase.") var passphrase = false
    @Option(name: .shortAndLong, help: "The key file; must not exist.") var output: String
    @Flag(help: "Only say what would be issued.") var dryRun = false

    func run() throws {
      let console = global.console
      let kind = try parsedRole()
      try OutputFile.refusePlace(of: output)
      try StatedText.line(holder, .init(en: "The holder", de: "Der Name"))
      let log = try dryRun ? store.openForReading() : store.openForWriting()
      try log.keyring.require([.administration])
      var own = subproject
      if let network { own += try RoleStanding.subprojects(ofNetwork: network, in: log) }
      own = Set(own).sorted()
      guard kind.isScoped == !own.isEmpty else {
        throw Failure(
          kind.isScoped
            ? .init(
              en: "This role needs its sub-projects.", de: "Diese Rolle braucht ihre Teilprojekte.")
            : .init(
              en: "This role is not bound to sub-projects.",
              de: "Diese Rolle ist an keine Teilprojekte gebunden."),
          advice: kind.isScoped
            ? .init(
              en: "Name them: --subproject TP-03, or --network NW-07.",
              de: "Bitte nennen: --subproject TP-03 oder --network NW-07.") : nil, .usage)
      }
      let rights = words(kind, own)
      try console.noteUnknown(own, log)
      if dryRun {
        return console.say(
          .init(en: "Dry run: nothing was issued. ", de: "Probelauf: Nichts wurde ausgestellt. ")
            + rights)
      }
      let words = passphrase ? try Passphrase.new(console.language) : nil
      let issued = try log.keyring.issue(
        kind, holder: holder, subprojects: own, to: output, passphrase: words)
      let event = JourneyEvent(.roleKeyIssued, on: StoreZone.today)
        .with(Fields.roleNumber, Int(issued.number)).with(Fields.roleKind, kind.rawValue)
      try log.append(AppendRequest([.init(.stream(.system), expecting: .any, [event])]))
      try console.print(
        LocalizedText(
          en: """
            Issued role \(issued.number) into \(output). \(rights.en)
            Hand the file over in person, and keep no copy. To try it: --key-file \(output)
            To undo: wegmarke privacy keys revoke \(issued.number)\(store.option)
            """,
          de: """
            Rolle \(issued.number) in \(output) ausgestellt. \(rights.de)
            Bitte persönlich übergeben und keine Kopie behalten. Ausprobieren: --key-file \(output)
            Rückgängig: wegmarke privacy keys revoke \(issued.number)\(store.option)
            """)(console.language))
    }

    private func parsedRole() throws(Failure) -> RoleKind {
      if let kind = RoleKind(rawValue: role) { return kind }
      let isMinistry = role == "ministry"
      throw Failure(
        isMinistry
          ? .init(
            en: "The ministry gets released files and no key.",
            de: "Das Ministerium erhält freigegebene Dateien und keinen Schlüssel.")
          : .init(en: "There is no role “\(role)”.", de: "Eine Rolle „\(role)“ gibt es nicht."),
        advice: .init(
          en: "Roles: \(RoleKind.allCases.map(\.rawValue).joined(separator: ", ")).",
          de: "Rollen: \(RoleKind.allCases.map(\.rawValue).joined(separator: ", "))."), .usage)
    }

    private func words(_ kind: RoleKind, _ own: [String]) -> LocalizedText {
      let groups = kind.groups.map { KeyringWords.group($0) }
      let (en, de) = (
        groups.map(\.en).joined(separator: ", "), groups.map(\.de).joined(separator: ", ")
      )
      let opens: LocalizedText =
        groups.isEmpty
        ? .init(en: "opens the access log", de: "öffnet das Zugriffsprotokoll")
        : .init(en: "opens \(en)", de: "öffnet \(de)")
      let whose: LocalizedText =
        own.isEmpty
        ? .init(en: "", de: "")
        : .init(
          en: " of the people of \(own.joined(separator: ", "))",
          de: " der Personen von \(own.joined(separator: ", "))")
      let text = kind.label + .init(verbatim: ": ") + opens + whose + .init(verbatim: ".")
      return LocalizedText(en: text.en.capitalizedFirst, de: text.de.capitalizedFirst)
    }
  }

  /// The command `wegmarke privacy keys list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "The roles that were issued, whose renewed key waits, and which lack keys.",
      discussion: """
        EXAMPLES
          wegmarke privacy keys list
          wegmarke privacy keys list --format csv
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Option(name: .shortAndLong, help: "table, csv or de-csv.") var format = ListFormat.table

    func run() throws {
      let console = global.console
      let roles = try RoleStanding.all(in: store.openForReading())
      switch format {
      case .csv, .deCSV: try console.printBytes(RolePage.csv(roles, format.dialect))
      case .table:
        guard !roles.isEmpty else {
          return try console.print(
            LocalizedText(
              en: "No role was issued; the root key alone opens the store.",
              de: "Keine Rolle ist ausgestellt; nur der Hauptschlüssel öffnet den Bestand.")(
                console.language))
        }
        try console.print(RolePage.table(roles, console))
        for role in roles { for remark in role.remarks(store.option) { console.say(remark) } }
      }
    }
  }

  /// The command `wegmarke privacy keys revoke`.
  struct Revoke: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "revoke",
      abstract: "Takes the ring of a role away: its key opens nothing here any more.",
      discussion: """
        EXAMPLES
          wegmarke privacy keys revoke 3
          wegmarke privacy keys revoke 3 --dry-run
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "The number of the role (see: wegmarke privacy keys list).") var number: Int
    @Flag(help: "Only say what would be revoked.") var dryRun = false

    func run() throws {
      let console = global.console
      let log = try dryRun ? store.openForReading() : store.openForWriting()
      let known = try RoleStanding.issued(number, in: log)
      let who = KeyringWords.role(known.role)
      if dryRun {
        return console.say(
          .init(
            en: "Dry run: role \(number) (\(who.en)) would be revoked.",
            de: "Probelauf: Rolle \(number) (\(who.de)) würde entzogen."))
      }
      try log.keyring.revoke(role: known.role.number)
      let event = JourneyEvent(.roleKeyRevoked, on: StoreZone.today)
        .with(Fields.roleNumber, number)
      try log.append(AppendRequest([.init(.stream(.system), expecting: .any, [event])]))
      try console.print(
        LocalizedText(
          en: """
            Revoked role \(number) (\(who.en)).
            What its holder copied of the keys before stays open to them, with later records of the
            same people; privacy keys rotate makes programs refuse that copy. See docs/security.md.
            To undo: issue a new key, wegmarke privacy keys issue\(store.option)
            """,
          de: """
            Rolle \(number) (\(who.de)) entzogen.
            Was sie vorher von den Schlüsseln kopiert hat, steht ihr weiter offen, auch spätere
            Datensätze derselben Personen; nach privacy keys rotate weist das Programm die Kopie ab.
            Rückgängig: neu ausstellen, wegmarke privacy keys issue\(store.option)
            """)(console.language))
    }
  }

  /// The command `wegmarke privacy keys restore-rings`.
  struct RestoreRings: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "restore-rings",
      abstract: "Writes the rings of roles again, after a backup came back without them.",
      discussion: """
        EXAMPLES
          wegmarke privacy keys restore-rings
          wegmarke privacy keys restore-rings --store demo
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let log = try store.openForWriting()
      try log.keyring.restoreRoleRings()
      let count = try log.keyring.roles().count
      try global.console.print(
        LocalizedText(en: "Wrote \(count) rings.", de: "\(count) Ringe geschrieben.")(
          global.console.language))
    }
  }

  /// The command `wegmarke privacy keys set-passphrase`.
  struct SetPassphrase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "set-passphrase",
      abstract: "Seals the key file in use under a passphrase, or another one, or none.",
      discussion: """
        The passphrase is asked for on the terminal. Where there is none,
        WEGMARKE_PASSPHRASE_FILE and WEGMARKE_NEW_PASSPHRASE_FILE name files, or
        descriptors like /dev/fd/3, that hold the old and the new one in their first
        line.

        EXAMPLES
          wegmarke privacy keys set-passphrase
          wegmarke privacy keys set-passphrase --key-file b-014.key --remove
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Flag(help: "Leave the key file without a passphrase.") var remove = false

    func run() throws {
      let console = global.console
      let log = try store.openForReading()
      let path = store.rootKey.path(log.origin)
      let new = remove ? nil : try Passphrase.new(console.language)
      try StoreKey.setPassphrase(
        ofFile: path, origin: log.origin, old: store.rootKey.passphrase, new: new)
      try console.print(
        LocalizedText(
          en: remove
            ? "\(path) opens without a passphrase now." : "\(path) is sealed under its passphrase.",
          de: remove
            ? "\(path) öffnet jetzt ohne Passphrase."
            : "\(path) ist mit ihrer Passphrase versiegelt.")(console.language))
    }
  }
}
