public import Journey

extension PersonHistory {
  /// Whether the person was employed on a day in the sense of the ESF.
  ///
  /// Paid work, company apprentices included (no. 10); a marginal job beside a registration as
  /// unemployed does not count (no. 11).
  public func employed(on day: Day) -> Truth {
    let work = working(.employed, on: day)
    guard work == .yes, isRegistered(on: day) else { return work }
    let isAnswered = adjustments.contains {
      $0.truth == .yes && $0.kinds == .employed && $0.days.contains(day)
    }
    if isAnswered { return .yes }
    return working(.employed.subtracting(PlacementKinds(.miniJob)), on: day)
  }

  /// Whether the person was employed on some day of a range; exit forms speak of their window.
  public func employed(during range: Range<Day>) -> Truth {
    settled(someDay(of: range) { employed(on: $0) }, by: .employed, during: range)
  }

  /// Whether the person was in school or vocational training on a day.
  public func inEducation(on day: Day) -> Truth { working(.education, on: day) }

  /// Whether the person was in school or vocational training on some day of a range; exit forms speak
  /// of their window.
  public func inEducation(during range: Range<Day>) -> Truth {
    settled(working(.education, during: range), by: .education, during: range)
  }

  /// Whether the person was registered as looking for work on a day, by the last report before it.
  public func seekingWork(on day: Day) -> Truth {
    guard day < observedUntil, let report = report(on: day) else { return .unknown }
    guard report.status.isRegistered else { return .no }
    return !working(.employed.subtracting(PlacementKinds(.miniJob)), on: day)
  }

  /// Whether the person was looking for work on some day of a range; exit forms speak of their
  /// window.
  public func seekingWork(during range: Range<Day>) -> Truth {
    settled(someDay(of: range) { seekingWork(on: $0) }, by: .jobSearch, during: range)
  }

  /// The labour status on a day in the sense of the ESF; nil where nobody knows.
  ///
  /// Registered as unemployed comes before employed, and that before everything else (6.5 of the
  /// domain reference). A report stands until work that began after it: whoever loses that work again
  /// has a status that only a new report tells.
  public func labourStatus(on day: Day) -> EmploymentStatus? {
    if let diedOn, day >= diedOn { return nil }
    guard day <= referenceDay, let report = report(on: day) else {
      return employed(on: day) == .yes ? .employed : nil
    }
    switch employed(on: day) {
    case .yes: return .employed
    case .unknown: return nil
    case .no: break
    }
    if report.status == .employed { return nil }
    let worked = placements.contains { spell in
      spell.isOf(.employed.subtracting(PlacementKinds(.miniJob))) != .no
        && spell.start > report.day && spell.start <= day
    }
    return worked || day >= observedUntil ? nil : report.status
  }

  /// The residence status on a day: the last one reported until then; nil where nobody knows.
  public func residence(on day: Day) -> ResidenceStatus? {
    guard let code = lastCode(before: day, { $0 == .residence || $0 == .profile }) else {
      return nil
    }
    let status = ResidenceStatus(rawValue: code)
    return status == .unknown ? nil : status
  }

  /// The benefits received on a day: the last ones reported until then; nil where nobody knows.
  public func benefit(on day: Day) -> BenefitKind? {
    lastCode(before: day) { $0 == .benefit }.flatMap { BenefitKind(rawValue: $0) }
  }

  /// Whether the person received some benefits on a day.
  public func receives(_ benefit: BenefitKind, on day: Day) -> Truth {
    self.benefit(on: day).map { Truth($0 == benefit) } ?? .unknown
  }

  // MARK: What these share

  /// A range that is not settled by what is known of its days, settled by a form about its window.
  private func settled(
    _ truth: Truth, by question: StatusQuestion, during range: Range<Day>
  ) -> Truth {
    switch (truth, formsSay(question, during: range)) {
    case (.yes, _), (_, .yes): .yes
    case (.unknown, .no): .no
    default: truth
    }
  }

  /// The last report of labour status until a day; of one day the one told last.
  private func report(on day: Day) -> LabourReport? {
    var found: LabourReport?
    for report in reports where report.day <= day {
      if let known = found, (known.day, known.told) > (report.day, report.told) { continue }
      found = report
    }
    return found
  }

  private func isRegistered(on day: Day) -> Bool { report(on: day)?.status.isRegistered ?? false }

  /// The code of the last milestone of some kinds until a day; nil beyond what is observed.
  ///
  /// A change in “March 2025” leaves the days of March open.
  private func lastCode(before day: Day, _ isWanted: (MilestoneKind) -> Bool) -> UInt8? {
    guard day < observedUntil else { return nil }
    var found: UInt8?
    for milestone in milestones {
      if milestone.day > day { break }
      guard let kind = milestone.kind, isWanted(kind), milestone.code != 0 else { continue }
      let isOpen = milestone.date.lastDay > day && found != milestone.code
      found = isOpen ? nil : milestone.code
    }
    return found
  }
}

extension EmploymentStatus {
  fileprivate var isRegistered: Bool { self == .unemployed || self == .longTermUnemployed }
}
