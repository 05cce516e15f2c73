import Journey

/// Opens one person after another and says in which state of a question they are on a day.
struct StatedPeople {
  private let question: StateQuestion
  private let index: IndexEvents
  private let condition: BoundExpression?
  private let states: [BoundExpression]
  private let clock: ClockTable
  /// Whether a state can begin or end only where something is on record.
  private let changesOnlyWithRecords: Bool
  /// Whether all of them rest on the outline of a journey.
  private let restsOnOutline: Bool
  private(set) var attrition = Attrition()
  private var days: [IndexDay] = []
  private var context = ExpressionContext()
  /// The days after the index day from which the state of the person opened last may be another one,
  /// ascending; empty where it may change without a record.
  private var changes: [Day] = []
  /// By stretch of days between those the state, as far as it was looked up.
  private var looked: [Look] = []
  /// The stretch that was asked about last.
  private var stretch = 0

  private enum Look {
    case notYet
    case found(Int?)
  }

  init(_ question: StateQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    self.question = question
    let definition = question.definition
    index = IndexEvents(definition.index, kinds: definition.kinds, window: question.window)
    condition = try definition.condition?.bound(to: catalogue)
    var states: [BoundExpression] = []
    for state in definition.states { states.append(try state.when.bound(to: catalogue)) }
    self.states = states
    clock = ClockTable(question.clock)
    restsOnOutline = definition.states.allSatisfy { $0.when.restsOnOutline }
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
    context.settle(question.clock)
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
    layOutChanges(after: day.day)
    return day
  }

  private mutating func layOutChanges(after start: Day) {
    guard changesOnlyWithRecords else { return }
    changes.removeAll(keepingCapacity: true)
    if restsOnOutline {
      context.history.outlineDaysOfChange { if $0 > start { changes.append($0) } }
    } else {
      context.history.daysOfChange { if $0 > start { changes.append($0) } }
    }
    changes.sort()
    var count = 0
    for day in changes where count == 0 || day != changes[count - 1] {
      changes[count] = day
      count += 1
    }
    changes.removeSubrange(count...)
    looked.removeAll(keepingCapacity: true)
    looked.append(contentsOf: repeatElement(.notYet, count: count + 1))
    stretch = 0
  }

  /// The days after the index day of the person opened last, and before another day, on which the clock
  /// stands and their state may differ from the one before, ascending.
  ///
  /// - Parameters:
  ///   - start: The index day.
  ///   - end: The first day that no longer counts.
  ///   - days: Takes the days; what it held is dropped.
  func daysOfChange(from start: Day, until end: Day, into days: inout [Day]) {
    days.removeAll(keepingCapacity: true)
    guard start < end else { return }
    switch (question.clock, changesOnlyWithRecords) {
    case (.day, true):
      for day in changes where day < end { days.append(day) }
    case (.day, false):
      for number in start.number + 1..<max(end.number, start.number + 1) {
        days.append(Day(number: number))
      }
    case (.month, true):
      // Whatever changes within a month shows on the first day of the next.
      for day in changes where day < end {
        let month = clock.index(day)
        let first = Day(firstOfMonth: month)
        let shown = first == day ? day : Day(firstOfMonth: month + 1)
        if shown < end, days.last != shown { days.append(shown) }
      }
    case (.month, false):
      var month = start.monthIndex + 1
      while Day(firstOfMonth: month) < end {
        days.append(Day(firstOfMonth: month))
        month += 1
      }
    }
  }

  /// The state of the person opened last on a day from the index day on; nil when none of them is known to
  /// hold.
  ///
  /// Between two days on which something changes it is looked up once.
  mutating func state(on day: Day) -> Int? {
    guard changesOnlyWithRecords else { return lookUp(day) }
    // Whoever asks goes from day to day: the stretch is that of the last day or lies not far behind.
    if stretch > 0, day < changes[stretch - 1] { stretch = 0 }
    while stretch < changes.count, changes[stretch] <= day { stretch += 1 }
    if case .found(let state) = looked[stretch] { return state }
    let state = lookUp(day)
    looked[stretch] = .found(state)
    return state
  }

  /// The same, looked up anew whatever was found before.
  mutating func lookUp(_ day: Day) -> Int? {
    context.day = day
    return state
  }

  /// The first state that holds on the day that the context looks at.
  private var state: Int? {
    for place in states.indices {
      switch states[place].truth(in: context) {
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
