import EventLog
import Journey
import Keyring
import Presentation
import Projections

/// A timeline as text.
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
  /// The code of a participant; nil when it was erased.
  let code: (ParticipantRef) -> String?

  private var words: EventText { EventText(console.language) }

  var text: String {
    let style = console.output
    let width = style.proseWidth
    var lines = heading.flowed(to: width).lines { style.paint($0, .bold) }
    if !absorbed.isEmpty {
      let names = absorbed.map { one in
        one.code.description + (one.externalID.map { " (\($0))" } ?? "")
      }.joined(separator: ", ")
      lines += LocalizedText(en: "Merged with \(names)", de: "Zusammengeführt mit \(names)")(
        console.language
      ).flowed(to: width).lines { $0 }
    }
    lines.append(StateText(console.language).line(timeline.state).flowed(to: width))
    lines += knowledge.basis(console.language).flowed(to: width).lines { style.paint($0, .dim) }
    if knowledge.isSimulated {
      lines.append(Knowledge.simulated(console.language))
    }
    if timeline.erased > 0 {
      lines.append(
        LocalizedText(
          en: "\(timeline.erased) records were erased.",
          de: "\(timeline.erased) Datensätze wurden gelöscht.")(console.language))
    }
    lines += ErasureWords.dropped(timeline.dropped).map { $0(console.language) }
    if !timeline.closedGroups.isEmpty {
      let names = timeline.closedGroups.map { KeyringWords.group($0) }
      let (en, de) = (names.map(\.en), names.map(\.de))
      lines.append(
        LocalizedText(
          en: "Closed to this key: \(en.joined(separator: ", ")).",
          de: "Für diesen Schlüssel verschlossen: \(de.joined(separator: ", ")).")(
            console.language))
    }
    var year: Int?
    for entry in timeline.entries {
      let parts = entry.event.occurredOn.day.parts
      if parts.year != year {
        lines += ["", style.paint(String(parts.year), .bold)]
        year = parts.year
      }
      lines += self.lines(entry)
    }
    lines += openLines
    return lines.joined(separator: "\n")
  }

  private var heading: String {
    var parts = [identity?.code.description ?? asked]
    if let id = identity?.externalID { parts.append(id) }
    for (label, field) in places {
      let value = timeline.entries.last { !$0.isRetracted && $0.event[field] != nil }?.event[field]
      if let value { parts.append("\(label(console.language)) \(value)") }
    }
    return parts.map(\.withoutControls).joined(separator: String.middot)
  }

  private var places: [(LocalizedText, Field<String>)] {
    [
      (.init(en: "network", de: "Netzwerk"), Fields.network),
      (.init(en: "sub-project", de: "Teilprojekt"), Fields.subproject),
      (.init(en: "advisor", de: "Beratung"), Fields.advisor),
    ]
  }

  private func lines(_ entry: Timeline.Entry) -> [String] {
    let style = console.output
    let date = shortDate(entry.event.occurredOn).padded(to: 8)
    let label =
      entry.isWithheld
      ? LocalizedText(en: "entry not shown", de: "Eintrag nicht gezeigt")(console.language)
      : entry.event.type.label(console.language)
    let mark = entry.changes.isEmpty ? "" : " ✎"
    let number = "\(entry.position)\(mark)"
    let width = style.width ?? 100
    let labelWidth = width < 100 ? 26 : 34
    let room = max(14, width - 14 - labelWidth - 2 - number.displayColumns)
    let labels = label.wrapped(to: labelWidth).split(separator: "\n").map(String.init)
    let details = self.details(entry).wrapped(to: room).split(separator: "\n")
      .map(String.init)
    let look = entry.isRetracted ? Look.dim : .plain
    var lines: [String] = []
    for row in 0..<max(labels.count, details.count, 1) {
      let left = (row < labels.count ? labels[row] : "").padded(to: labelWidth)
      let right = row < details.count ? details[row] : ""
      if row == 0 {
        let body = style.paint("\(left)  \(right.padded(to: room))", look)
        lines.append("  \(date)  \(body)  \(style.paint(number, .dim))")
      } else {
        lines.append("            " + style.paint("\(left)  \(right)", look))
      }
    }
    for change in entry.changes {
      let text = "✎ " + describe(change)
      for line in text.wrapped(to: width - 14).split(separator: "\n") {
        lines.append("            " + style.paint(String(line), .dim))
      }
    }
    return lines
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
      let other = entry.event[Fields.otherParticipant].flatMap { UInt32(exactly: $0) }
      parts.append(
        other.flatMap { code(ParticipantRef($0)) }
          ?? LocalizedText(en: "somebody erased", de: "gelöschte Person")(language))
      if let reason = entry.event[Fields.reason] {
        parts.append(quoted(reason))
      }
    default: parts.append(words.details(entry.event))
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
