// One table: splitting it would hide which event carries which field.

extension EventType {
  /// The schema of this type, in its current version.
  public var schema: EventSchema { EventSchema.table[Int(rawValue)] ?? EventSchema.unlisted }
}

extension EventSchema {
  static let unlisted = EventSchema("", 0, "", "", .record, [], [])

  // Looked up for every event read or written, so it is an array by raw value.
  static let table: [EventSchema?] = {
    var table = [EventSchema?](repeating: nil, count: 256)
    for type in EventType.allCases { table[Int(type.rawValue)] = make(type) }
    return table
  }()

  private static func make(_ type: EventType) -> EventSchema {
    switch type {
    case .networkRegistered:
      EventSchema(
        "NetworkRegistered", 1, "network registered", "Netzwerk angelegt", .clear,
        [Fields.code.definition],
        [
          Fields.personName.definition, Fields.region.definition, Fields.regionCategory.definition,
          Fields.priority.definition, Fields.specificObjective.definition, Fields.until.definition,
        ])
    case .subprojectRegistered:
      EventSchema(
        "SubprojectRegistered", 1, "sub-project registered", "Teilprojekt angelegt", .clear,
        [Fields.code.definition], [Fields.carrier.definition, Fields.region.definition])
    case .structuralMeasureHeld:
      EventSchema(
        "StructuralMeasureHeld", 1, "structural measure held", "Strukturmaßnahme durchgeführt",
        .clear, [Fields.structuralKind.definition],
        [Fields.audience.definition, Fields.count.definition, Fields.hours.definition])
    case .identityRecorded:
      EventSchema(
        "IdentityRecorded", 1, "identity recorded", "Personalien erfasst", .identity,
        [Fields.personName.definition],
        [Fields.birthDate.definition, Fields.postcode.definition, Fields.contact.definition])
    case .duplicateSuspected:
      EventSchema(
        "DuplicateSuspected", 1, "possible duplicate", "mögliche Dublette", .record,
        [Fields.otherParticipant.definition], [])
    case .duplicateDismissed:
      EventSchema(
        "DuplicateDismissed", 1, "not a duplicate", "keine Dublette", .record,
        [Fields.otherParticipant.definition], [])
    case .participantsMerged:
      EventSchema(
        "ParticipantsMerged", 1, "merged", "zusammengeführt", .record,
        [Fields.otherParticipant.definition], [])
    case .mergeReverted:
      EventSchema(
        "MergeReverted", 1, "merge reverted", "Zusammenführung aufgehoben", .record,
        [Fields.otherParticipant.definition], [])
    case .participantTakenIn:
      EventSchema(
        "ParticipantTakenIn", 1, "duplicate taken in", "Dublette aufgenommen", .record,
        [Fields.otherParticipant.definition], [])
    case .warningsNoted:
      EventSchema(
        "WarningsNoted", 1, "recorded in spite of warnings", "trotz Hinweisen erfasst", .record,
        [Fields.warnings.definition], [])
    case .importBatchRestored:
      EventSchema(
        "ImportBatchRestored", 1, "import brought back", "Import wiederhergestellt", .record,
        [Fields.batchCode.definition], [Fields.count.definition])
    case .privacyNoticeGiven:
      EventSchema(
        "PrivacyNoticeGiven", 1, "privacy notice given", "Datenschutzhinweis gegeben", .record, [],
        [Fields.noticeVersion.definition])
    case .consentGiven:
      EventSchema(
        "ConsentGiven", 1, "consent given", "Einwilligung erteilt", .record, [],
        [Fields.purposes.definition, Fields.noticeVersion.definition])
    case .consentWithdrawn:
      EventSchema(
        "ConsentWithdrawn", 1, "consent withdrawn", "Einwilligung widerrufen", .record, [],
        [Fields.purposes.definition])
    case .processingRestricted:
      EventSchema(
        "ProcessingRestricted", 2, "processing restricted", "Verarbeitung eingeschränkt", .record,
        [Fields.statistics.definition], [])
    case .restrictionLifted:
      EventSchema(
        "RestrictionLifted", 1, "restriction lifted", "Einschränkung aufgehoben", .record, [], [])
    case .objectionRecorded:
      EventSchema(
        "ObjectionRecorded", 1, "objection recorded", "Widerspruch erfasst", .record, [], [])
    case .firstContactRecorded:
      EventSchema(
        "FirstContactRecorded", 1, "first contact", "Erstkontakt", .record, [],
        [Fields.channel.definition, Fields.hours.definition])
    case .participationEntered:
      EventSchema(
        "ParticipationEntered", 1, "entry", "Eintritt", .record, [], [Fields.advisor.definition])
    case .entryProfileRecorded:
      EventSchema(
        "EntryProfileRecorded", 1, "entry profile", "Angaben bei Eintritt", .record, [],
        [
          Fields.gender.definition, Fields.birthYear.definition, Fields.employmentStatus.definition,
          Fields.employmentDetail.definition, Fields.unemployedSince.definition,
          Fields.inEducation.definition, Fields.isced.definition, Fields.thirdCountry.definition,
          Fields.foreignBackground.definition, Fields.rural.definition, Fields.german.definition,
          Fields.arrivedOn.definition, Fields.nationalityGroup.definition,
          Fields.residence.definition, Fields.workAccess.definition,
        ])
    case .attributesRecorded:
      EventSchema(
        "AttributesRecorded", 1, "further attributes", "weitere Merkmale", .record,
        [Fields.attribute.definition], [])
    case .participationSuspended:
      EventSchema(
        "ParticipationSuspended", 1, "participation suspended", "Teilnahme unterbrochen", .record,
        [], [])
    case .participationResumed:
      EventSchema(
        "ParticipationResumed", 1, "participation resumed", "Teilnahme fortgesetzt", .record, [], []
      )
    case .participationExited:
      EventSchema(
        "ParticipationExited", 1, "exit", "Austritt", .record, [],
        [Fields.exitReason.definition, Fields.exitType.definition])
    case .participationReentered:
      EventSchema("ParticipationReentered", 1, "re-entry", "Wiedereintritt", .record, [], [])
    case .transferredToSubproject:
      EventSchema(
        "TransferredToSubproject", 1, "transferred to sub-project", "Wechsel des Teilprojekts",
        .record, [], [])
    case .advisorAssigned:
      EventSchema(
        "AdvisorAssigned", 1, "advisor assigned", "Beratung zugeordnet", .record,
        [Fields.advisor.definition], [])
    case .statusAtExitRecorded:
      EventSchema(
        "StatusAtExitRecorded", 1, "situation within 28 days after exit",
        "Situation bis 28 Tage nach Austritt", .record, [],
        [
          Fields.jobSearch.definition, Fields.education.definition, Fields.qualification.definition,
          Fields.employed.definition,
        ])
    case .statusAtSixMonthsRecorded:
      EventSchema(
        "StatusAtSixMonthsRecorded", 1, "situation six months after exit",
        "Situation sechs Monate nach Austritt", .record, [],
        [Fields.employed.definition, Fields.improvement.definition, Fields.inSample.definition])
    case .counsellingHeld:
      EventSchema(
        "CounsellingHeld", 1, "counselling", "Beratung", .record, [],
        [
          Fields.hours.definition, Fields.channel.definition, Fields.topics.definition,
          Fields.familyMembers.definition,
        ])
    case .referralMade:
      EventSchema(
        "ReferralMade", 1, "referral", "Verweisberatung", .record, [],
        [Fields.referredTo.definition])
    case .profilingDone:
      EventSchema("ProfilingDone", 1, "profiling", "Kompetenzfeststellung", .record, [], [])
    case .recognitionStep:
      EventSchema(
        "RecognitionStep", 1, "recognition of a qualification", "Anerkennungsverfahren", .record,
        [Fields.recognition.definition], [Fields.title.definition])
    case .measureStarted:
      EventSchema(
        "MeasureStarted", 1, "measure started", "Maßnahme begonnen", .record,
        [Fields.measureKind.definition],
        [
          Fields.provider.definition, Fields.plannedEnd.definition, Fields.hours.definition,
          Fields.title.definition,
        ])
    case .measureCompleted:
      EventSchema(
        "MeasureCompleted", 1, "measure completed", "Maßnahme abgeschlossen", .record,
        [Fields.measureKind.definition],
        [Fields.provider.definition, Fields.hours.definition, Fields.title.definition])
    case .measureAborted:
      EventSchema(
        "MeasureAborted", 1, "measure aborted", "Maßnahme abgebrochen", .record,
        [Fields.measureKind.definition],
        [Fields.provider.definition, Fields.hours.definition, Fields.title.definition])
    case .qualificationGained:
      EventSchema(
        "QualificationGained", 1, "qualification gained", "Qualifizierung erlangt", .record,
        [Fields.certificate.definition],
        [Fields.title.definition, Fields.level.definition, Fields.measureKind.definition])
    case .languageLevelAttained:
      EventSchema(
        "LanguageLevelAttained", 1, "level of German attained", "Sprachniveau erreicht", .record,
        [Fields.languageLevel.definition], [Fields.certificate.definition])
    case .residenceStatusChanged:
      EventSchema(
        "ResidenceStatusChanged", 1, "residence status", "Aufenthaltsstatus", .record,
        [Fields.residence.definition], [Fields.validUntil.definition, Fields.workAccess.definition])
    case .schoolStarted:
      EventSchema(
        "SchoolStarted", 1, "school started", "Schule begonnen", .record,
        [Fields.placementKind.definition],
        [Fields.spell.definition, Fields.title.definition, Fields.plannedEnd.definition])
    case .schoolEnded:
      EventSchema(
        "SchoolEnded", 1, "school ended", "Schule beendet", .record, [],
        [
          Fields.placementKind.definition, Fields.spell.definition,
          Fields.trainingResult.definition,
        ])
    case .trainingStarted:
      EventSchema(
        "TrainingStarted", 1, "training started", "Ausbildung begonnen", .record,
        [Fields.placementKind.definition],
        [
          Fields.spell.definition, Fields.employer.definition, Fields.occupation.definition,
          Fields.plannedEnd.definition, Fields.sector.definition, Fields.mediated.definition,
        ])
    case .trainingEnded:
      EventSchema(
        "TrainingEnded", 1, "training ended", "Ausbildung beendet", .record, [],
        [
          Fields.placementKind.definition, Fields.spell.definition,
          Fields.trainingResult.definition, Fields.jobEndReason.definition,
        ])
    case .employmentStarted:
      EventSchema(
        "EmploymentStarted", 1, "job started", "Arbeit aufgenommen", .record,
        [Fields.placementKind.definition],
        [
          Fields.spell.definition, Fields.employer.definition, Fields.weeklyHours.definition,
          Fields.grossMonthly.definition, Fields.fixedTermUntil.definition,
          Fields.temporaryAgency.definition, Fields.subsidised.definition,
          Fields.occupation.definition, Fields.sector.definition, Fields.mediated.definition,
          Fields.permanent.definition,
        ])
    case .employmentChanged:
      EventSchema(
        "EmploymentChanged", 1, "job changed", "Arbeit geändert", .record, [],
        [
          Fields.spell.definition, Fields.weeklyHours.definition, Fields.grossMonthly.definition,
          Fields.fixedTermUntil.definition, Fields.permanent.definition,
          Fields.promotion.definition, Fields.occupation.definition,
        ])
    case .employmentEnded:
      EventSchema(
        "EmploymentEnded", 1, "job ended", "Arbeit beendet", .record, [],
        [Fields.placementKind.definition, Fields.spell.definition, Fields.jobEndReason.definition])
    case .selfEmploymentStarted:
      EventSchema(
        "SelfEmploymentStarted", 1, "self-employment started", "Selbstständigkeit begonnen",
        .record, [], [Fields.spell.definition, Fields.sector.definition])
    case .selfEmploymentEnded:
      EventSchema(
        "SelfEmploymentEnded", 1, "self-employment ended", "Selbstständigkeit beendet", .record, [],
        [Fields.spell.definition, Fields.jobEndReason.definition])
    case .benefitReceiptChanged:
      EventSchema(
        "BenefitReceiptChanged", 1, "benefits changed", "Leistungsbezug geändert", .record,
        [Fields.benefit.definition], [])
    case .labourStatusReported:
      EventSchema(
        "LabourStatusReported", 1, "labour status", "Erwerbsstatus", .record,
        [Fields.employmentStatus.definition], [Fields.employmentDetail.definition])
    case .aftercareContact:
      EventSchema(
        "AftercareContact", 1, "aftercare", "Nachbetreuung", .record, [],
        [Fields.partner.definition, Fields.outcome.definition, Fields.hours.definition])
    case .followUpPlanned:
      EventSchema(
        "FollowUpPlanned", 1, "follow-up planned", "Nachbefragung geplant", .record,
        [Fields.followUpKind.definition],
        [Fields.followUpClock.definition, Fields.dueOn.definition])
    case .followUpAttempted:
      EventSchema(
        "FollowUpAttempted", 1, "follow-up attempted", "Nachbefragung versucht", .record,
        [Fields.followUpResult.definition],
        [Fields.followUpKind.definition, Fields.followUpClock.definition])
    case .followUpCompleted:
      EventSchema(
        "FollowUpCompleted", 1, "follow-up completed", "Nachbefragung erledigt", .record, [],
        [
          Fields.followUpKind.definition, Fields.followUpClock.definition,
          Fields.followUpResult.definition, Fields.referenceDate.definition,
          Fields.employed.definition, Fields.education.definition,
        ])
    case .statusConfirmed:
      EventSchema("StatusConfirmed", 1, "status confirmed", "Stand bestätigt", .record, [], [])
    case .followUpSkipped:
      EventSchema(
        "FollowUpSkipped", 1, "reminder skipped", "Wiedervorlage übersprungen", .record,
        [Fields.task.definition], [Fields.dueOn.definition])
    case .participantDeceased:
      EventSchema("ParticipantDeceased", 1, "deceased", "verstorben", .record, [], [])
    case .participantLeftCountry:
      EventSchema(
        "ParticipantLeftCountry", 1, "left the country", "ausgereist", .record, [],
        [Fields.departure.definition])
    case .contactLost:
      EventSchema("ContactLost", 1, "contact lost", "Kontakt verloren", .record, [], [])
    case .contactRegained:
      EventSchema("ContactRegained", 1, "contact regained", "Kontakt wieder da", .record, [], [])
    case .healthImpairmentRecorded:
      EventSchema(
        "HealthImpairmentRecorded", 1, "health impairment", "gesundheitliche Beeinträchtigung",
        .health, [], [Fields.impairment.definition, Fields.disability.definition])
    case .minorityStatusRecorded:
      EventSchema(
        "MinorityStatusRecorded", 1, "minority", "Minderheit", .minority,
        [Fields.minority.definition], [])
    case .housingSituationRecorded:
      EventSchema(
        "HousingSituationRecorded", 1, "housing situation", "Wohnsituation", .household,
        [Fields.homeless.definition], [])
    case .eventRetracted:
      EventSchema(
        "EventRetracted", 1, "retracted", "zurückgenommen", .record,
        [Fields.retractionReason.definition], [])
    case .importBatchBegun:
      EventSchema(
        "ImportBatchBegun", 1, "import begun", "Import begonnen", .record,
        [Fields.batchCode.definition, Fields.contentDigest.definition],
        [
          Fields.files.definition, Fields.definitionDigest.definition, Fields.rows.definition,
          Fields.simulated.definition,
        ])
    case .importBatchEnded:
      EventSchema(
        "ImportBatchEnded", 1, "import ended", "Import beendet", .record,
        [Fields.batchCode.definition], [Fields.rows.definition, Fields.count.definition])
    case .importBatchRolledBack:
      EventSchema(
        "ImportBatchRolledBack", 1, "import undone", "Import zurückgenommen", .record,
        [Fields.batchCode.definition], [Fields.count.definition])
    case .definitionStored:
      EventSchema(
        "DefinitionStored", 1, "definition kept", "Definition abgelegt", .clear,
        [Fields.definitionDigest.definition, Fields.definitionText.definition],
        [Fields.title.definition])
    case .indicatorDefinitionActivated:
      EventSchema(
        "IndicatorDefinitionActivated", 1, "indicator definition activated",
        "Kennzahldefinition aktiviert", .clear, [Fields.definitionDigest.definition],
        [Fields.title.definition])
    case .reportFrozen:
      EventSchema(
        "ReportFrozen", 1, "report frozen", "Bericht eingefroren", .clear,
        [Fields.resultDigest.definition],
        [Fields.definitionDigest.definition, Fields.title.definition])
    case .tableReleased:
      EventSchema(
        "TableReleased", 2, "table released", "Tabelle freigegeben", .clear,
        [Fields.resultDigest.definition],
        [
          Fields.recipient.definition, Fields.definitionDigest.definition, Fields.title.definition,
          Fields.release.definition,
        ])
    case .releaseRequested:
      EventSchema(
        "ReleaseRequested", 1, "release asked for", "Freigabe beantragt", .record,
        [
          Fields.release.definition, Fields.request.definition, Fields.recipient.definition,
          Fields.purpose.definition,
        ], [])
    case .releaseProposed:
      EventSchema(
        "ReleaseProposed", 1, "protected table drawn up", "geschützte Tabelle entworfen", .record,
        [
          Fields.release.definition, Fields.table.definition, Fields.members.definition,
          Fields.pattern.definition, Fields.audit.definition,
        ], [])
    case .releaseApproved:
      EventSchema(
        "ReleaseApproved", 1, "release approved", "Freigabe genehmigt", .record,
        [Fields.release.definition], [])
    case .releaseRefused:
      EventSchema(
        "ReleaseRefused", 1, "release refused", "Freigabe abgelehnt", .record,
        [Fields.release.definition, Fields.refusal.definition], [])
    case .releaseWithdrawn:
      EventSchema(
        "ReleaseWithdrawn", 1, "release withdrawn", "Freigabe zurückgezogen", .clear,
        [Fields.release.definition], [])
    case .waiverGranted:
      EventSchema(
        "WaiverGranted", 1, "waiver granted", "Ausnahme erteilt", .record,
        [Fields.release.definition, Fields.attribute.definition], [])
    case .erasureRequested:
      EventSchema(
        "ErasureRequested", 1, "erasure requested", "Löschung beantragt", .clear,
        [Fields.participant.definition], [])
    case .erasureDecided:
      EventSchema(
        "ErasureDecided", 1, "erasure decided", "Löschung entschieden", .clear,
        [Fields.participant.definition, Fields.erasureOutcome.definition],
        [Fields.reviewOn.definition])
    case .erasureCompleted:
      EventSchema(
        "ErasureCompleted", 1, "erasure completed", "Löschung vollzogen", .clear,
        [Fields.participant.definition], [Fields.count.definition])
    case .fieldGroupDropOrdered:
      EventSchema(
        "FieldGroupDropOrdered", 1, "dropping of a field group ordered",
        "Aufhebung einer Feldgruppe angeordnet", .clear, [Fields.fieldGroup.definition], [])
    case .keyRotationOrdered:
      EventSchema(
        "KeyRotationOrdered", 1, "change of keys ordered", "Schlüsselwechsel angeordnet", .clear,
        [], [])
    case .keyEpochWritten:
      EventSchema(
        "KeyEpochWritten", 1, "key epoch written", "Schlüsselepoche geschrieben", .clear,
        [Fields.epoch.definition],
        [Fields.kept.definition, Fields.withoutKey.definition, Fields.checks.definition])
    case .fieldGroupDropped:
      EventSchema(
        "FieldGroupDropped", 1, "field group dropped", "Feldgruppe aufgehoben", .clear,
        [Fields.fieldGroup.definition], [Fields.count.definition])
    case .erasuresReapplied:
      EventSchema(
        "ErasuresReapplied", 1, "erasures carried out again", "Löschungen erneut vollzogen",
        .clear, [Fields.epoch.definition], [Fields.count.definition])
    case .olderLogAccepted:
      EventSchema(
        "OlderLogAccepted", 1, "older log accepted", "Älteres Protokoll angenommen", .clear,
        [Fields.watermark.definition, Fields.signature.definition], [Fields.checks.definition])
    case .erasureReasonRecorded:
      EventSchema(
        "ErasureReasonRecorded", 1, "reason of an erasure", "Grund einer Löschung", .record,
        [Fields.participant.definition], [])
    case .roleKeyIssued:
      EventSchema(
        "RoleKeyIssued", 1, "key of a role issued", "Rollenschlüssel ausgestellt", .clear,
        [Fields.roleNumber.definition, Fields.roleKind.definition], [])
    case .roleKeyRevoked:
      EventSchema(
        "RoleKeyRevoked", 1, "key of a role revoked", "Rollenschlüssel entzogen", .clear,
        [Fields.roleNumber.definition], [])
    case .roleKeysExtended:
      EventSchema(
        "RoleKeysExtended", 1, "role extended by a sub-project",
        "Rolle um ein Teilprojekt erweitert", .clear, [Fields.roleNumber.definition], [])
    case .keysExported:
      EventSchema(
        "KeysExported", 2, "keys exported", "Schlüssel ausgeführt", .clear,
        [Fields.exportID.definition, Fields.keyEpoch.definition],
        [Fields.roleNumber.definition, Fields.fileDigest.definition])
    case .exportDescribed:
      EventSchema(
        "ExportDescribed", 1, "about an export", "Angaben zu einer Ausfuhr", .record,
        [Fields.exportID.definition], [Fields.recipient.definition])
    case .keysImported:
      EventSchema(
        "KeysImported", 1, "exported keys imported", "Ausgeführte Schlüssel eingeführt", .clear,
        [Fields.exportID.definition, Fields.keyEpoch.definition], [Fields.withoutKey.definition])
    case .keyExportDestroyed:
      EventSchema(
        "KeyExportDestroyed", 1, "export of keys destroyed", "Schlüsselausfuhr vernichtet", .clear,
        [Fields.exportID.definition], [])
    case .accessLogAnchored:
      EventSchema(
        "AccessLogAnchored", 1, "state of the access log", "Stand des Zugriffsprotokolls", .clear,
        [Fields.accessSize.definition, Fields.accessRoot.definition], [])
    }
  }
}
