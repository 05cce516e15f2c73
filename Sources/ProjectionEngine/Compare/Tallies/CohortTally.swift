import Journey
import Statistics

/// A question of kind `table` to compare, cohort by cohort.
struct ComparedCohorts: ComparedQuestion {
  var question: CohortTableQuestion

  var nobody: CohortTally { CohortTally(question) }
  var order: AttributeOrder {
    // The cohort comes before the attributes, behind the question's own groups.
    AttributeOrder(
      [question.cohort.groupingName] + question.timeToEvent.groupedBy,
      conditions: question.timeToEvent.groups.map(\.code))
  }
  var referenceDay: Day {
    get { question.timeToEvent.referenceDay }
    set { question.timeToEvent.referenceDay = newValue }
  }

  func groups(
    _ view: JourneysView, size: UInt64
  ) throws(QuestionError) -> [[String?]: CohortTally] {
    var tallies: [[String?]: CohortTally] = [:]
    for (values, sums) in try question.ask(view, size: size).groups {
      tallies[values] = CohortTally(question, sums)
    }
    return tallies
  }

  func reader(
    _ catalogue: AttributeCatalogue
  ) throws(QuestionError) -> OutcomeReader<CohortTally.Unit> {
    let boundary = question.timeToEvent.dueBoundary
    return try OutcomeReader(
      question.timeToEvent, catalogue, periods: [question.cohort.groupingName]
    ) { CohortTally.Unit(duration: $1, reach: boundary - $0.start) }
  }
}

/// How long the units of a cohort were followed, and what ended that.
struct CohortTally: Tally {
  /// One unit.
  struct Unit: Equatable, Sendable {
    let duration: Duration
    /// How long a unit that starts like this one can have been followed at most.
    let reach: Int32
  }

  /// How many had the event waited for, and how many any, at each time up to the last horizon.
  private var (waited, any): ([Int], [Int])
  /// How many ended at each time; what comes after the last horizon counts as ending there.
  private var ends: [Int]
  private var due: [Int]
  private let horizons: [Int]
  private let showsRemaining: Bool

  init(_ question: CohortTableQuestion) {
    horizons = question.horizons.map { Int($0) }
    ends = [Int](repeating: 0, count: (horizons.max() ?? 0) + 1)
    (waited, any) = (ends, ends)
    due = horizons.map { _ in 0 }
    showsRemaining = question.showsRemaining
  }

  init(_ question: CohortTableQuestion, _ sums: CohortSums) {
    self.init(question)
    due = sums.due
    let group = TimeToEventResult.Group(values: [], sums.counts)
    for row in group.counts.times.indices {
      let time = Int(group.counts.times[row])
      ends[time] = group.counts.events[row] + group.counts.censored[row]
      any[time] = group.counts.events[row]
      waited[time] = group.causes[0][row]
    }
  }

  var isEmpty: Bool { ends.allSatisfy { $0 == 0 } }

  mutating func add(_ unit: Unit) { count(unit, 1) }
  mutating func takeOut(_ unit: Unit) { count(unit, -1) }

  private mutating func count(_ unit: Unit, _ change: Int) {
    for (place, horizon) in horizons.enumerated() where horizon <= Int(unit.reach) {
      due[place] += change
    }
    let last = ends.count - 1
    let length = Int(unit.duration.length)
    ends[min(length, last)] += change
    guard length <= last, unit.duration.cause > 0 else { return }
    any[length] += change
    if unit.duration.cause == 1 { waited[length] += change }
  }

  /// The share at each horizon, as the table shows it; no base where the table shows none.
  var figures: KnowledgeComparison.Figures {
    var figures = KnowledgeComparison.Figures(counted: ends.reduce(0, +))
    let last = ends.lastIndex { $0 > 0 } ?? -1
    for (place, horizon) in horizons.enumerated() {
      var atRisk = figures.counted
      var (rest, happened) = (1.0, 0.0)
      for time in 0...horizon where atRisk > 0 {
        happened += rest * Double(waited[time]) / Double(atRisk)
        rest *= 1 - Double(any[time]) / Double(atRisk)
        atRisk -= ends[time]
      }
      let isShown = due[place] > 0 && (horizon <= last || rest == 0)
      figures.numbers.append(isShown ? showsRemaining ? rest : happened : 0)
      figures.bases.append(isShown ? due[place] : 0)
    }
    return figures
  }
}
