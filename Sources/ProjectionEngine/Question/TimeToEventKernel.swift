import Journey

// The loop over everybody's milestones for questions of kind `time-to-event`.

/// Evaluates one person after another; keeps its working memory between them.
struct TimeToEventKernel {
  /// Why a person does or does not count.
  enum Verdict: Equatable {
    case counted(Duration)
    case withoutEntry
    case withoutIndexEvent
    case notObserved
    case tooLate
  }

  // What the question says, as plain values: it is asked of every person, and a copy of the question
  // would cost more than the answer.
  private let clock: ClockTable
  private let lastDay: Int32
  private let window: ClosedRange<Day>?
  private let startsAtEntry: Bool
  private let outcome: TimeToEventQuestion.Outcome
  private let isInterruption: Bool
  private let waitsForExit: Bool
  private let isSameJob: Bool
  private let gap: Int32
  private let rule: GapRule
  private let competing: [CompetingEvent]
  private let exitCensors: Bool
  private let endsWithData: Bool
  private let deathCensors: Bool
  private let departureCensors: Bool
  /// See `TimeToEventQuestion`.
  private let matureDay: Day?
  private let bridgedDay: Day?
  private var work: WorkHistory
  /// What ended the work of the person evaluated last instead of an interruption.
  private var other: (at: Int32, cause: UInt8)?

  init(_ question: TimeToEventQuestion) {
    clock = ClockTable(question.clock)
    lastDay = question.lastDay.number
    window = question.window
    startsAtEntry = question.origin == .entry
    outcome = question.outcome
    waitsForExit = [.exit, .dropout].contains(question.outcome)
    isSameJob = question.isSameJob
    competing = question.competing
    exitCensors = question.censoring == .exit
    endsWithData = question.censoring == .dataCut
    deathCensors = !question.competing.contains(.death)
    departureCensors = !question.competing.contains(.leftCountry)
    (matureDay, bridgedDay) = (question.matureDay, question.bridgedDay)
    work = WorkHistory(kinds: question.kinds.reduce(0) { $0 | 1 << UInt32($1.rawValue) })
    switch question.outcome {
    case .firstPlacement, .exit, .dropout: (gap, rule, isInterruption) = (0, .b, false)
    case .interruption(let gap, let rule):
      (self.gap, self.rule, isInterruption) = (gap, rule, true)
    }
  }

  /// The day on which the clock of the person evaluated last started.
  private(set) var indexDay = Day.earliest
  /// The same on the clock.
  private(set) var start: Int32 = 0
  /// How the person evaluated last was followed.
  private(set) var followed = Followed()

  /// How one person was followed.
  struct Followed {
    /// How far the person was followed or, with an event, would have been without it, in clock units.
    var longest: Int32 = 0
    /// The first day that nobody observed.
    var end = Day.earliest
    /// Whether nothing is observed after that because the person is gone.
    var isGone = false
    /// The day of the event that ended it: of work that ended, the first day without.
    var eventDay: Day?
  }

  /// Whether something that would change the outcome of the person evaluated last may not be recorded
  /// yet: an event in days that are not complete, or a job that bridges a gap.
  func isImmature(_ duration: Duration) -> Bool {
    if let day = followed.eventDay {
      guard gap > 0, let mature = bridgedDay else { return false }
      return clock.index(day) + gap >= clock.index(mature + 1)
    }
    guard let mature = matureDay, !followed.isGone else { return false }
    return start + duration.length > clock.index(mature + 1)
  }

  /// What of a person is evaluated.
  enum Part {
    /// The person, from the first entry or the first placement on.
    case person
    /// One participation, from its entry to its exit.
    case participation(Participation)
    /// One spell of work or training: its first day, and the first day without it.
    case spell(start: Day, end: Day?)
    /// What follows a participation, from its last day on.
    case afterExit(Day)
  }

  /// Evaluates one person's milestones, which stand in journey order, or a part of them.
  mutating func evaluate(_ milestones: Span<UInt64>, _ part: Part = .person) -> Verdict {
    if case .person = part, !startsAtEntry, !mayStart(milestones) {
      return isEntered(milestones) ? .withoutIndexEvent : .withoutEntry
    }
    var facts = facts(milestones, part)
    guard let entry = facts.observation.entry else { return .withoutEntry }
    let start: Day
    switch part {
    case .participation(let own):
      start = own.entry
      facts.exit = own.exit.map { CivilDate($0, own.exitPrecision).lastDay + 1 }
      facts.isDropout = own.dropout == .yes
    case .spell(let first, _): start = first
    case .afterExit(let last): start = last
    case .person:
      guard !startsAtEntry else {
        start = entry
        break
      }
      guard let first = facts.firstStart else { return .withoutIndexEvent }
      start = first
    }
    if let window, !window.contains(start) { return .withoutIndexEvent }
    indexDay = start
    if let exit = facts.exit, exit <= start {
      // Whoever had left before has no exit ahead, and is not followed where the exit ends that.
      if waitsForExit { return .withoutIndexEvent }
      if exitCensors { return .notObserved }
      facts.exit = nil
    }
    let gone = censoring(facts)
    let end =
      endsWithData
      ? facts.observation.endOfData(gone: gone) : facts.observation.end(gone: gone)
    let from = clock.index(start)
    self.start = from
    let until = clock.index(end)
    followed = Followed(longest: until - from, end: end, isGone: gone == end)
    if isInterruption {
      other = nil
      if let known = earliest(facts), known.day <= gone ?? .latest {
        other = (clock.index(known.day), known.cause)
      }
      let observed = min(until, other?.at ?? until)
      // What comes after another event tells nothing, and without one a period has to be observed.
      guard other == nil ? from < until : from <= observed else { return .notObserved }
      if case .afterExit = part, !isWorking(milestones, on: start) { return .withoutIndexEvent }
      if isSameJob, case .spell(_, let end) = part {
        return interruption(of: end, from, observed)
      }
      return interruption(milestones, start, from, observed)
    }
    guard from <= until else { return .notObserved }
    guard let duration = first(facts, from: from, until: until, gone: gone) else {
      return .notObserved
    }
    return .counted(duration)
  }

  /// The day from which nothing is observed because the person is gone, where that is no event, or
  /// has left the programme, where that ends observation.
  private func censoring(_ facts: Facts) -> Day? {
    var day = exitCensors ? facts.exit : nil
    if deathCensors, let died = facts.observation.died { day = min(day ?? died, died) }
    if departureCensors, let left = facts.observation.left { day = min(day ?? left, left) }
    return day
  }

  /// What happens first: the event, one of those that compete with it, or the end of observation.
  ///
  /// Nil for who had died or left the country before the clock started: nobody observed them.
  private mutating func first(
    _ facts: Facts, from: Int32, until: Int32, gone: Day?
  ) -> Duration? {
    guard let best = earliest(facts) else { return Duration(length: until - from, cause: 0) }
    let index = clock.index(best.day)
    guard index >= from else { return nil }
    // A placement on the first day that nobody observed is not seen; an exit, a death or a departure
    // is itself an observation.
    let isSeen = isPlacement(best.cause) ? index < until : best.day <= gone ?? .latest
    if isSeen { followed.eventDay = best.day }
    return isSeen
      ? Duration(length: index - from, cause: best.cause)
      : Duration(length: until - from, cause: 0)
  }

  /// What happens first, whether it is seen or not; an interruption, which is no day, aside.
  private func earliest(_ facts: Facts) -> (day: Day, cause: UInt8)? {
    var best: (day: Day, cause: UInt8)?
    if let day = facts.day(of: outcome) { best = (day, 1) }
    for (place, event) in competing.enumerated() {
      guard let day = facts.day(of: event) else { continue }
      // On one day the event itself comes first, then the causes in their order.
      if let known = best, known.day <= day { continue }
      best = (day, UInt8(place) + 2)
    }
    return best
  }

  private func isPlacement(_ cause: UInt8) -> Bool {
    cause == 1 ? outcome == .firstPlacement : competing[Int(cause) - 2] == .placement
  }

  private struct Facts {
    var observation: Observation
    var firstStart: Day?
    /// The last exit, when no re-entry follows: the first day outside.
    var exit: Day?
    var isDropout = false

    func day(of outcome: TimeToEventQuestion.Outcome) -> Day? {
      switch outcome {
      case .firstPlacement: firstStart
      case .interruption: nil
      case .exit: exit
      case .dropout: isDropout ? exit : nil
      }
    }

    func day(of event: CompetingEvent) -> Day? {
      switch event {
      case .death: observation.died
      case .leftCountry: observation.left
      case .dropout: isDropout ? exit : nil
      case .otherExit: isDropout ? nil : exit
      case .exit: exit
      case .placement: firstStart
      }
    }
  }

  /// Whether a placement of the kinds that count ever starts: most people need no more than that.
  private func mayStart(_ milestones: Span<UInt64>) -> Bool {
    for place in milestones.indices {
      let milestone = Milestone(bits: milestones[place])
      if milestone.rawKind == MilestoneKind.placementStarted.rawValue, work.counts(milestone) {
        return true
      }
    }
    return false
  }

  /// Whether the person entered by the reference day.
  private func isEntered(_ milestones: Span<UInt64>) -> Bool {
    for place in milestones.indices {
      let milestone = Milestone(bits: milestones[place])
      if milestone.rawKind == MilestoneKind.entered.rawValue {
        return milestone.day.number <= lastDay
      }
    }
    return false
  }

  private func facts(_ milestones: Span<UInt64>, _ part: Part) -> Facts {
    var facts = Facts(observation: Observation(referenceDay: Day(number: lastDay)))
    let earliest =
      switch part {
      case .participation(let own): own.entry
      case .spell(let start, _): start
      case .afterExit(let last): last
      case .person: Day.earliest
      }
    person: for place in milestones.indices {
      let milestone = Milestone(bits: milestones[place])
      switch facts.observation.take(milestone) {
      case .later: continue
      case .last: break person
      case .counts: break
      }
      switch milestone.rawKind {
      case MilestoneKind.entered.rawValue, MilestoneKind.reentered.rawValue: facts.exit = nil
      case MilestoneKind.placementStarted.rawValue:
        if facts.observation.entry != nil, facts.firstStart == nil, milestone.day >= earliest,
          work.counts(milestone)
        {
          facts.firstStart = milestone.day
        }
      case MilestoneKind.exited.rawValue where facts.observation.entry != nil:
        facts.exit = milestone.date.lastDay + 1
        facts.isDropout = milestone.dropout == .yes
      default: break
      }
    }
    return facts
  }

  /// Whether work of the kinds that count is held on a day.
  private mutating func isWorking(_ milestones: Span<UInt64>, on day: Day) -> Bool {
    work.reset()
    for place in milestones.indices {
      let milestone = Milestone(bits: milestones[place])
      if milestone.day > day { break }
      if milestone.rawKind == MilestoneKind.placementStarted.rawValue {
        _ = work.start(milestone)
      } else if milestone.rawKind == MilestoneKind.placementEnded.rawValue {
        work.end(milestone)
      }
    }
    return work.isWorking
  }

  private mutating func interruption(
    _ milestones: Span<UInt64>, _ start: Day, _ from: Int32, _ until: Int32
  ) -> Verdict {
    work.reset()
    var isBegun = false
    var gapStart: Int32?
    var gapDay = start
    var loss: Int32?
    for place in milestones.indices {
      let milestone = Milestone(bits: milestones[place])
      let day = milestone.day
      if day.number > lastDay { break }
      let kind = milestone.rawKind
      if kind == MilestoneKind.placementStarted.rawValue {
        if isSameJob {
          // Of all jobs only the one that starts the clock counts.
          if isBegun || day != start || !work.counts(milestone) { continue }
          isBegun = true
        }
        guard work.start(milestone), let opened = gapStart else { continue }
        let index = clock.index(day)
        if min(index, until) - opened > gap {
          loss = opened
          break
        }
        if index >= until { break }
        gapStart = nil
      } else if kind == MilestoneKind.placementEnded.rawValue {
        let wasWorking = work.isWorking
        work.end(milestone)
        guard wasWorking, !work.isWorking, day >= start else { continue }
        let index = clock.index(day)
        if index >= until { break }
        gapStart = index
        gapDay = day
      }
    }
    return interruption(loss: loss, gapStart: gapStart, on: gapDay, from, until)
  }

  /// The end of one spell, which nothing that follows continues.
  private mutating func interruption(of end: Day?, _ from: Int32, _ until: Int32) -> Verdict {
    let ended = end.map { clock.index($0) }.flatMap { $0 < until ? $0 : nil }
    return interruption(loss: nil, gapStart: ended, on: end ?? .latest, from, until)
  }

  /// The verdict on the first run without work longer than the gap, or on the last one.
  private mutating func interruption(
    loss: Int32?, gapStart: Int32?, on gapDay: Day, _ from: Int32, _ until: Int32
  ) -> Verdict {
    var loss = loss
    if loss == nil, let opened = gapStart, until - opened > gap { loss = opened }
    let openGap = loss == nil ? gapStart.flatMap { $0 < until ? $0 : nil } : nil
    guard
      let duration = rule.outcome(
        start: from, observedUntil: until, gap: gap, loss: loss, openGap: openGap, other: other,
        dataEnd: clock.index(Day(number: lastDay) + 1))
    else { return .tooLate }
    if rule == .b { followed.longest -= gap + 1 }
    if duration.isEvent { followed.eventDay = gapDay }
    return .counted(duration)
  }
}
