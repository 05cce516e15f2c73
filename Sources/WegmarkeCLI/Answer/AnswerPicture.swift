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
      chart.subtitle.append(Knowledge.simulated(language))
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
    if answer.groups.count > GroupRanking.mostDrawn,
      let ranking = GroupRanking(language: language).curves(answer)
    {
      return ranking
    }
    guard !answer.question.competing.isEmpty else { return AnswerChart(answer, language).chart }
    let label = timeLabel(answer.question.clock, answer.question.since)
    guard answer.groups.count > 1 else { return answer.groups.first.map { stacked($0, label) } }
    let groups = GroupRanking.largest(answer.groups) { $0.curve.counts.subjects }
    let names = answer.groups[0].incidences.map(\.cause)
    let panels = names.enumerated().map { place, name in
      ShareLinesChart.Panel(
        title: CauseText.label(name)(language),
        lines: groups.map { group in
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
    chart.footnotes = GroupRanking(language: language).smaller(answer.groups.count - groups.count)
    chart.confidenceLevel = answer.level
    return chart
  }

  private func stacked(_ group: TimeToEventAnswer.Group, _ label: String) -> any Chart {
    let colors: [String: StateColor] = [
      "interruption": .search, "first-placement": .work, "placement": .work, "dropout": .left,
      "other-exit": .inactive,
      "exit": .inactive, "left-country": .gone, "death": .other,
    ]
    var chart = StackedChart.incidence(
      title: title, timeLabel: label,
      unit: unit(clock), total: group.curve.counts.subjects,
      times: group.curve.times,
      causes: group.incidences.map {
        .init(
          ChartState(CauseText.label($0.cause)(language), colors[$0.cause] ?? .other),
          shares: $0.incidence)
      }, open: word("still open", "noch offen"), atRisk: group.curve.atRisk, language: language)
    chart.readings =
      group.incidences.map { incidence in
        incidence.readings.map {
          reading($0.time, $0.isExtrapolated ? nil : $0.probability, $0.limits)
        }
      } + [
        group.readings.map { reading($0.time, $0.isExtrapolated ? nil : $0.survival, $0.limits) }
      ]
    return chart
  }

  private func reading(
    _ time: Double, _ share: Double?, _ limits: ConfidenceLimits?
  ) -> StackedChart.Reading {
    let range = limits.flatMap { $0.lower < $0.upper ? $0.lower...$0.upper : nil }
    return .init(time: time, share: share, limits: range)
  }

  private var clock: ClockUnit { ClockUnit(rawValue: answer.parameters.clock) ?? .day }

  // MARK: Shares

  /// The known share of every row and horizon with its interval, of several groups line below line.
  private func shares(_ answer: ShareAnswer) -> (any Chart)? {
    if answer.groups.count > GroupRanking.mostDrawn,
      let ranking = GroupRanking(language: language).shares(answer)
    {
      return ranking
    }
    let groups = GroupRanking.largest(answer.groups, by: \.units)
    let names = ShareRows(answer: answer, language: language)
    var rows: [IntervalPlot.Row] = []
    for place in answer.groups.first?.cells.indices ?? 0..<0 {
      for (number, group) in groups.enumerated() {
        let cell = group.cells[place]
        let heading = names.heading(cell)
        let name = names.isGrouped ? names.name(group) : heading
        var row: IntervalPlot.Row
        if let share = cell.known, let limits = cell.limits {
          row = .init(
            label: name, count: cell.heard.answered, value: share,
            limits: limits.lower...limits.upper)
        } else {
          row = .init(nobody: name)
        }
        if names.isGrouped, number == 0 { row.section = heading }
        rows.append(row)
      }
    }
    guard rows.contains(where: { ($0.count ?? 0) > 0 }) else { return nil }
    var plot = IntervalPlot(
      title: title, valueLabel: word("share of those heard of", "Anteil derer, von denen man weiß"),
      kind: .share, rows: rows, language: language)
    plot.confidenceLevel = answer.level
    plot.footnotes = GroupRanking(language: language).smaller(answer.groups.count - groups.count)
    return plot
  }

  // MARK: States

  private func chartStates(_ states: [StateDefinition.State]) -> [ChartState] {
    zip(ChartState.states(named: states.map(\.code)), states).map {
      ChartState($1.label(language), $0.color)
    }
  }

  /// One picture, or one a group below the other, of the largest groups; nil without any.
  private func stack<Group>(
    _ all: [Group], by size: (Group) -> Int, named name: (Group) -> String,
    _ draw: (Group, String) -> (any Chart)?
  ) -> (any Chart)? {
    guard all.count > 1 else { return all.first.flatMap { draw($0, title) } }
    let groups = GroupRanking.largest(all, by: size)
    let charts = groups.compactMap { draw($0, name($0)) }
    guard !charts.isEmpty else { return nil }
    var stack = ChartStack(title: title, charts: charts, language: language)
    stack.footnotes = GroupRanking(language: language).smaller(all.count - groups.count)
    return stack
  }

  /// A line for every journey, or shares for many.
  private func sequences(_ answer: SequenceAnswer) -> (any Chart)? {
    stack(
      answer.groups, by: \.people,
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
      // More lines than a few cannot be told apart: the largest groups.
      let drawn = GroupRanking.largest(answer.groups, by: \.people)
      let panels = chartStates.enumerated().map { place, state in
        ShareLinesChart.Panel(
          title: state.label,
          lines: drawn.compactMap { group in
            group.occupancy.map { curve in
              ShareLine(
                label: GroupName.text(group.values, by: answer.question.groupedBy, language),
                total: group.people, times: curve.times, shares: curve.probability[place],
                initial: curve.initial[place])
            }
          })
      }
      var chart = ShareLinesChart(
        title: title, timeLabel: label, unit: unit(answer.question.clock), panels: panels,
        language: language)
      chart.subtitle = [GroupName.grouping(answer.question.groupedBy)(language)]
      chart.footnotes = GroupRanking(language: language).smaller(
        answer.groups.count - drawn.count)
      return chart
    }
    let times = curve.times.first == 0 ? curve.times : [0] + curve.times
    let observed = curve.times.indices.map { index in
      Int(curve.counts.atRisk.reduce(0) { $0 + $1[index] }.rounded())
    }
    var chart = StackedChart(
      title: title, timeLabel: label, unit: unit(answer.question.clock), total: group.people,
      times: times,
      layers: chartStates.enumerated().map { place, state in
        .init(
          state,
          shares: curve.times.first == 0
            ? curve.probability[place] : [curve.initial[place]] + curve.probability[place])
      },
      atRisk: curve.times.first == 0 ? observed : [observed.first ?? 0] + observed,
      language: language)
    chart.readings = group.readings.map { readings in
      readings.map { reading($0.time, $0.isExtrapolated ? nil : $0.probability, $0.limits) }
    }
    return chart
  }

  /// From the index day to the last time that somebody of the group has reached.
  private func flows(_ answer: StateAnswer, _ states: [ChartState]) -> (any Chart)? {
    stack(
      answer.groups, by: \.people,
      named: { GroupName.text($0.values, by: answer.question.groupedBy, language) }
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
