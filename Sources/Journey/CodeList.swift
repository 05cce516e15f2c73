/// One entry of a code list: the short code and what people read.
public struct CodeEntry: Sendable {
  /// The short code as it stands in files: `SVP`.
  public let code: String
  /// What a person reads.
  public let label: LocalizedText

  init(_ code: String, _ en: String, _ de: String) {
    self.code = code
    self.label = LocalizedText(en: en, de: de)
  }
}

/// A closed list of codes, stored as one small number each.
///
/// A raw value, once written to a log, keeps its meaning for ever: lists grow, nothing is
/// renumbered.
public protocol CodeList: RawRepresentable<UInt8>, CaseIterable, Hashable, Sendable,
  FieldRepresentable
{
  /// The name of the list in definition files and codebooks.
  static var listName: String { get }
  /// The short code and the wording of this value.
  var entry: CodeEntry { get }
}

extension CodeList {
  /// The short code as it stands in files.
  public var code: String { entry.code }
  /// What a person reads.
  public var label: LocalizedText { entry.label }

  /// Finds a value by its short code; letter case does not matter.
  public init?(code: String) {
    for value in Self.allCases where value.entry.code.isSameCode(as: code) {
      self = value
      return
    }
    return nil
  }

  /// The list as data.
  public static var listDescription: CodeListDescription {
    CodeListDescription(
      name: listName, entries: allCases.map { (rawValue: $0.rawValue, entry: $0.entry) })
  }

  /// The type of a field that holds this list's codes.
  public static var fieldType: FieldType { .code(listDescription) }

  /// Reads a stored number, or nil when this version of the list does not know it.
  public init?(fieldValue: FieldValue) {
    guard case .integer(let number) = fieldValue, let raw = UInt8(exactly: number) else {
      return nil
    }
    self.init(rawValue: raw)
  }

  /// The number that is stored.
  public var fieldValue: FieldValue { .integer(Int64(rawValue)) }
}

/// A code list as data: its name and entries, for reading files and printing codebooks.
public struct CodeListDescription: Sendable {
  /// The name of the list.
  public let name: String
  /// The stored numbers with their codes and wordings, in list order.
  public let entries: [(rawValue: UInt8, entry: CodeEntry)]

  /// The stored number of a short code; letter case does not matter.
  public func rawValue(of code: String) -> UInt8? {
    entries.first { $0.entry.code.isSameCode(as: code) }?.rawValue
  }

  /// The entry of a stored number.
  public func entry(of rawValue: UInt8) -> CodeEntry? {
    entries.first { $0.rawValue == rawValue }?.entry
  }
}

extension String {
  /// Whether two codes are the same but for the case of their ASCII letters.
  func isSameCode(as other: String) -> Bool {
    utf8.count == other.utf8.count
      && zip(utf8, other.utf8).allSatisfy { left, right in
        left == right || (left ^ right == 0x20 && (0x61...0x7A).contains(left | 0x20))
      }
  }
}
