import Journey
import ProjectionEngine

/// Groups of people in words.
enum GroupName {
  /// By what the groups were made, in the order of their values.
  static func grouping(_ names: [String]) -> LocalizedText {
    let names = names.joined(separator: ", ")
    return LocalizedText(en: "by \(names)", de: "nach \(names)")
  }

  /// A group's name: its values in words.
  ///
  /// - Parameter names: What the values are values of; a file's own groups come before them.
  static func text(
    _ values: [String?], by names: [String], labels: [String: LocalizedText] = [:],
    _ language: Language
  ) -> String {
    let own = values.count - names.count
    return values.enumerated().map { place, value in
      guard let value else {
        return LocalizedText(en: "not stated", de: "ohne Angabe")(language)
      }
      guard place >= own else { return labels[value]?(language) ?? value }
      return AttributeText.value(value, of: names[place - own], language)
    }.joined(separator: ", ")
  }
}

/// Values of attributes in words: codes of the programme's lists get their wording.
enum AttributeText {
  private static let fields: [String: FieldDefinition] = Dictionary(
    EventType.entryProfileRecorded.schema.optional.map { ($0.name, $0) },
    uniquingKeysWith: { first, _ in first })

  static func value(_ value: String, of attribute: String, _ language: Language) -> String {
    let attribute = attribute.hasSuffix("@index") ? String(attribute.dropLast(6)) : attribute
    if attribute == ResidenceClass.listName {
      return ResidenceClass(code: value)?.entry.label(language) ?? value
    }
    guard case .code(let list)? = fields[attribute]?.type,
      let raw = list.rawValue(of: value), let entry = list.entry(of: raw)
    else { return value }
    return entry.label(language)
  }
}
