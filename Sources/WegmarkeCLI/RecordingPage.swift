import EventLog
import Journey
import Keyring
import Presentation
import ProjectionEngine
import Recording

/// What was recorded, or would be, and the way back.
struct RecordingPage {
  let log: EventLog
  let console: Console
  /// The option that names the store again.
  let store: String
  /// The command as the access log names it: `correct`.
  let command: String

  /// What became of a plan.
  enum Outcome {
    /// Shown to whoever is asked whether to store it.
    case preview
    case wouldRecord, wouldCorrect, wouldRetract, wouldMerge, wouldUnmerge
    case recorded(RecordedPlan), corrected(RecordedPlan), retracted(RecordedPlan)
    case merged(RecordedPlan), unmerged(RecordedPlan)

    var done: RecordedPlan? {
      switch self {
      case .recorded(let done), .corrected(let done), .retracted(let done), .merged(let done),
        .unmerged(let done):
        done
      default: nil
      }
    }

    /// What was done, in a word.
    var verb: LocalizedText {
      switch self {
      case .recorded: .init(en: "Recorded", de: "Erfasst")
      case .corrected: .init(en: "Corrected", de: "Berichtigt")
      case .retracted: .init(en: "Taken back", de: "Zurückgenommen")
      case .merged: .init(en: "Merged", de: "Zusammengeführt")
      case .unmerged: .init(en: "Parted", de: "Getrennt")
      case .preview: .init(en: "To be recorded", de: "Zu erfassen")
      case .wouldRecord: .init(en: "Would record", de: "Würde erfassen")
      case .wouldCorrect: .init(en: "Would correct", de: "Würde berichtigen")
      case .wouldRetract: .init(en: "Would take back", de: "Würde zurücknehmen")
      case .wouldMerge: .init(en: "Would merge", de: "Würde zusammenführen")
      case .wouldUnmerge: .init(en: "Would part", de: "Würde trennen")
      }
    }
  }

  private var language: Language { console.language }
  private var words: EventText { EventText(language) }

  /// Prints what became of a plan.
  func show(_ plan: RecordingPlan, _ outcome: Outcome) throws {
    // What is stored afterwards tells of itself; what is only looked at has to be written down.
    let isPreview = if case .preview = outcome { true } else { false }
    if outcome.done == nil, let ref = plan.participant {
      // Notes tell of the journey, too: a day may be said to lie before birth.
      let groups = plan.before.map { [$0.type.schema.group] } ?? [.record]
      try log.noteReading(
        by: isPreview ? command : "\(command) --dry-run",
        of: .persons([ref, plan.other].compactMap(\.self)),
        groups: groups)
    }
    var lines: [String] = []
    if outcome.done == nil, !isPreview {
      lines.append(
        LocalizedText(
          en: "Dry run: nothing was stored.", de: "Probelauf: Es wurde nichts gespeichert.")(
            language))
    }
    let position = outcome.done?.position ?? plan.position
    let participant = outcome.done?.participant ?? plan.participant
    // Writing goes on for who is restricted (article 18); what stands is shown to nobody.
    let isRestricted = try restriction(of: plan.participant) != nil
    let hides = isRestricted && plan.before != nil
    lines.append(
      "\(outcome.verb(language))\(isPreview ? "" : " \(named(plan, by: position))"): "
        + (hides ? name(participant) : what(plan, participant, outcome).hanging(2)))
    if !hides, let before = plan.before, let event = plan.event, event.type != .eventRetracted {
      let changes = words.differences(before, event)
      lines += changes.map { "  \($0.hanging(4))" }
    }
    for warning in plan.warnings {
      let label = LocalizedText(en: "Note", de: "Hinweis")(language)
      let message = isRestricted ? "" : "\(warning.message(language)) "
      lines.append("\(label): \(message)[\(warning.code)]")
    }
    if isRestricted { lines.append(RecordingPage.restricted(language)) }
    try console.print(console.output.wrapped(lines.joined(separator: "\n")))
    if let done = outcome.done {
      if case .corrected = outcome, hides, plan.revived == nil {
        note(
          .init(
            en: "The way back is not shown: it would say what stood.",
            de: "Der Rückweg wird nicht gezeigt: Er verriete, was dort stand."))
      } else if let back = wayBack(plan, outcome, done) {
        note(.init(en: "To undo: \(back)", de: "Rückgängig: \(back)"))
      }
    } else if !isPreview {
      let again = ShellWords.again(
        without: ["--dry-run": false, "--expect": true],
        adding: plan.participant == nil ? [] : ["--expect", "\(plan.version)"])
      note(.init(en: "To do it: \(again)", de: "Ausführen: \(again)"))
    }
  }

  /// A command is never broken into lines: it is there to be copied.
  private func note(_ text: LocalizedText) {
    guard !console.isQuiet else { return }
    try? StandardStream.error.write(text(language) + "\n")
  }

  /// The entry that was meant and, where that is another one, the record that says so.
  private func named(_ plan: RecordingPlan, by position: Position) -> String {
    guard let subject = plan.subject else { return "\(position)" }
    return LocalizedText(en: "\(subject) by \(position)", de: "\(subject) durch \(position)")(
      language)
  }

  private func name(_ ref: ParticipantRef?) -> String {
    guard let ref else { return LocalizedText(en: "somebody new", de: "neue Person")(language) }
    return (try? log.keyring.identity(of: ref))?.code.description ?? "(\(ref.number))"
  }

  private func what(
    _ plan: RecordingPlan, _ participant: ParticipantRef?, _ outcome: Outcome
  ) -> String {
    switch outcome {
    case .merged, .wouldMerge:
      return LocalizedText(
        en: "\(name(plan.participant)) into \(name(plan.other)), whose code stays",
        de: "\(name(plan.participant)) in \(name(plan.other)), dessen Code bleibt")(language)
    case .unmerged, .wouldUnmerge:
      return LocalizedText(
        en: "\(name(plan.participant)) from \(name(plan.other))",
        de: "\(name(plan.participant)) von \(name(plan.other))")(language)
    default:
      let said = plan.event?.type == .eventRetracted ? plan.before : plan.event
      guard let said else { return name(participant) }
      // Of another person the code is said, not the number within the log.
      let details =
        said.type == .duplicateDismissed ? name(plan.other) : words.details(said)
      return "\(name(participant)) · \(said.type.label(language)), "
        + words.date(said.occurredOn) + (details.isEmpty ? "" : " (\(details))")
    }
  }

  // MARK: The way back

  private func wayBack(
    _ plan: RecordingPlan, _ outcome: Outcome, _ done: RecordedPlan
  ) -> String? {
    let because = "--reason " + LocalizedText(en: "'undone'", de: "'rückgängig'")(language)
    let end = "\(because)\(store)"
    let position = done.position.number
    switch outcome {
    case .recorded: return "wegmarke retract \(position) --code not_happened \(end)"
    case .retracted: return "wegmarke correct \(position) \(end)"
    case .merged: return "wegmarke participants unmerge \(name(plan.participant)) \(end)"
    case .unmerged:
      return "wegmarke participants merge \(name(plan.other)) \(name(plan.participant)) \(end)"
    case .corrected where plan.revived != nil:
      // An import is undone as a whole; of one of its entries it just did not happen.
      let code = plan.revived.map { $0 == .importUndone ? .notHappened : $0 } ?? .notHappened
      return "wegmarke retract \(position) --code \(code.code) \(end)"
    case .corrected:
      guard let before = plan.before, let event = plan.event else { return nil }
      return CorrectionWords.command(from: event, to: before, at: position) + " \(end)"
    default: return nil
    }
  }

  // MARK: Who is restricted

  private static let restricted = LocalizedText(
    en:
      "The processing of this person's data is restricted (Art. 18 GDPR): what stands is not shown.",
    de:
      "Die Verarbeitung der Daten dieser Person ist eingeschränkt (Art. 18 DSGVO): Was dort steht,"
      + " wird nicht gezeigt.")

  private func restriction(of ref: ParticipantRef?) throws -> Restriction? {
    guard let ref else { return nil }
    return Restriction(try PersonStreams(of: ref, in: log))
  }

  // MARK: Conflicts

  /// Does something; shows both versions when somebody else was faster.
  ///
  /// - Parameter ref: Whom it is about, where that is known: why it is refused tells of the person.
  func orConflict<R>(
    about ref: ParticipantRef? = nil, _ body: () throws(RecordingError) -> R
  ) throws -> R {
    do throws(RecordingError) { return try body() } catch {
      if case .refused = error, let ref {
        try log.noteReading(by: command, of: .persons([ref]), groups: [.record])
      }
      guard case .conflict(let conflict) = error else { throw error }
      let streams = Set(conflict.since.map(\.header.stream).filter { $0.kind == .participant })
      let people = streams.map { ParticipantRef($0.ref) }.sorted()
      if try people.contains(where: { try restriction(of: $0) != nil }) {
        console.say(RecordingPage.restricted)
      } else {
        try log.noteReading(
          by: command, of: .persons(people), groups: EventLog.groups(opened: conflict.since))
        try console.print(sideBySide(conflict))
      }
      let again = ShellWords.again(
        without: ["--expect": true], adding: ["--expect", "\(conflict.actual)"])
      throw Failure(
        error.message,
        advice: .init(
          en: "Your version was not lost. To store it all the same:\n\(again)",
          de: "Ihre Fassung ging nicht verloren. Trotzdem speichern:\n\(again)"),
        .tryAgain)
    }
  }

  /// What was recorded since, and the two versions beside each other.
  private func sideBySide(_ conflict: RecordingConflict) -> String {
    var lines: [String] = []
    lines.append(
      LocalizedText(en: "Recorded since:", de: "Seither erfasst:")(language))
    for read in conflict.since {
      guard let event = read.event else { continue }
      let (hour, minute) = StoreZone.time(of: read.header.recordedAt)
      let who = event[Fields.author].map { " (\($0.withoutControls))" } ?? ""
      let details = words.details(event)
      let line =
        "  \(read.header.position)  \(event.type.label(language)), \(words.date(event.occurredOn))"
        + (details.isEmpty ? "" : " (\(details))") + " – "
        + words.date(StoreZone.day(of: read.header.recordedAt)) + " "
        + NumberStyle(language).time(hour: hour, minute: minute) + who
        + (event[Fields.reason].map { " – \($0.linesWithoutControls)" } ?? "")
      lines.append(line.hanging(4))
    }
    var table = TerminalTable([
      .text("", minimum: 8),
      .text(LocalizedText(en: "YOU SAW", de: "SIE SAHEN")(language)),
      .text(LocalizedText(en: "NOW STORED", de: "JETZT GESPEICHERT")(language)),
      .text(LocalizedText(en: "YOURS", de: "IHRE FASSUNG")(language)),
    ])
    for row in EventRows.rows([conflict.base, conflict.theirs, conflict.mine], words, language) {
      table.append(row.map { TableCell($0) })
    }
    let since = console.output.wrapped(lines.joined(separator: "\n"))
    // Of a merge there is no wording.
    let isWorded = [conflict.base, conflict.theirs, conflict.mine].contains { $0 != nil }
    return since + (isWorded ? "\n\n" + table.text(for: console.output) : "")
  }
}

/// Several wordings of one event, field by field.
enum EventRows {
  /// A row each for type, date and every field that one of them states; absent is `–`.
  static func rows(
    _ events: [JourneyEvent?], _ words: EventText, _ language: Language
  ) -> [[String]] {
    let none = "–"
    var rows = [
      [LocalizedText(en: "what", de: "was")(language)]
        + events.map { $0?.type.label(language) ?? none },
      [LocalizedText(en: "when", de: "wann")(language)]
        + events.map { $0.map { words.date($0.occurredOn) } ?? none },
    ]
    var tags: [UInt8] = []
    for event in events.compactMap(\.self) {
      for entry in event.fields.entries
      where !tags.contains(entry.tag) && entry.tag != Fields.target.tag
        && entry.tag != Fields.batch.tag
      {
        tags.append(entry.tag)
      }
    }
    for tag in tags.sorted() {
      let cells = events.map { event -> String in
        guard let event, let definition = event.type.schema.definition(of: tag) else { return none }
        let values = event.fields.entries.filter { $0.tag == tag }
          .compactMap { definition.written($0.value) }
        return values.isEmpty ? none : values.joined(separator: ", ")
      }
      let name = events.lazy.compactMap { $0?.type.schema.definition(of: tag)?.name }.first
      rows.append([name ?? "\(tag)"] + cells)
    }
    return rows
  }
}

extension FieldDefinition {
  /// A stored value as it is written on a command line; nil for a value of another kind.
  func written(_ value: FieldValue) -> String? {
    switch (type, value) {
    case (.code(let list), .integer(let number)):
      UInt8(exactly: number).flatMap { list.entry(of: $0)?.code }
    case (.boolean, .integer(let number)): number == 1 ? "yes" : "no"
    case (.decimal, .integer(let number)): decimal(number)
    case (_, .integer(let number)): String(number)
    case (_, .text(let text)): text
    case (_, .date(let date)): date.description
    }
  }

  private func decimal(_ hundredths: Int64) -> String {
    let digits = String(hundredths.magnitude % 100)
    return (hundredths < 0 ? "-" : "") + "\(hundredths.magnitude / 100)."
      + (digits.utf8.count < 2 ? "0" : "") + digits
  }
}

/// The command that makes one wording of another.
enum CorrectionWords {
  static func command(
    from event: JourneyEvent, to wanted: JourneyEvent, at position: UInt64
  ) -> String {
    var parts = ["wegmarke", "correct", "\(position)"]
    if event.type != wanted.type { parts += ["--type", wanted.type.name] }
    if event.occurredOn != wanted.occurredOn { parts += ["--on", wanted.occurredOn.description] }
    let own = [
      Fields.author.tag, Fields.actorRole.tag, Fields.batch.tag, Fields.target.tag,
      Fields.reason.tag,
    ]
    let tags = Set((event.fields.entries + wanted.fields.entries).map(\.tag)).subtracting(own)
    for tag in tags.sorted() {
      let (old, new) = (values(tag, event), values(tag, wanted))
      // A change of type drops all that is not common to every event.
      let isKept = event.type == wanted.type || Fields.common.contains { $0.tag == tag }
      if old == new && isKept { continue }
      if new.isEmpty {
        if isKept, let name = event.type.schema.definition(of: tag)?.name {
          parts += ["--unset", name]
        }
      } else if let name = wanted.type.schema.definition(of: tag)?.name {
        for value in new { parts += ["--set", "\(name)=\(value)"] }
      }
    }
    return ShellWords.line(parts)
  }

  private static func values(_ tag: UInt8, _ event: JourneyEvent) -> [String] {
    guard let definition = event.type.schema.definition(of: tag) else { return [] }
    return event.fields.entries.filter { $0.tag == tag }.compactMap { definition.written($0.value) }
  }
}
