import Journey
import Presentation
import ProjectionEngine

/// How many checks hold, are broken, or could not be made.
struct IndicatorVerdict {
  let set: IndicatorSet
  let findings: [IndicatorFinding]
  let unchecked: [UncheckedIndicators]
  /// Whether there is an earlier transmission to compare with.
  let hasEarlier: Bool

  /// The checks that there is something to judge by; without an earlier transmission nothing can have fallen.
  var judged: [IndicatorCheck] {
    self.set.checks.filter { $0.rule != .cumulative || hasEarlier }
  }

  /// The checks that neither hold nor are broken, by their codes.
  var open: Set<String> {
    Set(unchecked.map(\.check)).subtracting(findings.map(\.check))
  }

  /// A line for all checks, and one for each that could not be made.
  func text(_ language: Language) -> String {
    let judged = judged.count
    let held = judged - Set(findings.map(\.check)).count - open.count
    var lines = [
      LocalizedText(
        en: "Checks: \(held) of \(judged) hold.",
        de: "Prüfungen: \(held) von \(judged) bestanden.")(language)
    ]
    lines += unchecked.map { unchecked in
      let names = unchecked.missing.joined(separator: ", ")
      let text =
        unchecked.missing.isEmpty
        ? LocalizedText(
          en: "Not checked: \(unchecked.check): no numbers to compare.",
          de: "Nicht geprüft: \(unchecked.check): keine Zahlen zum Vergleichen.")
        : LocalizedText(
          en: "Not checked throughout: \(unchecked.check): no row of \(names).",
          de: "Nicht durchweg geprüft: \(unchecked.check): keine Zeile zu \(names).")
      return text(language).wrapped(to: 80)
    }
    return lines.joined(separator: "\n")
  }
}
