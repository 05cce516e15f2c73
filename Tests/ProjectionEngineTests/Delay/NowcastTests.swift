import EventLog
import Glibc
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A figure corrected for delay")
struct NowcastTests {
  private func curve(
    _ late: LateTelling, on day: Int,
    _ choose: (inout QuestionDefinition.Choices) -> Void
  ) throws -> TimeToEventAnswer {
    try #require(try late.answer(LateTelling.retention, on: day, choose) as? TimeToEventAnswer)
  }

  /// Two waves of people who took up work.
  ///
  /// Ten jobs that began on day 0 ended on day 10, told at once or 40 days later; of eight that began on
  /// day 60 two ended on day 70 and were told at once. All are confirmed on day 100.
  private static let twoWaves: LateTelling = {
    var late = LateTelling()
    for person in 0..<18 {
      let start = person < 10 ? 0 : 60
      late.say(person, .enters(LateTelling.date(0)), told: 0)
      late.say(person, .job(LateTelling.date(start)), told: start)
      // The last day of work: the first without is the next.
      if person < 10 {
        late.say(
          person, .jobEnded(LateTelling.date(9)), told: person < 5 ? 10 : 50)
      } else if person < 12 {
        late.say(person, .jobEnded(LateTelling.date(69)), told: 70)
      }
      late.say(person, .confirmed(LateTelling.date(100)), told: 100)
    }
    return late
  }()

  @Test("counts a recorded event for those not yet recorded as well")
  func byHand() throws {
    let answer = try curve(NowcastTests.twoWaves, on: 100) { $0.lateRecords = .nowcast }
    let nowcast = try #require(answer.groups.first?.nowcast)
    // Of ends so old that both delays can be seen, half are told at once: F(0 … 39) = 5/10. The two ends
    // of day 70, of age 30, count twice each; after 10 days 10 + 4 of 18 are gone.
    #expect(nowcast.closing == LateTelling.first + 100)
    #expect(nowcast.curve.times == [10] && nowcast.curve.events == [14])
    let survival = try #require(nowcast.readings.first?.survival)
    #expect(abs(survival - 4.0 / 18) < 1e-12)
    // As recorded 12 of 18 are gone.
    let plain = try #require(answer.groups.first?.readings.first?.survival)
    #expect(abs(plain - 6.0 / 18) < 1e-12)
    let json = try JSONValue(parsing: try answer.json())
    let group = try #require(json["groups"]?.list?.first)
    #expect(group["nowcast"]?["recorded"]?.number == 12)
    #expect(json["parameters"]?["lateRecords"]?.text == "nowcast")
  }

  @Test("is the curve itself where nothing is missing", arguments: [31, 32, 33])
  func complete(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    var late = LateTelling()
    for person in 0..<60 {
      let start = Int.random(in: 0..<90, using: &random)
      late.say(person, .enters(LateTelling.date(start)), told: start)
      late.say(person, .job(LateTelling.date(start)), told: start)
      let end = start + Int.random(in: 1...80, using: &random)
      if end < 100 { late.say(person, .jobEnded(LateTelling.date(end)), told: end + 1) }
      let seen = Int.random(in: 60...100, using: &random)
      late.say(person, .confirmed(LateTelling.date(max(start, seen))), told: 101)
    }
    let answer = try curve(late, on: 101) {
      $0.lateRecords = .nowcast
      $0.horizons = [0, 5, 10, 20, 40, 60, 80]
    }
    let group = try #require(answer.groups.first)
    let corrected = try #require(group.nowcast).readings
    for (plain, nowcast) in zip(group.readings, corrected) where !plain.isExtrapolated {
      let (left, right) = (plain.survival ?? .nan, nowcast.survival ?? .nan)
      #expect(abs(left - right) < 1e-9, "seed \(seed), time \(plain.time)")
    }
  }

  @Test("is refused by name where it is not defined")
  func refused() throws {
    #expect(
      throws: QuestionDefinition.ChoiceProblem.noNowcast(CurveNowcast.Refusal.rule(.c))
    ) {
      try curve(NowcastTests.twoWaves, on: 100) {
        $0.lateRecords = .nowcast
        $0.rule = .c
      }
    }
    // The starts on record are all that confirms anybody: who has none is not observed on those days.
    var late = LateTelling()
    for person in 0..<40 {
      late.say(person, .enters(LateTelling.date(0)), told: 0)
      let start = 85 + person
      let told = start + (person.isMultiple(of: 2) ? 0 : 30)
      if told <= 130 { late.say(person, .job(LateTelling.date(start)), told: told) }
    }
    late.say(40, .enters(LateTelling.date(0)), told: 0)
    late.say(40, .confirmed(LateTelling.date(130)), told: 130)
    #expect(
      throws: QuestionDefinition.ChoiceProblem.noNowcast(CurveNowcast.Refusal.notSeenAfterwards)
    ) {
      try late.answer(LateTelling.firstJob, on: 130) { $0.lateRecords = .nowcast }
    }
  }

  @Test("of shares takes the immature part as earlier units ripened")
  func ripened() throws {
    var late = LateTelling()
    // Every five days four people start and are looked at ten days later. One of them ended work on day
    // 5 and is told then; another did, too, and is told 20 days after it.
    var person = 0
    for start in stride(from: 0, through: 150, by: 5) {
      for place in 0..<4 {
        late.say(person, .enters(LateTelling.date(start)), told: start)
        late.say(person, .job(LateTelling.date(start)), told: start)
        if place < 2 {
          let told = start + 5 + (place == 0 ? 0 : 20)
          if told <= 160 { late.say(person, .jobEnded(LateTelling.date(start + 4)), told: told) }
        }
        let seen = start + 10
        if seen <= 160 { late.say(person, .confirmed(LateTelling.date(seen)), told: seen) }
        person += 1
      }
    }
    let answer = try #require(
      try late.answer(LateTelling.share, on: 160) { $0.lateRecords = .nowcast } as? ShareAnswer)
    let cell = try #require(answer.groups.first?.cells.first)
    // In truth two of four are in work on the tenth day; of the last four times four, three waves have
    // an end that is not told yet.
    #expect(cell.immature == 16 && cell.shares.yes == 2 * 31 + 3)
    let nowcast = try #require(cell.nowcast?.all)
    #expect(cell.nowcast?.earlier == 16)
    #expect(abs(nowcast.estimate - 0.5) < 1e-12)
  }
}

@Suite("Simulated programmes with late records, asked through a store")
struct LateProgrammeTests {
  private static let days = 450
  private static let mean = 300.0

  /// People whose jobs last 300 days on average.
  ///
  /// Two of five ends are told after 14 days on average, the
  /// others after 90, none after 180; everybody is confirmed on the last day.
  private static func programme(people: Int, seed: UInt64) -> LateTelling {
    var random = SeededGenerator(seed: seed)
    func waiting(_ mean: Double) -> Int {
      Int(-mean * log(1 - Double.random(in: 0..<1, using: &random)))
    }
    var late = LateTelling()
    for person in 0..<people {
      let start = Int.random(in: 0..<days, using: &random)
      late.say(person, .enters(LateTelling.date(start)), told: start)
      late.say(person, .job(LateTelling.date(start)), told: start)
      let end = start + 1 + waiting(mean)
      var delay = 181
      while delay > 180 { delay = waiting(random.chance(40) ? 14 : 90) }
      // The end is the first day without; the last day of work is the one before.
      if end + delay < days {
        late.say(person, .jobEnded(LateTelling.date(end - 1)), told: end + delay)
      }
      late.say(person, .confirmed(LateTelling.date(days - 1)), told: days - 1)
    }
    return late
  }

  @Test("overstate retention as recorded, and do not when mature or corrected")
  func bias() throws {
    let truth = exp(-182 / LateProgrammeTests.mean)
    var sums: [LateRecords: Double] = [:]
    let seeds: [UInt64] = [501, 502, 503]
    for seed in seeds {
      let late = LateProgrammeTests.programme(people: 1500, seed: seed)
      try late.withView { view, log in
        for records in LateRecords.allCases {
          let answer = try LateTelling.answer(
            LateTelling.retention, from: view, log, on: LateProgrammeTests.days - 1
          ) { $0.lateRecords = records }
          let group = try #require((answer as? TimeToEventAnswer)?.groups.first)
          let figure =
            records == .nowcast ? group.nowcast?.readings[1].survival : group.readings[1].survival
          sums[records, default: 0] += try #require(figure) / Double(seeds.count)
        }
      }
    }
    let off = sums.mapValues { $0 - truth }
    // Standard errors of the three together are about 0.01.
    #expect(off[.asRecorded, default: 0] > 0.025, "\(off)")
    #expect(abs(off[.mature, default: 1]) < 0.03, "\(off)")
    #expect(abs(off[.nowcast, default: 1]) < 0.03, "\(off)")
  }
}
