import Journey
import Statistics

/// `estimate pseudo`: each person's part in an estimate.
enum PseudoKind: EstimateKind {
  static let name = "pseudo"
  static let summary = LocalizedText(
    en: "pseudo-values of --quantity survival, mean or incidence at --at, one a person",
    de: "Pseudowerte von --quantity survival, mean oder incidence zu --at, einer je Person")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    guard let times = input.options.at?.values else {
      throw Failure(
        .init(en: "--at is missing.", de: "Es fehlt --at."),
        advice: .init(en: "Write --at 90,180.", de: "Bitte --at 90,180 schreiben."), .usage)
    }
    guard input.options.since == nil else { throw Failure.since }
    let quantity = input.options.regression.quantity
    var cause = 1
    let pseudo: PseudoValues
    if quantity == .incidence {
      let causes = try input.causes()
      cause = try input.wantedCause(among: causes.names)
      guard causes.rows.starts == nil, causes.rows.weights == nil else { throw plainRows }
      pseudo = try PseudoValues(
        durations: causes.rows.stops, causes: causes.rows.to.map { max($0, 0) })
    } else {
      let rows = try input.followUpOfTheOnlyEvent()
      guard rows.starts == nil, rows.weights == nil else { throw plainRows }
      pseudo = try PseudoValues(rows)
    }
    let people =
      try input.options.id.map { try input.table.texts($0) }
      ?? (1...input.table.count).map { String($0) }
    var result = EstimateResult(
      title: .init(en: "Pseudo-values", de: "Pseudowerte"),
      columns: [
        .init("id", .text, en: "PERSON", de: "PERSON"),
        .init("time", .time, en: "TIME", de: "ZEIT"),
        .init("pseudo_value", .number, en: "VALUE", de: "WERT"),
      ])
    for time in times {
      let values =
        switch quantity {
        case .survival: try pseudo.survival(at: time)
        case .mean: try pseudo.restrictedMean(to: time)
        case .incidence: try pseudo.cumulativeIncidence(of: cause, at: time)
        }
      for (person, value) in zip(people, values) {
        result.append([.text(person), .number(time), .number(value)])
      }
    }
    result.facts.append(
      (
        key: "quantity", value: quantity.rawValue,
        words: .init(
          en:
            "Leave-one-out values of \(quantity.rawValue); single ones may lie outside its range.",
          de: "Werte durch Auslassen (\(quantity.rawValue)); einzelne können außerhalb liegen.")
      ))
    return result
  }

  private static var plainRows: Failure {
    Failure(
      .init(
        en: "Pseudo-values take one row a person, without --start and --weight.",
        de: "Pseudowerte brauchen eine Zeile je Person, ohne --start und --weight."), .usage)
  }
}
