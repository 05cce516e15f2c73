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
  }

  private(set) var attrition = Attrition()
  private let question: TimeToEventQuestion
  private var kernel: TimeToEventKernel
  private let condition: BoundExpression?
  private let index: IndexEvents
  private var context = ExpressionContext()
  private var days: [IndexDay] = []
  private var person = 0

  init(_ question: TimeToEventQuestion, _ catalogue: AttributeCatalogue) throws(QuestionError) {
    self.question = question
    kernel = TimeToEventKernel(question)
    condition = try question.condition?.bound(to: catalogue)
    index = IndexEvents(
      question.origin == .entry ? .entry : .firstPlacement, kinds: PlacementKinds(question.kinds),
      window: question.window)
  }

  /// How the unit handed out last was followed.
  var followed: TimeToEventKernel.Followed { kernel.followed }

  /// Starts with a block.
  mutating func begin() { person = 0 }

  /// The next unit of the block that counts.
  mutating func next(in block: EffectiveBlock) -> Unit? {
    while person < block.count {
      let place = person
      person += 1
      guard attrition.admits(block, place) else { continue }
      let rows = Int(block.starts[place])..<Int(block.starts[place + 1])
      let verdict = kernel.evaluate(block.milestones[rows])
      if let unit = count(verdict, block, place) { return unit }
    }
    return nil
  }

  /// Counts one unit, or why it does not count.
  private mutating func count(
    _ verdict: TimeToEventKernel.Verdict, _ block: EffectiveBlock, _ place: Int
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
    if condition != nil, !belongs(block, place) { return nil }
    switch verdict {
    case .counted(let duration):
      attrition.counted += 1
      if kernel.isImmature(duration) { attrition.immature += 1 }
      return unit(place, duration)
    case .tooLate:
      attrition.tooLate += 1
      return question.keepsPeople ? unit(place, nil) : nil
    default:
      attrition.notObserved += 1
      return nil
    }
  }

  private func unit(_ place: Int, _ duration: Duration?) -> Unit {
    let day = kernel.indexDay
    return Unit(person: place, day: day, start: question.clock.index(day), duration: duration)
  }

  /// Whether the condition of the question holds on the index day.
  private mutating func belongs(_ block: EffectiveBlock, _ place: Int) -> Bool {
    context.load(block, person: place, referenceDay: question.referenceDay)
    index.find(in: context.history, into: &days)
    guard let condition, let day = days.first else { return true }
    context.index = day
    switch condition.truth(in: context) {
    case .yes: return true
    case .no: attrition.outsidePopulation += 1
    case .unknown: attrition.populationUnknown += 1
    }
    return false
  }
}
