public import EventLog
public import Journey

/// A number that fell since the last transmission, with the records that made it fall.
public struct IndicatorDrop: Sendable {
  /// What one record took away.
  public struct Cause: Sendable, Equatable {
    /// The position of the record.
    public let position: Position
    /// Whose it is.
    public let participant: ParticipantRef
    /// What was recorded.
    public let event: JourneyEvent
    /// Why it moved the number; nil for an answer of a sealed field group.
    public let kind: KnowledgeComparison.Kind?
    /// How far it moved the number: below 0.
    public let change: Int
  }

  /// The row and column, what stood there and what stands there now.
  public let finding: IndicatorFinding
  /// The records that took something away, in the order of the log.
  public let causes: [Cause]
  /// What other records added.
  public let gained: Int
  /// What moved without a record: time that passed, or people who were erased.
  public let passed: Int
}

/// Two states that are compared: what was transmitted last, and what is now.
public struct IndicatorStates: Sendable {
  /// What was asked for, and the number of records known.
  public struct State: Sendable {
    /// What was asked for.
    public let request: IndicatorRequest
    /// The number of records known.
    public let size: UInt64

    /// A request at a state of knowledge.
    public init(_ request: IndicatorRequest, size: UInt64) {
      self.request = request
      self.size = size
    }
  }

  /// The last transmission.
  public let before: State
  /// The one at hand.
  public let now: State

  /// Compares two states that group alike.
  public init(before: State, now: State) {
    self.before = before
    self.now = now
  }
}

extension IndicatorSet {
  /// Explains numbers that fell by the records that made them fall.
  ///
  /// - Parameter findings: Those of checks of kind `cumulative`; others are passed over.
  /// - Throws: `ChoiceProblem` when a question does not fit, or `QuestionError`.
  public func drops(
    _ findings: [IndicatorFinding], _ states: IndicatorStates, from view: JourneysView
  ) throws -> [IndicatorDrop] {
    let cumulative = Set(checks.filter { $0.rule == .cumulative }.map(\.code))
    let fallen = findings.filter { cumulative.contains($0.check) }
    var compared: [String: KnowledgeComparison] = [:]
    for name in Set(fallen.compactMap { rows(of: $0.indicator)?.question }).sorted() {
      guard let question = questions[name] else { continue }
      compared[name] =
        try question.compare(
          states.now.request.choices, view, sizes: (states.before.size, states.now.size),
          days: (states.before.request.referenceDay, states.now.request.referenceDay)
        ).comparison
    }
    let grouping = states.now.request.grouping
    var stated = StatedUnits(set: self, states: states, view: view)
    return try fallen.map { finding in
      guard let source = rows(of: finding.indicator), let comparison = compared[source.question]
      else {
        return IndicatorDrop(
          finding: finding, causes: [], gained: 0, passed: finding.found - finding.expected)
      }
      if case .statement(let statement, _) = indicator(finding.indicator)?.basis {
        return try drop(
          finding, try stated.find(statement, source.question), comparison, states, view)
      }
      return drop(finding, comparison.movements, grouping)
    }
  }

  /// A number that a question counts.
  private func drop(
    _ finding: IndicatorFinding, _ movements: [KnowledgeComparison.Movement],
    _ grouping: IndicatorGrouping
  ) -> IndicatorDrop {
    let places = rowPlaces(of: finding.indicator)
    // One record may move somebody from one attribute's value to another: within a group of ours
    // that is no change.
    var order: [Position] = []
    var net: [Position: (movement: KnowledgeComparison.Movement, change: Int)] = [:]
    for movement in movements where isIn(movement, finding, grouping) {
      let change =
        isEverybody(finding.indicator)
        ? movement.change.counted : places.reduce(0) { $0 + movement.change.cells[$1].yes }
      if net[movement.position] == nil { order.append(movement.position) }
      net[movement.position, default: (movement, 0)].change += change
    }
    let changes = order.compactMap { net[$0] }
    let causes = changes.filter { $0.change < 0 }.map { entry in
      IndicatorDrop.Cause(
        position: entry.movement.position, participant: entry.movement.participant,
        event: entry.movement.event, kind: entry.movement.kind, change: entry.change)
    }
    let gained = changes.map(\.change).filter { $0 > 0 }.reduce(0, +)
    let lost = causes.map(\.change).reduce(0, +)
    return IndicatorDrop(
      finding: finding, causes: causes, gained: gained,
      passed: finding.found - finding.expected - gained - lost)
  }

  private func isEverybody(_ code: String) -> Bool {
    if case .row(_, _, everybody: true) = indicator(code)?.basis { true } else { false }
  }

  private func isIn(
    _ movement: KnowledgeComparison.Movement, _ finding: IndicatorFinding,
    _ grouping: IndicatorGrouping
  ) -> Bool {
    guard grouping.group(movement.group) == finding.group else { return false }
    return finding.column.code.map { movement.group[0] == $0 } ?? true
  }

  /// A number that rests on answers of a sealed field group: whoever is no longer in it either changed
  /// the answer or counts no longer at all.
  private func drop(
    _ finding: IndicatorFinding, _ stated: StatedUnits.Found, _ comparison: KnowledgeComparison,
    _ states: IndicatorStates, _ view: JourneysView
  ) throws -> IndicatorDrop {
    let answers = stated.answers
    let before = stated.before.people(of: finding)
    let now = stated.now.people(of: finding)
    var causes: [IndicatorDrop.Cause] = []
    var gained = 0
    for ref in Set(before.keys).union(now.keys).sorted() {
      let change = now[ref, default: 0] - before[ref, default: 0]
      guard change < 0 else {
        gained += change
        continue
      }
      let changed = answers.changes(of: ref, in: states.before.size..<states.now.size).last
      let members = answers.everybody(ref)
      if let changed, let read = try event(at: changed, of: members, in: view) {
        causes.append(
          .init(
            position: Position(changed), participant: ref, event: read, kind: nil, change: change))
      } else if let movement = comparison.movements.last(where: {
        members.contains($0.participant) && $0.change.counted != 0
      }) {
        causes.append(
          .init(
            position: movement.position, participant: ref, event: movement.event,
            kind: movement.kind, change: change))
      }
    }
    let lost = causes.map(\.change).reduce(0, +)
    return IndicatorDrop(
      finding: finding, causes: causes.sorted { $0.position < $1.position }, gained: gained,
      passed: finding.found - finding.expected - gained - lost)
  }

  private func event(
    at position: UInt64, of members: [ParticipantRef], in view: JourneysView
  ) throws -> JourneyEvent? {
    for ref in members {
      let events = try view.log.events(of: .participant(ref), size: position + 1)
      if let found = events.last(where: { $0.header.position.number == position }) {
        return found.event
      }
    }
    return nil
  }
}
