import Journey
import Statistics

/// `estimate tipping`: how the unknown would have to answer for a conclusion to change.
enum TippingKind: EstimateKind {
  static let name = "tipping"
  static let summary = LocalizedText(
    en: "answers of the unknown that would change a conclusion",
    de: "Antworten Unbekannter, mit denen ein Ergebnis kippt")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let groups = try input.sharesByGroup()
    if let target = input.options.unknown.target {
      return try against(target, groups, input)
    }
    guard groups.count == 2 else {
      throw Failure(
        .init(
          en: "tipping compares two groups, or a share with --target; there are \(groups.count).",
          de: "tipping vergleicht zwei Gruppen oder mit --target; es sind \(groups.count)."),
        advice: .init(
          en: "Name a column with --by and keep two values with --where, or give --target 0.5.",
          de: "Mit --by eine Spalte und mit --where zwei Werte wählen, oder --target 0.5 angeben."),
        .usage)
    }
    return try between(groups, input)
  }

  private static func against(
    _ target: Double, _ groups: [(name: String, shares: OutcomeShares)], _ input: EstimateInput
  ) throws -> EstimateResult {
    let wanted = EstimateInput.text(target)
    var result = EstimateResult(
      title: .init(
        en: "Share of yes among the unknown from which \(wanted) of all is reached",
        de: "Anteil Ja unter den Unbekannten, ab dem \(wanted) aller erreicht ist"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("n_due", .count, en: "DUE", de: "FÄLLIG"),
        .init("n_unknown", .count, en: "UNKNOWN", de: "UNBEKANNT"),
        .init("all", .number, en: "ALL", de: "ALLE"),
        .init("condition", .text, en: "REACHED", de: "ERREICHT"),
        .init("verdict", .text, en: "WHEN", de: "WANN"),
        .init("share", .number, en: "FROM", de: "AB"),
        .init("people", .count, en: "PEOPLE", de: "PERSONEN"),
      ])
    for (name, shares) in groups {
      let tipping = try TargetTipping(shares, target: target, level: input.options.level)
      for (condition, point) in [
        ("share", tipping?.reached), ("with-confidence", tipping?.confident),
      ] {
        result.append(
          [
            .text(name), .number(Double(shares.due)), .number(Double(shares.unknown)),
            .number(shares.all), .text(condition),
          ] + cells(point))
      }
    }
    result.stateWilson(input.options.level)
    return result
  }

  private static func between(
    _ groups: [(name: String, shares: OutcomeShares)], _ input: EstimateInput
  ) throws -> EstimateResult {
    let tipping = try ComparisonTipping(
      groups[0].shares, groups[1].shares, level: input.options.level)
    var result = EstimateResult(
      title: .init(
        en: "Share of yes among a group's unknown from which the comparison changes",
        de: "Anteil Ja unter den Unbekannten einer Gruppe, ab dem der Vergleich kippt"),
      columns: [
        .init("group", .text, en: "GROUP", de: "GRUPPE"),
        .init("n_unknown", .count, en: "UNKNOWN", de: "UNBEKANNT"),
        .init("known", .number, en: "KNOWN", de: "BEKANNT"),
        .init("condition", .text, en: "AGAINST THE OTHER", de: "GEGEN DIE ANDERE"),
        .init("verdict", .text, en: "WHEN", de: "WANN"),
        .init("share", .number, en: "FROM", de: "AB"),
        .init("people", .count, en: "PEOPLE", de: "PERSONEN"),
      ])
    for (group, side) in zip(groups, ComparisonTipping.Group.allCases) {
      let path = tipping.path(of: side)
      for (condition, point) in [
        ("no-longer-lower", path.notLower), ("equal", path.equal), ("higher", path.higher),
      ] {
        result.append(
          [
            .text(group.name), .number(Double(group.shares.unknown)),
            .number(group.shares.known), .text(condition),
          ] + cells(point))
      }
    }
    result.state(
      "bounds_lower", tipping.bounds?.lower, en: "Difference at least", de: "Differenz mindestens",
      places: 4)
    result.state(
      "bounds_upper", tipping.bounds?.upper, en: "at most", de: "höchstens", places: 4)
    result.facts.append(
      (
        key: "decided", value: tipping.isDecided ? "yes" : "no",
        words: tipping.isDecided
          ? .init(
            en: "the conclusion stands whatever the unknown say",
            de: "das Ergebnis steht, was Unbekannte auch sagen")
          : .init(
            en: "the conclusion depends on the unknown; the other group's answer like its known",
            de: "das Ergebnis hängt an Unbekannten; die der anderen Gruppe wie deren Bekannte")
      ))
    return result
  }

  private static func cells(_ tipping: Tipping?) -> [EstimateResult.Value] {
    switch tipping {
    case .always: [.text("always"), .number(0), .number(0)]
    case .from(let share, let people): [.text("from"), .number(share), .number(Double(people))]
    case .never, nil: [.text("never"), .number(nil), .number(nil)]
    }
  }
}
