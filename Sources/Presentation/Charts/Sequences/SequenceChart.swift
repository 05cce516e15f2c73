public import Journey

/// The journeys of people through states, period by period: one line a person, or shares for many.
///
/// Up to a thousand people it is a sequence index plot. Above that lines would hide each other, and
/// the chart shows the distribution of states in each period instead. Lines are personal data: the
/// index plot says that it is for internal use only.
public struct SequenceChart: Chart, Hashable {
  /// By what the lines are sorted, from the top.
  public enum Order: Sendable, Hashable {
    /// By the first period in a state, given by its place among the states; those without it last.
    case firstReached(Int)
    /// By the state at the end, then the period before, and so on.
    case end
    /// As the sequences come.
    case given
  }

  /// The heading.
  public var title: String
  /// Lines under the heading.
  public var subtitle: [String] = []
  /// Lines at the very bottom: definition, data status, digest.
  public var footnotes: [String] = []
  /// The language of the fixed words and of the numbers.
  public var language: Language
  /// What the time axis counts.
  public var timeLabel: String
  /// The unit of a period.
  public var unit: ChartTimeUnit
  /// The states in the order of the journey, good news first: the lowest areas of the distribution.
  public let states: [ChartState]
  /// For each person the places of the states, one for each period; nil: not observed.
  public let sequences: [[Int?]]
  /// How many people have each of the sequences.
  public let copies: [Int]
  /// By what the lines are sorted.
  public var order: Order

  /// Above this number of people the chart shows shares instead of lines.
  public static let mostLines = 1_000

  /// Creates a chart; a state outside `states` is a programmer's mistake.
  ///
  /// A sequence may stand for several people: `copies` says for how many.
  /// Sequences may differ in length; what is missing at their ends was not observed.
  public init(
    title: String, timeLabel: String, unit: ChartTimeUnit, states: [ChartState],
    sequences: [[Int?]], copies: [Int]? = nil, order: Order = .firstReached(0), language: Language
  ) {
    precondition(copies.map { $0.count == sequences.count } ?? true, "columns of other length")
    precondition(
      sequences.allSatisfy { $0.allSatisfy { $0.map { states.indices.contains($0) } ?? true } },
      "a sequence holds a state that is not among the states")
    self.title = title
    self.timeLabel = timeLabel
    self.unit = unit
    self.states = states
    self.sequences = sequences
    self.copies = copies ?? sequences.map { _ in 1 }
    self.order = order
    self.language = language
  }

  /// How many periods the longest sequence has.
  var length: Int { sequences.map(\.count).max() ?? 0 }

  /// Whether the chart draws a line for each person.
  public var showsLines: Bool { count <= Self.mostLines }

  /// The number of people.
  public var count: Int { copies.reduce(0, +) }

  /// The share of people in each state by period, those not observed as an area of their own on top.
  public var distribution: StackedChart {
    var counts = Array(repeating: Array(repeating: 0, count: length), count: states.count + 1)
    for (sequence, people) in zip(sequences, copies) {
      for period in 0..<length {
        let state = period < sequence.count ? sequence[period] : nil
        counts[state ?? states.count][period] += people
      }
    }
    let total = Double(max(1, count))
    var layers = zip(states, counts).map { state, counts in
      StackedChart.Layer(state, shares: counts.map { Double($0) / total })
    }
    if counts[states.count].contains(where: { $0 > 0 }) {
      let name = LocalizedText(en: "not observed", de: "nicht beobachtet")(language)
      layers.append(
        .init(
          ChartState(name, .notObserved), shares: counts[states.count].map { Double($0) / total }))
    }
    var chart = StackedChart(
      title: title, timeLabel: timeLabel, unit: unit, total: count,
      times: (0..<length).map { Double($0) }, layers: layers, end: Double(length),
      language: language)
    chart.subtitle = subtitle
    if !showsLines {
      let words = ChartWords(language: language)
      chart.subtitle.append(words.tooManyLines(count, most: Self.mostLines))
    }
    chart.footnotes = footnotes
    return chart
  }

  /// One sequence for every person.
  private var lines: [[Int?]] {
    zip(sequences, copies).flatMap { Array(repeating: $0, count: $1) }
  }

  /// The sequences in the order of the lines, from the top.
  var ordered: [[Int?]] {
    func isLess(_ one: [Int?], _ other: [Int?]) -> Bool {
      // What was not observed comes after every state.
      one.lexicographicallyPrecedes(other) { ($0 ?? .max) < ($1 ?? .max) }
    }
    switch order {
    case .given: return lines
    case .end: return lines.sorted { isLess($0.reversed(), $1.reversed()) }
    case .firstReached(let state):
      return lines.sorted { one, other in
        let first = one.firstIndex(of: state) ?? .max
        let second = other.firstIndex(of: state) ?? .max
        return first != second ? first < second : isLess(one, other)
      }
    }
  }

  /// The shares of all states in each period.
  public var table: TerminalTable { distribution.table }

  /// The shares of all states; for up to twelve people a line each.
  public func terminalText(for style: TerminalStyle, columns: Int, rows: Int) -> String {
    guard !sequences.isEmpty, count <= 12, length > 0 else {
      return distribution.terminalText(for: style, columns: columns, rows: rows)
    }
    let width = max(8, min(columns, style.width ?? columns))
    var lines = ordered.map { sequence in
      StackedChart.painted(
        (0..<width).map { column in
          let period = column * length / width
          return period < sequence.count ? sequence[period].map { states[$0].color } : nil
        }, style)
    }
    let words = ChartWords(language: language)
    let end = words.span(Double(length), unit: unit)
    lines.append(
      "0".padded(toColumns: max(1, width - end.displayColumns), alignment: .leading) + end)
    lines.append(timeLabel.withoutControls.truncated(toColumns: width))
    lines += StateColor.key(states.map { ($0, "") }, style)
    return lines.joined(separator: "\n") + "\n"
  }
}
