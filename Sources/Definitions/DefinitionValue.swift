public import Journey

/// A value of a definition file, with the place where it stands.
public struct DefinitionValue: Sendable, Equatable {
  /// What the value is.
  public let content: Content
  /// Where it stands; for a table written as `[name]`, the header.
  public let range: SourceRange

  /// The kinds of value.
  public enum Content: Sendable, Equatable {
    /// A table, whether written as `[name]`, inline, or through dotted keys.
    case table(DefinitionTable)
    /// A list, whether written in brackets or as repeated `[[name]]`.
    case array([DefinitionValue])
    /// A text.
    case string(String)
    /// A whole number.
    case integer(Int)
    /// A number with a fraction or an exponent.
    case double(Double)
    /// True or false.
    case boolean(Bool)
    /// A day.
    case date(DefinitionDate)
  }

  /// Creates a value.
  public init(_ content: Content, range: SourceRange) {
    self.content = content
    self.range = range
  }

  /// What people call this kind of value, with its article.
  public var kind: LocalizedText {
    switch content {
    case .table: LocalizedText(en: "a table", de: "eine Tabelle")
    case .array: LocalizedText(en: "a list", de: "eine Liste")
    case .string: LocalizedText(en: "a string", de: "eine Zeichenkette")
    case .integer: LocalizedText(en: "a whole number", de: "eine ganze Zahl")
    case .double: LocalizedText(en: "a decimal number", de: "eine Dezimalzahl")
    case .boolean: LocalizedText(en: "true or false", de: "true oder false")
    case .date: LocalizedText(en: "a date", de: "ein Datum")
    }
  }
}

/// A key of a definition file, with the place where it stands.
public struct DefinitionKey: Sendable, Equatable {
  /// The key without quotes.
  public let name: String
  /// Where it stands, quotes included.
  public let range: SourceRange

  /// Creates a key.
  public init(_ name: String, range: SourceRange) {
    self.name = name
    self.range = range
  }
}

/// A day as written in a definition file; the parser has checked that it exists.
public struct DefinitionDate: Sendable, Equatable, Hashable {
  /// The year, from 0 to 9999.
  public let year: Int
  /// The month, from 1 to 12.
  public let month: Int
  /// The day of the month, from 1.
  public let day: Int

  /// Creates a date from its parts, which must name a day of the Gregorian calendar.
  public init?(year: Int, month: Int, day: Int) {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (0...9999).contains(year), (1...12).contains(month),
      (1...lengths[month - 1]).contains(day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }
}

/// A table of a definition file: keys with their values, in the order of the file.
public struct DefinitionTable: Sendable, Equatable {
  /// One key with its value.
  public struct Entry: Sendable, Equatable {
    /// The key, where it was first written.
    public let key: DefinitionKey
    /// The value.
    public let value: DefinitionValue
  }

  /// The entries in the order of the file; no name occurs twice.
  public let entries: [Entry]

  /// The value of a key, or nil.
  public subscript(name: String) -> DefinitionValue? {
    entry(name)?.value
  }

  /// The key and value of a name, or nil.
  public func entry(_ name: String) -> Entry? {
    entries.first { $0.key.name == name }
  }
}
