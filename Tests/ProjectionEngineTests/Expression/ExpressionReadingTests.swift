import Definitions
import Journey
import Testing

@testable import ProjectionEngine

/// Reads expressions for tests, in an environment where every name stands.
enum ExpressionReading {
  static let parameters = ParameterSet([
    parameter("exit-window", .length(TimeLength(28, .day))),
    parameter("six-months", .length(TimeLength(6, .month))),
    parameter("k2e3-months", .number(6)),
    parameter("sustained-share", .number(0.8)),
    parameter("full-time-hours", .number(35)),
    parameter(
      "minimum-wage",
      .table([
        .init(from: Day(number: 19_723), value: 12.41),
        .init(from: Day(number: 20_089), value: 12.82),
      ])),
  ])

  static func parameter(_ name: String, _ value: Parameter.Value) -> Parameter {
    Parameter(
      name: name, value: value, unit: "", meaning: LocalizedText(verbatim: name), source: "made up")
  }

  static let environment = ExpressionEnvironment(
    clock: .month, adding: [.horizon, .day, .lag], kinds: .employed, parameters: parameters)

  static func read(
    _ text: String, _ type: ExpressionType = .truth,
    _ environment: ExpressionEnvironment = environment
  ) throws(DefinitionError) -> QuestionExpression {
    try QuestionExpression.read(
      LocatedText(text, file: "test.toml"), expecting: type, in: environment)
  }

  /// The messages about a wrong expression, in English, with line and column.
  static func mistakes(_ text: String, _ type: ExpressionType = .truth) -> [String] {
    do throws(DefinitionError) {
      _ = try read(text, type)
      return []
    } catch {
      return error.diagnostics.map { "\($0.line):\($0.column) \($0.message.en)" }
    }
  }
}

@Suite("An expression")
struct ExpressionReadingTests {
  @Test(
    "of the named questions can be read",
    arguments: [
      "working(at index + h)",
      "same-employer(at index, at index + h)",
      "working-throughout(during index until index + h, gap 28d)",
      "days-worked(during index until index + h) / days(during index until index + h) "
        + ">= sustained-share",
      "working-on-reference-days(count k2e3-months, after index, as SVP)",
      "working(at exit + 1d + h, as SVP)",
      "not receives(SGB2, at index + 3mo)",
      "placed(during entry through cut, as [SVP, DUAL, SCHOOL_VOC, SCHOOL])",
      "working(during quarter(2, after exit))",
      "died(during exit through exit + 12mo) or exit-reason in [PRISON, HEALTH]",
      "same-employer(during quarter(2, after exit), during quarter(4, after exit))",
      "pay(during index until index + 12mo) >= 16 * 26 * minimum-wage(at index)",
      "worked-for(26w, from index, gap exit-window)",
      "worked-for(6mo, from index, as SELF)",
      "dropout and exit-reason = HEALTH",
      "training-ended(during index through index + h, result dissolved)",
      "permanent(at index + 12mo)",
      "weekly-hours(at index) < full-time-hours and weekly-hours(at index + 12mo) "
        + ">= full-time-hours",
      "skill(at index + 12mo) > skill(at index)",
      "residence(at t) in [DUL_60C, DUL_60D] or residence-class(at t) = AE",
      "aftercare(during index until index + 30d, with EMPLOYER)",
      "follow-up-reached(6m)",
      "lag > 28d",
      "gender is known and employment-status is known and birth-year is known and isced is known",
      "employment-status in [UNE, UNE_LT] and age between 18 and 29 and isced <= 2",
      "isced between 3 and 4 or german >= B1",
      "third-country and not in-education",
      "employment-status = INA and not job-seeking(at entry) "
        + "and job-seeking(during exit through exit + exit-window)",
      "qualified(during entry through exit + exit-window)",
      "employed(at exit + six-months)",
      "improved(from entry, to exit + six-months) or improvement-stated",
      "attribute(\"grammar\") = \"yes\" or attribute(\"grammar\") in [\"a\", \"b\"]",
      "working(at index) is known and not (entry > index - 1d)",
      "residence(at index) != residence(at entry)",
      "UNE = employment-status and 18 <= age",
    ])
  func named(text: String) throws {
    let expression = try ExpressionReading.read(text)
    // What is written again is read the same.
    let again = try ExpressionReading.read(expression.source)
    #expect(again == expression)
    #expect(again.source == expression.source)
  }

  @Test("that gives a number or a day is read where one is wanted")
  func types() throws {
    _ = try ExpressionReading.read("lag", .number)
    _ = try ExpressionReading.read("pay(during quarter(2, after exit))", .number)
    _ = try ExpressionReading.read("index + h", .moment)
    #expect(
      ExpressionReading.mistakes("index + h")
        == ["1:1 Expected a statement that holds or not, found a day."])
    #expect(
      ExpressionReading.mistakes("h", .number)
        == ["1:1 Expected a number, found a length of time in months."])
  }

  @Test(
    "with a mistake says what was expected, what was found, and what was meant",
    arguments: [
      ("workng(at index)", ["1:1 Unknown name “workng”. Did you mean “working”?"]),
      ("working(at indx)", ["1:12 Unknown name “indx”. Did you mean “index”?"]),
      (
        "employment-status = UNEE",
        ["1:21 “UNEE” is no code of “employment-status”. Did you mean “UNE”?"]
      ),
      ("working(index)", ["1:9 A word such as “at” must stand before this."]),
      ("working()", ["1:1 The argument “at” is missing."]),
      ("working(at index, while SVP)", ["1:25 “while …” does not belong here."]),
      ("working(at index", ["1:16 Expected “,” or “)”, found the end."]),
      ("age > ", ["1:6 Expected a value, a name or “(”, found the end."]),
      ("age 18", ["1:5 Expected “and”, “or”, a comparison, or the end, found “18”."]),
      ("age == 18", ["1:5 The sign “==” means nothing here."]),
      ("working(at index) && age > 18", ["1:19 The sign “&&” means nothing here."]),
      ("age > 18d", ["1:7 Expected a number, found a length of time in days."]),
      ("index + 12 < cut", ["1:1 “+” does not go between a day and a number."]),
      (
        "h + 28d > h",
        ["1:1 “+” does not go between a length of time in months and a length of time in days."]
      ),
      ("in-education = yes", ["1:1 A statement is not compared; it stands by itself."]),
      ("gender < f", ["1:10 These values have no order."]),
      ("gender = x", ["1:10 The code “x” says that nothing is known."]),
      ("employment-status in UNE", ["1:22 Expected a list, found “UNE”."]),
      ("employment-status in []", ["1:22 The list is empty."]),
      ("age in [18, 19]", ["1:1 Expected something that has codes or texts, found a number."]),
      ("18 < age < 30", ["1:10 Expected “and” or “or”, found “<”."]),
      ("entry + 12xy < cut", ["1:9 “12xy” is not a length of time."]),
      ("entry < 2024-02-30", ["1:9 “2024-02-30” is not a date."]),
      ("working", ["1:1 “working” is a function and needs its arguments."]),
      ("index(at exit) = exit", ["1:1 “index” is not a function."]),
      ("minimum-wage > 12", ["1:1 “minimum-wage” changes with the day."]),
      (
        "working-throughout(during index until cut, gap 1mo)",
        ["1:48 Expected a length of time in days, written or as a parameter, found “1mo”."]
      ),
      ("attribute(\"x) = 1", ["1:11 The closing quotation mark is missing."]),
      (
        "working(at index) = working(at exit)",
        ["1:1 A statement is not compared; it stands by itself."]
      ),
      ("", ["1:1 Expected a value, a name or “(”, found the end."]),
    ])
  func wrong(text: String, expected: [String]) {
    #expect(ExpressionReading.mistakes(text) == expected)
  }

  @Test("with several mistakes says them all")
  func several() {
    #expect(
      ExpressionReading.mistakes(
        "wrking(at index)\n  and gender = w\n  and working(at , as [SVPP, MINI])\n  or age > 2024-01-01"
      )
        == [
          "1:1 Unknown name “wrking”. Did you mean “working”?",
          "2:16 “w” is no code of “gender”. Did you mean “f”?",
          "3:18 Expected a value, a name or “(”, found “,”.",
          "3:24 “SVPP” is no code of “placement-kind”. Did you mean “SVP”?",
          "3:30 “MINI” is no code of “placement-kind”. Did you mean “MINIJOB”?",
          "4:12 Expected a number, found a day.",
        ])
  }

  @Test("says only where a name stands that it does not stand elsewhere")
  func environments() {
    let plain = ExpressionEnvironment(clock: .day)
    for (text, place) in [
      ("working(at index + h)", "in questions with horizons"), ("working(at t)", "in states"),
      ("lag > 1d", "where records are counted"),
    ] {
      do throws(DefinitionError) {
        _ = try ExpressionReading.read(text, .truth, plain)
        Issue.record("\(text) was read")
      } catch { #expect(error.diagnostics[0].message.en.hasSuffix("stands only \(place).")) }
    }
  }

  @Test("knows what it needs")
  func needs() throws {
    let point = try ExpressionReading.read("working(at index + h)")
    #expect(point.needs.horizon && point.needs.details && !point.needs.day)
    let pay = try ExpressionReading.read("pay(during exit until cut) > 2000 or working(at t)")
    #expect(pay.needs.details && pay.needs.exit && pay.needs.day)
    let parameters = try ExpressionReading.read("employed(during exit through exit + exit-window)")
    #expect(parameters.parameters.map(\.name) == ["exit-window"])
    let attributes = try ExpressionReading.read("age > 18 and isced <= 2 and residence-class = AE")
    #expect(attributes.attributes == ["birth-year", "isced", "residence"])
    #expect(!attributes.needs.details)
  }
}

@Suite("A mistake in an expression of a file")
struct ExpressionPlaceTests {
  /// What is wrong with the key `yes` of a file.
  private func places(_ file: String) throws -> [String] {
    let reader = TableReader(try DefinitionDocument.parse(file, file: "question.toml"))
    _ = reader.expression("yes", .truth, ExpressionReading.environment)
    do throws(DefinitionError) {
      try reader.finish()
      return []
    } catch { return error.diagnostics.map { "\($0.line):\($0.column) \($0.sourceLine)" } }
  }

  @Test("is shown inside the string, whatever its quotes")
  func strings() throws {
    #expect(try places("yes = 'working(at indx)'") == ["1:19 yes = 'working(at indx)'"])
    #expect(try places("# ä\nyes = \"ägypten\"").first == "2:8 yes = \"ägypten\"")
    #expect(
      try places("yes = \"attribute(\\\"x\\\") = 1\"") == [
        "1:27 yes = \"attribute(\\\"x\\\") = 1\""
      ])
    #expect(try places("yes = ''''a' = indx'''").count == 1)
  }

  @Test("is shown on its own line of a text over several lines")
  func lines() throws {
    let file = """
      # comment
      yes = '''
      working(at index)
        and agee > 18 \\
      '''
      """
    #expect(try places(file).first == "4:7   and agee > 18 \\")
    let joined = "yes = \"\"\"\nworking(at index) \\\n    and agee > 18\"\"\""
    #expect(try places(joined) == ["3:9     and agee > 18\"\"\""])
    // At the very end of the text.
    #expect(try places("yes = '''\nage >'''") == ["2:5 age >'''"])
  }
}
