public import Journey

/// From which state people came into which, between a few fixed dates.
///
/// A column for each date, all to one scale, the states in one order from the top. Everybody is in
/// every column: who was not observed on a date is in a state that says so, usually
/// `StateColor.notObserved`. Flows of fewer people than `smallestFlow` are not drawn, and a note says
/// how many.
public struct AlluvialChart: Chart, Hashable {
  /// The heading.
  public var title: String
  /// Lines under the heading.
  public var subtitle: [String] = []
  /// Lines at the very bottom: definition, data status, digest.
  public var footnotes: [String] = []
  /// The language of the fixed words and of the numbers.
  public var language: Language
  /// The dates, such as `Eintritt`, `nach 6 Monaten`.
  public let columns: [String]
  /// The states, from the top.
  public let states: [ChartState]
  /// How many people went: `flows[c][from][to]` between column c and the next.
  public let flows: [[[Int]]]
  /// The smallest number of people that is drawn and named.
  public var smallestFlow = 5

  /// Creates a chart.
  ///
  /// For each gap between two columns there is a square of as many rows and columns as states; who
  /// enters a state leaves it again at the next gap. Else it is a programmer's mistake.
  public init(
    title: String, columns: [String], states: [ChartState], flows: [[[Int]]], language: Language
  ) {
    precondition(
      flows.count == max(0, columns.count - 1)
        && flows.allSatisfy { gap in
          gap.count == states.count && gap.allSatisfy { $0.count == states.count }
        }, "the flows do not fit columns and states")
    precondition(
      zip(flows, flows.dropFirst()).allSatisfy { into, out in
        states.indices.allSatisfy { state in
          into.map { $0[state] }.reduce(0, +) == out[state].reduce(0, +)
        }
      }, "who enters a state must leave it or stay in it")
    self.title = title
    self.columns = columns
    self.states = states
    self.flows = flows
    self.language = language
  }

  /// How many people are in a state at a date.
  func people(_ state: Int, column: Int) -> Int {
    if column < flows.count { return flows[column][state].reduce(0, +) }
    return flows.last?.map { $0[state] }.reduce(0, +) ?? 0
  }

  /// All people.
  var total: Int { states.indices.map { people($0, column: 0) }.reduce(0, +) }

  /// How many flows are too small to be drawn.
  var smallFlows: Int {
    flows.joined().joined().filter { $0 > 0 && $0 < smallestFlow }.count
  }

  /// A number of people, or that it is too small to be named.
  func text(_ count: Int, _ words: ChartWords) -> String {
    count > 0 && count < smallestFlow
      ? words.fewer(than: smallestFlow) : words.numbers.integer(count)
  }

  /// The flows between all dates, those too small to be named with their bound.
  public var table: TerminalTable {
    let words = ChartWords(language: language)
    let date = LocalizedText(en: "Date", de: "Zeitpunkt")(language)
    var table = TerminalTable([
      .text(date), .text(words.from), .text(words.to), .number(words.count),
    ])
    for (index, gap) in flows.enumerated() {
      for (from, row) in gap.enumerated() {
        for (to, count) in row.enumerated() where count > 0 {
          table.append([
            TableCell("\(columns[index]) → \(columns[index + 1])"),
            TableCell(states[from].label), TableCell(states[to].label),
            TableCell(text(count, words)),
          ])
        }
      }
    }
    return table
  }

  func key(_ words: ChartWords) -> [String] {
    var key = [words.heightIsPeople]
    if smallFlows > 0 { key.append(words.smallFlows(smallFlows, below: smallestFlow)) }
    return key
  }

  /// A bar for each date, filled with the signs of the states in their shares.
  public func terminalText(for style: TerminalStyle, columns width: Int, rows: Int) -> String {
    let words = ChartWords(language: language)
    let limit = min(width, style.width ?? width)
    let longest = columns.map(\.withoutControls.displayColumns).max() ?? 0
    let labelWidth = min(longest, max(8, limit / 3))
    let room = max(8, limit - labelWidth - 2)
    var lines = columns.indices.map { column in
      let label = columns[column].withoutControls.truncated(toColumns: labelWidth)
      return label.padded(toColumns: labelWidth, alignment: .leading) + "  "
        + StackedChart.painted(bar(column, cells: room), style)
    }
    let last = columns.count - 1
    lines += StateColor.key(
      states.indices.map { (states[$0], last < 0 ? "" : text(people($0, column: last), words)) },
      style)
    let note = key(words).dropFirst().joined(separator: " ")
    if !note.isEmpty { lines.append(note.wrappedWords(toColumns: limit)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The cells of a bar, each in the state that holds its middle.
  private func bar(_ column: Int, cells: Int) -> [StateColor?] {
    let counts = states.indices.map { people($0, column: column) }
    let all = counts.reduce(0, +)
    guard all > 0 else { return [] }
    return (0..<cells).map { cell in
      let place = (Double(cell) + 0.5) / Double(cells) * Double(all)
      var passed = 0.0
      for (state, count) in counts.enumerated() {
        passed += Double(count)
        if place <= passed { return states[state].color }
      }
      return states.last?.color
    }
  }
}
