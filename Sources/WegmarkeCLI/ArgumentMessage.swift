import ArgumentParser
import Definitions
import Journey
import Presentation

/// What is said about a command line that cannot be understood.
///
/// The argument parser words its findings in English; here they get the reader's language, and names
/// of commands, which it does not know to suggest, are suggested.
enum ArgumentMessage {
  /// The failure of a command line that names a command that does not exist; nil for any other.
  ///
  /// Told first: behind an unknown command every option of the one meant is unknown too.
  static func unknownCommand(_ arguments: [String]) -> Failure? {
    var path = ["wegmarke"]
    var command: any ParsableCommand.Type = Wegmarke.self
    for word in arguments {
      let parts = command.configuration.subcommands
      if parts.isEmpty || word.hasPrefix("-") { return nil }
      if let next = parts.first(where: { names(of: $0).contains(word) }) {
        path.append(next._commandName)
        command = next
        continue
      }
      // Whatever the default subcommand takes may be meant.
      if let standard = command.configuration.defaultSubcommand, takesWords(path, standard) {
        return nil
      }
      if word == "help" { return nil }
      let near = nearestName(to: word, among: parts.flatMap { names(of: $0) })
      let place = path.joined(separator: " ")
      let known = parts.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
        .joined(separator: ", ")
      return Failure(
        LocalizedText(
          en: "There is no command “\(place) \(word)”.",
          de: "Einen Befehl „\(place) \(word)“ gibt es nicht.") + didYouMean(near),
        advice: .init(en: "Known: \(known).", de: "Es gibt: \(known)."), .usage)
    }
    return nil
  }

  /// The failure of `help` with a word that names no command; nil for any other line.
  static func unknownHelp(_ arguments: [String]) -> Failure? {
    guard arguments.first == "help" else { return nil }
    var words: [String] = []
    var isValue = false
    for word in arguments.dropFirst() {
      if !isValue, !word.hasPrefix("-") { words.append(word) }
      isValue = LeadingOptions.takesValue(word)
    }
    return unknownCommand(words)
  }

  /// Whether a subcommand takes words that are no options.
  private static func takesWords(
    _ path: [String], _ command: any ParsableCommand.Type
  ) -> Bool {
    let names = Array(path.dropFirst()) + [command._commandName]
    guard let info = try? CommandInfo.root().find(names) else { return true }
    return info.own.contains(where: \.isPositional)
  }

  private static func names(of command: any ParsableCommand.Type) -> [String] {
    [command._commandName] + command.configuration.aliases
  }

  /// The parser's message in a language, with the value that was meant and the usage in short.
  static func words(_ text: String, of arguments: [String], _ language: Language) -> String {
    let near = didYouMean(valueMeant(text))(language)
    var lines: [String]
    if language == .german {
      lines = german(text, of: arguments).split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    } else {
      let usage = try? CommandInfo.root().named(in: arguments).usage(HelpWords(.english))
      lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        if line.hasPrefix("Usage: "), let usage { return "Usage: \(usage)" }
        return String(line)
      }
    }
    guard !near.isEmpty, !lines.isEmpty else { return lines.joined(separator: "\n") }
    // Behind a list of values, where there is one.
    if let last = lines.lastIndex(where: { $0.hasPrefix("  - ") }) {
      lines.insert(String(near.dropFirst()), at: last + 1)
    } else {
      lines[0] += near
    }
    return lines.joined(separator: "\n")
  }

  /// The value that somebody meant who wrote another one, of those that the message offers.
  private static func valueMeant(_ text: String) -> String? {
    guard let found = text.firstMatch(of: /The value '([^'\n]*)' is invalid for '[^'\n]*'\. (.*)/)
    else { return nil }
    let offered =
      found.output.2.matches(of: /'([^']+)'/).map { String($0.output.1) }
      + text.matches(of: /(?m)^  - (\S+)$/).map { String($0.output.1) }
    return nearestName(to: String(found.output.1), among: offered)
  }

  /// The parser's message in German; sentences that it words otherwise stay as they are.
  private static func german(_ text: String, of arguments: [String]) -> String {
    let sentences = sentences
    let words = HelpWords(.german)
    let usage = try? CommandInfo.root().named(in: arguments).usage(words)
    let message = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      if line.hasPrefix("Usage: "), let usage { return "Aufruf: \(usage)" }
      if let help = try? /Help:  (.*?)  (.*)/.wholeMatch(in: line)?.output {
        return "Hilfe: \(help.1)  \(words(String(help.2)))"
      }
      for (pattern, wording) in sentences {
        if let found = try? pattern.wholeMatch(in: line) {
          return wording(found.output.dropFirst().map { $0.substring.map(String.init) ?? "" })
        }
      }
      return String(line)
    }.joined(separator: "\n")
    return words.placeholders(in: message)
  }

  /// The sentences of the parser, as patterns, with their German wording.
  private static var sentences: [(pattern: Regex<AnyRegexOutput>, words: ([String]) -> String)] {
    [
      sentence("Error: Unknown option '(.*)'\\. Did you mean '(.*)'\\?") {
        "Fehler: Die Option „\($0[0])“ gibt es hier nicht. Meinten Sie „\($0[1])“?"
      },
      sentence("Error: Unknown option '(.*)'") {
        "Fehler: Die Option „\($0[0])“ gibt es hier nicht."
      },
      sentence("Error: Missing value for '(.*)'") { "Fehler: Zu „\($0[0])“ fehlt der Wert." },
      sentence("Error: The option '(.*)' does not take any value, but '(.*)' was specified\\.") {
        "Fehler: Die Option „\($0[0])“ nimmt keinen Wert; angegeben ist „\($0[1])“."
      },
      sentence("Error: Unexpected argument '(.*)'") {
        "Fehler: Die Angabe „\($0[0])“ gehört nicht hierher."
      },
      sentence("Error: (\\d+) unexpected arguments: '(.*)'") {
        "Fehler: \($0[0]) Angaben gehören nicht hierher: "
          + $0[1].replacing("', '", with: ", ")
      },
      sentence("Error: Missing expected argument '(.*)'") {
        "Fehler: Es fehlt die Angabe „\($0[0])“."
      },
      sentence("Error: Missing one of: '(.*)'") {
        "Fehler: Es fehlt eine dieser Angaben: " + $0[0].replacing("', '", with: ", ")
      },
      sentence("Error: The value '(.*)' is invalid for '(.*)'\\. Please provide one of (.*)\\.") {
        "Fehler: Der Wert „\($0[0])“ gilt nicht für „\($0[1])“. Möglich: "
          + $0[2].replacing(" and ", with: ", ").replacing(" or ", with: ", ")
          .replacing("'", with: "") + "."
      },
      sentence("Error: The value '(.*)' is invalid for '(.*)'\\. Please provide one of the .*") {
        "Fehler: Der Wert „\($0[0])“ gilt nicht für „\($0[1])“. Möglich:"
      },
      sentence("Error: The value '(.*)' is invalid for '(.*)'") {
        "Fehler: Der Wert „\($0[0])“ gilt nicht für „\($0[1])“."
      },
      sentence("Error: Missing required subcommand\\.") { _ in
        "Fehler: Es fehlt ein Unterbefehl."
      },
      sentence("Error: (.*)") { "Fehler: \($0[0])" },
      sentence(" *See '(.*)' for more information\\.") { "Mehr dazu: \($0[0])" },
    ]
  }

  private static func sentence(
    _ pattern: String, _ words: @escaping ([String]) -> String
  ) -> (pattern: Regex<AnyRegexOutput>, words: ([String]) -> String) {
    guard let pattern = try? Regex(pattern) else { preconditionFailure("no pattern: \(pattern)") }
    return (pattern, words)
  }
}

extension ValidationError {
  /// A refusal of options that do not go together, in the language that the command line asks for.
  init(_ text: LocalizedText) {
    self.init(text(Console.language(in: Array(CommandLine.arguments.dropFirst()))))
  }
}
