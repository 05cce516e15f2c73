import EventLog
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("An answer about days that are not completely recorded")
struct MaturityTests {
  private func curve(
    _ late: LateTelling, _ text: String, on day: Int = 100,
    _ choose: (inout QuestionDefinition.Choices) -> Void = { _ in }
  ) throws -> TimeToEventAnswer {
    try #require(try late.answer(text, on: day, choose) as? TimeToEventAnswer)
  }

  /// Of the twenty people of the delays by hand, five have no job on record.
  private let late = RecordingDelaysTests.telling(without: [1, 5, 9, 13, 17])

  @Test("says until when they are, and of how many the outcome may still change")
  func immature() throws {
    let answer = try curve(late, LateTelling.firstJob)
    let maturity = try #require(answer.maturity)
    // Whoever has no job on record is waited for up to day 100; the log tells up to day 90.
    #expect(maturity.immature == 5 && maturity.records == .asRecorded)
    #expect(maturity.until == LateTelling.first + 90)
    let json = try JSONValue(parsing: try answer.json())
    #expect(json["maturity"]?["immature"]?.number == 5)
    #expect(json["maturity"]?["until"]?.text == "2025-04-01")
    #expect(json["maturity"]?["delays"]?.list?.first?["days"]?.number == 10)
    #expect(json["parameters"]?["lateRecords"] == nil)
  }

  @Test("says nothing where they are complete")
  func silent() throws {
    // Everybody has a job on record.
    let all = try curve(RecordingDelaysTests.telling(), LateTelling.firstJob)
    #expect(all.maturity == nil)
    #expect(try JSONValue(parsing: try all.json())["maturity"] == nil)
    // Nothing after a complete day counts.
    #expect(try curve(late, LateTelling.firstJob, on: 90).maturity == nil)
    #expect(try curve(late, LateTelling.firstJob, on: 91).maturity?.immature == 5)
  }

  @Test("is restricted to the complete part on demand, and is then the answer of that day")
  func mature() throws {
    let mature = try curve(late, LateTelling.firstJob) { $0.lateRecords = .mature }
    let then = try curve(late, LateTelling.firstJob, on: 90)
    #expect(mature.groups.map(\.curve.counts) == then.groups.map(\.curve.counts))
    #expect(mature.lastDay == LateTelling.first + 90 && mature.maturity?.immature == 0)
    // What was asked is in the answer: the day chosen, and that only the mature part counts.
    let parameters = try #require(try JSONValue(parsing: try mature.json())["parameters"])
    #expect(parameters["on"]?.text == "2025-04-11")
    #expect(parameters["lateRecords"]?.text == "mature")
    let file = try AnswerFile(parsing: try mature.json())
    #expect(file.choices.lateRecords == .mature)
    #expect(file.choices.referenceDay == LateTelling.first + 100)
  }

  @Test("cannot be restricted where the log does not tell how late things are recorded")
  func refused() throws {
    let few = RecordingDelaysTests.telling(without: Set(5..<20))
    for records in [LateRecords.mature, .nowcast] {
      #expect(throws: QuestionDefinition.ChoiceProblem.delaysUnknown([.placementStart])) {
        try curve(few, LateTelling.firstJob) { $0.lateRecords = records }
      }
    }
    #expect(try curve(few, LateTelling.firstJob).maturity == nil)
  }

  @Test("counts, of shares, the units that are looked at on such days")
  func shares() throws {
    var late = RecordingDelaysTests.telling()
    for person in 20..<30 {
      // Looked at on day 85 + 10, told at once.
      late.say(person, .enters(LateTelling.date(0)), told: 0)
      late.say(person, .job(LateTelling.date(85)), told: 85)
      late.say(person, .confirmed(LateTelling.date(100)), told: 100)
    }
    for person in 0..<12 {
      late.say(person, .jobEnded(LateTelling.date(45)), told: 46 + (person < 6 ? 0 : 12))
    }
    let answer = try #require(try late.answer(LateTelling.share, on: 100) as? ShareAnswer)
    let cell = try #require(answer.groups.first?.cells.first)
    #expect(answer.maturity?.until == LateTelling.first + 88)
    #expect(cell.shares.due == 30 && cell.immature == 10 && answer.maturity?.immature == 10)
    let mature = try #require(
      try late.answer(LateTelling.share, on: 100) { $0.lateRecords = .mature } as? ShareAnswer)
    let settled = try #require(mature.groups.first?.cells.first)
    #expect(settled.shares.due == 20 && settled.shares.notDue == 10 && settled.immature == 0)
  }
}
