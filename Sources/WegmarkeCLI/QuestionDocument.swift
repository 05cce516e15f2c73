import Journey
import ProjectionEngine

/// All questions that come with the program as one page of Markdown, in German and English.
struct QuestionDocument {
  let questions: [QuestionDefinition]

  var text: String {
    var parts = [
      """
      # Questions

      Every question that comes with Wegmarke, as its file states it. Made by
      `wegmarke questions document`; do not edit by hand. `wegmarke ask NAME` answers one, and
      `projections/README.md` describes the language of the files.

      | Question | Kind | What it asks |
      |---|---|---|
      """
        + questions.map { question in
          "\n| [`\(question.name)`](#\(question.name)) | \(question.kind.rawValue)"
            + " | \(cell(question.title.en)) |"
        }.joined()
    ]
    parts += questions.map(section)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private func section(_ question: QuestionDefinition) -> String {
    let facts =
      "Version \(question.version) · \(question.kind.rawValue) · digest"
      + " `\(question.digest.prefix(16))`"
    return
      (["## \(question.name)", facts]
      + [Language.english, .german].flatMap { part(question, $0) }).joined(separator: "\n\n")
  }

  private func part(_ question: QuestionDefinition, _ language: Language) -> [String] {
    let lines = DefinitionText(question, language).lines.map { line in
      "| \(cell(line.label)) | \(cell(line.value)) |"
    }
    return [
      "**\(question.title(language))**", question.sentence(language), question.rule(language),
      (["| | |", "|---|---|"] + lines).joined(separator: "\n"),
    ]
  }

  /// A text inside a cell of a table.
  private func cell(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("|", with: "\\|")
  }
}
