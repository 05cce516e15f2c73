import EventLog
import Journey
import Keyring
import Presentation
import Projections

/// A timeline as people read it, before it is laid out as text, Markdown or a page.
struct TimelinePage {
  /// Nil where the keys at hand do not open it.
  let identity: ParticipantIdentity?
  /// How the person was asked for.
  let asked: String
  /// Who was merged into the person.
  let absorbed: [ParticipantIdentity]
  let timeline: Timeline
  let knowledge: Knowledge
  let console: Console
  /// What is to be done.
  let open: [OpenTask]
  /// Which entries are shown.
  var filter = TimelineFilter()
  /// Whether nothing may name anybody.
  var isRedacted = false
  /// The code of a participant; nil when it was erased.
  let code: (ParticipantRef) -> String?

  var language: Language { console.language }
  var words: EventText { EventText(language) }

  /// One entry in words.
  struct Row {
    let year: Int
    let date: String
    let label: String
    let details: String
    /// The position; empty where nothing may lead to the person.
    let number: String
    /// What became of it, oldest first.
    let changes: [String]
    let isRetracted: Bool
  }

  /// The entries that are shown.
  var rows: [Row] {
    timeline.entries.filter(filter.shows).map { entry in
      Row(
        year: entry.event.occurredOn.day.parts.year, date: shortDate(entry.event.occurredOn),
        label: entry.isWithheld
          ? LocalizedText(en: "entry not shown", de: "Eintrag nicht gezeigt")(language)
          : entry.event.type.label(language), details: details(entry),
        number: isRedacted ? "" : entry.position.description,
        changes: entry.changes.map(describe), isRetracted: entry.isRetracted)
    }
  }

  /// Who it is.
  var heading: String {
    var parts: [String]
    if isRedacted {
      parts = [LocalizedText(en: "One person, redacted", de: "Eine Person, geschwärzt")(language)]
    } else {
      parts = [identity?.code.description ?? asked]
      if let id = identity?.externalID { parts.append(id) }
    }
    for (label, field) in places {
      let value = timeline.entries.last { !$0.isRetracted && $0.event[field] != nil }?.event[field]
      if let value { parts.append("\(label(language)) \(value)") }
    }
    return parts.map(\.withoutControls).joined(separator: String.middot)
  }

  /// The three regions, each by itself.
  var state: [String] { StateText(language).regions(timeline.state) }

  /// What a reader must know besides, a sentence each.
  var remarks: [String] {
    var lines: [String] = []
    if !absorbed.isEmpty, !isRedacted {
      let names = absorbed.map { one in
        one.code.description + (one.externalID.map { " (\($0))" } ?? "")
      }.joined(separator: ", ")
      lines.append(
        LocalizedText(en: "Merged with \(names)", de: "Zusammengeführt mit \(names)")(language))
    }
    if timeline.erased > 0 {
      lines.append(
        LocalizedText(
          en: "\(timeline.erased) records were erased.",
          de: "\(timeline.erased) Datensätze wurden gelöscht.")(language))
    }
    lines += ErasureWords.dropped(timeline.dropped).map { $0(language) }
    if !timeline.closedGroups.isEmpty {
      let names = timeline.closedGroups.map { KeyringWords.group($0) }
      let (en, de) = (names.map(\.en), names.map(\.de))
      lines.append(
        LocalizedText(
          en: "Closed to this key: \(en.joined(separator: ", ")).",
          de: "Für diesen Schlüssel verschlossen: \(de.joined(separator: ", ")).")(language))
    }
    let hidden = timeline.entries.count { !filter.shows($0) }
    if hidden > 0 {
      let (shown, all) = (timeline.entries.count - hidden, timeline.entries.count)
      lines.append(
        LocalizedText(
          en: "\(shown) of \(all) entries shown.", de: "\(shown) von \(all) Einträgen gezeigt.")(
            language))
    }
    if isRedacted {
      lines.append(
        LocalizedText(
          en:
            "Names and texts are numbers; days stay, and may tell who knows the journey who it is.",
          de: "Namen und Texte sind Nummern; die Tage stehen da und können die Person verraten.")(
            language))
    }
    return lines
  }

  private var places: [(LocalizedText, Field<String>)] {
    [
      (.init(en: "network", de: "Netzwerk"), Fields.network),
      (.init(en: "sub-project", de: "Teilprojekt"), Fields.subproject),
      (.init(en: "advisor", de: "Beratung"), Fields.advisor),
    ]
  }

  private func details(_ entry: Timeline.Entry) -> String {
    let language = console.language
    if entry.isWithheld {
      return LocalizedText(en: "belongs to another person", de: "gehört zu einer anderen Person")(
        language)
    }
    var parts: [String] = []
    switch entry.event.type {
    case .participantsMerged, .participantTakenIn, .mergeReverted, .duplicateSuspected,
      .duplicateDismissed:
      if isRedacted { return "[…]" }
      let other = entry.event[Fields.otherParticipant].flatMap { UInt32(exactly: $0) }
      parts.append(
        other.flatMap { code(ParticipantRef($0)) }
          ?? LocalizedText(en: "somebody erased", de: "gelöschte Person")(language))
      if let reason = entry.event[Fields.reason] {
        parts.append(quoted(reason))
      }
    default:
      let isClosed = isRedacted && entry.event.type.schema.group != .record
      parts.append(isClosed ? "[…]" : words.details(entry.event))
    }
    if !entry.warnings.isEmpty { parts.append("[\(entry.warnings.joined(separator: ", "))]") }
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private func shortDate(_ date: CivilDate) -> String {
    let (_, month, day) = date.day.parts
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
    switch date.precision {
    case .day:
      return console.language == .german
        ? "\(two(day)).\(two(month))."
        : words.date(date)
          .split(separator: " ").prefix(2).joined(separator: " ")
    case .month, .quarter, .year: return words.date(date)
    }
  }

  /// Words of somebody, as they may reach a terminal.
  private func quoted(_ words: String) -> String {
    let words = words.linesWithoutControls
    return console.language == .german ? "„\(words)“" : "“\(words)”"
  }

  private func describe(_ change: Timeline.Change) -> String {
    let language = console.language
    let when = words.date(StoreZone.day(of: change.recordedAt))
    let who = change.author.map { " (\($0.withoutControls))" } ?? ""
    let why = change.reason.map { " – \(quoted($0))" } ?? ""
    guard let after = change.after else {
      let code = change.code.map { ": \($0.label(language))" } ?? ""
      if change.before.type == .participantsMerged || change.before.type == .participantTakenIn {
        return LocalizedText(
          en: "parted again on \(when)\(who)\(why)", de: "wieder getrennt am \(when)\(who)\(why)")(
            language)
      }
      return LocalizedText(
        en: "taken back on \(when)\(who)\(code)\(why)",
        de: "zurückgenommen am \(when)\(who)\(code)\(why)")(language)
    }
    let what = words.differences(change.before, after).joined(separator: "; ")
    if change.revives {
      // What must not be shown stands as a bare retraction; that is no earlier wording.
      let changed = what.isEmpty || change.before.type == .eventRetracted ? "" : ": \(what)"
      return LocalizedText(
        en: "stated again on \(when)\(who)\(changed)\(why)",
        de: "erneut erfasst am \(when)\(who)\(changed)\(why)")(language)
    }
    return LocalizedText(
      en: "corrected on \(when)\(who): \(what)\(why)",
      de: "berichtigt am \(when)\(who): \(what)\(why)")(language)
  }
}

/// Which entries of a timeline are shown.
struct TimelineFilter {
  /// Only these types; all where it is empty.
  var types: Set<EventType> = []
  /// Only what happened on this day or later.
  var since: Day?
  /// Only what happened until this day.
  var until: Day?

  /// Whether an entry is shown.
  func shows(_ entry: Timeline.Entry) -> Bool {
    let day = entry.event.occurredOn.day
    if !types.isEmpty, !types.contains(entry.event.type) { return false }
    if let since, day < since { return false }
    if let until, day > until { return false }
    return true
  }
}
