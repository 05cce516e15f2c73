import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("A comparison of curves")
struct CurveComparisonTests {
  /// People of a group: how long each was followed, in months, and how that ended (0 for not at all).
  private typealias People = [(length: Double, cause: Int)]

  private func answer(
    _ groups: [People], competing: Bool = false
  ) throws -> (answer: TimeToEventAnswer, json: String) {
    var telling = Telling()
    telling.say(0, .enters("2024-01"))
    return try withView(of: telling) { _, log in
      var text = QuestionFileTests.valid
      if competing {
        text = text.replacing("index = \"first-placement\"", with: "index = \"entry\"")
          .replacing(
            "outcome = \"interruption\"",
            with: "outcome = \"first-placement\"\ncompeting = [\"death\"]"
          ).replacing(
            "survival = [",
            with: "incidence = { first-placement = [0, 0], death = [0, 0] }\nsurvival = ["
          ).replacing("gap = \"1mo\"\nrule = \"B\"\n", with: "")
      }
      let definition = try QuestionFile.read(Array(text.utf8), file: "made-up.toml")
      var choices = QuestionDefinition.Choices(referenceDay: CivilDate.test("2024-12-31").day)
      choices.groupedBy = ["x"]
      let causes = competing ? 2 : 1
      let result = TimeToEventResult(
        groups: try groups.enumerated().map { number, people in
          let times = Set(people.map(\.length)).sorted()
          func count(_ cause: Int) -> [Int] {
            times.map { time in people.count { $0.length == time && $0.cause == cause } }
          }
          let causes = (1...causes).map(count)
          let counts = try TimeCounts(
            times: times, events: times.indices.map { time in causes.reduce(0) { $0 + $1[time] } },
            censored: count(0))
          return .init(values: ["\(number)"], counts: counts, causes: causes)
        }, attrition: Attrition(), knowledge: Knowledge(size: 0, isCurrent: true))
      let answer = try TimeToEventAnswer(
        result, to: try definition.timeToEvent(choices), of: definition, horizons: [3, 12],
        certificate: AnswerCertificate(log, size: 0, isSimulated: false, program: "0.0.0"))
      return (answer, String(decoding: try answer.json(), as: UTF8.self))
    }
  }

  /// A hundred people, of whom every fifth loses the job in the sixth month.
  private let many: People = (0..<100).map { $0 % 5 == 0 ? (6, 1) : (24, 0) }

  @Test("calls a group of two people to whom nothing happened no finding")
  func two() throws {
    let comparison = try #require(try answer([many, [(24, 0), (24, 0)]]).answer.comparison)
    #expect(comparison.differences.isEmpty && comparison.adjusted.count == 0)
    // One comparison of two groups, at two times.
    #expect(comparison.tooFew == 2)
    // Nor is a group of two tested.
    #expect(comparison.tests.isEmpty && comparison.untested == 1)
  }

  @Test("counts who is at risk at the time, not who began")
  func atRisk() throws {
    // Nobody of the second group is followed beyond the fifth month.
    let left: People = (0..<40).map { _ in (5, 0) }
    let comparison = try #require(try answer([many, left]).answer.comparison)
    #expect(comparison.differences.map(\.time) == [3] && comparison.tooFew == 1)
  }

  @Test("has limits from those of both curves, and Wilson's where nothing happened yet")
  func limits() throws {
    let still: People = (0..<20).map { _ in (24, 0) }
    let (answer, json) = try answer([many, still])
    let comparison = try #require(answer.comparison)
    #expect(comparison.differences.count == 2 && comparison.tooFew == 0)
    // At 12 months: 80 % of the many, all of the twenty; nobody was censored before.
    let last = try #require(comparison.differences.last)
    let expected = try CurveDifference(
      .init(share: 0.8, standardError: 0.04, known: 100),
      .init(share: 1, standardError: 0, known: 20))
    #expect(last.group == 0 && last.time == 12 && abs(last.contrast.estimate + 0.2) < 1e-12)
    #expect(abs(last.contrast.limits.upper - (expected?.limits.upper ?? 9)) < 1e-12)
    #expect(abs(last.contrast.pValue - (expected?.pValue ?? 9)) < 1e-9)
    // Nearer to 0 than the many's own limits alone would make it.
    #expect(last.contrast.limits.upper > -0.2 + (1 - 20 / (20 + 3.8415)))
    // At 3 months nobody has lost anything: no difference, and limits all the same.
    let first = try #require(comparison.differences.first)
    #expect(first.contrast.estimate == 0 && first.contrast.limits.lower < -0.03)
    #expect(first.contrast.pValue == 1)
    for key in ["\"contrast\" : {", "\"pAdjusted\"", "\"comparisons\" : 2"] {
      #expect(json.contains(key), "\(key)")
    }
  }

  @Test("of three groups is of each with the others, of two one comparison")
  func counts() throws {
    let three = try #require(try answer([many, many, many]).answer.comparison)
    #expect(three.differences.map(\.group) == [0, 0, 1, 1, 2, 2] && three.adjusted.count == 6)
    let two = try #require(try answer([many, many]).answer.comparison)
    #expect(two.differences.map(\.group) == [0, 0] && two.adjusted.count == 2)
  }

  @Test("of competing events gives a group that had none yet its limits as well")
  func competing() throws {
    let placed: People = (0..<100).map { $0 % 4 == 0 ? (6, 1) : $0 % 50 == 1 ? (8, 2) : (24, 0) }
    let none: People = (0..<15).map { _ in (24, 0) }
    let comparison = try #require(try answer([placed, none], competing: true).answer.comparison)
    // Two causes, two times: nobody at all died by the third month either.
    #expect(comparison.differences.count == 4 && comparison.tooFew == 0)
    let last = try #require(comparison.differences.last { $0.cause == "first-placement" })
    #expect(abs(last.contrast.estimate - 0.25) < 1e-12 && last.time == 12)
    // 0 of 15: up to 20 % by Wilson.
    #expect(last.contrast.limits.lower < 0.1 && last.contrast.limits.lower > 0)
    #expect(last.contrast.pValue > 0.001 && last.contrast.pValue < 0.05)
  }
}
