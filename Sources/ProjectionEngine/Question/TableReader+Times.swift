import Definitions
import Journey

extension TableReader {
  /// The times at which an answer is read off: whole numbers of clock units from 0 on, in ascending
  /// order, each once; the key must be there and name at least one.
  func horizons(_ name: String) -> [Double]? {
    guard let written = requiredList(name, of: Located<Double>.self) else { return nil }
    if written.isEmpty, has(name) {
      report(
        "D-HORIZON",
        LocalizedText(
          en: "“\(name)” names no horizon, so the answer would have no figures.",
          de: "„\(name)“ nennt keinen Horizont; die Antwort hätte keine Zahlen."),
        hint: LocalizedText(en: "Write [3, 6, 12].", de: "Bitte [3, 6, 12] schreiben."),
        at: optional(name, DefinitionValue.self)?.range)
    }
    var last: Double?
    for time in written {
      if !ClockUnit.counts(to: time.value) {
        report(
          "D-HORIZON",
          LocalizedText(
            en: "A horizon is a whole number of clock units from 0 on, not"
              + " \(FigureText.number(time.value)).",
            de: "Ein Horizont ist eine ganze Zahl von Uhreinheiten ab 0, nicht"
              + " \(FigureText.number(time.value))."), at: time.range)
      } else if let last, time.value <= last {
        report(
          "D-HORIZON",
          LocalizedText(
            en: "\(FigureText.number(time.value)) stands after \(FigureText.number(last)).",
            de: "\(FigureText.number(time.value)) steht nach \(FigureText.number(last))."),
          hint: LocalizedText(
            en: "Horizons stand in ascending order, each once.",
            de: "Horizonte stehen aufsteigend, jeder einmal."), at: time.range)
      }
      last = max(last ?? time.value, time.value)
    }
    return written.map(\.value)
  }

  /// The time up to which a mean is taken: a whole number of clock units from 1 on; the key may be
  /// missing.
  func meanTime(_ name: String) -> Double? {
    guard let written = optional(name, Located<Double>.self) else { return nil }
    if ClockUnit.counts(to: written.value), written.value > 0 { return written.value }
    report(
      "D-HORIZON",
      LocalizedText(
        en: "A mean is taken up to a whole number of clock units from 1 on, not"
          + " \(FigureText.number(written.value)).",
        de: "Ein Mittel reicht bis zu einer ganzen Zahl von Uhreinheiten ab 1, nicht"
          + " \(FigureText.number(written.value))."), at: written.range)
    return nil
  }

  /// The period that the index event lies in; the key `window` may be missing.
  func window() -> ClosedRange<Day>? {
    guard let written = optional("window", Located<String>.self) else { return nil }
    if let period = CalendarPeriod.parse(written.value) { return period }
    let isReversed = CalendarPeriod.isReversed(written.value)
    report(
      "D-PERIOD",
      isReversed
        ? LocalizedText(
          en: "The period “\(written.value)” ends before it begins.",
          de: "Der Zeitraum „\(written.value)“ endet, bevor er beginnt.")
        : LocalizedText(
          en: "“\(written.value)” is not a period.", de: "„\(written.value)“ ist kein Zeitraum."),
      hint: CalendarPeriod.forms, at: written.range)
    return nil
  }

  /// The number of a key that must be there, and that can be one number of a person.
  ///
  /// An age never is one: only the year of birth is kept, so that it is known as least and most.
  func exactNumber(
    _ name: String, _ environment: ExpressionEnvironment
  ) -> QuestionExpression? {
    guard let expression = expression(name, .number, environment) else { return nil }
    guard case .number(let node) = expression.root, node.hasAge else { return expression }
    report(
      "D-RANGE",
      LocalizedText(
        en: "An age is known as least and most only, since only the year of birth is kept: nobody"
          + " would have a number.",
        de:
          "Ein Alter ist nur als kleinstes und größtes bekannt, weil nur das Geburtsjahr vorliegt:"
          + " Niemand hätte eine Zahl."),
      hint: LocalizedText(
        en: "Count with birth-year, or compare ages in a condition.",
        de: "Bitte mit birth-year rechnen oder das Alter in einer Bedingung vergleichen."),
      at: optional(name, Located<String>.self)?.range)
    return nil
  }
}

extension NumberNode {
  /// Whether an age is part of the number.
  fileprivate var hasAge: Bool {
    switch self {
    case .age: true
    case .negative(let value): value.hasAge
    case .arithmetic(_, let left, let right): left.hasAge || right.hasAge
    default: false
    }
  }
}
