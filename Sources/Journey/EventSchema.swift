/// The unit of data that a law or a role can name; every record belongs to exactly one.
///
/// Each group has a key of its own: who lacks it cannot read the group, and destroying it erases
/// the group for everyone.
public enum FieldGroup: UInt8, CaseIterable, Hashable, Sendable {
  /// Readable without any key: structure and control events that name nobody.
  case clear = 0
  /// Name, date of birth, address.
  case identity = 1
  /// The journey.
  case record = 2
  /// Health and disability (Art. 9 GDPR).
  case health = 3
  /// Minorities (Art. 9 GDPR).
  case minority = 4
  /// Housing and household.
  case household = 5

  /// The name in files and messages.
  public var name: String {
    switch self {
    case .clear: "clear"
    case .identity: "identity"
    case .record: "record"
    case .health: "health"
    case .minority: "minority"
    case .household: "household"
    }
  }
}

extension FieldGroup {
  /// What a person reads.
  public var label: LocalizedText {
    switch self {
    case .clear: LocalizedText(en: "in clear", de: "im Klartext")
    case .identity: LocalizedText(en: "identity", de: "Identität")
    case .record: LocalizedText(en: "journey", de: "Verlauf")
    case .health: LocalizedText(en: "health", de: "Gesundheit")
    case .minority: LocalizedText(en: "minority", de: "Minderheit")
    case .household: LocalizedText(en: "household", de: "Haushalt")
    }
  }
}

/// What an event of one type carries.
///
/// A class, because every event checked or read looks its schema up.
public final class EventSchema: Sendable {
  /// The name in files: `EmploymentStarted`.
  public let name: String
  /// The version in which events of this type are written today, from 1.
  public let version: UInt16
  /// What a person reads.
  public let label: LocalizedText
  /// The field group whose key seals the event.
  public let group: FieldGroup
  /// The fields that must be stated.
  public let required: [FieldDefinition]
  /// The fields that may be stated, besides those of any event.
  public let optional: [FieldDefinition]

  init(
    _ name: String, _ version: UInt16, _ en: String, _ de: String, _ group: FieldGroup,
    _ required: [FieldDefinition], _ optional: [FieldDefinition]
  ) {
    self.name = name
    self.version = version
    self.label = LocalizedText(en: en, de: de)
    self.group = group
    self.required = required
    self.optional = optional
    all = required + optional + Fields.common
    var places = [UInt8](repeating: UInt8.max, count: 256)
    for (place, definition) in all.enumerated() { places[Int(definition.tag)] = UInt8(place) }
    self.places = places
  }

  /// Every field that may stand in events of this type.
  private let all: [FieldDefinition]
  /// Where the definition of a tag stands in `all`.
  private let places: [UInt8]

  /// The definition of a tag in events of this type, or nil when it has no place there.
  public func definition(of tag: UInt8) -> FieldDefinition? {
    let place = Int(places[Int(tag)])
    return place < all.count ? all[place] : nil
  }

  /// The definition of a field by its name in files.
  public func definition(named name: String) -> FieldDefinition? {
    all.first { $0.name == name }
  }

  /// The names of all fields that may stand in events of this type.
  public var fieldNames: [String] { all.map(\.name) }
}
