import EventLog
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("Bounds of a curve")
struct CurveBoundsTests {
  /// Six start on day 0: one leaves work on day 20, one is last heard of on day 10 and one on day 30, one
  /// dies on day 15; two are observed to the end, day 200.
  private static let six: LateTelling = {
    var late = LateTelling()
    for person in 0..<6 {
      late.say(person, .enters(LateTelling.date(0)), told: 0)
      late.say(person, .job(LateTelling.date(0)), told: 0)
    }
    late.say(0, .jobEnded(LateTelling.date(19)), told: 200)
    late.say(1, .confirmed(LateTelling.date(10)), told: 200)
    late.say(2, .confirmed(LateTelling.date(30)), told: 200)
    late.say(3, JourneyEvent(.participantDeceased, on: .test(LateTelling.date(15))), told: 200)
    for person in [0, 4, 5] { late.say(person, .confirmed(LateTelling.date(200)), told: 200) }
    return late
  }()

  private func group(
    _ late: LateTelling, _ text: String,
    _ choose: (inout QuestionDefinition.Choices) -> Void = { _ in }
  ) throws -> TimeToEventAnswer.Group {
    let answer = try late.answer(text, on: 200) {
      $0.bounds = true
      choose(&$0)
    }
    return try #require((answer as? TimeToEventAnswer)?.groups.first)
  }

  @Test("lie where the lost had the event at once, and where they never had it")
  func byHand() throws {
    let group = try group(CurveBoundsTests.six, LateTelling.retention)
    let bounds = try #require(group.bounds)
    // The two who were last heard of more than 90 days before day 200 are lost; who died is not, nor who left work.
    #expect(bounds.lost == 2 && bounds.plannedEnd == LateTelling.first + 200)
    let reading = try #require(bounds.curves.first?.readings.first)
    #expect(reading.time == 40)
    // Lost on day 10: 5/6. One dies on day 15. On day 20 one of four has the event: 5/6 · 3/4. Lost on day
    // 30: 2/3 of that. At best only the event counts, among five: the first lost one never has it, so that
    // with the incidence of the event 5/6 · 1/4 it is 1 − 5/24.
    let (low, high) = (reading.bounds?.lower ?? .nan, reading.bounds?.upper ?? .nan)
    #expect(abs(low - 5.0 / 6 * 3 / 4 * 2 / 3) < 1e-12)
    #expect(abs(high - (1 - 5.0 / 24)) < 1e-12)
    let plain = try #require(group.readings.first?.survival)
    #expect(abs(plain - 3.0 / 4) < 1e-12 && low < plain && plain < high)
    #expect(bounds.curves[0].steps.count == group.curve.count)
  }

  @Test("are the curve where nobody was lost")
  func nobodyLost() throws {
    var late = CurveBoundsTests.six
    for person in [1, 2] { late.say(person, .confirmed(LateTelling.date(200)), told: 200) }
    let group = try group(late, LateTelling.retention)
    let bounds = try #require(group.bounds)
    #expect(bounds.lost == 0)
    for (reading, plain) in zip(bounds.curves[0].readings, group.readings) {
      #expect(abs((reading.bounds?.lower ?? .nan) - (plain.survival ?? .nan)) < 1e-12)
      #expect(abs((reading.bounds?.upper ?? .nan) - (plain.survival ?? .nan)) < 1e-12)
    }
  }

  @Test("take nobody for lost who was confirmed within the last ninety days")
  func silence() throws {
    for (day, lost) in [(109, 2), (110, 1), (199, 1)] {
      var late = CurveBoundsTests.six
      late.say(1, .confirmed(LateTelling.date(day)), told: 200)
      #expect(try group(late, LateTelling.retention).bounds?.lost == lost, "\(day)")
      // On the clock of months as well, which says nothing of who is lost.
      let months = try group(late, LateTelling.retention) {
        $0.clock = .month
        $0.gap = nil
      }
      #expect(months.bounds?.lost == lost, "\(day)")
    }
  }

  @Test("hold those, too, of whom nothing is known once the gap is allowed for")
  func lostAtOnce() throws {
    var late = CurveBoundsTests.six
    late.say(6, .enters(LateTelling.date(0)), told: 200)
    late.say(6, .job(LateTelling.date(0)), told: 200)
    let plain = try group(late, LateTelling.retention)
    // The last one is in no curve, for nothing of the first day's end is known, but was lost all the same.
    #expect(plain.curve.counts.subjects == 6 && plain.bounds?.lost == 3)
  }

  @Test("are, where events compete, those of each event, and stand in file and table of figures")
  func competing() throws {
    let text = LateTelling.firstJob
      .replacing("kinds = [\"SVP\"]", with: "kinds = [\"SVP\"]\ncompeting = [\"dropout\"]")
      .replacing(
        "survival = []", with: "survival = []\nincidence = { first-placement = [], dropout = [] }")
    var late = LateTelling()
    for person in 0..<4 { late.say(person, .enters(LateTelling.date(0)), told: 0) }
    late.say(0, .job(LateTelling.date(10)), told: 200)
    late.say(1, .confirmed(LateTelling.date(20)), told: 200)
    for person in [0, 2, 3] { late.say(person, .confirmed(LateTelling.date(200)), told: 200) }
    let answer = try #require(
      try late.answer(text, on: 200) { $0.bounds = true } as? TimeToEventAnswer)
    let curves = try #require(answer.groups.first?.bounds?.curves)
    #expect(curves.map(\.cause) == ["first-placement", "dropout"])
    // One of four has a job after 30 days; the lost one may have had one, or have dropped out.
    for (curve, expected) in zip(curves, [(0.25, 0.5), (0, 0.25)]) {
      let bounds = try #require(curve.readings[0].bounds)
      #expect(abs(bounds.lower - expected.0) < 1e-12 && abs(bounds.upper - expected.1) < 1e-12)
    }
    #expect(answer.columnNames.suffix(2) == ["bound_lower", "bound_upper"])
    let widths = Set(try answer.rows().map(\.count))
    #expect(widths == [answer.columnNames.count])
    let json = try JSONValue(parsing: try answer.json())
    let bounds = try #require(json["groups"]?.list?.first?["bounds"])
    #expect(bounds["lost"]?.number == 1 && bounds["plannedEnd"]?.text == "2025-07-20")
    let file = try AnswerFile(parsing: try answer.json())
    #expect(file.choices.bounds)
  }
}
