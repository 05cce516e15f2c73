import Journey

/// Titles that every help page and manual has.
enum HelpTitle {
  static let usage = LocalizedText(en: "USAGE", de: "AUFRUF")
  static let arguments = LocalizedText(en: "ARGUMENTS", de: "ANGABEN")
  static let options = LocalizedText(en: "OPTIONS", de: "OPTIONEN")
  static let everywhere = LocalizedText(en: "EVERYWHERE", de: "ÜBERALL")
  static let commands = LocalizedText(en: "COMMANDS", de: "BEFEHLE")
  static let statuses = LocalizedText(en: "EXIT STATUS", de: "RÜCKGABEWERT")
  static let environment = LocalizedText(en: "ENVIRONMENT", de: "UMGEBUNG")
}

/// The words of help, manual and reference in one language.
///
/// Options and commands say in English what they do; `german.txt` beside this file has every such
/// text once more. What is not in it stays as it is, and a test fails.
struct HelpWords {
  let language: Language
  private let german: [String: String]

  init(_ language: Language) {
    self.language = language
    german =
      language == .german
      ? HelpWords.pairs(String(decoding: PackageResources.german_txt, as: UTF8.self)) : [:]
  }

  /// A text in the language.
  func callAsFunction(_ text: String) -> String { german[text] ?? text }

  /// What stands for a value, without its brackets: `file`.
  func placeholder(_ name: String) -> String {
    german["<\(name)>"].map { String($0.dropFirst().dropLast()) } ?? name
  }

  /// The same for every `<value>` in a sentence.
  func placeholders(in text: String) -> String {
    text.replacing(/<([^<> ]+)>/) { "<\(placeholder(String($0.output.1)))>" }
  }

  /// A command line of an example, its quoted words in the language.
  func example(_ line: String) -> String {
    line.replacing(/"([^"]*)"/) { "\"\(self(String($0.output.1)))\"" }
  }

  /// What of a description has no German wording, and what is worded that nothing says any more.
  static func gaps(in root: CommandInfo) -> (missing: [String], stale: [String]) {
    let words = HelpWords(.german)
    var said: [String] = []
    for command in root.all {
      said += [command.abstract].compactMap(\.self)
      said += HelpBlock.blocks(of: command.discussion ?? "").flatMap(\.texts)
      for argument in command.shown {
        said += [argument.abstract].compactMap(\.self)
        if argument.kind != "flag", let name = argument.valueName { said.append("<\(name)>") }
      }
    }
    let all = Set(said)
    return (
      all.filter { words.german[$0] == nil }.sorted(),
      words.german.keys.filter { !all.contains($0) }.sorted()
    )
  }

  /// Pairs of lines: a text, then the other language behind `= `.
  ///
  /// Lines that begin with `#` and empty ones are for the translator.
  private static func pairs(_ file: String) -> [String: String] {
    var pairs: [String: String] = [:]
    var text: String?
    for line in file.split(separator: "\n").map(String.init) where !line.hasPrefix("# ") {
      if line.hasPrefix("= ") {
        if let text { pairs[text] = String(line.dropFirst(2)) }
        text = nil
      } else {
        text = line
      }
    }
    return pairs
  }
}
