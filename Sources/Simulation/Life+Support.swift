import Journey

extension Life {
  mutating func tellImpairment() {
    let kind = recorder.random.pick(Life.impairments)
    recorder.tellTogether(
      .impairment(kind, kind == .recognised ? .yes : .no), on: entry, with: recorder.entered)
  }

  /// Up to two measures, one after the other, all within the participation.
  mutating func tellMeasures() {
    var free = entry + 1
    for chance in [0.65, 0.3] {
      guard recorder.random.chance(chance) else { return }
      let room = Int(exit - free)
      guard room >= 14 else { return }
      let kind = recorder.random.pick(Life.measures)
      let first = free + Int32(recorder.random.below(room * 3 / 5))
      let planned = first + Int32(recorder.random.days(scenario.daysInMeasure))
      let aborted = recorder.random.chance(scenario.measureAborted)
      var last = min(planned, exit)
      if aborted { last = first + Int32(recorder.random.below(Int(last - first) + 1)) }
      let hours = UInt16(recorder.random.number(in: 8...240) * 100)
      let started = recorder.tell(
        .measureStarted(kind, hours: hours, plannedEnd: planned), on: first)
      let attended = aborted ? hours / 2 / 100 * 100 : hours
      let ended = recorder.tell(
        .measureEnded(kind, hours: attended, completed: !aborted), on: last, after: started)
      if !aborted { tellResult(of: kind, on: last, after: ended) }
      free = last + 1
    }
  }

  private mutating func tellResult(of kind: MeasureKind, on day: Day, after ended: Int64) {
    switch kind {
    case .qualification where recorder.random.chance(0.8):
      qualified = true
      let certificate = recorder.random.chance(0.6)
      recorder.tell(.qualification(kind, certificate: certificate), on: day, after: ended)
    case .language where recorder.random.chance(0.75):
      let next = LanguageLevel(rawValue: profile.german.rawValue + 1) ?? profile.german
      let certificate = recorder.random.chance(0.7)
      recorder.tell(.language(next, certificate: certificate), on: day, after: ended)
    default: return
    }
  }

  mutating func tellCounselling() {
    let days = Int(exit - entry)
    for _ in 0..<(1 + recorder.random.below(4)) {
      let day = min((entry + Int32(recorder.random.below(days + 1))).orNextWorkingDay, exit)
      let channel = recorder.random.pick(Life.channels)
      let family = recorder.random.chance(0.08) ? UInt8(recorder.random.number(in: 1...4)) : 0
      let hours = UInt16(recorder.random.number(in: 2...12) * 25)
      let told = recorder.tell(
        .counselling(hours: hours, channel: channel, family: family), on: day,
        window: entry...exit)
      if recorder.random.chance(scenario.duplicateContact) { recorder.tellTwice(after: told) }
    }
  }

  mutating func tellResidence() {
    let unit = recorder.random.unit()
    let day = entry + 30 + Int32(recorder.random.below(900))
    let years = Int32(recorder.random.number(in: 1...3))
    guard let next = Life.nextTitle(after: profile.residence, aim: aim, at: unit) else { return }
    var from = day
    // Toleration for training is granted for the contract, from its first day.
    if next == .dul60c {
      guard let placement else { return }
      from = placement
    }
    recorder.tell(
      .residence(next, Profile.access(for: next, at: 1), validUntil: from + 365 * years), on: from)
  }

  private static func nextTitle(
    after title: ResidenceStatus, aim: Aim, at unit: Double
  ) -> ResidenceStatus? {
    switch title {
    case .gestattung, .arrivalCertificate:
      switch unit {
      case ..<0.14: .ae25s2Refugee
      case ..<0.26: .ae25s2Subsidiary
      case ..<0.32: .ae25s3
      case ..<0.45: .dul60a
      default: nil
      }
    case .dul60a:
      if aim == .training {
        unit < 0.5 ? .dul60c : nil
      } else {
        switch unit {
        case ..<0.15: .ae104c
        case ..<0.2: .ae25b
        case ..<0.24: .ae25s5
        default: nil
        }
      }
    case .ae104c: unit < 0.4 ? .ae25b : nil
    case .ae25s1, .ae25s2Refugee: unit < 0.12 ? .ne26 : nil
    default: nil
    }
  }

  private static let impairments = Shares<ImpairmentClass>([
    (.flightRelated, 0.45), (.selfDeclared, 0.4), (.recognised, 0.15),
  ])
  private static let measures = Shares<MeasureKind>([
    (.language, 0.27), (.qualification, 0.25), (.orientation, 0.16), (.application, 0.14),
    (.practice, 0.1), (.companyActivation, 0.08),
  ])
  private static let channels = Shares<ContactChannel>([
    (.inPerson, 0.6), (.phone, 0.25), (.message, 0.08), (.video, 0.05), (.visit, 0.02),
  ])
}
