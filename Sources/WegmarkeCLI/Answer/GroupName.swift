import Journey
import ProjectionEngine

/// Groups of people in words.
enum GroupName {
  /// By what the groups were made, in the order of their values.
  static func grouping(_ names: [String]) -> LocalizedText {
    let words = names.map(AttributeText.name)
    return LocalizedText(
      en: "by " + words.map(\.en).joined(separator: ", "),
      de: "nach " + words.map(\.de).joined(separator: ", "))
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
        return place < own
          ? LocalizedText(en: "none of these", de: "keine davon")(language)
          : LocalizedText(en: "not stated", de: "ohne Angabe")(language)
      }
      guard place >= own else { return labels[value]?(language) ?? value }
      return AttributeText.value(value, of: names[place - own], language)
    }.joined(separator: ", ")
  }
}

/// Values of attributes in words: codes of the programme's lists get their wording.
enum AttributeText {
  /// What a grouping attribute is called behind “by” and “nach”; a source's own keep their names.
  static func name(_ attribute: String) -> LocalizedText {
    names[attribute] ?? LocalizedText(verbatim: attribute)
  }

  private static let names: [String: LocalizedText] = [
    "gender": .init(en: "gender", de: "Geschlecht"),
    "birth-year": .init(en: "year of birth", de: "Geburtsjahr"),
    "employment-status": .init(en: "employment status at entry", de: "Erwerbsstatus bei Eintritt"),
    "employment-detail": .init(
      en: "finer employment status at entry", de: "genauerem Erwerbsstatus bei Eintritt"),
    "in-education": .init(en: "education at entry", de: "Bildungsteilnahme bei Eintritt"),
    "isced": .init(
      en: "level of education (ISCED) at entry", de: "Bildungsstand (ISCED) bei Eintritt"),
    "third-country": .init(en: "third-country nationality", de: "Drittstaatsangehörigkeit"),
    "foreign-background": .init(en: "foreign background", de: "ausländischer Herkunft"),
    "rural": .init(en: "rural area", de: "ländlichem Wohnort"),
    "german": .init(en: "level of German at entry", de: "Deutschniveau bei Eintritt"),
    "nationality-group": .init(en: "group of nationalities", de: "Gruppe der Staatsangehörigkeit"),
    "residence": .init(en: "residence status at entry", de: "Aufenthaltsstatus bei Eintritt"),
    "residence-class": .init(
      en: "class of residence status at entry", de: "Klasse des Aufenthaltsstatus bei Eintritt"),
    "work-access": .init(
      en: "access to the labour market at entry", de: "Arbeitsmarktzugang bei Eintritt"),
    "network": .init(en: "network", de: "Netzwerk"),
    "subproject": .init(en: "sub-project", de: "Teilprojekt"),
    "operation": .init(en: "operation", de: "Vorhaben"),
    "advisor": .init(en: "advisor", de: "Beratungskraft"),
    "residence@index": .init(
      en: "residence status on the index day", de: "Aufenthaltsstatus am Starttag"),
    "residence-class@index": .init(
      en: "class of residence status on the index day",
      de: "Klasse des Aufenthaltsstatus am Starttag"),
    "german@index": .init(en: "level of German on the index day", de: "Deutschniveau am Starttag"),
    "benefit@index": .init(en: "benefits on the index day", de: "Leistungsbezug am Starttag"),
    "period:month": .init(en: "month of the index day", de: "Monat des Starttags"),
    "period:quarter": .init(en: "quarter of the index day", de: "Quartal des Starttags"),
    "period:half": .init(en: "half-year of the index day", de: "Halbjahr des Starttags"),
    "period:year": .init(en: "year of the index day", de: "Jahr des Starttags"),
  ]

  static func value(_ value: String, of attribute: String, _ language: Language) -> String {
    guard let list = CodeListDescription.ofAttribute(attribute),
      let raw = list.rawValue(of: value), let entry = list.entry(of: raw)
    else { return value }
    return entry.label(language)
  }
}
