/// When an interruption of work counts as a loss.
///
/// A *run* is a stretch without work after the job start, beginning at boundary `u` and lasting `r`
/// periods; an allowed gap `g` bridges runs with `r <= g` that work follows. `C` is the first
/// boundary that nobody observed.
public enum GapRule: String, Sendable, CaseIterable {
  /// The loss is dated at the start of the gap; a gap still open at the end is censored there.
  ///
  /// Biased upwards while people are still coming in: only for comparison with figures that others
  /// made this way.
  case a = "A"
  /// As A, but the window of outcomes closes at `C - g - 1`, the last boundary whose outcome is
  /// known; who starts work at or after it is left out. The default.
  case b = "B"
  /// The loss is dated when it is certain: when the gap has lasted `g + 1` periods.
  case c = "C"
}

/// The outcome of one person: how long, and what ended it.
struct Duration: Equatable, Sendable {
  let length: Int32
  /// 0 when the person was censored, 1 for the event, 2 and more for the competing events in the
  /// order of the question.
  let cause: UInt8

  init(length: Int32, cause: UInt8) {
    self.length = length
    self.cause = cause
  }

  init(length: Int32, isEvent: Bool) { self.init(length: length, cause: isEvent ? 1 : 0) }

  var isEvent: Bool { cause == 1 }
}

extension GapRule {
  /// Applies the rule to one person.
  ///
  /// - Parameters:
  ///   - start: The boundary S of the job start.
  ///   - observedUntil: The first boundary C that nobody observed; after S.
  ///   - gap: The allowed gap g, in periods.
  ///   - loss: The start of the first run longer than the allowed gap, if any.
  ///   - openGap: The start of a shorter run that is still open at C, if any.
  ///   - other: What happened instead of an interruption, if anything: when, and its cause. Then C is
  ///     not after it, and no run is longer than the gap without having been so before.
  ///   - dataEnd: The first boundary after the data. Up to it is known of whom something else happened
  ///     to that no interruption follows, so that rule B closes their window by it.
  /// - Returns: The outcome, or nil when rule B leaves the person out.
  func outcome(
    start: Int32, observedUntil end: Int32, gap: Int32, loss: Int32?, openGap: Int32?,
    other: (at: Int32, cause: UInt8)? = nil, dataEnd: Int32 = 0
  ) -> Duration? {
    switch self {
    case .a:
      if let loss { return Duration(length: loss - start, isEvent: true) }
      if let other { return Duration(length: other.at - start, cause: other.cause) }
      return Duration(length: (openGap ?? end) - start, isEvent: false)
    case .b:
      let window = (other == nil ? end : dataEnd) - gap - 1
      guard start < window else { return nil }
      if let loss, loss <= window { return Duration(length: loss - start, isEvent: true) }
      if let other, other.at <= window {
        return Duration(length: other.at - start, cause: other.cause)
      }
      return Duration(length: window - start, isEvent: false)
    case .c:
      if let loss { return Duration(length: loss + gap + 1 - start, isEvent: true) }
      if let other { return Duration(length: other.at - start, cause: other.cause) }
      return Duration(length: end - start, isEvent: false)
    }
  }
}
