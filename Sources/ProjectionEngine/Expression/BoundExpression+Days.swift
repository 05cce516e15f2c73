import Journey

extension BoundExpression {
  /// A day; nil when it is unknown or there is none.
  func moment(
    _ node: MomentNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor
  ) -> Day? {
    switch node {
    case .index: return anchor.index
    case .entry: return anchor.entry
    case .exit: return anchor.exit
    case .cut: return context.history.referenceDay
    case .seen: return max(anchor.index, context.history.observedUntil - 1)
    case .day: return context.day
    case .date(let day): return day
    case .parameter(let parameter):
      if case .day(let day) = parameter.value { return day }
      return nil
    case .shifted(let day, let sign, let by, let unit):
      guard let day = moment(day, context, anchor), let bounds = number(by, context, anchor),
        bounds.lowerBound == bounds.upperBound
      else { return nil }
      return day.shifted(by: bounds.lowerBound * Double(sign), unit)
    case .referenceDay(let count, let after, let dayOfMonth):
      return moment(after, context, anchor).map {
        $0.referenceDay(count.value, dayOfMonth: dayOfMonth.value)
      }
    }
  }

  /// A period; nil when an end is unknown, empty when its end is before its beginning.
  func period(
    _ node: PeriodNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor
  ) -> Range<Day>? {
    switch node {
    case .between(let from, let to, let end):
      guard let from = moment(from, context, anchor), let to = moment(to, context, anchor) else {
        return nil
      }
      return from..<max(from, end == .until ? to : to + 1)
    case .quarter(let count, let after):
      guard let after = moment(after, context, anchor) else { return nil }
      let first = after.monthIndex / 3 * 3 + count.value * 3
      return Day(firstOfMonth: first)..<Day(firstOfMonth: first + 3)
    case .month(let count, let after):
      guard let after = moment(after, context, anchor) else { return nil }
      let first = after.monthIndex + count.value
      return Day(firstOfMonth: first)..<Day(firstOfMonth: first + 1)
    }
  }
}

extension Day {
  /// The day a number of units later, kept within the days that any part accepts.
  ///
  /// Parts of a unit are dropped.
  fileprivate func shifted(by units: Double, _ unit: ClockUnit) -> Day {
    guard units.isFinite else { return units > 0 ? .latest : .earliest }
    let whole = Int(max(-200_000, min(200_000, units.rounded(.towardZero))))
    let start = max(.earliest, min(.latest, self))
    let moved =
      unit == .day
      ? start + Int32(whole) : start.adding(months: max(-5_000, min(5_000, whole)))
    return max(.earliest, min(.latest, moved))
  }

  /// A day of the month that lies a number of months after that of this day.
  func referenceDay(_ months: Int32, dayOfMonth: Int32) -> Day {
    let first = Day(firstOfMonth: monthIndex + months)
    let (year, month, _) = first.parts
    return first + (min(dayOfMonth, Int32(Day.length(ofMonth: month, year: year))) - 1)
  }
}
