import ArgumentParser
import EventLog
import Interchange
import Journey
import Keyring
import Presentation

extension Privacy {
  /// The command `wegmarke privacy exports`.
  struct Exports: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "exports",
      abstract: "Lists what was exported from the store, and what of it was destroyed.",
      discussion: """
        EXAMPLES
          wegmarke privacy exports
          wegmarke privacy exports --format csv
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Option(name: .shortAndLong, help: "table, csv or de-csv.") var format = ListFormat.table

    func run() throws {
      let console = global.console
      let exports = try store.openForReading().recordedExports()
      switch format {
      case .csv, .deCSV: try console.printBytes(csv(exports))
      case .table:
        guard !exports.isEmpty else {
          return try console.print(
            LocalizedText(
              en: "Nothing was exported so far.", de: "Bisher wurde nichts ausgeführt.")(
                console.language))
        }
        try console.print(table(exports, console))
      }
    }

    private func table(_ exports: [RecordedExport], _ console: Console) -> String {
      let language = console.language
      let words = { (en: String, de: String) in LocalizedText(en: en, de: de)(language) }
      var table = TerminalTable([
        .code(words("EXPORT", "AUSFUHR")), .code(words("DAY", "TAG")),
        .text(words("WHAT", "WAS"), minimum: 12), .text(words("FOR", "FÜR"), minimum: 10),
        .text(words("BY", "VON"), minimum: 6), .text(words("STATE", "STAND"), minimum: 10),
      ])
      for export in exports {
        table.append([
          TableCell(export.id),
          TableCell(EventText(language).date(StoreZone.day(of: export.recordedAt))),
          TableCell(
            "\(ExportWords.content(export.kind)(language)), \(words("epoch", "Epoche"))"
              + " \(export.epoch)"),
          TableCell(export.recipient ?? words("(sealed)", "(versiegelt)")),
          TableCell(export.author ?? words("(sealed)", "(versiegelt)")),
          TableCell(
            export.destroyed.map { words("destroyed \($0)", "vernichtet \($0)") }
              ?? words("open", "offen")),
        ])
      }
      return table.text(for: console.output)
    }

    /// Machine-readable; codes and UTC times whatever the language.
    private func csv(_ exports: [RecordedExport]) -> [UInt8] {
      var writer = CSVWriter(format.dialect)
      writer.header([
        "export", "recorded_at", "position", "kind", "role", "epoch", "sha256", "recipient",
        "author", "destroyed_position", "destroyed_reason",
      ])
      for export in exports {
        var role = ""
        if case .roleKey(let number) = export.kind { role = "\(number)" }
        let cells = [
          export.id, Timestamp.text(export.recordedAt), "\(export.position.number)",
          role.isEmpty ? "keys" : "role-key", role, "\(export.epoch)", export.digest ?? "",
          export.recipient ?? "", export.author ?? "",
          export.destroyed.map { "\($0.number)" } ?? "", export.reasonOfDestruction ?? "",
        ]
        for cell in cells { writer.text(cell) }
        writer.endRow()
      }
      return writer.take()
    }
  }
}

/// Exports in words.
enum ExportWords {
  /// What an export holds.
  static func content(_ kind: RecordedExport.Kind) -> LocalizedText {
    switch kind {
    case .keys: .init(en: "all keys", de: "alle Schlüssel")
    case .roleKey(let number):
      .init(en: "the key of role \(number)", de: "Schlüssel der Rolle \(number)")
    }
  }

  /// The export that a person means.
  static func find(_ id: String, in log: EventLog) throws -> RecordedExport {
    guard let export = try log.recordedExports().last(where: { $0.id == id.uppercased() }) else {
      throw Failure(
        .init(
          en: "There is no export “\(id)”.", de: "Eine Ausfuhr „\(id)“ gibt es nicht."),
        advice: .init(
          en: "See: wegmarke privacy exports", de: "Siehe: wegmarke privacy exports"), .noInput)
    }
    return export
  }
}

extension Failure {
  /// Words for exports of keys that cannot be used.
  init(export error: KeyringError) {
    switch error {
    case .notAnExport(let path):
      self = Failure(
        .init(
          en: "\(path) is no export of keys that this program reads.",
          de: "\(path) ist keine Schlüsselausfuhr, die dieses Programm liest."), .data)
    case .exportDamaged(let path):
      self = Failure(
        .init(
          en: "\(path) was changed, or its end is missing; nothing was imported.",
          de: "\(path) wurde verändert, oder das Ende fehlt; nichts wurde übernommen."),
        advice: .init(
          en: "Take another copy of the export.", de: "Bitte eine andere Kopie der Ausfuhr nehmen."),
        .data)
    case .noSuchRole(let number):
      self = Failure(
        .init(en: "There is no role \(number).", de: "Eine Rolle \(number) gibt es nicht."),
        advice: .init(
          en: "See: wegmarke privacy keys list", de: "Siehe: wegmarke privacy keys list"), .noInput)
    case .otherKeyThere(let path):
      self = Failure(
        .init(
          en: "Another key lies at \(path); nothing was imported.",
          de: "In \(path) liegt ein anderer Schlüssel; nichts wurde übernommen."),
        advice: .init(
          en: "Move that file away, or name another place.",
          de: "Bitte diese Datei beiseitelegen oder einen anderen Ort nennen."), .cannotCreate)
    case .keysNewer(let epoch, let exported):
      self = Failure(
        .init(
          en:
            "The store holds keys of epoch \(epoch), which this export (epoch \(exported)) does not"
            + " open; nothing was imported.",
          de:
            "Der Bestand hat Schlüssel der Epoche \(epoch), die diese Ausfuhr (Epoche \(exported))"
            + " nicht öffnet; nichts wurde übernommen."),
        advice: .init(
          en: "Put the key file that belongs to them back. Only if it is lost for good: move the"
            + " folder keys/epoch-\(epoch) out of the store and import again; who was admitted since"
            + " the export stays unreadable.",
          de:
            "Bitte die zugehörige Schlüsseldatei zurücklegen. Nur wenn sie endgültig verloren ist:"
            + " den Ordner keys/epoch-\(epoch) aus dem Bestand nehmen und noch einmal einführen; wer"
            + " nach der Ausfuhr aufgenommen wurde, bleibt unlesbar."), .data)
    default:
      self = Failure(
        .init(
          en: "The store has its keys and its key file; nothing was imported.",
          de: "Der Bestand hat seine Schlüssel und die Schlüsseldatei; nichts wurde übernommen."),
        .data)
    }
  }

  /// A file that must not exist.
  static func fileIsThere(_ path: String) -> Failure {
    Failure(
      .init(en: "\(path) exists already.", de: "\(path) gibt es schon."),
      advice: .init(
        en: "Name another file; nothing is ever replaced here.",
        de: "Bitte eine andere Datei nennen; hier wird nie etwas ersetzt."), .cannotCreate)
  }
}
