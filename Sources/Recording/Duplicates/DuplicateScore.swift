import EventLog
public import Journey

/// What is known of who somebody is.
public struct KnownIdentity: Sendable {
  /// The participant whose code stays.
  public let participant: ParticipantRef
  /// The name as it was written.
  public let name: String
  /// The name, folded.
  public let folded: FoldedName
  /// The date of birth, as precisely as it is known.
  public let birthDate: CivilDate?
  /// The postcode.
  public let postcode: String?

  /// Takes down an identity.
  public init(
    participant: ParticipantRef, name: String, birthDate: CivilDate?, postcode: String?
  ) {
    self.participant = participant
    self.name = name
    folded = FoldedName(name)
    self.birthDate = birthDate
    self.postcode = postcode
  }
}

/// Two participants who may be one person, with how likely and why.
///
/// Nothing is ever merged by it: it is there for somebody to look at.
public struct DuplicateSuggestion: Sendable, Equatable {
  /// What speaks for it, or against.
  public enum Reason: Sendable, Equatable {
    /// The names are the same but for the order of words and marks on letters.
    case sameName
    /// The names sound alike or are written alike.
    case similarName
    /// The dates of birth are the same.
    case sameBirth
    /// Day and month of birth are swapped.
    case swappedBirth
    /// The dates of birth differ by a slip: one part of the date, or a day.
    case nearBirth
    /// One date of birth is known less precisely, and the other lies in it.
    case coarseBirth
    /// A date of birth is missing.
    case unknownBirth
    /// The postcodes are the same.
    case samePostcode
    /// The postcodes differ.
    case otherPostcode
  }

  /// The two, the one admitted earlier first.
  public let participants: [ParticipantRef]
  /// From 0 to 100.
  public let score: Int
  /// Why.
  public let reasons: [Reason]
}

/// Scores pairs of identities.
///
/// A pair has 60 points for the name, 35 for the date of birth, 5 for the postcode. Dates that
/// contradict each other by more than a slip rule a pair out, however alike the names are.
public enum DuplicateScore {
  /// The least score of a pair that is suggested.
  public static let least = 70

  /// The suggestion that two identities make; nil when they are not alike enough.
  public static func suggestion(
    _ left: KnownIdentity, _ right: KnownIdentity, least: Int = DuplicateScore.least
  ) -> DuplicateSuggestion? {
    guard let birth = birth(left.birthDate, right.birthDate) else { return nil }
    let name = NameLikeness.of(left.folded, right.folded)
    guard name >= 0.6 else { return nil }
    var reasons: [DuplicateSuggestion.Reason] = [name >= 0.98 ? .sameName : .similarName]
    reasons.append(birth.reason)
    var points = 60 * name + 35 * birth.likeness
    switch (left.postcode, right.postcode) {
    case (let one?, let other?) where one == other:
      points += 5
      reasons.append(.samePostcode)
    case (.some, .some): reasons.append(.otherPostcode)
    default: points += 2
    }
    let score = Int(points.rounded())
    guard score >= least else { return nil }
    let refs = [left.participant, right.participant].sorted()
    return DuplicateSuggestion(participants: refs, score: score, reasons: reasons)
  }

  /// How much two dates of birth are alike; nil when they cannot be one person's.
  private static func birth(
    _ left: CivilDate?, _ right: CivilDate?
  ) -> (likeness: Double, reason: DuplicateSuggestion.Reason)? {
    guard let left, let right else { return (0.35, .unknownBirth) }
    if left == right { return (left.precision == .day ? 1 : 0.6, .sameBirth) }
    if left.precision != .day || right.precision != .day {
      let overlaps = left.day <= right.lastDay && right.day <= left.lastDay
      return overlaps ? (0.6, .coarseBirth) : nil
    }
    let (one, other) = (left.day.parts, right.day.parts)
    if one.year == other.year, one.month == other.day, one.day == other.month {
      return (0.85, .swappedBirth)
    }
    // An unknown day is often written as 1 January.
    let isGuess = { (date: (year: Int, month: Int, day: Int)) in date.month == 1 && date.day == 1 }
    if one.year == other.year, isGuess(one) || isGuess(other) { return (0.6, .coarseBirth) }
    let differing = [one.year != other.year, one.month != other.month, one.day != other.day]
      .count { $0 }
    let isSlip = differing == 1 && abs(one.year - other.year) <= 10
    if isSlip || abs(left.day - right.day) <= 1 { return (0.6, .nearBirth) }
    return nil
  }
}
