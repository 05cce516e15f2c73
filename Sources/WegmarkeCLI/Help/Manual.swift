import Journey
import Presentation

/// The manual: a page for each command, for `man`, and one page of Markdown with all of them.
struct Manual {
  let root: CommandInfo
  let words: HelpWords

  private var language: Language { words.language }

  private static let title = LocalizedText(en: "Commands of wegmarke", de: "Befehle von wegmarke")

  /// What of the environment counts.
  private static let variables: [(name: String, meaning: LocalizedText)] = [
    ("WEGMARKE_STORE", .init(en: "Folder of the store.", de: "Ordner des Bestands.")),
    (
      "WEGMARKE_KEY_FILE",
      .init(
        en: "Key file, the root key or a role's.",
        de: "Schlüsseldatei: der Hauptschlüssel oder der einer Rolle.")
    ),
    (
      "WEGMARKE_PASSPHRASE_FILE",
      .init(
        en: "File or descriptor with the passphrase in its first line.",
        de: "Datei oder Deskriptor mit der Passphrase in der ersten Zeile.")
    ),
    (
      "WEGMARKE_LANG",
      .init(
        en: "Language, en or de; before the locale.", de: "Sprache, en oder de; vor der Locale.")
    ),
    (
      "NO_COLOR, FORCE_COLOR",
      .init(en: "Colours never, or always.", de: "Farben nie oder immer.")
    ),
    (
      "COLUMNS",
      .init(
        en: "Width of pages where no terminal says it.",
        de: "Breite der Seiten, wo kein Terminal sie nennt.")
    ),
  ]

  // MARK: Man pages

  /// A page for each command of the first level, with those below it; the first is the program's own.
  var manPages: [(name: String, text: String)] {
    [("wegmarke", page(root, with: [root]))]
      + root.parts.map { ("wegmarke-\($0.commandName)", page($0, with: $0.all)) }
  }

  private func page(_ command: CommandInfo, with commands: [CommandInfo]) -> String {
    let name = command.path.joined(separator: "-")
    var lines = [
      // Letters beyond ASCII: groff's preconv reads this line.
      "'\\\" -*- coding: utf-8 -*-",
      ".TH \(Troff.quoted(name.uppercased())) 1 \"\""
        + " \(Troff.quoted("wegmarke \(Wegmarke.version)")) \(Troff.quoted(Manual.title(language)))",
      ".SH \(LocalizedText(en: "NAME", de: "BEZEICHNUNG")(language))",
      "\(Troff.text(name)) \\- \(Troff.text(words(command.abstract ?? "").trimmedPeriod))",
    ]
    for part in commands {
      let isFirst = part.path == command.path
      if !isFirst {
        lines += [".SH \(Troff.quoted(part.path.joined(separator: " ").uppercased()))"]
        lines += [Troff.text(words(part.abstract ?? ""))]
      }
      let heading = isFirst ? ".SH" : ".SS"
      lines += [
        "\(heading) \(HelpTitle.usage(language))", "\\fB\(Troff.text(part.usage(words)))\\fR",
      ]
      lines += discussion(part, heading)
      // What every command has is told of on the first page.
      let arguments = part.path.count == 1 ? root.find(["timeline"]).common : part.own
      if !arguments.isEmpty {
        lines.append("\(heading) \(HelpTitle.options(language))")
        for argument in arguments {
          lines += [".TP", "\\fB\(Troff.text(argument.written(words)))\\fR"]
          lines.append(Troff.text(HelpPage.text(of: argument, words)))
        }
      }
      if !part.parts.isEmpty {
        lines.append("\(heading) \(HelpTitle.commands(language))")
        for below in part.parts {
          lines += [".TP", "\\fB\(Troff.text(below.path.joined(separator: " ")))\\fR"]
          lines.append(Troff.text(words(below.abstract ?? "")))
        }
      }
    }
    if command.path.count == 1 { lines += tables }
    let others =
      command.path.count == 1 ? root.parts.map { "wegmarke-\($0.commandName)" } : ["wegmarke"]
    lines += [
      ".SH \(Troff.quoted(LocalizedText(en: "SEE ALSO", de: "SIEHE AUCH")(language)))",
      others.map { "\\fB\(Troff.text($0))\\fR(1)" }.joined(separator: ", "),
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private var tables: [String] {
    var lines = [".SH \(Troff.quoted(HelpTitle.statuses(language)))"]
    for status in ExitStatus.allCases {
      lines += [".TP", "\\fB\(status.rawValue)\\fR", Troff.text(status.meaning(language))]
    }
    lines.append(".SH \(HelpTitle.environment(language))")
    for variable in Manual.variables {
      lines += [
        ".TP", "\\fB\(Troff.text(variable.name))\\fR", Troff.text(variable.meaning(language)),
      ]
    }
    return lines
  }

  private func discussion(_ command: CommandInfo, _ heading: String) -> [String] {
    var lines: [String] = []
    for block in HelpBlock.blocks(of: command.discussion ?? "") {
      switch block {
      case .heading(let name): lines.append("\(heading) \(words(name))")
      case .example(let line, let remark):
        lines.append(".PP")
        if let remark { lines += [Troff.text(words(remark)), ".br"] }
        lines += [".nf", ".RS 2", Troff.text(words.example(line)), ".RE", ".fi"]
      case .entry(let name, let text):
        lines += [".TP", "\\fB\(Troff.text(name))\\fR", Troff.text(words(text))]
      case .prose(let text): lines += [".PP", Troff.text(words(text))]
      }
    }
    return lines
  }

  // MARK: Markdown

  /// All commands on one page.
  var markdown: String {
    let introduction = LocalizedText(
      en: "Every command, as `wegmarke COMMAND --help` shows it too. Written by `wegmarke manual`.",
      de: "Alle Befehle, wie sie auch `wegmarke BEFEHL --help` zeigt. Geschrieben von"
        + " `wegmarke manual --lang de`.")
    var lines = ["# \(Manual.title(language))", "", introduction(language), ""]
    for command in root.parts {
      lines.append(
        "- [wegmarke \(command.commandName)](#wegmarke-\(command.commandName)):"
          + " \(Manual.escaped(words(command.abstract ?? "")))")
    }
    for command in root.parts.flatMap(\.all) {
      let level = command.path.count > 2 ? "###" : "##"
      lines += ["", "\(level) \(command.path.joined(separator: " "))", ""]
      lines += [
        Manual.escaped(words(command.abstract ?? "")), "", "```", command.usage(words), "```",
      ]
      lines += markdown(HelpBlock.blocks(of: command.discussion ?? ""))
      if !command.own.isEmpty { lines.append("") }
      for argument in command.own {
        lines.append(
          "- `\(argument.written(words))`: \(Manual.escaped(HelpPage.text(of: argument, words)))")
      }
    }
    lines += ["", "## \(HelpTitle.everywhere(language))", ""]
    for argument in root.find(["timeline"]).common {
      lines.append(
        "- `\(argument.written(words))`: \(Manual.escaped(HelpPage.text(of: argument, words)))")
    }
    lines += ["", "## \(HelpTitle.statuses(language))", ""]
    lines += ExitStatus.allCases.map { "- `\($0.rawValue)`: \($0.meaning(language))" }
    lines += ["", "## \(HelpTitle.environment(language))", ""]
    lines += Manual.variables.map { "- `\($0.name)`: \($0.meaning(language))" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func markdown(_ blocks: [HelpBlock]) -> [String] {
    var lines: [String] = []
    var isCode = false
    for block in blocks {
      if case .example(let line, let remark) = block {
        if !isCode { lines += ["", "```sh"] }
        isCode = true
        if let remark { lines.append("# \(words(remark))") }
        lines.append(words.example(line))
        continue
      }
      if isCode { lines.append("```") }
      isCode = false
      switch block {
      case .heading(let name):
        // That these are examples can be seen.
        if name != "EXAMPLES" { lines += ["", "**\(words(name))**", ""] }
      case .entry(let name, let text): lines.append("- `\(name)`: \(Manual.escaped(words(text)))")
      case .prose(let text): lines += ["", Manual.escaped(words(text))]
      case .example: break
      }
    }
    if isCode { lines.append("```") }
    return lines
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("<", with: "\\<").replacing("*", with: "\\*")
  }
}

/// Text in the language of `man` pages.
enum Troff {
  /// Text as it is read: no sign of it steers, hyphens can be copied.
  static func text(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
      .split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&\($0)" : String($0) }
      .joined(separator: "\n")
  }

  /// One argument of a request.
  static func quoted(_ text: String) -> String {
    "\"\(Troff.text(text).replacing("\"", with: "\\(dq"))\""
  }
}

extension String {
  /// Without the full stop at its end.
  fileprivate var trimmedPeriod: String { hasSuffix(".") ? String(dropLast()) : self }
}
