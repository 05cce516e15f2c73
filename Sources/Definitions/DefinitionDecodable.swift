public import Journey

/// A type that a value of a definition file can be read as.
public protocol DefinitionDecodable {
  /// What people call the values that fit, with their article.
  static var expectation: LocalizedText { get }

  /// Reads a value, or nil when it is of another kind.
  init?(_ value: DefinitionValue)
}

extension String: DefinitionDecodable {
  /// What people call a text.
  public static var expectation: LocalizedText {
    LocalizedText(en: "a string", de: "eine Zeichenkette")
  }

  /// Reads a string.
  public init?(_ value: DefinitionValue) {
    guard case .string(let text) = value.content else { return nil }
    self = text
  }
}

extension Int: DefinitionDecodable {
  /// What people call a whole number.
  public static var expectation: LocalizedText {
    LocalizedText(en: "a whole number", de: "eine ganze Zahl")
  }

  /// Reads a whole number; one with a fraction does not fit, even if the fraction is zero.
  public init?(_ value: DefinitionValue) {
    guard case .integer(let number) = value.content else { return nil }
    self = number
  }
}

extension Double: DefinitionDecodable {
  /// What people call a number.
  public static var expectation: LocalizedText {
    LocalizedText(en: "a number", de: "eine Zahl")
  }

  /// Reads a number, whole or not.
  public init?(_ value: DefinitionValue) {
    switch value.content {
    case .double(let number): self = number
    case .integer(let number): self = Double(number)
    default: return nil
    }
  }
}

extension Bool: DefinitionDecodable {
  /// What people call a truth value.
  public static var expectation: LocalizedText {
    LocalizedText(en: "true or false", de: "true oder false")
  }

  /// Reads `true` or `false`.
  public init?(_ value: DefinitionValue) {
    guard case .boolean(let truth) = value.content else { return nil }
    self = truth
  }
}

extension DefinitionDate: DefinitionDecodable {
  /// What people call a day.
  public static var expectation: LocalizedText {
    LocalizedText(en: "a date", de: "ein Datum")
  }

  /// Reads a day.
  public init?(_ value: DefinitionValue) {
    guard case .date(let date) = value.content else { return nil }
    self = date
  }
}

extension DefinitionValue: DefinitionDecodable {
  /// What people call any value.
  public static var expectation: LocalizedText {
    LocalizedText(en: "a value", de: "ein Wert")
  }

  /// Takes any value as it is.
  public init?(_ value: DefinitionValue) { self = value }
}

/// A value together with the place where it stands, for checks that come later.
public struct Located<Value: DefinitionDecodable>: DefinitionDecodable {
  /// The value.
  public let value: Value
  /// Where it stands.
  public let range: SourceRange

  /// What people call the values that fit.
  public static var expectation: LocalizedText { Value.expectation }

  /// Reads a value and keeps its place.
  public init?(_ value: DefinitionValue) {
    guard let read = Value(value) else { return nil }
    self.value = read
    range = value.range
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
