import Glibc

extension PartialLikelihood {
  /// Adds the exact conditional likelihood of the deaths at every step.
  ///
  /// The chance that just these `d` of the `n` at risk die is ∏ r over the deaths, divided by the
  /// sum of ∏ r over all sets of `d`: the elementary symmetric function e_d(r). Gail, Lubin and
  /// Rubinstein build it up person by person. Here the recursion runs over probabilities instead:
  /// with p = r/(c + r), e_d(r) = c^d P(K = d) / ∏ (1 − p), where K counts independent successes.
  /// With `c` chosen so that d successes are expected nothing overflows or vanishes, however many
  /// ties there are. First and second derivatives are carried along in the same way.
  mutating func addExact(
    _ design: CoxDesign, predictors: [Double], risks: [Double], offset: Double
  ) {
    var logs = CompensatedSum()
    let sets = design.sets
    let width = design.width
    for stratum in 0..<sets.strata.count - 1 {
      var atRisk: [Int] = []
      for step in sets.strata[stratum]..<sets.strata[stratum + 1] {
        atRisk.append(contentsOf: sets.joining[step]..<sets.joining[step + 1])
        if sets.leaving[step] < sets.leaving[step + 1] {
          atRisk.removeAll { sets.endStep[$0] == step }
        }
        let deaths = sets.deaths[step]
        guard deaths.count < atRisk.count else { continue }  // all die: certain, whoever they are
        var subsets = SubsetSums(size: deaths.count, width: width)
        subsets.add(atRisk, risks: risks, covariates: design.covariates)
        logs.add(-subsets.logarithm)
        for row in deaths {
          logs.add(predictors[row] - offset)
          for column in 0..<width { score[column] += design.covariates[row * width + column] }
        }
        let mean = subsets.mean
        for column in 0..<width { score[column] -= mean[column] }
        subsets.addCovariance(to: &information)
      }
    }
    logarithm = logs.value
  }
}

/// Sums over all sets of a given size of people at risk, by the recursion of Gail et al.
///
/// - SeeAlso: Gail, Lubin, Rubinstein (1981), doi:10.1093/biomet/68.3.703.
private struct SubsetSums {
  private let size: Int
  private let width: Int
  /// For 0…size successes: the probability, and its products with sums of covariates and of their
  /// squares, over the successes.
  private var table: [Double]
  private let stride: Int
  private var centre: [Double]
  /// The logarithm of e_d(r).
  private(set) var logarithm = 0.0

  init(size: Int, width: Int) {
    self.size = size
    self.width = width
    stride = 1 + width + width * (width + 1) / 2
    table = [Double](repeating: 0, count: (size + 1) * stride)
    table[0] = 1
    centre = [Double](repeating: 0, count: width)
  }

  mutating func add(_ people: [Int], risks: [Double], covariates: [Double]) {
    let level = Self.level(people, risks: risks, successes: Double(size))
    // Deviations from a typical success: sums of squares then do not cancel.
    var total = 0.0
    for row in people {
      let p = risks[row] / (level + risks[row])
      total += p
      for column in 0..<width { centre[column] += p * covariates[row * width + column] }
    }
    for column in 0..<width { centre[column] /= total }
    var failures = CompensatedSum()
    var x = [Double](repeating: 0, count: width)
    for (number, row) in people.enumerated() {
      let p = risks[row] / (level + risks[row])
      failures.add(log1p(risks[row] / level))
      for column in 0..<width { x[column] = covariates[row * width + column] - centre[column] }
      for successes in Swift.stride(from: min(number + 1, size), through: 0, by: -1) {
        step(successes, p: p, x: x)
      }
    }
    logarithm = log(table[size * stride]) + failures.value + Double(size) * log(level)
  }

  /// Lets one more person succeed with probability `p`.
  private mutating func step(_ successes: Int, p: Double, x: [Double]) {
    let here = successes * stride
    for index in here..<here + stride { table[index] *= 1 - p }
    guard successes > 0 else { return }
    let before = here - stride
    let probability = p * table[before]
    table[here] += probability
    var product = 1 + width
    for column in 0..<width {
      let sum = p * table[before + 1 + column]
      table[here + 1 + column] += sum + probability * x[column]
      for other in 0...column {
        table[here + product] +=
          p * table[before + product] + sum * x[other]
          + (p * table[before + 1 + other] + probability * x[other]) * x[column]
        product += 1
      }
    }
  }

  /// The mean of the covariates summed over a set, in the distribution given its size.
  var mean: [Double] {
    let row = size * stride
    return (0..<width).map { table[row + 1 + $0] / table[row] + Double(size) * centre[$0] }
  }

  func addCovariance(to matrix: inout SymmetricMatrix) {
    let row = size * stride
    var index = 0
    for column in 0..<width {
      for other in 0...column {
        matrix.triangle[index] +=
          table[row + 1 + width + index] / table[row]
          - table[row + 1 + column] / table[row] * (table[row + 1 + other] / table[row])
        index += 1
      }
    }
  }

  /// A level `c` for which about the given number of successes is expected.
  private static func level(_ people: [Int], risks: [Double], successes: Double) -> Double {
    var low = -745.0  // exp of these bounds is 0 and infinity
    var high = 709.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      let level = exp(middle)
      let expected = people.reduce(0.0) { $0 + risks[$1] / (level + risks[$1]) }
      if (expected - successes).magnitude < 0.25 { return level }
      if expected > successes { low = middle } else { high = middle }
    }
    return exp((low + high) / 2)
  }
}
