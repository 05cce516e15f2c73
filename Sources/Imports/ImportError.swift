public import EventLog
public import Files
public import Journey

/// Why an import could not be done, or not to its end.
///
/// Rows with errors are no `ImportError`; they are in the report.
public enum ImportError: ReadableError {
  /// No `[[file]]` of the mapping is for this file.
  case noMapping(file: String, patterns: [String])
  /// A file cannot be read.
  case file(path: String, reason: String)
  /// A file was changed while it was imported.
  case fileChanged(path: String)
  /// The rejected rows could not be written; nothing was stored.
  case rejects(FileError)
  /// The mapping states what was dropped by law.
  case groupDropped(EventType, pattern: String, by: Position)
  /// The log cannot be read or begun.
  case log(LogError)
  /// What an interrupted run stored cannot be recognised any more; nothing further was stored.
  case storeChanged(Durable)
  /// A batch could not be stored; what is durable is said.
  case interrupted(AppendError, Durable)

  /// How much of an import is in the store for good.
  public struct Durable: Sendable, Equatable {
    /// The code of the batch.
    public var batchCode = ""
    /// Rows whose events are stored.
    public var rows = 0
    /// Rows to store in all.
    public var totalRows = 0
    /// Events stored.
    public var events = 0
    /// Participants admitted.
    public var participants = 0

    /// How far the import got.
    public var message: LocalizedText {
      LocalizedText(
        en: "Stored for good: \(rows) of \(totalRows) rows, \(events) events,"
          + " \(participants) participants (import \(batchCode)).",
        de: "Sicher gespeichert: \(rows) von \(totalRows) Zeilen, \(events) Ereignisse,"
          + " \(participants) Teilnehmende (Import \(batchCode)).")
    }
  }

  /// What happened and why.
  public var message: LocalizedText {
    switch self {
    case .noMapping(let file, let patterns):
      let names = patterns.joined(separator: ", ")
      return LocalizedText(
        en: "The mapping has no entry for the file \(file) (only for \(names)).",
        de: "Die Zuordnung hat keinen Eintrag für die Datei \(file) (nur für \(names)).")
    case .file(let path, let reason):
      return LocalizedText(
        en: "\(path) cannot be read: \(reason)",
        de: "\(path) lässt sich nicht lesen: \(reason)")
    case .fileChanged(let path):
      return LocalizedText(
        en: "\(path) was changed while it was imported.",
        de: "\(path) wurde während des Imports verändert.")
    case .rejects(let error):
      return LocalizedText(
        en: "The rejected rows cannot be written to \(error.path): \(error.systemMessage)."
          + " Nothing was stored.",
        de: "Die abgewiesenen Zeilen lassen sich nicht nach \(error.path) schreiben:"
          + " \(error.germanMessage). Nichts wurde gespeichert.")
    case .groupDropped(let type, let pattern, let order):
      let group = type.schema.group.label
      return LocalizedText(
        en: "The mapping makes \(type.name) out of \(pattern), but the field group “\(group.en)”"
          + " was dropped by law (\(order)); nothing was stored.",
        de: "Die Zuordnung macht aus \(pattern) auch \(type.name), aber die Feldgruppe"
          + " „\(group.de)“ wurde durch Gesetz aufgehoben (\(order)); nichts wurde gespeichert.")
    case .log(let error):
      return LocalizedText(
        en: "The log refused: \(error)", de: "Das Protokoll lehnte ab: \(error)")
    case .storeChanged(let durable):
      return LocalizedText(
        en: "The store changed so that import \(durable.batchCode) cannot be resumed safely;"
          + " nothing further was stored.",
        de: "Der Bestand hat sich so verändert, dass Import \(durable.batchCode) nicht sicher"
          + " fortgesetzt werden kann; es wurde nichts weiter gespeichert.")
    case .interrupted(let error, let durable):
      let cause = ImportError.cause(error)
      return LocalizedText(
        en: "\(cause.en) \(durable.message.en)", de: "\(cause.de) \(durable.message.de)")
    }
  }

  /// What to do next.
  public var advice: LocalizedText? {
    switch self {
    case .noMapping:
      return LocalizedText(
        en: "Name the file as the mapping expects, or give the files in its order.",
        de: "Bitte die Datei so nennen, wie die Zuordnung es erwartet, oder die Dateien in deren"
          + " Reihenfolge angeben.")
    case .groupDropped:
      return LocalizedText(
        en: "Take this event out of the mapping, and ask the office to leave such columns out.",
        de: "Bitte dieses Ereignis aus der Zuordnung nehmen und die Stelle bitten, solche Spalten"
          + " wegzulassen.")
    case .file, .log, .rejects: return nil
    case .storeChanged:
      return LocalizedText(
        en: "Import the files again as another import, for example with one more empty line at"
          + " the end: it is compared with what is stored and brings only what is missing.",
        de: "Bitte die Dateien als neuen Import einlesen, etwa mit einer Leerzeile mehr am Ende:"
          + " Er wird mit dem Gespeicherten verglichen und bringt nur, was fehlt.")
    case .fileChanged, .interrupted:
      return LocalizedText(
        en: "Run the same import again: it goes on where it stopped and stores nothing twice.",
        de: "Bitte denselben Import noch einmal starten: Er macht dort weiter, wo er aufhörte, und"
          + " speichert nichts doppelt.")
    }
  }

  /// Whether the disk or the quota is full.
  public var isDiskFull: Bool {
    guard case .interrupted(let error, _) = self else { return false }
    return ImportError.isDiskFull(error)
  }

  private static func isDiskFull(_ error: AppendError) -> Bool {
    if case .log(let error) = error { error.isDiskFull } else { false }
  }

  private static func cause(_ error: AppendError) -> LocalizedText {
    if isDiskFull(error) {
      return LocalizedText(
        en: "The disk is full; free some space.",
        de: "Der Datenträger ist voll; bitte Platz schaffen.")
    }
    return LocalizedText(
      en: "The store refused a batch.", de: "Der Bestand nahm nichts mehr an.")
  }
}
