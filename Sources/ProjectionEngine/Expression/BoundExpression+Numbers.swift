import Journey

extension BoundExpression {
  /// The least and the most that a number can be; nil when nothing is known.
  func number(
    _ node: NumberNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor
  ) -> ClosedRange<Double>? {
    switch node {
    case .number(let value): return value...value
    case .length(let length): return exactly(Double(length.count))
    case .parameter(let parameter):
      switch parameter.value {
      case .number(let value): return value...value
      case .length(let length): return exactly(Double(length.count))
      default: return nil
      }
    case .table(let parameter, let day):
      return moment(day, context, anchor).flatMap { parameter.value(on: $0) }.map { $0...$0 }
    case .horizon: return exactly(Double(context.horizon))
    case .lag: return context.lag.map { Double($0)...Double($0) }
    case .stated(let slot): return statedNumber(slot, context).map { Double($0)...Double($0) }
    case .age(let slot, let day):
      guard let year = statedNumber(slot, context), let day = moment(day, context, anchor) else {
        return nil
      }
      let age = PersonHistory.age(on: day, bornIn: Int(year))
      return Double(age.lowerBound)...Double(age.upperBound)
    case .negative(let value):
      return number(value, context, anchor).map { -$0.upperBound ... -$0.lowerBound }
    case .arithmetic(let sign, let left, let right):
      guard let a = number(left, context, anchor), let b = number(right, context, anchor) else {
        return nil
      }
      return sign.bounds(a, b)
    case .daysBetween(let from, let to):
      guard let from = moment(from, context, anchor), let to = moment(to, context, anchor) else {
        return nil
      }
      return exactly(Double(to - from))
    case .days(let period):
      return self.period(period, context, anchor).flatMap {
        exactly(Double($0.upperBound - $0.lowerBound))
      }
    case .daysWorked(let period, let work):
      guard let days = self.period(period, context, anchor) else { return nil }
      if days.isEmpty { return 0...0 }
      let worked = context.history.daysWorked(work.kinds, during: days)
      return Double(worked.lowerBound)...Double(worked.upperBound)
    case .pay(let period, let work):
      guard let days = self.period(period, context, anchor) else { return nil }
      if days.isEmpty { return 0...0 }
      let history = context.history
      if let earned = hundredths(history.earnings(work.kinds, during: days)) { return earned }
      // Pay is never negative: what is stated of a part is the least of the whole.
      let least =
        history.demandsWholePeriods ? 0 : history.leastEarnings(work.kinds, during: days).value
      return Double(least) / 100...Double.infinity
    case .monthlyPay(let day, let work):
      return moment(day, context, anchor).flatMap {
        hundredths(context.history.grossMonthly(work.kinds, on: $0))
      }
    case .weeklyHours(let day, let work):
      return moment(day, context, anchor).flatMap {
        hundredths(context.history.weeklyHours(work.kinds, on: $0))
      }
    case .skill(let day, let work):
      return moment(day, context, anchor).flatMap {
        context.history.skill(work.kinds, on: $0)
      }.map { Double($0)...Double($0) }
    }
  }

  private func exactly(_ value: Double) -> ClosedRange<Double>? { value...value }

  private func hundredths(_ value: Hundredths?) -> ClosedRange<Double>? {
    value.map { Double($0.value) / 100...Double($0.value) / 100 }
  }
}

extension Arithmetic {
  /// The least and the most that the result can be; nil where it is not a number.
  fileprivate func bounds(
    _ a: ClosedRange<Double>, _ b: ClosedRange<Double>
  ) -> ClosedRange<Double>? {
    switch self {
    case .plus: return checked(a.lowerBound + b.lowerBound, a.upperBound + b.upperBound)
    case .minus: return checked(a.lowerBound - b.upperBound, a.upperBound - b.lowerBound)
    case .times, .dividedBy:
      if self == .dividedBy, b.contains(0) { return nil }
      let corners =
        self == .times ? products(a, b) : products(a, 1 / b.upperBound...1 / b.lowerBound)
      return corners
    }
  }

  private func products(
    _ a: ClosedRange<Double>, _ b: ClosedRange<Double>
  ) -> ClosedRange<Double>? {
    let (p, q) = (a.lowerBound * b.lowerBound, a.lowerBound * b.upperBound)
    let (r, s) = (a.upperBound * b.lowerBound, a.upperBound * b.upperBound)
    return checked(min(p, q, r, s), max(p, q, r, s))
  }

  private func checked(_ low: Double, _ high: Double) -> ClosedRange<Double>? {
    low.isFinite && high.isFinite ? low...max(low, high) : nil
  }
}

extension Comparison {
  /// Whether it holds between numbers that are known only as least and most.
  func truth(_ a: ClosedRange<Double>?, _ b: ClosedRange<Double>?) -> Truth {
    guard let a, let b else { return .unknown }
    switch self {
    case .less:
      if a.upperBound < b.lowerBound { return .yes }
      return a.lowerBound >= b.upperBound ? .no : .unknown
    case .lessOrEqual:
      if a.upperBound <= b.lowerBound { return .yes }
      return a.lowerBound > b.upperBound ? .no : .unknown
    case .greater: return Comparison.less.truth(b, a)
    case .greaterOrEqual: return Comparison.lessOrEqual.truth(b, a)
    case .equal:
      if !a.overlaps(b) { return .no }
      return a.lowerBound == a.upperBound && b.lowerBound == b.upperBound ? .yes : .unknown
    case .unequal: return !Comparison.equal.truth(a, b)
    }
  }
}
