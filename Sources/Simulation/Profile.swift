import Journey

/// What the entry form says about a person.
struct Profile: Hashable, Sendable {
  var gender: Gender
  var birthYear: UInt16
  var employment: EmploymentStatus
  var detail: EmploymentDetail?
  /// Months of unemployment before entry, 0 when not unemployed.
  var monthsUnemployed: UInt8
  var inEducation: Answer
  var isced: Isced
  var thirdCountry: Answer
  var rural: Answer
  var german: LanguageLevel
  /// Months between arrival and entry.
  var monthsSinceArrival: UInt16
  /// The place in the scenario's nationalities; one past the last for Ukraine.
  var nationality: UInt8
  var residence: ResidenceStatus
  var workAccess: WorkAccess
}

extension Profile {
  /// Draws a person who enters on a day.
  init(_ scenario: Scenario, entry: Day, random: inout RandomStream) {
    gender = Profile.gender(scenario, at: random.unit())
    let ages = random.pick(scenario.ages)
    let age = random.number(in: ages.youngest...ages.oldest)
    birthYear = UInt16(clamping: entry.parts.year - age)
    employment = random.pick(scenario.employment)
    switch employment {
    case .inactive: detail = random.pick(Profile.inactive)
    case .employed: detail = random.pick(Profile.employed)
    case .unemployed, .longTermUnemployed, .unknown: detail = nil
    }
    switch employment {
    case .unemployed: monthsUnemployed = UInt8(random.number(in: 1...11))
    case .longTermUnemployed: monthsUnemployed = UInt8(random.number(in: 12...48))
    default: monthsUnemployed = 0
    }
    if detail == .inEducation || detail == .apprentice {
      inEducation = .yes
    } else {
      inEducation = random.chance(0.02) ? .unknown : .no
    }
    isced = random.pick(scenario.education)
    thirdCountry = random.chance(0.01) ? .unknown : .yes
    rural = random.pick(Profile.rural)
    german = random.pick(scenario.german)
    monthsSinceArrival = UInt16(random.number(in: 4...110))
    residence = random.pick(scenario.residence)
    let origin = scenario.nationalities.place(at: random.unit())
    // Section 24 is for people from Ukraine, who stand after all others in the list.
    nationality = UInt8(residence == .ae24 ? scenario.nationalities.values.count : origin)
    workAccess = Profile.access(for: residence, at: random.unit())
  }

  private static func gender(_ scenario: Scenario, at unit: Double) -> Gender {
    var bound = scenario.women
    if unit < bound { return .female }
    bound += scenario.nonBinary
    if unit < bound { return .nonBinary }
    bound += scenario.genderNotStated
    return unit < bound ? .notStated : .male
  }

  /// The access that goes with a title; an absolute ban excludes from the programme.
  static func access(for residence: ResidenceStatus, at unit: Double) -> WorkAccess {
    switch residence {
    case .gestattung, .arrivalCertificate: unit < 0.15 ? .temporaryBan : .permit
    case .dul60a, .fictional: unit < 0.08 ? .temporaryBan : .permit
    case .dul60b: .temporaryBan
    case .dul60c, .dul60d: .permit
    default: .free
    }
  }

  private static let inactive = Shares<EmploymentDetail>([
    (.inEducation, 0.35), (.caring, 0.2), (.ill, 0.05), (.noWorkPermit, 0.15),
    (.otherInactive, 0.25),
  ])
  private static let employed = Shares<EmploymentDetail>([
    (.partTime, 0.35), (.miniJob, 0.35), (.fullTime, 0.2), (.apprentice, 0.07),
    (.selfEmployed, 0.03),
  ])
  private static let rural = Shares<Answer>([(.no, 0.7), (.yes, 0.25), (.unknown, 0.05)])
}
