import Journey

// Which days an expression looks at, for saying when its answer is due.

extension BoundExpression {
  func note(
    _ node: TruthNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor,
    _ latest: inout LatestDay
  ) {
    switch node {
    case .not(let part), .truthKnown(let part): note(part, context, anchor, &latest)
    case .and(let parts), .or(let parts):
      for part in parts { note(part, context, anchor, &latest) }
    case .numbers(_, let left, let right):
      note(left, context, anchor, &latest)
      note(right, context, anchor, &latest)
    case .numberBetween(let value, let low, let high):
      for part in [value, low, high] { note(part, context, anchor, &latest) }
    case .numberKnown(let value): note(value, context, anchor, &latest)
    case .code(let code, _), .codeKnown(let code): note(code, context, anchor, &latest)
    case .codes(_, let left, let right):
      note(left, context, anchor, &latest)
      note(right, context, anchor, &latest)
    // Days that are only compared are known whenever they are; the entry profile is, too.
    case .moments, .momentBetween, .momentKnown, .stated, .dropout, .improvementStated, .inSample,
      .followUp:
      break
    case .working(let when, _), .employed(let when), .inEducation(let when), .jobSeeking(let when):
      note(when, context, anchor, &latest)
    case .sameEmployer(let first, let second, _):
      note(first, context, anchor, &latest)
      note(second, context, anchor, &latest)
    case .permanent(let day, _), .participating(let day), .receives(_, let day):
      latest.add(moment(day, context, anchor))
    case .improved(let from, let to, _):
      latest.add(moment(from, context, anchor))
      latest.add(moment(to, context, anchor))
    case .workedFor(let length, let unit, let from, let gap, _):
      let end = moment(.shifted(from, 1, length, unit), context, anchor)
      latest.add(end.map { $0 + (gap.value - 1) })
    case .workingOnReferenceDays(let count, let after, let day, _):
      latest.add(
        moment(after, context, anchor).map {
          $0.referenceDay(count.value, dayOfMonth: day.value)
        })
    case .workingThroughout(let period, _, _), .placed(let period, _),
      .trainingEnded(let period, _), .promoted(let period), .qualified(let period),
      .measure(_, let period), .aftercare(let period, _), .died(let period),
      .leftCountry(let period):
      note(period, context, anchor, &latest)
    }
  }

  func note(
    _ node: NumberNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor,
    _ latest: inout LatestDay
  ) {
    switch node {
    case .number, .length, .parameter, .table, .horizon, .lag, .stated, .age, .daysBetween, .days:
      break
    case .negative(let value): note(value, context, anchor, &latest)
    case .arithmetic(_, let left, let right):
      note(left, context, anchor, &latest)
      note(right, context, anchor, &latest)
    case .daysWorked(let period, _), .pay(let period, _): note(period, context, anchor, &latest)
    case .monthlyPay(let day, _), .weeklyHours(let day, _), .skill(let day, _):
      latest.add(moment(day, context, anchor))
    }
  }

  private func note(
    _ node: CodeNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor,
    _ latest: inout LatestDay
  ) {
    switch node {
    case .stated, .residenceClassAtEntry, .placementKind, .exitReason, .exitType: break
    case .labourStatus(let day), .residence(let day), .residenceClass(let day):
      latest.add(moment(day, context, anchor))
    }
  }

  private func note(
    _ when: WhenNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor,
    _ latest: inout LatestDay
  ) {
    switch when {
    case .at(let day): latest.add(moment(day, context, anchor))
    case .during(let period): note(period, context, anchor, &latest)
    }
  }

  /// A period looks at its last day; an empty one at its first.
  private func note(
    _ node: PeriodNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor,
    _ latest: inout LatestDay
  ) {
    let days = period(node, context, anchor)
    latest.add(days.map { max($0.lowerBound, $0.upperBound - 1) })
  }
}
