import Journey
import Presentation
import Statistics

/// The columns that all regressions print.
enum RegressionTable {
  static let columns: [EstimateResult.Column] = [
    .init("term", .text, en: "COVARIATE", de: "VARIABLE"),
    .init("coefficient", .number, en: "COEF.", de: "KOEFF."),
    .init("standard_error", .number, en: "SE", de: "SF"),
    .init("hazard_ratio", .number, en: "RATIO", de: "RATIO"),
    .init("lower", .number, en: "FROM", de: "VON"),
    .init("upper", .number, en: "TO", de: "BIS"),
    .init("p_value", .probability, en: "P", de: "P"),
  ]
}

extension EstimateResult {
  /// Adds a figure for machines alone.
  mutating func state(_ key: String, _ number: Double?) {
    guard let number, number.isFinite else { return }
    facts.append((key: key, value: EstimateInput.text(number), words: .init(verbatim: "")))
  }

  /// Adds a figure with words before it.
  mutating func state(_ key: String, _ number: Double?, en: String, de: String, places: Int = 0) {
    guard let number, number.isFinite else { return }
    facts.append(
      (
        key: key, value: EstimateInput.text(number),
        words: .init(
          en: "\(en) \(NumberStyle(.english).decimal(number, places: places))",
          de: "\(de) \(NumberStyle(.german).decimal(number, places: places))")
      ))
  }

  /// Adds a test: its statistic, degrees of freedom and p-value.
  mutating func state(_ key: String, _ test: ChiSquareTest?, en: String, de: String) {
    guard let test else { return }
    func words(_ name: String, _ degrees: String, _ language: Language) -> String {
      let style = NumberStyle(language)
      let p = test.probability
      let probability =
        p < 0.0001
        ? "P < \(style.decimal(0.0001, places: 4))" : "P = \(style.decimal(p, places: 4))"
      return "\(name): χ² \(style.decimal(test.statistic, places: 2)), "
        + "\(test.degreesOfFreedom) \(degrees), \(probability)"
    }
    facts.append(
      (
        key: "\(key)_chisq", value: EstimateInput.text(test.statistic),
        words: .init(en: words(en, "df", .english), de: words(de, "FG", .german))
      ))
    state("\(key)_df", Double(test.degreesOfFreedom))
    state("\(key)_p_value", test.probability)
  }

  /// Says at which level limits are that are symmetric on the scale of the coefficient.
  mutating func state(limitsAt level: Double) {
    let share = EstimateInput.text((level * 1e6).rounded() / 1e4)
    facts.append(
      (
        key: "level", value: EstimateInput.text(level),
        words: .init(en: "\(share)% limits", de: "\(share)-%-Grenzen")
      ))
  }
}
