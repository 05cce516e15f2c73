public import ArgumentParser
import EventLog
public import Exports
import Files
import Interchange
import Journey
import Keyring
import LabelledFiles
import Presentation

/// `wegmarke export`: data for other programs.
struct Export: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Hands data to other programs: people under names drawn for it, or an answer.",
    discussion: """
      EXAMPLES
        wegmarke export participants -o people.csv
        wegmarke export spells -f parquet -o spells.parquet
        wegmarke export panel -f de-csv -o verlauf.csv      # for German Excel
        wegmarke export spells -f sav -o spells.sav         # for SPSS; dta for Stata
        wegmarke export events -f xes -o journeys.xes       # for ProM, pm4py, bupaR
        wegmarke export answer retention-point -f parquet -o retention.parquet

      Beside FILE.csv lie FILE.datapackage.json and FILE.codebook.md: what every column means.
      """,
    subcommands: [ExportPeople.self, ExportAnswer.self], defaultSubcommand: ExportPeople.self,
    aliases: ["ausfuehren"])
}

/// `wegmarke export participants` and its like: data of people.
struct ExportPeople: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people",
    abstract: "Data of people, under names drawn for this export; the word people may be left out.",
    discussion: """
      EXAMPLES
        wegmarke export participants -o people.csv
        wegmarke export people events --as-of 2026-06-30 -o events.csv
      """)

  @OptionGroup var global: GlobalOptions
  @OptionGroup var store: StoreOptions
  @OptionGroup var time: TimeOptions

  @Argument(help: "participants, spells, panel or events.") var kind: ExportKind
  @Option(
    name: .shortAndLong,
    help: "csv, de-csv, tsv, json, ndjson, parquet, sav, dta; of events also xes, ocel.")
  var format = ExportFormat.csv
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write into this file, with a codebook beside it.", valueName: "file"),
    completion: .file())
  var output: String?
  @OptionGroup var chosen: ColumnOptions
  @Flag(help: "Write no codebook.") var noCodebook = false
  @OptionGroup var replacing: ReplaceOptions

  func validate() throws {
    if format.table == nil, kind != .events {
      throw ValidationError(
        .init(
          en: "\(format.rawValue) holds events: write wegmarke export events.",
          de: "\(format.rawValue) enthält Ereignisse: bitte wegmarke export events schreiben."))
    }
    if format.table == nil, chosen.columns != nil {
      throw ValidationError(
        .init(
          en: "\(format.rawValue) has no columns to choose.",
          de: "\(format.rawValue) hat keine Spalten zur Auswahl."))
    }
  }

  func run() throws {
    let console = global.console
    let file = try replacing.file(output)
    let books = try file.map { try CodebookFiles($0, replacing) }
    try format.table?.check(console, file, name: kind.rawValue)
    let log = try store.openForReading()
    try log.keyring.require([.group(.record)])
    let knowledge = try Knowledge(time, of: log)
    let table = try ExportTable(
      kind, of: log, try knowledge.exportBasis(of: log))
    let places = try chosen.places(in: table.variables.map(\.name))
    let line = ProgressBox(
      console.progress(
        .init(en: "Exporting", de: "Führe aus"), total: Int(try log.participantCount())))
    defer { line.finish() }
    let outcome: ExportTable.Outcome
    if let file {
      var replacement = try FileReplacement(file.path)
      outcome = try write(table, places, log, knowledge, console, line) {
        try replacement.append($0)
      }
      try note(outcome, log)
      try replacement.commit()
      file.noteWritten()
      if !noCodebook, let form = format.table {
        try books?.write(table.codebook.choosing(places), file, form)
      }
    } else {
      // Nothing is shown before it is written down who is in it.
      var bytes: [UInt8] = []
      outcome = try write(table, places, log, knowledge, console, line) { bytes += $0 }
      try note(outcome, log)
      line.finish()
      try console.printBytes(bytes)
    }
    line.finish()
    report(outcome, knowledge, console)
  }

  private func note(_ outcome: ExportTable.Outcome, _ log: EventLog) throws {
    try log.noteReading(
      by: "export \(kind.rawValue)", of: .persons(outcome.participants), groups: [.record])
  }

  private func write(
    _ table: ExportTable, _ places: [Int]?, _ log: EventLog, _ knowledge: Knowledge,
    _ console: Console,
    _ line: ProgressBox, to output: ([UInt8]) throws -> Void
  ) throws -> ExportTable.Outcome {
    func seen(_ done: Int, _ total: Int) { line.update(done) }
    let book = table.codebook.choosing(places)
    let variables = book.variables
    switch format {
    case .csv, .deCSV, .tsv:
      let dialect: CSVDialect = format == .csv ? .csv : format == .tsv ? .tsv : .germanCSV
      var writer = ChosenColumns(places, to: CSVTable(variables, dialect))
      return try table.write(&writer, seen: seen, to: output)
    case .json:
      var writer = ChosenColumns(
        places, to: JSONTable(variables, .document(table: kind.rawValue)))
      return try table.write(&writer, seen: seen, to: output)
    case .ndjson:
      var writer = ChosenColumns(places, to: JSONTable(variables, .lines))
      return try table.write(&writer, seen: seen, to: output)
    case .parquet:
      let name = "\(kind.rawValue).parquet"
      var writer = ChosenColumns(
        places,
        to: ParquetTable(
          variables,
          metadata: [("wegmarke.codebook", book.dataPackage(file: name, .parquet))]
            + facts(of: book).map { ("wegmarke.\($0.key)", $0.value) },
          creator: "wegmarke version \(Wegmarke.version)"))
      return try table.write(&writer, seen: seen, to: output)
    case .sav, .dta:
      var measure = ChosenColumns(places, to: TableMeasure(variables))
      _ = try table.write(&measure) { _ in }
      let file = try LabelledTable(
        book, format == .sav ? .sav : .dta, measure.writer, console.language,
        at: knowledge.recordedUntil)
      var writer = ChosenColumns(places, to: file)
      let outcome = try table.write(&writer, seen: seen, to: output)
      try file.finish()
      return outcome
    case .xes, .ocel:
      let process = try ProcessExport(
        of: log, size: knowledge.size, referenceDay: knowledge.referenceDay,
        language: console.language, facts: facts(of: book))
      return format == .xes
        ? try process.writeXES(seen: seen, to: output)
        : try process.writeOCEL(seen: seen, to: output)
    }
  }

  private func facts(of book: Codebook) -> [(key: String, value: String)] {
    // What is said of a log or a number is the same in every language.
    book.facts.map { ($0.key, $0.value.en) }
  }

  private func report(
    _ outcome: ExportTable.Outcome, _ knowledge: Knowledge, _ console: Console
  ) {
    let (english, german) = (NumberStyle(.english), NumberStyle(.german))
    let rows = outcome.rows
    let people = outcome.count.people
    console.note(
      .init(
        en: "\(english.integer(rows)) \(rows == 1 ? "row" : "rows") about"
          + " \(english.count(people, of: .person)).",
        de: "\(german.integer(rows)) \(rows == 1 ? "Zeile" : "Zeilen") zu"
          + " \(german.count(people, of: .person))."))
    if outcome.count.restricted > 0 {
      let count = outcome.count.restricted
      console.note(
        .init(
          en: "\(english.count(count, of: .person)) left out: their processing is restricted"
            + " (Art. 18 GDPR).",
          de: "\(german.count(count, of: .person)) ausgelassen: Die Verarbeitung ist eingeschränkt"
            + " (Art. 18 DSGVO)."))
    }
    console.note(knowledge.basis)
    console.note(OutputFile.personal)
  }
}

/// The two files of a codebook beside a table.
struct CodebookFiles {
  private let package: OutputFile
  private let page: OutputFile

  /// - Throws: `Failure` where one of them must not stand.
  init(_ table: OutputFile, _ replacing: ReplaceOptions) throws(Failure) {
    let folder = Folder.parent(of: table.path)
    var name = table.name
    if let dot = name.lastIndex(of: "."), dot > name.startIndex { name = String(name[..<dot]) }
    package = try replacing.file(at: "\(folder)/\(name).datapackage.json")
    page = try replacing.file(at: "\(folder)/\(name).codebook.md")
  }

  func write(_ book: Codebook, _ table: OutputFile, _ form: Codebook.Form) throws {
    try package.write(Array(book.dataPackage(file: table.name, form).utf8))
    try page.write(Array(book.markdown.utf8))
  }
}

/// The formats of exports.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
  /// RFC 4180, for machines.
  case csv
  /// For German spreadsheets.
  case deCSV = "de-csv"
  /// Tabs between fields.
  case tsv
  /// One document.
  case json
  /// One object a line.
  case ndjson
  /// Apache Parquet.
  case parquet
  /// SPSS.
  case sav
  /// Stata 14 and later.
  case dta
  /// IEEE 1849-2016, for process mining.
  case xes
  /// OCEL 2.0, for process mining.
  case ocel

  /// The form of the table; nil for logs of events.
  var table: Codebook.Form? { Codebook.Form(rawValue: rawValue) }
}

extension ExportKind: ExpressibleByArgument {}

extension Codebook.Form {
  /// Refuses before any work what cannot be shown or made.
  ///
  /// - Throws: `Failure` for bytes on a terminal, `LabelledFileError` without the library.
  func check(_ console: Console, _ file: OutputFile?, name: String) throws {
    if self == .sav || self == .dta, !LabelledTable.isInstalled {
      throw LabelledFileError.notInstalled
    }
    guard isBinary, file == nil, console.output.isInteractive else { return }
    throw Failure(
      .init(
        en: "\(rawValue) is nothing for a terminal.", de: "\(rawValue) ist nichts für ein Terminal."
      ),
      advice: .init(
        en: "Write it into a file: -o \(name).\(ending)",
        de: "Bitte in eine Datei schreiben: -o \(name).\(ending)"), .usage)
  }
}

extension Knowledge {
  /// What an export made of it rests on.
  func exportBasis(of log: EventLog) throws(LogError) -> ExportBasis {
    try ExportBasis(
      of: log, size: size, recordedUntil: recordedUntil, referenceDay: referenceDay,
      isSimulated: isSimulated)
  }
}
