import Journey
import Statistics

/// `estimate bounds`: what a curve can be when people were lost.
enum LossKind: EstimateKind {
  static let name = "bounds"
  static let summary = LocalizedText(
    en: "what a curve can be when people were lost (--at)",
    de: "was eine Kurve sein kann, wenn Leute verloren gingen (--at)")

  static func estimate(_ input: EstimateInput) throws -> EstimateResult {
    let options = input.options
    let times = try input.horizons()
    var result = EstimateResult(
      title: .init(
        en: "What the share can be, whatever became of the lost",
        de: "Was der Anteil sein kann, was auch aus Verlorenen wurde"),
      columns: [
        .init("stratum", .text, en: "GROUP", de: "GRUPPE"),
        .init("event", .text, en: "EVENT", de: "EREIGNIS"),
        .init("time", .time, en: "TIME", de: "ZEIT"),
        .init("n_risk", .count, en: "AT RISK", de: "UNTER RISIKO"),
        .init("worst", .number, en: "LEAST", de: "MIND."),
        .init("best", .number, en: "MOST", de: "HÖCHST."),
        .init(machine: "se_worst"), .init(machine: "se_best"),
        .init("lower", .number, en: "LOWER", de: "UNTEN"),
        .init("upper", .number, en: "UPPER", de: "OBEN"),
      ])
    let stop = try input.stopName()
    let start = input.startName()
    let marks = try outcomes(input)
    let starts = try start.map(input.table.numbers)
    let stops = try input.table.numbers(stop)
    let clusters = try input.numbers(options.cluster)
    let subjects = try input.numbers(options.id)
    let weights = try options.weight.map(input.table.numbers)
    for group in try EstimateGroups(input).all {
      let bounds = try input.checked(start: start, stop: stop) { () throws(StatisticsError) in
        try LossBounds(
          starts: starts.map { column in group.rows.map { column[$0] } },
          stops: group.rows.map { stops[$0] }, outcomes: group.rows.map { marks.numbers[$0] },
          weights: weights.map { column in group.rows.map { column[$0] } },
          subjects: subjects.map { column in group.rows.map { column[$0] } },
          clusters: clusters.map { column in group.rows.map { column[$0] } })
      }
      try append(
        bounds.eventFree(at: times, limitsOf: options.interval, level: options.level),
        group.name, "none", to: &result)
      for (number, event) in marks.events.enumerated() where marks.events.count > 1 {
        try append(
          bounds.incidence(
            of: number + 1, at: times, limitsOf: options.interval, level: options.level),
          group.name, event, to: &result)
      }
    }
    let lost = marks.numbers.count { $0 == LossBounds.lost }
    result.state("lost", Double(lost), en: "rows lost", de: "Zeilen verloren")
    result.state(.infinitesimalJackknife)
    result.state(options.interval, level: options.level)
    return result
  }

  private static func append(
    _ readings: [LossBounds.Reading], _ group: String, _ event: String,
    to result: inout EstimateResult
  ) {
    for reading in readings {
      let numbers = [
        reading.time, reading.atRisk, reading.bounds?.lower, reading.bounds?.upper,
        reading.lowerError, reading.upperError, reading.limits?.lower, reading.limits?.upper,
      ]
      result.append([.text(group), .text(event)] + numbers.map { .number($0) })
      if reading.isExtrapolated { result.warnings.append(.beyond(reading.time, group)) }
    }
  }

  /// The events by number from 1, planned ends as 0, lost people as such.
  private static func outcomes(
    _ input: EstimateInput
  ) throws -> (numbers: [Int], events: [String]) {
    let name = try input.name(
      input.options.event, usual: ["event", "status", "cause"], option: "event")
    let cells = try input.table.column(name)
    let words = input.options.unknown.lost.map { [$0] } ?? ["lost", "unknown", "unbekannt"]
    guard cells.texts.contains(where: words.contains) else {
      throw Failure(
        .init(
          en: "\(input.table.path): Nobody is lost: column “\(name)” nowhere says “\(words[0])”.",
          de:
            "\(input.table.path): Niemand ist verloren: In Spalte „\(name)“ steht nirgends „\(words[0])“."
        ),
        advice: .init(
          en: "--lost names the value; without losses estimate survival.",
          de: "--lost nennt den Wert; ohne Verlorene estimate survival."), .data)
    }
    let events = cells.texts.filter { !words.contains($0) && !input.isCensored($0) }
    let numbers = cells.texts.map { text in
      words.contains(text) ? LossBounds.lost : (events.firstIndex(of: text).map { $0 + 1 } ?? 0)
    }
    return (cells.codes.map { numbers[Int($0)] }, events)
  }
}
