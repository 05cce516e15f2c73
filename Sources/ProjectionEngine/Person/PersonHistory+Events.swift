public import Journey

// Things that happened on a day rather than lasted.
extension PersonHistory {
  /// Whether a qualification was gained in a range; exit forms speak of their window.
  ///
  /// - Parameter certificate: Whether only one with a certificate counts, as the ESF demands
  ///   (EECR03).
  public func qualified(during range: Range<Day>, certificate: Bool) -> Truth {
    let found = event(range) { milestone in
      milestone.kind == .qualification && (!certificate || milestone.code == 1)
    }
    switch (found, formsSay(.qualification, during: range)) {
    case (.yes, _), (_, .yes): return .yes
    case (.unknown, .no): return .no
    default: return found
    }
  }

  /// Whether a measure began in a range.
  ///
  /// - Parameter kind: Its kind; nil for any.
  public func measure(_ kind: MeasureKind?, during range: Range<Day>) -> Truth {
    event(range) { $0.kind == .measureStarted && (kind == nil || $0.code == kind?.rawValue) }
  }

  /// Whether there was an aftercare contact in a range.
  ///
  /// - Parameter partner: With whom; nil for anybody.
  public func aftercare(during range: Range<Day>, with partner: AftercarePartner?) -> Truth {
    event(range) { $0.kind == .aftercare && (partner == nil || $0.code == partner?.rawValue) }
  }

  /// Whether the person died in a range.
  public func died(during range: Range<Day>) -> Truth {
    if let diedOn { return Truth(range.contains(diedOn)) }
    return onRecord(.no, in: range)
  }

  /// Whether the person left the country in a range.
  public func leftCountry(during range: Range<Day>) -> Truth {
    if let leftCountryOn { return Truth(range.contains(leftCountryOn)) }
    return onRecord(.no, in: range)
  }

  /// Whether a follow-up was planned; plans are the office's own, so there is no unknown.
  public func followUpPlanned(_ kind: FollowUpKind) -> Bool {
    milestones.contains { $0.kind == .followUpPlanned && $0.code == kind.rawValue }
  }

  /// Whether a follow-up was tried, with or without success.
  public func followUpAttempted(_ kind: FollowUpKind) -> Bool {
    followUpReached(kind) || attempts.contains { $0.kind == kind }
  }

  /// Whether a follow-up was completed, or reached somebody.
  public func followUpReached(_ kind: FollowUpKind) -> Bool {
    followUps.contains { $0.kind == kind }
      || attempts.contains { $0.kind == kind && $0.result.reaches }
  }

  /// Whether a follow-up was refused, or not allowed.
  public func followUpRefused(_ kind: FollowUpKind) -> Bool {
    attempts.contains { $0.kind == kind && ($0.result == .refused || $0.result == .noConsent) }
  }

  /// Whether one of some milestones lies in a range.
  private func event(_ range: Range<Day>, _ isWanted: (Milestone) -> Bool) -> Truth {
    var found = Truth.no
    for milestone in milestones where isWanted(milestone) {
      found = found || happened(milestone.day...milestone.date.lastDay, range)
    }
    return onRecord(found, in: range)
  }
}

/// An attempt at a follow-up.
struct FollowUpAttempt: Sendable, Equatable {
  /// Its horizon; nil where it is not stated.
  let kind: FollowUpKind?
  let result: FollowUpResult
}

extension FollowUpResult {
  fileprivate var reaches: Bool {
    switch self {
    case .reachedPerson, .reachedEmployer, .register: true
    default: false
    }
  }
}

extension PersonHistory {
  /// The full years of age on a day of somebody of whom the year of birth is known.
  ///
  /// Two are possible, except on 31 December: whoever was born on that day completes the year at the
  /// end of the day before (§§ 187, 188 BGB; edge case no. 28). With the date of birth see
  /// `Day.age(bornOn:)`.
  public static func age(on day: Day, bornIn year: Int) -> ClosedRange<Int> {
    let (now, month, date) = day.parts
    let oldest = now - year
    return (month, date) == (12, 31) ? oldest...oldest : oldest - 1...oldest
  }
}
