import EventLog
import Journey
import Presentation
import ProjectionEngine

/// The indicators of a period as text.
struct IndicatorPage {
  let set: IndicatorSet
  let request: IndicatorRequest
  let table: IndicatorTable
  let findings: [IndicatorFinding]
  /// The checks that could not be made.
  let unchecked: [UncheckedIndicators]
  let drops: [IndicatorDrop]
  /// What was known at the last transmission; nil where nothing is compared.
  let last: Knowledge?
  let knowledge: Knowledge
  /// How many records are incomplete.
  let incomplete: Int
  /// The period as it was named.
  let period: String
  let limit: Int
  let console: Console
  /// The code of a participant.
  let name: (ParticipantRef) -> String?

  private var language: Language { console.language }
  private var style: TerminalStyle { console.output.page(ofColumns: 80) }
  private var numbers: NumberStyle { NumberStyle(language) }
  private var words: EventText { EventText(language) }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// How the checks came out.
  var verdict: IndicatorVerdict {
    IndicatorVerdict(set: set, findings: findings, unchecked: unchecked, hasEarlier: last != nil)
  }

  /// Whether a check is broken that nothing explains.
  var hasProblems: Bool {
    findings.contains { finding in
      guard let drop = drops.first(where: { $0.finding == finding }) else { return true }
      return drop.causes.isEmpty
    }
  }

  /// Everything, in the order in which somebody works through it.
  var text: String {
    var parts = [title]
    if knowledge.isSimulated { parts.append(Knowledge.simulated(language) + "\n") }
    if table.groups.count != 1 { parts.append(tables(word("all", "alle")) { table.total($0, $1) }) }
    for group in table.groups {
      parts.append(tables(label(group)) { table.figures($0, in: group, $1) })
    }
    parts += [closed, checks, fallen, unfinished].filter { !$0.isEmpty }
    return parts.joined(separator: "\n")
  }

  private var title: String {
    let day = words.date(request.period.upperBound)
    let known = knowledge.basis(language)
    let lines =
      "\(set.title(language)), \(period) (\(set.name) \(set.version))\n"
      + word(
        "Cumulative as on \(day); complete records only, every participation once.",
        "Kumuliert zum \(day); nur vollständige Datensätze, jede Teilnahme einmal.")
    return lines.lines { $0 }.map { $0.wrapped(to: style.proseWidth) }.joined(separator: "\n")
      + "\n" + known.wrapped(to: style.proseWidth) + "\n"
  }

  private func label(_ group: [String?]) -> String {
    group.isEmpty
      ? word("all", "alle")
      : group.map { $0 ?? word("(not stated)", "(ohne Angabe)") }.joined(separator: ", ")
  }

  // MARK: Tables

  private func tables(
    _ group: String, _ figures: (String, GenderColumn) -> IndicatorFigures?
  ) -> String {
    Indicator.Table.allCases.map { table in
      let heading =
        switch table {
        case .outputs: word("Table 6, outputs: \(group)", "Tabelle 6, Outputs: \(group)")
        case .results: word("Table 10, results: \(group)", "Tabelle 10, Ergebnisse: \(group)")
        }
      return style.paint(heading, .bold) + "\n" + rows(table, figures)
    }.joined(separator: "\n")
  }

  private func rows(
    _ table: Indicator.Table, _ figures: (String, GenderColumn) -> IndicatorFigures?
  ) -> String {
    var text = TerminalTable(
      [
        .label(word("INDICATOR", "INDIKATOR")), .number(word("PERIOD", "ZEITRAUM")),
        .number(word("TOTAL", "GESAMT")), .number(word("WOMEN", "FRAUEN")),
        .number(word("MEN", "MÄNNER")), .number(word("N-BIN.", "N.-BIN.")),
      ]
        + (table == .results ? [.number(word("NO", "NEIN"))] : [])
        + [.number(word("UNKNOWN", "UNBEK."))]
        + (table == .results ? [.number(word("NOT DUE", "N. FÄLLIG"))] : []))
    for indicator in set.indicators where indicator.table == table {
      let all = figures(indicator.code, .total)
      let hasGender = indicator.basis != .entities
      var cells = [
        TableCell("\(indicator.code) \(indicator.label(language))"),
        TableCell(numbers.integer(all?.inPeriod)), TableCell(numbers.integer(all?.yes)),
      ]
      for column in GenderColumn.allCases.dropFirst() {
        cells.append(
          TableCell(hasGender ? numbers.integer(figures(indicator.code, column)?.yes) : ""))
      }
      if table == .results { cells.append(TableCell(numbers.integer(all?.no))) }
      cells.append(TableCell(hasGender ? numbers.integer(all?.unknown) : ""))
      if table == .results { cells.append(TableCell(numbers.integer(all?.notDue))) }
      text.append(cells)
    }
    return text.text(for: style)
  }

  /// Indicators of which nothing is said, and why.
  private var closed: String {
    var lines: [String] = []
    for indicator in set.indicators {
      guard let reason = table.closed[indicator.code] else { continue }
      let text =
        switch reason {
        case .key(let group):
          LocalizedText(
            en: "\(indicator.code): these keys do not open the field group “\(group.name)”.",
            de: "\(indicator.code): diese Schlüssel öffnen die Feldgruppe „\(group.name)“ nicht.")
        case .dropped(let group):
          LocalizedText(
            en: "\(indicator.code): the field group “\(group.name)” was dropped for good.",
            de: "\(indicator.code): die Feldgruppe „\(group.name)“ wurde endgültig gelöscht.")
        case .notStated:
          LocalizedText(
            en: "\(indicator.code): counts entities, not people; --entities FILE names them.",
            de:
              "\(indicator.code): zählt Einrichtungen, keine Personen; --entities DATEI nennt sie.")
        }
      lines.append(text(language).wrapped(to: style.proseWidth))
    }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  // MARK: Checks

  private var checks: String {
    let heading = verdict.text(language)
    guard !findings.isEmpty else { return heading + "\n" }
    return heading + "\n" + IndicatorFindings(set: set, language: language).text(findings, style)
  }

  private var unfinished: String {
    guard incomplete > 0 else {
      return word("Every record is complete.", "Jeder Datensatz ist vollständig.") + "\n"
    }
    return word(
      "\(numbers.integer(incomplete)) participations count nowhere: their records are incomplete.\n"
        + "Who they are: wegmarke indicators incomplete --period \(period)",
      "\(numbers.integer(incomplete)) Teilnahmen zählen nirgends: Ihre Datensätze sind unvollständig.\n"
        + "Welche: wegmarke indicators incomplete --period \(period)") + "\n"
  }

  // MARK: What fell

  private var fallen: String {
    guard let last, !drops.isEmpty else { return "" }
    let head =
      word(
        "What fell since the last transmission, and why",
        "Was seit der letzten Übermittlung sank, und warum"
      ) + "\n" + last.basis(language).wrapped(to: style.proseWidth) + "\n"
    return head + drops.map { drop in lines(drop) }.joined()
  }

  private func lines(_ drop: IndicatorDrop) -> String {
    let finding = drop.finding
    let group = finding.group.isEmpty ? "" : " (\(label(finding.group)))"
    let column = finding.column == .total ? "" : ", \(finding.column.label(language))"
    var text =
      "\n\(finding.indicator)\(column)\(group): \(numbers.integer(finding.expected)) → "
      + "\(numbers.integer(finding.found))\n"
    let most = limit > 0 ? limit : drop.causes.count
    var table = TerminalTable([
      .code(word("RECORD", "EINTRAG")), .code(word("PERSON", "PERSON")),
      .text(word("WHAT", "WAS"), minimum: 16), .text(word("WHY", "WARUM"), minimum: 9),
      .number(word("CHANGE", "ÄNDERUNG")),
    ])
    for cause in drop.causes.prefix(most) {
      table.append([
        TableCell(cause.position.description),
        TableCell(name(cause.participant) ?? NumberStyle.undefined),
        TableCell("\(cause.event.type.label(language)), \(words.date(cause.event.occurredOn))"),
        TableCell(cause.kind?.label(language) ?? word("other answer", "andere Angabe")),
        TableCell(signed(cause.change)),
      ])
    }
    if !drop.causes.isEmpty { text += table.text(for: style) }
    if drop.causes.count > most {
      text += word(
        "\(most) of \(drop.causes.count) shown; --limit 0 shows all.\n",
        "\(most) von \(drop.causes.count) gezeigt; --limit 0 zeigt alle.\n")
    }
    var others: [String] = []
    if drop.gained != 0 {
      others.append(
        word("other records \(signed(drop.gained))", "andere Einträge \(signed(drop.gained))"))
    }
    if drop.passed != 0 {
      others.append(
        word(
          "no record (time, erasure) \(signed(drop.passed))",
          "kein Eintrag (Zeit, Löschung) \(signed(drop.passed))"))
    }
    return text + (others.isEmpty ? "" : others.joined(separator: ", ") + "\n")
  }

  private func signed(_ change: Int) -> String {
    (change > 0 ? "+" : "") + numbers.integer(change)
  }
}

extension GenderColumn {
  /// What a person reads.
  func label(_ language: Language) -> String {
    let text: LocalizedText =
      switch self {
      case .total: .init(en: "total", de: "gesamt")
      case .women: .init(en: "women", de: "Frauen")
      case .men: .init(en: "men", de: "Männer")
      case .nonBinary: .init(en: "non-binary", de: "nicht-binär")
      }
    return text(language)
  }
}

/// Rows that break checks, as a table, and below it what each check asks.
struct IndicatorFindings {
  let set: IndicatorSet
  let language: Language

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The table.
  ///
  /// - Parameter place: Where a row stands, in a file; nil for nowhere.
  func text(
    _ findings: [IndicatorFinding], _ style: TerminalStyle,
    place: (IndicatorFinding) -> String? = { _ in nil }
  ) -> String {
    let numbers = NumberStyle(language)
    let isGrouped = findings.contains { !$0.group.isEmpty }
    let isPlaced = findings.contains { place($0) != nil }
    var columns: [TerminalTable.Column] = [
      .code(word("CHECK", "PRÜFUNG")), .code(word("INDICATOR", "INDIKATOR")),
    ]
    if isGrouped { columns.append(.text(word("GROUP", "GRUPPE"))) }
    if isPlaced { columns.append(.text(word("WHERE", "WO"))) }
    columns += [
      .text(word("COLUMN", "SPALTE")), .number(word("FOUND", "IST")),
      .number(word("EXPECTED", "SOLL")),
    ]
    var table = TerminalTable(columns)
    for finding in findings {
      var cells = [TableCell(finding.check), TableCell(finding.indicator)]
      if isGrouped {
        cells.append(
          TableCell(
            finding.group.map { $0 ?? word("(not stated)", "(ohne Angabe)") }
              .joined(separator: ", ")))
      }
      if isPlaced { cells.append(TableCell(place(finding) ?? "")) }
      cells += [
        TableCell(finding.column.label(language)), TableCell(numbers.integer(finding.found)),
        TableCell(numbers.integer(finding.expected)),
      ]
      table.append(cells)
    }
    let broken = Set(findings.map(\.check))
    let meanings = set.checks.filter { broken.contains($0.code) }.map {
      "\($0.code): \($0.title(language)) (\($0.source))".wrapped(to: style.proseWidth) + "\n"
    }
    return table.text(for: style) + meanings.joined()
  }
}
