import Interchange
public import Journey

/// Fields of events as columns: names that are told apart, and what they are.
public enum FieldLabels {
  /// What a field is, in a few words.
  public static func label(_ field: FieldDefinition) -> LocalizedText { field.label }

  /// The name of a field's column: of fields that share a name that of their code list.
  static func column(_ field: FieldDefinition) -> String {
    var name = field.name
    if ["kind", "result", "reason-code"].contains(name), case .code(let list) = field.type {
      name = list.name
    }
    return ParticipantRows.column(name)
  }

  /// Fields that can leave the program: codes, numbers, days, and texts that are codes.
  ///
  /// What people wrote in their own words stays, and so do names of people and what the program
  /// itself keeps count of.
  static let exported: [FieldDefinition] = {
    let texts: Set<UInt8> = [
      Fields.operation.tag, Fields.network.tag, Fields.subproject.tag, Fields.occupation.tag,
      Fields.sector.tag, Fields.nationalityGroup.tag, Fields.attribute.tag,
    ]
    let own: Set<UInt8> = [
      Fields.batch.tag, Fields.target.tag, Fields.otherParticipant.tag, Fields.actorRole.tag,
      Fields.spell.tag,
    ]
    var found: [UInt8: FieldDefinition] = [:]
    for type in exportedTypes {
      let schema = type.schema
      for field in Fields.common + schema.required + schema.optional where !own.contains(field.tag)
      {
        if case .text = field.type, !texts.contains(field.tag) { continue }
        found[field.tag] = field
      }
    }
    return found.values.sorted { $0.tag < $1.tag }
  }()

  /// The events that are steps of a journey: the others are about identities, merges and rights.
  static let exportedTypes = EventType.allCases.filter {
    $0.schema.group == .record && (30...93).contains($0.rawValue)
  }
}
