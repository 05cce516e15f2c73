import Journey

extension Life {
  mutating func tellTraining(from first: Day) {
    let kind = recorder.random.pick(Life.trainingKinds)
    let months = kind == .dualTraining ? 36 : kind == .vocationalSchool ? 24 : 12
    isDual = kind != .vocationalSchool
    let planned = first.adding(months: months) - 1
    let employer =
      Int(office.network) * Directory.employersPerNetwork
      + recorder.random.below(Directory.employersPerNetwork)
    let occupation = Occupation.forTraining[recorder.random.below(Occupation.forTraining.count)]
    let dissolved = recorder.random.chance(scenario.trainingDissolved)
    let days = Int32(recorder.random.days(scenario.daysToDissolution))
    let passed = recorder.random.chance(0.88)
    spells += 1
    let spell = spells
    let started = recorder.tell(
      .trainingStarted(
        Apprenticeship(
          kind: kind, spell: spell, employer: UInt16(employer), occupation: occupation,
          plannedEnd: planned)),
      on: first, window: entry...max(entry, first))
    tellAftercare(from: first, through: planned)
    if dissolved && first + days < planned {
      apprenticeship = first...first + days
      let reason = recorder.random.pick(Life.reasonsForDissolving)
      recorder.tell(
        .trainingEnded(kind, spell: spell, .dissolved, reason), on: first + days, after: started)
    } else {
      apprenticeship = first...planned
      recorder.tell(
        .trainingEnded(kind, spell: spell, passed ? .passed : .failed, nil), on: planned,
        after: started)
    }
  }

  mutating func tellSchool(from first: Day) {
    spells += 1
    let spell = spells
    let year = first.parts.year + 1
    let planned = Day(year: year, month: 7, day: 31) ?? first + 330
    schooling = first...planned
    let result: TrainingResult = recorder.random.chance(0.8) ? .passed : .failed
    let started = recorder.tell(.schoolStarted(spell: spell, plannedEnd: planned), on: first)
    recorder.tell(.schoolEnded(spell: spell, result), on: planned, after: started)
  }

  /// Company after the start, for some: with the person, the employer or the school.
  mutating func tellAftercare(from first: Day, through last: Day) {
    guard recorder.random.chance(0.5) else { return }
    let day = first + Int32(recorder.random.number(in: 5...45))
    let partner: AftercarePartner =
      recorder.random.chance(0.6) ? .participant : .employer
    let hours = UInt16(recorder.random.number(in: 2...8) * 25)
    guard day <= last else { return }
    let told = recorder.tell(.aftercare(partner, hours: hours), on: day)
    if recorder.random.chance(scenario.duplicateContact) { recorder.tellTwice(after: told) }
  }

  private static let trainingKinds = Shares<PlacementKind>([
    (.dualTraining, 0.62), (.vocationalSchool, 0.22), (.introductoryTraining, 0.16),
  ])
  private static let reasonsForDissolving = Shares<JobEndReason>([
    (.otherByEmployee, 0.35), (.probationByEmployer, 0.25), (.mutual, 0.25), (.conduct, 0.05),
    (.unknown, 0.1),
  ])
}
