import Journey
import Testing

@testable import ProjectionEngine

@Suite("An expression in plain words")
struct ExpressionWordsTests {
  @Test(
    "reads as a definition",
    arguments: [
      (
        "working(at index + 12mo, as SVP)",
        "in work (job subject to social insurance) on the day 12 months after the index day",
        "am Tag 12 Monate nach dem Starttag in Arbeit (sozialversicherungspflichtige Arbeit)"
      ),
      (
        "not receives(SGB2, at index + 3mo)",
        "not receiving basic income support (SGB II) on the day 3 months after the index day",
        "am Tag 3 Monate nach dem Starttag nicht im Bezug von Bürgergeld (SGB II)"
      ),
      (
        "employment-status in [UNE, INA] and age between 18 and 29",
        "employment status at entry: unemployed or inactive; and age at entry from 18 to 29",
        "Erwerbsstatus bei Eintritt: arbeitslos gemeldet oder nicht erwerbstätig; und Alter bei Eintritt von 18 bis 29"
      ),
      (
        "not in-education and employed(during exit through exit + exit-window)",
        "not in education at entry; and employed (ESF) on at least one day from the day of exit "
          + "through the day 28 days (exit-window) after the day of exit",
        "nicht bei Eintritt in Bildung; und an mindestens einem Tag vom Austrittstag bis "
          + "einschließlich dem Tag 28 Tage (exit-window) nach dem Austrittstag erwerbstätig (ESF)"
      ),
      (
        "not (working(during quarter(2, after exit)) or dropout)",
        "not (in work on at least one day in the 2nd calendar quarter after that of the day of "
          + "exit; or dropped out)",
        "nicht (an mindestens einem Tag im 2. Kalendervierteljahr nach dem Vierteljahr mit dem "
          + "Austrittstag in Arbeit; oder abgebrochen)"
      ),
      (
        "not (age < 18) and isced <= 2 and gender is not known",
        "age at entry at least 18; and level of education (ISCED) at entry: at most 2 (lower "
          + "secondary); and gender not known",
        "Alter bei Eintritt mindestens 18; und Bildungsstand (ISCED) bei Eintritt: höchstens 2 "
          + "(Sekundarbereich I); und Geschlecht unbekannt"
      ),
      (
        "working(at exit + 1d + h)",
        "in work on the day h months after the day after the day of exit",
        "am Tag h Monate nach dem Tag nach dem Austrittstag in Arbeit"
      ),
      (
        "entry < 2024-03-01 and attribute(\"grammar\") != \"yes\"",
        "the day of entry is before 2024-03-01; and attribute “grammar”: not “yes”",
        "der Eintrittstag liegt vor dem 01.03.2024; und Merkmal „grammar“: nicht „yes“"
      ),
    ])
  func words(text: String, en: String, de: String) throws {
    let expression = try ExpressionReading.read(text)
    #expect(expression.words(in: .english) == en)
    #expect(expression.words(in: .german) == de)
  }

  @Test("of numbers keeps the order of calculation")
  func numbers() throws {
    let share = try ExpressionReading.read(
      "2 * (days-worked(during index until index + h) / 1d + 1)", .number)
    #expect(
      share.words(in: .english)
        == "2 × (the days in work from the index day to the day before the day h months after the "
        + "index day divided by 1 day + 1)")
    let wage = try ExpressionReading.read("16 * 26 * minimum-wage(at index)", .number)
    #expect(wage.words(in: .german) == "16 × 26 × minimum-wage (minimum-wage) am Starttag")
    let half = try ExpressionReading.read("-0.5 * 2", .number)
    #expect(half.words(in: .german) == "minus 0,5 × 2")
  }

  @Test("says every function in both languages, also its contrary")
  func everything() throws {
    for function in ExpressionFunction.allCases {
      let call = Self.call(function)
      for text in [call, "not (\(call))"] {
        let expression = try ExpressionReading.read(text)
        for language in Language.allCases {
          let words = expression.words(in: language)
          #expect(!words.contains("?") && words.count > 5, "\(text): \(words)")
        }
      }
    }
  }

  /// A true-or-false expression that uses a function with all its arguments.
  static func call(_ function: ExpressionFunction) -> String {
    let arguments = function.parameters.map { parameter in
      let value =
        switch parameter.argument {
        case .moment, .momentOrPeriod: "index"
        case .period: "index until cut"
        case .days: "28d"
        case .length: "26w"
        case .count: "2"
        case .kinds: "[SVP, SELF]"
        case .code(let list): list.entries[0].code
        case .text: "\"a\""
        }
      return (parameter.label.map { "\($0) " } ?? "") + value
    }
    let call = "\(function.rawValue)(\(arguments.joined(separator: ", ")))"
    switch function {
    case .weeklyHours, .monthlyPay, .pay, .skill, .age: return "\(call) > 1"
    case .daysWorked, .days: return "\(call) > 1d"
    case .quarter, .month: return "working(during \(call))"
    case .referenceDay: return "\(call) < cut"
    case .labourStatus: return "\(call) = EMP"
    case .residence: return "\(call) = GEST"
    case .residenceClass: return "\(call) = AE"
    case .attribute: return "\(call) = \"b\""
    default: return call
    }
  }
}
