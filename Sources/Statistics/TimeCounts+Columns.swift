extension TimeCounts {
  /// Counts durations in any order, everybody at risk from the origin on.
  ///
  /// - Parameters:
  ///   - durations: Length of follow-up of each subject, finite and at least 0.
  ///   - events: Whether follow-up ended with the event; otherwise the subject is censored.
  /// - Precondition: The columns have the same length.
  /// - Throws: ``StatisticsError/negativeDuration(row:duration:)`` or
  ///   ``StatisticsError/durationNotFinite(row:)`` for the first bad row.
  /// - Complexity: O(n log n). For durations in whole days ``DurationCounter`` needs no sorting.
  public init(durations: Span<Double>, events: Span<Bool>) throws(StatisticsError) {
    precondition(durations.count == events.count)
    var ends = Ends()
    for row in durations.indices {
      try ends.add(durations[row], isEvent: events[row], row: row)
    }
    self = ends.counts(entries: nil)
  }

  /// Counts durations in any order, with event marks 0 and 1.
  ///
  /// - Precondition: The columns have the same length.
  /// - Throws: ``StatisticsError`` for the first row with a bad duration or a mark above 1.
  /// - Complexity: O(n log n).
  public init(durations: Span<Double>, events: Span<UInt8>) throws(StatisticsError) {
    precondition(durations.count == events.count)
    var ends = Ends()
    for row in durations.indices {
      try ends.add(durations[row], isEvent: isEvent(events[row], row: row), row: row)
    }
    self = ends.counts(entries: nil)
  }

  /// Counts follow-up intervals with delayed entry, in any order.
  ///
  /// An interval `(entry, exit]` says that the subject was under observation, and free of the
  /// event, just after `entry`. A subject whose follow-up is cut into adjoining intervals gives
  /// the same curve; every inner cut then counts as one censoring and one entry.
  ///
  /// - Parameters:
  ///   - entries: Time at which each subject came under observation, at least 0.
  ///   - exits: Time at which follow-up ended, after the entry.
  ///   - events: Whether follow-up ended with the event.
  /// - Precondition: The columns have the same length.
  /// - Throws: ``StatisticsError`` for the first row with a bad time or with entry ≥ exit.
  /// - Complexity: O(n log n).
  public init(
    entries: Span<Double>, exits: Span<Double>, events: Span<Bool>
  ) throws(StatisticsError) {
    precondition(entries.count == exits.count && exits.count == events.count)
    var ends = Ends()
    for row in exits.indices {
      try checkInterval(entry: entries[row], exit: exits[row], row: row)
      try ends.add(exits[row], isEvent: events[row], row: row)
    }
    self = ends.counts(entries: sorted(entries))
  }

  /// Counts follow-up intervals with delayed entry, with event marks 0 and 1.
  ///
  /// - Precondition: The columns have the same length.
  /// - Throws: ``StatisticsError`` for the first row with a bad time, entry ≥ exit or a mark above 1.
  /// - Complexity: O(n log n).
  public init(
    entries: Span<Double>, exits: Span<Double>, events: Span<UInt8>
  ) throws(StatisticsError) {
    precondition(entries.count == exits.count && exits.count == events.count)
    var ends = Ends()
    for row in exits.indices {
      try checkInterval(entry: entries[row], exit: exits[row], row: row)
      try ends.add(exits[row], isEvent: isEvent(events[row], row: row), row: row)
    }
    self = ends.counts(entries: sorted(entries))
  }
}

/// End times by kind, gathered before sorting: two plain columns sort faster than one of pairs.
private struct Ends {
  var events: [Double] = []
  var censorings: [Double] = []

  mutating func add(_ time: Double, isEvent: Bool, row: Int) throws(StatisticsError) {
    try checkDuration(time, row: row)
    let time = time + 0  // -0 becomes 0
    if isEvent { events.append(time) } else { censorings.append(time) }
  }

  consuming func counts(entries: [Double]?) -> TimeCounts {
    events.sort()
    censorings.sort()
    var times: [Double] = []
    var atRisk: [Int] = []
    var eventCounts: [Int] = []
    var censoredCounts: [Int] = []
    var event = 0
    var censoring = 0
    var entered = entries == nil ? events.count + censorings.count : 0
    while event < events.count || censoring < censorings.count {
      let time = min(
        event < events.count ? events[event] : .infinity,
        censoring < censorings.count ? censorings[censoring] : .infinity)
      if let entries {
        while entered < entries.count, entries[entered] < time { entered += 1 }
      }
      let gone = event + censoring
      let firstEvent = event
      let firstCensoring = censoring
      while event < events.count, events[event] == time { event += 1 }
      while censoring < censorings.count, censorings[censoring] == time { censoring += 1 }
      times.append(time)
      atRisk.append(entered - gone)
      eventCounts.append(event - firstEvent)
      censoredCounts.append(censoring - firstCensoring)
    }
    return TimeCounts(
      times: times, atRisk: atRisk, events: eventCounts, censored: censoredCounts,
      entries: entries)
  }
}

private func isEvent(_ mark: UInt8, row: Int) throws(StatisticsError) -> Bool {
  guard mark <= 1 else { throw .unknownEventMark(row: row, mark: mark) }
  return mark == 1
}

private func checkInterval(entry: Double, exit: Double, row: Int) throws(StatisticsError) {
  try checkDuration(entry, row: row)
  try checkDuration(exit, row: row)
  guard entry < exit else { throw .entryNotBeforeExit(row: row, entry: entry, exit: exit) }
}

private func sorted(_ column: Span<Double>) -> [Double] {
  var values: [Double] = []
  values.reserveCapacity(column.count)
  for row in column.indices { values.append(column[row]) }
  values.sort()
  return values
}
