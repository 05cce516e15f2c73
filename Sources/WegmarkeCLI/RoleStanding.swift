import EventLog
import Journey
import Keyring

/// An issued role, and what it lacks of what it should have.
struct RoleStanding {
  let issued: IssuedRole
  /// Sub-projects of its networks whose keys it does not have.
  let missing: [String]

  var role: Role { issued.role }

  /// All roles of a store.
  static func all(in log: EventLog) throws -> [RoleStanding] {
    try log.keyring.roles().map { issued in
      RoleStanding(
        issued: issued,
        missing: try log.missingSubprojects(of: issued.role.kind, having: issued.subprojects))
    }
  }

  /// The role that a person means by its number.
  static func issued(_ number: Int, in log: EventLog) throws -> IssuedRole {
    let known = try log.keyring.roles().first { Int($0.role.number) == number }
    guard let known else {
      throw Failure(
        .init(en: "There is no role \(number).", de: "Eine Rolle \(number) gibt es nicht."),
        advice: .init(
          en: "See: wegmarke privacy keys list", de: "Siehe: wegmarke privacy keys list"), .noInput)
    }
    return known
  }

  /// The sub-projects that are registered in a network that a person names by its code.
  static func subprojects(ofNetwork code: String, in log: EventLog) throws -> [String] {
    let network = try log.registeredNetworks().first { $0.code == code }
    guard let network else {
      throw Failure(
        .init(en: "There is no network “\(code)”.", de: "Ein Netzwerk „\(code)“ gibt es nicht."),
        .noInput)
    }
    return network.subprojects
  }

  /// What is wrong and the command that mends it, a sentence each; none where nothing is.
  func remarks(_ option: String) -> [LocalizedText] {
    var remarks: [LocalizedText] = []
    if !issued.isRingCurrent {
      remarks.append(
        .init(
          en: "Role \(role.number): its ring in the store is behind or missing, so that it opens"
            + " less than it may. Mend it: wegmarke privacy keys restore-rings\(option)",
          de: "Rolle \(role.number): Ihr Ring im Bestand ist unvollständig oder fehlt; sie öffnet"
            + " weniger, als sie darf. Abhilfe: wegmarke privacy keys restore-rings\(option)"))
    }
    if !missing.isEmpty {
      remarks.append(RoleStanding.lacking(missing, role.number, option))
    }
    return remarks
  }

  /// That a role has no keys of sub-projects of its networks, and how it gets them.
  static func lacking(
    _ missing: [String], _ number: UInt16, _ option: String
  ) -> LocalizedText {
    let names = KeyringWords.subprojects(missing)
    return .init(
      en: "Role \(number) has no keys of \(names.en), registered in its network. Whoever has the"
        + " root key hands them over: wegmarke privacy keys extend \(number)\(option)",
      de: "Rolle \(number) hat keine Schlüssel von \(names.de) aus ihrem Netzwerk. Wer den"
        + " Hauptschlüssel hat, übergibt sie: wegmarke privacy keys extend \(number)\(option)")
  }
}

extension Console {
  /// Says of sub-projects that nothing names them yet: a name may be mistyped.
  func noteUnknown(_ names: [String], _ log: EventLog) throws {
    let known = Set(
      log.keyring.subprojects + (try log.registeredNetworks().flatMap(\.subprojects)))
    let unknown = names.filter { !$0.isEmpty && !known.contains($0) }
    guard !unknown.isEmpty else { return }
    let listed = unknown.joined(separator: ", ")
    say(
      .init(
        en: "New to this store: \(listed). Nobody is recorded there, and no network has it: please"
          + " check the name.",
        de: "In diesem Bestand neu: \(listed). Niemand ist dort erfasst, und kein Netzwerk führt"
          + " es: bitte den Namen prüfen."))
  }
}
