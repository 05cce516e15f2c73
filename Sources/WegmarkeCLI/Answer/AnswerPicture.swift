import Journey
import Presentation
import ProjectionEngine
import Statistics

/// The picture that shows an answer, whatever its kind.
struct AnswerPicture {
  let answer: any QuestionAnswer
  let language: Language

  /// The chart of the answer alone, as it stands on a page that says what it rests on.
  var plainChart: (any Chart)? {
    switch answer {
    case let answer as TimeToEventAnswer: curve(answer)
    case let answer as ShareAnswer: shares(answer)
    case let answer as StateAnswer: states(answer)
    case let answer as SequenceAnswer: sequences(answer)
    case let answer as CohortTableAnswer: CohortPicture(answer: answer, language: language).chart
    default: nil
    }
  }

  /// The chart of the answer, with what it rests on below; nil when there is nothing to draw.
  var chart: (any Chart)? {
    guard var chart = plainChart else { return nil }
    if answer.certificate.isSimulated {
      chart.subtitle.append(
        word("Simulated data: nobody here exists.", "Simulierte Daten: Niemand hier ist echt."))
    }
    // A picture travels without its page.
    if let heading = MaturityText(answer, language)?.heading { chart.subtitle.append(heading) }
    let log = answer.certificate
    chart.footnotes.append(
      "\(answer.definition.name) v\(answer.definition.version) · \(log.origin)"
        + " #\(max(log.size, 1) - 1) · \(log.root.prefix(12))")
    return chart
  }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  private var title: String { answer.definition.title(language) }

  private func timeLabel(_ clock: ClockUnit, _ since: LocalizedText) -> String {
    (clock == .day ? word("Days", "Tage") : word("Months", "Monate")) + " " + since(language)
  }

  private func unit(_ clock: ClockUnit) -> ChartTimeUnit { clock == .day ? .days : .months }

  // MARK: Time to event

  private func curve(_ answer: TimeToEventAnswer) -> (any Chart)? {
    guard !answer.question.competing.isEmpty else { return AnswerChart(answer, language).chart }
    let label = timeLabel(answer.question.clock, answer.question.since)
    guard answer.groups.count > 1 else { return answer.groups.first.map { stacked($0, label) } }
    let names = answer.groups[0].incidences.map(\.cause)
    let panels = names.enumerated().map { place, name in
      ShareLinesChart.Panel(
        title: CauseText.label(name)(language),
        lines: answer.groups.map { group in
          let incidence = group.incidences[place]
          return ShareLine(
            label: answer.name(group.values, language), total: group.curve.counts.subjects,
            times: incidence.times,
            shares: incidence.incidence, lower: incidence.band.lower,
            upper: incidence.band.upper, atRisk: group.curve.atRisk)
        })
    }
    var chart = ShareLinesChart(
      title: title, timeLabel: label, unit: unit(answer.question.clock), panels: panels,
      language: language)
    if !answer.question.groupedBy.isEmpty {
      chart.subtitle = [GroupName.grouping(answer.question.groupedBy)(language)]
    }
    chart.confidenceLevel = answer.level
    return chart
  }

  private func stacked(_ group: TimeToEventAnswer.Group, _ label: String) -> any Chart {
    let colors: [String: StateColor] = [
      "interruption": .search, "first-placement": .work, "placement": .work, "dropout": .left,
      "other-exit": .inactive,
      "exit": .inactive, "left-country": .gone, "death": .other,
    ]
    return StackedChart.incidence(
      title: title, timeLabel: label,
      unit: unit(clock), total: group.curve.counts.subjects,
      times: group.curve.times,
      causes: group.incidences.map {
        .init(
          ChartState(CauseText.label($0.cause)(language), colors[$0.cause] ?? .other),
          shares: $0.incidence)
      }, open: word("still open", "noch offen"), atRisk: group.curve.atRisk, language: language)
  }

  private var clock: ClockUnit { ClockUnit(rawValue: answer.parameters.clock) ?? .day }

  // MARK: Shares

  /// The known share of every group, row and horizon with its interval; nobody without one.
  private func shares(_ answer: ShareAnswer) -> (any Chart)? {
    let isPoint = answer.definition.kind == .point
    let labels = Dictionary(
      answer.question.definition.groups.map { ($0.code, $0.label) }
    ) { one, _ in one }
    var rows: [IntervalPlot.Row] = []
    for group in answer.groups {
      let name = GroupName.text(
        group.values, by: answer.question.groupedBy, labels: labels, language)
      for cell in group.cells {
        guard let share = cell.heard.known, let limits = cell.interval.limits else { continue }
        let what =
          isPoint ? clock.words(cell.horizon, language) : cell.row.label(language)
        rows.append(
          .init(
            label: answer.groups.count > 1 ? "\(name), \(what)" : what,
            count: cell.heard.answered, value: share, limits: limits.lower...limits.upper))
      }
    }
    guard !rows.isEmpty else { return nil }
    var plot = IntervalPlot(
      title: title, valueLabel: word("share of those heard of", "Anteil derer, von denen man weiß"),
      kind: .share, rows: rows, language: language)
    plot.confidenceLevel = answer.level
    return plot
  }

  // MARK: States

  private func chartStates(_ states: [StateDefinition.State]) -> [ChartState] {
    zip(ChartState.states(named: states.map(\.code)), states).map {
      ChartState($1.label(language), $0.color)
    }
  }

  /// One picture, or one a group below the other; nil without any.
  private func stack<Group>(
    _ groups: [Group], named name: (Group) -> String, _ draw: (Group, String) -> (any Chart)?
  ) -> (any Chart)? {
    guard groups.count > 1 else { return groups.first.flatMap { draw($0, title) } }
    let charts = groups.compactMap { draw($0, name($0)) }
    return charts.isEmpty ? nil : ChartStack(title: title, charts: charts, language: language)
  }

  /// A line for every journey, or shares for many.
  private func sequences(_ answer: SequenceAnswer) -> (any Chart)? {
    stack(
      answer.groups,
      named: { GroupName.text($0.values, by: answer.question.states.groupedBy, language) }
    ) { sequences(answer, $0, title: $1) }
  }

  private func sequences(
    _ answer: SequenceAnswer, _ group: SequenceAnswer.Group, title: String
  ) -> (any Chart)? {
    guard group.followed > 0 else { return nil }
    let states = answer.question.states.definition.states
    let drawn = chartStates(states)
    return SequenceChart(
      title: title,
      timeLabel: timeLabel(clock, .init(en: "since the index day", de: "seit dem Starttag")),
      unit: unit(clock), states: drawn,
      sequences: group.journeys.map { $0.states.map { $0 < states.count ? $0 : nil } },
      copies: group.journeys.map(\.people),
      order: .firstReached(drawn.firstIndex { $0.color == .work } ?? 0), language: language)
  }

  private func states(_ answer: StateAnswer) -> (any Chart)? {
    let chartStates = chartStates(answer.question.definition.states)
    guard answer.question.definition.isFollowed else { return flows(answer, chartStates) }
    guard let group = answer.groups.first, let curve = group.occupancy else { return nil }
    let label = timeLabel(
      answer.question.clock, .init(en: "since the index day", de: "seit dem Starttag"))
    // Several groups share the scales of small pictures, one a state.
    guard answer.groups.count == 1 else {
      let panels = chartStates.enumerated().map { place, state in
        ShareLinesChart.Panel(
          title: state.label,
          lines: answer.groups.compactMap { group in
            group.occupancy.map { curve in
              ShareLine(
                label: GroupName.text(group.values, by: answer.question.groupedBy, language),
                total: group.people, times: curve.times, shares: curve.probability[place],
                initial: curve.initial[place])
            }
          })
      }
      return ShareLinesChart(
        title: title, timeLabel: label, unit: unit(answer.question.clock), panels: panels,
        language: language)
    }
    let times = curve.times.first == 0 ? curve.times : [0] + curve.times
    return StackedChart(
      title: title, timeLabel: label, unit: unit(answer.question.clock), total: group.people,
      times: times,
      layers: chartStates.enumerated().map { place, state in
        .init(
          state,
          shares: curve.times.first == 0
            ? curve.probability[place] : [curve.initial[place]] + curve.probability[place])
      }, language: language)
  }

  /// From the index day to the last time that somebody of the group has reached.
  private func flows(_ answer: StateAnswer, _ states: [ChartState]) -> (any Chart)? {
    stack(
      answer.groups, named: { GroupName.text($0.values, by: answer.question.groupedBy, language) }
    ) { flows(answer, $0, states, title: $1) }
  }

  private func flows(
    _ answer: StateAnswer, _ group: StateAnswer.Group, _ states: [ChartState], title: String
  ) -> (any Chart)? {
    guard let moves = group.fromIndex.last(where: { $0.counts.joined().contains { $0 > 0 } }) else {
      return nil
    }
    let unknown = ChartState(word("not known", "unbekannt"), .notObserved)
    let clock = answer.question.clock.counted
    let later = word(
      "after \(clock(moves.horizon, .english))", "nach \(clock(moves.horizon, .german))")
    var chart = AlluvialChart(
      title: title, columns: [word("index day", "Starttag"), later], states: states + [unknown],
      flows: [moves.counts], language: language)
    if moves.notDue > 0 {
      let number = NumberStyle(language).integer(moves.notDue)
      chart.subtitle.append(
        word("\(number) have not come so far yet.", "\(number) sind noch nicht so weit."))
    }
    return chart
  }
}
