import ArgumentParser
import EventLog
import Files
import FoundationEssentials
import Journey
import Keyring
import Presentation
import ProjectionEngine

extension Privacy {
  /// The command `wegmarke privacy report` (article 15 GDPR).
  struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Everything that is held about a person, for the person.",
      discussion: """
        Every record with its sources and corrections, restrictions, merges, and who read it. What the
        key at hand does not open is named, so that the report says what it lacks.

        EXAMPLES
          wegmarke privacy report TN-7K4Q2M --lang de -o report.txt
          wegmarke privacy report TN-7K4Q2M -f json -o report.json
        """)

    @OptionGroup var global: GlobalOptions
    @OptionGroup var store: StoreOptions
    @Argument(help: "Code or a source's own id.") var participant: String
    @Option(name: .shortAndLong, help: "text or json.") var format = ReportFormat.text
    @Option(name: .shortAndLong, help: "Write to this file instead of standard output.")
    var output: String?

    func run() throws {
      let console = global.console
      if let output { try Failure.refuseMissingFolder(of: output) }
      let log = try store.openForReading()
      let ref = try log.find(participant)
      let events = try log.events(of: .participant(ref))
      guard events.contains(where: { $0.event != nil }) else {
        try log.keyring.require([.group(.record)])
        throw KeyringError.erased(ref: ref.number)
      }
      let report = PersonReport(
        asked: participant, ref: ref, events: events,
        identity: log.keyring.has(.identities) ? try log.keyring.identity(of: ref) : nil,
        readings: log.keyring.has(.accessLog) ? try log.readings(of: ref) : nil)
      try log.noteReading(
        by: "privacy report", of: .persons([ref]), groups: EventLog.groups(opened: events))
      let text =
        try format == .json ? report.json() : report.text(console.language)
      guard let output else { return try console.print(text) }
      try Folder.replace(output, with: Array((text + "\n").utf8).span)
      console.note(
        .init(
          en: "Written to \(output); hand it to the person alone, and destroy it afterwards.",
          de: "Geschrieben nach \(output); bitte nur der Person geben und danach vernichten."))
    }
  }
}

/// The formats of a report.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  /// For the person.
  case text
  /// Machine-readable, for taking along (Art. 20); schema `wegmarke.person-report`.
  case json
}

/// Everything held about a person.
struct PersonReport {
  let asked: String
  let ref: ParticipantRef
  let events: [ReadEvent]
  /// Nil where the keys at hand do not open it.
  let identity: ParticipantIdentity?
  /// Who read it; nil where the keys at hand do not open the access log.
  let readings: [RecordedAccess]?

  /// The groups of which there are records that the keys at hand do not open.
  private var closed: [FieldGroup] {
    Set(events.filter(\.isClosed).map(\.header.group)).sorted { $0.rawValue < $1.rawValue }
  }

  /// How many records there are of each field group that was dropped by law.
  private var dropped: [FieldGroup: Int] {
    Dictionary(events.filter(\.isDropped).map { ($0.header.group, 1) }, uniquingKeysWith: +)
  }

  // MARK: Plain words

  func text(_ language: Language) -> String {
    let words = EventText(language)
    func say(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    var lines = [
      say("What is held about \(asked)", "Was über \(asked) gespeichert ist"),
      say(
        "Information under Article 15 GDPR, made \(words.date(StoreZone.today)).",
        "Auskunft nach Artikel 15 DSGVO, erstellt am \(words.date(StoreZone.today))."), "",
    ]
    if let identity {
      lines.append(say("Code: \(identity.code)", "Kennung: \(identity.code)"))
      if let id = identity.externalID {
        lines.append(say("Id of the source: \(id)", "Kennung der Quelle: \(id)"))
      }
    }
    if let restriction = Restriction(events) {
      let day = words.date(restriction.since)
      lines.append(
        say(
          "Processing is restricted since \(day).",
          "Die Verarbeitung ist seit \(day) eingeschränkt.")
      )
    }
    if !closed.isEmpty {
      let names = closed.map { KeyringWords.group($0)(language) }.joined(separator: ", ")
      lines.append(
        say(
          "This report lacks what the key used does not open: \(names).",
          "Dieser Auskunft fehlt, was der benutzte Schlüssel nicht öffnet: \(names)."))
    }
    lines += [
      "",
      say(
        "Records, in the order in which they were taken in",
        "Angaben in der Reihenfolge ihrer Erfassung"),
    ]
    for read in events {
      if let event = read.event { lines.append(line(event, read.header, language)) }
    }
    let gone = events.filter(\.isErased).count
    if gone > 0 {
      lines.append(say("\(gone) records were erased.", "\(gone) Angaben wurden gelöscht."))
    }
    lines += ErasureWords.dropped(dropped).map { $0(language) }
    lines += ["", say("Who read it", "Wer sie gelesen hat")]
    if let readings {
      for read in readings {
        lines.append(
          "  \(AccessPage.time(read.recordedAt, language))  \(AccessPage.who(read.entry)(language)),"
            + " \(read.entry.command)")
      }
      if readings.isEmpty { lines.append(say("  Nobody so far.", "  Bisher niemand.")) }
    } else {
      lines.append(
        say(
          "  Only the data-protection officer and the root key read the access log.",
          "  Das Zugriffsprotokoll lesen nur Datenschutz und Hauptschlüssel."))
    }
    lines += [
      "",
      say("Passed on, and kept for how long", "Weitergabe und Dauer"),
      say(
        "  Wegmarke records no release of single people. Published tables hold no single person.",
        "  Wegmarke verzeichnet keine Weitergabe einzelner Personen. Veröffentlichte Tabellen enthalten"
          + " keine einzelne Person."),
      say(
        "  Supporting documents are kept five years from 31 December of the year of the last payment"
          + " (Art. 82 Regulation (EU) 2021/1060); the project states the day.",
        "  Belege werden fünf Jahre ab dem 31. Dezember des Jahres der letzten Zahlung aufbewahrt"
          + " (Art. 82 Verordnung (EU) 2021/1060); das Vorhaben nennt den Tag."),
    ]
    return lines.joined(separator: "\n")
  }

  private func line(_ event: JourneyEvent, _ header: RecordHeader, _ language: Language) -> String {
    let words = EventText(language)
    func say(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    var parts = [
      "  #\(header.position.number)  \(words.date(event.occurredOn))  \(event.type.label(language))"
    ]
    let details = words.details(event)
    if !details.isEmpty { parts.append(details) }
    if let target = event[Fields.target] {
      parts.append(say("changes #\(target)", "ändert #\(target)"))
    }
    for definition in Fields.common
    where definition.tag != Fields.target.tag && definition.tag != Fields.batch.tag {
      guard let value = event.fields.value(of: definition.tag),
        let text = words.text(definition, value)
      else { continue }
      parts.append("\(definition.name): \(text)")
    }
    parts.append(KeyringWords.group(header.group)(language))
    parts.append(
      say("taken in ", "erfasst ") + AccessPage.time(header.recordedAt, language))
    return parts.joined(separator: " · ")
  }

  // MARK: JSON

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
    let schema = "wegmarke.person-report"
    let schemaVersion = 1
    let code: String?
    let sourceID: String?
    let restrictedSince: String?
    let closedGroups: [String]
    let erasedRecords: Int
    let droppedRecords: [String: Int]
    let records: [Record]
    let readings: [Reading]?
  }

  /// Everything in codes and ISO dates.
  func json() throws -> String {
    let document = Document(
      code: identity?.code.description, sourceID: identity?.externalID,
      restrictedSince: Restriction(events)?.since.description, closedGroups: closed.map(\.name),
      erasedRecords: events.filter(\.isErased).count,
      droppedRecords: Dictionary(
        uniqueKeysWithValues: dropped.map { ($0.key.name, $0.value) }),
      records: events.compactMap { read in
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
          recordedAt: Timestamp.text(read.header.recordedAt),
          group: read.header.group.name, corrects: event[Fields.target], fields: fields)
      },
      readings: readings?.map { read in
        Document.Reading(
          recordedAt: Timestamp.text(read.recordedAt), user: read.entry.user,
          role: read.entry.role?.kind.rawValue ?? "root", command: read.entry.command,
          groups: read.entry.groups.map(\.name))
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
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
