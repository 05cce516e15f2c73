import FoundationEssentials
import Journey
import Presentation

/// Where a command speaks to: data to standard output, everything else to standard error.
struct Console {
  var language: Language
  var output = TerminalStyle.plain
  var messages = TerminalStyle.plain
  var isQuiet = false
  /// Whether a long page may be shown by another program.
  var pages = true

  /// The variables of the process.
  static let processEnvironment = ProcessInfo.processInfo.environment

  /// What the files of settings state, read once; where one cannot be read, `main` says so and ends.
  static let settings = Result { try Settings(processEnvironment) }

  /// The variables of the process, and what the files of settings state in their place.
  static let environment =
    (try? settings.get())?.completing(processEnvironment) ?? processEnvironment

  init(
    language: Language, color: ColorChoice = .auto, isQuiet: Bool = false, pages: Bool = true
  ) {
    self.language = language
    self.pages = pages
    self.isQuiet = isQuiet
    output = TerminalStyle(of: .output, color: color, environment: Console.environment)
    messages = TerminalStyle(of: .error, color: color, environment: Console.environment)
    // Lines into a pipe or a file are not cut, unless an exported COLUMNS asks for it.
    if output.width == nil, let columns = Console.environment["COLUMNS"].flatMap({ Int($0) }),
      columns > 0
    {
      output = TerminalStyle(
        usesColor: output.usesColor, width: columns, isInteractive: output.isInteractive,
        usesUnicode: output.usesUnicode)
    }
  }

  /// The language asked for: `--lang`, then `WEGMARKE_LANG`, then the locale; English otherwise.
  static func language(in arguments: [String]) -> Language {
    for (index, argument) in arguments.enumerated() {
      if argument == "--lang", index + 1 < arguments.count {
        return Language(rawValue: arguments[index + 1]) ?? .english
      }
      if argument.hasPrefix("--lang=") {
        return Language(rawValue: String(argument.dropFirst(7))) ?? .english
      }
    }
    return language(asked: nil)
  }

  /// The language asked for by an option or, without one, by the environment.
  static func language(asked: Language?) -> Language {
    if let asked { return asked }
    for name in ["WEGMARKE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
      if let value = environment[name], !value.isEmpty {
        return value.lowercased().hasPrefix("de") ? .german : .english
      }
    }
    return .english
  }

  /// Writes what machines read to standard output: exactly, unless a person's terminal shows it.
  func printData(_ text: String) throws {
    let text = output.isInteractive ? text.linesWithoutControls : text
    try StandardStream.output.write(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// Writes what machines read to standard output, given in bytes, which need not be text.
  func printBytes(_ bytes: [UInt8]) throws {
    if output.isInteractive { return try printData(String(decoding: bytes, as: UTF8.self)) }
    try StandardStream.output.write(bytes: bytes)
  }

  /// Writes a page to standard output; nothing in it can steer a terminal.
  func print(_ text: String) throws {
    var page = text.pageWithoutControls
    if !page.hasSuffix("\n") { page += "\n" }
    if pages, output.isInteractive, Pager.show(page, Console.environment) { return }
    try StandardStream.output.write(page)
  }

  /// Writes a remark to standard error, unless asked to be quiet.
  func note(_ text: LocalizedText) {
    if !isQuiet { say(text) }
  }

  /// Writes a line to standard error in any case, over a progress line that stands there.
  func say(_ text: LocalizedText) {
    let start = messages.isInteractive ? "\r\u{1B}[K" : ""
    try? StandardStream.error.write(start + shaped(text(language)) + "\n")
  }

  /// On a terminal words are not broken; in a file every message keeps its line.
  private func shaped(_ text: String) -> String {
    messages.wrapped(text.pageWithoutControls)
  }

  /// A message behind a painted label, which takes up room on the first line.
  private func labelled(
    _ label: LocalizedText, _ text: LocalizedText, _ look: Look
  ) -> String {
    let label = label(language)
    return messages.paint(label, look) + shaped(label + text(language)).dropFirst(label.count)
  }

  /// Writes a warning to standard error.
  func warn(_ text: LocalizedText) {
    let label = LocalizedText(en: "Warning: ", de: "Warnung: ")
    try? StandardStream.error.write(labelled(label, text, .yellow) + "\n")
  }

  /// Writes what went wrong and what to do to standard error.
  func report(_ failure: Failure) {
    let label = LocalizedText(en: "Error: ", de: "Fehler: ")
    var text = labelled(label, failure.message, .red) + "\n"
    if let advice = failure.advice { text += shaped(advice(language)) + "\n" }
    try? StandardStream.error.write(text)
  }

  /// A progress line on standard error.
  func progress(_ label: LocalizedText, total: Int?) -> ProgressLine? {
    if isQuiet { return nil }
    let start = ContinuousClock.now
    return ProgressLine(
      label(language), total: total, language: language, style: messages,
      elapsed: { ContinuousClock.now - start },
      write: { try? StandardStream.error.write($0) })
  }
}
