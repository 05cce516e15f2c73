import Journey

/// Folds blocks of journeys into stretches in states and moves between them.
struct StateFold: BlockFold {
  private let question: StateQuestion
  private var horizons: HorizonDays
  private let clock: ClockTable
  private var people: StatedPeople
  private var slots: GroupSlots<StateSums>
  private var changes: [Day] = []

  init(_ question: StateQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    self.question = question
    people = try StatedPeople(question, catalogue)
    horizons = HorizonDays(question)
    clock = ClockTable(question.clock)
    slots = GroupSlots(
      try Grouping(question.groupedBy, catalogue),
      empty: StateSums(states: question.definition.states.count, horizons: question.horizons.count))
  }

  mutating func add(_ block: EffectiveBlock) throws {
    for person in 0..<block.count {
      guard let day = people.open(block, person) else { continue }
      let slot = try slots.slot(block, person, on: day.day)
      slots.sums[slot].people += 1
      if question.definition.isFollowed {
        follow(from: day.day, until: people.end.observed, slot)
      }
      StateFold.look(&people, from: day.day, at: horizons.days(after: day.day), &slots.sums[slot])
    }
  }

  /// Lays out the stretches of one person.
  ///
  /// On a clock of days a state is that of each day; on a clock of months that of the first day of each
  /// month, of the index day in its own.
  private mutating func follow(from start: Day, until end: Day, _ slot: Int) {
    let origin = clock.index(start)
    people.daysOfChange(from: start, until: end, into: &changes)
    var current: (state: Int, since: Int32)?
    func close(at time: Int32, next: Int?) {
      guard let open = current else { return }
      current = nil
      let stop = time - origin
      guard stop > open.since else { return }
      let stretch = StateSums.Stretch(
        start: open.since, stop: stop, state: Int16(open.state), next: Int16(next ?? -1))
      slots.sums[slot].stretches[stretch, default: 0] += 1
    }
    func look(on day: Day) {
      let time = clock.index(day)
      let state = people.state(on: day)
      if state == current?.state { return }
      close(at: time, next: state)
      if let state { current = (state, time - origin) }
    }
    look(on: start)
    for day in changes { look(on: day) }
    let last = clock.index(end)
    // Whoever died or left the country moved into that state on that day, if there is one.
    if people.end.gone == end, let state = people.state(on: end), state != current?.state {
      close(at: last, next: state)
    }
    close(at: last, next: nil)
  }

  /// Where the person is on the index day and at each horizon that is reached.
  private static func look(
    _ people: inout StatedPeople, from start: Day, at days: [Day?], _ sums: inout StateSums
  ) {
    let first = people.state(on: start)
    var before = first
    for (place, day) in days.enumerated() {
      guard let day else {
        sums.notDue[place] += 1
        continue
      }
      let now = people.state(on: day)
      sums.add(horizon: place, index: first, before: before, now: now)
      before = now
    }
  }

  /// The sums so far.
  var result: GroupedSums<StateSums> { slots.result(people.attrition) }
}

/// The days of the horizons, worked out once for everybody who starts on the same day.
private struct HorizonDays {
  private let question: StateQuestion
  private let horizons: [Int32]
  private var known: [Day: [Day?]] = [:]

  init(_ question: StateQuestion) {
    self.question = question
    horizons = question.horizons.map { Int32($0) }
  }

  /// By horizon its day after an index day; nil for one that lies after the reference day.
  mutating func days(after start: Day) -> [Day?] {
    if let known = known[start] { return known }
    let days = horizons.map { horizon in
      let day = question.day(start, after: horizon)
      return day <= question.referenceDay ? day : nil
    }
    known[start] = days
    return days
  }
}
