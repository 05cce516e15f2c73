import Journey
import Statistics

/// A question of kind `time-to-event` to compare, read off at some times.
struct ComparedCurve: ComparedQuestion {
  var question: TimeToEventQuestion
  let horizons: [Double]

  var nobody: CurveTally { CurveTally(horizons, causes: question.competing.count + 1) }
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
          for (place, events) in group.causes.enumerated() {
            tally.add(time, cause: place + 1, weight: 1, events[row])
          }
          tally.add(time, cause: 0, weight: 1, group.counts.censored[row])
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

/// How long units were followed, and which event ended that.
struct CurveTally: Tally {
  /// One unit.
  struct Unit: Equatable, Sendable {
    let length: Int32
    /// 0 for none, 1 for the event waited for, then those that compete with it.
    let cause: Int
    let weight: Double

    init(_ duration: Duration, weight: Double) {
      length = duration.length
      cause = Int(duration.cause)
      self.weight = weight
    }
  }

  /// The weights of those who had each event, and of those censored, by time.
  private var ended: [[Double]]
  private var censored: [Double] = []
  private var (units, events) = (0, 0)
  private let horizons: [Double]

  /// - Parameter causes: How many events can end a unit's time.
  init(_ horizons: [Double], causes: Int = 1) {
    self.horizons = horizons
    ended = Array(repeating: [], count: causes)
  }

  var isEmpty: Bool { units == 0 }

  mutating func add(_ unit: Unit) {
    add(Int(unit.length), cause: unit.cause, weight: unit.weight, 1)
  }

  mutating func takeOut(_ unit: Unit) {
    add(Int(unit.length), cause: unit.cause, weight: unit.weight, -1)
  }

  mutating func add(_ time: Int, cause: Int, weight: Double, _ count: Int) {
    while censored.count <= time {
      for place in ended.indices { ended[place].append(0) }
      censored.append(0)
    }
    units += count
    if cause > 0 {
      ended[cause - 1][time] += weight * Double(count)
      events += count
    } else {
      censored[time] += weight * Double(count)
    }
  }

  /// The Kaplan–Meier curve and, where events compete, the Aalen–Johansen incidence of each at the horizons, and what
  /// they rest on.
  var figures: KnowledgeComparison.Figures {
    let all = (ended.joined() + censored).reduce(0, +)
    var survival: [Double] = []
    var incidence = ended.map { _ in [Double]() }
    for horizon in horizons {
      var atRisk = all
      var left = 1.0
      var happened = ended.map { _ in 0.0 }
      for time in censored.indices {
        guard Double(time) <= horizon, atRisk > 0 else { break }
        var sum = 0.0
        for place in ended.indices where ended[place][time] > 0 {
          happened[place] += left * ended[place][time] / atRisk
          sum += ended[place][time]
        }
        // Sums of weights that were taken out again can be a breath above what is at risk.
        if sum > 0 { left *= max(0, 1 - sum / atRisk) }
        atRisk -= sum + censored[time]
      }
      survival.append(left)
      for place in ended.indices { incidence[place].append(happened[place]) }
    }
    return .init(
      counted: units, events: events, survival: survival,
      incidence: ended.count > 1 ? incidence.flatMap(\.self) : [])
  }
}
