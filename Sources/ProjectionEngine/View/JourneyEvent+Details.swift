import EventLog
import Journey

extension JourneyEvent {
  /// What the event states about its milestone beyond the milestone itself.
  ///
  /// One pass over its fields: this is done for every event of a log.
  var milestoneDetails: MilestoneDetails {
    var writer = DetailWriter(type)
    switch type {
    case .employmentStarted, .employmentChanged, .selfEmploymentStarted, .trainingStarted,
      .schoolStarted, .employmentEnded, .selfEmploymentEnded, .trainingEnded, .schoolEnded,
      .entryProfileRecorded, .labourStatusReported, .participationEntered,
      .participationReentered, .participationExited, .followUpPlanned, .followUpAttempted,
      .followUpCompleted, .followUpSkipped, .statusAtExitRecorded, .statusAtSixMonthsRecorded:
      for entry in fields.entries { writer.take(entry) }
    // How long a permit lasts is all that is asked about it.
    case .residenceStatusChanged:
      for entry in fields.entries where entry.tag == Fields.validUntil.tag { writer.take(entry) }
    default: break
    }
    return writer.details
  }
}

/// Packs the fields of one event.
private struct DetailWriter {
  private let type: EventType
  private var packed = MilestoneDetails.none
  private var name: UInt32 = 0
  private var source = EvidenceWeight.unstated
  private var isPermanent: Bool?
  private var hasFixedTerm = false

  init(_ type: EventType) { self.type = type }

  var details: MilestoneDetails {
    var details = packed
    if details[MilestoneDetails.Places.evidence] == 0 {
      details[MilestoneDetails.Places.evidence] = UInt64(source.rawValue)
    }
    // A contract is permanent or not as it says; an end of its term alone says that it is not.
    if let isPermanent = isPermanent ?? (hasFixedTerm ? false : nil) {
      details[MilestoneDetails.Places.contract] = isPermanent ? 1 : 2
    }
    return MilestoneDetails(bits: details.bits, name: name)
  }

  mutating func take(_ entry: FieldSet.Entry) {
    typealias Places = MilestoneDetails.Places
    switch entry.tag {
    case Fields.evidence.tag: evidence(entry.value)
    case Fields.source.tag:
      if let stated = Source(fieldValue: entry.value) { source = max(source, stated.weight) }
    case Fields.employer.tag: fingerprint(entry.value)
    case Fields.task.tag: fingerprint(entry.value)
    case Fields.operation.tag:
      switch type {
      case .participationEntered, .participationReentered, .participationExited:
        fingerprint(entry.value)
      default: break
      }
    case Fields.weeklyHours.tag: number(entry.value, Places.weeklyHours)
    case Fields.grossMonthly.tag: number(entry.value, Places.grossMonthly)
    case Fields.fixedTermUntil.tag: hasFixedTerm = true
    case Fields.permanent.tag: isPermanent = Bool(fieldValue: entry.value)
    case Fields.temporaryAgency.tag: flag(entry.value, Places.temporaryAgency)
    case Fields.subsidised.tag: flag(entry.value, Places.subsidised)
    case Fields.mediated.tag: flag(entry.value, Places.mediated)
    case Fields.promotion.tag: flag(entry.value, Places.promotion)
    case Fields.occupation.tag:
      if case .text(let occupation) = entry.value, let level = occupation.skillLevel {
        packed[Places.skill] = UInt64(level)
      }
    case Fields.jobEndReason.tag: code(entry.value, Places.endReason)
    case Fields.trainingResult.tag: code(entry.value, Places.trainingResult)
    case Fields.employmentStatus.tag: code(entry.value, Places.employmentStatus)
    case Fields.employmentDetail.tag: code(entry.value, Places.employmentDetail)
    case Fields.inEducation.tag: code(entry.value, Places.inEducation)
    case Fields.employed.tag: code(entry.value, Places.employed)
    case Fields.education.tag: code(entry.value, Places.education)
    case Fields.jobSearch.tag: code(entry.value, Places.jobSearch)
    case Fields.qualification.tag: code(entry.value, Places.qualification)
    case Fields.improvement.tag: code(entry.value, Places.improvement)
    case Fields.inSample.tag: flag(entry.value, Places.inSample)
    case Fields.followUpClock.tag: code(entry.value, Places.clock)
    case Fields.followUpResult.tag:
      code(entry.value, Places.result)
      if let result = FollowUpResult(fieldValue: entry.value) {
        source = max(source, result.weight)
      }
    case Fields.followUpKind.tag where type.speaksOfFollowUp: code(entry.value, Places.kind)
    case Fields.referenceDate.tag, Fields.dueOn.tag, Fields.validUntil.tag: date(entry.value)
    default: break
    }
  }

  private mutating func evidence(_ value: FieldValue) {
    let weight: EvidenceWeight? =
      switch Evidence(fieldValue: value) {
      case .document: .document
      case .thirdParty: .thirdParty
      case .selfDeclared: .own
      default: nil
      }
    if let weight { packed[MilestoneDetails.Places.evidence] = UInt64(weight.rawValue) }
  }

  private mutating func fingerprint(_ value: FieldValue) {
    guard case .text(let text) = value else { return }
    name = MilestoneDetails.fingerprint(text)
  }

  private mutating func code(_ value: FieldValue, _ place: MilestoneDetails.Place) {
    if case .integer(let number) = value, number > 0 { packed[place] = UInt64(number) }
  }

  private mutating func flag(_ value: FieldValue, _ place: MilestoneDetails.Place) {
    if let flag = Bool(fieldValue: value) { packed[place] = flag ? 1 : 2 }
  }

  private mutating func number(_ value: FieldValue, _ place: MilestoneDetails.Place) {
    if case .integer(let number) = value, number >= 0 { packed[place] = UInt64(number) &+ 1 }
  }

  private mutating func date(_ value: FieldValue) {
    guard case .date(let date) = value, date.day >= .earliest else { return }
    packed[MilestoneDetails.Places.day] = UInt64(date.day - .earliest) + 1
    packed[MilestoneDetails.Places.precision] = UInt64(date.precision.rawValue)
  }
}

extension EventType {
  fileprivate var speaksOfFollowUp: Bool {
    switch self {
    case .followUpPlanned, .followUpAttempted, .followUpCompleted: true
    default: false
    }
  }
}

extension Source {
  /// What a statement from here weighs where it does not say what it rests on.
  fileprivate var weight: EvidenceWeight {
    switch self {
    case .entryForm, .exitForm, .participantCall, .survey: .own
    case .employer, .jobcentre, .immigrationOffice, .register: .thirdParty
    case .advisor, .fileImport, .simulation: .unstated
    }
  }
}

extension FollowUpResult {
  fileprivate var weight: EvidenceWeight {
    switch self {
    case .reachedPerson: .own
    case .reachedEmployer, .register: .thirdParty
    default: .unstated
    }
  }
}

extension String {
  /// The level of requirement of an occupation by KldB 2010: its fifth digit, 1 helper to 4 expert.
  fileprivate var skillLevel: Int? {
    var digits = 0
    var last: UInt8 = 0
    for byte in utf8 where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
      digits += 1
      last = byte - UInt8(ascii: "0")
    }
    return digits == 5 && (1...4).contains(last) ? Int(last) : nil
  }
}
