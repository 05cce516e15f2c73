import Journey

// What has to be on record for an expression to be told: whose delays matter to it.

extension [QuestionExpression] {
  /// What the expressions look at, in the order of `RecordedSubject`.
  var subjects: [RecordedSubject] {
    var found: Set<RecordedSubject> = []
    for expression in self {
      switch expression.root {
      case .truth(let node): node.collect(into: &found)
      case .number(let node): node.collect(into: &found)
      case .moment: break
      }
    }
    return RecordedSubject.allCases.filter(found.contains)
  }
}

extension TruthNode {
  func collect(into found: inout Set<RecordedSubject>) {
    switch self {
    case .not(let part), .truthKnown(let part): part.collect(into: &found)
    case .and(let parts), .or(let parts): for part in parts { part.collect(into: &found) }
    case .numbers(_, let left, let right):
      left.collect(into: &found)
      right.collect(into: &found)
    case .numberBetween(let value, let low, let high):
      for part in [value, low, high] { part.collect(into: &found) }
    case .numberKnown(let value): value.collect(into: &found)
    case .code(let code, _), .codeKnown(let code): code.collect(into: &found)
    case .codes(_, let left, let right):
      left.collect(into: &found)
      right.collect(into: &found)
    // The entry profile is told with the entry; days that are compared with each other have no delay.
    case .moments, .momentBetween, .momentKnown, .stated: break
    case .dropout: found.insert(.exit)
    case .improvementStated, .inSample, .jobSeeking, .inEducation, .followUp: found.insert(.status)
    case .working, .workingThroughout, .workedFor, .workingOnReferenceDays, .placed, .sameEmployer,
      .permanent, .promoted, .improved:
      found.formUnion([.placementStart, .placementEnd])
    case .trainingEnded: found.formUnion([.placementEnd, .measure])
    // Answers tell it as well as spells do.
    case .employed: found.formUnion([.placementStart, .placementEnd, .status])
    case .participating: found.formUnion([.entry, .exit])
    case .receives: found.insert(.benefit)
    case .qualified, .measure: found.insert(.measure)
    case .aftercare: found.insert(.aftercare)
    case .died: found.insert(.death)
    case .leftCountry: found.insert(.leftCountry)
    }
  }
}

extension NumberNode {
  func collect(into found: inout Set<RecordedSubject>) {
    switch self {
    case .number, .length, .parameter, .table, .horizon, .lag, .stated, .age, .daysBetween, .days:
      break
    case .negative(let value): value.collect(into: &found)
    case .arithmetic(_, let left, let right):
      left.collect(into: &found)
      right.collect(into: &found)
    case .daysWorked, .pay, .monthlyPay, .weeklyHours, .skill:
      found.formUnion([.placementStart, .placementEnd])
    }
  }
}

extension CodeNode {
  func collect(into found: inout Set<RecordedSubject>) {
    switch self {
    case .stated, .residenceClassAtEntry, .placementKind: break
    case .exitReason, .exitType: found.insert(.exit)
    case .labourStatus: found.insert(.status)
    case .residence, .residenceClass: found.insert(.residence)
    }
  }
}
