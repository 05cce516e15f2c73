import Journey

/// Turns statements into events; needs the codes that statements name by number.
struct EventWriter: Sendable {
  let directory: Directory
  let nationalities: [String]

  init(_ scenario: Scenario) {
    directory = Directory(scenario)
    nationalities = scenario.nationalities.values + ["UKR"]
    precondition(nationalities.count <= 255, "nationalities are numbered in eight bits")
  }

  func event(_ statement: Statement, on day: Day) -> JourneyEvent {
    let (type, entries) = content(of: statement, on: day)
    return JourneyEvent(type, on: CivilDate(day), FieldSet(entries))
  }

  // Entries stand in the order of their tags, so that `FieldSet` has nothing to move. Every event
  // names the simulation as its source: made-up data stay recognisable one by one.
  private func content(
    of statement: Statement, on day: Day
  ) -> (EventType, [FieldSet.Entry]) {
    let source = entry(Fields.source, Source.simulation)
    switch statement {
    case .entered(let office):
      return (
        .participationEntered,
        [
          text(Fields.operation, directory.operations[Int(office.network)]),
          text(Fields.network, directory.networks[Int(office.network)]),
          text(Fields.subproject, directory.subproject(office)),
          source,
          text(Fields.advisor, directory.advisor(office)),
        ]
      )
    case .profile(let profile): return (.entryProfileRecorded, fields(of: profile, on: day))
    case .impairment(let impairment, let disability):
      return (
        .healthImpairmentRecorded,
        [source, entry(Fields.impairment, impairment), entry(Fields.disability, disability)]
      )
    case .counselling(let hours, let channel, let family):
      var entries = [
        source, number(Fields.hours, Int(hours)), entry(Fields.channel, channel),
      ]
      if family > 0 { entries.append(number(Fields.familyMembers, Int(family))) }
      return (.counsellingHeld, entries)
    case .measureStarted(let kind, let hours, let plannedEnd):
      return (
        .measureStarted,
        [
          source, number(Fields.hours, Int(hours)), entry(Fields.measureKind, kind),
          date(Fields.plannedEnd, plannedEnd),
        ]
      )
    case .measureEnded(let kind, let hours, let completed):
      return (
        completed ? .measureCompleted : .measureAborted,
        [source, number(Fields.hours, Int(hours)), entry(Fields.measureKind, kind)]
      )
    case .qualification(let kind, let certificate):
      return (
        .qualificationGained,
        [source, entry(Fields.measureKind, kind), flag(Fields.certificate, certificate)]
      )
    case .language(let level, let certificate):
      return (
        .languageLevelAttained,
        [source, flag(Fields.certificate, certificate), entry(Fields.languageLevel, level)]
      )
    case .residence(let status, let access, let validUntil):
      return (
        .residenceStatusChanged,
        [
          source, entry(Fields.residence, status), date(Fields.validUntil, validUntil),
          entry(Fields.workAccess, access),
        ]
      )
    case .schoolStarted(let spell, let plannedEnd):
      return (
        .schoolStarted,
        [
          source, date(Fields.plannedEnd, plannedEnd),
          entry(Fields.placementKind, PlacementKind.school), number(Fields.spell, Int(spell)),
        ]
      )
    case .schoolEnded(let spell, let result):
      return (
        .schoolEnded,
        [
          source, entry(Fields.placementKind, PlacementKind.school),
          number(Fields.spell, Int(spell)), entry(Fields.trainingResult, result),
        ]
      )
    case .trainingStarted(let terms): return (.trainingStarted, fields(of: terms))
    case .trainingEnded(let kind, let spell, let result, let reason):
      var entries = [
        source, entry(Fields.placementKind, kind), number(Fields.spell, Int(spell)),
      ]
      if let reason { entries.append(entry(Fields.jobEndReason, reason)) }
      entries.append(entry(Fields.trainingResult, result))
      return (.trainingEnded, entries)
    case .jobStarted(let contract): return (.employmentStarted, fields(of: contract))
    case .jobEnded(let kind, let spell, let reason):
      return (
        .employmentEnded,
        [
          source, entry(Fields.placementKind, kind), number(Fields.spell, Int(spell)),
          entry(Fields.jobEndReason, reason),
        ]
      )
    case .exited(let network, let reason, let type):
      return (
        .participationExited,
        [
          text(Fields.operation, directory.operations[Int(network)]), source,
          entry(Fields.exitReason, reason), entry(Fields.exitType, type),
        ]
      )
    case .reentered(let network):
      return (
        .participationReentered,
        [text(Fields.operation, directory.operations[Int(network)]), source]
      )
    case .statusAtExit(let situation):
      return (
        .statusAtExitRecorded,
        [
          source, entry(Fields.jobSearch, situation.jobSearch),
          entry(Fields.education, situation.education),
          entry(Fields.qualification, situation.qualification),
          entry(Fields.employed, situation.employed),
        ]
      )
    case .aftercare(let partner, let hours):
      return (
        .aftercareContact,
        [source, number(Fields.hours, Int(hours)), entry(Fields.partner, partner)]
      )
    case .followUpPlanned(let kind, let clock, let dueOn):
      return (
        .followUpPlanned,
        [
          source, entry(Fields.followUpKind, kind), entry(Fields.followUpClock, clock),
          date(Fields.dueOn, dueOn),
        ]
      )
    case .followUpAttempted(let kind, let clock, let result):
      return (
        .followUpAttempted,
        [
          source, entry(Fields.followUpKind, kind), entry(Fields.followUpClock, clock),
          entry(Fields.followUpResult, result),
        ]
      )
    case .followUpCompleted(let answer):
      return (
        .followUpCompleted,
        [
          source, entry(Fields.education, answer.education),
          entry(Fields.employed, answer.employed), entry(Fields.followUpKind, answer.kind),
          entry(Fields.followUpClock, answer.clock), entry(Fields.followUpResult, answer.result),
          date(Fields.referenceDate, answer.referenceDay),
        ]
      )
    case .confirmed: return (.statusConfirmed, [source])
    case .deceased: return (.participantDeceased, [source])
    case .leftCountry(let departure):
      return (.participantLeftCountry, [source, entry(Fields.departure, departure)])
    case .contactLost: return (.contactLost, [source])
    case .contactRegained: return (.contactRegained, [source])
    case .retracted(let reason):
      return (.eventRetracted, [source, entry(Fields.retractionReason, reason)])
    }
  }

  private func fields(of profile: Profile, on day: Day) -> [FieldSet.Entry] {
    var entries: [FieldSet.Entry] = []
    entries.reserveCapacity(16)
    entries.append(entry(Fields.source, Source.simulation))
    entries.append(entry(Fields.gender, profile.gender))
    entries.append(number(Fields.birthYear, Int(profile.birthYear)))
    entries.append(entry(Fields.employmentStatus, profile.employment))
    if let detail = profile.detail { entries.append(entry(Fields.employmentDetail, detail)) }
    if profile.monthsUnemployed > 0 {
      let since = day.adding(months: -Int(profile.monthsUnemployed))
      entries.append(month(Fields.unemployedSince, since))
    }
    entries.append(entry(Fields.inEducation, profile.inEducation))
    entries.append(entry(Fields.isced, profile.isced))
    entries.append(entry(Fields.thirdCountry, profile.thirdCountry))
    entries.append(entry(Fields.foreignBackground, Answer.yes))
    entries.append(entry(Fields.rural, profile.rural))
    entries.append(entry(Fields.german, profile.german))
    entries.append(
      month(Fields.arrivedOn, day.adding(months: -Int(profile.monthsSinceArrival))))
    entries.append(text(Fields.nationalityGroup, nationalities[Int(profile.nationality)]))
    entries.append(entry(Fields.residence, profile.residence))
    entries.append(entry(Fields.workAccess, profile.workAccess))
    return entries
  }

  private func fields(of contract: Contract) -> [FieldSet.Entry] {
    let occupation = Occupation.all[Int(contract.occupation)]
    var entries: [FieldSet.Entry] = []
    entries.reserveCapacity(12)
    entries.append(entry(Fields.source, Source.simulation))
    entries.append(entry(Fields.placementKind, contract.kind))
    entries.append(number(Fields.spell, Int(contract.spell)))
    entries.append(text(Fields.employer, directory.employer(contract.employer)))
    entries.append(number(Fields.weeklyHours, Int(contract.weeklyHours)))
    if contract.grossMonthly > 0 {
      entries.append(number(Fields.grossMonthly, Int(contract.grossMonthly)))
    }
    if let until = contract.fixedTermUntil { entries.append(date(Fields.fixedTermUntil, until)) }
    entries.append(flag(Fields.temporaryAgency, contract.temporaryAgency))
    entries.append(text(Fields.occupation, occupation.code))
    entries.append(text(Fields.sector, occupation.sector))
    entries.append(flag(Fields.mediated, contract.mediated))
    entries.append(flag(Fields.permanent, contract.fixedTermUntil == nil))
    return entries
  }

  private func fields(of terms: Apprenticeship) -> [FieldSet.Entry] {
    let occupation = Occupation.all[Int(terms.occupation)]
    return [
      entry(Fields.source, Source.simulation), date(Fields.plannedEnd, terms.plannedEnd),
      entry(Fields.placementKind, terms.kind), number(Fields.spell, Int(terms.spell)),
      text(Fields.employer, directory.employer(terms.employer)),
      text(Fields.occupation, occupation.code), text(Fields.sector, occupation.sector),
    ]
  }

  private func entry<Value: CodeList>(
    _ field: Field<Value>, _ value: Value
  ) -> FieldSet.Entry {
    FieldSet.Entry(tag: field.tag, value: .integer(Int64(value.rawValue)))
  }

  private func text(_ field: Field<String>, _ value: String) -> FieldSet.Entry {
    FieldSet.Entry(tag: field.tag, value: .text(value))
  }

  private func flag(_ field: Field<Bool>, _ value: Bool) -> FieldSet.Entry {
    FieldSet.Entry(tag: field.tag, value: .integer(value ? 1 : 0))
  }

  private func number<Value>(_ field: Field<Value>, _ value: Int) -> FieldSet.Entry {
    FieldSet.Entry(tag: field.tag, value: .integer(Int64(value)))
  }

  private func date(_ field: Field<CivilDate>, _ day: Day) -> FieldSet.Entry {
    FieldSet.Entry(tag: field.tag, value: .date(CivilDate(day)))
  }

  private func month(_ field: Field<CivilDate>, _ day: Day) -> FieldSet.Entry {
    FieldSet.Entry(tag: field.tag, value: .date(CivilDate(day, .month)))
  }
}
