import Journey
import Testing

@testable import Simulation

@Suite("Retention in a made-up programme")
struct RetentionTests {
  @Test(
    "is implied by the scenario: 86, 76 and 66 % with any, 80, 66 and 52 % with the same employer",
    arguments: [(3, 0.86, 0.80), (6, 0.76, 0.66), (12, 0.66, 0.52)])
  func implied(_ months: Int, _ any: Double, _ same: Double) {
    let truth = Scenario().trueRetention(months: months)
    #expect(abs(truth.anyEmployer - any) < 0.01)
    #expect(abs(truth.sameEmployer - same) < 0.005)
  }

  @Test("is all of the first job when nobody finds another")
  func withoutFurtherJobs() {
    var scenario = Scenario()
    scenario.furtherJob = 0
    let truth = scenario.trueRetention(months: 12)
    #expect(truth.anyEmployer == truth.sameEmployer)
  }

  @Test("is what the observed people show")
  func observed() {
    let programme = SimulatedProgramme(participants: 60_000, seed: 21)
    var jobs: [FirstJob] = []
    for index in 0..<45_000 {
      if let job = FirstJob(programme.journey(of: index).effectiveEvents) { jobs.append(job) }
    }
    for months in [3, 6, 12] {
      let truth = programme.scenario.trueRetention(months: months)
      let known = jobs.filter { $0.start.adding(months: months) <= $0.observedUntil }
      let any = known.count { $0.worksAfter(months) }
      let same = known.count { $0.isStillThere(after: months) }
      #expect(known.count > 3_000)
      // Five standard errors are below 0.04; jobs beside jobs and late records add a little.
      #expect(abs(Double(any) / Double(known.count) - truth.anyEmployer) < 0.03, "\(months)")
      #expect(abs(Double(same) / Double(known.count) - truth.sameEmployer) < 0.03, "\(months)")
    }
  }

  @Test("has gaps within and beyond the usual tolerances, and jobs in parallel")
  func gaps() {
    let programme = SimulatedProgramme(participants: 30_000, seed: 22)
    var lengths: [Int32] = []
    var parallel = 0
    for index in 0..<20_000 {
      guard let job = FirstJob(programme.journey(of: index).effectiveEvents) else { continue }
      lengths += job.gaps
      if job.hasParallelJobs { parallel += 1 }
    }
    #expect(lengths.contains { (1...7).contains($0) })
    #expect(lengths.contains { (8...28).contains($0) })
    #expect(lengths.contains { $0 > 28 })
    #expect(parallel > 100)
  }
}

/// The jobs of one person from the first that starts after the entry, as an engine would see them.
private struct FirstJob {
  let start: Day
  let observedUntil: Day
  private let firstSpell: Int
  private var spells: [(number: Int, days: Range<Day>)] = []

  init?(_ events: [JourneyEvent]) {
    var entry: Day?
    var observed: Day?
    var starts: [(Int, Day)] = []
    var lastDays: [Int: Day] = [:]
    for event in events {
      let day = event.occurredOn.day
      let spell = event[Fields.spell] ?? 0
      switch event.type {
      case .participationEntered: entry = day
      case .statusConfirmed: observed = max(observed ?? day, day)
      case .employmentStarted: starts.append((spell, day))
      case .employmentEnded: lastDays[spell] = day
      default: break
      }
    }
    guard let entry, let observed else { return nil }
    let counted = starts.filter { $0.1 >= entry }.min { $0.1 < $1.1 }
    guard let counted else { return nil }
    (firstSpell, start) = counted
    observedUntil = observed
    spells = starts.map { number, first in
      (number, first..<((lastDays[number].map { $0 + 1 }) ?? .latest))
    }
  }

  func worksAfter(_ months: Int) -> Bool {
    let day = start.adding(months: months)
    return spells.contains { $0.days.contains(day) }
  }

  func isStillThere(after months: Int) -> Bool {
    let day = start.adding(months: months)
    return spells.contains { $0.number == firstSpell && $0.days.contains(day) }
  }

  /// Days without work between two jobs after the first start.
  var gaps: [Int32] {
    var gaps: [Int32] = []
    var end = start
    for spell in spells.sorted(by: { $0.days.lowerBound < $1.days.lowerBound })
    where spell.days.lowerBound >= start {
      if spell.days.lowerBound > end { gaps.append(spell.days.lowerBound - end) }
      end = max(end, spell.days.upperBound)
    }
    return gaps
  }

  var hasParallelJobs: Bool {
    spells.contains { left in
      spells.contains { $0.number > left.number && $0.days.overlaps(left.days) }
    }
  }
}
