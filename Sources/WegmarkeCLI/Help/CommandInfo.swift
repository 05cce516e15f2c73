import ArgumentParser
import FoundationEssentials
import Journey

/// A command as the argument parser describes it: help, manual and reference are made of this.
struct CommandInfo: Decodable {
  /// A word of a command line: an option, a flag, or what stands without a name.
  struct Argument: Decodable {
    /// How an option is written.
    struct Name: Decodable {
      let kind: String
      let name: String

      /// With its dashes.
      var text: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: String
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?

    var isPositional: Bool { kind == "positional" }

    /// Whether every command has it.
    var isCommon: Bool {
      names?.contains {
        ["lang", "color", "quiet", "no-pager", "version", "help"].contains($0.name)
      } == true
    }

    /// How it is written: `-f, --format <format>`, `<file> …`.
    func written(_ words: HelpWords) -> String {
      let value = "<\(words.placeholder(valueName ?? "value"))>"
      if isPositional { return value + (isRepeating ? " …" : "") }
      // A short name stands first; the parser names it last.
      let short = (names ?? []).filter { $0.kind == "short" }.map(\.text)
      let long = (names ?? []).filter { $0.kind != "short" }.map(\.text)
      let all = (short + long).joined(separator: ", ")
      return kind == "flag" ? all : "\(all) \(value)"
    }
  }

  let commandName: String
  let superCommands: [String]?
  let shouldDisplay: Bool
  let aliases: [String]?
  let abstract: String?
  let discussion: String?
  let defaultSubcommand: String?
  let subcommands: [CommandInfo]?
  let arguments: [Argument]?

  /// The command `wegmarke` with all that is below it.
  static func root() throws -> CommandInfo {
    struct Document: Decodable { let command: CommandInfo }
    return try JSONDecoder().decode(Document.self, from: Data(Wegmarke._dumpHelp().utf8)).command
  }

  /// The commands below that people see; the parser's own `help` is told of with the options.
  var parts: [CommandInfo] {
    (subcommands ?? []).filter { $0.shouldDisplay && $0.commandName != "help" }
  }

  /// What stands on the command line without a name, and the options that people see.
  var shown: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

  /// Arguments that it has to itself.
  var own: [Argument] { shown.filter { !$0.isCommon } }

  /// Options that every command has.
  var common: [Argument] { shown.filter(\.isCommon) }

  /// All names that lead here.
  var path: [String] { (superCommands ?? []) + [commandName] }

  /// The command and everything below it.
  var all: [CommandInfo] { [self] + parts.flatMap(\.all) }

  /// The command that words name, as far as they name one.
  func find(_ words: [String]) -> CommandInfo {
    guard let word = words.first,
      let part = parts.first(where: { $0.commandName == word || $0.aliases?.contains(word) == true }
      )
    else { return self }
    return part.find(Array(words.dropFirst()))
  }

  /// The command that a whole command line names; `help` before it is no part of the name.
  func named(in arguments: [String]) -> CommandInfo {
    // What an option takes is no command: `help --lang de due`.
    var words: [String] = []
    var isValue = false
    for word in arguments {
      if !isValue, !word.hasPrefix("-") { words.append(word) }
      isValue = LeadingOptions.takesValue(word)
    }
    return find(words.first == "help" ? Array(words.dropFirst()) : words)
  }

  /// The one that is meant where no subcommand is named: the default one, else this.
  var effective: CommandInfo { defaultSubcommand.map { find([$0]) } ?? self }

  /// The command line in short.
  func usage(_ words: HelpWords) -> String {
    var line = path
    if !parts.isEmpty, defaultSubcommand == nil {
      line.append(LocalizedText(en: "<command>", de: "<befehl>")(words.language))
    }
    // Whoever names no subcommand means the default one, and its words.
    let own = effective
    let options = own.shown.filter { !$0.isPositional }
    for option in options where !option.isOptional && option.kind == "option" {
      line.append(option.written(words).split(separator: ", ").last.map(String.init) ?? "")
    }
    line.append(LocalizedText(en: "[options]", de: "[Optionen]")(words.language))
    for word in own.shown where word.isPositional {
      let text = word.written(words)
      line.append(word.isOptional ? "[\(text)]" : text)
    }
    return line.joined(separator: " ")
  }
}

/// A piece of what a command says about itself.
enum HelpBlock {
  /// A word in capitals above what follows.
  case heading(String)
  /// A command line, with a remark behind it.
  case example(String, remark: String?)
  /// A name and what it is.
  case entry(String, String)
  /// A paragraph.
  case prose(String)

  /// Reads what a command says about itself: headings in capitals, command lines, lists, paragraphs.
  static func blocks(of text: String) -> [HelpBlock] {
    var blocks: [HelpBlock] = []
    var paragraph: [String] = []
    func close() {
      if !paragraph.isEmpty { blocks.append(.prose(paragraph.joined(separator: " "))) }
      paragraph = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      let bare = line.drop { $0 == " " }
      if bare.isEmpty {
        close()
      } else if bare.allSatisfy(\.isUppercase) {
        close()
        blocks.append(.heading(line))
      } else if bare.hasPrefix("wegmarke ") {
        close()
        blocks.append(example(String(bare)))
      } else if line.hasPrefix("    "), case .example(let command, let remark)? = blocks.last,
        paragraph.isEmpty
      {
        blocks[blocks.count - 1] = .example("\(command)\n    \(bare)", remark: remark)
      } else if let found = bare.wholeMatch(of: /(\S+)  +(\S.*)/) {
        close()
        blocks.append(.entry(String(found.output.1), String(found.output.2)))
      } else {
        paragraph.append(String(bare))
      }
    }
    close()
    return examplesFirst(blocks)
  }

  /// The examples before everything else: most people need no more.
  private static func examplesFirst(_ blocks: [HelpBlock]) -> [HelpBlock] {
    guard
      let start = blocks.firstIndex(where: {
        if case .heading("EXAMPLES") = $0 { true } else { false }
      })
    else { return blocks }
    let end =
      blocks[(start + 1)...].firstIndex {
        if case .example = $0 { false } else { true }
      } ?? blocks.endIndex
    return Array(blocks[start..<end] + blocks[..<start] + blocks[end...])
  }

  private static func example(_ line: String) -> HelpBlock {
    guard let found = line.wholeMatch(of: /(.*?)(?:  +#? *|  *# )(\S.*)/) else {
      return .example(line, remark: nil)
    }
    return .example(String(found.output.1), remark: String(found.output.2))
  }

  /// The words of the command line that it shows, as a shell would hand them over; nil for others.
  ///
  /// Quotes keep blanks together; what goes into a file or another program is none of the command.
  var arguments: [String]? {
    guard case .example(let line, _) = self else { return nil }
    var words: [String] = []
    var word: String?
    var isQuoted = false
    for sign in line {
      switch sign {
      case "\"":
        isQuoted.toggle()
        word = word ?? ""
      case _ where isQuoted: word = (word ?? "") + String(sign)
      case ">", "|": return words
      case _ where sign.isWhitespace || sign == "\\":
        if let word { words.append(word) }
        word = nil
      default: word = (word ?? "") + String(sign)
      }
    }
    return words + [word].compactMap(\.self)
  }

  /// What of it is in words, for a translator.
  var texts: [String] {
    switch self {
    case .heading(let text), .prose(let text): [text]
    case .entry(_, let text): [text]
    case .example(let line, let remark):
      line.matches(of: /"([^"]*)"/).map { String($0.output.1) } + [remark].compactMap(\.self)
    }
  }
}
