import Journey

/// What an event says, in a few bytes.
///
/// A journey is drawn and kept in this form, and becomes a `JourneyEvent` with texts and fields
/// only when somebody takes it: of ten million participants, all that waits to be recorded fits
/// into memory.
enum Statement: Hashable, Sendable {
  case entered(Office)
  case profile(Profile)
  case impairment(ImpairmentClass, Answer)
  case counselling(hours: UInt16, channel: ContactChannel, family: UInt8)
  case measureStarted(MeasureKind, hours: UInt16, plannedEnd: Day)
  case measureEnded(MeasureKind, hours: UInt16, completed: Bool)
  case qualification(MeasureKind, certificate: Bool)
  case language(LanguageLevel, certificate: Bool)
  case residence(ResidenceStatus, WorkAccess, validUntil: Day)
  case schoolStarted(spell: UInt8, plannedEnd: Day)
  case schoolEnded(spell: UInt8, TrainingResult)
  case trainingStarted(Apprenticeship)
  case trainingEnded(PlacementKind, spell: UInt8, TrainingResult, JobEndReason?)
  case jobStarted(Contract)
  case jobEnded(PlacementKind, spell: UInt8, JobEndReason)
  case exited(network: UInt8, ExitReason, ExitType)
  case reentered(network: UInt8)
  case statusAtExit(SituationAtExit)
  case aftercare(AftercarePartner, hours: UInt16)
  case followUpPlanned(FollowUpKind, FollowUpClock, dueOn: Day)
  case followUpAttempted(FollowUpKind, FollowUpClock, FollowUpResult)
  case followUpCompleted(FollowUpAnswer)
  case confirmed
  case deceased
  case leftCountry(Departure)
  case contactLost
  case contactRegained
  case retracted(RetractionReason)
}

/// The terms of a job.
struct Contract: Hashable, Sendable {
  var kind: PlacementKind
  var spell: UInt8
  var employer: UInt16
  var occupation: UInt8
  /// Hours a week, in hundredths.
  var weeklyHours: UInt16
  /// Gross pay a month in cents, 0 when not stated.
  var grossMonthly: UInt32
  /// End of the fixed term, nil when permanent.
  var fixedTermUntil: Day?
  var temporaryAgency: Bool
  var mediated: Bool
}

/// The terms of a training.
struct Apprenticeship: Hashable, Sendable {
  var kind: PlacementKind
  var spell: UInt8
  var employer: UInt16
  var occupation: UInt8
  var plannedEnd: Day
}

/// The situation in the four weeks after an exit.
struct SituationAtExit: Hashable, Sendable {
  var jobSearch: Answer
  var education: Answer
  var qualification: Answer
  var employed: Answer
}

/// What a follow-up gave.
struct FollowUpAnswer: Hashable, Sendable {
  var kind: FollowUpKind
  var clock: FollowUpClock
  var result: FollowUpResult
  var referenceDay: Day
  var employed: Answer
  var education: Answer
}
