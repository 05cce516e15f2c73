import Journey

extension BoundExpression {
  /// Statements about days and periods of work, status and what happened in them.
  func happening(
    _ node: TruthNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor
  ) -> Truth {
    switch node {
    case .working(let when, let work):
      return ask(
        when, context, anchor, on: { context.history.working(work.kinds, on: $0) },
        during: { context.history.working(work.kinds, during: $0) })
    case .employed(let when):
      return ask(
        when, context, anchor, on: { context.history.employed(on: $0) },
        during: { context.history.employed(during: $0) })
    case .inEducation(let when):
      return ask(
        when, context, anchor, on: { context.history.inEducation(on: $0) },
        during: { context.history.inEducation(during: $0) })
    case .jobSeeking(let when):
      return ask(
        when, context, anchor, on: { context.history.seekingWork(on: $0) },
        during: { context.history.seekingWork(during: $0) })
    case .workingThroughout(let period, let gap, let work):
      guard let days = self.period(period, context, anchor) else { return .unknown }
      if days.isEmpty { return .yes }
      return context.history.workingThroughout(work.kinds, during: days, gap: gap.value)
    case .workedFor(let length, let unit, let from, let gap, let work):
      guard let start = moment(from, context, anchor), let length = number(length, context, anchor),
        length.lowerBound == length.upperBound, let units = Int32(exactly: length.lowerBound)
      else { return .unknown }
      guard units > 0 else { return .yes }
      return context.history.worked(
        work.kinds, for: TimeLength(min(units, 36_500), unit), from: start, gap: gap.value)
    case .workingOnReferenceDays(let count, let after, let day, let work):
      guard let after = moment(after, context, anchor) else { return .unknown }
      var (all, isWhole) = (Truth.yes, true)
      for month in 1...count.value where all != .no || context.history.demandsWholePeriods {
        let day = after.referenceDay(month, dayOfMonth: day.value)
        let works = context.history.working(work.kinds, on: day)
        all = all && works
        if works == .unknown { isWhole = false }
      }
      return context.history.demandsWholePeriods && !isWhole ? .unknown : all
    case .sameEmployer(let first, let second, let work):
      guard let first = days(first, context, anchor), let second = days(second, context, anchor)
      else { return .unknown }
      if first.isEmpty || second.isEmpty { return .no }
      // The index day is that of a placement: its employer is meant, whatever other jobs there are.
      if let placement = context.index.placement, first == anchor.index..<anchor.index + 1 {
        return context.history.sameEmployer(work.kinds, as: placement, during: second)
      }
      return context.history.sameEmployer(work.kinds, during: first, and: second)
    case .placed(let period, let work):
      return within(period, context, anchor) { context.history.placed(work.kinds, during: $0) }
    case .trainingEnded(let period, let result):
      return within(period, context, anchor) {
        context.history.trainingEnded(context.index.placement, result, during: $0)
      }
    case .promoted(let period):
      return within(period, context, anchor) { context.history.promoted(during: $0) }
    case .qualified(let period):
      return within(period, context, anchor) {
        context.history.qualified(during: $0, certificate: true)
      }
    case .measure(let kind, let period):
      return within(period, context, anchor) { context.history.measure(kind, during: $0) }
    case .aftercare(let period, let partner):
      return within(period, context, anchor) {
        context.history.aftercare(during: $0, with: partner)
      }
    case .died(let period):
      return within(period, context, anchor) { context.history.died(during: $0) }
    case .leftCountry(let period):
      return within(period, context, anchor) { context.history.leftCountry(during: $0) }
    default: return .unknown
    }
  }

  private func ask(
    _ when: WhenNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor,
    on: (Day) -> Truth, during: (Range<Day>) -> Truth
  ) -> Truth {
    switch when {
    case .at(let day): moment(day, context, anchor).map { on($0) } ?? .unknown
    case .during(let period): within(period, context, anchor, during)
    }
  }

  /// Asks about a period: unknown when an end is unknown, no when it has no day.
  private func within(
    _ node: PeriodNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor,
    _ ask: (Range<Day>) -> Truth
  ) -> Truth {
    guard let days = period(node, context, anchor) else { return .unknown }
    return days.isEmpty ? .no : ask(days)
  }

  private func days(
    _ when: WhenNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor
  ) -> Range<Day>? {
    switch when {
    case .at(let day): moment(day, context, anchor).map { $0..<$0 + 1 }
    case .during(let node): period(node, context, anchor)
    }
  }
}

extension PersonHistory {
  /// Whether a training ended in the period with a result: that of the index day, else any.
  fileprivate func trainingEnded(
    _ placement: Int?, _ wanted: TrainingResult, during days: Range<Day>
  ) -> Truth {
    guard let placement, let kind = placements[placement].kind,
      PlacementKinds.education.contains(kind)
    else { return ended(.education, during: days, result: wanted) }
    let spell = placements[placement]
    guard let end = spell.end, let earliest = spell.earliestEnd else {
      return onRecord(.no, in: days)
    }
    let isWanted: Truth =
      spell.result == nil || spell.result == .unknown ? .unknown : Truth(spell.result == wanted)
    let found = happened(earliest - 1...end - 1, days) && isWanted
    return demandsWholePeriods && !isObserved(days) ? .unknown : found
  }
}
