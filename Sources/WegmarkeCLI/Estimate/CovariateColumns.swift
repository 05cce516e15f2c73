import Definitions
import Journey
import Statistics

/// Covariates of a regression, made from columns of a table: numbers as they are, words as levels.
struct CovariateColumns {
  /// A column of the table and the covariates it became.
  struct Term {
    var column: String
    var covariates: [Int]
    /// The level that the others are compared with; nil for numbers.
    var reference: String?
  }

  private(set) var terms: [Term] = []
  private(set) var names: [String] = []
  private(set) var values: [[Double]] = []

  init(_ input: EstimateInput) throws {
    let options = input.options.regression
    guard let columns = options.covariates?.names else {
      throw Failure(
        .init(en: "--covariates is missing.", de: "Es fehlt --covariates."),
        advice: .init(
          en: "Columns: \(input.table.header.joined(separator: ", ")).",
          de: "Spalten: \(input.table.header.joined(separator: ", "))."), .usage)
    }
    var references: [String: String] = [:]
    for text in options.reference {
      guard let sign = text.firstIndex(of: "="), columns.contains(String(text[..<sign])) else {
        throw Failure(
          .init(
            en: "--reference “\(text)” names no covariate and level.",
            de: "--reference „\(text)“ nennt nicht Variable und Stufe."),
          advice: .init(
            en: "Write --reference column=level.", de: "Bitte --reference Spalte=Stufe schreiben."),
          .usage)
      }
      references[String(text[..<sign])] = String(text[text.index(after: sign)...])
    }
    for column in columns {
      try Self.refuseMissing(column, input)
      let isNumber = try input.table.column(column).texts.allSatisfy { Double($0) != nil }
      if isNumber, options.levels?.names.contains(column) != true, references[column] == nil {
        terms.append(Term(column: column, covariates: [values.count], reference: nil))
        names.append(column)
        values.append(try input.table.numbers(column))
      } else {
        try addLevels(of: column, input, reference: references[column])
      }
    }
  }

  /// What stands where a covariate is not known.
  static func isMissing(_ text: String) -> Bool { ["", "NA", "NaN", "."].contains(text) }

  private static func refuseMissing(_ column: String, _ input: EstimateInput) throws {
    let cells = try input.table.column(column)
    let missing = cells.texts.map(isMissing)
    guard let row = cells.codes.firstIndex(where: { missing[Int($0)] }) else { return }
    let count = cells.codes.count { missing[Int($0)] }
    throw input.table.failure(
      row: row, column: column,
      .init(
        en: "There is no value here, nor in \(count - 1) other rows.",
        de: "Hier fehlt ein Wert, und in \(count - 1) weiteren Zeilen."),
      advice: .init(
        en: "--drop-missing leaves such rows out and says how many.",
        de: "--drop-missing lässt solche Zeilen weg und sagt, wie viele."))
  }

  private mutating func addLevels(
    of column: String, _ input: EstimateInput, reference: String?
  ) throws {
    let cells = try input.table.column(column)
    // Numbers by their value, names by their letters.
    let levels = cells.texts.sorted { a, b in
      if let one = Double(a), let other = Double(b), one != other { return one < other }
      return a < b
    }
    guard let base = reference ?? levels.first, levels.contains(base) else {
      let near = didYouMean(nearestName(to: reference ?? "", among: levels))
      throw Failure(
        LocalizedText(
          en: "“\(column)” is nowhere “\(reference ?? "")”.",
          de: "„\(column)“ ist nirgends „\(reference ?? "")“.") + near, .usage)
    }
    guard levels.count > 1 else {
      throw Failure(
        .init(
          en: "“\(column)” is “\(base)” in every row.",
          de: "„\(column)“ ist in jeder Zeile „\(base)“."),
        advice: .init(en: "Leave it out.", de: "Bitte weglassen."), .data)
    }
    var term = Term(column: column, covariates: [], reference: base)
    for level in levels where level != base {
      term.covariates.append(values.count)
      names.append("\(column)=\(level)")
      values.append(cells.codes.map { cells.texts[Int($0)] == level ? 1 : 0 })
    }
    terms.append(term)
  }

  /// A regression; an error of the statistics is said with the names of the covariates.
  func fitting<Model>(_ input: EstimateInput, _ fit: () throws -> Model) throws -> Model {
    do { return try fit() } catch let error as StatisticsError {
      throw failure(error, input) ?? input.failure(error, start: input.options.start, stop: "")
    }
  }

  private func failure(_ error: StatisticsError, _ input: EstimateInput) -> Failure? {
    switch error {
    case .covariateNotIdentified(let covariate):
      Failure(
        .init(
          en: "“\(names[covariate])” is constant where there are events, or the covariates before "
            + "it determine it.",
          de: "„\(names[covariate])“ ist dort, wo Ereignisse sind, konstant oder folgt aus den "
            + "Variablen davor."),
        advice: .init(en: "Leave it out.", de: "Bitte weglassen."), .data)
    case .coefficientsUnbounded(let covariates):
      Failure(
        .init(
          en: "There is no estimate: the likelihood rises for ever as the coefficient of "
            + covariates.map { "“\(names[$0])”" }.joined(separator: ", ")
            + " grows. Usually a group has no event.",
          de:
            "Es gibt keine Schätzung: Die Likelihood steigt immer weiter, wenn der Koeffizient von "
            + covariates.map { "„\(names[$0])“" }.joined(separator: ", ")
            + " wächst. Meist hat eine Gruppe kein Ereignis."),
        advice: .init(
          en: "Join levels, leave the covariate out, or compare curves (logrank).",
          de: "Stufen zusammenfassen, die Variable weglassen oder Kurven vergleichen (logrank)."),
        .data)
    case .notConverged(let iterations):
      Failure(
        .init(
          en: "No maximum was found in \(iterations) iterations.",
          de: "In \(iterations) Schritten fand sich kein Maximum."), .data)
    case .noEvents, .noEventsOfCause:
      Failure(
        .init(
          en: "\(input.table.path): There is no event.",
          de: "\(input.table.path): Es gibt kein Ereignis."), .data)
    case .notForExactTies:
      Failure(
        .init(
          en: "Weights, clusters, curves and proportionality do not go with exact ties.",
          de: "Gewichte, Cluster, Kurven und Proportionalität gehen nicht mit exakten Bindungen."),
        advice: .init(en: "Leave --ties out.", de: "--ties weglassen."), .usage)
    case .needsPlainRows:
      Failure(
        .init(
          en: "One row a person is needed, without --start and --weight.",
          de: "Nötig ist eine Zeile je Person, ohne --start und --weight."), .usage)
    default: nil
    }
  }

  /// Says what levels are compared with.
  func state(in result: inout EstimateResult) {
    let bases = terms.compactMap { term in term.reference.map { "\(term.column)=\($0)" } }
    guard !bases.isEmpty else { return }
    let list = bases.joined(separator: ", ")
    result.facts.append(
      (
        key: "reference", value: list,
        words: .init(en: "Compared with \(list)", de: "Verglichen mit \(list)")
      ))
  }
}
