/// Who is at risk at each event time, laid out for one walk from the latest time to the earliest.
///
/// The steps of the walk are the distinct event times, stratum after stratum, within a stratum from
/// late to early. A row belongs to the steps whose time lies in its interval (entry, exit]: it
/// joins at the first of them and leaves at the first step after them. Rows that are at risk at no
/// event time take no part. The rows are numbered anew in the order in which they join, so that
/// the walk reads memory in order.
struct RiskSets {
  /// For each row of the walk, the row of the data.
  var rows: [Int] = []
  /// The first step of each row, and the end of its steps.
  var firstStep: [Int] = []
  var endStep: [Int] = []
  /// The time of each step.
  var times: [Double] = []
  /// The first step of each stratum, and at last the number of steps.
  var strata: [Int] = [0]
  /// The first row that joins at each step, and at last the number of rows.
  var joining: [Int] = []
  /// The rows with the event at each step.
  var deaths: [Range<Int>] = []
  /// The rows that leave, ordered by the step at which they do; rows that stay to the end of their
  /// stratum are not listed.
  var leavingRows: [Int] = []
  /// The first of ``leavingRows`` of each step, and at last their number.
  var leaving: [Int] = []

  var stepCount: Int { times.count }

  /// - Parameters:
  ///   - exits: End of each row's interval.
  ///   - entries: Begin of each row's interval; nil when all are at risk from the origin on.
  ///   - events: Whether the interval ends with the event.
  ///   - strata: Any number for each stratum; nil for one stratum.
  ///   - isLeftOut: Rows that take no part, such as those of weight 0.
  init(
    exits: [Double], entries: [Double]?, events: [Bool], strata strataOfRows: [Int]?,
    isLeftOut: (Int) -> Bool
  ) {
    var order = exits.indices.filter { !isLeftOut($0) }
    // Within a stratum late exits first, at equal exits the events first.
    if let strataOfRows {
      order.sort { a, b in
        if strataOfRows[a] != strataOfRows[b] { return strataOfRows[a] < strataOfRows[b] }
        if exits[a] != exits[b] { return exits[a] > exits[b] }
        return events[a] && !events[b]
      }
    } else {
      order.sort { a, b in
        exits[a] != exits[b] ? exits[a] > exits[b] : events[a] && !events[b]
      }
    }
    var position = 0
    while position < order.count {
      let stratum = strataOfRows?[order[position]]
      var end = position
      while end < order.count, strataOfRows?[order[end]] == stratum { end += 1 }
      addStratum(order[position..<end], exits: exits, entries: entries, events: events)
      position = end
    }
    joining.append(rows.count)
    orderLeavers()
  }

  private mutating func addStratum(
    _ members: ArraySlice<Int>, exits: [Double], entries: [Double]?, events: [Bool]
  ) {
    let first = times.count
    for row in members where events[row] && (times.count == first || times.last != exits[row]) {
      times.append(exits[row])
      deaths.append(0..<0)
    }
    var step = first
    for row in members {
      // The first step, going down in time, that is not after the exit.
      while step < times.count, times[step] > exits[row] { step += 1 }
      guard step < times.count else { break }
      let end = entries.map { firstStep(from: first, notAfter: $0[row]) } ?? times.count
      guard step < end else { continue }
      while joining.count <= step { joining.append(rows.count) }
      if events[row] {
        // Deaths of one time lie side by side.
        let first = deaths[step].isEmpty ? rows.count : deaths[step].lowerBound
        deaths[step] = first..<rows.count + 1
      }
      rows.append(row)
      firstStep.append(step)
      endStep.append(end)
    }
    while joining.count < times.count { joining.append(rows.count) }
    strata.append(times.count)
  }

  /// The first step of the stratum being added whose time is not after the given one.
  private func firstStep(from first: Int, notAfter time: Double) -> Int {
    var low = first
    var high = times.count
    while low < high {
      let middle = low + (high - low) / 2
      if times[middle] > time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Sorts those who leave before the end of their stratum by counting.
  private mutating func orderLeavers() {
    leaving = [Int](repeating: 0, count: stepCount + 1)
    // A row whose end is the first step of another stratum stays: there the sums begin anew.
    var beginsStratum = [Bool](repeating: false, count: stepCount + 1)
    for step in strata { beginsStratum[step] = true }
    for end in endStep where !beginsStratum[end] { leaving[end + 1] += 1 }
    for step in 1..<max(leaving.count, 1) { leaving[step] += leaving[step - 1] }
    var next = leaving
    leavingRows = [Int](repeating: 0, count: leaving.last ?? 0)
    for row in endStep.indices where !beginsStratum[endStep[row]] {
      leavingRows[next[endStep[row]]] = row
      next[endStep[row]] += 1
    }
  }
}
