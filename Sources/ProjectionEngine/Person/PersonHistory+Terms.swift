public import Journey

extension PersonHistory {
  /// The terms of the job held on a day, with every change until then; nil where none is known.
  ///
  /// Of parallel jobs those of the one that began first. Needs details.
  public func terms(_ kinds: PlacementKinds, on day: Day) -> PlacementTerms? {
    for place in placements.indices where isHeld(place, kinds, on: day) == .yes {
      return terms(of: place, on: day)
    }
    return nil
  }

  /// The hours a week of all jobs held on a day; nil where one of them does not say.
  public func weeklyHours(_ kinds: PlacementKinds, on day: Day) -> Hundredths? {
    sum(kinds, on: day, \.weeklyHours)
  }

  /// The gross pay a month, in euros, of all jobs held on a day; nil where one of them does not say.
  public func grossMonthly(_ kinds: PlacementKinds, on day: Day) -> Hundredths? {
    sum(kinds, on: day, \.grossMonthly)
  }

  /// The least gross pay of a range in euros: of what is stated about the days on which work is certain.
  ///
  /// The same as `earnings` where that is known.
  public func leastEarnings(_ kinds: PlacementKinds, during range: Range<Day>) -> Hundredths {
    var total = 0.0
    for place in placements.indices where placements[place].isOf(kinds) == .yes {
      let spell = placements[place]
      let days =
        max(
          range.lowerBound, spell.start)..<max(
          max(range.lowerBound, spell.start), min(range.upperBound, spell.end ?? range.upperBound))
      sweep(days, { isHeld(place, kinds, on: $0) }) { stretch, isHeld in
        if isHeld == .yes { total += statedPay(of: place, during: stretch) }
        return true
      }
    }
    return Hundredths(Int64(total.rounded(.down)))
  }

  /// What is stated of the pay of a job in a stretch of days, by calendar months, in cents.
  private func statedPay(of place: Int, during stretch: Range<Day>) -> Double {
    var total = 0.0
    var day = stretch.lowerBound
    while day < stretch.upperBound {
      let first = Day(firstOfMonth: day.monthIndex)
      let next = first.adding(months: 1)
      let end = min(next, stretch.upperBound)
      if let pay = pay(of: place, during: day..<end) { total += pay / Double(next - first) }
      day = end
    }
    return total
  }

  /// The gross pay of a range in euros; nil where a part of it is not known.
  ///
  /// The monthly pay of every job, for each calendar month by the share of its days worked. Nothing
  /// where nobody worked.
  public func earnings(_ kinds: PlacementKinds, during range: Range<Day>) -> Hundredths? {
    var total = 0.0
    var isKnown = isObserved(range)
    var day = range.lowerBound
    while day < range.upperBound && isKnown {
      let first = Day(firstOfMonth: day.monthIndex)
      let next = first.adding(months: 1)
      let month = day..<min(next, range.upperBound)
      isKnown = everyDayIsKnown(kinds, month)
      for place in placements.indices where isKnown {
        let spell = placements[place]
        if spell.isOf(kinds) == .no || spell.covers(month) == .no { continue }
        guard spell.isOf(kinds) == .yes, spell.datesAreKnown(in: month),
          let pay = pay(of: place, during: month)
        else {
          isKnown = false
          break
        }
        total += pay / Double(next - first)
      }
      day = month.upperBound
    }
    return isKnown ? Hundredths(Int64(total.rounded())) : nil
  }

  /// Whether the job held on a day has no end; of parallel jobs one is enough.
  public func permanent(_ kinds: PlacementKinds, on day: Day) -> Truth {
    var result = working(kinds, on: day) == .unknown ? Truth.unknown : .no
    for place in placements.indices {
      let isHeld = isHeld(place, kinds, on: day)
      if isHeld == .no { continue }
      let isPermanent = terms(of: place, on: day).isPermanent.map { Truth($0) } ?? .unknown
      result = result || (isHeld && isPermanent)
    }
    return result
  }

  /// The level of requirement of the job held on a day by KldB 2010, 1 helper to 4 expert.
  ///
  /// Of parallel jobs the highest; nil where one of them does not say.
  public func skill(_ kinds: PlacementKinds, on day: Day) -> Int? {
    var highest: Int?
    for place in placements.indices where isHeld(place, kinds, on: day) == .yes {
      guard let skill = terms(of: place, on: day).skill else { return nil }
      highest = max(highest ?? 0, skill)
    }
    return highest
  }

  /// Whether the person was promoted in a range.
  public func promoted(during range: Range<Day>) -> Truth {
    var found = Truth.no
    for change in changes where change.details.flag(MilestoneDetails.Places.promotion) == true {
      found = found || happened(change.day...change.latestDay, range)
    }
    return onRecord(found, in: range)
  }

  /// Whether the situation at work got better between two days, as the ESF counts it (EECR06).
  ///
  /// From a fixed term to a permanent contract, from part time to full time, to a higher level of
  /// requirement, or by a promotion (6.6 of the domain reference). Full time is stated by the caller,
  /// for no law does.
  public func improved(from first: Day, to second: Day, fullTime: Hundredths) -> Truth {
    let contract =
      !permanent(.employed, on: first) && permanent(.employed, on: second)
      && working(.employed, on: first)
    let (hours, later) = (weeklyHours(.employed, on: first), weeklyHours(.employed, on: second))
    let time =
      (hours.map { Truth($0.value < fullTime.value) } ?? .unknown)
      && (later.map { Truth($0.value >= fullTime.value) } ?? .unknown)
    var level = Truth.unknown
    if let before = skill(.employed, on: first), let after = skill(.employed, on: second) {
      level = Truth(after > before)
    }
    let better = contract || time || level || promoted(during: first..<second + 1)
    return working(.employed, on: second) && better
  }

  // MARK: What these share

  private func isHeld(_ place: Int, _ kinds: PlacementKinds, on day: Day) -> Truth {
    let spell = placements[place]
    let holds = spell.isOf(kinds) && spell.covers(day)
    return holds == .no ? .no : holds && working(spell.possibleKinds, on: day)
  }

  private func terms(of place: Int, on day: Day) -> PlacementTerms {
    var terms = placements[place].terms
    for change in changes where change.placement == place && change.day <= day {
      terms.take(PlacementTerms(change.details))
    }
    return terms
  }

  private func sum(
    _ kinds: PlacementKinds, on day: Day, _ part: (PlacementTerms) -> Hundredths?
  ) -> Hundredths? {
    var sum: Int64?
    for place in placements.indices {
      switch isHeld(place, kinds, on: day) {
      case .no: continue
      case .unknown: return nil
      case .yes:
        guard let number = part(terms(of: place, on: day)) else { return nil }
        sum = (sum ?? 0) + number.value
      }
    }
    return sum.map { Hundredths($0) }
  }

  private func everyDayIsKnown(_ kinds: PlacementKinds, _ range: Range<Day>) -> Bool {
    var isKnown = true
    sweep(range, { working(kinds, on: $0) }) { _, truth in
      isKnown = truth != .unknown
      return isKnown
    }
    return isKnown
  }

  /// The days of a month on which a job was held, each times its monthly pay in cents; nil where the
  /// pay is not known.
  private func pay(of place: Int, during month: Range<Day>) -> Double? {
    let spell = placements[place]
    var total = 0.0
    var day = max(month.lowerBound, spell.start)
    let end = min(month.upperBound, spell.end ?? month.upperBound)
    while day < end {
      var next = end
      for change in changes where change.placement == place && change.day > day {
        next = min(next, change.day)
      }
      guard let pay = terms(of: place, on: day).grossMonthly else { return nil }
      total += Double(pay.value) * Double(next - day)
      day = next
    }
    return total
  }
}
