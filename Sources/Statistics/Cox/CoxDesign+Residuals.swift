import Glibc

extension CoxDesign {
  /// The robust covariance: the sum over clusters of the squares of their influence.
  ///
  /// The influence of a row is the inverse information times its score residual times its weight.
  /// Units are the clusters, else the subjects, else the rows.
  ///
  /// - SeeAlso: Lin, Wei (1989), doi:10.1080/01621459.1989.10478874.
  func sandwich(
    ties: CoxRegression.Ties, at coefficients: [Double], covariance: SymmetricMatrix,
    units: Units
  ) -> SymmetricMatrix {
    let residuals = scoreResiduals(ties: ties, at: coefficients)
    var middle = SymmetricMatrix(order: width)
    var sums = [Double](repeating: 0, count: units.count * width)
    for row in sets.rows.indices {
      let unit = units(sets.rows[row]) * width
      for column in 0..<width {
        sums[unit + column] += weights[row] * residuals[row * width + column]
      }
    }
    for unit in 0..<units.count {
      middle.addSquare(of: Array(sums[unit * width..<(unit + 1) * width]))
    }
    return middle.between(covariance)
  }

  /// The score residual of each row of the walk: its part of the derivative of the likelihood.
  ///
  /// Over all rows, times their weights, they sum to the score. With cumulative sums over the
  /// steps of the hazard and of hazard times mean every row costs O(p), however long it is at risk.
  func scoreResiduals(ties: CoxRegression.Ties, at coefficients: [Double]) -> [Double] {
    let predictors = predictors(coefficients)
    let offset = predictors.max() ?? 0
    let risks = predictors.map { exp($0 - offset) }
    let width = width
    // hazard[s] is the sum over the steps before s; shifts the same of hazard times mean.
    var hazard = [Double](repeating: 0, count: sets.stepCount + 1)
    var shifts = [Double](repeating: 0, count: (sets.stepCount + 1) * width)
    var residuals = [Double](repeating: 0, count: weights.count * width)
    walk(risks: risks) { step, all, dying in
      let deaths = sets.deaths[step]
      let shares = TieShare.shares(ties, count: deaths.count, weight: deathWeights[step])
      var stepHazard = 0.0
      var stepShift = [Double](repeating: 0, count: width)
      // What the deaths are not exposed to, because earlier shares took them out.
      var sparedHazard = 0.0
      var sparedShift = stepShift
      var meanOfDeaths = stepShift
      for share in shares {
        let average = RiskAverage(all, less: dying, fraction: share.fraction)
        let increment = share.weight / average.total
        stepHazard += increment
        sparedHazard += increment * share.fraction
        for column in 0..<width {
          stepShift[column] += increment * average.mean[column]
          sparedShift[column] += increment * share.fraction * average.mean[column]
          meanOfDeaths[column] += average.mean[column] / Double(shares.count)
        }
      }
      hazard[step + 1] = hazard[step] + stepHazard
      for column in 0..<width {
        shifts[(step + 1) * width + column] = shifts[step * width + column] + stepShift[column]
        for row in deaths {
          let x = covariates[row * width + column]
          residuals[row * width + column] +=
            x - meanOfDeaths[column] + risks[row] * (x * sparedHazard - sparedShift[column])
        }
      }
    }
    for row in weights.indices {
      let first = sets.firstStep[row]
      let end = sets.endStep[row]
      let exposure = hazard[end] - hazard[first]
      for column in 0..<width {
        let shift = shifts[end * width + column] - shifts[first * width + column]
        residuals[row * width + column] -=
          risks[row] * (covariates[row * width + column] * exposure - shift)
      }
    }
    return residuals
  }
}
