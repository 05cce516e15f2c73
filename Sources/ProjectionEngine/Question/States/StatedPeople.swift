import Journey

/// Opens one person after another and says in which state of a question they are on a day.
struct StatedPeople {
  private let question: StateQuestion
  private let index: IndexEvents
  private let condition: BoundExpression?
  private let states: [BoundExpression]
  /// Whether a state can begin or end only where something is on record.
  private let changesOnlyWithRecords: Bool
  private(set) var attrition = Attrition()
  private var days: [IndexDay] = []
  private var context = ExpressionContext()

  init(_ question: StateQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    self.question = question
    let definition = question.definition
    index = IndexEvents(definition.index, kinds: definition.kinds, window: question.window)
    condition = try definition.condition?.bound(to: catalogue)
    var states: [BoundExpression] = []
    for state in definition.states { states.append(try state.when.bound(to: catalogue)) }
    self.states = states
    changesOnlyWithRecords = definition.states.allSatisfy { $0.when.changesOnlyWithRecords }
  }

  /// The first day that nobody observed of the person opened last, and the day from which that is so
  /// because they are gone.
  var end: (observed: Day, gone: Day?) { (context.history.observedUntil, context.history.gone) }

  /// Opens a person; nil, with the reason counted, for who does not count.
  mutating func open(_ block: EffectiveBlock, _ person: Int) -> IndexDay? {
    guard attrition.admits(block, person) else { return nil }
    context.load(
      block, person: person, referenceDay: question.referenceDay, clock: question.clock)
    guard context.history.entry != nil else {
      attrition.withoutEntry += 1
      return nil
    }
    index.find(in: context.history, into: &days)
    guard let day = days.first else {
      attrition.withoutIndexEvent += 1
      return nil
    }
    context.index = day
    switch condition?.truth(in: context) ?? .yes {
    case .yes: break
    case .no:
      attrition.outsidePopulation += 1
      return nil
    case .unknown:
      attrition.populationUnknown += 1
      return nil
    }
    let until = context.history.observedUntil
    guard day.day < until else {
      attrition.notObserved += 1
      return nil
    }
    attrition.counted += 1
    if let mature = question.matureDay, until > mature + 1 { attrition.immature += 1 }
    return day
  }

  /// The days after a person's index day, and before another, on which the clock stands and their state may
  /// differ from the one before, ascending.
  ///
  /// - Parameter days: Takes the days; what it held is dropped.
  func daysOfChange(from start: Day, until end: Day, into days: inout [Day]) {
    days.removeAll(keepingCapacity: true)
    guard start < end else { return }
    switch (question.clock, changesOnlyWithRecords) {
    case (.day, true):
      context.history.daysOfChange { if $0 > start, $0 < end { days.append($0) } }
      days.sort()
    case (.day, false):
      for number in start.number + 1..<max(end.number, start.number + 1) {
        days.append(Day(number: number))
      }
    case (.month, true):
      // Whatever changes within a month shows on the first day of the next.
      context.history.daysOfChange { day in
        guard day > start, day < end else { return }
        let first = Day(firstOfMonth: day.monthIndex)
        let shown = first == day ? day : Day(firstOfMonth: day.monthIndex + 1)
        if shown < end { days.append(shown) }
      }
      days.sort()
    case (.month, false):
      var month = start.monthIndex + 1
      while Day(firstOfMonth: month) < end {
        days.append(Day(firstOfMonth: month))
        month += 1
      }
    }
  }

  /// The state on a day; nil when none of them is known to hold.
  mutating func state(on day: Day) -> Int? {
    context.day = day
    for (place, state) in states.enumerated() {
      switch state.truth(in: context) {
      case .yes: return place
      // A later state must not be taken while an earlier one may hold.
      case .unknown: return nil
      case .no: continue
      }
    }
    return nil
  }
}

extension StateQuestion {
  /// The day that lies some clock units after the index day.
  func day(_ start: Day, after units: Int32) -> Day {
    clock == .day ? start + units : start.adding(months: Int(units))
  }
}
