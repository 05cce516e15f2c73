import Definitions
import EventLog
import Journey
import Statistics
import TestSupport
import Testing

@testable import ProjectionEngine

@Suite("Questions about entry profiles")
struct ShareProfilesTests {
  private func truth(_ text: String) throws -> QuestionExpression {
    try QuestionExpression.read(
      LocatedText(text, file: "test"), expecting: .truth, in: ExpressionEnvironment(clock: .day))
  }

  private func question(
    _ yes: [String], unit: AnalysisUnit, where condition: String? = nil, by groups: [String] = []
  ) throws -> ShareQuestion {
    let rows = try yes.enumerated().map { place, text in
      ShareDefinition.Row(
        code: "row-\(place)", label: LocalizedText(en: "yes", de: "ja"), yes: try truth(text),
        among: place % 3 == 1 ? try truth("gender is known") : nil,
        exclude: place % 3 == 2 ? try truth("residence = GEST") : nil, due: nil)
    }
    return ShareQuestion(
      definition: ShareDefinition(
        unit: unit, index: .entry, condition: try condition.map { try truth($0) },
        kinds: .employed, rows: rows, values: [], groups: [], horizons: [0]),
      clock: .day, horizons: [0], window: nil, groupedBy: groups, referenceDay: .test("2024-08-15"))
  }

  /// What the question gives when everybody is opened, with every step and everything stated.
  private func opened(
    _ question: ShareQuestion, _ view: JourneysView, _ size: UInt64?
  ) throws -> GroupedSums<ShareSums> {
    let (halves, _) = try view.scan(size: size, reading: .details) { catalogue, next in
      var fold = try ShareFold(question, catalogue, recordedDays: nil)
      fold.profiles = nil
      while let block = try next() { try fold.add(block) }
      return fold.result
    }
    return halves.dropFirst().reduce(into: halves[0]) { $0.add($1) }
  }

  private static let about = [
    "gender = f", "age < 30", "age between 18 and 29", "residence-class is known",
    "entry is known", "not (gender = f and age >= 31)", "gender in [m, d] or age > 33",
    "residence in [GEST, DUL_60A]",
  ]

  @Test("are answered profile by profile as person by person", arguments: 1...16)
  func sameAnswers(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let telling = Telling.random(
      people: 40, statements: 260, merges: seed % 2 == 0 ? 6 : 0, using: &random)
    try withView(of: telling) { view, log in
      for unit in [AnalysisUnit.person, .participation] {
        for condition in [nil, "gender is known", "birth-year is known or age > 20"] {
          var question = try question(
            ShareProfilesTests.about, unit: unit, where: condition,
            by: seed % 3 == 0 ? ["gender"] : [])
          question.matureDay = .test("2024-06-01")
          if seed % 4 == 0 { question.window = .test("2024-02-01") ... .test("2024-07-31") }
          #expect(ShareProfiles.fit(question.definition))
          for size in [nil, try log.size() / 2] {
            let fast = try question.ask(view, size: size)
            let slow = try opened(question, view, size)
            #expect(fast.attrition == slow.attrition, "seed \(seed), \(unit), \(size ?? 0)")
            #expect(fast.groups.map(\.values) == slow.ordered().map(\.values))
            #expect(fast.groups.map(\.sums) == slow.ordered().map(\.sum), "seed \(seed), \(unit)")
          }
        }
      }
    }
  }

  @Test(
    "are those that look at nothing else",
    arguments: [
      ("gender = f", true), ("age < 30", true), ("entry is known", true),
      ("working(at entry + 6mo)", false), ("age(at entry + 1y) < 30", false),
      ("exit is known", false), ("gender = f and exit >= entry", false),
    ])
  func recognised(text: String, isProfile: Bool) throws {
    #expect(ProfileMemo.covers(try truth(text)) == isProfile)
  }

  @Test("keep no memo where a question knows too many profiles")
  func tooMany() throws {
    var catalogue = AttributeCatalogue()
    let years = catalogue.add("birth-year")
    for year in 1800..<2300 { _ = catalogue.add("\(year)", to: years) }
    #expect(ProfileMemo([try truth("birth-year > 1990")], catalogue) != nil)
    #expect(ProfileMemo([try truth("age > 30")], catalogue) == nil)
  }
}
