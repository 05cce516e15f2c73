import Journey
import Statistics

extension EstimateInput {
  /// Follow-up for a curve that counts those who ended otherwise as if they still waited.
  ///
  /// - Throws: `Failure` when the event is one value among several that end a row: 1 minus the curve is
  ///   then not the share of people who get there.
  func followUpOfTheOnlyEvent() throws -> FollowUp {
    if let competing = try competing() {
      let others = competing.others.joined(separator: ", ")
      let waited = competing.value
      let marks = (competing.censored + competing.others).map { "--censored \($0)" }
        .joined(separator: " ")
      throw Failure(
        .init(
          en:
            "\(table.path): Column “\(competing.column)” has other ends than \(waited): \(others)."
            + " Whoever ended so would be counted as if \(waited) could still come; the share to whom it"
            + " comes would be too high.",
          de: "\(table.path): Spalte „\(competing.column)“ kennt noch andere Enden als \(waited):"
            + " \(others). Wer so endete, würde gezählt, als könnte \(waited) noch kommen; der Anteil,"
            + " bei dem es kommt, wäre zu hoch."),
        advice: .init(
          en: "To how many each happens: wegmarke estimate incidence \(table.path) --event"
            + " \(competing.column). If the others end nothing but the observation: \(marks)",
          de: "Bei wie vielen was eintritt: wegmarke estimate incidence \(table.path) --event"
            + " \(competing.column). Falls die anderen nur die Beobachtung beenden: \(marks)"),
        .usage)
    }
    return try followUp()
  }

  /// What must be said of a test that compares how fast one of several events comes.
  func competingWarning() throws -> LocalizedText? {
    guard let competing = try competing() else { return nil }
    let others = competing.others.joined(separator: ", ")
    return .init(
      en: "Compared is how fast \(competing.value) comes to those still waiting, not to how many it"
        + " comes; \(others) ends the waiting. For that: estimate gray --event \(competing.column).",
      de:
        "Verglichen wird, wie schnell \(competing.value) bei den noch Wartenden kommt, nicht bei wie"
        + " vielen; \(others) beendet das Warten. Dafür: estimate gray --event \(competing.column)."
    )
  }

  /// One value of the event column that is counted, and the others that end a row as well.
  private struct Competing {
    let column, value: String
    let others, censored: [String]
  }

  /// The other ends, where `--event COLUMN=VALUE` counts one of several.
  private func competing() throws -> Competing? {
    guard let written = options.event, !table.has(written), let (column, value) = Self.pair(written)
    else { return nil }
    let cells = try table.column(column)
    let texts = Set(cells.codes).map { cells.texts[Int($0)] }.filter { $0 != value }
    let others = texts.filter { !isCensored($0) }.sorted(by: Self.isBefore)
    guard !others.isEmpty else { return nil }
    return Competing(
      column: column, value: value, others: others,
      censored: texts.filter { isCensored($0) && !$0.isEmpty }.sorted(by: Self.isBefore))
  }
}
