import Journey
import Presentation

/// Made-up curves, estimated here by counting so that every number can be checked on paper.
enum SampleCurves {
  /// The product-limit estimate of a list of times; `true` is an event, `false` a censoring.
  ///
  /// The limits are a fixed tenth around the estimate, undefined where it is 0 or 1.
  static func curve(
    _ label: String, _ people: [(Double, Bool)], hasLimits: Bool = true
  ) -> SurvivalCurve {
    let times = Set(people.map(\.0)).sorted()
    var share = 1.0
    var survival: [Double] = []
    var (atRisk, events, censored): ([Int], [Int], [Int]) = ([], [], [])
    for time in times {
      let here = people.filter { $0.0 == time }
      atRisk.append(people.filter { $0.0 >= time }.count)
      events.append(here.filter(\.1).count)
      censored.append(here.filter { !$0.1 }.count)
      share *= 1 - Double(events[events.count - 1]) / Double(atRisk[atRisk.count - 1])
      survival.append(share)
    }
    let lower = survival.map { $0 <= 0 || $0 >= 1 ? Double.nan : max(0, $0 - 0.1) }
    let upper = survival.map { $0 <= 0 || $0 >= 1 ? Double.nan : min(1, $0 + 0.1) }
    return SurvivalCurve(
      label: label, total: people.count, times: times, survival: survival,
      lower: hasLimits ? lower : nil, upper: hasLimits ? upper : nil, atRisk: atRisk,
      events: events, censored: censored,
      median: zip(times, survival).first { $1 <= 0.5 }?.0)
  }

  /// A group whose people leave one after another; every third is censored.
  static func group(_ label: String, size: Int, spacing: Double = 1) -> SurvivalCurve {
    curve(label, (1...size).map { (Double($0) * spacing, !$0.isMultiple(of: 3)) })
  }

  static let nobody = SurvivalCurve(
    label: "niemand", total: 0, times: [], survival: [], atRisk: [], events: [], censored: [])

  static func chart(_ curves: [SurvivalCurve]) -> SurvivalChart {
    SurvivalChart(
      title: "Noch in Beschäftigung", timeLabel: "Tage seit Arbeitsaufnahme",
      shareLabel: "Anteil", unit: .days, curves: curves, language: .german)
  }
}
