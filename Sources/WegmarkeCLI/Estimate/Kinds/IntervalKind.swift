import Journey
import Statistics

/// `estimate interval`: events known to lie between two visits.
enum IntervalKind: EstimateKind {
  static let name = "interval"
  static let summary = LocalizedText(
    en: "events known to lie in (--left, --right], as between two surveys",
    de: "Ereignisse, die in (--left, --right] liegen, wie zwischen zwei Befragungen")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options.regression
    let left = try input.name(options.left, usual: ["left"], option: "left")
    let right = try input.name(options.right, usual: ["right"], option: "right")
    let lefts = try input.table.numbers(left)
    let rights = try input.ends(right)
    let weights = try input.options.weight.map { try input.table.numbers($0) }
    var result = EstimateResult(
      title: .init(
        en: "Where the events lie", de: "Wo die Ereignisse liegen"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("left", .time, en: "AFTER", de: "NACH"),
        .init("right", .time, en: "UP TO", de: "BIS"),
        .init("mass", .number, en: "SHARE", de: "ANTEIL"),
        .init("survival", .number, en: "STILL WITHOUT", de: "NOCH OHNE"),
        .init(machine: "log_likelihood"), .init(machine: "optimality_gap"),
      ])
    var gap = 0.0
    for group in try EstimateGroups(input).all {
      let estimate = try estimate(
        group.rows, input, right, lefts: lefts, rights: rights, weights: weights)
      gap = max(gap, estimate.optimalityGap)
      for mass in estimate.masses {
        // Without an end nobody is known to get there: what is left then.
        let survival = mass.right.isFinite ? estimate.survival(at: mass.right).lower : nil
        result.append([
          .text(group.name), .number(mass.left), .number(mass.right), .number(mass.probability),
          .number(survival), .number(estimate.logLikelihood), .number(estimate.optimalityGap),
        ])
      }
    }
    result.facts.append(
      (
        key: "largest_gap", value: EstimateInput.text(gap),
        words: .init(
          en: "Within an interval nothing is known. Proven: no other distribution gains more than "
            + "\(gap < 1e-9 ? "1e-9" : EstimateInput.text(gap)) in log likelihood",
          de: "Innerhalb eines Intervalls ist nichts bekannt. Bewiesen: Keine andere Verteilung "
            + "gewinnt mehr als \(gap < 1e-9 ? "1e-9" : EstimateInput.text(gap)) an Log-Likelihood")
      ))
    return result
  }

  private static func estimate(
    _ rows: [Int], _ input: EstimateInput, _ right: String, lefts: [Double], rights: [Double],
    weights: [Double]?
  ) throws -> IntervalCensoredSurvival {
    let chosenLefts = rows.map { lefts[$0] }
    let chosenRights = rows.map { rights[$0] }
    let chosenWeights = weights.map { weights in rows.map { weights[$0] } }
    do throws(StatisticsError) {
      let intervals = try IntervalCensoredRows(
        lefts: chosenLefts, rights: chosenRights, weights: chosenWeights)
      return try IntervalCensoredSurvival(intervals)
    } catch {
      guard case .intervalNotUsable(let row, let from, let to) = error else { throw error }
      let (begin, end) = (EstimateInput.text(from), EstimateInput.text(to))
      throw input.table.failure(
        row: rows[row], column: right,
        .init(
          en: "From \(begin) to \(end) no event can lie.",
          de: "Zwischen \(begin) und \(end) kann kein Ereignis liegen."))
    }
  }
}

extension EstimateInput {
  /// Ends of intervals: a number, or empty, `Inf` or `NA` where there is none.
  fileprivate func ends(_ name: String) throws -> [Double] {
    let column = try table.column(name)
    let values = column.texts.map { text -> Double? in
      if ["", "na", "inf", "infinity", "∞"].contains(text.lowercased()) {
        return .infinity
      }
      return Double(text) ?? Double(text.replacing(",", with: "."))
    }
    if let row = column.codes.firstIndex(where: { values[Int($0)] == nil }) {
      let text = column.texts[Int(column.codes[row])]
      throw table.failure(
        row: row, column: name,
        .init(en: "“\(text)” is no number.", de: "„\(text)“ ist keine Zahl."))
    }
    return column.codes.map { values[Int($0)] ?? .nan }
  }
}
