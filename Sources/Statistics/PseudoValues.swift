/// Pseudo-values: what each person contributes to an estimate from censored follow-up.
///
///     let pseudo = try PseudoValues(durations: days, causes: exits)
///     let inWork = try pseudo.cumulativeIncidence(of: 1, at: 182)
///     // one number a person, to be averaged or regressed as if nobody had been censored
///
/// With θ the estimate from all n people and θ₋ᵢ that without person i, the pseudo-value is
/// n θ − (n − 1) θ₋ᵢ. Without censoring it is the person's own outcome, 0 or 1 or min(T, τ). All n
/// estimates without one person come from one table each of prefixes and suffixes: leaving i out
/// takes one from the risk sets up to T, one from the events at T, and changes nothing after it.
///
/// One row a person, everybody under observation from the origin on. The values are not confined
/// to [0, 1], and their use assumes that censoring does not depend on the covariates.
///
/// - SeeAlso: Andersen, Klein, Rosthøj (2003), doi:10.1093/biomet/90.1.15; Andersen, Perme (2010),
///   doi:10.1177/0962280209105020.
public struct PseudoValues: Sendable {
  /// The number of people.
  public let count: Int
  /// The number of causes.
  public let causes: Int

  /// The distinct times, rising, with those at risk, the events and the events of each cause.
  private let times: [Double]
  private let atRisk: [Double]
  private let events: [Double]
  private let eventsOfCause: [[Double]]
  /// For each person the index of the time and the cause, 0 when censored.
  private let timeOf: [Int]
  private let causeOf: [Int]
  /// Survival without a person whose time is later, just before each time and at last after all.
  private let survivalWithoutLater: [Double]

  /// Takes people with one kind of event.
  ///
  /// - Throws: ``StatisticsError/needsPlainRows`` when rows start late, have weights, or a subject
  ///   has several.
  public init(_ followUp: FollowUp) throws(StatisticsError) {
    let hasRepeats = followUp.subjects.map { Set($0).count < $0.count } ?? false
    guard followUp.starts == nil, followUp.weights == nil, !hasRepeats else {
      throw .needsPlainRows
    }
    try self.init(durations: followUp.stops, causes: followUp.events.map { $0 ? 1 : 0 })
  }

  /// Takes people with several kinds of events.
  ///
  /// - Parameters:
  ///   - durations: Length of follow-up of each person.
  ///   - causes: What ended it: 0 when it was censored, else a cause from 1.
  /// - Precondition: The columns have the same length; no cause is negative.
  /// - Throws: ``StatisticsError`` for the first bad duration.
  /// - Complexity: O(n log n).
  public init(durations: [Double], causes: [Int]) throws(StatisticsError) {
    precondition(durations.count == causes.count, "columns of other length")
    precondition(causes.allSatisfy { $0 >= 0 }, "causes count from 1")
    for row in durations.indices { try checkDuration(durations[row], row: row) }
    let causeCount = causes.max() ?? 0
    let order = durations.indices.sorted { durations[$0] < durations[$1] }
    var times: [Double] = []
    var atRisk: [Double] = []
    var events: [Double] = []
    var eventsOfCause = [[Double]](repeating: [], count: causeCount)
    var timeOf = [Int](repeating: 0, count: durations.count)
    for (earlier, row) in order.enumerated() {
      if times.last != durations[row] {
        times.append(durations[row])
        atRisk.append(Double(order.count - earlier))
        events.append(0)
        for cause in eventsOfCause.indices { eventsOfCause[cause].append(0) }
      }
      timeOf[row] = times.count - 1
      if causes[row] > 0 {
        events[times.count - 1] += 1
        eventsOfCause[causes[row] - 1][times.count - 1] += 1
      }
    }
    var product = CompensatedProduct()
    var without: [Double] = []
    for index in times.indices {
      without.append(product.value)
      // Nobody has a later time than the last: there the column ends.
      guard atRisk[index] > 1, index < times.count - 1 else { continue }
      product.multiply(by: atRisk[index] - 1 - events[index], over: atRisk[index] - 1)
    }
    count = durations.count
    self.causes = causeCount
    self.times = times
    self.atRisk = atRisk
    self.events = events
    self.eventsOfCause = eventsOfCause
    self.timeOf = timeOf
    causeOf = causes
    survivalWithoutLater = without
  }
}

extension PseudoValues {
  /// The pseudo-values of survival, free of every cause, at a time.
  ///
  /// After the last time the last S is carried on, as in the Kaplan–Meier reading.
  ///
  /// - Parameter time: In the caller's unit, finite.
  /// - Returns: One value a person, in the order given; empty for nobody.
  /// - Throws: ``StatisticsError/durationNotFinite(row:)``.
  /// - Complexity: O(n).
  public func survival(at time: Double) throws(StatisticsError) -> [Double] {
    guard time.isFinite else { throw .durationNotFinite(row: 0) }
    let end = reached(by: time)
    // After each time: the product of the later factors up to the end, with everybody.
    var after = [Double](repeating: 1, count: end + 1)
    var product = CompensatedProduct()
    for index in (0..<end).reversed() {
      after[index] = product.value
      product.multiply(by: atRisk[index] - events[index], over: atRisk[index])
    }
    let all = product.value
    return (0..<count).map { person in
      let own = timeOf[person]
      let without =
        own < end
        ? survivalWithoutLater[own] * ownFactor(person) * after[own] : survivalWithoutLater[end]
      return value(all: all, without: without)
    }
  }

  /// The pseudo-values of the mean time to the event within a horizon.
  ///
  /// - Parameter horizon: τ, positive and finite.
  /// - Throws: ``StatisticsError/horizonNotPositive(_:)``.
  /// - Complexity: O(n).
  public func restrictedMean(to horizon: Double) throws(StatisticsError) -> [Double] {
    guard horizon > 0, horizon.isFinite else { throw .horizonNotPositive(horizon) }
    let end = times.insertionIndex(of: horizon)
    func time(_ index: Int) -> Double { index < end ? times[index] : horizon }
    // The area up to each time without somebody later, and the mean left after it for those then
    // still free of the event, with everybody.
    var before: [Double] = []
    var area = CompensatedSum()
    for index in 0...end {
      area.add(
        (time(index) - (index > 0 ? time(index - 1) : 0))
          * (index < survivalWithoutLater.count ? survivalWithoutLater[index] : 0))
      before.append(area.value)
    }
    var after = [Double](repeating: 0, count: end + 1)
    for index in (0..<end).reversed() {
      let step = time(index + 1) - time(index)
      after[index] = step + (index + 1 < end ? factor(index + 1) * after[index + 1] : 0)
    }
    let all = (end > 0 ? time(0) + factor(0) * after[0] : horizon)
    return (0..<count).map { person in
      let own = timeOf[person]
      let without =
        own < end
        ? before[own] + survivalWithoutLater[own] * ownFactor(person) * after[own] : before[end]
      return value(all: all, without: without)
    }
  }

  /// The pseudo-values of the cumulative incidence of a cause at a time.
  ///
  /// - Parameters:
  ///   - cause: A cause from 1.
  ///   - time: In the caller's unit, finite.
  /// - Throws: ``StatisticsError/durationNotFinite(row:)``, or
  ///   ``StatisticsError/noEventsOfCause(_:)`` for a cause that nobody has.
  /// - Complexity: O(n).
  public func cumulativeIncidence(
    of cause: Int, at time: Double
  ) throws(StatisticsError) -> [Double] {
    guard time.isFinite else { throw .durationNotFinite(row: 0) }
    guard cause >= 1, cause <= causes, causeOf.contains(cause) else {
      throw .noEventsOfCause(cause)
    }
    let hits = eventsOfCause[cause - 1]
    let end = reached(by: time)
    var before: [Double] = [0]
    var sum = CompensatedSum()
    for index in 0..<end {
      // At the last time of all nobody is left to be later.
      if atRisk[index] > 1 {
        sum.add(survivalWithoutLater[index] * hits[index] / (atRisk[index] - 1))
      }
      before.append(sum.value)
    }
    var after = [Double](repeating: 0, count: end + 1)
    for index in (0..<end).reversed() where index + 1 < end {
      after[index] =
        hits[index + 1] / atRisk[index + 1] + factor(index + 1) * after[index + 1]
    }
    let all = end > 0 ? hits[0] / atRisk[0] + factor(0) * after[0] : 0
    return (0..<count).map { person in
      let own = timeOf[person]
      guard own < end else { return value(all: all, without: before[end]) }
      let others = atRisk[own] - 1
      let hit = hits[own] - (causeOf[person] == cause ? 1 : 0)
      let now = others > 0 ? hit / others : 0
      return value(
        all: all,
        without: before[own] + survivalWithoutLater[own] * (now + ownFactor(person) * after[own]))
    }
  }

  /// The infinitesimal counterpart for survival: S(t) + n times the influence of the person.
  ///
  /// The influence is the derivative of S(t) by the person's weight, counted as a share. It differs
  /// from the pseudo-value proper by terms of the order 1/n. Agrees with `pseudo` of survival 3.8.
  ///
  /// - Throws: ``StatisticsError/durationNotFinite(row:)``.
  /// - Complexity: O(n).
  public func infinitesimalSurvival(at time: Double) throws(StatisticsError) -> [Double] {
    guard time.isFinite else { throw .durationNotFinite(row: 0) }
    let end = reached(by: time)
    var product = CompensatedProduct()
    // Up to and including each time: Σ d / (n (n − d)).
    var exposure: [Double] = []
    var sum = CompensatedSum()
    for index in 0..<end {
      let left = atRisk[index] - events[index]
      product.multiply(by: left, over: atRisk[index])
      if left > 0 { sum.add(events[index] / (atRisk[index] * left)) }
      exposure.append(sum.value)
    }
    let all = product.value
    return (0..<count).map { person in
      let last = min(timeOf[person], end - 1)
      var influence = last >= 0 ? exposure[last] : 0
      if timeOf[person] < end, causeOf[person] > 0 {
        let left = atRisk[timeOf[person]] - events[timeOf[person]]
        if left > 0 { influence -= 1 / left }
      }
      return all + Double(count) * all * influence
    }
  }

  /// The number of times not after the given one.
  private func reached(by time: Double) -> Int { (times.lastIndex(notAbove: time) ?? -1) + 1 }

  private func factor(_ index: Int) -> Double { (atRisk[index] - events[index]) / atRisk[index] }

  /// The factor of survival at a person's own time when the person is left out.
  private func ownFactor(_ person: Int) -> Double {
    let others = atRisk[timeOf[person]] - 1
    guard others > 0 else { return 1 }
    return (others - events[timeOf[person]] + (causeOf[person] > 0 ? 1 : 0)) / others
  }

  private func value(all: Double, without: Double) -> Double {
    all + Double(count - 1) * (all - without)
  }
}
