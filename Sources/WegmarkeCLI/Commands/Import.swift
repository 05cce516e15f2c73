import ArgumentParser
import Definitions
import EventLog
import Files
import Glibc
import Imports
import Interchange
import Journey
import Presentation
import Projections
import Synchronization

/// `wegmarke import`: files of an office become events.
struct Import: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Takes files of an office into the log.",
    discussion: """
      EXAMPLES
        wegmarke import persons.csv changes.csv --mapping mvad --dry-run
        wegmarke import persons.csv changes.csv --mapping mvad
        wegmarke import template participants
        wegmarke import list
        wegmarke import undo I-2026-0001 --reason "wrong file" --dry-run
        wegmarke import run --help       the options of an import
      """,
    subcommands: [
      Run.self, List.self, Undo.self, Template.self, Suggest.self, Vocabulary.self,
    ],
    defaultSubcommand: Run.self,
    aliases: ["einlesen"])

  /// What to do with rows that have errors.
  enum OnError: String, ExpressibleByArgument, CaseIterable {
    /// Keep everything out.
    case abort
    /// Leave those rows out.
    case skip
  }

  /// The command `wegmarke import FILE…`.
  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "run", abstract: "Imports files; the word run may be left out.",
      discussion: """
        EXAMPLES
          wegmarke import persons.csv changes.csv --mapping mvad --dry-run
          wegmarke import persons.csv changes.csv --mapping mvad --on-error skip
          wegmarke import list.csv --mapping office-participants --dry-run --report check.html
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions

    @Argument(help: "CSV files.") var files: [String]
    @Option(
      help: "Name of a mapping that comes with the program, or path of a file.",
      completion: Completing.mappings)
    var mapping: String
    @Flag(help: "Check everything and say what would be stored; store nothing.")
    var dryRun = false
    @Option(help: "Rows with errors: abort keeps everything out, skip leaves them out.")
    var onError = OnError.abort
    @Option(
      help: "Write rejected rows as they stand, with why: a file, or a folder for several files.")
    var rejects: String?
    @Option(
      help: ArgumentHelp(
        "Also write a report into this file: .html to read and print, .json for programs.",
        valueName: "file"))
    var report: [String] = []
    @OptionGroup var replacing: ReplaceOptions
    @Option(help: "Show at most so many messages.") var messages = 20
    @Flag(help: "Say on standard error what is stored, as soon as it is stored for good.")
    var verbose = false
    // For tests and measurements: many small commits instead of few large ones.
    @Option(help: .hidden) var batchSize: Int?

    func run() throws {
      let console = global.console
      if let missing = files.first(where: { !Folder.exists($0) }) {
        throw Failure(missingFile: missing)
      }
      let mapping = try MappingLibrary.find(mapping)
      for warning in mapping.warnings { console.warn(warning.message) }
      let log = dryRun ? try store.openForReading() : try store.openForIngest()
      var options = ImportOptions()
      options.isDryRun = dryRun
      options.skipsErrors = onError == .skip
      let isInterrupted = Interruption.watch()
      let place = store.path
      let marks = try Housekeeping.watermarks()
      // Full is what the disk becomes while an import runs.
      options.shouldStop = { [dryRun] in
        isInterrupted() || !dryRun && Housekeeping.isFull(place, marks)
      }
      if let batchSize, batchSize > 0 { options.batchSize = batchSize }
      if verbose {
        options.durable = { events in
          let last = events.count > 1 ? "–\(events.last)" : ""
          let range = "\(events.first)\(last) (\(events.batchCode))"
          console.say(.init(en: "Stored for good: \(range)", de: "Sicher gespeichert: \(range)"))
        }
      }
      let reports = try self.report.map { try ImportReportFile($0, beside: files, replacing) }
      options.rejects = try rejectsFiles(console.language, mapping.name)
      let likeness = ImportLikeness(log, console)
      if let likeness { options.resembles = likeness.message }
      let report = try execute(
        ImportRun(log: log, mapping: mapping, files: files, options: options), console)
      if let shown = likeness?.shown, !shown.isEmpty {
        try log.noteReading(by: "import", of: .persons(shown.sorted()), groups: [.identity])
      }
      let page = ImportPage(report: report, store: store.option, limit: messages, console: console)
      try console.print(page.text)
      for file in reports { try file.write(page, of: mapping) }
      // Messages show what stands in cells.
      if !reports.isEmpty, !report.diagnostics.kept.isEmpty { console.note(OutputFile.personal) }
      // Everything is stored: who is in a hurry need not wait for the view.
      Interruption.end()
      if log.isWritable, report.outcome == .stored { refreshView(of: log, console) }
      if report.outcome == .interrupted, !dryRun { try Housekeeping.refuseFullDisk(place) }
      if let status = page.exitStatus { throw ExitCode(status) }
    }

    /// Where the rejected rows of each file go: into the file named, or each into one of its own.
    private func rejectsFiles(
      _ language: Language, _ mapping: String
    ) throws -> ((String) -> RejectsFile?)? {
      guard let rejects else { return nil }
      let isFolder = Folder.isFolder(rejects)
      guard isFolder || files.count == 1 else {
        throw Failure(
          .init(
            en: "\(rejects) is no folder, and \(files.count) files are imported.",
            de: "\(rejects) ist kein Ordner, und \(files.count) Dateien werden eingelesen."),
          advice: .init(
            en: "Name a folder: each file's rejected rows go into a file of their own.",
            de: "Bitte einen Ordner nennen: Die abgewiesenen Zeilen jeder Datei kommen in eine"
              + " eigene Datei."), .usage)
      }
      var places: [String: String] = [:]
      for file in files {
        let name = "\(rejects)/\(RejectsFile.name(for: file, language: language))"
        let place = isFolder ? name : rejects
        try replacing.refuse(place, among: files, which: .imported)
        let output = try replacing.file(at: place)
        if places[file] == nil, places.values.contains(output.path) {
          throw Failure(
            .init(
              en: "The rejected rows of two files would go into \(place).",
              de: "Die abgewiesenen Zeilen zweier Dateien kämen nach \(place)."),
            advice: .init(
              en: "Import them one after the other.", de: "Bitte nacheinander einlesen."), .usage)
        }
        if self.report.contains(where: { Folder.isSame(place, $0) }) {
          throw Failure(
            .init(
              en: "\(place) is to hold the report.", de: "\(place) soll den Bericht aufnehmen."),
            advice: .init(en: "Name another file.", de: "Bitte eine andere Datei nennen."), .usage)
        }
        places[file] = output.path
      }
      return { file in
        places[file].map { path in
          let rejects = RejectsFile(path, language: language, mapping: mapping)
          rejects.whenWritten = { WrittenFiles.note(path) }
          return rejects
        }
      }
    }

    /// Brings the view up to date, so that the next question is answered at once.
    ///
    /// What is stored is stored: a view that cannot be written now is no failure of the import.
    private func refreshView(of log: EventLog, _ console: Console) {
      do { _ = try console.viewOnDisk(of: log) } catch {
        let cause = Failure(error).message
        console.warn(
          .init(
            en: "All is stored, but the view is not up to date; the next question refreshes it."
              + " \(cause.en)",
            de: "Alles ist gespeichert, doch die Sicht ist nicht auf dem Stand; das holt die"
              + " nächste Frage nach. \(cause.de)"))
      }
    }

    private func execute(_ run: ImportRun, _ console: Console) throws -> ImportReport {
      var line: ProgressLine?
      var phase: ImportProgress.Phase?
      defer { line?.finish() }
      do {
        return try run.run { progress in
          if progress.phase != phase {
            phase = progress.phase
            line?.finish()
            line = console.progress(
              progress.phase == .checking
                ? .init(en: "Checking rows", de: "Prüfe Zeilen")
                : .init(en: "Storing rows", de: "Speichere Zeilen"),
              total: nil)
          }
          let rejected = LocalizedText(
            en: "\(progress.rejected) rejected", de: "\(progress.rejected) abgewiesen")
          let share = Double(progress.bytes) / Double(max(1, progress.totalBytes))
          line?.update(
            done: progress.rows, of: share,
            note: progress.rejected == 0 ? "" : rejected(console.language))
        }
      } catch {
        var failure = Failure(error.message, advice: error.advice, .data)
        switch error {
        case .log(let error): failure = Failure(log: error)
        case .file, .noMapping: failure.exitCode = .noInput
        case .interrupted(let cause, let durable):
          failure.exitCode = .io
          if !error.isDiskFull {
            // A device that failed is not to be tried again as it is; a busy store is.
            failure.exitCode = Failure(append: cause).exitCode
            failure.message =
              Failure(append: cause).message + LocalizedText(verbatim: " ") + durable.message
          }
        case .rejects: failure.exitCode = .cannotCreate
        case .fileChanged, .storeChanged, .groupDropped: break
        }
        throw failure
      }
    }
  }
}

/// Ctrl-C: the first one asks to stop at the next safe place, the second one ends at once.
enum Interruption {
  private static let isAsked = Atomic<Bool>(false)

  /// Begins to watch; gives what tells whether to stop.
  static func watch() -> @Sendable () -> Bool {
    signal(SIGINT) { _ in
      if Interruption.isAsked.exchange(true, ordering: .relaxed) { _exit(130) }
    }
    return { isAsked.load(ordering: .relaxed) }
  }

  /// Ends the watch: Ctrl-C ends the program at once again.
  static func end() { signal(SIGINT, SIG_DFL) }
}

/// Mappings by name or path.
enum MappingLibrary {
  /// What files of offices are, each the end of the name of a mapping: `office-participants`.
  static let kinds = ["participants", "wide", "events", "states", "network"]

  /// The mapping with a name, or in a file when the text is a path.
  static func find(_ text: String) throws -> Mapping {
    let file = try DefinitionFiles.find(
      text, among: BuiltInFiles.mappings, in: "mappings",
      missing: .init(
        en: "There is no mapping “\(text)”.", de: "Eine Zuordnung „\(text)“ gibt es nicht."),
      advice: { names in
        .init(
          en: "Known: \(names). A file of your own is named by its path.",
          de: "Bekannt: \(names). Eigene Dateien werden mit Pfad genannt.")
      })
    return try Mapping.parse(bytes: file.bytes, file: file.path)
  }
}
