import Journey

/// The words of the expression language with what they mean.
public enum ExpressionVocabulary {
  /// One word of the language.
  public struct Entry: Sendable, Equatable {
    /// The word as it is written, a function with its arguments.
    public let written: String
    /// The kind of value, with its unit.
    public let result: String
    /// What it says.
    public let meaning: String
    /// When it is unknown.
    public let unknown: String

    /// A row of a table in Markdown.
    public var markdown: String {
      "| `\(written.split(separator: "|").joined(separator: "\\|"))` | \(result) | \(meaning) | "
        + "\(unknown) |"
    }
  }

  /// The names that are no fields of the entry profile.
  public static let names: [Entry] = ExpressionName.allCases.map {
    entry($0.rawValue, $0.meaning)
  }

  /// The fields of the entry profile.
  public static let fields: [Entry] = ProfileField.all.map { field in
    let result =
      switch field.type {
      case .code(let list) where list.name == Answer.listName: "truth"
      case .code(let list): "code of `\(list.name)`"
      case .integer: "number"
      default: "text"
      }
    return Entry(
      written: field.name, result: result, meaning: field.words.en, unknown: "not stated")
  }

  /// The functions.
  public static let functions: [Entry] = ExpressionFunction.allCases.map {
    entry($0.signature, $0.meaning)
  }

  private static func entry(_ written: String, _ meaning: ExpressionMeaning) -> Entry {
    Entry(
      written: written, result: meaning.result, meaning: meaning.meaning, unknown: meaning.unknown)
  }
}
