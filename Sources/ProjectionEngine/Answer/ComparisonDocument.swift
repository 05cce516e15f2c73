import Journey
import Statistics

/// What the JSON form holds of how the curves of groups differ as a whole.
public struct ComparisonDocument: Encodable, Sendable {
  /// How many differences are tested.
  let comparisons: Int
  /// How many of them would look remarkable by chance alone.
  let expectedFalseAlarms: Double
  let tests: [Test]

  struct Test: Encodable, Sendable {
    let test: String
    @Nullable var cause: String?
    @Nullable var statistic: Double?
    @Nullable var degreesOfFreedom: Int?
    @Nullable var p: Double?
  }

  init(_ comparison: CurveComparison, level: Double) {
    comparisons = comparison.adjusted.count
    expectedFalseAlarms = comparison.adjusted.expectedFalseAlarms(level: level)
    tests = comparison.tests.map {
      Test(
        test: $0.name, cause: $0.cause, statistic: $0.outcome?.statistic,
        degreesOfFreedom: $0.outcome?.degreesOfFreedom, p: $0.outcome?.probability)
    }
  }
}

/// The differences of one group to all others, by event and time.
struct ComparedGroup {
  private var contrasts: [String?: [Double: ContrastDocument]] = [:]

  init(_ group: Int, in comparison: CurveComparison) {
    for (place, difference) in comparison.differences.enumerated() where difference.group == group {
      contrasts[difference.cause, default: [:]][difference.time] = ContrastDocument(
        difference: difference.contrast.estimate, lower: difference.contrast.limits.lower,
        upper: difference.contrast.limits.upper, p: difference.contrast.pValue,
        pAdjusted: comparison.adjusted.adjusted[place])
    }
  }

  func contrast(_ cause: String?, _ time: Double) -> ContrastDocument? { contrasts[cause]?[time] }
}

/// How a share differs from that of all other groups together.
struct ContrastDocument: Encodable, Sendable {
  let difference: Double
  @Nullable var lower: Double?
  @Nullable var upper: Double?
  @Nullable var p: Double?
  /// Adjusted after Holm for all comparisons of the answer.
  @Nullable var pAdjusted: Double?
}

/// What the JSON form holds of a curve corrected for delay.
struct NowcastDocument: Encodable, Sendable {
  /// The last day of follow-up.
  let closing: String
  /// The events recorded in it.
  let recorded: Int
  let curve: [Point]
  let at: [Reading]

  struct Point: Encodable, Sendable {
    let time: Int
    /// Weighted numbers: each recorded event stands for itself and those not yet recorded.
    let atRisk: Double
    let events: Double
    let survival: Double
  }

  struct Reading: Encodable, Sendable {
    let time: Int
    let atRisk: Double
    @Nullable var survival: Double?
    @Nullable var standardError: Double?
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    let extrapolated: Bool
  }

  init(_ nowcast: CurveNowcast) {
    closing = nowcast.closing.description
    let curve = nowcast.curve
    recorded = curve.recordedCount
    self.curve = curve.times.indices.map {
      Point(
        time: curve.times[$0], atRisk: curve.atRisk[$0], events: curve.events[$0],
        survival: curve.survival[$0])
    }
    at = nowcast.readings.map {
      Reading(
        time: $0.time, atRisk: $0.atRisk, survival: $0.survival, standardError: $0.standardError,
        lower: $0.limits?.lower, upper: $0.limits?.upper, extrapolated: $0.isExtrapolated)
    }
  }
}

/// What the JSON form holds of what the lost could have made of a group's curves.
struct BoundsDocument: Encodable, Sendable {
  let lost: Int
  /// The last day up to which people were observed as planned.
  let plannedEnd: String
  let curves: [Curve]

  struct Curve: Encodable, Sendable {
    /// `null` for the share to whom no event happened, else the event whose incidence is bounded.
    @Nullable var cause: String?
    let at: [Reading]
    let steps: [Step]
  }

  struct Reading: Encodable, Sendable {
    let time: Double
    @Nullable var lowerBound: Double?
    @Nullable var upperBound: Double?
    /// Limits that hold the share whatever became of the lost.
    @Nullable var lower: Double?
    @Nullable var upper: Double?
    let extrapolated: Bool
  }

  struct Step: Encodable, Sendable {
    let time: Double
    @Nullable var lowerBound: Double?
    @Nullable var upperBound: Double?
  }

  init(_ bounds: CurveBounds) {
    lost = bounds.lost
    plannedEnd = bounds.plannedEnd.description
    curves = bounds.curves.map { curve in
      Curve(
        cause: curve.cause,
        at: curve.readings.map {
          Reading(
            time: $0.time, lowerBound: $0.bounds?.lower, upperBound: $0.bounds?.upper,
            lower: $0.limits?.lower, upper: $0.limits?.upper, extrapolated: $0.isExtrapolated)
        },
        steps: curve.steps.map {
          Step(time: $0.time, lowerBound: $0.bounds?.lower, upperBound: $0.bounds?.upper)
        })
    }
  }
}
