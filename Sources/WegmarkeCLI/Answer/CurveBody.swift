import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a page says of a question of kind `time-to-event`.
struct CurveBody: AnswerBody {
  let answer: TimeToEventAnswer
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }

  var parameters: [String] {
    let level = numbers.percent(answer.level, places: 0)
    return CurveBody.rule(of: answer.question, language)
      + [word("\(level) limits: ", "\(level)-Grenzen: ") + answer.intervals.rawValue]
      + [answer.variance?.words(language)].compactMap(\.self) + units
  }

  /// What is counted, and how much each counts, where it is not people as such.
  var unit: AnalysisUnit { answer.question.unit }

  private var units: [String] {
    guard answer.question.keepsRows else { return [] }
    var parts: [String] = []
    let people = numbers.integer(answer.groups.reduce(0) { $0 + ($1.units?.people ?? 0) })
    switch answer.question.unit {
    case .participation:
      parts.append(
        word(
          "unit: participation, of \(people) people", "Einheit: Teilnahme, von \(people) Personen"))
    case .spell:
      parts.append(
        word("unit: spell, of \(people) people", "Einheit: Episode, von \(people) Personen"))
    case .person, .record: break
    }
    if let weight = answer.question.weight {
      let sum = numbers.decimal(
        answer.groups.reduce(0) { $0 + ($1.units?.weight ?? 0) }, places: 1)
      parts.append(weight.words(sum: sum)(language))
    }
    return parts
  }

  /// How far people are followed, where it is not as usual, and the gap and its rule, of a question that
  /// waits for an interruption.
  static func rule(of question: TimeToEventQuestion, _ language: Language) -> [String] {
    let followed = question.unusualObservation(language)
    guard case .interruption(let gap, let rule) = question.outcome else { return followed }
    return followed + [
      LocalizedText(en: "allowed gap: \(gap)", de: "erlaubte Lücke: \(gap)")(language),
      LocalizedText(en: "rule \(rule.rawValue)", de: "Regel \(rule.rawValue)")(language),
    ]
  }

  var lead: String? { CurveSentence(answer: answer, language: language).text }

  var tables: [(caption: String, table: TerminalTable)] {
    var tables: [(caption: String, table: TerminalTable)]
    if answer.question.competing.isEmpty {
      tables = [
        (word("At the horizons", "Zu den Terminen"), readings),
        (word("Quartiles and mean", "Quartile und Mittel"), summary),
      ]
    } else {
      tables = [(word("What came first", "Was zuerst kam"), incidence)]
    }
    tables += doubts.tables
    if let table = comparison?.table {
      tables.append((word("Groups compared", "Gruppen im Vergleich"), table))
    }
    return tables
  }

  var remarks: [String] { lateness + doubts.notes + (comparison?.notes ?? []) }

  private var lateness: [String] {
    [CurveSentence.lateness(answer.question, language)].compactMap(\.self)
  }

  private var doubts: CurveDoubts { CurveDoubts(answer: answer, language: language) }
  private var comparison: ComparisonText? { ComparisonText(answer, language) }

  func sections(for style: TerminalStyle) -> [String] {
    var parts = pictures(of: answer, for: style)
    if answer.question.competing.isEmpty {
      parts += [readings.text(for: style), summary.text(for: style)]
    } else {
      parts += [incidence.text(for: style)]
    }
    for (caption, table) in doubts.tables {
      parts += [style.paint(caption, .bold), table.text(for: style)]
    }
    parts += (lateness + doubts.notes).map { $0.wrapped(to: style.proseWidth) }
    return parts + (comparison?.sections(for: style) ?? [])
  }

  /// The curve at the question's horizons.
  private var readings: TerminalTable {
    let unit = answer.question.clock == .day ? word("DAYS", "TAGE") : word("MONTHS", "MONATE")
    var columns: [TerminalTable.Column] = []
    if isGrouped { columns.append(.text(word("GROUP", "GRUPPE"))) }
    columns += [
      .number(unit), .number(word("AT RISK", "BEOBACHTET")), .number(word("SHARE", "ANTEIL")),
      .number(word("LIMITS", "GRENZEN")), .number(word("S.E.", "ST.FEHLER")),
    ]
    var table = TerminalTable(columns)
    for group in answer.groups {
      for reading in group.readings {
        let isKnown = !reading.isExtrapolated
        let cells = [
          TableCell(time(reading.time)), TableCell(numbers.integer(reading.atRisk)),
          TableCell(numbers.percent(isKnown ? reading.survival : nil)),
          TableCell(numbers.limits(isKnown ? reading.limits : nil)),
          TableCell(numbers.standardError(isKnown ? reading.standardError : nil)),
        ]
        table.append((isGrouped ? [TableCell(name(group))] : []) + cells)
      }
    }
    return table
  }

  /// How likely each event is by the question's horizons, and to nobody yet anything.
  private var incidence: TerminalTable {
    let unit = answer.question.clock == .day ? word("DAYS", "TAGE") : word("MONTHS", "MONATE")
    var columns: [TerminalTable.Column] = []
    if isGrouped { columns.append(.text(word("GROUP", "GRUPPE"))) }
    columns += [
      .text(word("EVENT", "EREIGNIS")), .number("N"), .number(unit),
      .number(word("SHARE", "ANTEIL")),
      .number(word("LIMITS", "GRENZEN")), .number(word("S.E.", "ST.FEHLER")),
    ]
    var table = TerminalTable(columns)
    for group in answer.groups {
      let lead = isGrouped ? [TableCell(name(group))] : []
      for incidence in group.incidences {
        let what = CauseText.label(incidence.cause)(language)
        for (place, reading) in incidence.readings.enumerated() {
          // The name once, above its times.
          let isFirst = place == 0
          table.append(
            lead
              + [
                TableCell(isFirst ? what : ""),
                TableCell(isFirst ? numbers.integer(incidence.events) : ""),
              ]
              + figures(
                reading.time, reading.isExtrapolated ? nil : reading.probability, reading.limits,
                reading.standardError))
        }
      }
      for (place, reading) in group.readings.enumerated() {
        let what = place == 0 ? word("nothing yet", "noch nichts") : ""
        table.append(
          lead + [TableCell(what), TableCell("")]
            + figures(
              reading.time, reading.isExtrapolated ? nil : reading.survival, reading.limits,
              reading.standardError))
      }
    }
    return table
  }

  private func figures(
    _ time: Double, _ share: Double?, _ limits: ConfidenceLimits?, _ error: Double?
  ) -> [TableCell] {
    guard let share else {
      return [TableCell(self.time(time))]
        + [TableCell](repeating: TableCell(NumberStyle.undefined), count: 3)
    }
    return [
      TableCell(self.time(time)), TableCell(numbers.percent(share)),
      TableCell(numbers.limits(limits)), TableCell(numbers.standardError(error)),
    ]
  }

  /// Quartiles and the restricted mean, one row a group.
  private var summary: TerminalTable {
    var columns: [TerminalTable.Column] = []
    if isGrouped { columns.append(.text(word("GROUP", "GRUPPE"))) }
    columns += [.number("N"), .number(word("EVENTS", "EREIGNISSE"))]
    for share in [0.25, 0.5, 0.75].map({ numbers.percent($0, places: 0) }) {
      columns.append(.number(word("\(share) BY", "\(share) BIS")))
    }
    let horizon =
      answer.definition.restrictedMeanTo(on: answer.question.clock).map { time($0) } ?? ""
    columns.append(.number(word("MEAN TO \(horizon)", "MITTEL BIS \(horizon)")))
    var table = TerminalTable(columns)
    for group in answer.groups {
      let events = group.curve.events.reduce(0, +)
      let subjects = events + group.curve.censored.reduce(0, +)
      var cells = [TableCell(numbers.integer(subjects)), TableCell(numbers.integer(events))]
      for quartile in group.quartiles { cells.append(TableCell(limits(quartile))) }
      cells.append(TableCell(mean(group.restrictedMean)))
      table.append((isGrouped ? [TableCell(name(group))] : []) + cells)
    }
    return table
  }

  private func limits(_ quartile: KaplanMeier.Quantile) -> String {
    guard let time = quartile.time else { return NumberStyle.undefined }
    let limits: String
    switch (quartile.lower, quartile.upper) {
    case (let lower?, let upper?): limits = " (\(self.time(lower))–\(self.time(upper)))"
    case (let lower?, nil): limits = " (≥\u{A0}\(self.time(lower)))"
    case (nil, let upper?): limits = " (≤\u{A0}\(self.time(upper)))"
    case (nil, nil): limits = ""
    }
    return self.time(time) + limits
  }

  private func mean(_ mean: RestrictedMean?) -> String {
    // Beyond the last follow-up there is no mean, and no error of one that nothing varies.
    guard let mean, !mean.isExtrapolated else { return NumberStyle.undefined }
    guard mean.standardError > 0 else { return numbers.decimal(mean.mean, places: 2) }
    return
      "\(numbers.decimal(mean.mean, places: 2)) ± \(numbers.decimal(mean.standardError, places: 2))"
  }

  private var isGrouped: Bool { answer.isGrouped }

  private func name(_ group: TimeToEventAnswer.Group) -> String {
    answer.name(group.values, language)
  }

  private func time(_ time: Double) -> String {
    numbers.decimal(time, places: time == time.rounded() ? 0 : 1)
  }
}

extension QuestionWeight {
  /// What the weights are, and what they add up to.
  func words(sum: String) -> LocalizedText {
    kind == .sampling
      ? LocalizedText(
        en: "sampling weights, in all \(sum)", de: "Stichprobengewichte, zusammen \(sum)")
      : LocalizedText(en: "frequencies, in all \(sum)", de: "Häufigkeiten, zusammen \(sum)")
  }
}
