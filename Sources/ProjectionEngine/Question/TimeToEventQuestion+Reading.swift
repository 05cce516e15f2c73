/// How figures of a question are to be read, beyond what its definition says.
extension TimeToEventQuestion {
  /// How many clock units after it happened a loss counts; nil where it counts when it happens.
  ///
  /// Rule C counts it once the gap has been longer than allowed, so that a figure at a time speaks of
  /// so much earlier.
  public var lossesLateBy: Int32? {
    guard case .interruption(let gap, .c) = outcome else { return nil }
    return gap + 1
  }

  /// Whether death and departure end nothing but observation, although what is waited for cannot come
  /// after them.
  ///
  /// The share who still wait is then nobody's share: it is what would be if neither happened.
  public var censorsOtherEnds: Bool {
    if case .interruption = outcome { return false }
    return competing.isEmpty
  }
}
