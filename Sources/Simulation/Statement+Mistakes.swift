import Journey

extension Statement {
  /// The same statement with one mistake in it, or nil when it has nothing to mistake.
  func mistaken(_ random: inout RandomStream, in scenario: Scenario) -> Statement? {
    switch self {
    case .entered(var office):
      let others = scenario.advisorsPerSubproject - 1
      guard others > 0 else { return nil }
      let shift = 1 + random.below(others)
      office.advisor = UInt8((Int(office.advisor) + shift) % scenario.advisorsPerSubproject)
      return .entered(office)
    case .profile(var profile):
      switch random.below(4) {
      case 0: profile.isced = profile.isced == .level2 ? .level3 : .level2
      case 1: profile.german = profile.german == .a2 ? .a1 : .a2
      case 2: profile.birthYear -= 10
      default: profile.employment = profile.employment == .inactive ? .unemployed : .inactive
      }
      return .profile(profile)
    case .impairment(let impairment, let disability):
      return .impairment(impairment == .selfDeclared ? .flightRelated : .selfDeclared, disability)
    case .counselling(let hours, let channel, let family):
      return .counselling(hours: hours + 100, channel: channel, family: family)
    case .measureStarted(let kind, let hours, let plannedEnd):
      return .measureStarted(kind, hours: hours + 1_000, plannedEnd: plannedEnd)
    case .measureEnded(let kind, let hours, let completed):
      return .measureEnded(kind, hours: hours + 1_000, completed: completed)
    case .qualification(let kind, let certificate):
      return .qualification(kind, certificate: !certificate)
    case .language(let level, let certificate):
      return .language(level, certificate: !certificate)
    case .residence(let status, let access, let validUntil):
      return .residence(status, access, validUntil: validUntil + 365)
    case .schoolStarted(let spell, let plannedEnd):
      return .schoolStarted(spell: spell, plannedEnd: plannedEnd + 365)
    case .schoolEnded(let spell, let result):
      return .schoolEnded(spell: spell, result == .unknown ? .passed : .unknown)
    case .trainingStarted(var terms):
      terms.plannedEnd = terms.plannedEnd + 365
      return .trainingStarted(terms)
    case .trainingEnded(let kind, let spell, let result, let reason):
      return .trainingEnded(kind, spell: spell, result == .unknown ? .passed : .unknown, reason)
    case .jobStarted(var contract):
      contract.weeklyHours = contract.weeklyHours == 2_000 ? 1_500 : 2_000
      return .jobStarted(contract)
    case .jobEnded(let kind, let spell, let reason):
      return .jobEnded(kind, spell: spell, reason == .unknown ? .mutual : .unknown)
    case .exited(let network, let reason, let type):
      return .exited(network: network, reason == .unknown ? .plannedEnd : .unknown, type)
    case .statusAtExit(var situation):
      situation.jobSearch = situation.jobSearch == .yes ? .no : .yes
      return .statusAtExit(situation)
    case .aftercare(let partner, let hours):
      return .aftercare(partner, hours: hours + 100)
    case .followUpPlanned(let kind, let clock, let dueOn):
      return .followUpPlanned(kind, clock, dueOn: dueOn + 31)
    case .followUpAttempted(let kind, let clock, let result):
      return .followUpAttempted(kind, clock, result == .refused ? .notReached : .refused)
    case .followUpCompleted(var answer):
      answer.education = answer.education == .unknown ? .no : .unknown
      return .followUpCompleted(answer)
    case .leftCountry(let departure):
      return .leftCountry(departure == .unknown ? .voluntary : .unknown)
    case .reentered, .confirmed, .deceased, .contactLost, .contactRegained, .retracted:
      return nil
    }
  }
}
