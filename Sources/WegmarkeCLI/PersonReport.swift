import EventLog
import Journey
import Keyring
import Presentation
import ProjectionEngine

/// Everything held about a person, all parts of a merged one included.
struct PersonReport {
  let asked: String
  /// The records of all members, in the order of the log.
  let events: [ReadEvent]
  /// Who the members are, the one whose code stays first; nil where the keys at hand do not open it.
  let identities: [ParticipantIdentity]?
  /// The restriction that holds; nil when none does.
  let restriction: Restriction?
  /// Who read it; nil where the keys at hand do not open the access log.
  let readings: [RecordedAccess]?
  /// What the log says of passing on and keeping.
  let custody: PersonCustody

  /// Gathers everything.
  init(_ person: PersonStreams, asked: String, in log: EventLog) throws {
    self.asked = asked
    events = person.events
    identities =
      log.keyring.has(.identities)
      ? try person.members.map { try log.keyring.identity(of: $0) } : nil
    restriction = Restriction(person)
    readings =
      log.keyring.has(.accessLog)
      ? try log.readings(of: nil).filter { read in
        person.members.contains { read.entry.names($0) }
      } : nil
    custody = try PersonCustody(person, in: log)
  }

  /// The groups of which there are records that the keys at hand do not open.
  var closed: [FieldGroup] {
    Set(events.filter(\.isClosed).map(\.header.group)).sorted { $0.rawValue < $1.rawValue }
  }

  /// How many records there are of each field group that was dropped by law.
  var dropped: [FieldGroup: Int] {
    Dictionary(events.filter(\.isDropped).map { ($0.header.group, 1) }, uniquingKeysWith: +)
  }

  // MARK: Plain words

  /// The report in words, broken at a width.
  func text(_ language: Language, width: Int) -> String {
    let words = EventText(language)
    func say(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    var lines = [
      say("What is held about \(asked)", "Was über \(asked) gespeichert ist"),
      say(
        "Information under Article 15 GDPR, made \(words.date(StoreZone.today)).",
        "Auskunft nach Artikel 15 DSGVO, erstellt am \(words.date(StoreZone.today))."), "",
    ]
    lines += who(language)
    if let restriction {
      let day = words.date(restriction.since)
      let decision = restriction.statistics.entry.label(language)
      lines.append(
        say(
          "Processing is restricted since \(day) (\(decision)).",
          "Die Verarbeitung ist seit \(day) eingeschränkt (\(decision)).")
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
      lines.append(
        gone == 1
          ? say("1 record was erased.", "1 Angabe wurde gelöscht.")
          : say("\(gone) records were erased.", "\(gone) Angaben wurden gelöscht."))
    }
    lines += ErasureWords.dropped(dropped).map { $0(language) }
    lines += ["", say("Who read it", "Wer sie gelesen hat")]
    lines += readers(language)
    lines += ["", say("Passed on", "Weitergabe")]
    lines += custody.passedOn.map { "  " + $0(language) }
    lines += ["", say("Kept for how long", "Dauer der Speicherung")]
    lines += custody.retention.map { "  " + $0(language) }
    return lines.map { PersonReport.broken($0.linesWithoutControls, at: width) }
      .joined(separator: "\n")
  }

  private func who(_ language: Language) -> [String] {
    func say(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    guard let identities else { return [] }
    var lines: [String] = []
    for (index, identity) in identities.enumerated() {
      var line = say("Code: \(identity.code)", "Kennung: \(identity.code)")
      if let id = identity.externalID {
        line += " · " + say("id of the source: \(id)", "Kennung der Quelle: \(id)")
      }
      if index > 0 {
        line += " · " + say("merged into the first", "mit der ersten zusammengeführt")
      }
      lines.append(line)
    }
    return lines
  }

  private func readers(_ language: Language) -> [String] {
    func say(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    guard let readings else {
      return [
        say(
          "  Only the data-protection officer and the root key read the access log.",
          "  Das Zugriffsprotokoll lesen nur Datenschutz und Hauptschlüssel.")
      ]
    }
    if readings.isEmpty { return [say("  Nobody so far.", "  Bisher niemand.")] }
    return readings.map { read in
      "  \(AccessPage.time(read.recordedAt, language)) · \(AccessPage.who(read.entry)(language)),"
        + " \(read.entry.command)"
    }
  }

  /// A field of any event as a person reads it.
  private static func label(_ definition: FieldDefinition) -> LocalizedText {
    let german = [
      "operation": "Vorhaben", "network": "Netzwerk", "subproject": "Teilprojekt",
      "author": "von", "role": "als", "source": "Quelle", "evidence": "Nachweis",
      "reported-on": "gemeldet am", "reason": "Grund", "note": "Bemerkung",
    ]
    return LocalizedText(en: definition.name, de: german[definition.name] ?? definition.name)
  }

  /// A line broken at a width; what goes on is indented further.
  private static func broken(_ line: String, at width: Int) -> String {
    let indent = String(line.prefix { $0 == " " })
    let rest = line.dropFirst(indent.count)
    let hanging = indent + (indent.isEmpty ? "" : "  ")
    return String(rest).flowed(to: max(40, width - hanging.count))
      .split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      .map { ($0.offset == 0 ? indent : hanging) + $0.element }.joined(separator: "\n")
  }

  private func line(_ event: JourneyEvent, _ header: RecordHeader, _ language: Language) -> String {
    let words = EventText(language)
    func say(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    var parts = [
      "  #\(header.position.number)", words.date(event.occurredOn), event.type.label(language),
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
      parts.append("\(PersonReport.label(definition)(language)): \(text)")
    }
    parts.append(KeyringWords.group(header.group)(language))
    parts.append(
      say("taken in ", "erfasst ") + AccessPage.time(header.recordedAt, language))
    return parts.joined(separator: " · ")
  }
}
