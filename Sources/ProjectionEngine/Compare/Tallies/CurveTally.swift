import Journey
import Statistics

/// A question of kind `time-to-event` to compare, read off at some times.
struct ComparedCurve: ComparedQuestion {
  var question: TimeToEventQuestion
  let horizons: [Double]

  var nobody: CurveTally { CurveTally(horizons) }
  var order: AttributeOrder {
    AttributeOrder(question.groupedBy, conditions: question.groups.map(\.code))
  }
  var referenceDay: Day {
    get { question.referenceDay }
    set { question.referenceDay = newValue }
  }

  func groups(
    _ view: JourneysView, size: UInt64
  ) throws(QuestionError) -> [[String?]: CurveTally] {
    var tallies: [[String?]: CurveTally] = [:]
    for group in try question.ask(view, size: size).groups {
      var tally = nobody
      if question.keepsRows {
        for row in group.rows { tally.add(CurveTally.Unit(row.duration, weight: row.weight)) }
      } else {
        for row in group.counts.times.indices {
          let time = Int(group.counts.times[row])
          tally.add(time, isEvent: true, weight: 1, group.counts.events[row])
          tally.add(time, isEvent: false, weight: 1, group.counts.censored[row])
        }
      }
      tallies[group.values] = tally
    }
    return tallies
  }

  func reader(
    _ catalogue: AttributeCatalogue
  ) throws(QuestionError) -> OutcomeReader<CurveTally.Unit> {
    // Where events compete, any of them ends the curve, as it does in the answer itself.
    try OutcomeReader(question, catalogue) { CurveTally.Unit($1, weight: $0.weight) }
  }
}

/// How long units were followed, and whether an event ended that.
struct CurveTally: Tally {
  /// One unit.
  struct Unit: Equatable, Sendable {
    let length: Int32
    let isEvent: Bool
    let weight: Double

    init(_ duration: Duration, weight: Double) {
      length = duration.length
      isEvent = duration.cause > 0
      self.weight = weight
    }
  }

  /// The weights of those who had the event, and of those censored, by time.
  private var ended: [Double] = []
  private var censored: [Double] = []
  private var (units, events) = (0, 0)
  private let horizons: [Double]

  init(_ horizons: [Double]) { self.horizons = horizons }

  var isEmpty: Bool { units == 0 }

  mutating func add(_ unit: Unit) {
    add(Int(unit.length), isEvent: unit.isEvent, weight: unit.weight, 1)
  }

  mutating func takeOut(_ unit: Unit) {
    add(Int(unit.length), isEvent: unit.isEvent, weight: unit.weight, -1)
  }

  mutating func add(_ time: Int, isEvent: Bool, weight: Double, _ count: Int) {
    while ended.count <= time {
      ended.append(0)
      censored.append(0)
    }
    units += count
    if isEvent {
      ended[time] += weight * Double(count)
      events += count
    } else {
      censored[time] += weight * Double(count)
    }
  }

  /// The Kaplan–Meier curve at the horizons, and what it rests on.
  var figures: KnowledgeComparison.Figures {
    let all = (ended + censored).reduce(0, +)
    let survival = horizons.map { horizon in
      var atRisk = all
      var survival = 1.0
      for time in ended.indices {
        guard Double(time) <= horizon, atRisk > 0 else { break }
        // Sums of weights that were taken out again can be a breath above what is at risk.
        if ended[time] > 0 { survival *= max(0, 1 - ended[time] / atRisk) }
        atRisk -= ended[time] + censored[time]
      }
      return survival
    }
    return .init(counted: units, events: events, survival: survival)
  }
}
