public import Interchange
import Journey

/// The files in which a made-up office hands over its programme.
public enum SimulatedFile: String, CaseIterable, Sendable {
  /// One row a participant: entry, profile, and until when the person was observed.
  case participants = "participants.csv"
  /// One row for everything else that happened.
  case events = "events.csv"
  /// What the data are: made up.
  case readme = "README.txt"

  /// The name of the file.
  public var name: String { rawValue }
}

extension SimulatedProgramme {
  /// Writes the programme as files for import, as it stands at the data cut.
  ///
  /// Corrections are applied and retracted events left out, so the two tables state each thing
  /// once: entry, profile and the last confirmation of the status in `participants.csv`, every
  /// other event in `events.csv`. Rows come by participant, then by day. Codes are the short codes
  /// of the code lists, dates ISO 8601 as precise as they are known, yes and no as words, a cell
  /// without content is not stated. Every row says `yes` in the column `simulated`.
  ///
  /// - Parameter output: Takes the next bytes of a file; each file's bytes come in order.
  /// - Throws: What `output` throws.
  public func writeFiles<Failure: Error>(
    _ dialect: CSVDialect = .csv,
    to output: (SimulatedFile, [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    try output(.readme, Array(readme.utf8))
    var participantRows = SimulatedTable(
      dialect, types: [.participationEntered, .entryProfileRecorded],
      fields: SimulatedProgramme.participantFields,
      leading: ["id", "entry_date"], trailing: ["observed_until", "simulated"])
    var eventRows = SimulatedTable(
      dialect, types: SimulatedProgramme.listedTypes,
      fields: SimulatedProgramme.eventFields, leading: ["id", "event", "date"],
      trailing: ["simulated"])
    for index in 0..<participants {
      add(journey(of: index), to: &participantRows, and: &eventRows)
      if participantRows.isFull { try output(.participants, participantRows.take()) }
      if eventRows.isFull { try output(.events, eventRows.take()) }
    }
    try output(.participants, participantRows.take())
    try output(.events, eventRows.take())
  }

  private func add(
    _ journey: SimulatedJourney, to participantRows: inout SimulatedTable,
    and eventRows: inout SimulatedTable
  ) {
    let id = journey.externalID
    var events = journey.effectiveEvents
    let confirmed = events.indices.last { place in
      events[place].type == .statusConfirmed
        && !events.contains {
          $0.type == .statusConfirmed && $0.occurredOn.day > events[place].occurredOn.day
        }
    }
    let observed = confirmed.map { events.remove(at: $0).occurredOn.day.description } ?? ""
    var entry = ""
    for event in events where event.type == .participationEntered {
      entry = event.occurredOn.description
      participantRows.state(event.fields)
    }
    for event in events where event.type == .entryProfileRecorded {
      participantRows.state(event.fields)
    }
    participantRows.endRow(leading: [id, entry], trailing: [observed, "yes"])
    sortByDay(&events)
    for event in events
    where event.type != .participationEntered && event.type != .entryProfileRecorded {
      eventRows.state(event.fields)
      eventRows.endRow(
        leading: [id, event.type.name, event.occurredOn.description], trailing: ["yes"])
    }
  }

  private func sortByDay(_ events: inout [JourneyEvent]) {
    // A dozen events: insertion, which keeps the order of one day.
    for i in events.indices.dropFirst() {
      var j = i
      while j > 0 && events[j - 1].occurredOn.day > events[j].occurredOn.day {
        events.swapAt(j - 1, j)
        j -= 1
      }
    }
  }

  static let listedTypes: [EventType] = [
    .healthImpairmentRecorded, .counsellingHeld, .measureStarted, .measureCompleted,
    .measureAborted, .qualificationGained, .languageLevelAttained, .residenceStatusChanged,
    .schoolStarted, .schoolEnded, .trainingStarted, .trainingEnded, .employmentStarted,
    .employmentEnded, .participationExited, .participationReentered, .statusAtExitRecorded,
    .aftercareContact, .followUpPlanned, .followUpAttempted, .followUpCompleted,
    .statusConfirmed, .participantDeceased, .participantLeftCountry, .contactLost,
    .contactRegained,
  ]

  // What the events of a simulation state, besides their source, which every row states.
  static let participantFields: Set<UInt8> = [
    Fields.operation.tag, Fields.network.tag, Fields.subproject.tag, Fields.gender.tag,
    Fields.birthYear.tag, Fields.employmentStatus.tag, Fields.employmentDetail.tag,
    Fields.unemployedSince.tag, Fields.inEducation.tag, Fields.isced.tag, Fields.thirdCountry.tag,
    Fields.foreignBackground.tag, Fields.rural.tag, Fields.german.tag, Fields.arrivedOn.tag,
    Fields.nationalityGroup.tag, Fields.residence.tag, Fields.workAccess.tag, Fields.advisor.tag,
  ]
  static let eventFields: Set<UInt8> = [
    Fields.operation.tag, Fields.impairment.tag, Fields.disability.tag, Fields.exitReason.tag,
    Fields.exitType.tag, Fields.hours.tag, Fields.channel.tag, Fields.familyMembers.tag,
    Fields.measureKind.tag, Fields.plannedEnd.tag, Fields.certificate.tag,
    Fields.languageLevel.tag, Fields.jobSearch.tag, Fields.education.tag,
    Fields.qualification.tag, Fields.employed.tag, Fields.placementKind.tag, Fields.spell.tag,
    Fields.employer.tag, Fields.weeklyHours.tag, Fields.grossMonthly.tag,
    Fields.fixedTermUntil.tag, Fields.temporaryAgency.tag, Fields.occupation.tag,
    Fields.sector.tag, Fields.mediated.tag, Fields.jobEndReason.tag, Fields.trainingResult.tag,
    Fields.permanent.tag, Fields.residence.tag, Fields.validUntil.tag, Fields.workAccess.tag,
    Fields.partner.tag, Fields.followUpKind.tag, Fields.followUpClock.tag,
    Fields.followUpResult.tag, Fields.referenceDate.tag, Fields.dueOn.tag, Fields.departure.tag,
  ]

  private var readme: String {
    """
    These data are made up. No person in them exists.
    Diese Daten sind erfunden. Keine Person darin gibt es.

    participants.csv  one row a participant: entry, profile, observed until
    events.csv        one row for everything else that happened

    participants  \(participants)
    seed          \(seed)
    entries from  \(scenario.start)
    data cut      \(scenario.dataCut)

    The same seed, scenario and version of Wegmarke give the same files.
    Every row says "yes" in the column "simulated"; keep that column.

    """
  }
}
