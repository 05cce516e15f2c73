import Journey

extension Life {
  /// Six months after the exit, and twelve months after the start of the first job.
  mutating func tellFollowUps() {
    tellFollowUp(
      .month6, .exit, planned: finalExit, due: finalExit.adding(months: 6),
      response: scenario.responseAtSixMonths, after: exitTold)
    if let firstJob {
      tellFollowUp(
        .month12, .jobStart, planned: firstJob.day, due: firstJob.day.adding(months: 12),
        response: scenario.responseAtTwelveMonths, after: firstJob.told)
    }
  }

  private mutating func tellFollowUp(
    _ kind: FollowUpKind, _ clock: FollowUpClock, planned: Day, due: Day, response: Double,
    after told: Int64
  ) {
    guard told != Recorder.never, recorder.random.chance(0.8) else { return }
    let day = (due + Int32(recorder.random.below(26))).orNextWorkingDay
    let answers = recorder.random.chance(response)
    let truth = (isEmployed(in: due...due), isInEducation(in: due...due))
    // Nobody is asked who died or has left the country.
    if planned < end?.day ?? .latest {
      recorder.tell(.followUpPlanned(kind, clock, dueOn: due), on: planned, after: told)
    }
    // A follow-up belongs after the exit; an exit that is not on record yet is none.
    guard day > finalExit, exitTold != Recorder.never else { return }
    let after = max(told, exitTold)
    if answers && recorder.isInContact(on: day) {
      let result: FollowUpResult = recorder.random.chance(0.8) ? .reachedPerson : .reachedEmployer
      let moment = recorder.tell(
        .followUpCompleted(
          FollowUpAnswer(
            kind: kind, clock: clock, result: result, referenceDay: due,
            employed: truth.0 ? .yes : .no, education: truth.1 ? .yes : .no)),
        on: day, after: after)
      recorder.tellTogether(.confirmed, on: day, with: moment)
    } else {
      let result =
        recorder.isInContact(on: day) ? recorder.random.pick(Life.refusals) : .notReached
      recorder.tell(
        .followUpAttempted(kind, clock, result), on: day, after: after, withoutContact: true)
    }
  }

  private static let refusals = Shares<FollowUpResult>([
    (.notReached, 0.7), (.refused, 0.2), (.noConsent, 0.1),
  ])
}
