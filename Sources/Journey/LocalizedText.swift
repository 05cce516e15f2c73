/// A language in which Wegmarke speaks to people.
public enum Language: String, Sendable, CaseIterable {
  /// English.
  case english = "en"
  /// German.
  case german = "de"
}

/// A text that a person reads, in every language Wegmarke speaks.
///
/// Both languages are required arguments, so a text without a translation does not compile.
public struct LocalizedText: Sendable, Equatable, Hashable {
  /// The English wording.
  public let en: String
  /// The German wording.
  public let de: String

  /// Creates a text from its two wordings.
  public init(en: String, de: String) {
    self.en = en
    self.de = de
  }

  /// A text that reads the same in both languages: a code, a name, a number.
  public init(verbatim text: String) {
    self.init(en: text, de: text)
  }

  /// The wording in one language.
  public func callAsFunction(_ language: Language) -> String {
    switch language {
    case .english: en
    case .german: de
    }
  }

  /// Joins two texts, language by language.
  public static func + (left: LocalizedText, right: LocalizedText) -> LocalizedText {
    LocalizedText(en: left.en + right.en, de: left.de + right.de)
  }
}

/// An error that can tell a person what happened, where, why, and what to do next.
public protocol ReadableError: Error {
  /// What happened and why, as one or two sentences.
  var message: LocalizedText { get }
  /// What to do next, when there is something to do.
  var advice: LocalizedText? { get }
}
