public import ArgumentParser
import EventLog
import Exports
public import Interchange
import Journey
import Presentation
import ProjectionEngine

/// `wegmarke export answer`: the figures of an answer as a table with a codebook.
struct ExportAnswer: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "answer",
    abstract: "The figures of an answer, typed, with a codebook; for reading them on.",
    discussion: """
      EXAMPLES
        wegmarke export answer retention-point --by gender -o retention.csv
        wegmarke export answer time-to-first-job -f parquet -o curve.parquet
        wegmarke export answer retention-point -f dta -o retention.dta   # for Stata

      The same figures with a certificate that verify-answer checks come from wegmarke ask.
      """, aliases: ["antwort"])

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var time: TimeOptions
  @OptionGroup var asked: QuestionOptions

  @Option(name: .shortAndLong, help: "csv, de-csv, tsv, json, ndjson, parquet, sav or dta.")
  var format = Codebook.Form.csv
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write into this file, with a codebook beside it.", valueName: "file"),
    completion: .file())
  var output: String?
  @OptionGroup var chosen: ColumnOptions
  @Flag(help: "Write no codebook.") var noCodebook = false
  @OptionGroup var replacing: ReplaceOptions

  func run() throws {
    let console = global.console
    let definition = try asked.definition
    let file = try replacing.file(output)
    let books = try file.map { try CodebookFiles($0, replacing) }
    try format.check(console, file, name: "answer")
    let log = try store.openForReading()
    let knowledge = try Knowledge(time, of: log)
    let answer = try asked.answer(definition, log, knowledge, console)
    AnswerWarnings(answer).say(console, isTable: false)
    let all = try AnswerTable(answer, try knowledge.exportBasis(of: log))
    let table = all.choosing(try chosen.places(in: all.variables.map(\.name)))
    try log.noteReading(by: "export answer \(definition.name)", of: .everybody, groups: [.record])
    let bytes = try table.written(
      in: format, console.language, by: "wegmarke version \(Wegmarke.version)")
    guard let file else { return try console.printBytes(bytes) }
    try file.write(bytes)
    if !noCodebook { try books?.write(table.codebook, file, format) }
    let count = NumberStyle(.english).integer(table.rows.count)
    let zahl = NumberStyle(.german).integer(table.rows.count)
    console.note(.init(en: "\(count) rows of figures.", de: "\(zahl) Zeilen mit Zahlen."))
    console.note(knowledge.basis)
  }
}

extension Codebook.Form: ExpressibleByArgument {}
