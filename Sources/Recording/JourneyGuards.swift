import Interchange
public import Journey

/// Checks an event against the rest of the journey, on the line of valid time.
///
/// Out-of-order and back-dated events are legal: most findings are warnings. What cannot be is an
/// event before birth, an end before its start, and an entry twice into the same operation.
public struct JourneyGuards: Sendable {
  /// What else stands, in any order.
  let standing: [JourneyEvent]
  let today: Day

  /// The hours of contact from which on somebody is a participant.
  public static let threshold = 8

  /// Guards for a journey.
  public init(standing: [JourneyEvent], today: Day) {
    self.standing = standing
    self.today = today
  }

  /// Everything that does not go together with an event, errors first.
  public func check(_ event: JourneyEvent) -> [GuardFinding] {
    var found = life(event)
    switch event.type {
    case .firstContactRecorded, .counsellingHeld: found += contact(event)
    case .participationEntered: found += entry(event)
    case .participationSuspended, .participationResumed, .participationExited,
      .participationReentered:
      found += participation(event)
    case .statusAtExitRecorded, .statusAtSixMonthsRecorded: found += status(event)
    case .employmentStarted, .trainingStarted, .schoolStarted, .selfEmploymentStarted:
      found += start(event)
    case .employmentEnded, .trainingEnded, .schoolEnded, .selfEmploymentEnded:
      found += end(event)
    case .measureCompleted, .measureAborted: found += measureEnd(event)
    default: break
    }
    found += periods(event)
    if standing.contains(where: { isSame($0, event) }) {
      found.append(
        .warning(
          "W-TWICE", "The same is recorded already.", "Genau das ist schon erfasst."))
    }
    return found.filter { $0.severity == .error } + found.filter { $0.severity == .warning }
  }

  // MARK: Birth, death, today

  private func life(_ event: JourneyEvent) -> [GuardFinding] {
    var found: [GuardFinding] = []
    let day = event.occurredOn
    found += EventSlip.all(of: event, born: birth(event), today: today).map { slip in
      GuardFinding(
        severity: slip.isError ? .error : .warning, code: slip.code, message: slip.message)
    }
    let death = standing.first { $0.type == .participantDeceased }
    if let death, event.type != .participantDeceased, day.day > death.occurredOn.lastDay {
      found.append(
        .warning(
          "W-DEATH", "\(day) lies after death (\(death.occurredOn)).",
          "\(day.german) liegt nach dem Tod (\(death.occurredOn.german))."))
    }
    return found
  }

  /// When the person was born, as precisely as anybody said.
  private func birth(_ event: JourneyEvent) -> CivilDate? {
    let all = standing + [event]
    if let date = all.lazy.compactMap({ $0[Fields.birthDate] }).first { return date }
    guard let year = all.lazy.compactMap({ $0[Fields.birthYear] }).first,
      let first = Day(year: year, month: 1, day: 1)
    else { return nil }
    return CivilDate(first, .year)
  }

  private func isSame(_ left: JourneyEvent, _ right: JourneyEvent) -> Bool {
    func own(_ event: JourneyEvent) -> [FieldSet.Entry] {
      let provenance =
        [
          Fields.author, Fields.reason, Fields.note,
        ].map(\.tag) + [
          Fields.actorRole.tag, Fields.source.tag, Fields.batch.tag, Fields.target.tag,
          Fields.evidence.tag,
        ]
      return event.fields.entries.filter { !provenance.contains($0.tag) }
    }
    return left.type == right.type && left.occurredOn == right.occurredOn
      && own(left) == own(right)
  }

  // MARK: The participation

  /// Contacts that add up to a participation, as long as the person has not entered.
  private func contact(_ event: JourneyEvent) -> [GuardFinding] {
    let isContact: (EventType) -> Bool = { $0 == .firstContactRecorded || $0 == .counsellingHeld }
    guard !standing.contains(where: { $0.type == .participationEntered }) else { return [] }
    let hours = (standing + [event]).filter { isContact($0.type) }
      .reduce(0) { $0 + ($1[Fields.hours]?.value ?? 0) }
    guard event[Fields.hours] != nil, hours >= Int64(Self.threshold) * 100 else { return [] }
    return [
      .warning(
        "W-THRESHOLD",
        "From \(Self.threshold) hours on this is a participation: take the entry form.",
        "Ab \(Self.threshold) Stunden ist das eine Teilnahme: bitte den Eintrittsbogen aufnehmen.")
    ]
  }

  private func entry(_ event: JourneyEvent) -> [GuardFinding] {
    var found: [GuardFinding] = []
    let day = event.occurredOn
    let twice = standing.first {
      $0.type == .participationEntered && $0[Fields.operation] == event[Fields.operation]
    }
    if let twice {
      let place = event[Fields.operation].map { " (\($0))" } ?? ""
      found.append(
        .error(
          "E-ENTERED",
          "There is an entry into this operation\(place) already, on \(twice.occurredOn)."
            + " After an exit record ParticipationReentered.",
          "Einen Eintritt in dieses Vorhaben\(place) gibt es schon, am \(twice.occurredOn.german)."
            + " Nach einem Austritt bitte ParticipationReentered erfassen."))
    }
    if !standing.contains(where: { $0.type == .privacyNoticeGiven && isBefore($0, day) }) {
      found.append(
        .warning(
          "W-NO-NOTICE", "No privacy notice was given by \(day).",
          "Bis \(day.german) ist kein Datenschutzhinweis erfasst."))
    }
    let access = standing.filter { $0[Fields.workAccess] != nil && isBefore($0, day) }
      .max { $0.occurredOn.day < $1.occurredOn.day }
    if access?[Fields.workAccess] == .absoluteBan {
      found.append(
        .warning(
          "W-WORK-BAN", "The person may not work at all: no entry is possible.",
          "Es besteht ein absolutes Arbeitsverbot: Ein Eintritt ist nicht möglich."))
    }
    return found
  }

  private func isBefore(_ event: JourneyEvent, _ date: CivilDate) -> Bool {
    event.occurredOn.day <= date.lastDay
  }

  private func participation(_ event: JourneyEvent) -> [GuardFinding] {
    let day = event.occurredOn
    let steps = standing.filter { step in
      switch step.type {
      case .participationEntered, .participationReentered, .participationSuspended,
        .participationResumed, .participationExited:
        true
      default: false
      }
    }
    let entries = steps.filter { $0.type == .participationEntered }
    if event.type == .participationExited, let first = entries.map(\.occurredOn.day).min(),
      day.lastDay < first
    {
      return [
        .error(
          "E-END", "The exit on \(day) lies before the entry.",
          "Der Austritt am \(day.german) liegt vor dem Eintritt.")
      ]
    }
    let last = steps.filter { isBefore($0, day) }.max { $0.occurredOn.day < $1.occurredOn.day }
    let fits: Bool
    switch (event.type, last?.type) {
    case (.participationSuspended, .participationEntered?),
      (.participationSuspended, .participationReentered?),
      (.participationSuspended, .participationResumed?),
      (.participationResumed, .participationSuspended?),
      (.participationReentered, .participationExited?):
      fits = true
    case (.participationExited, let last?): fits = last != .participationExited
    default: fits = false
    }
    if fits { return [] }
    let was = last.map(\.type.label) ?? .init(en: "no entry", de: "kein Eintritt")
    return [
      .warning(
        "W-ORDER", "\(event.type.label.en) does not fit: before it stands \(was.en).",
        "\(event.type.label.de) passt nicht: Davor steht \(was.de).")
    ]
  }

  private func status(_ event: JourneyEvent) -> [GuardFinding] {
    let exit = standing.filter { $0.type == .participationExited }
      .max { $0.occurredOn.day < $1.occurredOn.day }
    guard let exit else {
      return [
        .warning("W-NO-EXIT", "No exit is recorded.", "Es ist kein Austritt erfasst.")
      ]
    }
    if event.type == .statusAtExitRecorded, event.occurredOn.day > exit.occurredOn.lastDay + 28 {
      return [
        .warning(
          "W-LATE", "Later than 28 days after the exit (\(exit.occurredOn)).",
          "Später als 28 Tage nach dem Austritt (\(exit.occurredOn.german)).")
      ]
    }
    return []
  }

  // MARK: Spells

  private func start(_ event: JourneyEvent) -> [GuardFinding] {
    var found: [GuardFinding] = []
    let entry = standing.filter { $0.type == .participationEntered }.map(\.occurredOn.day).min()
    if let entry, event.occurredOn.lastDay < entry {
      found.append(
        .warning(
          "W-BEFORE-ENTRY", "It began before the entry: it does not count as a placement.",
          "Der Beginn liegt vor dem Eintritt: Das zählt nicht als Vermittlung."))
    }
    // The end may have been recorded first.
    let end = standing.first { $0.endedFamily == event.startedFamily && matches($0, event) }
    if let end, event[Fields.spell] != nil, end[Fields.spell] != nil,
      end.occurredOn.lastDay < event.occurredOn.day
    {
      found.append(endBeforeStart(end.occurredOn, event.occurredOn))
    }
    return found
  }

  private func end(_ event: JourneyEvent) -> [GuardFinding] {
    let starts = standing.filter {
      $0.startedFamily == event.endedFamily && matches(event, $0)
    }
    guard let first = starts.map(\.occurredOn.day).min() else {
      return [
        .warning(
          "W-NO-START", "Nothing is recorded that could end here.",
          "Es ist nichts erfasst, was hier enden könnte.")
      ]
    }
    guard event.occurredOn.lastDay < first else { return [] }
    return [endBeforeStart(event.occurredOn, CivilDate(first))]
  }

  private func measureEnd(_ event: JourneyEvent) -> [GuardFinding] {
    let starts = standing.filter {
      $0.type == .measureStarted && $0[Fields.measureKind] == event[Fields.measureKind]
    }
    guard let first = starts.map(\.occurredOn.day).min() else {
      return [
        .warning(
          "W-NO-START", "Nothing is recorded that could end here.",
          "Es ist nichts erfasst, was hier enden könnte.")
      ]
    }
    guard event.occurredOn.lastDay < first else { return [] }
    return [endBeforeStart(event.occurredOn, CivilDate(first))]
  }

  /// Whether an end may be that of a start: by number where it names one, else by kind.
  private func matches(_ end: JourneyEvent, _ start: JourneyEvent) -> Bool {
    if let spell = end[Fields.spell] { return start[Fields.spell] == spell }
    guard let kind = end[Fields.placementKind] else { return true }
    return start[Fields.placementKind] == kind
  }

  private func endBeforeStart(_ end: CivilDate, _ start: CivilDate) -> GuardFinding {
    .error(
      "E-END", "The end on \(end) lies before the start on \(start).",
      "Das Ende am \(end.german) liegt vor dem Beginn am \(start.german).")
  }

  private func periods(_ event: JourneyEvent) -> [GuardFinding] {
    [Fields.plannedEnd, Fields.validUntil, Fields.fixedTermUntil].compactMap { field in
      guard let until = event[field], until.lastDay < event.occurredOn.day else { return nil }
      return .warning(
        "W-PERIOD", "“\(field.name)” (\(until)) lies before \(event.occurredOn).",
        "„\(field.name)“ (\(until.german)) liegt vor dem \(event.occurredOn.german).")
    }
  }
}

extension JourneyEvent {
  /// What kind of spell begins with the event; nil when none does.
  fileprivate var startedFamily: Int? {
    switch type {
    case .employmentStarted: 1
    case .selfEmploymentStarted: 2
    case .trainingStarted: 3
    case .schoolStarted: 4
    default: nil
    }
  }

  /// What kind of spell ends with the event; nil when none does.
  fileprivate var endedFamily: Int? {
    switch type {
    case .employmentEnded: 1
    case .selfEmploymentEnded: 2
    case .trainingEnded: 3
    case .schoolEnded: 4
    default: nil
    }
  }
}
