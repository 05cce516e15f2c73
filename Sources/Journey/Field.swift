/// A stored value of one field.
public enum FieldValue: Hashable, Sendable {
  /// A whole number, a code, a truth value, or hundredths of a decimal.
  case integer(Int64)
  /// A text in UTF-8.
  case text(String)
  /// A date with its precision.
  case date(CivilDate)
}

/// What kind of value a field holds.
public enum FieldType: Sendable {
  /// One code of a list.
  case code(CodeListDescription)
  /// A whole number.
  case integer
  /// A number with two decimals, stored as hundredths.
  case decimal
  /// Yes or no.
  case boolean
  /// A text.
  case text
  /// A date with its precision.
  case date
}

/// A Swift type that can stand in a field.
public protocol FieldRepresentable: Sendable {
  /// What kind of value this is.
  static var fieldType: FieldType { get }
  /// Reads the stored value, or nil when it is of another kind or not a known code.
  init?(fieldValue: FieldValue)
  /// The value to store.
  var fieldValue: FieldValue { get }
}

/// A field of events: a stored tag and the type its value has in Swift.
///
/// A tag, once written to a log, belongs to its field for ever.
public struct Field<Value: FieldRepresentable>: Sendable {
  /// The stored number of the field, 1 to 255.
  public let tag: UInt8
  /// The name in files and on the command line.
  public let name: String

  init(_ tag: UInt8, _ name: String) {
    self.tag = tag
    self.name = name
  }

  var definition: FieldDefinition {
    FieldDefinition(tag: tag, name: name, type: Value.fieldType)
  }
}

/// A field as data: for reading files, checking events and printing codebooks.
///
/// A class, because every event checked or read looks definitions up, and copying one costs more
/// than the look-up.
public final class FieldDefinition: Sendable {
  /// The stored number of the field.
  public let tag: UInt8
  /// The name in files and on the command line.
  public let name: String
  /// What kind of value the field holds.
  public let type: FieldType
  private let accepted: Accepted

  private enum Accepted {
    case integers(ClosedRange<Int64>)
    case texts
    case dates
  }

  init(tag: UInt8, name: String, type: FieldType) {
    self.tag = tag
    self.name = name
    self.type = type
    accepted =
      switch type {
      // Lists number their codes from 1 without a gap.
      case .code(let list): .integers(1...Int64(max(list.entries.count, 1)))
      case .boolean: .integers(0...1)
      case .integer, .decimal: .integers(.min ... .max)
      case .text: .texts
      case .date: .dates
      }
  }

  /// Whether a stored value is of this field's kind.
  public func accepts(_ value: FieldValue) -> Bool {
    switch (accepted, value) {
    case (.integers(let range), .integer(let number)): range.contains(number)
    case (.texts, .text(let text)): !text.isEmpty
    case (.dates, .date): true
    default: false
    }
  }
}

extension Int: FieldRepresentable {
  /// A whole number.
  public static var fieldType: FieldType { .integer }
  /// Reads a whole number.
  public init?(fieldValue: FieldValue) {
    guard case .integer(let number) = fieldValue else { return nil }
    self.init(number)
  }
  /// The stored number.
  public var fieldValue: FieldValue { .integer(Int64(self)) }
}

extension Bool: FieldRepresentable {
  /// Yes or no.
  public static var fieldType: FieldType { .boolean }
  /// Reads 0 as no and 1 as yes.
  public init?(fieldValue: FieldValue) {
    guard case .integer(let number) = fieldValue, number == 0 || number == 1 else { return nil }
    self = number == 1
  }
  /// 1 for yes, 0 for no.
  public var fieldValue: FieldValue { .integer(self ? 1 : 0) }
}

extension String: FieldRepresentable {
  /// A text.
  public static var fieldType: FieldType { .text }
  /// Reads a text.
  public init?(fieldValue: FieldValue) {
    guard case .text(let text) = fieldValue else { return nil }
    self = text
  }
  /// The stored text.
  public var fieldValue: FieldValue { .text(self) }
}

extension CivilDate: FieldRepresentable {
  /// A date.
  public static var fieldType: FieldType { .date }
  /// Reads a date.
  public init?(fieldValue: FieldValue) {
    guard case .date(let date) = fieldValue else { return nil }
    self = date
  }
  /// The stored date.
  public var fieldValue: FieldValue { .date(self) }
}

/// A number with two decimals: hours, euros.
public struct Hundredths: Hashable, Sendable, FieldRepresentable {
  /// The number times one hundred.
  public let value: Int64
  /// Creates a number from its hundredths.
  public init(_ value: Int64) { self.value = value }
  /// A number with two decimals.
  public static var fieldType: FieldType { .decimal }
  /// Reads the hundredths.
  public init?(fieldValue: FieldValue) {
    guard case .integer(let number) = fieldValue else { return nil }
    self.value = number
  }
  /// The stored hundredths.
  public var fieldValue: FieldValue { .integer(value) }
}
