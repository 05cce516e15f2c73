import Definitions
import Journey
import Testing

@testable import ProjectionEngine

/// A made-up person on whom expressions are evaluated.
struct ExpressionPerson {
  let block: EffectiveBlock
  let catalogue: AttributeCatalogue
  let referenceDay: Day

  init(_ statements: [String], on reference: String) throws {
    let events = try statements.map { try ExampleStatement.event($0) }
    referenceDay = try CivilDate.parse(reference).lastDay
    let example = QuestionExample(
      people: [.init(id: "a", events: events)], referenceDay: referenceDay,
      expected: .curve(
        .init(counted: 0, tooLate: 0, times: [], atRisk: [], survival: [], incidence: [])))
    (block, catalogue) = example.block()
  }

  /// A context at the first index day of an event.
  func context(_ event: IndexEvent, horizon: Int32 = 0, day: String? = nil) throws
    -> ExpressionContext
  {
    var context = ExpressionContext()
    context.load(block, person: 0, referenceDay: referenceDay)
    var days: [IndexDay] = []
    IndexEvents(event, kinds: .employed).find(in: context.history, into: &days)
    context.index = try #require(days.first)
    context.horizon = horizon
    context.day = try day.map { try CivilDate.parse($0).day }
    return context
  }

  func truth(_ text: String, _ context: ExpressionContext, clock: ClockUnit = .day) throws
    -> Truth
  {
    try bound(text, .truth, clock).truth(in: context)
  }

  func bound(_ text: String, _ type: ExpressionType, _ clock: ClockUnit = .day) throws
    -> BoundExpression
  {
    var environment = ExpressionReading.environment
    environment.clock = clock
    return try ExpressionReading.read(text, type, environment).bound(to: catalogue)
  }
}

@Suite("The value of an expression")
struct ExpressionValueTests {
  /// Works from March 2024 with two weeks off in September; left the programme at the end of June.
  private static let statements = [
    "2024-01-10 ParticipationEntered operation=V-1",
    "2024-01-10 EntryProfileRecorded gender=f birth-year=2000 employment-status=UNE isced=2 "
      + "in-education=no residence=DUL_60A",
    "2024-01-10 AttributesRecorded attribute=grammar=yes",
    "2024-02-01 BenefitReceiptChanged benefit=SGB2",
    "2024-03-01 EmploymentStarted kind=SVP spell=1 employer=X hours-per-week=20 "
      + "gross-monthly=1500 fixed-term-until=2024-08-31 occupation=62101",
    "2024-08-31 EmploymentEnded kind=SVP spell=1",
    "2024-09-15 EmploymentStarted kind=SVP spell=2 employer=Y hours-per-week=39 "
      + "gross-monthly=2600 permanent=yes occupation=62102",
    "2024-05-01 ResidenceStatusChanged residence=DUL_60C",
    "2024-06-01 BenefitReceiptChanged benefit=NONE",
    "2024-06-30 ParticipationExited exit-reason=GOAL_WORK exit-type=regular",
    "2024-04-10 AftercareContact with=EMPLOYER",
    "2024-05-20 QualificationGained certificate=yes",
    "2024-07-15 FollowUpAttempted kind=6m result=NOT_REACHED",
    "2025-12-31 StatusConfirmed",
  ]

  private func person() throws -> ExpressionPerson {
    try ExpressionPerson(Self.statements, on: "2026-06-30")
  }

  @Test(
    "of a statement is what a person would say who reads the journey",
    arguments: [
      ("working(at index)", Truth.yes), ("working(at index - 1d)", .no),
      ("working(at index + 12mo)", .yes), ("working(at 2024-09-10)", .no),
      ("working(at index, as MINIJOB)", .no),
      ("working(during 2024-09-01 until 2024-09-15)", .no),
      ("working(during 2024-09-01 through 2024-09-15)", .yes),
      ("working-throughout(during index until index + 12mo)", .no),
      ("working-throughout(during index until index + 12mo, gap 13d)", .no),
      ("working-throughout(during index until index + 12mo, gap 14d)", .yes),
      ("days-worked(during index until index + 12mo) = 351d", .yes),
      (
        "days-worked(during index until index + 12mo) / days(during index until index + 12mo) > 0.96",
        .yes
      ),
      ("same-employer(at index, at index + 3mo)", .yes),
      ("same-employer(at index, at 2024-09-10)", .no),
      ("same-employer(at index, at index + 12mo)", .no),
      ("same-employer(during quarter(1, after exit), during quarter(2, after exit))", .yes),
      ("worked-for(26w, from index)", .yes), ("worked-for(12mo, from index)", .no),
      ("worked-for(12mo, from index, gap 13d)", .no),
      ("worked-for(12mo, from index, gap 14d)", .yes),
      ("working-on-reference-days(count 6, after index)", .yes),
      ("reference-day(6, after index) = 2024-09-15", .yes),
      ("placed(during entry through cut, as SVP)", .yes),
      ("placed(during entry until index, as SVP)", .no),
      ("weekly-hours(at index) = 20", .yes), ("monthly-pay(at index + 12mo) = 2600", .yes),
      ("weekly-hours(at index) < full-time-hours", .yes),
      ("pay(during quarter(2, after exit)) = 7800", .yes),
      ("pay(during index until index + 12mo) >= 16 * 26 * minimum-wage(at index)", .yes),
      ("permanent(at index)", .no), ("permanent(at index + 12mo)", .yes),
      ("skill(at index) = 1 and skill(at index + 12mo) = 2", .yes),
      ("improved(from index, to index + 12mo)", .yes),
      ("employed(during exit through exit + exit-window)", .yes),
      ("employed(at exit + six-months)", .yes),
      ("labour-status(at index) = EMP", .yes),
      ("receives(SGB2, at index)", .yes), ("receives(SGB2, at index + 3mo)", .no),
      ("residence(at index) = DUL_60A", .yes), ("residence(at 2025-06-01) = DUL_60C", .yes),
      ("residence-class(at exit) = DUL and residence-class = DUL", .yes),
      ("residence(at exit) != residence(at entry)", .yes),
      ("aftercare(during index until index + 60d)", .yes),
      ("aftercare(during index until index + 60d, with SCHOOL)", .no),
      ("qualified(during entry through exit + exit-window)", .yes),
      ("qualified(during index until index + 1mo)", .no),
      ("follow-up-attempted(6m) and not follow-up-reached(6m)", .yes),
      ("follow-up-planned(6m)", .no),
      ("died(during entry through exit)", .no),
      ("participating(at index)", .yes), ("participating(at exit)", .yes),
      ("participating(at exit + 1d)", .no),
      ("dropout", .no), ("exit-reason = GOAL_WORK and exit-type = regular", .yes),
      ("exit-reason in [HEALTH, PRISON]", .no), ("exit is known", .yes),
      ("placement-kind = SVP", .yes), ("exit > index and entry < index", .yes),
      ("index between 2024-03-01 and 2024-03-01", .yes),
      ("gender = f and not (gender = m)", .yes), ("gender in [m, d]", .no),
      ("employment-status in [UNE, UNE_LT] and isced <= 2", .yes), ("isced > 2", .no),
      ("isced between 0 and 2", .yes), ("not in-education", .yes),
      ("attribute(\"grammar\") = \"yes\"", .yes), ("attribute(\"grammar\") != \"yes\"", .no),
      ("attribute(\"grammar\") in [\"no\", \"x\"]", .no),
      ("birth-year = 2000", .yes), ("exit - index = 121d", .yes),
      ("(exit - index) / 1d > 120", .yes), ("-(exit - index) < 0d", .yes),
    ])
  func statements(text: String, expected: Truth) throws {
    let person = try person()
    #expect(try person.truth(text, try person.context(.firstPlacement)) == expected)
  }

  @Test(
    "is unknown where nobody knows, and known where the rest settles it",
    arguments: [
      // Confirmed to the end of 2025, asked in the middle of 2026.
      ("working(at 2026-02-01)", Truth.unknown),
      ("working(at 2026-02-01) or gender = f", .yes),
      ("working(at 2026-02-01) and gender = m", .no), ("not working(at 2026-02-01)", .unknown),
      ("working(at 2026-02-01) is known", .no), ("residence(at cut) is known", .no),
      ("working(during 2025-12-01 through 2026-02-01)", .yes),
      ("working-throughout(during 2025-12-01 through 2026-02-01)", .unknown),
      ("worked-for(1y, from 2025-06-01)", .unknown),
      ("days-worked(during 2025-12-01 through 2026-02-01) > 30d", .yes),
      ("days-worked(during 2025-12-01 through 2026-02-01) > 40d", .unknown),
      ("days-worked(during 2025-12-01 through 2026-02-01) > 63d", .no),
      // Only the year of birth is kept: 23 or 24 at entry.
      ("age between 18 and 29", .yes), ("age >= 24", .unknown), ("age is known", .no),
      ("birth-year is known", .yes),
      // Not stated.
      ("german = B1", .unknown), ("german is known", .no), ("third-country", .unknown),
      ("third-country is not known", .yes), ("improvement-stated", .unknown),
      ("in-sample", .unknown), ("minimum-wage(at 2010-01-01) > 1", .unknown),
      // Divided by nothing.
      ("days(during index until index) / days(during index until index) > 0", .unknown),
    ])
  func unknown(text: String, expected: Truth) throws {
    let person = try person()
    #expect(try person.truth(text, try person.context(.firstPlacement)) == expected)
  }

  @Test("follows the horizon and the day looked at")
  func moving() throws {
    let person = try person()
    let atHorizon = try person.bound("working(at index + h)", .truth, .month)
    let expected: [Int32: Truth] = [0: .yes, 5: .yes, 6: .no, 7: .yes, 21: .yes, 22: .unknown]
    for (horizon, truth) in expected {
      let context = try person.context(.firstPlacement, horizon: horizon)
      #expect(atHorizon.truth(in: context) == truth, "\(horizon)")
    }
    let state = try person.bound("residence(at t) = DUL_60C and working(at t)", .truth)
    for (day, truth) in [("2024-04-30", Truth.no), ("2024-05-01", .yes), ("2024-09-01", .no)] {
      #expect(
        state.truth(in: try person.context(.entry, day: day)) == truth, "\(day)")
    }
  }

  @Test("of a number and of a day is a value, or nothing where it is unknown")
  func values() throws {
    let person = try person()
    var context = try person.context(.firstPlacement)
    #expect(
      try person.bound("pay(during month(1, after index))", .number).number(in: context) == 1500)
    let age = try person.bound("age", .number)
    #expect(age.number(in: context) == nil)
    #expect(age.bounds(in: context) == 23...24)
    #expect(
      try person.bound("exit + 1d + 6mo", .moment).moment(in: context)
        == Day(year: 2025, month: 1, day: 1))
    let lag = try person.bound("lag", .number)
    #expect(lag.number(in: context) == nil)
    context.lag = 12
    #expect(lag.number(in: context) == 12)
  }

  @Test(
    "is due when the last day it looks at is over",
    arguments: [
      ("working(at index + 12mo)", "2025-03-01"),
      ("pay(during index until index + 12mo) > 0", "2025-02-28"),
      ("working(at index + 1mo) or working(during index through index + 3mo)", "2024-06-01"),
      ("worked-for(26w, from index, gap 28d)", "2024-09-26"),
      ("working-on-reference-days(count 6, after index)", "2024-09-15"),
      ("gender = f", "2024-03-01"), ("employed(at exit + six-months)", "2024-12-30"),
      ("working(during quarter(2, after exit))", "2024-12-31"),
    ])
  func due(text: String, day: String) throws {
    let person = try person()
    let last = try person.bound(text, .truth).lastDay(in: try person.context(.firstPlacement))
    #expect(last?.description == day)
  }

  @Test("of who is still there depends on an exit that is not known")
  func still() throws {
    let person = try ExpressionPerson(
      [
        "2024-01-10 ParticipationEntered", "2024-03-01 EmploymentStarted kind=SVP",
        "2025-12-31 StatusConfirmed",
      ], on: "2025-12-31")
    let context = try person.context(.entry)
    #expect(try person.truth("exit is known", context) == .no)
    #expect(try person.truth("employed(at exit + six-months)", context) == .unknown)
    #expect(try person.truth("exit-reason = HEALTH", context) == .unknown)
    #expect(try person.truth("dropout", context) == .no)
    #expect(try person.truth("participating(at cut)", context) == .yes)
    #expect(try person.bound("employed(at exit + 6mo)", .truth).lastDay(in: context) == nil)
  }

  @Test("where a month is all that is known must be the same on every day of it")
  func imprecise() throws {
    let person = try ExpressionPerson(
      [
        "2024-01-10 ParticipationEntered", "2024-03 EmploymentStarted kind=SVP spell=1",
        "2025-03-15 EmploymentEnded kind=SVP spell=1", "2025-12-31 StatusConfirmed",
      ], on: "2025-12-31")
    let context = try person.context(.firstPlacement)
    #expect(context.index.precision == .month)
    // 1 to 31 March 2025: the job ends on the 15th.
    #expect(try person.truth("working(at index + 12mo)", context) == .unknown)
    #expect(try person.truth("working(at index + 11mo)", context) == .yes)
    #expect(try person.truth("working(at index + 13mo)", context) == .no)
    #expect(try person.truth("index < 2024-03-15", context) == .unknown)
    #expect(try person.truth("index < 2024-04-01", context) == .yes)
    #expect(try person.bound("index - entry", .number).bounds(in: context) == 51...81)
    // On a clock of months the first day stands for the month.
    #expect(try person.truth("working(at index + 12mo)", context, clock: .month) == .yes)
    #expect(try person.truth("index < 2024-03-15", context, clock: .month) == .yes)
  }

  @Test("speaks of the participation that the index event belongs to")
  func participations() throws {
    let person = try ExpressionPerson(
      [
        "2022-01-10 ParticipationEntered operation=V-1",
        "2022-05-31 ParticipationExited operation=V-1 exit-type=early exit-reason=HEALTH",
        "2024-01-10 ParticipationEntered operation=V-2",
        "2024-03-01 EmploymentStarted kind=SVP",
        "2024-08-31 ParticipationExited operation=V-2 exit-type=regular exit-reason=GOAL_WORK",
        "2025-12-31 StatusConfirmed",
      ], on: "2025-12-31")
    let entry = try person.context(.entry)
    #expect(try person.truth("exit = 2022-05-31 and dropout", entry) == .yes)
    let placement = try person.context(.firstPlacement)
    #expect(try person.truth("exit = 2024-08-31 and not dropout", placement) == .yes)
    #expect(try person.truth("entry = 2024-01-10", placement) == .yes)
  }

  @Test("cannot speak of an attribute that nobody has, only of fields that nobody stated")
  func unknownAttributes() throws {
    let person = try person()
    #expect(
      throws: QuestionError.unknownAttribute(
        "grammr", known: person.catalogue.columns.map(\.name).sorted())
    ) { try person.bound("attribute(\"grammr\") = \"yes\"", .truth) }
    #expect(throws: Never.self) { try person.bound("rural", .truth) }
  }

  @Test("survives the largest numbers that can be written")
  func extremes() throws {
    let person = try person()
    let context = try person.context(.firstPlacement)
    for text in [
      "index + 36500y * 1000000000 > index", "index - 36500y * 1000000000 < index",
      "working(at index + 36500y)", "working(during index - 36500y until index + 36500y)",
      "days-worked(during index - 36500y until index + 36500y) > 1d",
      "pay(during index until index + 36500mo) > 1", "worked-for(36500mo, from index, gap 3660d)",
      "worked-for(36500y * 100000, from index)", "1 / 0 > 1",
      "quarter(600, after index + 36500y) "
        + "is known",
      "working(during quarter(600, after index + 36500y))",
      "working(at reference-day(600, after index - 36500y))", "age(at index + 36500y) > 1",
      "\(String(repeating: "9", count: 300)) * \(String(repeating: "9", count: 300)) > 1",
    ] {
      guard let bound = try? person.bound(text, .truth) else { continue }
      _ = bound.truth(in: context)
      _ = bound.lastDay(in: context)
    }
  }
}
