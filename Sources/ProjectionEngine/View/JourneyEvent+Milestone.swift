public import Journey

/// Which kind of placement an event speaks of; kept beside the code, because an end may name no
/// code.
enum PlacementFamily: Int {
  case employment = 1
  case training = 2
  case school = 3
}

extension JourneyEvent {
  /// The step of the journey that this event is, or nil when it is none.
  ///
  /// Ends are stored as the first day after; a confirmation with month precision reaches to the end
  /// of its month.
  public var milestone: Milestone? {
    switch type {
    case .firstContactRecorded: step(.firstContact)
    case .participationEntered: step(.entered)
    case .participationReentered: step(.reentered)
    case .entryProfileRecorded: step(.profile, self[Fields.residence]?.rawValue)
    case .attributesRecorded: step(.profile)
    case .residenceStatusChanged: step(.residence, self[Fields.residence]?.rawValue)
    case .benefitReceiptChanged: step(.benefit, self[Fields.benefit]?.rawValue)
    case .employmentStarted: start(.employment, self[Fields.placementKind])
    case .selfEmploymentStarted: start(.employment, .selfEmployment)
    case .trainingStarted: start(.training, self[Fields.placementKind])
    case .schoolStarted: start(.school, self[Fields.placementKind])
    case .employmentEnded: end(.employment, self[Fields.placementKind])
    case .selfEmploymentEnded: end(.employment, .selfEmployment)
    case .trainingEnded: end(.training, self[Fields.placementKind])
    case .schoolEnded: end(.school, self[Fields.placementKind])
    case .employmentChanged: step(.placementChanged)
    case .labourStatusReported: step(.labourStatus, self[Fields.employmentStatus]?.rawValue)
    case .measureStarted: step(.measureStarted, self[Fields.measureKind]?.rawValue)
    case .measureCompleted: step(.measureCompleted, self[Fields.measureKind]?.rawValue)
    case .measureAborted: step(.measureAborted, self[Fields.measureKind]?.rawValue)
    case .qualificationGained: step(.qualification, self[Fields.certificate] == true ? 1 : 0)
    case .languageLevelAttained: step(.language, self[Fields.languageLevel]?.rawValue)
    case .counsellingHeld, .referralMade, .profilingDone, .recognitionStep: step(.counselling)
    case .aftercareContact: step(.aftercare, self[Fields.partner]?.rawValue)
    case .followUpPlanned: step(.followUpPlanned, self[Fields.followUpKind]?.rawValue)
    case .followUpAttempted: step(.followUpAttempted, self[Fields.followUpResult]?.rawValue)
    case .followUpCompleted: step(.followUpCompleted, self[Fields.followUpKind]?.rawValue)
    case .statusConfirmed: Milestone(day: occurredOn.lastDay, kind: .confirmed)
    case .statusAtExitRecorded: step(.statusAtExit, self[Fields.employed]?.rawValue)
    case .statusAtSixMonthsRecorded: step(.statusAtSixMonths, self[Fields.employed]?.rawValue)
    case .followUpSkipped: step(.followUpSkipped)
    case .participationSuspended: step(.suspended)
    case .participationResumed: step(.resumed)
    case .participationExited:
      Milestone(
        day: occurredOn.day, kind: .exited, code: self[Fields.exitReason]?.rawValue ?? 0,
        precision: occurredOn.precision, detail: Int(self[Fields.exitType]?.rawValue ?? 0))
    case .contactLost: step(.contactLost)
    case .contactRegained: step(.contactRegained)
    case .participantLeftCountry: step(.leftCountry, self[Fields.departure]?.rawValue)
    case .participantDeceased: step(.deceased)
    default: nil
    }
  }

  private func step(_ kind: MilestoneKind, _ code: UInt8? = nil) -> Milestone {
    Milestone(
      day: occurredOn.day, kind: kind, spell: self[Fields.spell] ?? 0, code: code ?? 0,
      precision: occurredOn.precision)
  }

  private func start(_ family: PlacementFamily, _ kind: PlacementKind?) -> Milestone {
    Milestone(
      day: occurredOn.day, kind: .placementStarted, spell: self[Fields.spell] ?? 0,
      code: kind?.rawValue ?? 0, precision: occurredOn.precision, detail: family.rawValue)
  }

  private func end(_ family: PlacementFamily, _ kind: PlacementKind?) -> Milestone {
    Milestone(
      day: occurredOn.lastDay + 1, kind: .placementEnded, spell: self[Fields.spell] ?? 0,
      code: kind?.rawValue ?? 0, precision: occurredOn.precision, detail: family.rawValue)
  }
}

extension Milestone {
  /// Why an exit happened; nil where it is not stated.
  var exitReason: ExitReason? { ExitReason(rawValue: code) }
  /// Whether an exit was planned; nil where it is not stated.
  var exitType: ExitType? { UInt8(exactly: detail).flatMap { ExitType(rawValue: $0) } }

  /// Whether an exit is a dropout: one before the planned end without a goal reached.
  ///
  /// Who left for work, training or school did not drop out, however early; of whom contact was lost
  /// nobody knows (6.4 of the domain reference).
  var dropout: Truth {
    switch (exitReason, exitType) {
    case (.work, _), (.training, _), (.school, _), (_, .regular), (_, .administrative): .no
    case (.contactLost, _), (_, nil): .unknown
    case (_, .early): .yes
    }
  }
}
