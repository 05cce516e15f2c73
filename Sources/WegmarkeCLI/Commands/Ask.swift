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
        wegmarke ask retention-after-job-start --nowcast --bounds
      """, aliases: ["frage"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var time: TimeOptions

  @Argument(
    help: "Name of a question (see: wegmarke questions list) or path of a file.",
    completion: Completing.questions)
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
  @Flag(
    help: "Also say what the unknown and the lost can change: worst and best case, tipping points.")
  var bounds = false
  @Flag(help: "Ask of the part only that is as good as completely recorded.") var mature = false
  @Flag(help: "Also correct the figures for what is recorded late.") var nowcast = false
  @Option(
    name: .customLong("response-by"), parsing: .singleValue,
    help: "Also weight shares for response by these attributes at entry; may be repeated.")
  var responseBy: [String] = []
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
    guard !(mature && nowcast) else {
      throw ValidationError(
        .init(
          en: "--mature leaves nothing for --nowcast to correct; choose one.",
          de: "--mature lässt --nowcast nichts zu berichtigen; bitte eins davon wählen."))
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
    knowledge.warnOfFuture(console)
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
        answer: answer, basis: knowledge.basis, console: console, saysBounds: bounds,
        question: question
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
      choices.groupedBy = Ask.names(by)
      choices.window = window
      choices.horizons = horizons
      choices.lateRecords = mature ? .mature : nowcast ? .nowcast : .asRecorded
      choices.bounds = bounds
      choices.responseBy = Ask.names(responseBy)
      return choices
    }
  }

  /// The names of an option that may be repeated and hold lists, each once.
  private static func names(_ option: [String]) -> [String] {
    var seen: Set<String> = []
    return option.flatMap { $0.split(separator: ",").map(String.init) }
      .filter { seen.insert($0).inserted }
  }

  /// The times of a list, `3,6,12`, in their order, each once.
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
    return Set(known).sorted()
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
    // A table says it itself.
    if format != .table, let en = MaturityText(answer, .english)?.heading,
      let de = MaturityText(answer, .german)?.heading
    {
      console.warn(.init(en: en, de: de))
    }
    guard answer.parameters.rule == GapRule.a.rawValue else { return }
    console.warn(
      .init(
        en: "Rule A overstates retention while people are still coming in: in a simulated"
          + " programme it gave 54.9% where 45.7% was true. Rule B (the default) does not.",
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
