import ArgumentParser
import Definitions
import Journey
import Presentation

/// `wegmarke messages`: what the codes of messages mean.
struct Messages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages", abstract: "What the codes of messages mean, and what to do.",
    discussion: """
      EXAMPLES
        wegmarke messages E-DATE W-RESEMBLES
        wegmarke messages
        wegmarke messages -f markdown --lang de > meldungen.md
      """, aliases: ["meldungen"])

  /// The forms of the list.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    /// For people at a terminal.
    case text
    /// A page of documentation.
    case markdown
  }

  @OptionGroup var global: GlobalOptions
  @Argument(help: "Codes, as they stand behind a message; none for all.") var codes: [String] = []
  @Option(name: .shortAndLong, help: "text or markdown.") var format = Format.text

  func run() throws {
    let console = global.console
    let all = MessageCode.all
    let chosen = try codes.isEmpty ? all : codes.map { try find($0, among: all) }
    switch format {
    case .text:
      let width = max(40, console.output.proseWidth)
      try console.print(chosen.map { $0.text(console.language, width) }.joined(separator: "\n"))
    case .markdown: try console.printData(MessageCode.page(chosen, console.language))
    }
  }

  private func find(_ text: String, among all: [MessageCode]) throws -> MessageCode {
    let wanted = text.uppercased().filter { $0 != "[" && $0 != "]" }
    if let found = all.first(where: { $0.code == wanted }) { return found }
    throw Failure(
      LocalizedText(
        en: "There is no message “\(text)”.", de: "Eine Meldung „\(text)“ gibt es nicht.")
        + didYouMean(nearestName(to: wanted, among: all.map(\.code))),
      advice: .init(
        en: "wegmarke messages lists all.", de: "wegmarke messages zeigt alle."), .usage)
  }
}

/// A code of messages with what it means; the list stands in `messages.txt`.
struct MessageCode {
  let code: String
  let meaning: LocalizedText
  let advice: LocalizedText

  /// Every code: errors, warnings, notes, each in the order of an import.
  static var all: [MessageCode] {
    let text = String(decoding: PackageResources.messages_txt, as: UTF8.self)
    return text.split(separator: "\n\n").compactMap { block in
      let lines = block.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
      guard lines.count == 5 else { return nil }
      return MessageCode(
        code: lines[0], meaning: LocalizedText(en: lines[1], de: lines[3]),
        advice: LocalizedText(en: lines[2], de: lines[4]))
    }
  }

  /// The code, and below it what it means and what to do.
  func text(_ language: Language, _ width: Int) -> String {
    [meaning, advice].reduce(code) { text, line in
      text + "\n  " + line(language).wrapped(to: width - 2).hanging(2)
    }
  }

  /// A page with a table of each kind.
  static func page(_ codes: [MessageCode], _ language: Language) -> String {
    func words(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    let kinds = [
      ("E-", words("Errors: the row or file stays out", "Fehler: Zeile oder Datei bleibt draußen")),
      ("W-", words("Warnings: the row comes in", "Warnungen: Die Zeile wird übernommen")),
      ("N-", words("Notes about a file", "Hinweise zu einer Datei")),
    ]
    var page = [
      words("# Messages and their codes", "# Meldungen und ihre Codes"), "",
      words(
        "Every message about a file, a row or a statement ends in a code that is the same in every\n"
          + "language and stays the same. `wegmarke messages CODE` explains it at the desk. This page is\n"
          + "`wegmarke messages -f markdown --lang en`. (Auf Deutsch: `docs/meldungen.md`.)",
        "Jede Meldung zu einer Datei, einer Zeile oder einer Angabe endet mit einem Code, der in jeder\n"
          + "Sprache gleich ist und gleich bleibt. `wegmarke messages CODE` erklärt ihn. Diese Seite ist\n"
          + "`wegmarke messages -f markdown --lang de`. (In English: `docs/messages.md`.)"),
    ]
    for (start, title) in kinds {
      let rows = codes.filter { $0.code.hasPrefix(start) }
      if rows.isEmpty { continue }
      page += [
        "", "## \(title)", "",
        words("| Code | What it means | What to do |", "| Code | Bedeutung | Was zu tun ist |"),
        "|---|---|---|",
      ]
      page += rows.map { "| `\($0.code)` | \($0.meaning(language)) | \($0.advice(language)) |" }
    }
    return page.joined(separator: "\n") + "\n"
  }
}
