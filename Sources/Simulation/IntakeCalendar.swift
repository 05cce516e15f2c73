import Journey

/// On which day each participant enters: monotone in the participant's index.
///
/// The intake grows in a straight line to its full size and stays there; nobody enters on a
/// weekend. Whole numbers only.
struct IntakeCalendar {
  private let first: Day
  private let participants: Int
  // Weight of all days up to and including this one.
  private let cumulative: [Int]

  init(_ scenario: Scenario, participants: Int) {
    let first = scenario.start.orNextWorkingDay
    precondition(
      first <= scenario.dataCut && first <= scenario.projectEnd,
      "a programme has a working day before it ends and before the data cut")
    self.first = first
    self.participants = participants
    let last = min(scenario.dataCut, scenario.projectEnd)
    let growth = max(scenario.intakeGrowth, 1)
    var sum = 0
    cumulative = (0...Int(last - first)).map { offset in
      if (first + Int32(offset)).weekday < 5 { sum += min(offset + 1, growth) }
      return sum
    }
  }

  func entryDay(of index: Int) -> Day {
    let total = cumulative[cumulative.count - 1]
    // The middle of the index-th of `participants` equal parts of the total weight.
    let product = UInt64(2 * index + 1).multipliedFullWidth(by: UInt64(total))
    let wanted = Int(UInt64(2 * participants).dividingFullWidth(product).quotient)
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > wanted { high = middle } else { low = middle + 1 }
    }
    return first + Int32(low)
  }
}
