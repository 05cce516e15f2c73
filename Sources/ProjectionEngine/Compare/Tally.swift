import Journey
import Statistics

/// What the units of one group gave, so that people can be taken out and put in.
struct Tally: Sendable {
  /// Of curves: how many ended at each time, and how many were censored.
  private var ended: [Int] = []
  private var censored: [Int] = []
  private var horizons: [Double] = []
  /// Of shares: the counts, and how numbers are summed up.
  private var shares: ShareSums?
  private var summaries: [[ValueSummary]] = []

  /// Nobody, of a curve read off at some times.
  init(_ horizons: [Double]) { self.horizons = horizons }

  /// Nobody, of a question of shares.
  init(_ question: ShareQuestion) {
    let definition = question.definition
    shares = ShareSums(
      rows: definition.rows.count, horizons: question.horizons.count,
      values: definition.values.count)
    summaries = definition.values.map(\.summaries)
  }

  var isEmpty: Bool {
    shares.map { $0.units == 0 }
      ?? (ended.allSatisfy { $0 == 0 } && censored.allSatisfy { $0 == 0 })
  }

  static func all(_ result: TimeToEventResult, _ horizons: [Double]) -> [[String?]: Tally] {
    var tallies: [[String?]: Tally] = [:]
    for group in result.groups {
      var tally = Tally(horizons)
      for row in group.counts.times.indices {
        let time = Int(group.counts.times[row])
        tally.add(time, isEvent: true, group.counts.events[row])
        tally.add(time, isEvent: false, group.counts.censored[row])
      }
      tallies[group.values] = tally
    }
    return tallies
  }

  static func all(_ result: ShareResult, _ question: ShareQuestion) -> [[String?]: Tally] {
    var tallies: [[String?]: Tally] = [:]
    for (values, sums) in result.groups {
      var tally = Tally(question)
      tally.shares?.merge(sums)
      tallies[values] = tally
    }
    return tallies
  }

  mutating func add(_ outcome: OutcomeChanges.Outcome) {
    switch outcome.what {
    case .end(let length, let isEvent): add(Int(length), isEvent: isEvent, 1)
    case .shares(let sums): shares?.merge(sums)
    }
  }

  mutating func takeOut(_ outcome: OutcomeChanges.Outcome) {
    switch outcome.what {
    case .end(let length, let isEvent): add(Int(length), isEvent: isEvent, -1)
    case .shares(let sums): shares?.takeOut(sums)
    }
  }

  private mutating func add(_ duration: Int, isEvent: Bool, _ count: Int) {
    while ended.count <= duration {
      ended.append(0)
      censored.append(0)
    }
    if isEvent { ended[duration] += count } else { censored[duration] += count }
  }

  /// The figures of the group.
  var figures: KnowledgeComparison.Figures {
    guard let shares else { return curve }
    var figures = KnowledgeComparison.Figures(counted: shares.units)
    for cell in 0..<shares.counts.count / ShareSums.Outcome.allCases.count {
      let (yes, no) = (shares.count(.yes, cell: cell), shares.count(.no, cell: cell))
      figures.cells.append(
        .init(
          yes: yes, no: no, unknown: shares.count(.unknown, cell: cell),
          known: yes + no > 0 ? Double(yes) / Double(yes + no) : 0))
    }
    for (place, summaries) in summaries.enumerated() {
      let numbers = CountedNumbers(shares.numbers[place])
      figures.numbers += summaries.map { numbers.summary($0) ?? 0 }
    }
    return figures
  }

  /// The Kaplan–Meier curve at the horizons, and what it rests on.
  private var curve: KnowledgeComparison.Figures {
    let (events, others) = (ended.reduce(0, +), censored.reduce(0, +))
    let survival = horizons.map { horizon in
      var atRisk = events + others
      var survival = 1.0
      for time in ended.indices {
        guard Double(time) <= horizon, atRisk > 0 else { break }
        if ended[time] > 0 { survival *= 1 - Double(ended[time]) / Double(atRisk) }
        atRisk -= ended[time] + censored[time]
      }
      return survival
    }
    return .init(counted: events + others, events: events, survival: survival)
  }
}

extension ShareSums {
  /// Takes units out that are in.
  mutating func takeOut(_ other: ShareSums) {
    units -= other.units
    for place in counts.indices { counts[place] -= other.counts[place] }
    for value in numbers.indices {
      for (number, count) in other.numbers[value] {
        let left = numbers[value][number, default: 0] - count
        numbers[value][number] = left == 0 ? nil : left
      }
      missing[value] -= other.missing[value]
    }
  }
}
