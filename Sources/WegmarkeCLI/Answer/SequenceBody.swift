import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a page says of a question of kind `sequences`.
struct SequenceBody: AnswerBody {
  let answer: SequenceAnswer
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var question: StateQuestion { answer.question.states }
  private var isGrouped: Bool { !question.groupedBy.isEmpty }
  private var labels: [String] {
    question.definition.states.map { $0.label(language) } + [word("not known", "unbekannt")]
  }

  var parameters: [String] {
    let clock = question.clock
    let periods = Double(answer.question.periods)
    return [
      word(
        "journeys of \(clock.counted(periods, .english))",
        "Verläufe von \(clock.counted(periods, .german))")
    ]
  }

  /// The most frequent shape; of several groups how many of each went it.
  var lead: String? {
    guard answer.groups.count == 1 else { return compared }
    guard let group = answer.groups.first, let first = group.shapes.first else { return nil }
    let share = numbers.percent(Double(first.people) / Double(group.followed))
    let count = numbers.integer(group.shapeCount)
    return word(
      "The most frequent way: \(way(first)). \(share) went it; there are \(count) different ones.",
      "Der häufigste Weg: \(way(first)). \(share) gingen ihn; es gibt \(count) verschiedene.")
  }

  /// How many of each group went the most frequent way of the largest.
  private var compared: String? {
    let groups = answer.groups.filter { $0.followed >= AnswerPage.fewestToQuote }
    guard groups.count > 1, let largest = groups.max(by: { $0.followed < $1.followed }),
      let most = largest.shapes.first
    else { return fewObserved }
    return GroupSentence(language: language).text(
      word("The way \(way(most)): ", "Der Weg \(way(most)): "),
      groups.compactMap { group in
        let listed = group.shapes.first { $0.states == most.states }
        // Of many ways only the most frequent are listed.
        guard listed != nil || group.shapes.count == group.shapeCount else { return nil }
        let people = listed?.people ?? 0
        let share = Double(people) / Double(group.followed)
        return GroupSentence.Part(
          name: name(group), value: share, shown: numbers.percent(share), limits: "")
      })
  }

  var tables: [(caption: String, table: TerminalTable)] {
    answer.groups.filter { $0.followed > 0 }.flatMap { group in
      let lead = isGrouped ? name(group) + ": " : ""
      return [
        (lead + word("Most frequent ways", "Häufigste Wege"), shapes(group)),
        (lead + word("Time in the states", "Zeit in den Zuständen"), times(group)),
        (
          lead + word("From one period to the next", "Von einer Periode zur nächsten"), rates(group)
        ),
      ]
    }
  }

  func sections(for style: TerminalStyle) -> [String] {
    var parts = pictures(of: answer, for: style)
    for group in answer.groups {
      if isGrouped { parts += ["", style.paint(name(group), .bold)] }
      parts += remarks(of: group).map { $0.wrapped(to: style.proseWidth) }
      guard group.followed > 0 else { continue }
      parts += [
        shapes(group).text(for: style), times(group).text(for: style),
        rates(group).text(for: style),
      ]
    }
    return parts + remarks.map { $0.wrapped(to: style.proseWidth) }
  }

  var remarks: [String] {
    [
      word(
        "A way is the order of states, with the mean number of periods in each. ENTROPY: 0 when all are"
          + " in one state, 100% when all states are equally frequent. Rates in per cent of the periods"
          + " in the state of the row.",
        "Ein Weg ist die Reihenfolge der Zustände, mit der mittleren Zahl der Perioden in jedem."
          + " ENTROPIE: 0, wenn alle im selben Zustand sind, 100 %, wenn alle Zustände gleich häufig"
          + " sind. Raten in Prozent der Perioden im Zustand der Zeile.")
    ]
  }

  private func remarks(of group: SequenceAnswer.Group) -> [String] {
    var lines: [String] = []
    if group.notDue > 0 {
      let (number, people) = (numbers.integer(group.notDue), numbers.integer(group.people))
      lines.append(
        word(
          "\(number) of \(people) have not come to the last period yet; no figure counts them.",
          "\(number) von \(people) sind noch nicht in der letzten Periode; keine Zahl zählt sie."))
    }
    if let means = group.means {
      let changes = numbers.decimal(means.transitions, places: 2)
      let complexity = numbers.decimal(means.complexity, places: 3)
      let turbulence = numbers.decimal(means.turbulence, places: 2)
      lines.append(
        word(
          "On average \(changes) changes of state, complexity \(complexity), turbulence \(turbulence).",
          "Im Mittel \(changes) Wechsel, Komplexität \(complexity), Turbulenz \(turbulence)."))
    }
    return lines
  }

  /// A way in words: `in the programme (4.0) → work (20.0)`.
  private func way(_ shape: SequenceAnswer.Shape) -> String {
    zip(shape.states, shape.periods).map { state, periods in
      "\(labels[state]) (\(numbers.decimal(periods, places: 1)))"
    }.joined(separator: " → ")
  }

  private func shapes(_ group: SequenceAnswer.Group) -> TerminalTable {
    var table = TerminalTable([
      .text(word("WAY", "WEG"), minimum: 20), .number("N"), .number(word("SHARE", "ANTEIL")),
    ])
    for shape in group.shapes {
      table.append([
        TableCell(way(shape)), TableCell(numbers.integer(shape.people)),
        TableCell(numbers.percent(Double(shape.people) / Double(group.followed))),
      ])
    }
    return table
  }

  /// The mean time in each state, and its share at the beginning, in the middle and at the end.
  private func times(_ group: SequenceAnswer.Group) -> TerminalTable {
    let last = answer.question.periods - 1
    let periods = Set([0, last / 4, last / 2, last * 3 / 4, last]).sorted()
    var table = TerminalTable(
      [
        .text(word("STATE", "ZUSTAND"), minimum: 12),
        .number(word("MEAN TIME", "MITTLERE ZEIT")), .number(word("S.E.", "ST.FEHLER")),
      ] + periods.map { .number("+\($0)") })
    for (state, label) in labels.enumerated() {
      let time = group.meanTimes[state]
      table.append(
        [
          TableCell(label), TableCell(numbers.decimal(time.mean, places: 2)),
          TableCell(numbers.decimal(time.standardError, places: 2)),
        ]
          + periods.map { TableCell(numbers.percent(group.distribution[$0].shares?[state])) })
    }
    table.append(
      [TableCell(word("ENTROPY", "ENTROPIE")), "", ""]
        + periods.map { TableCell(numbers.percent(group.distribution[$0].entropy)) })
    return table
  }

  /// Rates from the state of the row, in per cent; columns are headed by the numbers of the rows.
  private func rates(_ group: SequenceAnswer.Group) -> TerminalTable {
    let used = labels.indices.filter { group.meanTimes[$0].mean.map { $0 > 0 } ?? false }
    func number(_ state: Int) -> String { state < labels.count - 1 ? "\(state + 1)" : "?" }
    var table = TerminalTable(
      [.text(word("FROM", "VON"), minimum: 12)] + used.map { .number("→ \(number($0))") })
    for from in used {
      let rates = group.transitionRates[from]
      table.append(
        [TableCell("\(number(from)) \(labels[from])")]
          + used.map { to in
            TableCell(numbers.decimal(rates.map { $0[to] * 100 }, places: 1))
          })
    }
    return table
  }

  private func name(_ group: SequenceAnswer.Group) -> String {
    GroupName.text(group.values, by: question.groupedBy, language)
  }
}
