/// How the follow-up of several groups ended, counted by time: what tests of groups need of them.
///
/// Everybody is at risk from the origin on, and counts once. A table of times × causes × groups, so
/// that a test of ten million people costs what their distinct times cost.
public struct GroupedEnds: Sendable {
  /// The number of groups.
  public let groupCount: Int
  /// The number of causes that follow-up can end with.
  public let causeCount: Int
  /// The distinct times at which somebody's follow-up ends, rising.
  let times: [Double]
  /// The cell `(time * (causeCount + 1) + cause) * groupCount + group`; cause 0 is censoring.
  private let cells: [Int]

  /// Puts the counts of groups together.
  ///
  /// - Parameters:
  ///   - groups: Of each group its times, and by cause how many ended with it at each of them.
  ///   - causeCount: The number of causes, at least 1.
  /// - Throws: ``StatisticsError/delayedEntryNotSupported``.
  /// - Precondition: Each group has as many causes, with a count for each of its times, and at each time
  ///   they add up to its events.
  /// - Complexity: O(times · log times + times · causes · groups).
  public init(
    _ groups: [(counts: TimeCounts, causes: [[Int]])], causeCount: Int
  ) throws(StatisticsError) {
    guard groups.allSatisfy({ $0.counts.entries == nil }) else { throw .delayedEntryNotSupported }
    self.groupCount = groups.count
    self.causeCount = causeCount
    times = Set(groups.flatMap(\.counts.times)).sorted()
    var cells = [Int](repeating: 0, count: times.count * (causeCount + 1) * groups.count)
    for (number, group) in groups.enumerated() {
      precondition(group.causes.count == causeCount, "a group without all causes")
      var place = 0
      for index in 0..<group.counts.count {
        while times[place] < group.counts.times[index] { place += 1 }
        let first = place * (causeCount + 1)
        cells[first * groups.count + number] = group.counts.censored[index]
        for cause in 1...causeCount {
          cells[(first + cause) * groups.count + number] = group.causes[cause - 1][index]
        }
      }
    }
    self.cells = cells
  }

  /// Counts rows that begin at the origin and have no weights.
  ///
  /// - Complexity: O(rows · log rows + times · causes · groups).
  init(_ risks: StateFollowUp, rows: [Int], groups: [Int], groupCount: Int) {
    self.groupCount = groupCount
    causeCount = max(risks.states - 1, 1)
    let order = rows.sorted { risks.stops[$0] < risks.stops[$1] }
    var times: [Double] = []
    var cells: [Int] = []
    let width = (causeCount + 1) * groupCount
    for row in order {
      if times.last != risks.stops[row] {
        times.append(risks.stops[row])
        cells += repeatElement(0, count: width)
      }
      let cause = risks.to[row] == StateFollowUp.stays ? 0 : risks.to[row]
      cells[cells.count - width + cause * groupCount + groups[row]] += 1
    }
    self.times = times
    self.cells = cells
  }

  /// How many of each group ended with a cause at a time, by the time's place.
  func ends(_ cause: Int, at place: Int) -> [Double] {
    let first = (place * (causeCount + 1) + cause) * groupCount
    return cells[first..<first + groupCount].map { Double($0) }
  }

  /// How many of each group ended with any other cause at a time, and how many in all.
  func others(than own: Int, at place: Int) -> (ends: [Double], leaving: [Double]) {
    var others = [Double](repeating: 0, count: groupCount)
    var leaving = ends(0, at: place)
    for cause in 1...causeCount {
      let ends = ends(cause, at: place)
      for group in 0..<groupCount {
        leaving[group] += ends[group]
        if cause != own { others[group] += ends[group] }
      }
    }
    return (others, leaving)
  }

  /// The number of people of each group.
  var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: groupCount)
    for cell in cells.indices { sizes[cell % groupCount] += cells[cell] }
    return sizes
  }
}
