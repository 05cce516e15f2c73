import Journey
import Statistics

/// One kind of estimate of `wegmarke estimate`: a file in `Kinds`, and an entry in the list below.
protocol EstimateKind: Sendable {
  /// The word on the command line.
  static var name: String { get }
  /// What it estimates, in one line.
  static var summary: LocalizedText { get }
  /// Whether it can be drawn.
  static var drawsChart: Bool { get }
  /// Estimates from a user's table.
  static func estimate(_ input: EstimateInput) throws -> EstimateResult
}

extension EstimateKind {
  static var drawsChart: Bool { false }
}

/// All kinds, in the order in which they are listed.
enum EstimateKinds {
  static let all: [any EstimateKind.Type] = [
    SurvivalKind.self, CumulativeHazardKind.self, QuantilesKind.self, RestrictedMeanKind.self,
    FollowUpKind.self, IncidenceKind.self, OccupancyKind.self, TransitionsKind.self,
    TimeInStateKind.self, MeanCountKind.self, LogRankKind.self, GrayKind.self, ShareKind.self,
    CoxKind.self, ProportionalityKind.self, BaselineKind.self, FineGrayKind.self, PseudoKind.self,
    IntervalKind.self, SequenceStatesKind.self, SequenceMovesKind.self, SequenceTimesKind.self,
    SequenceShapesKind.self, OutcomesKind.self, CompareKind.self, RankingKind.self,
    TippingKind.self, LossKind.self, ResponseKind.self, DelaysKind.self, NowcastKind.self,
    CheckKind.self,
  ]

  /// The kind of a word; its nearest neighbours are asked for when there is none.
  static func named(_ name: String) -> (any EstimateKind.Type)? { all.first { $0.name == name } }
}

extension EstimateResult {
  /// Says what the standard errors are.
  mutating func state(_ variance: CurveVariance) {
    let words: LocalizedText =
      switch variance {
      case .greenwood:
        .init(en: "Standard errors: Greenwood", de: "Standardfehler: Greenwood")
      case .infinitesimalJackknife:
        .init(
          en: "Standard errors: infinitesimal jackknife (robust)",
          de: "Standardfehler: infinitesimales Jackknife (robust)")
      }
    facts.append((key: "variance", value: variance.rawValue, words: words))
  }

  /// Says what the limits are.
  mutating func state(_ interval: IntervalType, level: Double) {
    let share = EstimateInput.text((level * 1e6).rounded() / 1e4)
    facts.append(
      (
        key: "interval", value: interval.rawValue,
        words: .init(
          en: "\(share)% limits (\(interval.rawValue))",
          de: "\(share)-%-Grenzen (\(interval.rawValue))")
      ))
    facts.append((key: "level", value: EstimateInput.text(level), words: .init(verbatim: "")))
  }
}
