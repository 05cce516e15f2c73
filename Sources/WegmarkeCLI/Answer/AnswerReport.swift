import Journey
import Presentation
import ProjectionEngine

/// An answer of any kind as a page for reading, printing and handing on.
struct AnswerReport {
  let page: ReportPage

  /// Lays out an answer: sentence, picture with its table, figures, definition, what it rests on.
  ///
  /// - Parameters:
  ///   - text: The answer as the terminal shows it.
  ///   - command: The command that makes the page again.
  init(_ text: AnswerPage, command: String) throws {
    let (answer, body, language) = (text.answer, text.body, text.console.language)
    let definition = answer.definition
    let counts = answer.attrition.counted > 0
    let nobody = body.word("Nobody counts.", "Niemand zählt.")
    var page = ReportPage(
      title: definition.title(language),
      lead: [counts ? body.lead ?? definition.sentence(language) : nobody], language: language)
    if answer.certificate.isSimulated {
      page.warnings.append(Knowledge.simulated(language))
    }
    if let heading = text.maturity?.heading { page.warnings.append(heading) }
    var answered: [ReportPage.Block] = [.paragraph(text.population), .paragraph(text.parameters)]
    if counts, let chart = AnswerPicture(answer: answer, language: language).chart {
      answered.append(.figure(chart))
    }
    page.sections.append(.init(body.word("Answer", "Antwort"), answered))
    if counts, !body.tables.isEmpty {
      page.sections.append(
        .init(
          body.word("Figures", "Werte"),
          body.tables.map { .table($0.table, caption: $0.caption) }
            + body.remarks.map { .paragraph($0) }))
    }
    page.sections.append(
      .init(
        "Definition",
        [
          .paragraph(definition.sentence(language)), .paragraph(definition.rule(language)),
          .facts([
            .init(
              body.word("Name and version", "Name und Fassung"),
              "\(definition.name) v\(definition.version)"),
            .init(body.word("Source", "Quelle"), definition.source(language)),
            .init(body.word("Digest", "Prüfsumme"), definition.digest, isCode: true),
          ]),
        ]))
    page.sections.append(
      .init(
        body.word("State of the data", "Datenstand"),
        [.paragraph(text.basis(language))]
          + (text.maturity?.basis ?? []).map { .paragraph($0) }))
    let log = answer.certificate
    page.certificate = [
      .init("Log", "\(log.origin) · #\(max(log.size, 1) - 1)"),
      .init(body.word("Root", "Wurzel"), log.root, isCode: true),
      .init(
        body.word("Digest of the answer", "Prüfsumme der Antwort"), try answer.digest(),
        isCode: true),
      .init(body.word("Program", "Programm"), "wegmarke \(log.program)"),
      .init(body.word("Command", "Befehl"), command, isCode: true),
    ]
    self.page = page
  }
}
