import Glibc

/// The log partial likelihood at one point, with its derivatives.
struct PartialLikelihood {
  var logarithm = 0.0
  var score: [Double]
  var information: SymmetricMatrix

  init(width: Int) {
    score = [Double](repeating: 0, count: width)
    information = SymmetricMatrix(order: width)
  }

  /// Evaluates at standardised coefficients, in one walk over the risk sets.
  init(_ design: CoxDesign, ties: CoxRegression.Ties, at coefficients: [Double]) {
    self.init(width: design.width)
    let predictors = design.predictors(coefficients)
    // Risks relative to the largest: no overflow, and the offset cancels from every ratio.
    let offset = predictors.max() ?? 0
    let risks = predictors.map { exp($0 - offset) }
    if ties == .exact {
      addExact(design, predictors: predictors, risks: risks, offset: offset)
    } else {
      add(design, ties: ties, predictors: predictors, risks: risks, offset: offset)
    }
  }

  private mutating func add(
    _ design: CoxDesign, ties: CoxRegression.Ties, predictors: [Double], risks: [Double],
    offset: Double
  ) {
    var sum = CompensatedSum()
    var score = score
    var information = information
    design.walk(risks: risks) { step, all, deaths in
      for row in design.sets.deaths[step] {
        sum.add(design.weights[row] * (predictors[row] - offset))
        for column in 0..<design.width {
          score[column] += design.weights[row] * design.covariates[row * design.width + column]
        }
      }
      let shares = TieShare.shares(
        ties, count: design.sets.deaths[step].count, weight: design.deathWeights[step])
      for share in shares {
        let average = RiskAverage(all, less: deaths, fraction: share.fraction)
        sum.add(-share.weight * log(average.total))
        for column in 0..<design.width { score[column] -= share.weight * average.mean[column] }
        average.addCovariance(
          of: all, less: deaths, fraction: share.fraction, times: share.weight, to: &information)
      }
    }
    logarithm = sum.value
    self.score = score
    self.information = information
  }
}
