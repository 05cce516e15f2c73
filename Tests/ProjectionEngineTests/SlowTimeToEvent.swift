import Journey

@testable import ProjectionEngine

/// The rules of questions of kind `time-to-event`, followed period by period.
///
/// A second implementation for one person: it lays out the state of every period from the spells
/// and looks for runs in it, as the script behind the reference values does. Slow and plain.
struct SlowTimeToEvent {
  let question: TimeToEventQuestion

  /// A job as a half-open stretch of days.
  private struct Spell {
    var start: Milestone
    var end: Day?
  }

  /// - Parameter given: The index day, where the question does not find it among a person's first steps.
  func verdict(_ milestones: [Milestone], from given: Day? = nil) -> TimeToEventKernel.Verdict {
    let reference = question.referenceDay
    let known = milestones.filter { $0.day <= reference }
    guard let entry = known.first(where: { $0.kind == .entered }) else { return .withoutEntry }
    let starts = known.filter {
      $0.kind == .placementStarted && $0.bits > entry.bits && isCounted($0)
        && $0.day >= given ?? .earliest
    }
    let origin: Day
    if let given {
      origin = given
    } else if question.origin == .entry {
      origin = entry.day
    } else {
      guard let first = starts.first else { return .withoutIndexEvent }
      origin = first.day
    }
    if let window = question.window, !window.contains(origin) { return .withoutIndexEvent }
    let left = left(known, entry)
    if let left, left <= origin {
      if question.outcome == .exit || question.outcome == .dropout { return .withoutIndexEvent }
      if question.censoring == .exit { return .notObserved }
    }

    // C: everybody is observed until the day on which they were last seen, at most to the
    // reference day, and not from the day on which they died or left.
    let lastSeen = milestones.compactMap(\.confirmedDay).max() ?? .earliest
    var observedUntil = min(question.censoring == .dataCut ? reference : lastSeen, reference) + 1
    if question.censoring == .exit, let left { observedUntil = min(observedUntil, left) }
    let goneKinds: [MilestoneKind?] =
      [(MilestoneKind.leftCountry, CompetingEvent.leftCountry), (.deceased, .death)]
      .filter { !question.competing.contains($0.1) }.map(\.0)
    for gone in known where goneKinds.contains(gone.kind) {
      observedUntil = min(observedUntil, gone.day)
    }
    let s = period(origin)
    let c = period(observedUntil)

    let first = happened(known, entry, starts.first?.day, after: origin)
      .min(by: { ($0.day, $0.cause) < ($1.day, $1.cause) })
    func isSeen(_ day: Day) -> Bool {
      !known.contains { goneKinds.contains($0.kind) && $0.day < day }
        && !(question.censoring == .exit && left ?? .latest < day)
    }
    guard case .interruption(let gap, let rule) = question.outcome else {
      guard s <= c else { return .notObserved }
      guard let first, first.isPlacement ? period(first.day) < c : isSeen(first.day) else {
        return .counted(Duration(length: c - s, cause: 0))
      }
      // Dead or gone before the clock started.
      if period(first.day) < s { return .notObserved }
      return .counted(Duration(length: period(first.day) - s, cause: first.cause))
    }
    let isExit = question.origin == .exit || question.origin == .everyExit
    let works = spells(known).contains { spell in
      isCounted(spell.start) && spell.start.day <= origin && spell.end ?? .latest > origin
    }
    if let first, isSeen(first.day) {
      let x = period(first.day)
      guard s <= c, s <= x else { return .notObserved }
      if isExit, !works { return .withoutIndexEvent }
      return retention(
        periods(s..<min(c, x), known), s: s, gap: gap, rule: rule,
        until: (x, first.cause, period(reference + 1)))
    }
    guard s < c else { return .notObserved }
    if isExit, !works { return .withoutIndexEvent }
    let periods = periods(s..<c, known)
    return retention(periods, s: s, c: c, gap: gap, rule: rule)
  }

  /// A clock for each index day that is no first step: the last days of participations, and the starts
  /// of trainings.
  func verdicts(_ milestones: [Milestone]) -> [TimeToEventKernel.Verdict] {
    let known = milestones.filter { $0.day <= question.referenceDay }
    guard let entry = known.first(where: { $0.kind == .entered }) else { return [.withoutEntry] }
    var days: [Day]
    if question.origin == .exit || question.origin == .everyExit {
      days = [left(known, entry).map { $0 + -1 }].compactMap(\.self)
    } else {
      days = known.filter {
        $0.kind == .placementStarted && $0.day >= entry.day
          && [PlacementKind.dualTraining.rawValue, PlacementKind.vocationalSchool.rawValue]
            .contains($0.code)
      }.map(\.day)
      if question.origin == .firstTraining { days = Array(days.prefix(1)) }
    }
    return days.isEmpty ? [.withoutIndexEvent] : days.map { verdict(milestones, from: $0) }
  }

  /// The first day outside: the day after the last exit, unless the person came in again afterwards.
  private func left(_ known: [Milestone], _ entry: Milestone) -> Day? {
    let doors = known.filter {
      $0.bits >= entry.bits && [.entered, .reentered, .exited].contains($0.kind)
    }
    // Whoever left in a month of which the day is not known left at its end.
    return doors.last.flatMap { $0.kind == .exited ? $0.date.lastDay + 1 : nil }
  }

  /// Everything that ends the clock, with its day and cause.
  private func happened(
    _ known: [Milestone], _ entry: Milestone, _ placement: Day?, after origin: Day
  ) -> [(day: Day, cause: UInt8, isPlacement: Bool)] {
    // The last exit, unless the person came in again afterwards.
    let doors = known.filter {
      $0.bits >= entry.bits && [.entered, .reentered, .exited].contains($0.kind)
    }
    let exit = doors.last.flatMap { $0.kind == .exited ? $0 : nil }
    // Who had left before the clock started does not leave again.
    let left = self.left(known, entry).flatMap { $0 > origin ? $0 : nil }
    let goals: [ExitReason] = [.work, .training, .school, .contactLost]
    let isDropout =
      exit.map { exit in
        exit.detail == Int(ExitType.early.rawValue)
          && !goals.contains { $0.rawValue == exit.code }
      } ?? false
    func day(_ event: CompetingEvent) -> Day? {
      switch event {
      case .death: known.first { $0.kind == .deceased }?.day
      case .leftCountry: known.first { $0.kind == .leftCountry }?.day
      case .exit: left
      case .dropout: isDropout ? left : nil
      case .otherExit: isDropout ? nil : left
      case .placement: placement
      }
    }
    var waitedFor: CompetingEvent?
    switch question.outcome {
    case .firstPlacement: waitedFor = .placement
    case .exit: waitedFor = .exit
    case .dropout: waitedFor = .dropout
    case .interruption: break
    }
    // An interruption is no day; it keeps the first place all the same.
    let all = [waitedFor] + question.competing
    return all.enumerated().compactMap { place, event in
      guard let event else { return nil }
      return day(event).map { ($0, UInt8(place + 1), event == .placement) }
    }
  }

  /// What happened in one period.
  private struct Period {
    var works: Bool
    /// A job begun in this period ends the run without work before it, however short it is: on a
    /// clock of months it may be over within the period, and another run begins.
    var begins: Bool
  }

  private func periods(_ range: Range<Int32>, _ known: [Milestone]) -> [Period] {
    let spells = spells(known).filter { isCounted($0.start) }
    return range.map { m in
      Period(
        works: spells.contains { spell in
          period(spell.start.day) <= m && m < (spell.end.map { period($0) } ?? .max)
        },
        begins: spells.contains { period($0.start.day) == m })
    }
  }

  private func spells(_ known: [Milestone]) -> [Spell] {
    var spells: [Spell] = []
    for milestone in known {
      if milestone.kind == .placementStarted { spells.append(Spell(start: milestone, end: nil)) }
      guard milestone.kind == .placementEnded else { continue }
      // The latest start that is still open and to which the end can belong.
      let index = spells.indices.reversed().first { index in
        guard spells[index].end == nil else { return false }
        let start = spells[index].start
        if milestone.spell != 0 {
          return start.spell == milestone.spell && start.detail == milestone.detail
        }
        return milestone.code != 0 ? start.code == milestone.code : start.detail == milestone.detail
      }
      if let index { spells[index].end = milestone.day }
    }
    return spells
  }

  /// What becomes of work that something else ends at `x`: an interruption that was one before counts.
  private func retention(
    _ periods: [Period], s: Int32, gap: Int32, rule: GapRule,
    until other: (x: Int32, cause: UInt8, dataEnd: Int32)
  ) -> TimeToEventKernel.Verdict {
    // The first boundary from which on more than the allowed gap was without work.
    let loss = runs(periods, s).first { $0.r > gap }?.u
    var (stop, cause) = (other.x, other.cause)
    if let loss { (stop, cause) = (rule == .c ? loss + gap + 1 : loss, 1) }
    let window = rule == .b ? other.dataEnd - gap - 1 : .max
    if s >= window { return .tooLate }
    return stop > window
      ? .counted(Duration(length: window - s, cause: 0))
      : .counted(Duration(length: stop - s, cause: cause))
  }

  /// Runs without work: where each starts and how long it lasts.
  private func runs(_ periods: [Period], _ s: Int32) -> [(u: Int32, r: Int32)] {
    var runs: [(u: Int32, r: Int32)] = []
    for (i, period) in periods.enumerated() where !period.works {
      if i > 0, !periods[i - 1].works, !period.begins {
        runs[runs.count - 1].r += 1
      } else {
        runs.append((s + Int32(i), 1))
      }
    }
    return runs
  }

  private func retention(
    _ periods: [Period], s: Int32, c: Int32, gap: Int32, rule: GapRule
  ) -> TimeToEventKernel.Verdict {
    let runs = runs(periods, s)
    let big = runs.filter { $0.r > gap }
    let open = runs.filter { $0.r <= gap && $0.u + $0.r == c }
    func counted(_ stop: Int32, _ isEvent: Bool) -> TimeToEventKernel.Verdict {
      .counted(Duration(length: stop - s, isEvent: isEvent))
    }
    switch rule {
    case .a:
      if let loss = big.first { return counted(loss.u, true) }
      return counted(open.first?.u ?? c, false)
    case .b:
      let w = c - gap - 1
      if s >= w { return .tooLate }
      if let loss = big.first(where: { $0.u <= w }) { return counted(loss.u, true) }
      return counted(w, false)
    case .c:
      if let loss = big.first { return counted(loss.u + gap + 1, true) }
      return counted(c, false)
    }
  }

  private func isCounted(_ start: Milestone) -> Bool {
    question.kinds.contains { $0.rawValue == start.code }
  }

  private func period(_ day: Day) -> Int32 {
    let (year, month, _) = day.parts
    return question.clock == .day ? day.number : Int32(year * 12 + month - 1)
  }
}
