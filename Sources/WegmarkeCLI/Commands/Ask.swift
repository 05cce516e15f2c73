public import ArgumentParser
import EventLog
import Files
import Journey
import Presentation
import ProjectionEngine
public import Statistics

/// `wegmarke ask`: answers a question.
struct Ask: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Answers a question from its definition file.",
    discussion: """
      EXAMPLES
        wegmarke ask retention-after-job-start --gap 2mo
        wegmarke ask time-to-first-job --by gender --chart curve.svg
        wegmarke ask retention-after-job-start --as-of 2026-06-30 -f json
        wegmarke ask time-to-first-job --report page.html --lang de
      """, aliases: ["frage"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var time: TimeOptions

  @Argument(help: "Name of a question (see: wegmarke questions list) or path of a file.")
  var question: String

  @Option(help: "Allowed gap, in the unit of the clock: 2mo, 28d.") var gap: TimeLength?
  @Option(help: "Gap rule: A, B or C. A overstates retention while people still come in.")
  var rule: GapRule?
  @Option(help: "Clock: day or month. Default: the definition's.") var clock: ClockUnit?
  @Option(parsing: .singleValue, help: "Group by an attribute at entry; may be repeated.")
  var by: [String] = []
  @Option(help: "Period of the index event: 2024, 2024-H1, 2024-Q3, 2024-05, or FROM..TO.")
  var window: String?
  @Option(help: "Times to read the curve off, in clock units: 3,6,12.") var at: String?
  @Option(
    name: .customLong("set"), parsing: .singleValue,
    help: "Another value of a parameter of the question: exit-window=14d; may be repeated.")
  var settings: [String] = []
  @Option(help: "Confidence level.") var level = 0.95
  @Option(help: "Confidence limits: plain, log, log-log, logit or arcsin.")
  var interval: IntervalType = .logLog
  @Option(name: .shortAndLong, help: "table, csv or json.") var format = AnswerFormat.table
  @Flag(help: "Also say what the unknown can change: limits in any case, tipping points.")
  var bounds = false
  @Option(help: "Also draw the curves into this SVG file.") var chart: String?
  @Option(help: "Also write a page to read and print into this HTML file.") var report: String?
  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
  var output: String?

  func validate() throws {
    guard level > 0 && level < 1 else {
      throw ValidationError(
        .init(
          en: "--level must lie between 0 and 1, as in --level 0.95.",
          de: "--level liegt zwischen 0 und 1, wie in --level 0.95."))
    }
  }

  func run() throws {
    let console = global.console
    let definition = try QuestionLibrary.find(question, settings: settings)
    // Before the work, not after it.
    let files = try Targets(chart, report, output)
    let choices = try choices(definition)
    let log = try store.openForReading()
    let knowledge = try Knowledge(time, of: log)
    let view = try console.refreshedView(of: log)
    let answer = try definition.answered(
      choices(knowledge.referenceDay), from: view,
      precision: .init(intervals: interval, level: level),
      certificate: AnswerCertificate(
        log, size: knowledge.size, isSimulated: knowledge.isSimulated, program: Wegmarke.version))
    warn(answer, console)
    try noteErased(since: knowledge.size, log, console)
    try log.noteReading(by: "ask \(definition.name)", of: .everybody, groups: [.record])
    try write(answer, to: files.output, knowledge, console)
    if let chart = files.chart { try draw(answer, into: chart, console) }
    if let report = files.report { try writePage(of: answer, to: report, knowledge, console) }
  }

  /// A file of figures, and the one beside it that certifies them.
  private struct CertifiedFile {
    let file: OutputFile
    let certificate: OutputFile

    init?(_ path: String?) throws {
      guard let path else { return nil }
      file = try OutputFile(path)
      certificate = try OutputFile(VerifyAnswer.certificate(of: path))
    }

    /// Writes the certificate first, so that no figures stand there without; a file without them is
    /// found out.
    func write(_ bytes: [UInt8], certified: [UInt8]) throws {
      try certificate.write(certified)
      try file.write(bytes)
    }
  }

  /// The files that an answer goes to.
  private struct Targets {
    let chart, report, output: CertifiedFile?

    init(_ chart: String?, _ report: String?, _ output: String?) throws {
      self.chart = try CertifiedFile(chart)
      self.report = try CertifiedFile(report)
      self.output = try CertifiedFile(output)
    }
  }

  private func draw(
    _ answer: any QuestionAnswer, into target: CertifiedFile, _ console: Console
  ) throws {
    let path = target.file.path
    guard let drawing = AnswerPicture(answer: answer, language: console.language).chart else {
      return console.warn(
        .init(
          en: "This answer has no picture; \(path) was not written.",
          de: "Zu dieser Antwort gibt es kein Bild; \(path) wurde nicht geschrieben."))
    }
    let svg = Array(drawing.svg().utf8)
    let certificate = try answer.certificate(
      ofChart: svg, in: console.language, file: target.file.name)
    try target.write(svg, certified: certificate)
    console.note(.init(en: "Chart: \(path)", de: "Grafik: \(path)"))
  }

  private func write(
    _ answer: any QuestionAnswer, to target: CertifiedFile?, _ knowledge: Knowledge,
    _ console: Console
  ) throws {
    let text: String
    switch format {
    case .table:
      text = try AnswerPage(
        answer: answer, basis: knowledge.basis, console: console, saysBounds: bounds
      ).text
    case .csv: text = try answer.csv
    case .json: text = String(decoding: try answer.json(), as: UTF8.self)
    }
    guard let target else {
      if format == .table { try console.print(text) } else { try console.printData(text) }
      if format == .csv { noteCertificate(of: answer, console) }
      return
    }
    let bytes = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
    guard format == .csv else { return try target.file.write(bytes) }
    try target.write(
      bytes, certified: try answer.certificate(ofCSV: bytes, file: target.file.name))
  }

  private func writePage(
    of answer: any QuestionAnswer, to target: CertifiedFile, _ knowledge: Knowledge,
    _ console: Console
  ) throws {
    let path = target.file.path
    let text = AnswerPage(answer: answer, basis: knowledge.basis, console: console)
    // Where a store and its keys lie is no concern of those who read the page.
    let command = ShellWords.again(without: ["--store": true, "--key-file": true], adding: [])
    let report = try AnswerReport(text, command: command)
    let html = Array(report.page.html().utf8)
    let certificate = try answer.certificate(
      ofPage: html, in: console.language, command: command, file: target.file.name)
    try target.write(html, certified: certificate)
    console.note(.init(en: "Report: \(path)", de: "Bericht: \(path)"))
  }

  /// Figures on standard output have no file to put a certificate beside.
  private func noteCertificate(of answer: any QuestionAnswer, _ console: Console) {
    let log = answer.certificate
    let facts =
      "\(log.origin) · #\(max(log.size, 1) - 1) · \(log.root.prefix(12)) · "
      + "\(answer.definition.name) v\(answer.definition.version)"
      + " (\(answer.definition.digest.prefix(8)))"
    console.note(
      .init(
        en: "Rests on \(facts)\n-o FILE writes the whole certificate beside it.",
        de: "Beruht auf \(facts)\n-o DATEI schreibt das ganze Zertifikat daneben."))
  }

  /// What was chosen, as soon as the reference day is known.
  private func choices(
    _ definition: QuestionDefinition
  ) throws -> (Day) -> QuestionDefinition.Choices {
    let window = try window.map { try Period.parse($0) }
    let horizons = try at.map { try Ask.horizons($0) }
    return { day in
      var choices = QuestionDefinition.Choices(referenceDay: day)
      choices.gap = gap
      choices.rule = rule
      choices.clock = clock
      choices.groupedBy = by.flatMap { $0.split(separator: ",").map(String.init) }
      choices.window = window
      choices.horizons = horizons
      return choices
    }
  }

  /// The times of a list: `3,6,12`.
  static func horizons(_ at: String) throws -> [Double] {
    let times = at.split(separator: ",").map { text in
      Double(text.prefix { $0.isNumber || $0 == "." })
    }
    let known = times.compactMap { $0 }
    guard known.count == times.count, !known.isEmpty else {
      throw Failure(
        .init(en: "--at \(at) is no list of times.", de: "--at \(at) ist keine Liste von Zeiten."),
        advice: .init(en: "Write --at 3,6,12.", de: "Bitte --at 3,6,12 schreiben."), .usage)
    }
    return known
  }

  /// Who was erased since is in no answer any more, not even in one about what was known then.
  private func noteErased(since size: UInt64, _ log: EventLog, _ console: Console) throws {
    let count = try log.erasedParticipants(knownAt: size)
    guard count > 0 else { return }
    console.note(
      .init(
        en: "\(count) of the people known then \(count == 1 ? "was" : "were") erased since; an"
          + " answer given before may differ, and this one is made without them.",
        de: "\(count) der damals bekannten Personen \(count == 1 ? "wurde" : "wurden") seither"
          + " gelöscht; eine frühere Antwort kann abweichen, diese entsteht ohne sie."))
  }

  private func warn(_ answer: any QuestionAnswer, _ console: Console) {
    if bounds, !(answer is ShareAnswer) || format != .table {
      console.warn(
        .init(
          en: "--bounds adds to tables of questions of shares (point, count) only; for curves with"
            + " lost people see wegmarke estimate bounds.",
          de: "--bounds ergänzt nur Tabellen zu Fragen nach Anteilen (point, count); für Kurven mit"
            + " Verlorenen siehe wegmarke estimate bounds."))
    }
    guard answer.parameters.rule == GapRule.a.rawValue else { return }
    console.warn(
      .init(
        en: "Rule A overstates retention while people are still coming in: in a simulated"
          + " programme it gave 54.9 % where 45.7 % was true. Rule B (the default) does not.",
        de: "Regel A überschätzt den Verbleib, solange noch Menschen hinzukommen: In einem"
          + " simulierten Programm ergab sie 54,9 % statt wahrer 45,7 %. Regel B (Standard) nicht.")
    )
  }
}

extension QuestionDefinition {
  /// The answer, with what does not fit said as a failure of the command.
  func answered(
    _ choices: Choices, from view: JourneysView, precision: Precision,
    certificate: AnswerCertificate
  ) throws -> any QuestionAnswer {
    do {
      return try answer(choices, from: view, precision: precision, certificate: certificate)
    } catch let problem as ChoiceProblem { throw Failure(choice: problem) }
  }
}

extension Failure {
  /// Words for choices that do not fit a question.
  init(choice problem: QuestionDefinition.ChoiceProblem) {
    switch problem {
    case .noGap:
      self = Failure(
        .init(
          en: "This question waits for no interruption; it has no --gap and no --rule.",
          de: "Diese Frage wartet auf keine Unterbrechung; --gap und --rule gibt es hier nicht."),
        .usage)
    case .onlyTimeToEvent(let kind):
      self = Failure(
        .init(
          en: "A question of kind “\(kind.rawValue)” cannot be asked so: its clock is fixed, and it"
            + " has no curve of one event.",
          de: "Eine Frage der Art „\(kind.rawValue)“ lässt sich so nicht stellen: Ihre Uhr liegt"
            + " fest, und sie hat keine Kurve eines Ereignisses."),
        advice: .init(
          en: "Leave --clock out; compare works with questions of kind time-to-event.",
          de: "Bitte --clock weglassen; compare gibt es für Fragen der Art time-to-event."), .usage)
    case .horizon(let horizon):
      self = Failure(
        .init(
          en: "A horizon of this question is a whole number from 0 on, not \(horizon).",
          de: "Ein Horizont dieser Frage ist eine ganze Zahl ab 0, nicht \(horizon)."),
        advice: .init(en: "Write --at 3,6,12.", de: "Bitte --at 3,6,12 schreiben."), .usage)
    case .gapUnit(let gap, let clock):
      let unit = clock == .day ? "28d" : "2mo"
      self = Failure(
        .init(
          en: "The clock of this question counts \(clock.rawValue)s; --gap \(gap) does not.",
          de: "Die Uhr dieser Frage zählt \(clock == .day ? "Tage" : "Monate"); --gap \(gap) nicht."
        ),
        advice: .init(
          en: "Write --gap \(unit), or choose another clock with --clock.",
          de: "Bitte --gap \(unit) schreiben oder mit --clock eine andere Uhr wählen."), .usage)
    }
  }
}

/// The formats of answers.
enum AnswerFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case table
  /// The curves in full precision.
  case csv
  /// Everything; schema `wegmarke.answer`.
  case json
}

extension IntervalType: ExpressibleByArgument {}
