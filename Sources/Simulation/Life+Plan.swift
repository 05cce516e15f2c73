import Journey

extension Life {
  /// Draws the frame: how the participation ends, how the story ends, and who loses touch.
  mutating func plan() {
    planAim()
    planEnding()
    planReturn()
    planContact()
    recorder.lastDay = min(scenario.dataCut, end?.day ?? scenario.dataCut)
  }

  private mutating func planAim() {
    switch aim {
    case .work:
      let company = Int32(recorder.random.days(scenario.accompaniment))
      var start = max(entry + 7, exit - company)
      if recorder.random.chance(0.4) {
        start = Day(firstOfMonth: start.monthIndex + 1)
      } else {
        start = start.orNextWorkingDay
      }
      place(start, .work)
    case .training:
      place(yearStart(recorder.random.chance(0.6) ? 8 : 9), .training)
    case .school:
      place(yearStart(recorder.random.chance(0.5) ? 8 : 9), .school)
    case .none:
      exitReason = recorder.random.pick(Life.reasonsWithoutPlacement)
    }
  }

  private mutating func yearStart(_ month: Int) -> Day {
    let start = exit.nearestYearStart(month)
    return start >= entry + 14 ? start : start.adding(months: 12)
  }

  private mutating func place(_ start: Day, _ reason: ExitReason) {
    placement = start
    exitReason = reason
    if aim == .work {
      exit = max(exit, start)
    } else {
      exit = start + Int32(recorder.random.days(scenario.accompaniment))
    }
  }

  private mutating func planEnding() {
    // Uniform over 1 / rate years: the same as a constant hazard while the rate is small.
    let death = years(recorder.random.unit(), rate: scenario.deathPerYear)
    let departure = years(recorder.random.unit(), rate: scenario.departurePerYear)
    if let death, death <= departure ?? death {
      end = .death(death)
    } else if let departure {
      end = .departure(departure, recorder.random.pick(Life.departures))
    }
    if scenario.projectEnd < exit {
      exit = max(scenario.projectEnd, entry)
      exitReason = .projectEnd
    }
    guard let end, end.day <= exit else { return }
    exit = end.day
    exitReason = end.exitReason
  }

  private mutating func planReturn() {
    let isPossible =
      aim == .none && exitReason != .projectEnd && exit < end?.day ?? .latest
    let placed = scenario.placedInWork + scenario.placedInTraining + scenario.placedInSchool
    guard isPossible, recorder.random.chance(scenario.reentry / (1 - placed)) else { return }
    let day = (exit + 30 + Int32(recorder.random.below(270))).orNextWorkingDay
    let length = Int32(recorder.random.days(scenario.daysInProgramme) / 2)
    guard day < end?.day ?? .latest, day <= scenario.projectEnd else { return }
    second = day...min(day + length, end?.day ?? .latest, scenario.projectEnd)
  }

  private func years(_ unit: Double, rate: Double) -> Day? {
    guard rate > 0 else { return nil }
    let days = unit / rate * 365.25
    let available = Double(scenario.dataCut - entry)
    return days < available ? entry + 1 + Int32(days) : nil
  }

  private mutating func planContact() {
    let lost = recorder.random.chance(scenario.contactLost)
    let fades = recorder.random.chance(scenario.fadesOut)
    let regained = recorder.random.chance(scenario.contactRegained)
    let when = recorder.random.unit()
    let pause = Int32(recorder.random.number(in: 14...250))
    let review = Int32(recorder.random.below(31))
    let limit = end?.day ?? scenario.dataCut + 1
    recorder.observedUntil = max(entry, scenario.dataCut - review)
    if lost {
      if aim == .none && second == nil && exit < limit && exitReason != .projectEnd && when < 0.5 {
        // Lost in the programme, which ends the participation some weeks later.
        let day = entry + Int32(2 * when * Double(exit - entry))
        exit = min(exit, day + Int32(recorder.random.number(in: 14...42)))
        exitReason = .contactLost
        recorder.observedUntil = min(recorder.observedUntil, day)
        recorder.silence = (day, .latest)
      } else {
        let day = finalExit + 1 + Int32(when * 540)
        guard day < limit else { return }
        if regained && day + pause < limit && day + pause < recorder.observedUntil {
          recorder.silence = (day, day + pause)
        } else {
          recorder.observedUntil = min(recorder.observedUntil, day)
          recorder.silence = (day, .latest)
        }
      }
    } else if fades {
      recorder.observedUntil = min(recorder.observedUntil, finalExit + 30 + Int32(when * 470))
    }
  }

  private static let reasonsWithoutPlacement = Shares<ExitReason>([
    (.plannedEnd, 0.44), (.otherMeasure, 0.16), (.noCooperation, 0.16), (.moved, 0.09),
    (.health, 0.05), (.careDuties, 0.05), (.workBan, 0.02), (.unknown, 0.03),
  ])
  private static let departures = Shares<Departure>([
    (.voluntary, 0.45), (.removed, 0.3), (.dublin, 0.15), (.unknown, 0.1),
  ])
}
