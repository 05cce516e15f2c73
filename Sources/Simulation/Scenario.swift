public import Journey

/// What a made-up programme is like: every number that a simulation uses.
///
/// The defaults follow what is known about WIR and its predecessors. Where a parameter names no
/// source, the number is assumed: no figure was published. "IvAF" is the federal predecessor
/// 2015–2022 (BMAS, June 2023).
public struct Scenario: Sendable, Hashable {
  // MARK: The programme

  /// First day of entries: the planned start of the WIR projects.
  public var start = Day(number: 19_266)  // 2022-10-01
  /// Last day of the projects, by default the end of WIR; whoever is still in leaves on it.
  public var projectEnd = Day(number: 21_549)  // 2028-12-31
  /// The last day about which, and on which, anything is recorded.
  public var dataCut: Day
  /// Days over which the intake grows from nothing to its full size.
  public var intakeGrowth = 180
  /// Networks, each one operation: 41 at the kick-off in June 2023 (BMAS); at most 255.
  public var networks = 41
  /// Sub-projects of each network; at most 255.
  public var subprojectsPerNetwork = 4
  /// Advisors of each sub-project; at most 255.
  public var advisorsPerSubproject = 3

  /// Gives each sub-project so many advisors, at least three, that they have about 200 people each.
  public mutating func staff(for participants: Int) {
    let each = participants / (networks * subprojectsPerNetwork * 200)
    advisorsPerSubproject = min(255, max(3, each))
  }

  // MARK: The people at entry

  /// Share of women.
  public var women = 0.28
  /// Share of people registered as non-binary.
  public var nonBinary = 0.002
  /// Share of people without a stated gender.
  public var genderNotStated = 0.003
  /// Age groups; many young people, as in the Thuringian IvAF network.
  public var ages = Shares<AgeGroup>([
    (AgeGroup(15, 17), 0.05), (AgeGroup(18, 24), 0.38), (AgeGroup(25, 34), 0.34),
    (AgeGroup(35, 54), 0.21), (AgeGroup(55, 64), 0.02),
  ])
  /// Residence titles: 35 % in the procedure, 25 % tolerated, 40 % with a permit.
  public var residence = Scenario.residenceAtEntry
  /// Employment: 45 % unemployed (a fifth of them long-term), 42 % inactive, 13 % employed.
  public var employment = Shares<EmploymentStatus>([
    (.unemployed, 0.36), (.longTermUnemployed, 0.09), (.inactive, 0.42), (.employed, 0.13),
  ])
  /// Education: ISCED 0–2 70 %, 3–4 20 %, 5–8 10 %.
  public var education = Shares<Isced>([
    (.level0, 0.14), (.level1, 0.18), (.level2, 0.38), (.level3, 0.17), (.level4, 0.03),
    (.level5, 0.02), (.level6, 0.05), (.level7, 0.028), (.level8, 0.002),
  ])
  /// Command of German.
  public var german = Shares<LanguageLevel>([
    (.a0, 0.12), (.a1, 0.22), (.a2, 0.30), (.b1, 0.25), (.b2, 0.09), (.c1, 0.02),
  ])
  /// Countries of origin, by three-letter code; the order follows the Thuringian IvAF network.
  ///
  /// People with a permit under section 24 come from Ukraine (`UKR`) besides.
  public var nationalities = Shares<String>([
    ("AFG", 0.28), ("SYR", 0.26), ("IRQ", 0.11), ("ERI", 0.11), ("SOM", 0.06), ("IRN", 0.06),
    ("TUR", 0.06), ("other", 0.06),
  ])
  /// Share with a health impairment on record.
  public var impaired = 0.12
  /// Share of the employed whose running job is on record.
  public var runningJobRecorded = 0.3

  // MARK: The participation

  /// Days from entry to exit: log-normal in shape, median nine months.
  public var daysInProgramme = Quantiles([
    .init(0, 14), .init(0.01, 60), .init(0.05, 94), .init(0.25, 177), .init(0.5, 274),
    .init(0.75, 425), .init(0.95, 798), .init(0.99, 1_243), .init(1, 1_500),
  ])
  /// Share that takes up work by exit (IvAF: 23.8 %).
  public var placedInWork = 0.238
  /// Share that takes up training by exit (IvAF: 12 %).
  public var placedInTraining = 0.12
  /// Share that takes up school by exit (IvAF: 5 %).
  public var placedInSchool = 0.05
  /// How often women take up work, relative to men (IAB-BAMF-SOEP: employed 31 % against 75 %).
  public var womenRelativeToMen = 0.5
  /// Share of those who left without a placement that finds work within a year.
  public var workAfterExit = 0.12
  /// Days of company between the start of work and the exit.
  public var accompaniment = Quantiles([.init(0, 0), .init(0.5, 30), .init(1, 120)])
  /// Share of aborted measures.
  public var measureAborted = 0.22
  /// Days a measure takes; mean about 154 for refugees (Federal Employment Agency).
  public var daysInMeasure = Quantiles([
    .init(0, 1), .init(0.05, 5), .init(0.5, 110), .init(0.95, 460), .init(1, 600),
  ])
  /// Share of people that enter again after an exit without a placement, of all participants.
  public var reentry = 0.06

  // MARK: Work and training

  /// Days in the first job: 80, 66 and 52 % are still in it after 3, 6 and 12 months.
  public var firstJob = Quantiles([
    .init(0, 1), .init(0.2, 92), .init(0.34, 184), .init(0.48, 366), .init(0.62, 730),
    .init(0.75, 1_461), .init(1, 3_653),
  ])
  /// Days in a later job.
  public var laterJob = Quantiles([
    .init(0, 1), .init(0.17, 92), .init(0.3, 184), .init(0.44, 366), .init(0.58, 730),
    .init(0.72, 1_461), .init(1, 3_653),
  ])
  /// Share of ended jobs that a further job follows.
  ///
  /// Together with `gapBetweenJobs` it makes 86, 76 and 66 % employed after 3, 6 and 12 months.
  public var furtherJob = 0.4
  /// Days without work between two jobs: a third have none, and every usual gap rule is crossed.
  public var gapBetweenJobs = Quantiles([
    .init(0, 0), .init(0.35, 1), .init(0.5, 8), .init(0.7, 29), .init(0.9, 91), .init(1, 201),
  ])
  /// Share of jobs beside which a marginal job runs.
  public var sideJob = 0.1
  /// Share of training contracts dissolved (BIBB: 35 to 38 % of foreign apprentices).
  public var trainingDissolved = 0.35
  /// Days until a contract is dissolved: a third within probation.
  public var daysToDissolution = Quantiles([.init(0, 5), .init(0.33, 120), .init(1, 900)])

  // MARK: Contact and ends

  /// Share with whom contact is lost, in the programme or within 18 months after it.
  public var contactLost = 0.2
  /// Share of lost contacts that are regained.
  public var contactRegained = 0.15
  /// Share that is no longer observed some time after exit, without anybody having noted a loss.
  public var fadesOut = 0.15
  /// Share that answers a follow-up after six months, of those with whom there is contact.
  public var responseAtSixMonths = 0.65
  /// Share that answers a follow-up after twelve months, of those with whom there is contact.
  public var responseAtTwelveMonths = 0.5
  /// Deaths per person and year.
  public var deathPerYear = 0.002
  /// Departures from the country per person and year.
  public var departurePerYear = 0.015

  // MARK: The paper

  /// Days from an event to its record: median 9, one in twenty above 90.
  public var recordingLag = Quantiles([
    .init(0, 0), .init(0.1, 1), .init(0.25, 3), .init(0.5, 9), .init(0.75, 25), .init(0.9, 60),
    .init(0.95, 91), .init(0.99, 200), .init(1, 400),
  ])
  /// Days from the entry to its record: forms come sooner than news.
  public var entryLag = Quantiles([.init(0, 0), .init(0.5, 3), .init(0.95, 20), .init(1, 60)])
  /// Share of events first recorded with a mistake and corrected later.
  public var correction = 0.03
  /// Share of contacts entered twice and retracted later.
  public var duplicateContact = 0.01

  /// Creates the default scenario up to a data cut.
  public init(dataCut: Day = Day(number: 20_779)) {  // 2026-11-22
    self.dataCut = dataCut
  }

  private static let residenceAtEntry = Shares<ResidenceStatus>([
    (.gestattung, 0.33), (.arrivalCertificate, 0.02), (.dul60a, 0.19), (.dul60b, 0.02),
    (.dul60c, 0.02), (.dul60d, 0.02), (.ae24, 0.05), (.ae25s1, 0.03), (.ae25s2Refugee, 0.11),
    (.ae25s2Subsidiary, 0.11), (.ae25s3, 0.05), (.ae25s5, 0.01), (.ae25b, 0.01), (.ae104c, 0.03),
  ])
}

/// A group of ages in completed years, both ends included.
public struct AgeGroup: Sendable, Hashable {
  /// The youngest age.
  public let youngest: Int
  /// The oldest age.
  public let oldest: Int

  /// Creates a group.
  public init(_ youngest: Int, _ oldest: Int) {
    self.youngest = youngest
    self.oldest = oldest
  }
}
