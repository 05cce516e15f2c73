import Interchange
import Journey
import Presentation
import ProjectionEngine
import Statistics

/// An answer as people read it.
struct AnswerPage {
  let answer: TimeToEventAnswer
  let basis: LocalizedText
  let console: Console

  private var language: Language { console.language }
  private var numbers: NumberStyle { NumberStyle(console.language) }

  var text: String {
    get throws {
      let style = console.output
      let width = style.proseWidth
      var lines = [
        style.paint(answer.definition.title(language), .bold), population.flowed(to: width),
      ]
      if answer.certificate.isSimulated {
        lines.append(
          style.paint(
            LocalizedText(
              en: "Simulated data: nobody here exists.",
              de: "Simulierte Daten: Niemand hier ist echt.")(language), .yellow))
      }
      lines.append(parameters.flowed(to: width))
      guard !answer.groups.isEmpty else {
        lines.append(LocalizedText(en: "Nobody counts.", de: "Niemand zählt.")(language))
        lines += try footer()
        return lines.joined(separator: "\n")
      }
      let chart = AnswerChart(answer, language).chart
      lines += ["", chart.terminalText(for: style, columns: min(style.width ?? 76, 76), rows: 11)]
      if answer.question.competing.isEmpty {
        lines += [readings.text(for: style), summary.text(for: style)]
      } else {
        lines += [incidence.text(for: style)]
      }
      lines += try footer()
      return lines.joined(separator: "\n")
    }
  }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  private var population: String {
    let attrition = answer.attrition
    var parts = [
      word(
        "n = \(numbers.integer(attrition.counted)) of \(numbers.integer(attrition.participants))",
        "n = \(numbers.integer(attrition.counted)) von \(numbers.integer(attrition.participants))")
    ]
    let reasons: [(Int, String)] = [
      (attrition.withoutEntry, word("without entry", "ohne Eintritt")),
      (attrition.withoutIndexEvent, word("without index event", "ohne Startereignis")),
      (attrition.notObserved, word("not observed afterwards", "danach nicht beobachtet")),
      (attrition.tooLate, word("too late to know", "zu spät für ein Urteil")),
      (attrition.leftOut, word("left out (Art. 18)", "ausgenommen (Art. 18)")),
    ]
    for (count, reason) in reasons where count > 0 {
      parts.append("\(numbers.integer(count)) \(reason)")
    }
    return parts.joined(separator: " · ")
  }

  private var parameters: String {
    var parts = [
      word("clock: ", "Uhr: ") + answer.question.clock.label(language)
    ]
    if case .interruption(let gap, let rule) = answer.question.outcome {
      parts.append(word("allowed gap: ", "erlaubte Lücke: ") + "\(gap)")
      parts.append(word("rule ", "Regel ") + rule.rawValue)
    }
    if let window = answer.question.window {
      let words = EventText(language)
      parts.append(
        "\(words.date(window.lowerBound))–\(words.date(window.upperBound))")
    }
    if isGrouped { parts.append(AnswerChart.grouping(answer.question)(language)) }
    let level = numbers.percent(answer.level, places: 0)
    parts.append(word("\(level) limits: ", "\(level)-Grenzen: ") + answer.intervals.rawValue)
    return parts.joined(separator: " · ")
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
        let cells = [
          TableCell(time(reading.time)), TableCell(numbers.integer(reading.atRisk)),
          TableCell(
            reading.isExtrapolated ? NumberStyle.undefined : numbers.percent(reading.survival)),
          TableCell(
            reading.isExtrapolated
              ? NumberStyle.undefined
              : numbers.percentRange(reading.limits?.lower, reading.limits?.upper)),
          TableCell(
            reading.isExtrapolated
              ? NumberStyle.undefined : numbers.decimal(reading.standardError, places: 4)),
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
        for reading in incidence.readings {
          table.append(
            lead + [TableCell(what), TableCell(numbers.integer(incidence.events))]
              + figures(
                reading.time, reading.isExtrapolated ? nil : reading.probability, reading.limits,
                reading.standardError))
        }
      }
      for reading in group.readings {
        table.append(
          lead + [TableCell(word("nothing yet", "noch nichts")), TableCell("")]
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
      TableCell(numbers.percentRange(limits?.lower, limits?.upper)),
      TableCell(numbers.decimal(error, places: 4)),
    ]
  }

  /// Quartiles and the restricted mean, one row a group.
  private var summary: TerminalTable {
    var columns: [TerminalTable.Column] = []
    if isGrouped { columns.append(.text(word("GROUP", "GRUPPE"))) }
    columns += [.number("N"), .number(word("EVENTS", "EREIGNISSE"))]
    for share in ["25 %", "50 %", "75 %"] {
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
    guard let mean else { return NumberStyle.undefined }
    return
      "\(numbers.decimal(mean.mean, places: 2)) ± \(numbers.decimal(mean.standardError, places: 2))"
  }

  private func footer() throws -> [String] {
    let definition = answer.definition
    let style = console.output
    let digest = try answer.digest().prefix(12)
    let name = "\(definition.name) v\(definition.version) (\(definition.digest.prefix(8)))"
    let log = answer.certificate
    let facts =
      leftOut + [
        word("Definition \(name)", "Definition \(name)") + .middot + basis(language),
        "\(log.origin) · \(word("root", "Wurzel")) \(log.root.prefix(12))"
          + " · \(word("digest", "Prüfsumme")) \(digest)",
        word("More: ", "Genauer: ") + "wegmarke questions show \(definition.name)",
      ]
    return facts.flatMap { $0.flowed(to: style.proseWidth).lines { style.paint($0, .dim) } }
  }

  /// Whom the answer must not count, where there is anybody.
  private var leftOut: [String] {
    let count = answer.attrition.leftOut
    guard count > 0 else { return [] }
    let (number, one) = (numbers.integer(count), count == 1)
    return [
      word(
        "\(number) \(one ? "person is" : "people are") left out: their processing is restricted"
          + " and they are not to stand in statistics (Art. 18 GDPR).",
        "\(number) \(one ? "Person ist" : "Personen sind") ausgenommen: Die Verarbeitung ist"
          + " eingeschränkt, Statistiken eingeschlossen (Art. 18 DSGVO).")
    ]
  }

  private var isGrouped: Bool { !answer.question.groupedBy.isEmpty }

  private func name(_ group: TimeToEventAnswer.Group) -> String {
    AnswerChart.name(group, answer.question, language)
  }

  private func time(_ time: Double) -> String {
    numbers.decimal(time, places: time == time.rounded() ? 0 : 1)
  }
}

/// The curves of an answer as a chart.
struct AnswerChart {
  let chart: SurvivalChart

  init(_ answer: TimeToEventAnswer, _ language: Language) {
    let unit: LocalizedText =
      answer.question.clock == .day
      ? .init(en: "Days", de: "Tage") : .init(en: "Months", de: "Monate")
    let since: LocalizedText =
      answer.question.origin == .entry
      ? .init(en: " since entry", de: " seit dem Eintritt")
      : .init(en: " since job start", de: " seit der Arbeitsaufnahme")
    let share: LocalizedText =
      answer.question.outcome == .firstPlacement
      ? .init(en: "still without a job", de: "noch ohne Arbeit")
      : .init(en: "still in work", de: "noch in Arbeit")
    var chart = SurvivalChart(
      title: answer.definition.title(language), timeLabel: (unit + since)(language),
      shareLabel: share(language), unit: answer.question.clock == .day ? .days : .months,
      curves: answer.groups.map { AnswerChart.curve($0, answer, language) }, language: language)
    if !answer.question.groupedBy.isEmpty {
      chart.subtitle.append(AnswerChart.grouping(answer.question)(language))
    }
    chart.confidenceLevel = answer.level
    chart.showsMedians = answer.groups.count <= 4
    if answer.certificate.isSimulated {
      chart.subtitle.append(
        LocalizedText(
          en: "Simulated data: nobody here exists.", de: "Simulierte Daten: Niemand hier ist echt.")(
            language))
    }
    chart.footnotes.append(
      "\(answer.definition.name) v\(answer.definition.version) · \(answer.certificate.origin)"
        + " #\(max(answer.certificate.size, 1) - 1) · \(answer.certificate.root.prefix(12))")
    self.chart = chart
  }

  private static func curve(
    _ group: TimeToEventAnswer.Group, _ answer: TimeToEventAnswer, _ language: Language
  ) -> SurvivalCurve {
    let curve = group.curve
    return SurvivalCurve(
      label: answer.question.groupedBy.isEmpty ? "" : name(group, answer.question, language),
      total: curve.counts.subjects, times: curve.times, survival: curve.survival,
      lower: group.band.lower, upper: group.band.upper, atRisk: curve.atRisk,
      events: curve.events, censored: curve.censored, lastFollowUp: curve.times.last,
      median: group.quartiles.first { $0.probability == 0.5 }?.time)
  }

  /// By which attributes the groups were made, in the order of their values.
  static func grouping(_ question: TimeToEventQuestion) -> LocalizedText {
    let names = question.groupedBy.joined(separator: ", ")
    return LocalizedText(en: "by \(names)", de: "nach \(names)")
  }

  /// A group's name: its values in words.
  static func name(
    _ group: TimeToEventAnswer.Group, _ question: TimeToEventQuestion, _ language: Language
  ) -> String {
    zip(question.groupedBy, group.values).map { attribute, value in
      guard let value else {
        return LocalizedText(en: "not stated", de: "ohne Angabe")(language)
      }
      return AttributeText.value(value, of: attribute, language)
    }.joined(separator: ", ")
  }
}

/// Values of attributes in words: codes of the programme's lists get their wording.
enum AttributeText {
  private static let fields: [String: FieldDefinition] = Dictionary(
    EventType.entryProfileRecorded.schema.optional.map { ($0.name, $0) },
    uniquingKeysWith: { first, _ in first })

  static func value(_ value: String, of attribute: String, _ language: Language) -> String {
    guard case .code(let list)? = fields[attribute]?.type,
      let raw = list.rawValue(of: value), let entry = list.entry(of: raw)
    else { return value }
    return entry.label(language)
  }
}

extension QuestionAnswer {
  /// The figures as RFC 4180 in full precision.
  var csv: String {
    get throws {
      var writer = CSVWriter(.csv)
      writer.header(columnNames)
      for row in try rows() {
        for cell in row { writer.text(cell) }
        writer.endRow()
      }
      return String(decoding: writer.take(), as: UTF8.self)
    }
  }
}
