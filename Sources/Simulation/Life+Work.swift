import Journey

extension Life {
  /// A job that was running before the entry: on record for some, and never a placement.
  mutating func tellRunningJob() {
    guard profile.employment == .employed, recorder.random.chance(scenario.runningJobRecorded)
    else { return }
    let first = entry - Int32(recorder.random.number(in: 30...900))
    var last = entry + Int32(recorder.random.days(scenario.laterJob))
    if let placement, aim == .work || aim == .training { last = min(last, placement - 1) }
    let kind: PlacementKind = profile.detail == .miniJob ? .miniJob : .svp
    tellJob(kind, from: first, through: last, mediated: false, leavesFor: nil)
  }

  /// What the participation led to, and what came of it.
  mutating func tellPlacement() {
    if let placement, placement < end?.day ?? .latest {
      switch aim {
      case .work: tellJobs(from: placement, mediated: true)
      case .training: tellTraining(from: placement)
      case .school: tellSchool(from: placement)
      case .none: break
      }
    } else if aim == .none, second == nil, recorder.random.chance(scenario.workAfterExit) {
      let start = exit + 15 + Int32(recorder.random.below(350))
      tellJobs(from: start.orNextWorkingDay, mediated: false)
    }
  }

  /// The first job and every one after it, with the gaps between them.
  private mutating func tellJobs(from start: Day, mediated: Bool) {
    var first = start
    var days = recorder.random.days(scenario.firstJob)
    // Far more jobs than fit into the run time of a programme.
    for number in 0..<60 {
      guard first <= recorder.lastDay else { return }
      let last = first + Int32(days - 1)
      let another = recorder.random.chance(scenario.furtherJob)
      let gap = Int32(recorder.random.days(scenario.gapBetweenJobs))
      let kind = recorder.random.pick(Life.jobKinds)
      let started = tellJob(
        kind, from: first, through: last, mediated: mediated && number == 0,
        leavesFor: another && gap == 0 ? .betterJob : nil)
      if number == 0 {
        firstJob = (first, started)
        tellAftercare(from: first, through: last)
      }
      if recorder.random.chance(scenario.sideJob) { tellSideJob(beside: first, last) }
      guard another else { return }
      first = last + 1 + gap
      days = recorder.random.days(scenario.laterJob)
    }
  }

  /// A marginal job that runs in parallel and now and then bridges a gap.
  private mutating func tellSideJob(beside first: Day, _ last: Day) {
    let start = first + Int32(recorder.random.number(in: 14...120))
    var finish = start + Int32(recorder.random.number(in: 60...400))
    let bridges = recorder.random.chance(0.1)
    guard start < last else { return }
    finish = bridges ? max(finish, last + 20) : min(finish, last)
    tellJob(.miniJob, from: start, through: finish, mediated: false, leavesFor: nil)
  }

  @discardableResult
  private mutating func tellJob(
    _ kind: PlacementKind, from first: Day, through last: Day, mediated: Bool,
    leavesFor reason: JobEndReason?
  ) -> Int64 {
    let last = end.map { min(last, max(first, $0.day - 1)) } ?? last
    jobs.append(Job(first: first, last: last))
    spells += 1
    let spell = spells
    var contract = Life.contract(kind, spell: spell, network: office.network, &recorder.random)
    contract.mediated = mediated
    var why = reason ?? recorder.random.pick(Life.reasonsForLeaving)
    if contract.fixedTermUntil != nil {
      // Either the term is served, or it was meant to be longer than the job turned out to be.
      contract.fixedTermUntil = why == .fixedTermEnd ? last : last + 90
    } else if why == .fixedTermEnd {
      why = .operational
    }
    if case .departure(let day, let departure) = end, last >= day - 1 {
      why = departure == .removed ? .removed : .moved
    } else if case .death(let day) = end, last >= day - 1 {
      why = .death
    }
    // A mistaken start is too early, never after the end, which may be mistaken as well.
    let started = recorder.tell(
      .jobStarted(contract), on: first, window: first >= entry ? entry...first : nil)
    recorder.tell(
      .jobEnded(kind, spell: spell, why), on: last, after: started,
      window: first...max(first, min(last + 7, recorder.lastDay)))
    return started
  }

  private static func contract(
    _ kind: PlacementKind, spell: UInt8, network: UInt8, _ random: inout RandomStream
  ) -> Contract {
    let marginal = kind == .miniJob
    let fullTime = random.chance(0.76)
    // Quarters of an hour, in hundredths.
    let quarters =
      marginal
      ? random.number(in: 20...40)
      : fullTime ? random.number(in: 140...160) : random.number(in: 60...120)
    let cents = random.number(in: 1_280...1_650)
    let stated = random.chance(0.6)
    let term = random.chance(marginal ? 0.2 : 0.45)
    let agency = random.chance(marginal ? 0 : 0.12)
    // 4.35 weeks a month.
    let gross = quarters * 25 * cents * 435 / 10_000
    return Contract(
      kind: kind, spell: spell,
      employer: UInt16(
        Int(network) * Directory.employersPerNetwork + random.below(Directory.employersPerNetwork)),
      occupation: UInt8(random.below(Occupation.all.count)),
      weeklyHours: UInt16(quarters * 25),
      grossMonthly: stated ? UInt32(marginal ? min(gross, 52_000) : gross) : 0,
      fixedTermUntil: term ? .latest : nil, temporaryAgency: agency, mediated: false)
  }

  private static let jobKinds = Shares<PlacementKind>([
    (.svp, 0.96), (.subsidised16e, 0.02), (.publicJob16i, 0.02),
  ])
  private static let reasonsForLeaving = Shares<JobEndReason>([
    (.fixedTermEnd, 0.3), (.probationByEmployer, 0.17), (.operational, 0.12),
    (.otherByEmployee, 0.13), (.mutual, 0.08), (.conduct, 0.05), (.illness, 0.04),
    (.parental, 0.02), (.moved, 0.03), (.insolvency, 0.01), (.permitLost, 0.01), (.unknown, 0.04),
  ])
}
