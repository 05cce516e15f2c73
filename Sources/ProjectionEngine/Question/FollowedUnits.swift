import Journey

/// The units of a question of kind `time-to-event`, each with how long it was followed.
///
/// Walks one block after the other: `begin`, then `next` until there is none. Keeps count of who does
/// not count, and why.
struct FollowedUnits {
  /// One unit that counts.
  struct Unit {
    /// The place of the person in the block.
    let person: Int
    /// The day on which the clock starts.
    let day: Day
    /// The same on the clock.
    let start: Int32
    /// How long, and what ended it; nil for who is left out as too late, of questions that keep people.
    let duration: Duration?
    /// How much it counts.
    let weight: Double
    /// Which of the question's own groups it belongs to; nil for none.
    let group: Int?
  }

  private(set) var attrition = Attrition()
  private let lastDay: Day
  private let countsParticipations: Bool
  /// See `TimeToEventQuestion`.
  private let isLaidOut: Bool
  private let keepsPeople: Bool
  /// Whether units are what follows an exit.
  private let isAfterExit: Bool
  /// Whether anything but their steps decides whether and how much people count.
  private let looksAtPeople: Bool
  private var kernel: TimeToEventKernel
  private let condition: BoundExpression?
  private let weight: BoundExpression?
  private let groups: [BoundExpression]
  private let index: IndexEvents
  private var context = ExpressionContext()
  private var person = 0
  /// The index days of the person at hand, and how many of them are done.
  private var days: [IndexDay] = []
  private var done = 0

  init(_ question: TimeToEventQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    lastDay = question.lastDay
    countsParticipations = question.unit == .participation
    isLaidOut = question.isLaidOut
    keepsPeople = question.keepsPeople
    isAfterExit = question.origin.isExit
    looksAtPeople = !question.expressions.isEmpty
    kernel = TimeToEventKernel(question)
    condition = try question.condition?.bound(to: catalogue)
    weight = try question.weight?.of.bound(to: catalogue)
    var groups: [BoundExpression] = []
    for group in question.groups { groups.append(try group.when.bound(to: catalogue)) }
    self.groups = groups
    // A training starts the clock whatever is waited for; an interruption is one of its kinds.
    let isTraining = question.origin.isTraining
    let kinds =
      isTraining && !question.showsRemaining ? .training : PlacementKinds(question.kinds)
    index = IndexEvents(
      question.origin, kinds: kinds, window: question.window,
      everyEntry: question.unit == .participation)
  }

  /// How the unit handed out last was followed.
  var followed: TimeToEventKernel.Followed { kernel.followed }

  /// The index day of the unit handed out last, and its place among the person's index events of that
  /// day, whichever of them count.
  var indexDay: (day: Day, place: Int32) {
    guard done > 0, done <= days.count else { return (kernel.indexDay, 0) }
    let day = days[done - 1].day
    let before = days[..<(done - 1)].reversed().prefix { $0.day == day }.count
    return (day, Int32(before))
  }

  /// Starts with a block.
  mutating func begin() {
    person = 0
    days.removeAll(keepingCapacity: true)
    done = 0
  }

  /// The next unit of the block that counts.
  mutating func next(in block: EffectiveBlock) -> Unit? {
    while true {
      while done < days.count {
        done += 1
        if let unit = unit(days[done - 1], block, person - 1) { return unit }
      }
      guard person < block.count else { return nil }
      let place = person
      person += 1
      guard attrition.admits(block, place) else { continue }
      if !isLaidOut {
        let steps = block.milestones.span
        let verdict = kernel.evaluate(steps.extracting(rows(block, place)))
        if let unit = count(verdict, block, place) { return unit }
      } else {
        open(block, place)
      }
    }
  }

  private func rows(_ block: EffectiveBlock, _ place: Int) -> Range<Int> {
    Int(block.starts[place])..<Int(block.starts[place + 1])
  }

  /// Lays out the index days of a person, for units of which a person can have several.
  private mutating func open(_ block: EffectiveBlock, _ place: Int) {
    context.load(block, person: place, referenceDay: lastDay)
    index.find(in: context.history, into: &days)
    done = 0
    guard days.isEmpty else { return }
    if context.history.entry == nil {
      attrition.withoutEntry += 1
    } else {
      attrition.withoutIndexEvent += 1
    }
  }

  /// One unit of a person who may have several; nil when it does not count.
  private mutating func unit(
    _ day: IndexDay, _ block: EffectiveBlock, _ place: Int
  ) -> Unit? {
    context.index = day
    let part: TimeToEventKernel.Part
    if isAfterExit {
      part = .afterExit(day.latestDay)
    } else if countsParticipations, let own = day.participation {
      part = .participation(context.history.participations[own])
    } else if let own = day.placement {
      part = .spell(start: day.day, end: context.history.placements[own].recordedEnd)
    } else {
      return nil
    }
    let steps = block.milestones.span
    let verdict = kernel.evaluate(steps.extracting(rows(block, place)), part)
    return count(verdict, block, place, isOpen: true)
  }

  /// Counts one unit, or why it does not count.
  ///
  /// - Parameter isOpen: Whether the person's history is open, on the index day of the unit.
  private mutating func count(
    _ verdict: TimeToEventKernel.Verdict, _ block: EffectiveBlock, _ place: Int,
    isOpen: Bool = false
  ) -> Unit? {
    switch verdict {
    case .withoutEntry:
      attrition.withoutEntry += 1
      return nil
    case .withoutIndexEvent:
      attrition.withoutIndexEvent += 1
      return nil
    case .notObserved, .tooLate, .counted: break
    }
    var weight = 1.0
    if looksAtPeople {
      if !isOpen { openPerson(block, place) }
      guard belongs() else { return nil }
      if let expression = self.weight {
        guard let number = expression.weight(in: context) else {
          attrition.withoutWeight += 1
          return nil
        }
        weight = number
      }
    }
    switch verdict {
    case .counted(let duration):
      attrition.counted += 1
      if kernel.isImmature(duration) { attrition.immature += 1 }
      return unit(place, duration, weight)
    case .tooLate:
      attrition.tooLate += 1
      return keepsPeople ? unit(place, nil, weight) : nil
    default:
      attrition.notObserved += 1
      return nil
    }
  }

  private func unit(_ place: Int, _ duration: Duration?, _ weight: Double) -> Unit {
    let day = kernel.indexDay
    return Unit(
      person: place, day: day, start: kernel.start, duration: duration, weight: weight,
      group: groups.firstIndex { $0.truth(in: context) == .yes })
  }

  /// Opens the history of a person on their one index day.
  private mutating func openPerson(_ block: EffectiveBlock, _ place: Int) {
    context.load(block, person: place, referenceDay: lastDay)
    index.find(in: context.history, into: &days)
    if let day = days.first { context.index = day }
    days.removeAll(keepingCapacity: true)
  }

  /// Whether the condition of the question holds on the index day; counted where it does not.
  private mutating func belongs() -> Bool {
    switch condition?.truth(in: context) ?? .yes {
    case .yes: return true
    case .no: attrition.outsidePopulation += 1
    case .unknown: attrition.populationUnknown += 1
    }
    return false
  }
}
