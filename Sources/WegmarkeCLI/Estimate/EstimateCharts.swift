import Journey
import Presentation
import Statistics

/// What the charts of one estimate have in common.
struct EstimateCharts {
  private let title: LocalizedText
  private let timeLabel: String
  private let level: Double
  private let horizons: [Double]

  /// Takes what the charts say around their curves from the user's options.
  init(_ result: EstimateResult, _ input: EstimateInput) throws {
    title = result.title
    timeLabel = try input.stopName()
    level = input.options.level
    horizons = input.options.at?.values ?? []
  }

  /// The step curves of all groups.
  func survival(_ curves: [SurvivalCurve]) -> (Language) -> any Chart {
    { language in
      var chart = SurvivalChart(
        title: title(language), timeLabel: timeLabel,
        shareLabel: LocalizedText(en: "without the event", de: "ohne Ereignis")(language),
        unit: .unnamed, curves: curves, language: language)
      chart.confidenceLevel = level
      chart.horizons = horizons
      chart.showsMedians = curves.count <= 4
      return chart
    }
  }

  /// One group as areas that add up to 100 %, several as small multiples of lines.
  ///
  /// - Parameters:
  ///   - groups: The curves of each group, with its name and size.
  ///   - names: The states; the first is open where `opensInFirst`.
  ///   - opensInFirst: Whether everybody begins in the first state and leaves it once.
  func states(
    _ groups: [(name: String, total: Int, curve: AalenJohansen)], names: [String],
    opensInFirst: Bool
  ) -> (Language) -> any Chart {
    { language in
      let open = LocalizedText(en: "still open", de: "noch offen")(language)
      let shown = opensInFirst ? [open] + names.dropFirst() : names
      let states = ChartState.states(named: shown)
      // Good news at the bottom, what is open or not observed on top.
      let order = states.indices.sorted { one, other in
        let ranks = [one, other].map { StateColor(code: shown[$0])?.height ?? 1 }
        return ranks[0] != ranks[1] ? ranks[0] < ranks[1] : one < other
      }
      guard let first = groups.first, groups.count == 1 else {
        return multiples(groups, states, order.filter { !opensInFirst || $0 != 0 }, language)
      }
      let curve = first.curve
      let origin = curve.times.first == curve.origin ? [] : [curve.origin]
      return StackedChart(
        title: title(language), timeLabel: timeLabel, unit: .unnamed, total: first.total,
        times: origin + curve.times,
        layers: order.map { state in
          .init(
            states[state],
            shares: origin.map { _ in curve.initial[state] } + curve.probability[state])
        },
        atRisk: origin.map { _ in Self.atRisk(curve, 0) }
          + curve.times.indices.map { Self.atRisk(curve, $0) },
        language: language)
    }
  }

  private func multiples(
    _ groups: [(name: String, total: Int, curve: AalenJohansen)], _ states: [ChartState],
    _ order: [Int], _ language: Language
  ) -> any Chart {
    let panels = order.map { state in
      ShareLinesChart.Panel(
        title: states[state].label,
        lines: groups.map { group in
          let curve = group.curve
          let band = try? curve.confidenceLimits(state: state, level: level)
          return ShareLine(
            label: group.name, total: group.total, times: curve.times,
            shares: curve.probability[state], lower: band?.lower, upper: band?.upper,
            atRisk: curve.times.indices.map { Self.atRisk(curve, $0) },
            initial: curve.initial[state])
        })
    }
    var chart = ShareLinesChart(
      title: title(language), timeLabel: timeLabel, unit: .unnamed, panels: panels,
      language: language)
    chart.confidenceLevel = level
    return chart
  }

  /// How many are under observation in any state just before a time; of weights their rounded sum.
  private static func atRisk(_ curve: AalenJohansen, _ index: Int) -> Int {
    guard curve.times.indices.contains(index) else { return 0 }
    return Int(curve.counts.atRisk.reduce(0) { $0 + $1[index] }.rounded())
  }
}

extension StateColor {
  /// How high its area lies; states whose names say nothing lie above the good news.
  fileprivate var height: Int {
    switch self {
    case .work, .training, .school, .course, .partWork: 0
    case .other: 1
    case .search, .inactive: 2
    case .left: 3
    case .gone: 4
    case .open: 5
    case .notObserved: 6
    }
  }
}

extension SurvivalCurve {
  /// The curve of a group as a chart needs it; sums of weights are rounded to whole people.
  init(_ curve: SurvivalEstimate, label: String, people: Int, options: EstimateOptions) throws {
    let band = try curve.confidenceLimits(type: options.interval, level: options.level)
    let median = try curve.quantiles([0.5], limitsOf: options.interval, level: options.level)
    self.init(
      label: label, total: people, times: curve.times, survival: curve.survival,
      lower: band.lower, upper: band.upper,
      atRisk: curve.counts.atRisk.map { Int($0.rounded()) },
      events: curve.counts.events.map { Int($0.rounded()) },
      censored: curve.counts.censored.map { Int($0.rounded()) }, median: median.first?.time)
  }
}

extension NamedSequences {
  /// The journeys as lines, or as shares of states.
  ///
  /// - Parameters:
  ///   - title: The heading.
  ///   - asLines: Whether each person is a line; above a thousand people it is shares in any case.
  func chart(_ title: LocalizedText, asLines: Bool) -> (Language) -> any Chart {
    { language in
      let label = [periods.first, periods.last].compactMap(\.self).joined(separator: " – ")
      let named = ChartState.states(named: states)
      if asLines, sequences.count <= SequenceChart.mostLines {
        return SequenceChart(
          title: title(language), timeLabel: label, unit: .unnamed, states: named,
          sequences: sequences, order: .end, language: language)
      }
      // The statistics know the weights.
      let shares = statistics.distribution.map(\.shares)
      return StackedChart(
        title: title(language), timeLabel: label, unit: .unnamed, total: statistics.count,
        times: shares.indices.map { Double($0) },
        layers: named.enumerated().map { index, state in
          .init(state, shares: shares.map { $0?[index] ?? .nan })
        }, end: Double(shares.count), language: language)
    }
  }
}
