// Whether an expression may look at days after the index day. Groups made that way hold people who had to come that
// far to be in them: until then nothing could happen to them, which is called immortal time.

extension QuestionExpression {
  /// Whether the expression may look behind the index day; by its form, whatever the journeys are.
  ///
  /// A date that is written out counts as known on the index day.
  ///
  /// - Parameter origin: What the index day is: of an exit, its reason is known then.
  func looksBehindIndex(_ origin: IndexEvent) -> Bool {
    let hindsight = Hindsight(isExit: origin == .exit || origin == .everyExit)
    return switch root {
    case .truth(let node): hindsight.isIn(node)
    case .number(let node): hindsight.isIn(node)
    case .moment(let node): hindsight.isIn(node)
    }
  }
}

/// Looks for days after the index day in an expression.
private struct Hindsight {
  /// Whether the index day is that of an exit.
  let isExit: Bool

  func isIn(_ node: TruthNode) -> Bool {
    switch node {
    case .not(let part), .truthKnown(let part): isIn(part)
    case .and(let parts), .or(let parts): parts.contains { isIn($0) }
    case .numbers(_, let left, let right): isIn(left) || isIn(right)
    case .numberBetween(let value, let low, let high): [value, low, high].contains { isIn($0) }
    case .numberKnown(let value): isIn(value)
    case .moments(_, let left, let right): isIn(left) || isIn(right)
    case .momentBetween(let value, let low, let high): [value, low, high].contains { isIn($0) }
    case .momentKnown(let day), .permanent(let day, _), .participating(let day),
      .receives(_, let day):
      isIn(day)
    case .code(let code, _), .codeKnown(let code): isIn(code)
    case .codes(_, let left, let right): isIn(left) || isIn(right)
    case .stated, .inSample: false
    case .dropout, .improvementStated: !isExit
    case .followUp: true
    case .working(let when, _), .employed(let when), .inEducation(let when), .jobSeeking(let when):
      isIn(when)
    case .sameEmployer(let first, let second, _): isIn(first) || isIn(second)
    // From some day on: whatever that is, so long after it is another.
    case .workedFor(_, _, let from, _, _): isIn(.shifted(from, 1, .number(1), .day))
    case .workingOnReferenceDays(let count, let after, let day, _):
      isIn(.referenceDay(count, after: after, day: day))
    case .improved(let from, let to, _): isIn(from) || isIn(to)
    case .workingThroughout(let period, _, _), .placed(let period, _),
      .trainingEnded(let period, _), .promoted(let period), .qualified(let period),
      .measure(_, let period), .aftercare(let period, _), .died(let period),
      .leftCountry(let period):
      isIn(period)
    }
  }

  func isIn(_ node: NumberNode) -> Bool {
    switch node {
    case .number, .length, .parameter, .horizon, .stated: false
    case .lag: true
    case .negative(let value): isIn(value)
    case .arithmetic(_, let left, let right): isIn(left) || isIn(right)
    case .daysBetween(let from, let to): isIn(from) || isIn(to)
    case .table(_, let day), .age(_, let day), .monthlyPay(let day, _), .weeklyHours(let day, _),
      .skill(let day, _):
      isIn(day)
    case .days(let period), .daysWorked(let period, _), .pay(let period, _): isIn(period)
    }
  }

  func isIn(_ node: MomentNode) -> Bool {
    switch node {
    case .index, .entry, .date, .parameter: return false
    case .exit: return !isExit
    case .cut, .seen, .day: return true
    case .shifted(let day, let sign, let count, _):
      if isIn(day) { return true }
      // A number that is worked out may be of either sign.
      if case .number(let count) = count { return Double(sign) * count > 0 }
      if case .length(let length) = count { return Int(sign) * Int(length.count) > 0 }
      return sign > 0
    case .referenceDay: return true
    }
  }

  private func isIn(_ code: CodeNode) -> Bool {
    switch code {
    case .stated, .residenceClassAtEntry, .placementKind: false
    case .exitReason, .exitType: !isExit
    case .labourStatus(let day), .residence(let day), .residenceClass(let day): isIn(day)
    }
  }

  private func isIn(_ when: WhenNode) -> Bool {
    switch when {
    case .at(let day): isIn(day)
    case .during(let period): isIn(period)
    }
  }

  private func isIn(_ period: PeriodNode) -> Bool {
    switch period {
    case .between(let from, let to, _): isIn(from) || isIn(to)
    case .quarter, .month: true
    }
  }
}

extension QuestionDefinition {
  /// The groups of the file, by code, that are made of what happened after the clock started; only of questions that
  /// follow people over time.
  public var groupsInHindsight: [String] {
    let definition: TimeToEventDefinition
    switch content {
    case .timeToEvent(let asked): definition = asked
    case .table(let asked): definition = asked.timeToEvent
    case .shares, .states, .sequences: return []
    }
    return definition.groups.filter { $0.when.looksBehindIndex(definition.origin) }.map(\.code)
  }
}
