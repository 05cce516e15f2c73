public import Journey

// Work, training and school as a union of spells: parallel jobs are one, and a gap is a gap of the
// union (edge cases no. 3 to 5 of the domain reference).
extension PersonHistory {
  /// Whether the person was in a placement of some kinds on a day.
  ///
  /// Yes where a spell on record covers the day, or an answer speaks of it. Unknown where dates leave
  /// it open (a start in “March 2025”, no. 22), where nobody observed the day (no. 18), after the
  /// person left the country (no. 16), and after the reference day. No after death (no. 15).
  public func working(_ kinds: PlacementKinds, on day: Day) -> Truth {
    if day > referenceDay { return .unknown }
    if let diedOn, day >= diedOn { return .no }
    var asked = kinds
    var isOpen = false
    for adjustment in adjustments where adjustment.days.contains(day) {
      switch adjustment.truth {
      case .yes:
        if adjustment.kinds.isSubset(of: kinds) { return .yes }
        if !adjustment.kinds.isDisjoint(with: kinds) { isOpen = true }
      case .no: asked.subtract(adjustment.kinds)
      case .unknown: if !adjustment.kinds.isDisjoint(with: kinds) { isOpen = true }
      }
    }
    if asked.isEmpty { return .no }
    if day >= observedUntil { return .unknown }
    for spell in placements {
      switch (spell.isOf(asked), spell.covers(day)) {
      case (.yes, .yes): return .yes
      case (.no, _), (_, .no): break
      default: isOpen = true
      }
    }
    return isOpen || day < observedFrom ? .unknown : .no
  }

  /// Whether the person was in a placement of some kinds on some day of a range.
  public func working(_ kinds: PlacementKinds, during range: Range<Day>) -> Truth {
    someDay(of: range) { working(kinds, on: $0) }
  }

  /// Whether the person was in placements of some kinds throughout a range, gaps set aside.
  ///
  /// - Parameters:
  ///   - gap: How many days without are allowed at a stretch.
  ///   - gaps: How many such stretches are allowed.
  public func workingThroughout(
    _ kinds: PlacementKinds, during range: Range<Day>, gap: Int32 = 0, gaps: Int = .max
  ) -> Truth {
    eitherWay(kinds, during: range) { unknownIsWork in
      var found = 0
      var holds = true
      stretches(of: kinds, during: range, unknownIsWork) { days, isWork in
        if isWork { return true }
        found += 1
        holds = days.length <= Int(gap) && found <= gaps
        return holds
      }
      return holds
    }
  }

  /// Whether, from a day on, the person worked for a length of time with at most one break, by which
  /// the time is extended.
  ///
  /// The rule of permissible breaks: a break of up to `gap` days does not count and does not end the
  /// period (3.5 of the domain reference).
  public func worked(
    _ kinds: PlacementKinds, for length: TimeLength, from day: Day, gap: Int32
  ) -> Truth {
    let end = day.adding(length)
    return eitherWay(kinds, during: day..<end) { unknownIsWork in
      var pause: Int32 = 0
      // Looks on beyond the end by as much as a break may extend it.
      stretches(of: kinds, during: day..<end + gap, unknownIsWork) { days, isWork in
        if isWork || days.lowerBound >= end + pause { return true }
        // Work must have begun before the break, and must go on after it.
        guard pause == 0, days.length <= Int(gap), days.lowerBound > day,
          days.upperBound < end + gap
        else {
          pause = -1
          return false
        }
        pause = Int32(days.length)
        return true
      }
      return pause >= 0
    }
  }

  /// How many days of a range the person was in placements of some kinds: at least and at most.
  public func daysWorked(_ kinds: PlacementKinds, during range: Range<Day>) -> ClosedRange<Int> {
    var (least, most) = (0, 0)
    sweep(range, { working(kinds, on: $0) }) { days, truth in
      if truth == .yes { least += days.length }
      if truth != .no { most += days.length }
      return true
    }
    return demandsWholePeriods && least < most ? 0...range.length : least...most
  }

  /// The longest stretch of a range without placements of some kinds, in days: at least and at most.
  public func longestGap(_ kinds: PlacementKinds, during range: Range<Day>) -> ClosedRange<Int> {
    func longest(_ unknownIsWork: Bool) -> Int {
      var longest = 0
      stretches(of: kinds, during: range, unknownIsWork) { days, isWork in
        if !isWork { longest = max(longest, days.length) }
        return true
      }
      return longest
    }
    let isOpen = demandsWholePeriods && !isKnown(kinds, throughout: range)
    return isOpen ? 0...range.length : longest(true)...longest(false)
  }

  /// Whether a placement, or another of some kinds at the same employer, went on on some day of a range.
  ///
  /// “Same employer” follows the spell at the index day, whatever other jobs there are (no. 3).
  ///
  /// - Parameters:
  ///   - kinds: What else counts as work: school, say, neither makes nor hides an employer.
  ///   - placement: Its place among `placements`.
  public func sameEmployer(
    _ kinds: PlacementKinds, as placement: Int, during range: Range<Day>
  ) -> Truth {
    let first = placements[placement]
    return someDay(of: range) { day in
      var isOpen = false
      for (place, spell) in placements.enumerated() {
        let isSame: Truth =
          place == placement
          ? .yes
          : spell.isOf(kinds)
            && (first.employer == 0 || spell.employer == 0
              ? .unknown : Truth(spell.employer == first.employer))
        switch (isSame, spell.covers(day)) {
        case (.yes, .yes): return working(spell.possibleKinds, on: day)
        case (.no, _), (_, .no): break
        default: isOpen = true
        }
      }
      // Nobody is at an employer who does not work at all.
      let atWork = working(kinds.union(first.possibleKinds), on: day)
      return isOpen && atWork != .no ? .unknown : atWork == .unknown ? .unknown : .no
    }
  }

  /// Whether the person worked in two ranges in one spell, or at one employer.
  public func sameEmployer(
    _ kinds: PlacementKinds, during first: Range<Day>, and second: Range<Day>
  ) -> Truth {
    var result = working(kinds, during: first) && working(kinds, during: second)
    if result != .yes { return result }
    result = .no
    for (place, spell) in placements.enumerated() where spell.isOf(kinds) != .no {
      let covered = spell.covers(first)
      if covered == .no { continue }
      result = result || covered && sameEmployer(kinds, as: place, during: second)
    }
    return result
  }

  /// Whether a placement of some kinds began in a range, on or after the entry day.
  public func placed(_ kinds: PlacementKinds, during range: Range<Day>) -> Truth {
    var found = Truth.no
    for spell in placements where spell.hasStart && isPlacement(spell) {
      let began = happened(spell.start...spell.latestStart, range) && spell.isOf(kinds)
      found = found || began
    }
    return onRecord(found, in: range)
  }

  /// Whether a placement counts as one that the programme led to: it begins on the entry day or
  /// later.
  ///
  /// Work from before the entry is no placement (no. 6), nor is a job that began between first
  /// contact and entry (no. 7).
  public func isPlacement(_ spell: PlacementSpell) -> Bool {
    guard let entry, spell.hasStart else { return false }
    return spell.start >= entry
  }

  /// Whether a training of some kinds ended in a range with a result.
  public func ended(
    _ kinds: PlacementKinds, during range: Range<Day>, result wanted: TrainingResult
  ) -> Truth {
    var found = Truth.no
    for spell in placements where spell.isOf(kinds) != .no {
      guard let end = spell.end, let earliest = spell.earliestEnd else { continue }
      let ended = happened(earliest - 1...end - 1, range) && spell.isOf(kinds)
      let isWanted: Truth =
        spell.result == nil || spell.result == .unknown ? .unknown : Truth(spell.result == wanted)
      found = found || (ended && isWanted)
    }
    return onRecord(found, in: range)
  }
}
