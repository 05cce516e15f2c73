import ArgumentParser
import Definitions
import EventLog
import Files
import Imports
import Journey
import Keyring
import Presentation
import Recording

extension Import {
  /// The command `wegmarke import undo`.
  struct Undo: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "undo",
      abstract: "Takes back what an import brought, but for what somebody has built on since.",
      discussion: """
        EXAMPLES
          wegmarke import undo I-2026-0001 --reason "wrong file" --dry-run
          wegmarke import undo I-2026-0001 --reason "wrong file" --yes

        A person about whom anything was stored since keeps all that the import brought.
        """, aliases: ["zuruecknehmen"])

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @OptionGroup var confirmation: ConfirmationOptions

    @Argument(help: "The import (see: wegmarke import list).") var batch: String
    @Option(help: "Why, in words.") var reason: String
    @Option(help: "Who takes it back. Default: the login name.") var author: String?

    func run() throws {
      let console = global.console
      let dryRun = confirmation.dryRun
      try StatedText.reason(reason)
      if let author { try StatedText.line(author, .init(en: "The name", de: "Der Name")) }
      let log = try dryRun ? store.openForReading() : store.openForWriting()
      let batch = try find(log)
      let undo = ImportUndo(
        batch, in: log, author: RecordingOptions.author(author), role: .advisor, reason: reason,
        now: SystemClock.microseconds)
      let forecast = try run(undo, stores: false, console)
      if dryRun, !forecast.touched.isEmpty {
        // Says of people that something was recorded about them since.
        try log.noteReading(
          by: "import undo --dry-run", of: .persons(Array(forecast.touched.prefix(Self.shown))),
          groups: [])
      }
      if dryRun || forecast.reversed == 0 {
        try console.print(page(batch, forecast, log, console, isDone: false))
        // A run that was stopped behind its last portion is still to be ended.
        if !dryRun, forecast.kept == 0, !batch.isUndone {
          _ = try run(undo, stores: true, console)
        }
        return
      }
      if !confirmation.yes {
        console.say(
          LocalizedText(
            en: page(batch, forecast, log, console, isDone: false),
            de: page(batch, forecast, log, console, isDone: false)))
      }
      try confirmation.confirm(
        batch.code, console,
        warning: .init(
          en: "Only importing the files again brings this back",
          de: "Das bringt nur ein neuer Import der Dateien zurück"))
      let outcome = try run(undo, stores: true, console)
      try console.print(page(batch, outcome, log, console, isDone: true))
      console.note(
        .init(
          en: "To bring it back, import the same files again: \(batch.files)",
          de: "Um es zurückzuholen, dieselben Dateien noch einmal einlesen: \(batch.files)"))
    }

    private func find(_ log: EventLog) throws -> ImportBatch {
      let batches = try ImportRun.list(log)
      if let found = batches.first(where: { $0.code == batch.uppercased() }) { return found }
      throw Failure(
        LocalizedText(
          en: "There is no import “\(batch)”.", de: "Einen Import „\(batch)“ gibt es nicht.")
          + didYouMean(nearestName(to: batch.uppercased(), among: batches.map(\.code))),
        advice: .init(en: "See: wegmarke import list", de: "Siehe: wegmarke import list"), .noInput)
    }

    private func run(
      _ undo: ImportUndo, stores: Bool, _ console: Console
    ) throws -> ImportUndo.Outcome {
      let line = console.progress(
        stores
          ? .init(en: "Taking back", de: "Nehme zurück") : .init(en: "Looking", de: "Sehe nach"),
        total: nil)
      defer { line?.finish() }
      do throws(ImportUndoError) {
        return try undo.run(stores: stores) { done, _ in line?.update(done: done, note: "") }
      } catch {
        switch error {
        case .unfinished(let batch):
          throw Failure(
            .init(
              en: "\(batch.code) was interrupted and is not complete.",
              de: "\(batch.code) wurde unterbrochen und ist nicht vollständig."),
            advice: .init(
              en: "Import the same files again to complete it; then undo it.",
              de: "Bitte dieselben Dateien noch einmal einlesen; danach zurücknehmen."), .data)
        case .log(let error): throw Failure(log: error)
        case .append(let error): throw Failure(append: error)
        }
      }
    }

    /// How many of the people are named.
    private static let shown = 8

    /// What becomes of the import's events.
    private func page(
      _ batch: ImportBatch, _ outcome: ImportUndo.Outcome, _ log: EventLog, _ console: Console,
      isDone: Bool
    ) -> String {
      let language = console.language
      let numbers = NumberStyle(language)
      func word(_ en: String, _ de: String) -> String { language == .german ? de : en }
      func number(_ value: Int) -> String { numbers.integer(value) }
      var lines = [
        "\(batch.code) (\(batch.files)): "
          + word("\(number(outcome.events)) events", "\(number(outcome.events)) Ereignisse")
      ]
      if !isDone, confirmation.dryRun {
        lines.append(
          word("Dry run: nothing was changed.", "Probelauf: Es wurde nichts geändert."))
      }
      var counts = [
        (
          isDone
            ? word("taken back", "zurückgenommen")
            : word("to be taken back", "zurückzunehmen"), outcome.reversed
        ),
        (word("kept, because touched since", "behalten, weil seither bearbeitet"), outcome.kept),
        (word("not possible", "nicht möglich"), outcome.impossible),
      ]
      if outcome.reversedBefore > 0 {
        counts.insert(
          (word("taken back before", "schon zurückgenommen"), outcome.reversedBefore), at: 1)
      }
      let width = counts.map { number($0.1).count }.max() ?? 1
      for (name, value) in counts {
        let text = number(value)
        lines.append("  " + String(repeating: " ", count: width - text.count) + "\(text)  \(name)")
      }
      if !outcome.touched.isEmpty {
        let names = outcome.touched.prefix(Self.shown).map { ref in
          (try? log.keyring.identity(of: ref))?.code.description ?? "(\(ref.number))"
        }
        let more = outcome.touched.count - names.count
        lines.append(
          word("Kept: ", "Behalten: ") + names.joined(separator: ", ")
            + (more > 0 ? word(" and \(number(more)) more", " und \(number(more)) weitere") : ""))
      }
      if outcome.impossible > 0 {
        lines.append(
          word(
            "Not possible: people erased since, or closed to these keys.",
            "Nicht möglich: seither Gelöschte, oder diesen Schlüsseln verschlossen."))
      }
      let text = lines.joined(separator: "\n")
      return console.output.wrapped(text)
    }
  }
}
