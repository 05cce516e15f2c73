import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a page says of a question of kind `table`.
struct CohortBody: AnswerBody {
  let answer: CohortTableAnswer
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var question: TimeToEventQuestion { answer.question.timeToEvent }
  private var isGrouped: Bool { question.isGrouped }

  var parameters: [String] {
    let level = numbers.percent(answer.level, places: 0)
    return CurveBody.rule(of: question, language)
      + [
        word("\(level) limits: ", "\(level)-Grenzen: ") + answer.intervals.rawValue,
        CurveVariance.greenwood.words(language),
      ]
  }

  /// The latest cohort that has come so far, at the last horizon that any has; of several groups all
  /// cohorts together.
  var lead: String? {
    guard answer.groups.count == 1, let group = answer.groups.first else { return compared }
    for place in answer.question.horizons.indices.reversed() {
      guard
        let cohort = group.cohorts.last(where: {
          $0.cells[place].isComplete && $0.cells[place].share != nil
        }), let name = cohort.name
      else { continue }
      let cell = cohort.cells[place]
      let clock = question.clock.counted
      let share = numbers.percent(cell.share)
      let limits = numbers.inBrackets(cell.limits)
      let what = shareLabel(language)
      return word(
        "Of cohort \(name), the last that is complete after \(clock(cell.horizon, .english)), then"
          + " \(share) were \(what)\(limits).",
        "Aus Kohorte \(name), der letzten, die nach \(clock(cell.horizon, .german)) vollständig ist,"
          + " waren dann \(share) \(what)\(limits).")
    }
    return nil
  }

  /// The groups at the last horizon at which enough people are under observation in two of them.
  private var compared: String? {
    for place in answer.question.horizons.indices.reversed() {
      let parts = answer.groups.compactMap { group -> GroupSentence.Part? in
        let cell = group.total.cells[place]
        guard cell.atRisk >= AnswerPage.fewestToQuote, let share = cell.share else { return nil }
        return GroupSentence.Part(
          name: name(group), value: share, shown: numbers.percent(share),
          limits: numbers.inBrackets(cell.limits))
      }
      guard parts.count > 1 else { continue }
      let after = question.clock.counted(answer.question.horizons[place], language)
      let what = shareLabel(language)
      return GroupSentence(language: language).text(
        word("After \(after), \(what): ", "Nach \(after) \(what): "), parts)
    }
    return fewObserved
  }

  /// What the shares are of.
  private func shareLabel(_ language: Language) -> String {
    if answer.question.showsRemaining { return AnswerChart.shareLabel(question)(language) }
    let reached: LocalizedText =
      switch question.outcome {
      case .firstPlacement: .init(en: "placed", de: "vermittelt")
      case .exit: .init(en: "out of the programme", de: "ausgetreten")
      case .dropout: .init(en: "dropped out", de: "abgebrochen")
      case .interruption: AnswerChart.shareLabel(question)
      }
    return reached(language)
  }

  var tables: [(caption: String, table: TerminalTable)] {
    answer.groups.map { group in
      (isGrouped ? name(group) : word("By cohort", "Nach Kohorten"), table(group))
    }
  }

  func sections(for style: TerminalStyle) -> [String] {
    pictures(of: answer, for: style)
      + answer.groups.flatMap { group in
        (isGrouped ? [style.paint(name(group), .bold)] : [])
          + [table(group).text(for: style)]
      } + remarks.map { $0.wrapped(to: style.proseWidth) }
  }

  var remarks: [String] {
    var lines = [
      word(
        "SHARE: \(shareLabel(language)), estimated from everybody as far as they were followed. CRUDE:"
          + " the plain share of those due who were followed to the horizon, or had an event before.",
        "ANTEIL: \(shareLabel(language)), geschätzt aus allen, so weit sie beobachtet wurden. ROH: der"
          + " schlichte Anteil der Fälligen, die bis zum Termin beobachtet wurden oder vorher ein"
          + " Ereignis hatten.")
    ]
    let cells = answer.groups.flatMap { $0.cohorts + [$0.total] }.flatMap(\.cells)
    if cells.contains(where: { !$0.isComplete && !$0.isNotDue }) {
      lines.append(
        word(
          "* Not due for the whole cohort yet: the figure will still move.",
          "* Noch nicht für die ganze Kohorte fällig: Der Wert bewegt sich noch."))
    }
    if let late = CurveSentence.lateness(question, language) { lines.append(late) }
    return lines
  }

  /// The cohorts of a group, a line for each horizon.
  private func table(_ group: CohortTableAnswer.Group) -> TerminalTable {
    var table = TerminalTable([
      .code(word("COHORT", "KOHORTE")), .number("N"),
      .number(question.clock == .day ? word("DAYS", "TAGE") : word("MONTHS", "MONATE")),
      .number(word("DUE", "FÄLLIG")), .number(word("AT RISK", "BEOBACHTET")),
      .number(word("SHARE", "ANTEIL")), .number(word("LIMITS", "GRENZEN")),
      .number(word("CRUDE", "ROH")),
    ])
    let all = word("all", "alle")
    for cohort in group.cohorts + [group.total] {
      for (place, cell) in cohort.cells.enumerated() {
        // The name once, above its horizons.
        let lead = place == 0 ? [cohort.name ?? all, numbers.integer(cohort.units)] : ["", ""]
        table.append((lead + figures(cell)).map { TableCell($0) })
      }
    }
    return table
  }

  private func figures(_ cell: CohortTableAnswer.Cell) -> [String] {
    let mark = cell.isComplete || cell.isNotDue ? "" : "*"
    let horizon = numbers.decimal(cell.horizon, places: 0) + mark
    if cell.isNotDue {
      return [horizon, numbers.integer(0), "", "", word("not due", "nicht fällig")]
    }
    return [
      horizon, numbers.integer(cell.due), numbers.integer(cell.atRisk),
      numbers.percent(cell.share),
      numbers.limits(cell.limits),
      numbers.percent(cell.crude),
    ]
  }

  private func name(_ group: CohortTableAnswer.Group) -> String {
    question.name(group.values, language)
  }
}
