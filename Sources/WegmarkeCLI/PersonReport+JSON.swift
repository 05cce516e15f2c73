import EventLog
import FoundationEssentials
import Journey
import Keyring
import ProjectionEngine

extension PersonReport {
  private struct Document: Encodable {
    struct Record: Encodable {
      let position: UInt64
      let type: String
      let occurredOn: String
      let recordedAt: String
      let group: String
      let corrects: Int?
      let fields: [String: String]
    }
    struct Reading: Encodable {
      let recordedAt: String
      let user: String
      let role: String
      let command: String
      let groups: [String]
    }
    struct Export: Encodable {
      let export: String
      let recordedAt: String
      let sha256: String?
    }
    struct Refusal: Encodable {
      let position: UInt64
      let reviewOn: String?
    }
    let schema = "wegmarke.person-report"
    let schemaVersion = 1
    let code: String?
    let sourceID: String?
    /// Codes of those who were merged into this one.
    let mergedCodes: [String]?
    let restrictedSince: String?
    let statistics: String?
    let closedGroups: [String]
    let erasedRecords: Int
    let droppedRecords: [String: Int]
    let records: [Record]
    let readings: [Reading]?
    let exports: [Export]
    let releasedTables: Int
    let refusedErasures: [Refusal]
    let operationsUntil: [String: String]
  }

  /// Everything in codes and ISO dates.
  func json() throws -> String {
    let document = Document(
      code: identities?.first?.code.description, sourceID: identities?.first?.externalID,
      mergedCodes: identities.map { $0.dropFirst().map(\.code.description) },
      restrictedSince: restriction?.since.description, statistics: restriction?.statistics.code,
      closedGroups: closed.map(\.name), erasedRecords: events.filter(\.isErased).count,
      droppedRecords: Dictionary(
        uniqueKeysWithValues: dropped.map { ($0.key.name, $0.value) }),
      records: events.compactMap { record($0) },
      readings: readings?.map { read in
        Document.Reading(
          recordedAt: Timestamp.text(read.recordedAt), user: read.entry.user,
          role: read.entry.role?.kind.rawValue ?? "root", command: read.entry.command,
          groups: read.entry.groups.map(\.name))
      },
      exports: custody.exports.map { export in
        Document.Export(
          export: export.id, recordedAt: Timestamp.text(export.recordedAt), sha256: export.digest)
      }, releasedTables: custody.releases,
      refusedErasures: custody.refusals.map { refusal in
        Document.Refusal(
          position: refusal.position.number, reviewOn: refusal.reviewOn?.description)
      },
      operationsUntil: Dictionary(
        custody.operations.map { ($0.network, $0.until.description) },
        uniquingKeysWith: { _, last in last }))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  private func record(_ read: ReadEvent) -> Document.Record? {
    guard let event = read.event else { return nil }
    var fields: [String: String] = [:]
    for entry in event.fields.entries where entry.tag != Fields.target.tag {
      guard let definition = event.type.schema.definition(of: entry.tag) else { continue }
      let value = PersonReport.plain(definition, entry.value)
      fields[definition.name] = fields[definition.name].map { "\($0); \(value)" } ?? value
    }
    return Document.Record(
      position: read.header.position.number, type: event.type.name,
      occurredOn: event.occurredOn.description,
      recordedAt: Timestamp.text(read.header.recordedAt), group: read.header.group.name,
      corrects: event[Fields.target], fields: fields)
  }

  private static func plain(_ definition: FieldDefinition, _ value: FieldValue) -> String {
    switch (definition.type, value) {
    case (.code(let list), .integer(let number)):
      UInt8(exactly: number).flatMap { list.entry(of: $0) }?.code ?? "\(number)"
    case (.boolean, .integer(let number)): number == 1 ? "yes" : "no"
    case (.decimal, .integer(let number)): "\(Double(number) / 100)"
    case (_, .integer(let number)): "\(number)"
    case (_, .text(let text)): text
    case (_, .date(let date)): date.description
    }
  }
}
