import ArgumentParser
import EventLog
import Imports
import Interchange
import Journey
import Presentation

extension Import {
  /// The command `wegmarke import list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "All imports of the store.",
      discussion: """
        EXAMPLES
          wegmarke import list
          wegmarke import list --columns import,files,rejected
          wegmarke import list -f csv > imports.csv
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Option(name: .shortAndLong, help: "table, csv or de-csv.") var format = ListFormat.table
    @OptionGroup var chosen: ColumnOptions

    func run() throws {
      let console = global.console
      let list = Self.list(console)
      let columns = try chosen.places(in: list.names)
      let batches = try ImportRun.list(try store.openForReading())
      switch format {
      case .csv, .deCSV:
        try console.printBytes(list.csv(batches, columns, format.dialect))
      case .table:
        if batches.isEmpty {
          console.note(.init(en: "No imports yet.", de: "Noch keine Importe."))
        } else {
          try console.print(list.table(batches, columns, console))
        }
      }
    }

    /// The columns, in the order of CSV.
    private static func list(_ console: Console) -> PrintedList<ImportBatch> {
      let language = console.language
      typealias Column = PrintedList<ImportBatch>.Column
      var columns: [Column] = []
      columns.append(
        Column("import", .text, .init(en: "IMPORT", de: "IMPORT")) { .text($0.code) })
      columns.append(
        Column(
          "begun_at", .instant, .init(en: "WHEN", de: "WANN"), .words(minimum: 10),
          value: { .instant($0.begunAt) },
          cell: { TableCell(AccessPage.time($0.begunAt, language)) }))
      columns.append(
        Column(
          "files", .text, .init(en: "FILES", de: "DATEIEN"), .words(minimum: 7),
          value: { .words($0.files) }, cell: { TableCell($0.files) }))
      columns.append(
        Column("rows", .whole, .init(en: "ROWS", de: "ZEILEN"), .number) {
          .whole(Int64($0.rows))
        })
      columns.append(
        Column("rejected", .whole, .init(en: "REJECTED", de: "ABGEWIESEN"), .number) {
          $0.isFinished ? .whole(Int64($0.rejected)) : .missing
        })
      columns.append(
        Column(
          "events", .whole, .init(en: "EVENTS", de: "EREIGNISSE"), .number,
          value: { .optional($0.events) { .whole(Int64($0)) } },
          cell: {
            TableCell($0.events.map { NumberStyle(language).integer($0) } ?? NumberStyle.undefined)
          }))
      columns.append(
        Column(
          "state", .code, .init(en: "STATE", de: "STAND"), .words(minimum: 6),
          value: { .text(state($0).code) }, cell: { TableCell(state($0).words(language)) }))
      columns.append(
        Column("ended_at", .instant, .init(en: "ENDED", de: "BEENDET")) {
          .optional($0.endedAt) { .instant($0) }
        })
      columns.append(
        Column("undone_at", .instant, .init(en: "UNDONE", de: "ZURÜCKGENOMMEN")) {
          .optional($0.undoneAt) { .instant($0) }
        })
      columns.append(
        Column("simulated", .yesNo, .init(en: "MADE UP", de: "ERFUNDEN")) {
          .yesNo($0.isSimulated)
        })
      return PrintedList(
        columns: columns, usual: ["import", "begun_at", "files", "rows", "events", "state"])
    }

    private static func state(_ batch: ImportBatch) -> (code: String, words: LocalizedText) {
      if batch.isUndone { return ("undone", .init(en: "undone", de: "zurückgenommen")) }
      if batch.isFinished { return ("complete", .init(en: "complete", de: "vollständig")) }
      return (
        "interrupted",
        .init(en: "interrupted: run it again", de: "unterbrochen: noch einmal starten")
      )
    }
  }
}
