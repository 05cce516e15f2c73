/// What happened: the exact type of an event.
///
/// A raw value, once written to a log, keeps its meaning for ever.
public enum EventType: UInt16, CaseIterable, Hashable, Sendable {
  // Structure, in clear in network streams.
  /// Network registered.
  case networkRegistered = 1
  /// Sub-project registered.
  case subprojectRegistered = 2
  /// Structural measure held.
  case structuralMeasureHeld = 3
  // Identity and privacy.
  /// Identity recorded.
  case identityRecorded = 10
  /// Possible duplicate.
  case duplicateSuspected = 11
  /// Not a duplicate.
  case duplicateDismissed = 12
  /// Merged.
  case participantsMerged = 13
  /// Merge reverted.
  case mergeReverted = 14
  /// Privacy notice given.
  case privacyNoticeGiven = 15
  /// Consent given.
  case consentGiven = 16
  /// Consent withdrawn.
  case consentWithdrawn = 17
  /// Processing restricted.
  case processingRestricted = 18
  /// Restriction lifted.
  case restrictionLifted = 19
  /// Objection recorded.
  case objectionRecorded = 20
  /// Another participant turned out to be this one, and was merged into it.
  case participantTakenIn = 21
  /// The event before it in its stream was recorded in spite of warnings.
  case warningsNoted = 22
  /// An undone import was brought back.
  case importBatchRestored = 23
  // Participation.
  /// First contact.
  case firstContactRecorded = 30
  /// Entry.
  case participationEntered = 31
  /// Entry profile.
  case entryProfileRecorded = 32
  /// Further attributes.
  case attributesRecorded = 33
  /// Participation suspended.
  case participationSuspended = 34
  /// Participation resumed.
  case participationResumed = 35
  /// Exit.
  case participationExited = 36
  /// Re-entry.
  case participationReentered = 37
  /// Transferred to sub-project.
  case transferredToSubproject = 38
  /// Advisor assigned.
  case advisorAssigned = 39
  /// Situation within 28 days after exit.
  case statusAtExitRecorded = 40
  /// Situation six months after exit.
  case statusAtSixMonthsRecorded = 41
  // Journey.
  /// Counselling.
  case counsellingHeld = 50
  /// Referral.
  case referralMade = 51
  /// Profiling.
  case profilingDone = 52
  /// Recognition of a qualification.
  case recognitionStep = 53
  /// Measure started.
  case measureStarted = 54
  /// Measure completed.
  case measureCompleted = 55
  /// Measure aborted.
  case measureAborted = 56
  /// Qualification gained.
  case qualificationGained = 57
  /// Level of German attained.
  case languageLevelAttained = 58
  /// Residence status.
  case residenceStatusChanged = 59
  /// School started.
  case schoolStarted = 60
  /// School ended.
  case schoolEnded = 61
  /// Training started.
  case trainingStarted = 62
  /// Training ended.
  case trainingEnded = 63
  /// Job started.
  case employmentStarted = 64
  /// Job changed.
  case employmentChanged = 65
  /// Job ended.
  case employmentEnded = 66
  /// Self-employment started.
  case selfEmploymentStarted = 67
  /// Self-employment ended.
  case selfEmploymentEnded = 68
  /// Benefits changed.
  case benefitReceiptChanged = 69
  /// Labour status.
  case labourStatusReported = 70
  /// Aftercare.
  case aftercareContact = 71
  // Follow-up.
  /// Follow-up planned.
  case followUpPlanned = 80
  /// Follow-up attempted.
  case followUpAttempted = 81
  /// Follow-up completed.
  case followUpCompleted = 82
  /// Status confirmed.
  case statusConfirmed = 83
  /// Something on the worklist was skipped, with a reason.
  case followUpSkipped = 84
  // Ends.
  /// Deceased.
  case participantDeceased = 90
  /// Left the country.
  case participantLeftCountry = 91
  /// Contact lost.
  case contactLost = 92
  /// Contact regained.
  case contactRegained = 93
  // Field groups of their own.
  /// Health impairment.
  case healthImpairmentRecorded = 100
  /// Minority.
  case minorityStatusRecorded = 101
  /// Housing situation.
  case housingSituationRecorded = 102
  // Control.
  /// Retracted.
  case eventRetracted = 120
  /// Import begun.
  case importBatchBegun = 121
  /// Import ended.
  case importBatchEnded = 122
  /// Import undone.
  case importBatchRolledBack = 123
  /// Definition kept.
  case definitionStored = 124
  /// Indicator definition activated.
  case indicatorDefinitionActivated = 125
  /// Report frozen.
  case reportFrozen = 126
  /// Table released.
  case tableReleased = 127
  /// Erasure requested.
  case erasureRequested = 130
  /// Erasure decided.
  case erasureDecided = 131
  /// Erasure completed.
  case erasureCompleted = 132
  /// Dropping of a field group ordered.
  case fieldGroupDropOrdered = 133
  /// Change of keys ordered.
  case keyRotationOrdered = 134
  /// Key epoch written.
  case keyEpochWritten = 135
  /// Field group dropped.
  case fieldGroupDropped = 136
  /// Erasures carried out again.
  case erasuresReapplied = 137
  /// Older log accepted.
  case olderLogAccepted = 138
  /// Why somebody was erased, or was not.
  case erasureReasonRecorded = 139
  // Keys and who reads.
  /// Key of a role issued.
  case roleKeyIssued = 140
  /// Keys exported.
  case keysExported = 141
  /// Export of keys destroyed.
  case keyExportDestroyed = 142
  /// State of the access log.
  case accessLogAnchored = 143
  /// Key of a role revoked.
  case roleKeyRevoked = 144
  /// For whom and by whom something was exported, imported or destroyed.
  case exportDescribed = 145
  /// Exported keys came back.
  case keysImported = 146
  /// Keys of a further sub-project handed to a role.
  case roleKeysExtended = 147
  // Publication, in the release stream.
  /// Release asked for.
  case releaseRequested = 150
  /// Protected table drawn up.
  case releaseProposed = 151
  /// Release approved.
  case releaseApproved = 152
  /// Release refused.
  case releaseRefused = 153
  /// Release withdrawn.
  case releaseWithdrawn = 154
  /// A cell is printed although a rule would hide it.
  case waiverGranted = 155
}

extension EventType {
  /// The name in files: `EmploymentStarted`.
  public var name: String { schema.name }
  /// What a person reads.
  public var label: LocalizedText { schema.label }

  /// Finds a type by its name; letter case does not matter.
  public init?(name: String) {
    let wanted = name.lowercased()
    for type in EventType.allCases where type.schema.name.lowercased() == wanted {
      self = type
      return
    }
    return nil
  }
}
