import Journey

// Whether what a statement says of a day can be another on the next only where something is on record, so
// that a state need not be looked up on every day.

extension QuestionExpression {
  /// Whether the expression, as a statement about the day `t`, changes only on days of
  /// `PersonHistory.daysOfChange`.
  ///
  /// What counts days up to `t`, an age at it or a window around it changes in between, too.
  var changesOnlyWithRecords: Bool {
    switch root {
    case .truth(let node): node.changesOnlyWithRecords
    case .number(let node): node.changesOnlyWithRecords
    case .moment(let node): !node.namesDay
    }
  }

  /// Whether the statement comes out of the outline of a journey as of the whole of it, for index days that
  /// are an entry or a placement and for people who entered once, and changes, as one about the day `t`,
  /// only on days of `PersonHistory.outlineDaysOfChange`.
  ///
  /// Such are attributes at entry, participation, placements, death and leaving the country, from the index
  /// day or the entry on. Work is not: answers of follow-ups speak about it, and they are not in the outline.
  var restsOnOutline: Bool {
    guard case .truth(let node) = root else { return false }
    return node.restsOnOutline && node.changesOnlyWithRecords
  }
}

extension TruthNode {
  fileprivate var restsOnOutline: Bool {
    switch self {
    case .not(let part), .truthKnown(let part): part.restsOnOutline
    case .and(let parts), .or(let parts): parts.allSatisfy { $0.restsOnOutline }
    case .stated: true
    case .code(let code, _), .codeKnown(let code):
      switch code {
      case .stated, .residenceClassAtEntry: true
      default: false
      }
    case .participating(let day): day == .day
    case .placed(let period, _), .died(let period), .leftCountry(let period):
      if case .between(let first, .day, .through) = period {
        first == .index || first == .entry
      } else {
        false
      }
    default: false
    }
  }
}

extension TruthNode {
  fileprivate var changesOnlyWithRecords: Bool {
    switch self {
    case .not(let part), .truthKnown(let part): part.changesOnlyWithRecords
    case .and(let parts), .or(let parts): parts.allSatisfy { $0.changesOnlyWithRecords }
    case .numbers(_, let left, let right):
      left.changesOnlyWithRecords && right.changesOnlyWithRecords
    case .numberBetween(let value, let low, let high):
      [value, low, high].allSatisfy { $0.changesOnlyWithRecords }
    case .numberKnown(let value): value.changesOnlyWithRecords
    case .moments(_, let left, let right): !left.namesDay && !right.namesDay
    case .momentBetween(let value, let low, let high):
      ![value, low, high].contains { $0.namesDay }
    case .momentKnown(let value): !value.namesDay
    case .code(let code, _), .codeKnown(let code): code.changesOnlyWithRecords
    case .codes(_, let left, let right):
      left.changesOnlyWithRecords && right.changesOnlyWithRecords
    case .stated, .dropout, .improvementStated, .inSample, .followUp: true
    case .working(let when, _): when.changesOnlyWithRecords
    // Of a period these may look at an exit window as a whole.
    case .employed(let when), .inEducation(let when), .jobSeeking(let when):
      when.isOneDay && when.changesOnlyWithRecords
    case .sameEmployer(let first, let second, _):
      first.changesOnlyWithRecords && second.changesOnlyWithRecords
    case .permanent(let day, _), .participating(let day), .receives(_, let day):
      day.isDayOrNamesNone
    case .placed(let period, _), .trainingEnded(let period, _), .promoted(let period),
      .qualified(let period), .measure(_, let period), .aftercare(let period, _),
      .died(let period), .leftCountry(let period):
      period.changesOnlyWithRecords
    case .workingThroughout(let period, gap: _, _): !period.namesDay
    case .workedFor(let length, _, from: let day, gap: _, _):
      !length.namesDay && !day.namesDay
    case .workingOnReferenceDays(_, after: let day, day: _, _): !day.namesDay
    case .improved(from: let first, to: let last, let hours):
      !first.namesDay && !last.namesDay && !hours.namesDay
    }
  }
}

extension NumberNode {
  fileprivate var changesOnlyWithRecords: Bool {
    switch self {
    case .number, .length, .parameter, .horizon, .lag, .stated: true
    case .negative(let value): value.changesOnlyWithRecords
    case .arithmetic(_, let left, let right):
      left.changesOnlyWithRecords && right.changesOnlyWithRecords
    case .monthlyPay(let day, _), .weeklyHours(let day, _), .skill(let day, _):
      day.isDayOrNamesNone
    case .table, .age, .daysBetween, .days, .daysWorked, .pay: !namesDay
    }
  }

  fileprivate var namesDay: Bool {
    switch self {
    case .number, .length, .parameter, .horizon, .lag, .stated: false
    case .table(_, let day), .age(_, let day), .monthlyPay(let day, _), .weeklyHours(let day, _),
      .skill(let day, _):
      day.namesDay
    case .negative(let value): value.namesDay
    case .arithmetic(_, let left, let right): left.namesDay || right.namesDay
    case .daysBetween(let first, let last): first.namesDay || last.namesDay
    case .days(let period), .daysWorked(let period, _), .pay(let period, _): period.namesDay
    }
  }
}

extension MomentNode {
  /// Whether the day depends on `t`.
  fileprivate var namesDay: Bool {
    switch self {
    case .day: true
    case .index, .entry, .exit, .cut, .seen, .date, .parameter: false
    case .shifted(let day, _, let length, _): day.namesDay || length.namesDay
    case .referenceDay(_, after: let day, day: _): day.namesDay
    }
  }

  fileprivate var isDayOrNamesNone: Bool { self == .day || !namesDay }
}

extension PeriodNode {
  fileprivate var namesDay: Bool {
    switch self {
    case .between(let first, let last, _): first.namesDay || last.namesDay
    case .quarter(_, after: let day), .month(_, after: let day): day.namesDay
    }
  }

  /// Periods that end with `t` grow with it, day by day; all others that depend on it move.
  fileprivate var changesOnlyWithRecords: Bool {
    if case .between(let first, .day, .through) = self { return !first.namesDay }
    return !namesDay
  }
}

extension WhenNode {
  fileprivate var isOneDay: Bool {
    switch self {
    case .at: true
    case .during(let period): !period.namesDay
    }
  }

  fileprivate var changesOnlyWithRecords: Bool {
    switch self {
    case .at(let day): day.isDayOrNamesNone
    case .during(let period): period.changesOnlyWithRecords
    }
  }
}

extension CodeNode {
  fileprivate var changesOnlyWithRecords: Bool {
    switch self {
    case .stated, .residenceClassAtEntry, .placementKind, .exitReason, .exitType: true
    case .labourStatus(let day), .residence(let day), .residenceClass(let day):
      day.isDayOrNamesNone
    }
  }
}
