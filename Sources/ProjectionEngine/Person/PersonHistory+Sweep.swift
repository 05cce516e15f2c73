import Journey

extension PersonHistory {
  /// Goes through a range in stretches of days that nothing tells apart.
  ///
  /// - Parameters:
  ///   - truth: What holds on a day; may change only where `nextChange` says so.
  ///   - body: Takes each stretch; says whether to go on.
  func sweep(
    _ range: Range<Day>, _ truth: (Day) -> Truth, _ body: (Range<Day>, Truth) -> Bool
  ) {
    var day = range.lowerBound
    while day < range.upperBound {
      let end = min(nextChange(after: day), range.upperBound)
      guard body(day..<end, truth(day)) else { return }
      day = end
    }
  }

  /// Whether something holds on some day of a range.
  func someDay(of range: Range<Day>, _ truth: (Day) -> Truth) -> Truth {
    var result = Truth.no
    var isWhole = true
    sweep(range, truth) { _, truth in
      result = result || truth
      if truth == .unknown { isWhole = false }
      return demandsWholePeriods ? isWhole : result != .yes
    }
    return demandsWholePeriods && !isWhole ? .unknown : result
  }

  /// Whether one of some things that are on record happened in a range.
  ///
  /// - Parameter found: What the things on record say; no where there is none.
  func onRecord(_ found: Truth, in range: Range<Day>) -> Truth {
    let isWhole = isObserved(range)
    if isWhole { return found }
    return found == .yes && !demandsWholePeriods ? .yes : .unknown
  }

  /// Goes through a range in the longest stretches of work and of none.
  ///
  /// - Parameter unknownIsWork: What to take days for of which nobody knows.
  func stretches(
    of kinds: PlacementKinds, during range: Range<Day>, _ unknownIsWork: Bool,
    _ body: (Range<Day>, Bool) -> Bool
  ) {
    var open: (days: Range<Day>, isWork: Bool)?
    var goesOn = true
    sweep(range, { working(kinds, on: $0) }) { days, truth in
      let isWork = truth == .yes || truth == .unknown && unknownIsWork
      if let known = open, known.isWork == isWork {
        open = (known.days.lowerBound..<days.upperBound, isWork)
        return true
      }
      if let known = open { goesOn = body(known.days, known.isWork) }
      open = (days, isWork)
      return goesOn
    }
    if goesOn, let open { _ = body(open.days, open.isWork) }
  }

  /// Yes or no where a rule about the work of a range gives the same whether unknown days are work or not.
  func eitherWay(
    _ kinds: PlacementKinds, during range: Range<Day>, _ rule: (_ unknownIsWork: Bool) -> Bool
  ) -> Truth {
    let best = rule(true)
    if demandsWholePeriods, !isKnown(kinds, throughout: range) { return .unknown }
    return rule(false) == best ? Truth(best) : .unknown
  }

  /// Whether it is known of every day of a range whether the person worked.
  func isKnown(_ kinds: PlacementKinds, throughout range: Range<Day>) -> Bool {
    var isKnown = true
    sweep(range, { working(kinds, on: $0) }) { _, truth in
      isKnown = truth != .unknown
      return isKnown
    }
    return isKnown
  }

  /// The next day on which work or status can differ from a day.
  private func nextChange(after day: Day) -> Day {
    // Ranges may reach beyond the days that anything can be on record for.
    var next = Day(number: .max)
    statusChanges { if $0 > day, $0 < next { next = $0 } }
    return next
  }

  /// Goes through all days on which work or status can differ from the day before, in no order.
  private func statusChanges(_ look: (Day) -> Void) {
    func lookIfKnown(_ day: Day?) { if let day { look(day) } }
    for spell in placements {
      look(spell.start)
      look(spell.latestStart)
      lookIfKnown(spell.earliestEnd)
      lookIfKnown(spell.end)
    }
    for adjustment in adjustments {
      look(adjustment.days.lowerBound)
      look(adjustment.days.upperBound)
    }
    for report in reports {
      look(report.day)
      // That somebody is not registered is known of the day of the report alone.
      look(report.day + 1)
    }
    look(observedFrom)
    look(observedUntil)
    lookIfKnown(diedOn)
    look(referenceDay + 1)
  }

  /// Goes through all days on which anything said of a single day can differ from the day before, in no
  /// order and some of them several times.
  func daysOfChange(_ look: (Day) -> Void) {
    statusChanges(look)
    for milestone in milestones {
      let last = milestone.date.lastDay
      look(milestone.day)
      // What ends with a day is over on the next.
      look(milestone.day + 1)
      guard last != milestone.day else { continue }
      look(last)
      look(last + 1)
    }
  }

  /// The same for what `QuestionExpression.restsOnOutline` says of a single day.
  func outlineDaysOfChange(_ look: (Day) -> Void) {
    for spell in placements {
      look(spell.start)
      look(spell.latestStart)
    }
    for participation in participations {
      look(participation.entry)
      if participation.entryPrecision != .day {
        look(CivilDate(participation.entry, participation.entryPrecision).lastDay)
      }
      guard let exit = participation.exit else { continue }
      look(exit + 1)
      if participation.exitPrecision != .day {
        look(CivilDate(exit, participation.exitPrecision).lastDay + 1)
      }
    }
    look(observedFrom)
    look(observedUntil)
    if let diedOn { look(diedOn) }
    if let leftCountryOn { look(leftCountryOn) }
    look(referenceDay + 1)
  }

  /// Whether everything that happened in a range would be on record.
  func isObserved(_ range: Range<Day>) -> Bool {
    let end = min(range.upperBound, diedOn ?? range.upperBound)
    return range.lowerBound >= observedFrom && end <= observedUntil
  }

  /// Whether something that happened on one of some days happened in a range.
  func happened(_ days: ClosedRange<Day>, _ range: Range<Day>) -> Truth {
    if days.lowerBound >= range.lowerBound && days.upperBound < range.upperBound { return .yes }
    return days.upperBound < range.lowerBound || days.lowerBound >= range.upperBound
      ? .no : .unknown
  }
}

extension Day {
  /// The day a length of time later; months are calendar months, clamped to the end of the month.
  func adding(_ length: TimeLength) -> Day {
    switch length.unit {
    case .day: self + length.count
    case .month: adding(months: Int(length.count))
    }
  }
}

extension Range<Day> {
  /// How many days there are.
  var length: Int { Int(upperBound - lowerBound) }
}

extension ClosedRange<Day> {
  /// Whether it is a single day.
  var isOneDay: Bool { lowerBound == upperBound }
}
