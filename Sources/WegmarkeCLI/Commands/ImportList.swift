import ArgumentParser
import EventLog
import Imports
import Journey
import Presentation

extension Import {
  /// The command `wegmarke import list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "All imports of the store.",
      discussion: """
        EXAMPLES
          wegmarke import list
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions

    func run() throws {
      let console = global.console
      let language = console.language
      let numbers = NumberStyle(language)
      let words = EventText(language)
      var table = TerminalTable([
        .code(LocalizedText(en: "IMPORT", de: "IMPORT")(language)),
        .text(LocalizedText(en: "WHEN", de: "WANN")(language), minimum: 10),
        .text(LocalizedText(en: "FILES", de: "DATEIEN")(language)),
        .number(LocalizedText(en: "ROWS", de: "ZEILEN")(language)),
        .number(LocalizedText(en: "EVENTS", de: "EREIGNISSE")(language)),
        .text(LocalizedText(en: "STATE", de: "STAND")(language)),
      ])
      let batches = try ImportRun.list(try store.openForReading())
      for batch in batches {
        let (hour, minute) = StoreZone.time(of: batch.begunAt)
        let state: LocalizedText =
          batch.isUndone
          ? .init(en: "undone", de: "zurückgenommen")
          : batch.isFinished
            ? .init(en: "complete", de: "vollständig")
            : .init(en: "interrupted: run it again", de: "unterbrochen: noch einmal starten")
        table.append([
          TableCell(batch.code),
          TableCell(
            "\(words.date(StoreZone.day(of: batch.begunAt))) "
              + numbers.time(hour: hour, minute: minute)),
          TableCell(batch.files), TableCell(numbers.integer(batch.rows)),
          TableCell(batch.events.map { numbers.integer($0) } ?? NumberStyle.undefined),
          TableCell(state(language)),
        ])
      }
      if batches.isEmpty {
        console.note(.init(en: "No imports yet.", de: "Noch keine Importe."))
      } else {
        try console.print(table.text(for: console.output))
      }
    }
  }
}
