import Journey

/// What comes to be recorded late: steps of journeys whose delays are estimated together.
public enum RecordedSubject: String, Sendable, CaseIterable {
  /// Entries and re-entries.
  case entry
  /// Starts of jobs, trainings and schools that count as work.
  case placementStart = "placement-start"
  /// Their ends.
  case placementEnd = "placement-end"
  /// Exits.
  case exit
  /// Leaving the country.
  case leftCountry = "left-country"
  /// Death.
  case death
  /// Residence statuses.
  case residence
  /// Benefits.
  case benefit
  /// What people or offices answered about somebody's status: follow-ups, exits, six months.
  case status
  /// Measures, and what was gained in them.
  case measure
  /// Contacts in aftercare.
  case aftercare

  /// The subject of each kind of milestone, by raw value; nil for kinds that nothing is asked about.
  static let ofKind: [RecordedSubject?] = (0..<256).map { raw in
    switch MilestoneKind(rawValue: UInt8(raw)) {
    case .entered, .reentered: .entry
    case .placementStarted: .placementStart
    case .placementEnded: .placementEnd
    case .exited: .exit
    case .leftCountry: .leftCountry
    case .deceased: .death
    case .residence: .residence
    case .benefit: .benefit
    case .labourStatus, .followUpCompleted, .statusAtExit, .statusAtSixMonths: .status
    case .measureStarted, .measureCompleted, .measureAborted, .qualification, .language: .measure
    case .aftercare: .aftercare
    default: nil
    }
  }
}

extension TimeToEventQuestion {
  /// What has to be on record for an outcome to be told.
  var subjects: [RecordedSubject] {
    var subjects: [RecordedSubject]
    switch outcome {
    case .firstPlacement: subjects = [.placementStart]
    case .exit, .dropout: subjects = [.exit]
    // A job that was taken up in time can bridge a gap, and its start can be recorded late, too.
    case .interruption: subjects = isSameJob ? [.placementEnd] : [.placementEnd, .placementStart]
    }
    for event in competing {
      let subject: RecordedSubject =
        switch event {
        case .death: .death
        case .leftCountry: .leftCountry
        case .dropout, .otherExit, .exit: .exit
        case .placement: .placementStart
        }
      if !subjects.contains(subject) { subjects.append(subject) }
    }
    return subjects
  }
}
