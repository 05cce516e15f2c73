import Journey
import Statistics

/// `estimate outcomes`: a share with what is not known of it.
enum OutcomesKind: EstimateKind {
  static let name = "outcomes"
  static let summary = LocalizedText(
    en: "share of all, of the known, bounds and coverage",
    de: "Anteil an allen, an Bekannten, Grenzen und Abdeckung")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let level = input.options.level
    var result = EstimateResult(
      title: .init(en: "Share with the outcome", de: "Anteil mit dem Ergebnis"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init(machine: "n_yes", .count),
        .init("n_due", .count, en: "DUE", de: "FÄLLIG"),
        .init(machine: "n_no", .count), .init(machine: "n_unknown", .count),
        .init(machine: "n_not_due", .count),
        .init("all", .number, en: "ALL", de: "ALLE"),
        .init("known", .number, en: "KNOWN", de: "BEKANNT"),
        .init("lower", .number, en: "LOWER", de: "UNTEN"),
        .init("upper", .number, en: "UPPER", de: "OBEN"),
        .init("worst", .number, en: "WORST", de: "MIND."),
        .init("best", .number, en: "BEST", de: "HÖCHST."),
        .init(machine: "bounds_lower"), .init(machine: "bounds_upper"),
        .init("coverage", .number, en: "COVERED", de: "ABGED."),
      ])
    for (name, shares) in try input.sharesByGroup() {
      let interval = try shares.interval(level: level).limits
      let limits = try shares.limits(level: level)
      result.append([
        .text(name), .number(Double(shares.yes)), .number(Double(shares.due)),
        .number(Double(shares.no)), .number(Double(shares.unknown)),
        .number(Double(shares.notDue)), .number(shares.all), .number(shares.known),
        .number(interval?.lower), .number(interval?.upper), .number(shares.bounds?.lower),
        .number(shares.bounds?.upper), .number(limits?.lower), .number(limits?.upper),
        .number(shares.coverage),
      ])
    }
    result.stateWilson(level)
    return result
  }
}

/// `estimate compare`: each two groups' shares, with limits and adjusted tests.
enum CompareKind: EstimateKind {
  static let name = "compare"
  static let summary = LocalizedText(
    en: "difference and ratio of shares of groups (--by), Holm",
    de: "Differenz und Verhältnis der Anteile von Gruppen (--by)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    _ = try input.compared()
    let groups = try input.sharesByGroup()
    var result = EstimateResult(
      title: .init(en: "Shares compared", de: "Anteile im Vergleich"),
      columns: [
        .init("group", .text, en: "GROUP", de: "GRUPPE"),
        .init("other", .text, en: "AGAINST", de: "GEGEN"),
        .init(machine: "share"), .init(machine: "other_share"),
        .init("difference", .number, en: "DIFF.", de: "DIFF."),
        .init("lower", .number, en: "LOWER", de: "UNTEN"),
        .init("upper", .number, en: "UPPER", de: "OBEN"),
        .init("ratio", .number, en: "RATIO", de: "VERH."),
        .init(machine: "ratio_lower"), .init(machine: "ratio_upper"),
        .init("p_value", .probability, en: "P", de: "P"),
        .init("p_holm", .probability, en: "P HOLM", de: "P HOLM"),
        .init(machine: "p_score", .probability), .init(machine: "p_exact", .probability),
      ])
    var pairs: [(String, String, ShareComparison)] = []
    for (index, first) in groups.enumerated() {
      for second in groups.dropFirst(index + 1) {
        pairs.append(
          (
            first.name, second.name,
            try ShareComparison(first.shares, second.shares, level: input.options.level)
          ))
      }
    }
    let tests = try MultipleTests(pairs.map { $0.2.isSmall ? $0.2.exactPValue : $0.2.pValue })
    for (index, (first, second, pair)) in pairs.enumerated() {
      let numbers = [
        pair.firstShare, pair.secondShare, pair.difference, pair.differenceLimits?.lower,
        pair.differenceLimits?.upper, pair.ratio, pair.ratioLimits?.lower,
        pair.ratioLimits?.upper, tests.pValues[index], tests.adjusted[index], pair.pValue,
        pair.exactPValue,
      ]
      result.append([.text(first), .text(second)] + numbers.map { .number($0) })
    }
    result.facts.append(
      (
        key: "test", value: "score, exact where an expected count is below 5",
        words: .init(
          en: "Known shares; score test, exact where an expected count is below 5",
          de: "Bekannte Anteile; Score-Test, exakt, wo eine erwartete Zahl unter 5 liegt")
      ))
    if tests.count > 1 {
      let alarms = EstimateInput.text(
        (tests.expectedFalseAlarms(level: input.options.level) * 100).rounded() / 100)
      result.warnings.append(
        .init(
          en:
            "\(tests.count) comparisons: if nothing differed, \(alarms) would be expected to look significant. Read P HOLM.",
          de:
            "\(tests.count) Vergleiche: Auch ohne Unterschiede wären \(alarms.replacing(".", with: ",")) auffällige zu erwarten. Es gilt P HOLM."
        ))
    }
    return result
  }
}

/// `estimate ranking`: groups in order, with the places that each may have.
enum RankingKind: EstimateKind {
  static let name = "ranking"
  static let summary = LocalizedText(
    en: "places that groups (--by) may have by their share",
    de: "Plätze, die Gruppen (--by) nach ihrem Anteil haben können")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    _ = try input.compared()
    let groups = try input.sharesByGroup()
    let ranks = try RankIntervals(shares: groups.map(\.shares), level: input.options.level)
    var result = EstimateResult(
      title: .init(en: "Ranking by the known share", de: "Rangfolge nach bekanntem Anteil"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("n_known", .count, en: "KNOWN", de: "BEKANNT"),
        .init("share", .number, en: "SHARE", de: "ANTEIL"),
        .init("lower", .number, en: "LOWER", de: "UNTEN"),
        .init("upper", .number, en: "UPPER", de: "OBEN"),
        .init("place", .count, en: "PLACE", de: "PLATZ"),
        .init("best", .count, en: "BEST", de: "BESTER"),
        .init("worst", .count, en: "WORST", de: "LETZTER"),
      ])
    let order = groups.indices.sorted {
      (ranks[$0]?.observed ?? .max, $0) < (ranks[$1]?.observed ?? .max, $1)
    }
    for index in order {
      let (name, shares) = groups[index]
      let interval = try shares.interval(level: input.options.level)
      let places = ranks[index]
      result.append(
        [.text(name), .number(Double(shares.answered)), .number(shares.known)]
          + [
            interval.limits?.lower, interval.limits?.upper,
            places.map { Double($0.observed) }, places.map { Double($0.best) },
            places.map { Double($0.worst) },
          ].map { .number($0) })
    }
    result.stateWilson(input.options.level)
    result.facts.append(
      (
        key: "places", value: "pairwise score tests, Holm",
        words: .init(
          en: "Places hold together at this level (pairwise tests, Holm)",
          de: "Plätze gelten zusammen auf diesem Niveau (paarweise Tests, Holm)")
      ))
    return result
  }
}

extension EstimateResult {
  /// Says that limits are Wilson's.
  mutating func stateWilson(_ level: Double) {
    let level = EstimateInput.text((level * 1e6).rounded() / 1e4)
    facts.append(
      (
        key: "interval", value: "wilson",
        words: .init(en: "\(level)% limits (Wilson)", de: "\(level)-%-Grenzen (Wilson)")
      ))
  }
}
