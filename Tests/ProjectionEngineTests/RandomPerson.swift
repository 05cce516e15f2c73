import Journey
import ProjectionEngine
import TestSupport

/// Random people for questions of kind `time-to-event`: every awkward life on a short line of time.
enum RandomPerson {
  static let firstDay = CivilDate.test("2023-01-01").day

  /// The steps of one person in journey order.
  static func milestones(using random: inout SeededGenerator) -> [Milestone] {
    events(using: &random).compactMap(\.milestone).sorted()
  }

  /// What is told of one person.
  static func events(using random: inout SeededGenerator) -> [JourneyEvent] {
    let isCoarse = random.chance(30)
    let span = random.pick([40, 200, 700] as [Int32])
    func date(_ random: inout SeededGenerator, _ range: Range<Int32>? = nil) -> CivilDate {
      let day = firstDay + Int32.random(in: range ?? 0..<span, using: &random)
      return CivilDate(day, isCoarse || random.chance(5) ? .month : .day)
    }
    var events: [JourneyEvent] = []
    // Some jobs run since long before entry.
    if !random.chance(5) {
      events.append(JourneyEvent(.participationEntered, on: date(&random, 0..<span / 3)))
      if random.chance(10) { events.append(JourneyEvent(.participationEntered, on: date(&random))) }
    }
    for spell in 1...max(1, Int.random(in: -1...7, using: &random)) {
      events += job(spell, date(&random, -60..<span), span, isCoarse, using: &random)
    }
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      events.append(JourneyEvent(.statusConfirmed, on: date(&random)))
    }
    if random.chance(60) {
      events.append(JourneyEvent(.statusConfirmed, on: date(&random, span..<(span + 60))))
    }
    for type in [EventType.participantDeceased, .participantLeftCountry] where random.chance(8) {
      events.append(JourneyEvent(type, on: date(&random)))
    }
    // What neither confirms nor counts, and what confirms without counting.
    for _ in 0..<Int.random(in: 0...3, using: &random) {
      let type: EventType = random.pick([.contactLost, .counsellingHeld])
      events.append(JourneyEvent(type, on: date(&random)))
    }
    for _ in 0..<Int.random(in: 0...2, using: &random) {
      events.append(
        JourneyEvent(.participationExited, on: date(&random))
          .with(Fields.exitType, random.pick([nil, .early, .early, .regular]))
          .with(Fields.exitReason, random.pick([nil, .work, .health, .contactLost])))
      if random.chance(30) {
        events.append(JourneyEvent(.participationReentered, on: date(&random)))
      }
    }
    return events
  }

  private static func job(
    _ spell: Int, _ start: CivilDate, _ span: Int32, _ isCoarse: Bool,
    using random: inout SeededGenerator
  ) -> [JourneyEvent] {
    let isTraining = random.chance(10)
    let kind: PlacementKind =
      isTraining ? .dualTraining : random.pick([.svp, .svp, .svp, .miniJob, .internship])
    let isNumbered = random.chance(50)
    var started = JourneyEvent(isTraining ? .trainingStarted : .employmentStarted, on: start)
    started[Fields.placementKind] = kind
    if isNumbered { started[Fields.spell] = spell }
    guard random.chance(75) else { return [started] }
    let length = random.pick([1, 5, 31, 90, 300] as [Int32])
    let last = start.lastDay + Int32.random(in: 0..<length, using: &random)
    var ended = JourneyEvent(
      isTraining ? .trainingEnded : .employmentEnded,
      on: CivilDate(last, isCoarse ? .month : .day))
    // Ends without number and code are frequent in what offices hand in.
    if isNumbered { ended[Fields.spell] = spell }
    if random.chance(60) { ended[Fields.placementKind] = kind }
    return [started, ended]
  }

  /// A random question about what follows an exit or the start of a training.
  static func laidOutQuestion(using random: inout SeededGenerator) -> TimeToEventQuestion {
    var question = question(using: &random)
    question.window = nil
    let isExit = random.chance(50)
    question.origin = random.pick(isExit ? [.exit, .everyExit] : [.firstTraining, .everyTraining])
    if [.everyExit, .everyTraining].contains(question.origin) {
      question.unit = isExit ? .participation : .spell
    }
    if isExit {
      if !question.showsRemaining { question.outcome = .firstPlacement }
      if question.censoring == .exit { question.censoring = .lastConfirmedDay }
      question.competing.removeAll { ![.death, .leftCountry].contains($0) }
      return question
    }
    if question.showsRemaining {
      question.kinds = random.pick([[.dualTraining], [.svp, .miniJob, .dualTraining]])
    } else {
      question.kinds = [.svp, .miniJob]
    }
    return question
  }

  /// A random question about them.
  static func question(using random: inout SeededGenerator) -> TimeToEventQuestion {
    let waitsForWork = random.chance(40)
    let (outcome, competing) = random.pick(
      [
        (.firstPlacement, []), (.firstPlacement, [.dropout, .leftCountry, .death]),
        (.firstPlacement, [.exit, .death]), (.exit, []), (.dropout, [.otherExit, .placement]),
      ] as [(TimeToEventQuestion.Outcome, [CompetingEvent])])
    let first = firstDay + Int32.random(in: -30..<300, using: &random)
    var question = TimeToEventQuestion(
      clock: random.pick(ClockUnit.allCases), origin: waitsForWork ? .entry : .firstPlacement,
      outcome: waitsForWork
        ? outcome
        : .interruption(
          gap: Int32.random(in: 0...3, using: &random) * random.pick([1, 1, 7]),
          rule: random.pick(GapRule.allCases)),
      kinds: random.pick([[.svp], [.svp, .miniJob], [.svp, .miniJob, .dualTraining]]),
      window: random.chance(20)
        ? first...(first + Int32.random(in: 0..<300, using: &random)) : nil,
      referenceDay: firstDay + Int32.random(in: -20..<900, using: &random))
    question.competing =
      waitsForWork
      ? competing
      : random.pick([
        [], [], [.death], [.leftCountry, .death], [.dropout, .otherExit, .death], [.exit],
      ])
    if random.chance(40) { question.censoring = random.pick([.dataCut, .exit]) }
    return question
  }
}
