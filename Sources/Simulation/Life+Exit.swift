import Journey

extension Life {
  mutating func tellExit() {
    exitTold = recorder.tell(
      .exited(network: office.network, exitReason, exitReason.exitType), on: exit,
      withoutContact: exitReason == .contactLost || exitReason == .projectEnd)
  }

  /// What the exit form asks about the four weeks after an exit.
  mutating func tellSituationAtExit(_ exit: Day, after told: Int64) {
    guard recorder.random.chance(0.85) else { return }
    let window = exit...exit + 28
    let works = isEmployed(in: window)
    let learns = isInEducation(in: window)
    let searches = recorder.random.chance(works || learns ? 0.1 : 0.6)
    let situation = SituationAtExit(
      jobSearch: answer(searches), education: answer(learns), qualification: answer(qualified),
      employed: answer(works))
    let day = exit + Int32(recorder.random.below(29))
    recorder.tell(.statusAtExit(situation), on: day, after: told)
  }

  /// The second time in the programme.
  mutating func tellReturn() {
    guard let second else { return }
    let returned = recorder.tell(
      .reentered(network: office.network), on: second.lowerBound, after: exitTold)
    let days = Int(second.upperBound - second.lowerBound)
    for _ in 0..<(1 + recorder.random.below(2)) {
      let drawn = second.lowerBound + Int32(recorder.random.below(days + 1))
      let day = min(drawn.orNextWorkingDay, second.upperBound)
      recorder.tell(
        .counselling(hours: 100, channel: .inPerson, family: 0), on: day, after: returned,
        window: second)
    }
    var reason = ExitReason.plannedEnd
    if let end, end.day <= second.upperBound {
      reason = end.exitReason
    } else if second.upperBound == scenario.projectEnd {
      reason = .projectEnd
    }
    let told = recorder.tell(
      .exited(network: office.network, reason, reason.exitType), on: second.upperBound,
      after: returned, withoutContact: reason == .projectEnd)
    tellSituationAtExit(second.upperBound, after: told)
    exitTold = told
  }

  mutating func tellContact() {
    guard let silence = recorder.silence else { return }
    let told = recorder.tell(.contactLost, on: silence.lost)
    if silence.regained < .latest {
      recorder.tell(.contactRegained, on: silence.regained, after: told)
    }
  }

  mutating func tellEnding() {
    switch end {
    case .death(let day): recorder.tell(.deceased, on: day, window: day...day + 7)
    case .departure(let day, let departure): recorder.tell(.leftCountry(departure), on: day)
    case nil: return
    }
  }

  func isEmployed(in window: ClosedRange<Day>) -> Bool {
    if let apprenticeship, isDual, apprenticeship.overlaps(window) { return true }
    for job in jobs where job.first <= window.upperBound && job.last >= window.lowerBound {
      return true
    }
    return false
  }

  func isInEducation(in window: ClosedRange<Day>) -> Bool {
    if let apprenticeship, !isDual, apprenticeship.overlaps(window) { return true }
    return schooling?.overlaps(window) ?? false
  }

  /// An answer on a form: what is true, or nothing for one in twenty.
  mutating func answer(_ truth: Bool) -> Answer {
    recorder.random.chance(0.05) ? .unknown : truth ? .yes : .no
  }
}

extension Life.Ending {
  var exitReason: ExitReason {
    switch self {
    case .death: .death
    case .departure(_, .voluntary), .departure(_, .unknown): .leftVoluntarily
    case .departure: .removed
    }
  }
}

extension ExitReason {
  /// The type that goes with a reason; whoever leaves to a job leaves as planned.
  var exitType: ExitType {
    switch self {
    case .work, .training, .school, .otherMeasure, .plannedEnd: .regular
    case .projectEnd: .administrative
    default: .early
    }
  }
}
