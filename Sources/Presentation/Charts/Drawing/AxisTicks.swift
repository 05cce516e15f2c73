/// Round positions on a time axis that starts at zero.
struct AxisTicks: Equatable {
  /// The positions, from 0 upwards.
  let positions: [Double]
  /// Where the axis ends: at the data, or at the next tick when it is near.
  let end: Double

  /// Chooses the finest round step that gives at most so many intervals.
  ///
  /// Months come in steps of 1, 3, 6, 12, 24, 36, 60 and then tens of years; weeks in 1, 2, 4, 13,
  /// 26, 52; days in 1, 2 and 5 times a power of ten.
  init(upTo maximum: Double, unit: ChartTimeUnit, atMost intervals: Int, fixedEnd: Bool) {
    let top = maximum > 0 && maximum.isFinite ? maximum : 1
    let limit = Double(max(1, intervals))
    let step = Self.steps(unit).first { top / $0 <= limit } ?? top
    let next = (top / step).rounded(.up) * step
    // A last interval that is nearly full is completed; a nearly empty one is not drawn.
    end = !fixedEnd && next - top <= 0.4 * step && next / step <= limit ? next : top
    let count = Int((end / step + 1e-9).rounded(.down))
    positions = (0...count).map { Double($0) * step }
  }

  private static func steps(_ unit: ChartTimeUnit) -> [Double] {
    let decimal: [Double] = (0...12).flatMap { exponent in
      let power = (0..<exponent).reduce(1.0) { value, _ in value * 10 }
      return [power, 2 * power, 5 * power]
    }
    switch unit {
    case .days: return decimal
    // A unit without a name may be years, of which a curve shows parts.
    case .unnamed: return [0.01, 0.02, 0.05, 0.1, 0.2, 0.5] + decimal
    case .weeks:
      return [1, 2, 4, 13, 26, 52, 104, 260] + decimal.filter { $0 >= 10 }.map { $0 * 52 }
    case .months: return [1, 3, 6, 12, 24, 36, 60] + decimal.filter { $0 >= 10 }.map { $0 * 12 }
    }
  }
}
