import EventLog
import Journey
import Keyring
import ProjectionEngine
import Projections
import TestSupport
import Testing

/// The set of indicators that comes with the program.
func builtInIndicators() throws -> IndicatorSet {
  let shared = try ParameterFile.read(BuiltInFiles.parameters.bytes, file: "parameters.toml")
  let questions = try BuiltInFiles.questions.filter { $0.name.hasPrefix("esf-") }.map {
    try QuestionFile.read($0.bytes, file: $0.name, parameters: shared)
  }
  return try IndicatorFile.read(
    BuiltInFiles.indicators[0].bytes, file: "esf-plus.toml", parameters: shared,
    questions: questions)
}

extension JourneyEvent {
  /// A complete entry profile.
  static func complete(
    _ day: String, _ gender: Gender, _ status: EmploymentStatus, born year: Int = 1990,
    _ isced: Isced? = .level2
  ) -> JourneyEvent {
    told(.entryProfileRecorded, day).with(Fields.gender, gender)
      .with(Fields.employmentStatus, status).with(Fields.birthYear, year)
      .with(Fields.isced, isced).with(Fields.inEducation, .no)
  }
}

extension IndicatorRequest {
  static func test(
    _ from: String = "2024-01-01", _ to: String = "2024-06-30", by names: [String] = []
  ) -> IndicatorRequest {
    IndicatorRequest(
      period: Day.test(from)...Day.test(to), referenceDay: .test(to), groupedBy: names)
  }
}

@Suite("Indicators of a period")
struct IndicatorTests {
  /// Six participations by the end of June 2024.
  ///
  /// 0: a woman, unemployed, of 2023, left on 1 May and in a job from 20 May on. 1: a man, inactive, left on
  /// 20 June, so his window is open. 2: employed, disabled. 3: no level of education is stated. 4: entered in
  /// July. 5: entered twice, into two operations.
  private static let telling: Telling = {
    var telling = Telling()
    telling.say(
      0, JourneyEvent.enteredProgramme("2023-10-01").with(Fields.network, "N1"))
    telling.say(0, .complete("2023-10-01", .female, .unemployed))
    telling.say(0, .left("2024-05-01"))
    telling.say(0, .work("2024-05-20"))
    telling.say(0, .seen("2024-06-30"))
    telling.say(
      1, JourneyEvent.enteredProgramme("2024-02-01").with(Fields.network, "N2"))
    telling.say(1, .complete("2024-02-01", .male, .inactive, born: 2008))
    telling.say(1, .left("2024-06-20"))
    telling.say(
      2, JourneyEvent.enteredProgramme("2024-02-01").with(Fields.network, "N2"))
    telling.say(2, .complete("2024-02-01", .nonBinary, .employed))
    telling.say(
      2,
      JourneyEvent(.healthImpairmentRecorded, on: .test("2024-02-01"))
        .with(Fields.disability, .yes))
    telling.say(
      3,
      JourneyEvent.enteredProgramme("2024-03-01").with(Fields.network, "N1")
        .with(Fields.advisor, "B-1"))
    telling.say(3, .complete("2024-03-01", .female, .unemployed, nil))
    telling.say(4, .enteredProgramme("2024-07-01"))
    telling.say(4, .complete("2024-07-01", .female, .unemployed))
    telling.say(5, .enteredProgramme("2024-01-10", "V-1"))
    telling.say(5, .complete("2024-01-10", .male, .longTermUnemployed))
    telling.say(5, .left("2024-02-10", nil, nil, "V-1"))
    telling.say(5, .enteredProgramme("2024-03-10", "V-2"))
    return telling
  }()

  @Test("counts every participation with a complete record, by gender, in all and in the period")
  func counted() throws {
    let set = try builtInIndicators()
    try withView(of: Self.telling) { view, log in
      let table = try set.table(.test(), from: view, size: try log.size())
      func yes(_ code: String) -> [Int?] {
        GenderColumn.allCases.map { table.figures(code, in: [], $0)?.yes }
      }
      #expect(yes("EECO01") == [5, 1, 3, 1])
      #expect(table.figures("EECO01", in: [])?.inPeriod == 4)
      #expect(yes("EECO02") == [3, 1, 2, 0])
      #expect(yes("EECO03") == [2, 0, 2, 0])
      #expect(yes("EECO02+04") == [4, 1, 3, 0])
      #expect(yes("EECO02+04+05") == yes("EECO01"))
      #expect(yes("EECO06") == [1, 0, 1, 0])
      #expect(yes("EECO12") == [1, 0, 0, 1])
      #expect(table.figures("EECO12", in: [])?.unknown == 4)
      #expect(yes("EECR04") == [1, 1, 0, 0])
      let left = try #require(table.figures("EECR04", in: []))
      #expect(left.notDue == 1 && left.yes + left.no + left.unknown == 2)
      #expect(table.figures("EECR05", in: [])?.notDue == 3)
      // Nobody who left was employed at entry, so nobody is waited for.
      #expect(table.figures("EECR06", in: [])?.notDue == 0)
      #expect(table.figures("EECR06", in: [])?.notAsked == 3)
      #expect(table.closed == ["EECO18": .notStated, "EECO19": .notStated])
      #expect(set.findings(in: table.values(of: set), after: nil) == [])
    }
  }

  @Test("says which records lack what, for whoever can mend them")
  func incomplete() throws {
    let set = try builtInIndicators()
    try withView(of: Self.telling) { view, log in
      let records = try set.incomplete(.test(), from: view, size: try log.size())
      #expect(records.map(\.missing) == [["isced"]])
      #expect(records.map(\.network) == ["N1"] && records.map(\.advisor) == ["B-1"])
      #expect(records.map(\.entry) == [.test("2024-03-01")])
    }
  }

  @Test("breaks down by the region of the network, and counts entities there")
  func regions() throws {
    let set = try builtInIndicators()
    var request = IndicatorRequest.test(by: ["category-of-region", "region"])
    request.places = [
      "N1": NetworkPlace(region: "Nord", category: "TR"),
      "N2": NetworkPlace(region: "Süd", category: "MD"),
    ]
    request.entities = [
      SupportedEntity(indicator: "EECO19", name: "a", since: .test("2024-02-01"), network: "N1"),
      SupportedEntity(indicator: "EECO19", name: "a", since: .test("2023-02-01"), network: "N1"),
      SupportedEntity(indicator: "EECO19", name: "b", since: .test("2024-02-01"), network: "N1"),
      SupportedEntity(indicator: "EECO19", name: "c", since: .test("2024-07-01"), network: "N1"),
    ]
    try withView(of: Self.telling) { view, log in
      let table = try set.table(request, from: view, size: try log.size())
      #expect(table.groups == [["MD", "Süd"], ["TR", "Nord"], [nil, nil]])
      #expect(table.groups.map { table.figures("EECO01", in: $0)?.yes } == [2, 1, 2])
      #expect(table.total("EECO01")?.yes == 5)
      let firms = try #require(table.figures("EECO19", in: ["TR", "Nord"]))
      #expect(firms.yes == 2 && firms.inPeriod == 1)
      #expect(table.figures("EECO18", in: ["TR", "Nord"])?.yes == 0)
    }
  }

  // MARK: Checks

  private func values(_ changes: [String: [Int?]]) throws -> [IndicatorValue] {
    let set = try builtInIndicators()
    var numbers: [String: [Int?]] = [:]
    for indicator in set.indicators { numbers[indicator.code] = [0, 0, 0, 0] }
    numbers["EECO01"] = [9, 4, 4, 1]
    numbers["EECO02"] = [9, 4, 4, 1]
    numbers["EECO09"] = [9, 4, 4, 1]
    for code in ["EECO02+04", "EECO02+05", "EECO02+04+05"] { numbers[code] = [9, 4, 4, 1] }
    numbers.merge(changes) { $1 }
    return set.indicators.map {
      IndicatorValue(indicator: $0.code, group: [], numbers: numbers[$0.code] ?? [])
    }
  }

  @Test("hold where the numbers fit")
  func noFindings() throws {
    let set = try builtInIndicators()
    #expect(set.findings(in: try values([:]), after: try values([:])) == [])
    // What nobody states is in no check.
    #expect(set.findings(in: try values(["EECO12": [nil, nil, nil, nil]]), after: nil) == [])
  }

  @Test(
    "are broken by numbers that do not fit, in the row and column that does not",
    arguments: [
      ("EECO02+04", [8, 4, 3, 1], ["SFC-144", "SFC-144"]),
      ("EECO02+05", [10, 5, 4, 1], ["SFC-145", "SFC-145"]),
      ("EECO02+04+05", [10, 4, 5, 1], ["SFC-146", "SFC-146"]),
      ("EECO06+07", [1, 1, 0, 0], ["SFC-147", "SFC-147"]),
      ("EECO10+11", [1, 1, 0, 0], ["SFC-148ff", "SFC-148ff"]),
      ("EECR01", [1, 1, 0, 0], ["T10", "T10"]),
      ("EECR02", [10, 4, 5, 1], ["T10", "T10"]),
      ("EECR03", [10, 4, 5, 1], ["T10", "T10"]),
      ("EECR04", [10, 4, 5, 1], ["T10", "T10"]),
      ("EECR05", [10, 4, 5, 1], ["T10", "T10"]),
      ("EECR06", [1, 0, 1, 0], ["T10", "T10"]),
      ("EECO03", [10, 4, 5, 1], ["L-longterm", "L-longterm"]),
      ("EECO08", [10, 4, 5, 1], ["L-youth", "L-youth", "L-part", "L-part"]),
      ("EECO09", [8, 4, 3, 1], ["L-education", "L-education"]),
      ("EECO15", [10, 4, 5, 1], ["L-part", "L-part"]),
      ("EECO17", [5, 1, 1, 1], ["L-gender"]),
    ] as [(String, [Int], [String])])
  func findings(indicator: String, numbers: [Int], checks: [String]) throws {
    let set = try builtInIndicators()
    let found = set.findings(in: try values([indicator: numbers.map { $0 }]), after: nil)
    #expect(found.map(\.check) == checks, "\(found)")
    #expect(found.allSatisfy { $0.group == [] })
    #expect(found.contains { $0.column == .total })
  }

  @Test("find what fell since the last transmission, groups that are gone included")
  func fallen() throws {
    let set = try builtInIndicators()
    let before = try values(["EECO13": [5, 2, 3, 0]])
    let now = try values(["EECO13": [5, 3, 2, 0]])
    let found = set.findings(in: now, after: before)
    #expect(found.map(\.check) == ["L-cumulative"] && found.map(\.column) == [.men])
    let gone =
      before
      + before.map {
        IndicatorValue(indicator: $0.indicator, group: ["x"], numbers: $0.numbers)
      }
    let fallen = set.findings(in: now, after: gone).filter { $0.group == ["x"] }
    #expect(Set(fallen.map(\.found)) == [0] && !fallen.isEmpty)
  }
}
