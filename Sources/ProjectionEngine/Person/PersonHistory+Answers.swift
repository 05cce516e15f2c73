import Journey

extension PersonHistory {
  /// Works out what answers say beyond the recorded spells.
  ///
  /// Rules, in this order (edge cases no. 18 to 20 of the domain reference):
  /// 1. Of two contrary answers about the same days the weightier one counts. One about work and one
  ///    about education are not contrary: together they say that the person was no apprentice.
  /// 2. A *no* about a job that is recorded as going on ends it: somewhere between the last day on
  ///    which it was known to go on and the day of the answer. A *no* about a day inside a spell that
  ///    is recorded as over is a contradiction: the weightier one counts, for that day. That of an exit
  ///    form is about each day from the one after the exit to the form.
  /// 3. A *yes* about a day without a recorded spell holds for that day, and leaves the days around
  ///    it unknown as far as the next thing on record on either side.
  mutating func settleAnswers() {
    if answers.isEmpty { return }
    answers.sort { ($0.about.lowerBound, $0.told) < ($1.about.lowerBound, $1.told) }
    dropContradicted()
    for answer in answers where !answer.value { deny(answer) }
    for answer in answers where answer.value { affirm(answer) }
  }

  private mutating func dropContradicted() {
    guard answers.count > 1 else { return }
    var lost: [Int] = []
    for i in answers.indices {
      for j in answers.indices.dropFirst(i + 1)
      where answers[i].value != answers[j].value
        && (answers[i].speaks(of: answers[j]) || answers[j].speaks(of: answers[i]))
      {
        let (a, b) = (answers[i], answers[j])
        let shared = a.kinds.intersection(b.kinds)
        if shared.isEmpty { continue }
        if shared == .workAndEducation {
          answers[a.value ? i : j].kinds.subtract(shared)
          continue
        }
        lost.append(a.prevails(over: b.evidence, told: b.told) ? j : i)
        conflicts.append(max(a.about.lowerBound, b.about.lowerBound))
      }
    }
    if lost.isEmpty { return }
    answers = answers.indices.filter { !lost.contains($0) }.map { answers[$0] }
  }

  private mutating func deny(_ answer: StatusAnswer) {
    let day = answer.about.lowerBound
    // The last day that it certainly speaks of.
    let last = answer.isThroughout ? answer.about.upperBound : day
    var isBelieved = true
    for place in placements.indices {
      let spell = placements[place]
      // Who starts work that day was without it when asked.
      guard spell.isOf(answer.kinds) == .yes, spell.latestStart < last else { continue }
      if spell.end == nil, spell.latestStart < day {
        let earliest = lastSeen(place, before: day) + 1
        let latest =
          answer.isThroughout
          ? day : answer.isDated ? answer.about.upperBound : day - Self.tolerance
        placements[place].finish(between: earliest, and: max(earliest, latest))
      } else if spell.covers(day..<last + 1) == .yes {
        conflicts.append(max(day, spell.start))
        if !answer.prevails(over: spell.evidence, told: spell.told) { isBelieved = false }
      }
    }
    // Of a month nobody knows which day of it was meant.
    guard isBelieved, answer.about.isOneDay || answer.isThroughout else { return }
    adjustments.append(
      StatusAdjustment(days: day..<last + 1, kinds: answer.kinds, truth: .no))
  }

  /// The last day before another on which a placement was known to go on.
  private func lastSeen(_ place: Int, before day: Day) -> Day {
    var last = placements[place].latestStart
    for change in changes where change.placement == place && change.day < day {
      last = max(last, change.day)
    }
    for answer in answers
    where answer.value && answer.about.upperBound < day
      && placements[place].isOf(answer.kinds) == .yes
      && placements[place].start <= answer.about.lowerBound
    {
      last = max(last, answer.about.lowerBound)
    }
    return last
  }

  private mutating func affirm(_ answer: StatusAnswer) {
    let about = answer.about
    var explaining = PlacementKinds()
    var isCertain = false
    for spell in placements where !spell.possibleKinds.isDisjoint(with: answer.kinds) {
      switch spell.covers(about.lowerBound..<about.upperBound + 1) {
      case .yes: isCertain = true
      case .unknown: explaining.formUnion(spell.possibleKinds)
      case .no: break
      }
    }
    // A recorded spell explains the answer.
    if isCertain { return }
    let (before, after) = borders(around: about, answer.kinds)
    // Of a month nobody knows which day of it was meant.
    guard about.isOneDay else {
      if explaining.isEmpty {
        adjustments.append(
          StatusAdjustment(days: before..<after, kinds: answer.kinds, truth: .unknown))
      }
      return
    }
    if !explaining.isEmpty {
      adjustments.append(
        StatusAdjustment(
          days: about.lowerBound..<about.lowerBound + 1, kinds: explaining, truth: .yes))
      return
    }
    let reach = answer.isDated ? 0 : Self.tolerance
    let first = max(before, about.lowerBound - reach)
    let end = min(after, about.upperBound + reach + 1)
    adjustments.append(StatusAdjustment(days: first..<end, kinds: answer.kinds, truth: .yes))
    for days in [before..<first, end..<after] where !days.isEmpty {
      adjustments.append(StatusAdjustment(days: days, kinds: answer.kinds, truth: .unknown))
    }
  }

  /// The nearest things on record around some days: the end of what was before, and the start of what
  /// came after.
  private func borders(
    around about: ClosedRange<Day>, _ kinds: PlacementKinds
  ) -> (before: Day, after: Day) {
    var (before, after) = (Day.earliest, Day.latest)
    for spell in placements where !spell.possibleKinds.isDisjoint(with: kinds) {
      if let end = spell.end, end <= about.lowerBound { before = max(before, end) }
      if spell.start > about.upperBound { after = min(after, spell.start) }
    }
    for other in answers where !other.value && !other.kinds.isDisjoint(with: kinds) {
      if other.about.upperBound < about.lowerBound {
        before = max(before, other.about.upperBound + 1)
      }
      if other.about.lowerBound > about.upperBound { after = min(after, other.about.lowerBound) }
    }
    return (before, after)
  }
}

extension PlacementKinds {
  /// What is employment and education at once.
  fileprivate static let workAndEducation = PlacementKinds.employed.intersection(.education)
}
