import Journey

/// What happens to one person, drawn from first to last and told to a recorder on the way.
///
/// The life is complete; the record is not. The order of drawing is part of the format of a
/// simulation: a new draw in the middle gives other journeys for the same seed.
struct Life {
  var recorder: Recorder
  let office: Office
  let profile: Profile
  let aim: Aim
  /// The first exit: the last day of the participation.
  var exit: Day
  var exitReason = ExitReason.plannedEnd
  /// The second time in the same participation, from the re-entry to the exit.
  var second: ClosedRange<Day>?
  /// When the aim starts; nil when there is none.
  var placement: Day?
  var end: Ending?
  var jobs: [Job] = []
  var apprenticeship: ClosedRange<Day>?
  /// Whether the training is with an employer: an apprentice counts as employed.
  var isDual = false
  var schooling: ClosedRange<Day>?
  var qualified = false
  /// When the exit went on record.
  var exitTold: Int64 = Recorder.never
  /// When the first job began and when that went on record.
  var firstJob: (day: Day, told: Int64)?
  var spells: UInt8 = 0

  /// Where a participation leads to.
  enum Aim: Hashable, Sendable {
    case work
    case training
    case school
    case none
  }

  /// What ends the story for good.
  enum Ending: Hashable, Sendable {
    case death(Day)
    case departure(Day, Departure)

    var day: Day {
      switch self {
      case .death(let day), .departure(let day, _): day
      }
    }
  }

  /// A job, from its first to its last day.
  struct Job: Hashable, Sendable {
    var first: Day
    var last: Day
  }

  /// The last day of the participation, after a re-entry if there was one.
  var finalExit: Day { second?.upperBound ?? exit }
  var entry: Day { recorder.entry }
  var scenario: Scenario { recorder.scenario }

  init(
    _ scenario: Scenario, entry: Day, random: RandomStream, reusing drafts: [Draft]
  ) {
    var random = random
    office = Office(
      network: UInt8(random.below(scenario.networks)),
      subproject: UInt8(random.below(scenario.subprojectsPerNetwork)),
      advisor: UInt8(random.below(scenario.advisorsPerSubproject)))
    profile = Profile(scenario, entry: entry, random: &random)
    aim = Life.aim(scenario, gender: profile.gender, at: random.unit())
    exit = entry + Int32(random.days(scenario.daysInProgramme))
    recorder = Recorder(scenario, entry: entry, random: random, reusing: drafts)
    jobs.reserveCapacity(4)
  }

  /// Lives the whole life and gives back what is on record, in the order told.
  mutating func live() {
    plan()
    recorder.tellEntry(.entered(office))
    recorder.tellTogether(.profile(profile), on: entry, with: recorder.entered)
    if recorder.random.chance(scenario.impaired) { tellImpairment() }
    tellMeasures()
    tellCounselling()
    tellResidence()
    tellExit()
    tellRunningJob()
    tellPlacement()
    tellSituationAtExit(exit, after: exitTold)
    tellReturn()
    tellFollowUps()
    tellContact()
    tellEnding()
    recorder.tellLastConfirmation(on: min(recorder.observedUntil, recorder.lastDay))
  }

  private static func aim(_ scenario: Scenario, gender: Gender, at unit: Double) -> Aim {
    // The share of women is chosen so that men and women together keep the scenario's share.
    let men =
      scenario.placedInWork / (1 - scenario.women + scenario.women * scenario.womenRelativeToMen)
    var bound = gender == .female ? men * scenario.womenRelativeToMen : men
    if unit < bound { return .work }
    bound += scenario.placedInTraining
    if unit < bound { return .training }
    bound += scenario.placedInSchool
    return unit < bound ? .school : .none
  }
}
