public import Journey

/// Who reads the log, by the keys they hold.
///
/// A role is a set of keys: field groups, and the keys that wrap the participants of some or all
/// sub-projects. What a role has no key for, it cannot read, whatever program it uses. The ministry
/// is no role here: it gets released files and no key.
public enum RoleKind: String, CaseIterable, Sendable {
  /// Works with the people of own sub-projects: all about them, nothing about others.
  case advisor
  /// Looks after a network: the record of the people of its sub-projects.
  case coordinator
  /// Evaluates: the record of everybody, without codes and names.
  case evaluator
  /// Runs indicators and releases: the record and the sensitive groups of everybody.
  case steward
  /// Data-protection officer: the access log, and finding a person by code; no journey.
  case officer = "dpo"

  /// What a person reads.
  public var label: LocalizedText {
    switch self {
    case .advisor: .init(en: "advisor", de: "Beratung")
    case .coordinator: .init(en: "coordinator", de: "Koordination")
    case .evaluator: .init(en: "evaluator", de: "Evaluation")
    case .steward: .init(en: "data steward", de: "Datenverwaltung")
    case .officer: .init(en: "data-protection officer", de: "Datenschutz")
    }
  }

  /// The field groups whose keys it holds.
  public var groups: [FieldGroup] {
    switch self {
    case .advisor: [.identity, .record, .health, .minority, .household]
    case .coordinator, .evaluator: [.record]
    case .steward: [.record, .health, .minority, .household]
    case .officer: []
    }
  }

  /// Whether it holds the keys of some sub-projects only.
  public var isScoped: Bool { self == .advisor || self == .coordinator }

  /// Whether it holds keys of participants at all.
  public var opensParticipants: Bool { self != .officer }

  /// Whether it opens the codes and external ids of the participants whose keys it holds.
  public var opensIdentities: Bool { self == .advisor || self == .coordinator }

  /// Whether it finds people by code or external id, and tells repeated requests.
  public var looksUp: Bool { self != .evaluator }

  /// Whether it reads who read whose data.
  public var readsAccessLog: Bool { self == .officer }

  /// Whether it may append to the log.
  public var mayWrite: Bool { self == .advisor || self == .steward }
}

/// One issued role.
public struct Role: Sendable, Hashable {
  /// Its number in the store, from 1; never given twice while it is there.
  public let number: UInt16
  /// What it may.
  public let kind: RoleKind
  /// Whom it was issued to, as the issuer named them; empty when not stated.
  public let holder: String

  /// Describes a role.
  public init(number: UInt16, kind: RoleKind, holder: String) {
    self.number = number
    self.kind = kind
    self.holder = holder
  }
}

/// What a set of keys may lack.
public enum KeyringRight: Sendable, Equatable {
  /// The key of a field group.
  case group(FieldGroup)
  /// The key that wraps the participants of a sub-project; the name is empty for none.
  case subproject(String)
  /// The key of a sub-project that nobody of was recorded yet; only the root key makes one.
  case newSubproject(String)
  /// The keys of all sub-projects.
  case everySubproject
  /// The codes and external ids.
  case identities
  /// Finding people by code or external id.
  case lookup
  /// What is sealed in streams of nobody.
  case system
  /// Reading the access log.
  case accessLog
  /// Appending to the log.
  case writing
  /// Changing the keys: only the root key.
  case administration
}

extension Role {
  private static let separator: Character = "\u{1F}"

  /// The name of the role's entry in the ring: kind, holder, and the numbers of its wrapping keys.
  ///
  /// Nil when it does not fit into 255 bytes.
  func entryName(wrapping numbers: [UInt16]) -> String? {
    let numbers = numbers.map(String.init).joined(separator: ",")
    let name = [kind.rawValue, holder, numbers].joined(separator: "\(Role.separator)")
    return name.utf8.count <= 255 ? name : nil
  }

  /// Reads the name of an entry; nil when it is of another form.
  static func parse(_ entry: RingEntry) -> (role: Role, wrapping: [UInt16])? {
    let parts = entry.name.split(separator: separator, omittingEmptySubsequences: false)
    guard entry.purpose == .role, parts.count == 3, let kind = RoleKind(rawValue: String(parts[0]))
    else { return nil }
    let numbers = parts[2].split(separator: ",").compactMap { UInt16($0) }
    return (Role(number: entry.number, kind: kind, holder: String(parts[1])), numbers)
  }
}
