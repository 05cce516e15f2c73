import EventLog
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("The delay of recording")
struct RecordingDelaysTests {
  /// Twenty people who took up work.
  ///
  /// They enter on day 0 and start work on days 2, 4 … 40: every other one is told after 3
  /// days, the others after 10. Everybody is confirmed on day 100, when the log ends.
  static func telling(without job: Set<Int> = []) -> LateTelling {
    var late = LateTelling()
    for person in 0..<20 {
      let start = 2 * person + 2
      late.say(person, .enters(LateTelling.date(0)), told: 0)
      if !job.contains(person) {
        late.say(
          person, .job(LateTelling.date(start)), told: start + (person.isMultiple(of: 2) ? 3 : 10))
      }
      late.say(person, .confirmed(LateTelling.date(100)), told: 100)
    }
    return late
  }

  private func delays(
    _ late: LateTelling, of subjects: [RecordedSubject] = [.placementStart], size: UInt64? = nil
  ) throws -> RecordingDelays {
    try late.withView { view, log in
      try #require(
        try RecordingDelays(
          of: subjects, kinds: PlacementKinds(.svp), from: view, size: size ?? log.size()))
    }
  }

  @Test("is counted from the day of an event to that of its record")
  func byHand() throws {
    let delays = try delays(RecordingDelaysTests.telling())
    let starts = try #require(delays.estimate(of: .placementStart))
    // All are old enough for both delays, so that half are told within 3 days, and all within 10.
    #expect(starts.delays.times == [3, 10] && starts.delays.events == [10, 10])
    #expect(starts.delays.shares == [0.5, 1])
    #expect(starts.count == 20 && starts.matureAge == 10)
    #expect(delays.cut == LateTelling.first + 100)
    #expect(delays.matureDay == LateTelling.first + 90 && delays.untold.isEmpty)
  }

  @Test("ends with the first record of an event that was corrected, also twice")
  func corrected() throws {
    var late = RecordingDelaysTests.telling()
    late.say(20, .enters(LateTelling.date(0)), told: 0)
    let wrong = late.say(20, .job(LateTelling.date(43)), told: 45)
    let again = late.say(20, .job(LateTelling.date(44)), told: 70, about: wrong)
    late.say(20, .job(LateTelling.date(42)), told: 90, about: again)
    let starts = try #require(try delays(late).estimate(of: .placementStart))
    #expect(starts.delays.times == [3, 10] && starts.delays.events == [11, 10])
    // As known before the last correction, which the twenty confirmations follow: of day 44, and told
    // the next day.
    let before = try late.withView { _, log in try log.size() - 21 }
    let then = try #require(try delays(late, size: before).estimate(of: .placementStart))
    #expect(then.delays.times == [1, 3, 10] && then.delays.events == [1, 10, 10])
  }

  @Test("leaves out what was put in as a backlog, other kinds, and dates that are not exact")
  func leftOut() throws {
    var late = RecordingDelaysTests.telling()
    late.say(20, .enters(LateTelling.date(-90)), told: 5)
    late.say(20, .job(LateTelling.date(-80)), told: 5)
    late.say(21, .enters(LateTelling.date(0)), told: 0)
    late.say(
      21,
      JourneyEvent(.employmentStarted, on: .test(LateTelling.date(20)))
        .with(Fields.placementKind, .miniJob), told: 99)
    late.say(22, .enters(LateTelling.date(0)), told: 0)
    late.say(22, .job("2025-02"), told: 99)
    let starts = try #require(try delays(late).estimate(of: .placementStart))
    #expect(starts.delays.times == [3, 10] && starts.count == 20)
  }

  @Test("takes what is told ahead of its day for told at once")
  func ahead() throws {
    var late = RecordingDelaysTests.telling()
    late.say(20, .enters(LateTelling.date(0)), told: 0)
    late.say(20, .job(LateTelling.date(60)), told: 30)
    let starts = try #require(try delays(late).estimate(of: .placementStart))
    #expect(starts.delays.times == [0, 3, 10] && starts.delays.events == [1, 10, 10])
  }

  @Test("is not told by few records, nor by a log that was filled in one go")
  func untold() throws {
    let few = try delays(
      RecordingDelaysTests.telling(without: Set(9..<20)), of: [.placementStart, .exit])
    #expect(few.estimates.isEmpty && few.untold == [.placementStart, .exit])
    #expect(few.matureDay == nil)
    var once = LateTelling()
    for person in 0..<30 {
      once.say(person, .enters(LateTelling.date(0)), told: 100)
      once.say(person, .job(LateTelling.date(person)), told: 100)
    }
    #expect(try delays(once).untold == [.placementStart])
  }

  @Test("of two subjects is as long as the slower one's")
  func slowest() throws {
    var late = RecordingDelaysTests.telling()
    for person in 0..<12 {
      late.say(person, .jobEnded(LateTelling.date(50)), told: 50 + (person < 6 ? 2 : 25))
    }
    let delays = try delays(late, of: [.placementStart, .placementEnd])
    #expect(delays.estimates.map(\.matureAge) == [10, 24])
    #expect(delays.slowest?.subject == .placementEnd)
    #expect(delays.matureDay == LateTelling.first + 76)
  }

  @Test("is that of a sample which nothing told later changes")
  func sample() {
    let sampled = (0..<200).filter { ScannedPeople.sampled.contains(block: $0) }
    #expect(
      sampled == [0, 1, 2, 3, 4, 5, 6, 7, 16, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192])
    #expect((0..<200).allSatisfy { ScannedPeople.all.contains(block: $0) })
  }
}
