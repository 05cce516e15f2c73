public import Journey

/// What a question counts: each of these is one row of it.
public enum AnalysisUnit: String, Sendable, CaseIterable {
  /// People.
  case person
  /// Participations: people times operations.
  case participation
  /// Jobs, trainings and schools.
  case spell
  /// Records of the log.
  case record
}

/// The event from which a question counts time.
public enum IndexEvent: String, Sendable, CaseIterable {
  /// The entry into the first participation; for the unit participation into each.
  case entry
  /// The first placement.
  case firstPlacement = "first-placement"
  /// Every placement.
  case everyPlacement = "every-placement"
  /// The first training that leads to a recognised qualification.
  case firstTraining = "first-training"
  /// Every such training.
  case everyTraining = "every-training"
  /// The exit from the first participation that was left.
  case exit
  /// The exit from every participation.
  case everyExit = "every-exit"
  /// Every step of the journey that is on record.
  case everyRecord = "every-record"

  /// What is counted when every such event is.
  public var unit: AnalysisUnit {
    switch self {
    case .entry, .firstPlacement, .firstTraining, .exit: .person
    case .everyExit: .participation
    case .everyPlacement, .everyTraining: .spell
    case .everyRecord: .record
    }
  }
}

/// One day from which a question counts, and what happened on it.
public struct IndexDay: Sendable, Equatable {
  /// The day; of a date of lower precision the first of its period.
  public let day: Day
  /// How much of the day is known.
  public let precision: Precision
  /// The participation it belongs to, by its place among `PersonHistory.participations`.
  public let participation: Int?
  /// The placement that began, by its place among `PersonHistory.placements`.
  public let placement: Int?
  /// The step that is on record, by its place among the milestones that a block holds of the person.
  public let row: Int?

  /// The last day that it can be.
  public var latestDay: Day { CivilDate(day, precision).lastDay }
}

/// Finds the days from which a question counts in a person's history.
public struct IndexEvents: Sendable, Equatable {
  /// The event.
  public var event: IndexEvent
  /// The kinds of placements that count.
  public var kinds: PlacementKinds
  /// The first and last day of the event, both counted; nil for no bound.
  public var window: ClosedRange<Day>?
  /// Whether each participation is a row of its own where the event is `entry`.
  public var everyEntry: Bool
  /// Whether at most one event a calendar month counts, as SGB II counts integrations.
  public var oncePerMonth: Bool
  /// Whether a placement also counts that began between the first contact and the entry (edge case
  /// 7); they are left out otherwise.
  public var fromFirstContact: Bool

  /// Names an event.
  public init(
    _ event: IndexEvent, kinds: PlacementKinds = .all, window: ClosedRange<Day>? = nil,
    everyEntry: Bool = false, oncePerMonth: Bool = false, fromFirstContact: Bool = false
  ) {
    self.event = event
    self.kinds = kinds
    self.window = window
    self.everyEntry = everyEntry
    self.oncePerMonth = oncePerMonth
    self.fromFirstContact = fromFirstContact
  }

  /// Finds the days, in the order of time; of one day in the order of the journey.
  ///
  /// *First* is looked for before the window: a person whose first placement lies outside of it has
  /// none. Employment from before the entry is never an index event (edge case no. 6).
  ///
  /// - Parameter days: Emptied and filled.
  public func find(in history: PersonHistory, into days: inout [IndexDay]) {
    days.removeAll(keepingCapacity: true)
    switch event {
    case .entry:
      for (place, participation) in history.participations.enumerated() {
        add(participation.entry, participation.entryPrecision, participation: place, to: &days)
        if !everyEntry { break }
      }
    case .firstPlacement, .everyPlacement:
      placements(history, kinds, isFirst: event == .firstPlacement, &days)
    case .firstTraining, .everyTraining:
      placements(
        history, kinds.intersection(.training), isFirst: event == .firstTraining, &days)
    case .exit, .everyExit:
      let left = history.participations.indices.filter {
        history.participations[$0].exit != nil
      }.sorted {
        (history.participations[$0].exit ?? .latest) < (history.participations[$1].exit ?? .latest)
      }
      for place in left {
        let participation = history.participations[place]
        guard let exit = participation.exit else { continue }
        add(exit, participation.exitPrecision, participation: place, to: &days)
        if event == .exit { break }
      }
    case .everyRecord:
      for (row, milestone) in zip(history.rows, history.milestones) {
        // An end is stored as the day after the one that it speaks about.
        let day = milestone.kind == .placementEnded ? milestone.day - 1 : milestone.day
        add(day, milestone.date.precision, row: row, to: &days)
      }
    }
  }

  private func placements(
    _ history: PersonHistory, _ kinds: PlacementKinds, isFirst: Bool, _ days: inout [IndexDay]
  ) {
    var month: Int32?
    for (place, spell) in history.placements.enumerated() where spell.isOf(kinds) == .yes {
      guard spell.hasStart, counts(spell, history) else { continue }
      if oncePerMonth, month == spell.start.monthIndex { continue }
      month = spell.start.monthIndex
      add(
        spell.start, spell.startPrecision,
        participation: history.participation(on: spell.start), placement: place, to: &days)
      if isFirst { return }
    }
  }

  private func counts(_ spell: PlacementSpell, _ history: PersonHistory) -> Bool {
    if history.isPlacement(spell) { return true }
    return fromFirstContact && history.entry != nil && spell.start >= history.observedFrom
  }

  private func add(
    _ day: Day, _ precision: Precision, participation: Int? = nil, placement: Int? = nil,
    row: Int? = nil, to days: inout [IndexDay]
  ) {
    if let window, !window.contains(day) { return }
    days.append(
      IndexDay(
        day: day, precision: precision, participation: participation, placement: placement,
        row: row))
  }
}

extension PersonHistory {
  /// The placements of some kinds that began before the entry: work that the programme did not lead
  /// to (edge cases 6 and 7).
  ///
  /// Between first contact and entry, or earlier.
  public func placementsBeforeEntry(_ kinds: PlacementKinds) -> (sinceContact: Int, earlier: Int) {
    guard let entry else { return (0, 0) }
    var counts = (sinceContact: 0, earlier: 0)
    for spell in placements where spell.hasStart && spell.isOf(kinds) == .yes {
      guard spell.start < entry else { continue }
      if spell.start >= observedFrom { counts.sinceContact += 1 } else { counts.earlier += 1 }
    }
    return counts
  }

  /// The participation that a day lies in or follows: the latest one entered until then.
  public func participation(on day: Day) -> Int? {
    participations.lastIndex { $0.entry <= day }
  }
}
