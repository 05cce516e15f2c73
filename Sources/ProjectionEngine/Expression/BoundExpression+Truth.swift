import Journey

extension BoundExpression {
  /// Whether a statement holds, by Kleene's logic.
  func truth(
    _ node: TruthNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor
  ) -> Truth {
    switch node {
    case .not(let part): return !truth(part, context, anchor)
    case .and(let parts):
      if context.demandsWholePeriods { return whole(parts, settling: .no, context, anchor) }
      var all = Truth.yes
      for part in parts where all != .no { all = all && truth(part, context, anchor) }
      return all
    case .or(let parts):
      if context.demandsWholePeriods { return whole(parts, settling: .yes, context, anchor) }
      var any = Truth.no
      for part in parts where any != .yes { any = any || truth(part, context, anchor) }
      return any
    case .numbers(let comparison, let left, let right):
      return comparison.truth(number(left, context, anchor), number(right, context, anchor))
    case .numberBetween(let value, let low, let high):
      let value = number(value, context, anchor)
      return Comparison.greaterOrEqual.truth(value, number(low, context, anchor))
        && Comparison.lessOrEqual.truth(value, number(high, context, anchor))
    case .moments(let comparison, let left, let right):
      guard let left = moment(left, context, anchor), let right = moment(right, context, anchor)
      else { return .unknown }
      return Truth(comparison.holds(left, right))
    case .momentBetween(let value, let low, let high):
      guard let value = moment(value, context, anchor), let low = moment(low, context, anchor),
        let high = moment(high, context, anchor)
      else { return .unknown }
      return Truth(value >= low && value <= high)
    case .code(let node, let test):
      let code = code(node, context, anchor)
      return code == 0 ? .unknown : Truth(test.passing & (1 << UInt64(code & 63)) != 0)
    case .codes(let comparison, let left, let right):
      let (left, right) = (code(left, context, anchor), code(right, context, anchor))
      return left == 0 || right == 0 ? .unknown : Truth(comparison.holds(left, right))
    case .truthKnown(let part): return Truth(truth(part, context, anchor).isKnown)
    case .numberKnown(let value):
      let bounds = number(value, context, anchor)
      return Truth(bounds.map { $0.lowerBound == $0.upperBound } ?? false)
    case .momentKnown(let value): return Truth(moment(value, context, anchor) != nil)
    case .codeKnown(let value): return Truth(code(value, context, anchor) != 0)
    case .stated(let slot):
      switch code(slot, context) {
      case Answer.yes.rawValue: return .yes
      case Answer.no.rawValue: return .no
      default: return .unknown
      }
    case .dropout:
      return anchor.participation.map { context.history.participations[$0].dropout } ?? .unknown
    case .improvementStated:
      return anchor.participation.map { context.history.answer(.improved, of: $0) } ?? .unknown
    case .inSample:
      return anchor.participation.map { context.history.inSample($0) } ?? .unknown
    case .participating(let day):
      return moment(day, context, anchor).map { participating($0, context, anchor) } ?? .unknown
    case .receives(let benefit, let day):
      return moment(day, context, anchor).map { context.history.receives(benefit, on: $0) }
        ?? .unknown
    case .permanent(let day, let work):
      return moment(day, context, anchor).map { context.history.permanent(work.kinds, on: $0) }
        ?? .unknown
    case .improved(let from, let to, let hours):
      guard let from = moment(from, context, anchor), let to = moment(to, context, anchor),
        let hours = number(hours, context, anchor)
      else { return .unknown }
      let fullTime = Hundredths(Int64((hours.lowerBound * 100).rounded()))
      return context.history.improved(from: from, to: to, fullTime: fullTime)
    case .followUp(let step, let kind):
      switch step {
      case .planned: return Truth(context.history.followUpPlanned(kind))
      case .attempted: return Truth(context.history.followUpAttempted(kind))
      case .reached: return Truth(context.history.followUpReached(kind))
      case .refused: return Truth(context.history.followUpRefused(kind))
      }
    default: return happening(node, context, anchor)
    }
  }

  /// Whether all of some parts hold, or one of them, known only where the periods that parts look at are.
  ///
  /// Parts about single days may settle the whole. Those about periods must all be known, or the whole
  /// would be known earlier than its contrary.
  ///
  /// - Parameter settling: What one part settles: a no if all must hold, a yes if one must.
  private func whole(
    _ parts: [TruthNode], settling: Truth, _ context: ExpressionContext,
    _ anchor: ExpressionAnchor
  ) -> Truth {
    var isKnown = true
    var result = !settling
    for part in parts {
      let truth = truth(part, context, anchor)
      if truth == settling, !part.looksAtPeriods { return settling }
      if truth == .unknown, part.looksAtPeriods { isKnown = false }
      result = settling == .no ? result && truth : result || truth
    }
    return isKnown ? result : .unknown
  }

  /// The code of something; 0 when it is unknown.
  func code(_ node: CodeNode, _ context: ExpressionContext, _ anchor: ExpressionAnchor) -> UInt8 {
    switch node {
    case .stated(let slot): return code(slot, context)
    case .residenceClassAtEntry(let slot):
      return ResidenceStatus(rawValue: code(slot, context))?.residenceClass?.rawValue ?? 0
    case .placementKind:
      return context.index.placement.flatMap { context.history.placements[$0].kind?.rawValue } ?? 0
    case .exitReason:
      let reason = anchor.participation.flatMap { context.history.participations[$0].exitReason }
      return reason == .unknown ? 0 : reason?.rawValue ?? 0
    case .exitType:
      return anchor.participation.flatMap {
        context.history.participations[$0].exitType?.rawValue
      } ?? 0
    case .labourStatus(let day):
      let status = moment(day, context, anchor).flatMap { context.history.labourStatus(on: $0) }
      return status == .unknown ? 0 : status?.rawValue ?? 0
    case .residence(let day):
      let status = moment(day, context, anchor).flatMap { context.history.residence(on: $0) }
      return status == .unknown ? 0 : status?.rawValue ?? 0
    case .residenceClass(let day):
      return moment(day, context, anchor).flatMap { context.history.residence(on: $0) }?
        .residenceClass?.rawValue ?? 0
    }
  }

  private func participating(
    _ day: Day, _ context: ExpressionContext, _ anchor: ExpressionAnchor
  ) -> Truth {
    guard day <= context.history.referenceDay else { return .unknown }
    guard let entry = anchor.entry else { return .unknown }
    return Truth(day >= entry && (anchor.exit.map { day <= $0 } ?? true))
  }
}
