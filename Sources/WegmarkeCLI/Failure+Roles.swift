import Journey
import Keyring

// What a key does not open: what is missing, and who has it.

extension Failure {
  /// Words for what the keys of a role, or a key file under a passphrase, do not open.
  init(role error: KeyringError) {
    switch error {
    case .closed(let right, let role):
      let who = role.map { KeyringWords.role($0) } ?? .init(en: "this key", de: "dieser Schlüssel")
      let (what, whom) = KeyringWords.missing(right, role)
      self = Failure(
        .init(
          en: "No permission: \(what.en) (\(who.en)).",
          de: "Keine Berechtigung: \(what.de)"
            + " (\(who.de))."), advice: whom, .noPermission)
    case .roleRevoked(let role):
      let who = KeyringWords.role(role)
      self = Failure(
        .init(
          en: "The store knows this key no more: role \(role.number), \(who.en).",
          de: "Der Bestand kennt diesen Schlüssel nicht mehr: Rolle \(role.number), \(who.de)."),
        advice: .init(
          en: "It was revoked, or a backup came back without the rings of roles. Whoever has the"
            + " root key looks with wegmarke privacy keys list, and brings rings back with"
            + " wegmarke privacy keys restore-rings.",
          de: "Er wurde entzogen, oder eine Sicherung kam ohne die Ringe der Rollen zurück. Wer den"
            + " Hauptschlüssel hat, sieht nach mit wegmarke privacy keys list und holt Ringe zurück"
            + " mit wegmarke privacy keys restore-rings."), .noPermission)
    case .roleKeyOutdated(let path, let role):
      self = Failure(
        .init(
          en: "The key of role \(role.number) was renewed; \(path) is an old copy.",
          de: "Der Schlüssel der Rolle \(role.number) wurde erneuert; \(path) ist eine alte Kopie."),
        advice: .init(
          en: "Destroy this copy and use the file that was used last. If there is none, ask for a"
            + " new key: wegmarke privacy keys issue",
          de: "Bitte diese Kopie vernichten und die zuletzt benutzte Datei nehmen. Gibt es keine,"
            + " einen neuen Schlüssel ausstellen lassen: wegmarke privacy keys issue"),
        .noPermission)
    case .roleTooLong:
      self = Failure(
        .init(
          en: "The role does not fit: too many sub-projects, or a holder of more than 100 bytes or"
            + " with control characters.",
          de:
            "Die Rolle passt nicht: zu viele Teilprojekte, oder ein Name mit mehr als 100 Byte oder"
            + " mit Steuerzeichen."), .usage)
    case .passphraseMissing(let path):
      self = Failure(
        .init(
          en: "The key file \(path) needs its passphrase.",
          de: "Die Schlüsseldatei \(path) braucht ihre Passphrase."),
        advice: .init(
          en: "Run the command on a terminal, or name a file that holds the passphrase in"
            + " WEGMARKE_PASSPHRASE_FILE. It is never an argument.",
          de: "Bitte den Befehl an einem Terminal ausführen oder in WEGMARKE_PASSPHRASE_FILE eine"
            + " Datei mit der Passphrase nennen. Sie ist nie ein Argument."), .noPermission)
    case .wrongPassphrase(let path):
      self = Failure(
        .init(
          en: "The passphrase does not open \(path).",
          de: "Die Passphrase öffnet \(path) nicht."),
        advice: .init(
          en: "Type it again; without it nobody opens this file.",
          de: "Bitte noch einmal eingeben; ohne sie öffnet niemand diese Datei."), .noPermission)
    default:
      self = Failure(
        .init(
          en: "No key can be made of the passphrase: there is no memory for it.",
          de: "Aus der Passphrase lässt sich kein Schlüssel bilden: Der Speicher reicht nicht."),
        .io)
    }
  }
}

/// Roles and their rights in words.
enum KeyringWords {
  /// A role and whom it was issued to.
  static func role(_ role: Role) -> LocalizedText {
    role.holder.isEmpty
      ? role.kind.label
      : role.kind.label + .init(verbatim: " \(role.holder)")
  }

  /// A field group.
  static func group(_ group: FieldGroup) -> LocalizedText {
    switch group {
    case .clear: .init(en: "in clear", de: "offen")
    case .identity: .init(en: "name and contact", de: "Name und Kontakt")
    case .record: .init(en: "journey", de: "Verlauf")
    case .health: .init(en: "health", de: "Gesundheit")
    case .minority: .init(en: "minority", de: "Minderheit")
    case .household: .init(en: "household", de: "Haushalt")
    }
  }

  /// A sub-project; one without a name is none.
  static func subproject(_ name: String) -> LocalizedText {
    name.isEmpty
      ? .init(en: "no sub-project", de: "keinem Teilprojekt")
      : .init(en: "sub-project \(name)", de: "Teilprojekt \(name)")
  }

  /// Sub-projects one after the other; one without a name is none.
  static func subprojects(_ names: [String]) -> LocalizedText {
    let none = LocalizedText(en: "no sub-project", de: "keinem Teilprojekt")
    return .init(
      en: names.map { $0.isEmpty ? none.en : $0 }.joined(separator: ", "),
      de: names.map { $0.isEmpty ? none.de : $0 }.joined(separator: ", "))
  }

  /// What is missing, as a clause, and who could give it.
  static func missing(
    _ right: KeyringRight, _ role: Role?
  ) -> (what: LocalizedText, whom: LocalizedText) {
    switch right {
    case .group(let group):
      let name = Self.group(group)
      return (
        .init(
          en: "the key of the field group “\(name.en)” is missing",
          de: "Der Schlüssel der Feldgruppe „\(name.de)“ fehlt"),
        holders { $0.groups.contains(group) }
      )
    case .subproject(let name):
      return (
        .init(
          en: "the person belongs to \(subproject(name).en)",
          de: "Die Person gehört zu \(subproject(name).de)"), holders(of: name, role)
      )
    case .newSubproject(let name):
      return (
        .init(
          en: "nobody of \(subproject(name).en) was recorded yet, so that there is no key for it",
          de: "Von \(subproject(name).de) ist noch niemand erfasst; es gibt keinen Schlüssel dafür"),
        .init(
          en: "Let whoever has the root key record the first person, and issue you a key for it.",
          de: "Die erste Person bitte von dort erfassen lassen, wo der Hauptschlüssel liegt; dazu"
            + " einen Schlüssel ausstellen lassen.")
      )
    case .everySubproject:
      return (
        .init(
          en: "this counts the people of all sub-projects",
          de: "Hier zählen die Personen aller Teilprojekte"),
        holders { $0.opensParticipants && !$0.isScoped }
      )
    case .identities:
      return (
        .init(
          en: "the key of codes and source ids is missing",
          de: "Der Schlüssel der Kennungen fehlt"), holders(\.opensIdentities)
      )
    case .lookup:
      return (
        .init(
          en: "finding people by code or id needs a key that is missing",
          de: "Um Personen nach Kennung zu finden, fehlt ein Schlüssel"), holders(\.looksUp)
      )
    case .accessLog:
      return (
        .init(
          en: "the key of the access log is missing",
          de: "Der Schlüssel des Zugriffsprotokolls fehlt"), holders(\.readsAccessLog)
      )
    case .writing:
      return (
        .init(en: "this role does not write", de: "Diese Rolle schreibt nicht"), holders(\.mayWrite)
      )
    case .system, .administration:
      return (
        .init(en: "this needs the root key", de: "Dazu braucht es den Hauptschlüssel"),
        .init(
          en: "Ask whoever has the root key of the store.",
          de: "Bitte fragen, wer den Hauptschlüssel des Bestands hat.")
      )
    }
  }

  /// Who opens the people of a sub-project, and how a role gets its key.
  private static func holders(of name: String, _ role: Role?) -> LocalizedText {
    let own = subproject(name)
    guard let role, role.kind.isScoped else {
      return .init(
        en: "Ask whoever has the root key: the ring of this role is behind. It is mended by:"
          + " wegmarke privacy keys restore-rings",
        de: "Bitte fragen, wer den Hauptschlüssel hat: Der Ring dieser Rolle ist unvollständig."
          + " Abhilfe: wegmarke privacy keys restore-rings")
    }
    let command = ShellWords.line([
      "wegmarke", "privacy", "keys", "extend", "\(role.number)", "--subproject", name,
    ])
    return .init(
      en: "Ask the advisors of \(own.en). Whoever has the root key can open it to this key, too:"
        + " \(command)",
      de: "Bitte die Beratung von \(own.de) fragen. Wer den Hauptschlüssel hat, kann es auch diesem"
        + " Schlüssel öffnen: \(command)")
  }

  private static func holders(_ has: (RoleKind) -> Bool) -> LocalizedText {
    let kinds = RoleKind.allCases.filter(has).map(\.label)
    let (en, de) = (kinds.map(\.en), kinds.map(\.de))
    return .init(
      en: "Who has it: \((en + ["whoever has the root key"]).joined(separator: ", ")).",
      de: "Wer das darf: \((de + ["wer den Hauptschlüssel hat"]).joined(separator: ", ")).")
  }
}
