import FoundationEssentials
import Imports
import Interchange
import Journey

extension ImportDocument {
  private struct Document: Encodable {
    struct Rows: Encodable {
      let read, new, changed, unchanged, possibleDuplicate, resumed, withoutContent, duplicate,
        rejected, skipped, notCompared: Int

      init(_ rows: RowCounts) {
        (read, new, changed, unchanged) = (rows.read, rows.new, rows.changed, rows.unchanged)
        (possibleDuplicate, resumed) = (rows.similar, rows.resumed)
        (withoutContent, duplicate) = (rows.silent, rows.duplicate)
        (rejected, skipped, notCompared) = (rows.rejected, rows.skipped, rows.uncounted)
      }
    }
    /// A text in both languages, so that the file is the same whoever writes it.
    struct Text: Encodable {
      let de, en: String
      init(_ text: LocalizedText) { (de, en) = (text.de, text.en) }
    }
    struct Notice: Encodable {
      let code: String
      let message: Text
    }
    struct File: Encodable {
      let path: String
      let rows: Rows
      let notices: [Notice]
    }
    struct Message: Encodable {
      let file: String
      let line, column: Int?
      let message: Text
      let hint: Text?
    }
    struct Kind: Encodable {
      let code, severity: String
      let count: Int
      let examples: [Message]
    }
    let schema = "wegmarke.import-report"
    let schemaVersion = 1
    let outcome: String
    let `import`: String?
    let mapping: String
    let mappingVersion: Int
    let isSimulated: Bool
    let files: [File]
    let rows: Rows
    let events: [String: Int]
    let corrections, unchangedEvents, newParticipants, knownParticipants: Int
    let errors, warnings: Int
    let messages: [Kind]
    let rejectsFiles: [String]
  }

  private var outcomeName: String {
    switch imported.outcome {
    case .stored: "stored"
    case .forecast: "dry-run"
    case .refused: "refused"
    case .alreadyImported: "already-imported"
    case .interrupted: "interrupted"
    }
  }

  /// The report for programs: the same whatever the language.
  func json() throws -> String {
    let messages = kinds.map { kind in
      Document.Kind(
        code: kind.code, severity: kind.isError ? "error" : "warning", count: kind.count,
        examples: kind.examples.map {
          .init(
            file: $0.file, line: $0.line, column: $0.column, message: .init($0.message),
            hint: $0.hint.map { .init($0) })
        })
    }
    let events = imported.events.map { ($0.key.name, $0.value) }
    let document = Document(
      outcome: outcomeName, import: imported.batchCode, mapping: mapping.name,
      mappingVersion: mapping.version, isSimulated: imported.isSimulated,
      files: imported.files.map { file in
        .init(
          path: file.path, rows: .init(file.rows),
          notices: file.notices.map { .init(code: $0.code, message: .init($0.message)) })
      },
      rows: .init(imported.rows),
      events: Dictionary(events) { first, _ in first },
      corrections: imported.corrections, unchangedEvents: imported.unchangedEvents,
      newParticipants: imported.newParticipants, knownParticipants: imported.knownParticipants,
      errors: imported.diagnostics.errors, warnings: imported.diagnostics.warnings,
      messages: messages, rejectsFiles: imported.rejectsFiles)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
  }
}
