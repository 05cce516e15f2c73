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
      word("\(level) limits: ", "\(level)-Grenzen: ") + answer.intervals.rawValue
    ] + [answer.variance?.words(language)].compactMap(\.self)
  }

  /// The state that most are in at the last horizon, or how many have moved; of several groups side by
  /// side.
  var lead: String? {
    guard answer.groups.count == 1, let group = answer.groups.first else { return compared }
    guard answer.question.definition.isFollowed else { return moved(group) }
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
      let said = numbers.percent(share) + numbers.inBrackets(most.limits)
      return word(
        "After \(clock(most.time, .english)), most are in: \(state), \(said).",
        "Nach \(clock(most.time, .german)) sind die meisten in: \(state), \(said).")
    }
    return fewObserved
  }

  private var compared: String? {
    answer.question.definition.isFollowed ? comparedStates : comparedStays
  }

  /// The share of each group in the state that most of the largest group are in, at the last horizon at
  /// which two groups have enough people under observation.
  private var comparedStates: String? {
    let clock = answer.question.clock.counted
    for (place, horizon) in answer.question.horizons.enumerated().reversed() {
      let groups = answer.groups.filter {
        atRisk($0, at: horizon) >= Double(AnswerPage.fewestToQuote)
      }
      guard groups.count > 1, let largest = groups.max(by: { $0.people < $1.people }),
        let most = largest.readings.indices.max(by: {
          (largest.readings[$0][place].probability ?? 0)
            < (largest.readings[$1][place].probability ?? 0)
        })
      else { continue }
      let state = states[most].label(language)
      return GroupSentence(language: language).text(
        word(
          "After \(clock(horizon, .english)), in: \(state): ",
          "Nach \(clock(horizon, .german)) in: \(state): "),
        groups.map { group in
          let reading = group.readings[most][place]
          return GroupSentence.Part(
            name: name(group), value: reading.probability ?? 0,
            shown: numbers.percent(reading.probability),
            limits: numbers.inBrackets(reading.limits))
        })
    }
    return fewObserved
  }

  /// The share of each group that is where it began, at the last horizon that enough of two have reached.
  private var comparedStays: String? {
    let clock = answer.question.clock.counted
    let known = states.indices
    for place in answer.question.horizons.indices.reversed() {
      let parts = answer.groups.compactMap { group -> GroupSentence.Part? in
        let counts = group.fromIndex[place].counts
        let all = known.reduce(0) { sum, from in sum + known.reduce(0) { $0 + counts[from][$1] } }
        let stayed = known.reduce(0) { $0 + counts[$1][$1] }
        guard all >= AnswerPage.fewestToQuote,
          let share = try? WilsonInterval(successes: stayed, of: all, level: answer.level)
        else { return nil }
        return GroupSentence.Part(
          name: name(group), value: share.estimate ?? 0, shown: numbers.percent(share.estimate),
          limits: numbers.inBrackets(share.limits))
      }
      guard parts.count > 1 else { continue }
      let horizon = answer.question.horizons[place]
      return GroupSentence(language: language).text(
        word(
          "After \(clock(horizon, .english)), where they began, of those known on both days: ",
          "Nach \(clock(horizon, .german)), wo sie anfingen, unter denen, die man an beiden Tagen kennt: "
        ), parts)
    }
    return fewObserved
  }

  /// How many are where they began, and the most frequent way to elsewhere, at the last horizon that
  /// enough people have reached.
  private func moved(_ group: StateAnswer.Group) -> String {
    let known = states.indices
    for moves in group.fromIndex.reversed() {
      let counts = known.map { from in known.map { moves.counts[from][$0] } }
      let all = counts.joined().reduce(0, +)
      let stayed = known.reduce(0) { $0 + counts[$1][$1] }
      guard all >= AnswerPage.fewestToQuote,
        let share = try? WilsonInterval(successes: stayed, of: all, level: answer.level)
      else { continue }
      let said = numbers.percent(share.estimate) + numbers.inBrackets(share.limits)
      let number = numbers.integer(all)
      let clock = answer.question.clock.counted
      let ways = known.flatMap { from in
        known.map { (from: from, to: $0, people: counts[from][$0]) }
      }
      let most = ways.filter { $0.from != $0.to }.max { $0.people < $1.people }
      var text = word(
        "After \(clock(moves.horizon, .english)), \(said) of the \(number) known on both days are where"
          + " they began",
        "Nach \(clock(moves.horizon, .german)) sind \(said) der \(number), die man an beiden Tagen kennt,"
          + " wo sie anfingen")
      if let most, most.people > 0 {
        let way = "\(states[most.from].label(language)) → \(states[most.to].label(language))"
        let people = numbers.integer(most.people)
        text += word(
          "; the most frequent way elsewhere: \(way) (\(people)).",
          "; der häufigste Weg anderswohin: \(way) (\(people)).")
      } else {
        text += "."
      }
      return text
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
    ] + (means.map { [(word("Mean time in each state", "Mittlere Zeit je Zustand"), $0)] } ?? [])
  }

  func sections(for style: TerminalStyle) -> [String] {
    guard answer.question.definition.isFollowed else {
      return pictures(of: answer, for: style)
        + answer.groups.flatMap { group in
          (isGrouped ? ["", style.paint(name(group), .bold)] : [])
            + group.fromIndex.flatMap { [heading($0), moves($0).text(for: style)] }
        }
    }
    return pictures(of: answer, for: style)
      + [occupancy, means].compactMap { $0?.text(for: style) }
  }

  /// The probability of each state at the horizons, a heading for each state.
  private var occupancy: TerminalTable {
    var table = TerminalTable(
      (isGrouped ? [.label(word("GROUP", "GRUPPE"), minimum: 10)] : []) + [
        .number(answer.question.clock == .day ? word("DAYS", "TAGE") : word("MONTHS", "MONATE")),
        .number(word("IN STATE", "DARIN")), .number(word("SHARE", "ANTEIL")),
        .number(word("LIMITS", "GRENZEN")), .number(word("S.E.", "ST.FEHLER")),
      ])
    for (place, state) in states.enumerated() {
      table.section(state.label(language))
      for group in answer.groups where !group.readings.isEmpty {
        for (number, reading) in group.readings[place].enumerated() {
          let isKnown = !reading.isExtrapolated
          table.append(
            // The name once, above its times.
            (isGrouped ? [TableCell(number == 0 ? name(group) : "")] : []) + [
              TableCell(time(reading.time)),
              TableCell(numbers.decimal(reading.atRisk, places: 0)),
              TableCell(numbers.percent(isKnown ? reading.probability : nil)),
              TableCell(numbers.limits(isKnown ? reading.limits : nil)),
              TableCell(numbers.standardError(isKnown ? reading.standardError : nil)),
            ])
        }
      }
    }
    return table
  }

  /// The mean time in each state up to the question's horizon; nil where none is asked for.
  private var means: TerminalTable? {
    guard let horizon = answer.groups.lazy.compactMap(\.meanTimes.first?.horizon).first else {
      return nil
    }
    var table = TerminalTable(
      (isGrouped ? [.label(word("GROUP", "GRUPPE"), minimum: 10)] : []) + [
        .text(word("STATE", "ZUSTAND"), minimum: 12),
        .number(word("MEAN TO ", "MITTEL BIS ") + time(horizon)),
        .number(word("S.E.", "ST.FEHLER")),
      ])
    for group in answer.groups {
      for (place, state) in states.enumerated() {
        guard let mean = group.meanTimes.first(where: { $0.state == place }) else { continue }
        let isKnown = !mean.isExtrapolated
        table.append(
          (isGrouped ? [TableCell(place == 0 ? name(group) : "")] : []) + [
            TableCell(state.label(language)),
            TableCell(numbers.decimal(isKnown ? mean.mean : nil, places: 2)),
            TableCell(numbers.standardError(isKnown ? mean.standardError : nil)),
          ])
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
