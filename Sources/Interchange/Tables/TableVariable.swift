public import Journey

/// One column of a table that leaves the program, with what its codebook says.
public struct TableVariable: Sendable {
  /// What the values are.
  public enum Kind: Sendable, Equatable {
    /// Words that somebody chose.
    case text
    /// A short code of a closed list.
    case code
    /// A whole number.
    case whole
    /// A number with decimals.
    case decimal
    /// A civil day.
    case day
    /// Yes or no.
    case yesNo
    /// A moment, in microseconds since 1970 UTC.
    case instant
  }

  /// One value of a closed list.
  public struct Code: Sendable, Equatable {
    /// The code as it stands in the file.
    public let code: String
    /// What it means.
    public let label: LocalizedText

    /// Creates a code.
    public init(_ code: String, _ label: LocalizedText) {
      self.code = code
      self.label = label
    }
  }

  /// The name of the column: small letters, digits and `_`, the same in every language.
  public let name: String
  /// What it is, in a few words.
  public let label: LocalizedText
  /// What the values are.
  public let kind: Kind
  /// The unit; empty where there is none.
  public let unit: String
  /// The values of a closed list.
  public let codes: [Code]
  /// What somebody must know who uses it; nil where the label says all.
  public let note: LocalizedText?

  /// Describes a column.
  public init(
    _ name: String, _ kind: Kind, _ label: LocalizedText, unit: String = "", codes: [Code] = [],
    note: LocalizedText? = nil
  ) {
    self.name = name
    self.label = label
    self.kind = kind
    self.unit = unit
    self.codes = codes
    self.note = note
  }

  /// A column of codes of one of the program's lists.
  public init(
    _ name: String, _ list: CodeListDescription, _ label: LocalizedText, note: LocalizedText? = nil
  ) {
    self.init(
      name, .code, label, codes: list.entries.map { Code($0.entry.code, $0.entry.label) },
      note: note)
  }
}

/// One value of a table.
public enum TableValue: Sendable, Hashable {
  /// Nothing is stated.
  case missing
  /// Words or a code.
  case text(String)
  /// A whole number.
  case whole(Int64)
  /// A number with decimals.
  case decimal(Double)
  /// A civil day.
  case day(Day)
  /// Yes or no.
  case yesNo(Bool)
  /// A moment, in microseconds since 1970 UTC.
  case instant(Int64)
}

extension TableValue {
  /// A value, or nothing.
  public static func optional<Value>(
    _ value: Value?, _ make: (Value) -> TableValue
  ) -> TableValue { value.map(make) ?? .missing }
}

/// Writes a table row by row into a buffer that the caller empties.
///
/// Rows have one value for each variable, of its kind or none; anything else is a programmer's
/// mistake.
public protocol TableWriter {
  /// Takes in the next row.
  mutating func append(_ row: [TableValue])
  /// Ends the table: nothing may follow.
  mutating func end()
  /// Hands over what has been written since the last time.
  mutating func take() -> [UInt8]
}
