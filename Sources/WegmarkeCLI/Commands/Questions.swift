import ArgumentParser
import Journey
import Presentation
import ProjectionEngine

/// `wegmarke questions`: the definitions.
struct Questions: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questions", abstract: "Lists, shows and checks the definitions of questions.",
    discussion: """
      EXAMPLES
        wegmarke questions list
        wegmarke questions show retention-point
        wegmarke questions check own.toml
      """,
    subcommands: [List.self, Show.self, Check.self, Document.self], aliases: ["fragen"])

  /// The command `wegmarke questions list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "All questions.",
      discussion: """
        EXAMPLES
          wegmarke questions list
        """)
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let console = global.console
      var table = TerminalTable([
        .code(LocalizedText(en: "NAME", de: "NAME")(console.language)),
        .text(LocalizedText(en: "QUESTION", de: "FRAGE")(console.language)),
      ])
      for question in try QuestionLibrary.all() {
        table.append([TableCell(question.name), TableCell(question.title(console.language))])
      }
      try console.print(table.text(for: console.output))
    }
  }

  /// The command `wegmarke questions show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "One question: in plain words, the exact rule, source and digest.",
      discussion: """
        EXAMPLES
          wegmarke questions show retention-point
          wegmarke questions show retention-point --text > own.toml
        """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Name of a question or path of a file.", completion: Completing.questions)
    var question: String
    @Flag(help: "The text of its file instead: a start for one of your own.") var text = false

    func run() throws {
      let console = global.console
      let language = console.language
      let definition = try QuestionLibrary.find(question)
      if text { return try console.printData(definition.text) }
      var lines = [
        console.output.paint(definition.title(language), .bold),
        definition.sentence(language).wrapped(to: console.output.width ?? 80), "",
        definition.rule(language).wrapped(to: console.output.width ?? 80), "",
      ]
      var facts = DefinitionText(definition, language).lines
      facts.append(.init(label: "Version", value: String(definition.version)))
      let digest = LocalizedText(en: "Digest", de: "Prüfsumme")(language)
      facts.append(.init(label: digest, value: definition.digest))
      for line in facts {
        lines.append("\(line.label): \(line.value)".wrapped(to: console.output.width ?? 80))
      }
      try console.print(lines.joined(separator: "\n"))
    }
  }

  /// The command `wegmarke questions check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Reads a question file and works its example.",
      discussion: """
        EXAMPLES
          wegmarke questions check own.toml
        """)
    @OptionGroup var global: GlobalOptions
    @Argument(help: "Name of a question or path of a file.", completion: Completing.questions)
    var question: String

    func run() throws {
      let console = global.console
      let definition = try QuestionLibrary.find(question)
      let differences = try definition.checkExample()
      guard differences.isEmpty else {
        for difference in differences { try console.print(difference.words(console.language)) }
        throw ExitCode(ExitStatus.problems.rawValue)
      }
      if let hindsight = AnswerWarnings.hindsight(definition) { console.warn(hindsight) }
      guard let example = definition.example else {
        try console.print(
          LocalizedText(
            en: "\(definition.name) can be asked.", de: "\(definition.name) lässt sich stellen.")(
              console.language))
        return console.warn(
          .init(
            en: "It has no worked example, so nothing shows that it counts what it should. Write"
              + " [[example.person]] and [example.expect]; this prints a file that has them:"
              + " wegmarke questions show retention-after-job-start --text.",
            de:
              "Sie hat kein durchgerechnetes Beispiel; nichts zeigt, dass sie zählt, was sie soll."
              + " Bitte [[example.person]] und [example.expect] schreiben; eine Datei, die sie hat,"
              + " zeigt: wegmarke questions show retention-after-job-start --text."))
      }
      let count = example.people.count
      try console.print(
        LocalizedText(
          en: "\(definition.name) holds; its example of \(count) people gives what it says.",
          de: "\(definition.name) stimmt; das Beispiel mit \(count) Personen ergibt, was dasteht.")(
            console.language))
    }
  }
}

extension Questions {
  /// The command `wegmarke questions document`.
  struct Document: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "document",
      abstract: "All questions as one page of Markdown: docs/questions.md is made by it.",
      discussion: """
        EXAMPLES
          wegmarke questions document > docs/questions.md
        """)
    @OptionGroup var global: GlobalOptions

    func run() throws {
      try global.console.print(QuestionDocument(questions: try QuestionLibrary.all()).text)
    }
  }
}

extension ClockUnit {
  /// The unit in words, many of them.
  var label: LocalizedText {
    switch self {
    case .day: LocalizedText(en: "days", de: "Tage")
    case .month: LocalizedText(en: "months", de: "Monate")
    }
  }
}
