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

  func verdict(_ milestones: [Milestone]) -> TimeToEventKernel.Verdict {
    let reference = question.referenceDay
    let known = milestones.filter { $0.day <= reference }
    guard let entry = known.first(where: { $0.kind == .entered }) else { return .withoutEntry }
    let starts = known.filter {
      $0.kind == .placementStarted && $0.bits > entry.bits && isCounted($0)
    }
    let origin: Day
    switch question.origin {
    case .entry: origin = entry.day
    case .firstPlacement, .everyPlacement:
      guard let first = starts.first else { return .withoutIndexEvent }
      origin = first.day
    }
    if let window = question.window, !window.contains(origin) { return .withoutIndexEvent }

    // C: everybody is observed until the day on which they were last seen, at most to the
    // reference day, and not from the day on which they died or left.
    let lastSeen = milestones.compactMap(\.confirmedDay).max() ?? .earliest
    var observedUntil = min(lastSeen, reference) + 1
    let goneKinds: [MilestoneKind?] =
      [(MilestoneKind.leftCountry, CompetingEvent.leftCountry), (.deceased, .death)]
      .filter { !question.competing.contains($0.1) }.map(\.0)
    for gone in known where goneKinds.contains(gone.kind) {
      observedUntil = min(observedUntil, gone.day)
    }
    let s = period(origin)
    let c = period(observedUntil)

    guard case .interruption(let gap, let rule) = question.outcome else {
      guard s <= c else { return .notObserved }
      let happened = happened(known, entry, starts.first?.day)
      guard let first = happened.min(by: { ($0.day, $0.cause) < ($1.day, $1.cause) }),
        first.isPlacement
          ? period(first.day) < c
          : !known.contains(where: { goneKinds.contains($0.kind) && $0.day < first.day })
      else { return .counted(Duration(length: c - s, cause: 0)) }
      // Dead or gone before the clock started.
      if period(first.day) < s { return .notObserved }
      return .counted(Duration(length: period(first.day) - s, cause: first.cause))
    }
    guard s < c else { return .notObserved }
    let periods = periods(s..<c, known)
    return retention(periods, s: s, c: c, gap: gap, rule: rule)
  }

  /// Everything that ends the clock, with its day and cause.
  private func happened(
    _ known: [Milestone], _ entry: Milestone, _ placement: Day?
  ) -> [(day: Day, cause: UInt8, isPlacement: Bool)] {
    // The last exit, unless the person came in again afterwards.
    let doors = known.filter {
      $0.bits >= entry.bits && [.entered, .reentered, .exited].contains($0.kind)
    }
    let exit = doors.last.flatMap { $0.kind == .exited ? $0 : nil }
    // Whoever left in a month of which the day is not known left at its end.
    let left = exit.map { $0.date.lastDay + 1 }
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
    let all = [waitedFor].compactMap(\.self) + question.competing
    return all.enumerated().compactMap { place, event in
      day(event).map { ($0, UInt8(place + 1), event == .placement) }
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

  private func retention(
    _ periods: [Period], s: Int32, c: Int32, gap: Int32, rule: GapRule
  ) -> TimeToEventKernel.Verdict {
    // Runs without work: where each starts and how long it lasts.
    var runs: [(u: Int32, r: Int32)] = []
    for (i, period) in periods.enumerated() where !period.works {
      if i > 0, !periods[i - 1].works, !period.begins {
        runs[runs.count - 1].r += 1
      } else {
        runs.append((s + Int32(i), 1))
      }
    }
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
