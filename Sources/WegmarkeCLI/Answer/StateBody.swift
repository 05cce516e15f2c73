import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a page says of a question of kind `occupancy` or `transitions`.
struct StateBody: AnswerBody {
  let answer: StateAnswer
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var isGrouped: Bool { !answer.question.groupedBy.isEmpty }
  private var states: [StateDefinition.State] { answer.question.definition.states }

  var parameters: [String] {
    guard answer.question.definition.isFollowed else { return [] }
    let level = numbers.percent(answer.level, places: 0)
    return [
      word("\(level) limits: ", "\(level)-Grenzen: ") + answer.intervals.rawValue,
      word("standard errors: Greenwood", "Standardfehler: Greenwood"),
    ]
  }

  /// The state that most are in at the last horizon; nothing for several groups.
  var lead: String? {
    guard answer.groups.count == 1, answer.question.definition.isFollowed,
      let group = answer.groups.first
    else { return nil }
    for place in answer.question.horizons.indices.reversed() {
      guard atRisk(group, at: answer.question.horizons[place]) >= Double(AnswerPage.fewestToQuote)
      else {
        continue
      }
      let readings = group.readings.compactMap { $0[place].isExtrapolated ? nil : $0[place] }
      guard let most = readings.max(by: { ($0.probability ?? 0) < ($1.probability ?? 0) }),
        let share = most.probability
      else { continue }
      let state = states[most.state].label(language)
      let clock = answer.question.clock.counted
      return word(
        "After \(clock(most.time, .english)), most are in: \(state), \(numbers.percent(share)).",
        "Nach \(clock(most.time, .german)) sind die meisten in: \(state), \(numbers.percent(share))."
      )
    }
    return fewObserved
  }

  /// How many are under observation just before a time.
  private func atRisk(_ group: StateAnswer.Group, at time: Double) -> Double {
    guard let curve = group.occupancy, let index = curve.times.firstIndex(where: { $0 >= time })
    else { return 0 }
    return curve.counts.atRisk.reduce(0) { $0 + $1[index] }
  }

  var tables: [(caption: String, table: TerminalTable)] {
    guard answer.question.definition.isFollowed else {
      return answer.groups.flatMap { group in
        group.fromIndex.map { moved in
          ((isGrouped ? name(group) + ": " : "") + title(moved), moves(moved))
        }
      }
    }
    return [
      (word("Share in each state at the horizons", "Anteil je Zustand zu den Terminen"), occupancy)
    ]
  }

  func sections(for style: TerminalStyle) -> [String] {
    guard answer.question.definition.isFollowed else {
      return pictures(of: answer, for: style)
        + answer.groups.flatMap { group in
          (isGrouped ? ["", style.paint(name(group), .bold)] : [])
            + group.fromIndex.flatMap { [heading($0), moves($0).text(for: style)] }
        }
    }
    return pictures(of: answer, for: style) + [occupancy.text(for: style)]
  }

  /// The probability of each state at the horizons, with the mean time in it.
  private var occupancy: TerminalTable {
    var columns: [TerminalTable.Column] = []
    if isGrouped { columns.append(.text(word("GROUP", "GRUPPE"))) }
    columns.append(.text(word("STATE", "ZUSTAND"), minimum: 12))
    for horizon in answer.question.horizons {
      columns.append(.number(numbers.decimal(horizon, places: 0)))
    }
    let mean = answer.groups.first?.meanTimes.first?.horizon
    if let mean { columns.append(.number(word("MEAN TO ", "MITTEL BIS ") + time(mean))) }
    var table = TerminalTable(columns)
    for group in answer.groups {
      for (place, state) in states.enumerated() where !group.readings.isEmpty {
        var cells = isGrouped ? [TableCell(name(group))] : []
        cells.append(TableCell(state.label(language)))
        for reading in group.readings[place] {
          cells.append(
            TableCell(
              reading.isExtrapolated ? NumberStyle.undefined : numbers.percent(reading.probability))
          )
        }
        if mean != nil {
          let time = group.meanTimes.first { $0.state == place }
          cells.append(
            TableCell(
              "\(numbers.decimal(time?.mean, places: 2)) ±"
                + " \(numbers.decimal(time?.standardError, places: 2))"))
        }
        table.append(cells)
      }
    }
    return table
  }

  private func heading(_ moves: StateAnswer.Moves) -> String { "\n" + title(moves) }

  private func title(_ moves: StateAnswer.Moves) -> String {
    let clock = answer.question.clock.counted
    let notDue =
      moves.notDue == 0
      ? ""
      : word(
        " (\(numbers.integer(moves.notDue)) not due)",
        " (\(numbers.integer(moves.notDue)) noch nicht fällig)")
    return
      word(
        "From the index day to \(clock(moves.horizon, .english)) later\(notDue)",
        "Vom Starttag bis \(answer.question.clock.words(moves.horizon, .german)) später\(notDue)")
  }

  /// People by the state on the index day, in rows, and the later one, in columns.
  ///
  /// States have long names: each has a number in front of its row, and columns are headed by it.
  private func moves(_ moves: StateAnswer.Moves) -> TerminalTable {
    let unknown = word("not known", "unbekannt")
    let labels = states.map { $0.label(language) } + [unknown]
    let used = labels.indices.filter { place in
      moves.counts[place].contains { $0 > 0 } || moves.counts.contains { $0[place] > 0 }
    }
    let heads = labels.indices.map { $0 < states.count ? "→ \($0 + 1)" : "→ ?" }
    var table = TerminalTable(
      [.text(word("FROM", "VON"), minimum: 12)] + used.map { .number(heads[$0]) }
        + [.number(word("ALL", "ALLE"))])
    for from in used {
      let total = moves.counts[from].reduce(0, +)
      let cells = used.map { to in TableCell(numbers.integer(moves.counts[from][to])) }
      let name = from < states.count ? "\(from + 1) \(labels[from])" : "? \(labels[from])"
      table.append([TableCell(name)] + cells + [TableCell(numbers.integer(total))])
    }
    return table
  }

  private func name(_ group: StateAnswer.Group) -> String {
    GroupName.text(group.values, by: answer.question.groupedBy, language)
  }

  private func time(_ time: Double) -> String {
    numbers.decimal(time, places: time == time.rounded() ? 0 : 1)
  }
}
