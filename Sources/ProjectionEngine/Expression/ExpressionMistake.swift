import Definitions
import Journey

/// One thing that is wrong with an expression, with its place in bytes of the text.
struct ExpressionMistake: Error, Equatable {
  let code: String
  let message: LocalizedText
  var hint: LocalizedText?
  let range: Range<Int>

  /// More of a kind help nobody.
  static let most = 30

  func diagnostic(in text: LocatedText) -> Diagnostic {
    text.diagnostic(code, message, hint: hint, at: range)
  }
}

extension ExpressionMistake {
  /// Something else was expected at a place.
  static func expected(
    _ expected: LocalizedText, found: LocalizedText, hint: LocalizedText? = nil, _ range: Range<Int>
  ) -> ExpressionMistake {
    ExpressionMistake(
      code: "D-EXPRESSION",
      message: LocalizedText(
        en: "Expected \(expected.en), found \(found.en).",
        de: "Erwartet: \(expected.de); gefunden: \(found.de)."),
      hint: hint, range: range)
  }

  static func unclosedText(_ range: Range<Int>) -> ExpressionMistake {
    ExpressionMistake(
      code: "D-EXPRESSION",
      message: LocalizedText(
        en: "The closing quotation mark is missing.", de: "Das schließende Anführungszeichen fehlt."
      ), range: range)
  }

  static func strangeSign(
    _ sign: String, _ meant: String?, _ range: Range<Int>
  ) -> ExpressionMistake {
    ExpressionMistake(
      code: "D-EXPRESSION",
      message: LocalizedText(
        en: "The sign “\(sign)” means nothing here.",
        de: "Das Zeichen „\(sign)“ bedeutet hier nichts."),
      hint: meant.map {
        LocalizedText(en: "Write “\($0)”.", de: "Bitte „\($0)“ schreiben.")
      }, range: range)
  }

  /// A value of one type where another belongs.
  static func type(
    expected: LocalizedText, found: LocalizedText, hint: LocalizedText? = nil, _ range: Range<Int>
  ) -> ExpressionMistake {
    ExpressionMistake(
      code: "D-EXPRESSION-TYPE",
      message: LocalizedText(
        en: "Expected \(expected.en), found \(found.en).",
        de: "Erwartet: \(expected.de); gefunden: \(found.de)."),
      hint: hint, range: range)
  }

  /// A word that nobody knows, with the nearest one that is known.
  static func unknownName(
    _ name: String, among known: [String], hint: LocalizedText? = nil, _ range: Range<Int>
  ) -> ExpressionMistake {
    let near = didYouMean(nearestName(to: name, among: known))
    return ExpressionMistake(
      code: "D-UNKNOWN-NAME",
      message: LocalizedText(
        en: "Unknown name “\(name)”.\(near.en)", de: "Unbekannter Name „\(name)“.\(near.de)"),
      hint: near.en.isEmpty ? hint : nil, range: range)
  }

  static func other(
    _ code: String, en: String, de: String, hint: LocalizedText? = nil, _ range: Range<Int>
  ) -> ExpressionMistake {
    ExpressionMistake(
      code: code, message: LocalizedText(en: en, de: de), hint: hint, range: range)
  }
}
