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

  private let question: TimeToEventQuestion
  private let lastDay: Int32
  private let gap: Int32
  private let rule: GapRule
  private let waitsForInterruption: Bool
  private var work: WorkHistory

  init(_ question: TimeToEventQuestion) {
    self.question = question
    lastDay = question.referenceDay.number
    work = WorkHistory(kinds: question.kinds.reduce(0) { $0 | 1 << UInt32($1.rawValue) })
    switch question.outcome {
    case .firstPlacement: (gap, rule, waitsForInterruption) = (0, .b, false)
    case .interruption(let gap, let rule):
      (self.gap, self.rule, waitsForInterruption) = (gap, rule, true)
    }
  }

  /// Evaluates one person's milestones, which stand in journey order.
  mutating func evaluate(_ milestones: ArraySlice<UInt64>) -> Verdict {
    guard let facts = facts(milestones) else { return .withoutEntry }
    let start: Day
    switch question.origin {
    case .entry: start = facts.entry
    case .firstPlacement:
      guard let first = facts.firstStart else { return .withoutIndexEvent }
      start = first
    }
    if let window = question.window, !window.contains(start) { return .withoutIndexEvent }
    // Observation ends after the last confirmed day, at the reference day, or with the person.
    let end = min(facts.lastConfirmed, question.referenceDay) + 1
    let from = question.clock.index(start)
    let until = question.clock.index(min(end, facts.gone ?? end))
    if waitsForInterruption {
      guard from < until else { return .notObserved }
      return interruption(milestones, start, from, until)
    }
    guard from <= until else { return .notObserved }
    if let first = facts.firstStart, question.clock.index(first) < until {
      return .counted(
        Duration(length: question.clock.index(first) - from, isEvent: true))
    }
    return .counted(Duration(length: until - from, isEvent: false))
  }

  private struct Facts {
    var entry: Day
    var firstStart: Day?
    var lastConfirmed: Day
    /// The day of death or of leaving the country: nothing is observed from then on.
    var gone: Day?
  }

  private func facts(_ milestones: ArraySlice<UInt64>) -> Facts? {
    var entry: Day?
    var firstStart: Day?
    var lastConfirmed = Day.earliest
    var gone: Day?
    let confirming = MilestoneKind.confirming
    for bits in milestones {
      let milestone = Milestone(bits: bits)
      let day = milestone.day
      let kind = milestone.rawKind
      if day.number > lastDay {
        // Who was seen after the reference day was under observation up to it: C is the earlier of
        // the reference day and the last confirmed one.
        guard confirming[Int(kind)] else { continue }
        lastConfirmed = day
        break
      }
      if confirming[Int(kind)] {
        let isEnd = kind == MilestoneKind.placementEnded.rawValue
        lastConfirmed = max(lastConfirmed, isEnd ? day - 1 : day)
      }
      switch kind {
      case MilestoneKind.entered.rawValue: entry = entry ?? day
      case MilestoneKind.placementStarted.rawValue:
        if entry != nil, firstStart == nil, work.kinds & (1 << UInt32(milestone.code)) != 0 {
          firstStart = day
        }
      case MilestoneKind.leftCountry.rawValue, MilestoneKind.deceased.rawValue:
        gone = gone ?? day
      default: break
      }
    }
    return entry.map {
      Facts(entry: $0, firstStart: firstStart, lastConfirmed: lastConfirmed, gone: gone)
    }
  }

  private mutating func interruption(
    _ milestones: ArraySlice<UInt64>, _ start: Day, _ from: Int32, _ until: Int32
  ) -> Verdict {
    work.reset()
    var gapStart: Int32?
    var loss: Int32?
    for bits in milestones {
      let milestone = Milestone(bits: bits)
      let day = milestone.day
      if day.number > lastDay { break }
      let kind = milestone.rawKind
      if kind == MilestoneKind.placementStarted.rawValue {
        guard work.start(milestone), let opened = gapStart else { continue }
        let index = question.clock.index(day)
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
        let index = question.clock.index(day)
        if index >= until { break }
        gapStart = index
      }
    }
    if loss == nil, let opened = gapStart, until - opened > gap { loss = opened }
    let openGap = loss == nil ? gapStart.flatMap { $0 < until ? $0 : nil } : nil
    guard
      let duration = rule.outcome(
        start: from, observedUntil: until, gap: gap, loss: loss, openGap: openGap)
    else { return .tooLate }
    return .counted(duration)
  }
}
