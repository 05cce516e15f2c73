import Definitions
import Journey

/// What an expression as a whole must give.
public enum ExpressionType: Sendable, Equatable {
  /// Yes, no or unknown.
  case truth
  /// A number; a length of time in days counts as its days.
  case number
  /// A day.
  case moment
}

/// The type of a part of an expression.
enum ExpressionValueType: Equatable {
  case truth
  case number
  case length(ClockUnit)
  case moment
  case period
  /// A code of a list.
  case code(CodeListReference)
  /// A text of an attribute that has no list of codes.
  case text(Int)

  /// What people call values of this type, with their article.
  var words: LocalizedText {
    switch self {
    case .truth:
      LocalizedText(
        en: "a statement that holds or not", de: "eine Aussage, die zutrifft oder nicht")
    case .number: LocalizedText(en: "a number", de: "eine Zahl")
    case .length(.day):
      LocalizedText(en: "a length of time in days", de: "eine Zeitspanne in Tagen")
    case .length(.month):
      LocalizedText(en: "a length of time in months", de: "eine Zeitspanne in Monaten")
    case .moment: LocalizedText(en: "a day", de: "ein Tag")
    case .period: LocalizedText(en: "a period", de: "ein Zeitraum")
    case .code(let list):
      LocalizedText(en: "a code of “\(list.name)”", de: "ein Code aus „\(list.name)“")
    case .text: LocalizedText(en: "a text", de: "ein Text")
    }
  }
}

/// A list of codes as expressions see it.
struct CodeListReference: Equatable, Sendable {
  let name: String
  let entries: [CodeEntry]
  let rawValues: [UInt8]
  /// Whether the order of the codes means less and more.
  let isOrdered: Bool
  /// Codes that say that nothing is known: `UNK`, `unknown`, `x`.
  let unknown: Set<UInt8>

  init(_ list: CodeListDescription) {
    name = list.name
    entries = list.entries.map(\.entry)
    rawValues = list.entries.map(\.rawValue)
    isOrdered = [Isced.listName, LanguageLevel.listName].contains(list.name)
    unknown = Set(
      list.entries.filter { ["UNK", "unknown"].contains($0.entry.code) }.map(\.rawValue)
        + (list.name == Gender.listName ? [Gender.notStated.rawValue] : []))
  }

  init<Code: CodeList>(_ type: Code.Type) {
    // The field type of a list of codes is the list.
    guard case .code(let list) = Code.fieldType else { preconditionFailure("no list of codes") }
    self.init(list)
  }

  /// The number of a code; letter case matters only where two codes differ by nothing else.
  func rawValue(of code: String) -> UInt8? {
    let exact = entries.firstIndex { $0.code == code }
    let folded = exact ?? entries.firstIndex { $0.code.lowercased() == code.lowercased() }
    return folded.map { rawValues[$0] }
  }

  func entry(of rawValue: UInt8) -> CodeEntry? {
    rawValues.firstIndex(of: rawValue).map { entries[$0] }
  }

  /// The code that somebody most likely meant: by the code itself, by the words it stands for, or by how
  /// one of them alone begins.
  func nearestCode(to written: String) -> String? {
    if let code = nearestName(to: written, among: entries.map(\.code)) { return code }
    let words = entries.flatMap { [($0.label.en, $0.code), ($0.label.de, $0.code)] }
    if let word = nearestName(to: written, among: words.map(\.0)) {
      return words.first { $0.0 == word }?.1
    }
    let begun = Set(
      words.filter { !written.isEmpty && $0.0.lowercased().hasPrefix(written.lowercased()) }.map(
        \.1))
    return begun.count == 1 ? begun.first : nil
  }

  /// The codes with their words, as a list of what is allowed; of long ones the beginning.
  var shown: LocalizedText {
    let few = entries.prefix(30)
    let more = entries.count > few.count ? " …" : ""
    func list(_ language: Language) -> String {
      few.map { $0.label(language) == $0.code ? $0.code : "\($0.code) (\($0.label(language)))" }
        .joined(separator: ", ") + more
    }
    return LocalizedText(en: list(.english), de: list(.german))
  }

  static func == (left: CodeListReference, right: CodeListReference) -> Bool {
    left.name == right.name
  }
}
