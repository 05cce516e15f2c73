import Journey
import Statistics

/// `estimate logrank`: whether the time to the event differs between groups.
enum LogRankKind: EstimateKind {
  static let name = "logrank"
  static let summary = LocalizedText(
    en: "log-rank test of groups (--by; --rho 1: Peto; --strata)",
    de: "Log-Rank-Test von Gruppen (--by; --rho 1: Peto; --strata)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    let groups = try input.compared()
    var result = EstimateResult(
      title: .init(en: "Do the groups differ?", de: "Unterscheiden sich die Gruppen?"),
      columns: [
        .init("group", .text, en: "GROUP", de: "GRUPPE"),
        .init("n", .count, en: "ROWS", de: "ZEILEN"),
        .init("weighted_observed", .number, en: "OBSERVED", de: "BEOBACHTET"),
        .init("weighted_expected", .number, en: "EXPECTED", de: "ERWARTET"),
        .init(machine: "chisq"), .init(machine: "df", .count), .init(machine: "p_value"),
      ])
    if let warning = try input.competingWarning() { result.warnings.append(warning) }
    let rows = try input.followUp()
    let kept = try input.keptRows()
    let strata = try input.numbers(options.strata)
    let test = try LogRank(
      rows, groups: kept.map { groups.numbers[$0] }, groupCount: groups.names.count,
      strata: strata.map { numbers in kept.map { numbers[$0] } }, rho: options.rho)
    for (index, name) in groups.names.enumerated() {
      result.append([
        .text(name), .number(Double(test.sizes[index])), .number(test.observed[index]),
        .number(test.expected[index]), .number(test.outcome?.statistic),
        .number(test.outcome.map { Double($0.degreesOfFreedom) }),
        .number(test.outcome?.probability),
      ])
    }
    result.facts.append(
      (
        key: "rho", value: EstimateInput.text(options.rho),
        words: options.rho == 0
          ? .init(en: "Log-rank test", de: "Log-Rank-Test")
          : .init(en: "G-rho test", de: "G-rho-Test")
      ))
    result.state(test.outcome)
    return result
  }
}

/// `estimate gray`: whether the cumulative incidence of a cause differs between groups.
enum GrayKind: EstimateKind {
  static let name = "gray"
  static let summary = LocalizedText(
    en: "Gray's test of incidences between groups (--by)",
    de: "Grays Test der Inzidenz jeder Ursache zwischen Gruppen (--by)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let groups = try input.compared()
    guard input.options.since == nil else {
      throw Failure(
        .init(en: "gray takes no --since.", de: "gray rechnet nicht mit --since."),
        advice: .init(
          en: "It compares incidences from the origin on.",
          de: "Verglichen werden Inzidenzen vom Ursprung an."), .usage)
    }
    let causes = try input.causes()
    var result = EstimateResult(
      title: .init(
        en: "Do the incidences differ between the groups?",
        de: "Unterscheiden sich die Inzidenzen zwischen den Gruppen?"),
      columns: [
        .init("cause", .text, en: "CAUSE", de: "URSACHE"),
        .init("gray_chisq", .number, en: "CHI-SQUARE", de: "CHI-QUADRAT"),
        .init("df", .count, en: "DF", de: "FG"),
        .init("p_value", .probability, en: "P", de: "P"),
      ])
    for (number, name) in causes.names.enumerated().dropFirst() {
      if let wanted = input.options.cause, wanted != name { continue }
      let test = try GrayTest(
        causes.rows, cause: number, groups: groups.numbers, groupCount: groups.names.count,
        strata: try input.numbers(input.options.strata), rho: input.options.rho)
      result.append([
        .text(name), .number(test.outcome?.statistic),
        .number(test.outcome.map { Double($0.degreesOfFreedom) }),
        .number(test.outcome?.probability),
      ])
    }
    if result.rows.count > 1 {
      result.warnings.append(
        .init(
          en: "\(result.rows.count) causes were tested: some p-value may be small by chance.",
          de:
            "\(result.rows.count) Ursachen wurden geprüft: ein p-Wert kann durch Zufall klein sein."
        ))
    }
    return result
  }
}

extension EstimateInput {
  /// The groups that `--by` names, of which there must be two.
  func compared() throws -> Labels {
    let groups = try groups()
    guard options.by != nil, groups.names.count > 1 else {
      throw Failure(
        .init(
          en: "A test compares groups: --by names none, or one only.",
          de: "Ein Test vergleicht Gruppen: --by nennt keine oder nur eine."),
        advice: .init(
          en: "Columns: \(table.header.joined(separator: ", ")).",
          de: "Spalten: \(table.header.joined(separator: ", "))."), .usage)
    }
    return groups
  }
}

extension EstimateResult {
  /// Says the outcome of a test.
  mutating func state(_ outcome: ChiSquareTest?) {
    guard let outcome else {
      warnings.append(
        .init(
          en: "Nothing can be tested: fewer than two groups had events to expect.",
          de: "Nichts zu prüfen: Weniger als zwei Gruppen hatten Ereignisse zu erwarten."))
      return
    }
    let rounded = (outcome.statistic * 1e4).rounded() / 1e4
    let p = outcome.probability
    let value = p < 0.0001 ? "< 0.0001" : "= \((p * 1e4).rounded() / 1e4)"
    facts.append(
      (
        key: "chisq", value: EstimateInput.text(outcome.statistic),
        words: .init(
          en: "chi-square \(rounded) on \(outcome.degreesOfFreedom) df, p \(value)",
          de:
            "Chi-Quadrat \(German.decimal(rounded)) bei \(outcome.degreesOfFreedom) Freiheitsgraden, p \(German.decimal(value))"
        )
      ))
    facts.append(
      (key: "df", value: "\(outcome.degreesOfFreedom)", words: .init(verbatim: "")))
    facts.append((key: "p_value", value: EstimateInput.text(p), words: .init(verbatim: "")))
  }
}

/// Numbers inside a German sentence.
private enum German {
  static func decimal(_ text: some CustomStringConvertible) -> String {
    "\(text)".replacing(".", with: ",")
  }
}
