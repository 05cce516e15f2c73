public import Journey

/// A form about the time after an exit, as it was told.
struct ExitStatement: Sendable, Equatable {
  let milestone: Milestone
  let details: MilestoneDetails
}

extension PersonHistory {
  /// Gives each form to the participation that it speaks of: the one that was left last before it.
  ///
  /// A form that was filled in before a re-entry speaks of an exit that is none any more, so it
  /// belongs to nothing (edge case no. 1).
  mutating func settleForms() {
    typealias Places = MilestoneDetails.Places
    for _ in participations { forms.append(ExitForms()) }
    for statement in statements {
      guard let place = leftParticipation(before: statement.milestone.date.lastDay) else {
        continue
      }
      let details = statement.details
      if statement.milestone.kind == .statusAtExit {
        forms[place].jobSearch = details.code(Places.jobSearch) ?? forms[place].jobSearch
        forms[place].education = details.code(Places.education) ?? forms[place].education
        forms[place].qualification =
          details.code(Places.qualification) ?? forms[place].qualification
        forms[place].employed = details.code(Places.employed) ?? forms[place].employed
        forms[place].last = statement
        continue
      }
      forms[place].improved = details.code(Places.improvement) ?? forms[place].improved
      forms[place].inSample = details.flag(Places.inSample) ?? forms[place].inSample
      guard let employed: Answer = details.code(Places.employed),
        let exit = participations[place].exit
      else { continue }
      forms[place].employedAfterSixMonths = employed
      if employed == .unknown { continue }
      let day = exit.adding(months: 6)
      answers.append(
        StatusAnswer(
          about: day...day, isDated: true, kinds: .employed, value: employed == .yes,
          evidence: details.evidence, told: details.order))
    }
    for place in participations.indices { takeDenials(of: place) }
  }

  /// A no on an exit form is one about every day from the one after the exit to that of the form, at most
  /// to the end of its window: who had no work on some day of it had none on any.
  ///
  /// Employment is meant as ESF Plus counts it, so a marginal job is not denied (edge case no. 11).
  /// Apprentices are employed and in education; who says one of the two does not deny it.
  private mutating func takeDenials(of place: Int) {
    let form = forms[place]
    guard let exit = participations[place].exit, let last = form.last else { return }
    let told = last.milestone.date.lastDay
    let days = exit + 1...max(exit + 1, min(told, exit + Self.exitWindow))
    for (answer, other, kinds) in [
      (form.employed, form.education, PlacementKinds.endingRegistration),
      (form.education, form.employed, .education),
    ] where answer == .no {
      answers.append(
        StatusAnswer(
          about: days, isDated: true, isThroughout: true,
          kinds: other == .yes ? kinds.subtracting(PlacementKinds(.dualTraining)) : kinds,
          value: false, evidence: last.details.evidence, told: last.details.order))
    }
  }

  func leftParticipation(before day: Day) -> Int? {
    var found: Int?
    var latest = Day.earliest
    for (place, participation) in participations.enumerated() {
      guard let exit = participation.exit, exit <= day, exit >= latest else { continue }
      (found, latest) = (place, exit)
    }
    return found
  }

  /// What the forms say about the time after the exit of a participation.
  ///
  /// - Parameter participation: Its place among `participations`.
  public func answer(_ question: StatusQuestion, of participation: Int) -> Truth {
    Truth(forms[participation][question])
  }

  /// Whether a participation is in the representative sample of the longer-term results.
  public func inSample(_ participation: Int) -> Truth {
    forms[participation].inSample.map { Truth($0) } ?? .unknown
  }

  /// The days that count as “upon leaving” a participation; nil while it goes on.
  func exitWindow(of participation: Int) -> Range<Day>? {
    participations[participation].exit.map { $0..<$0 + Self.exitWindow + 1 }
  }

  /// Whether a range lies in the days that count as “upon leaving”.
  func isInExitWindow(_ range: Range<Day>) -> Bool {
    participations.indices.contains { place in
      exitWindow(of: place).map {
        $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound
      } ?? false
    }
  }

  /// What the exit forms say about whether something held on some day of a range.
  ///
  /// A form speaks of some day in its window: a yes settles every range that holds the window, a no
  /// every range inside it.
  func formsSay(_ question: StatusQuestion, during range: Range<Day>) -> Truth {
    for place in participations.indices {
      guard let window = exitWindow(of: place) else { continue }
      // A yes about a longer window, and a no about a shorter one, are known earlier than the contrary.
      if demandsWholePeriods, range != window { continue }
      switch answer(question, of: place) {
      case .yes
      where range.lowerBound <= window.lowerBound
        && range.upperBound >= window.upperBound:
        return .yes
      case .no
      where range.lowerBound >= window.lowerBound
        && range.upperBound <= window.upperBound:
        return .no
      default: continue
      }
    }
    return .unknown
  }
}
