import Foundation
import Statistics
import TestSupport
import Testing

/// A simulation with known truth: what estimators say on average, and how often their limits hold it.
///
/// `make bias` runs all studies with 500 replicates and gathers the printed lines into `docs/bias.md`; the
/// tests run fewer. A study is the same for the same seed and number.
struct BiasStudy {
  /// What one estimator said in one replicate.
  struct Draw {
    var estimator: String
    var estimate: Double?
    var truth: Double
    var limits: ClosedRange<Double>?
  }

  /// What an estimator said on average.
  struct Summary {
    var replicates = 0
    fileprivate var truths = 0.0
    fileprivate var estimates = 0.0
    fileprivate var errors = 0.0
    fileprivate var squares = 0.0
    fileprivate var limits = 0
    fileprivate var held = 0

    /// The average of estimate − truth.
    var meanError: Double { errors / Double(replicates) }
    /// The standard error of this average.
    var errorOfMean: Double {
      let n = Double(replicates)
      return max(0, (squares / n - meanError * meanError) / (n - 1)).squareRoot()
    }
    /// The share of replicates whose limits hold the truth; nil without limits.
    var coverage: Double? { limits > 0 ? Double(held) / Double(limits) : nil }

    /// Whether the average error is no more than chance, or a small share of the truth, allows.
    func isFree(within tolerance: Double = 0.01) -> Bool {
      abs(meanError) <= 4 * errorOfMean + tolerance * truths / Double(replicates)
    }

    /// Whether the estimator is off by at least so much, beyond chance.
    func isOff(by distance: Double) -> Bool {
      distance > 0 ? meanError - 4 * errorOfMean > distance : meanError + 4 * errorOfMean < distance
    }

    /// Whether 95-% limits hold the truth about as often as they say.
    var isCovering: Bool {
      guard let coverage else { return false }
      // Four standard errors of a share of 95 % at this number of replicates, and 2 % for small groups.
      return coverage >= 0.93 - 4 * (0.95 * 0.05 / Double(limits)).squareRoot()
    }
  }

  private(set) var names: [String] = []
  private var summaries: [String: Summary] = [:]

  /// The replicates of each study: few in tests, more for the report.
  static let replicates =
    ProcessInfo.processInfo.environment["WEGMARKE_BIAS_REPLICATES"].flatMap { Int($0) } ?? 60

  /// Runs a study and prints a line for each estimator.
  init(
    _ title: String, seed: UInt64, _ replicate: (inout SeededGenerator) throws -> [Draw]
  ) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<Self.replicates {
      for draw in try replicate(&generator) { add(draw) }
    }
    for name in names {
      let summary = self[name]
      let n = Double(summary.replicates)
      let numbers = [
        summary.truths / n, summary.estimates / n, summary.meanError, summary.errorOfMean,
        summary.coverage ?? -1,
      ]
      let text = numbers.map { String(format: "%.4f", $0) }.joined(separator: "|")
      print("BIAS|\(title)|\(name)|\(text)|\(summary.replicates)|seed \(seed)")
    }
  }

  /// The summary of an estimator.
  subscript(_ name: String) -> Summary { summaries[name] ?? Summary() }

  private mutating func add(_ draw: Draw) {
    guard let estimate = draw.estimate, estimate.isFinite else { return }
    if summaries[draw.estimator] == nil { names.append(draw.estimator) }
    var summary = self[draw.estimator]
    let error = estimate - draw.truth
    summary.replicates += 1
    summary.truths += draw.truth
    summary.estimates += estimate
    summary.errors += error
    summary.squares += error * error
    if let limits = draw.limits {
      summary.limits += 1
      if limits.contains(draw.truth) { summary.held += 1 }
    }
    summaries[draw.estimator] = summary
  }
}

extension BiasStudy.Draw {
  init(
    _ estimator: String, _ estimate: Double?, truth: Double, limits: ConfidenceLimits? = nil
  ) {
    self.init(
      estimator: estimator, estimate: estimate, truth: truth,
      limits: limits.map { $0.lower...$0.upper })
  }

  init(_ estimator: String, _ reading: SurvivalEstimate.Reading, truth: Double) {
    self.init(estimator, reading.survival, truth: truth, limits: reading.limits)
  }

  init(_ estimator: String, _ share: WilsonInterval, truth: Double) {
    self.init(estimator, share.estimate, truth: truth, limits: share.limits)
  }
}
