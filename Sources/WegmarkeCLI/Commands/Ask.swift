import ArgumentParser
import EventLog
import Files
import Journey
import Presentation
import ProjectionEngine

/// `wegmarke ask`: answers a question.
struct Ask: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ask", abstract: "Answers a question from its definition file.",
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

  @OptionGroup var asked: QuestionOptions
  @Option(name: .shortAndLong, help: "table, csv or json.") var format = AnswerFormat.table
  @Option(help: "Also draw the curves into this SVG file.") var chart: String?
  @Option(help: "Also write a page to read and print into this HTML file.") var report: String?
  @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
  var output: String?
  @OptionGroup var replacing: ReplaceOptions

  func run() throws {
    let console = global.console
    let definition = try asked.definition
    // Before the work, not after it.
    let files = try Targets(chart, report, output, replacing)
    let log = try store.openForReading()
    let knowledge = try Knowledge(time, of: log)
    let answer = try asked.answer(definition, log, knowledge, console)
    AnswerWarnings(answer).say(console, isTable: format == .table)
    try log.noteReading(by: "ask \(definition.name)", of: .everybody, groups: [.record])
    try write(answer, to: files.output, knowledge, console)
    if let chart = files.chart { try draw(answer, into: chart, console) }
    if let report = files.report { try writePage(of: answer, to: report, knowledge, console) }
  }

  /// A file of figures, and the one beside it that certifies them.
  private struct CertifiedFile {
    let file: OutputFile
    let certificate: OutputFile

    init?(_ path: String?, _ replacing: ReplaceOptions) throws {
      guard let path, path != "-" else { return nil }
      file = try replacing.file(at: path)
      certificate = try replacing.file(at: VerifyAnswer.certificate(of: path))
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

    init(
      _ chart: String?, _ report: String?, _ output: String?, _ replacing: ReplaceOptions
    ) throws {
      self.chart = try CertifiedFile(chart, replacing)
      self.report = try CertifiedFile(report, replacing)
      self.output = try CertifiedFile(output, replacing)
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
        answer: answer, basis: knowledge.basis, console: console, saysBounds: asked.bounds,
        question: asked.question
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
