import Glibc

/// How far a count is moved, by the key of its cell: the p-table of the cell key method.
///
/// Each row has the largest entropy among all noise of whole numbers from −D to D with mean 0 and
/// the variance asked for, that leaves no count negative or in a forbidden range; below zero larger
/// steps are not likelier than smaller ones. Where that variance is more than the likeliest noise of
/// the row has, the row is that one. After Giessing (2016) and the package ptable.
public struct NoiseTable: Equatable, Sendable {
  /// The largest step.
  public let largest: Int
  /// The variance asked for.
  public let variance: Double
  /// Counts from 1 to here are never printed.
  public let forbidden: Int
  /// The noise of the counts 0, 1, 2, …; the last row is that of all larger counts too.
  public let rows: [Row]

  /// The noise of one count.
  public struct Row: Equatable, Sendable {
    /// The steps, ascending.
    public let steps: [Int]
    /// How likely each one is.
    public let probabilities: [Double]
    /// Below which part of 2³² a key takes each step or an earlier one; the last is 2³².
    public let limits: [UInt64]

    /// The variance that the row has.
    public var variance: Double {
      zip(steps, probabilities).reduce(0) { $0 + Double($1.0 * $1.0) * $1.1 }
    }

    init(steps: [Int], probabilities: [Double]) {
      self.steps = steps
      self.probabilities = probabilities
      var sum = 0.0
      var limits: [UInt64] = []
      for probability in probabilities {
        sum += probability
        // Coarser than the arithmetic, so that every machine has the same limits.
        limits.append(UInt64((sum * 4_294_967_296).rounded()))
      }
      limits[limits.count - 1] = 1 << 32
      self.limits = limits
    }

    /// The step that a key takes.
    public func step(key: UInt64) -> Int {
      let part = key >> 32
      return steps[limits.firstIndex { part < $0 } ?? steps.count - 1]
    }
  }

  /// The table of these parameters.
  ///
  /// - Parameters:
  ///   - largest: D, at least 1.
  ///   - variance: V, above 0.
  ///   - forbidden: counts from 1 to here are never printed, 0 for none.
  /// - Throws: ``NoiseError/unattainable(count:)`` when a count's noise has always a larger variance.
  public init(largest: Int, variance: Double, forbidden: Int = 0) throws(NoiseError) {
    precondition(largest >= 1 && variance > 0 && forbidden >= 0)
    self.largest = largest
    self.variance = variance
    self.forbidden = forbidden
    var rows = [Row(steps: [0], probabilities: [1])]
    for count in 1...(forbidden > 0 ? largest + forbidden + 1 : largest) {
      let steps = (-min(count, largest)...largest).filter { step in
        !(forbidden > 0 && (1...forbidden).contains(count + step))
      }
      guard let noise = LikeliestNoise(steps: steps, variance: variance)?.probabilities else {
        throw .unattainable(count: count)
      }
      rows.append(Row(steps: steps, probabilities: noise))
    }
    self.rows = rows
  }

  /// A count as it is printed for the people with this key.
  ///
  /// - Parameters:
  ///   - count: how many people, at least 0.
  ///   - key: the sum of their record keys, without the carry beyond 64 bits.
  public func printed(_ count: Int64, key: UInt64) -> Int64 {
    count + Int64(rows[Int(min(count, Int64(rows.count - 1)))].step(key: key))
  }

  /// Which counts can be behind a printed number.
  public func counts(behind printed: Int64) -> ClosedRange<Int64> {
    printed == 0
      ? 0...Int64(largest) : max(1, printed - Int64(largest))...(printed + Int64(largest))
  }
}

/// What noise cannot be had.
public enum NoiseError: Error, Equatable, Sendable {
  /// The steps allowed for this count have a larger variance, however likely each one is.
  case unattainable(count: Int)
}

/// The distribution of largest entropy on some steps with mean 0 and a variance.
private struct LikeliestNoise {
  let probabilities: [Double]

  /// Steps that are equally likely, with their mean and mean square.
  private struct Block {
    var steps: [Int]
    var mean: Double { Double(steps.reduce(0, +)) / Double(steps.count) }
    var square: Double { Double(steps.reduce(0) { $0 + $1 * $1 }) / Double(steps.count) }
  }

  init?(steps: [Int], variance: Double) {
    var blocks = steps.map { Block(steps: [$0]) }
    while true {
      guard let densities = Self.densities(blocks, variance: variance) else { return nil }
      let wrong = blocks.indices.dropFirst().first { index in
        blocks[index].steps.allSatisfy { $0 <= 0 }
          && densities[index - 1] > densities[index] * (1 + 1e-9)
      }
      guard let wrong else {
        probabilities = zip(blocks, densities).flatMap { block, density in
          block.steps.map { _ in density }
        }
        return
      }
      blocks[wrong - 1].steps += blocks[wrong].steps
      blocks.remove(at: wrong)
    }
  }

  /// How likely each step of a block is: exp(a·mean + b·square) with b not above 0.
  private static func densities(_ blocks: [Block], variance: Double) -> [Double]? {
    guard let plain = solve(blocks, targets: (0, variance), square: false) else { return nil }
    if plain.gradient.1 <= 0 { return plain.densities }
    return solve(blocks, targets: (0, variance), square: true)?.densities
  }

  private struct Solution {
    var a = 0.0
    var b = 0.0
    var densities: [Double] = []
    var potential = 0.0
    var gradient = (0.0, 0.0)
    var curvature = (0.0, 0.0, 0.0)
  }

  /// Newton's method on the convex dual, halving steps that lead upwards.
  private static func solve(
    _ blocks: [Block], targets: (Double, Double), square: Bool
  ) -> Solution? {
    var point = evaluated(blocks, a: 0, b: 0, targets: targets)
    for _ in 0..<200 {
      let (first, second) = point.gradient
      let size = square ? max(abs(first), abs(second)) : abs(first)
      if size < 1e-13 { return point }
      let (aa, ab, bb) = point.curvature
      let determinant = aa * bb - ab * ab
      let step: (Double, Double) =
        square && determinant > 1e-300
        ? ((bb * first - ab * second) / determinant, (aa * second - ab * first) / determinant)
        : (first / aa, 0)
      var length = 1.0
      var next = point
      repeat {
        next = evaluated(
          blocks, a: point.a - length * step.0, b: point.b - length * step.1, targets: targets)
        length /= 2
      } while !(next.potential <= point.potential) && length > 1e-12
      guard next.potential <= point.potential else { break }
      point = next
      if abs(point.b) > 200 { return nil }
    }
    let (first, second) = point.gradient
    return max(abs(first), square ? abs(second) : 0) < 1e-9 ? point : nil
  }

  private static func evaluated(
    _ blocks: [Block], a: Double, b: Double, targets: (Double, Double)
  ) -> Solution {
    let exponents = blocks.map { a * $0.mean + b * $0.square }
    let top = exponents.max() ?? 0
    let weights = exponents.map { exp($0 - top) }
    let total = zip(blocks, weights).reduce(0) { $0 + Double($1.0.steps.count) * $1.1 }
    var solution = Solution(a: a, b: b, densities: weights.map { $0 / total })
    solution.potential = top + log(total) - a * targets.0 - b * targets.1
    var (m, s, mm, ms, ss) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for (block, density) in zip(blocks, solution.densities) {
      let share = Double(block.steps.count) * density
      m += share * block.mean
      s += share * block.square
      mm += share * block.mean * block.mean
      ms += share * block.mean * block.square
      ss += share * block.square * block.square
    }
    solution.gradient = (m - targets.0, s - targets.1)
    solution.curvature = (mm - m * m, ms - m * s, ss - s * s)
    return solution
  }
}
