import Journey

// Whether a statement is about days of a period rather than single days: then a yes, or a no, can be known
// before the whole period is.

extension QuestionExpression {
  /// Whether the expression looks at a period.
  var looksAtPeriods: Bool {
    switch root {
    case .truth(let node): node.looksAtPeriods
    case .number(let node): node.looksAtPeriods
    case .moment: false
    }
  }
}

extension TruthNode {
  /// Whether the statement looks at a period.
  var looksAtPeriods: Bool {
    switch self {
    case .not(let part), .truthKnown(let part): part.looksAtPeriods
    case .and(let parts), .or(let parts): parts.contains { $0.looksAtPeriods }
    case .numbers(_, let left, let right): left.looksAtPeriods || right.looksAtPeriods
    case .numberBetween(let value, let low, let high):
      [value, low, high].contains { $0.looksAtPeriods }
    case .numberKnown(let value): value.looksAtPeriods
    case .working(let when, _), .employed(let when), .inEducation(let when), .jobSeeking(let when):
      when.isPeriod
    case .sameEmployer(let first, let second, _): first.isPeriod || second.isPeriod
    case .workedFor, .workingOnReferenceDays, .workingThroughout, .placed, .trainingEnded,
      .promoted, .qualified, .measure, .aftercare, .died, .leftCountry, .improved:
      true
    case .moments, .momentBetween, .momentKnown, .code, .codeKnown, .codes, .stated, .dropout,
      .improvementStated, .inSample, .followUp, .permanent, .participating, .receives:
      false
    }
  }
}

extension NumberNode {
  fileprivate var looksAtPeriods: Bool {
    switch self {
    case .daysWorked, .pay: true
    case .negative(let value): value.looksAtPeriods
    case .arithmetic(_, let left, let right): left.looksAtPeriods || right.looksAtPeriods
    case .number, .length, .parameter, .table, .horizon, .lag, .stated, .age, .daysBetween, .days,
      .monthlyPay, .weeklyHours, .skill:
      false
    }
  }
}

extension WhenNode {
  fileprivate var isPeriod: Bool {
    switch self {
    case .at: false
    case .during: true
    }
  }
}
