import Journey
import Presentation

/// The help of one command, for a terminal.
struct HelpPage {
  let command: CommandInfo
  let words: HelpWords
  let style: TerminalStyle

  private var width: Int { min(style.width ?? 80, 100) }

  var text: String {
    var lines = [words(command.abstract ?? "").wrapped(to: width)]
    let blocks = HelpBlock.blocks(of: command.discussion ?? "")
    lines += discussion(blocks)
    lines += [
      "", title(HelpTitle.usage), "  " + command.usage(words).wrapped(to: width - 4).hanging(4),
    ]
    if let aliases = command.aliases, !aliases.isEmpty {
      let label = LocalizedText(en: "Also called", de: "Heißt auch")(words.language)
      lines.append("  \(label): \(aliases.joined(separator: ", "))")
    }
    let meant = command.effective
    let (own, common) = (meant.own, meant.common)
    lines += section(HelpTitle.arguments, own.filter(\.isPositional).map(row))
    lines += section(HelpTitle.options, own.filter { !$0.isPositional }.map(row))
    lines += section(HelpTitle.everywhere, common.map(row))
    lines += section(
      HelpTitle.commands, command.parts.map { ($0.commandName, words($0.abstract ?? "")) })
    if !command.parts.isEmpty {
      let line =
        "\(command.path.joined(separator: " ")) \(LocalizedText(en: "<command>", de: "<befehl>")(words.language)) --help"
      let label = LocalizedText(en: "More about a command", de: "Mehr zu einem Befehl")
      lines += ["", "\(label(words.language)): \(line)"]
    }
    return lines.joined(separator: "\n")
  }

  private func title(_ text: LocalizedText) -> String { style.paint(text(words.language), .bold) }

  /// What a command says about itself, in lines; headings stand apart.
  private func discussion(_ blocks: [HelpBlock]) -> [String] {
    var lines: [String] = []
    for block in blocks {
      switch block {
      case .heading(let name): lines += ["", style.paint(words(name), .bold)]
      case .example(let line, let remark):
        lines.append("  " + words.example(line).hanging(2))
        if let remark {
          let remark = "# " + words(remark)
          // A remark stands behind its command where there is room, else above it.
          let last = lines.count - 1
          if lines[last].displayColumns + 2 + remark.displayColumns <= width {
            lines[last] += "  " + style.paint(remark, .dim)
          } else {
            lines.insert("  " + style.paint(remark, .dim), at: last)
          }
        }
      case .entry(let name, let text): lines += entry(name, words(text), column: 22)
      case .prose(let text): lines += ["", words(text).wrapped(to: width)]
      }
    }
    return lines
  }

  private func section(_ name: LocalizedText, _ rows: [(name: String, text: String)]) -> [String] {
    if rows.isEmpty { return [] }
    return ["", title(name)] + rows.flatMap { entry($0.name, $0.text, column: 26) }
  }

  private func row(_ argument: CommandInfo.Argument) -> (name: String, text: String) {
    (argument.written(words), HelpPage.text(of: argument, words))
  }

  /// What an argument is for, with its values and its default where the sentence does not name them.
  static func text(of argument: CommandInfo.Argument, _ words: HelpWords) -> String {
    let said = argument.abstract ?? ""
    var parts = [words(said)]
    if let values = argument.allValues, !values.allSatisfy({ said.contains($0) }) {
      let list = values.joined(separator: ", ")
      parts.append(LocalizedText(en: "One of: \(list).", de: "Möglich: \(list).")(words.language))
    }
    if let value = argument.defaultValue, !value.isEmpty, argument.kind != "flag",
      !said.contains("Default:")
    {
      parts.append(
        LocalizedText(en: "Default: \(value).", de: "Vorgabe: \(value).")(words.language))
    }
    if argument.isRepeating, !argument.isPositional, !said.contains("repeated") {
      parts.append(
        LocalizedText(en: "May be repeated.", de: "Darf mehrmals stehen.")(words.language))
    }
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// A name and beside it what it is; a long name stands above.
  private func entry(_ name: String, _ text: String, column: Int) -> [String] {
    let room = max(20, width - column)
    let body = text.wrapped(to: room).split(separator: "\n").map(String.init)
    let indent = String(repeating: " ", count: column)
    let head = "  \(name)"
    guard head.displayColumns + 2 <= column, let first = body.first else {
      return [head] + body.map { indent + $0 }
    }
    return [head.padded(to: column) + first] + body.dropFirst().map { indent + $0 }
  }
}
