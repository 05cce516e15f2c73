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
    return working(.endingRegistration, on: day)
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

  /// Whether the person was registered as looking for work on a day.
  ///
  /// A registration stands until another report, or until work begins. Whoever was reported not to be
  /// registered was not on that day; on later ones nobody knows, because nobody keeps a record of
  /// inactive people who begin to look for work.
  public func seekingWork(on day: Day) -> Truth {
    guard day < observedUntil else { return .unknown }
    let works = working(.endingRegistration, on: day)
    guard works != .yes, let report = report(on: day) else {
      return works == .yes ? .no : .unknown
    }
    if report.status.isRegistered {
      return works == .no && !mayHaveWorked(after: report.day, until: day) ? .yes : .unknown
    }
    return report.day == day ? .no : .unknown
  }

  /// Whether the person was looking for work on some day of a range.
  ///
  /// Of the days after an exit, an exit form speaks, and so does whoever is reported not to be
  /// registered on one of them.
  public func seekingWork(during range: Range<Day>) -> Truth {
    let known = settled(
      someDay(of: range) { seekingWork(on: $0) }, by: .jobSearch, during: range)
    guard known == .unknown, isInExitWindow(range) else { return known }
    let isDenied = reports.contains { range.contains($0.day) && !$0.status.isRegistered }
    return isDenied ? .no : .unknown
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
    let stands = day < observedUntil && !mayHaveWorked(after: report.day, until: day)
    return stands ? report.status : nil
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

  /// Whether work began after one day and until another that ends a registration, or may have.
  private func mayHaveWorked(after report: Day, until day: Day) -> Bool {
    placements.contains { spell in
      spell.isOf(.endingRegistration) != .no && spell.start > report && spell.start <= day
    }
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
