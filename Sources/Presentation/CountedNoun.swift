public import Journey

/// A noun in the forms that a count asks for: one person, two persons, no person.
public struct CountedNoun: Sendable, Hashable {
  /// The form after one.
  public let one: LocalizedText
  /// The form after every other count.
  public let many: LocalizedText
  /// The whole phrase for zero; without it zero is written as a digit with the plural form.
  public let none: LocalizedText?

  /// Creates a noun from its forms.
  public init(one: LocalizedText, many: LocalizedText, none: LocalizedText? = nil) {
    self.one = one
    self.many = many
    self.none = none
  }

  /// A human being who is counted.
  public static let person = CountedNoun(
    one: LocalizedText(en: "person", de: "Person"),
    many: LocalizedText(en: "people", de: "Personen"),
    none: LocalizedText(en: "nobody", de: "keine Person"))

  /// A calendar day in a duration.
  public static let day = CountedNoun(
    one: LocalizedText(en: "day", de: "Tag"), many: LocalizedText(en: "days", de: "Tage"))

  /// A week in a duration.
  public static let week = CountedNoun(
    one: LocalizedText(en: "week", de: "Woche"), many: LocalizedText(en: "weeks", de: "Wochen"))

  /// A calendar month in a duration.
  public static let month = CountedNoun(
    one: LocalizedText(en: "month", de: "Monat"), many: LocalizedText(en: "months", de: "Monate"))
}

extension NumberStyle {
  /// A count with its noun in the right form: `1 Person`, `1.234 Personen`, `keine Person`.
  public func count(_ value: Int, of noun: CountedNoun) -> String {
    if value == 0, let none = noun.none { return none(language) }
    let form = value.magnitude == 1 ? noun.one : noun.many
    return integer(value) + " " + form(language)
  }

  /// The form of a word that fits a count, without the number.
  public func plural(_ value: Int, one: LocalizedText, many: LocalizedText) -> String {
    (value.magnitude == 1 ? one : many)(language)
  }
}
