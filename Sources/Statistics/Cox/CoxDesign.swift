/// The rows of a regression as the iterations need them: in the order of the walk, standardised.
struct CoxDesign {
  let sets: RiskSets
  let standardised: StandardisedCovariates
  let weights: [Double]
  /// The sum of the weights of the deaths at each step.
  let deathWeights: [Double]

  init(_ rows: CoxRows) throws(StatisticsError) {
    let sets = RiskSets(
      exits: rows.followUp.stops, entries: rows.followUp.starts, events: rows.followUp.events,
      strata: rows.strata, isLeftOut: { rows.followUp.weights?[$0] == 0 })
    guard sets.stepCount > 0 else { throw .noEvents }
    let weights = sets.rows.map { rows.followUp.weight($0) }
    standardised = try StandardisedCovariates(rows.covariates, rows: sets.rows, weights: weights)
    deathWeights = sets.deaths.map { deaths in weights[deaths].reduce(0, +) }
    self.sets = sets
    self.weights = weights
  }

  var width: Int { standardised.width }
  var covariates: [Double] { standardised.values }
  var centre: [Double] { standardised.centre }
  var scale: [Double] { standardised.scale }

  func predictors(_ coefficients: [Double]) -> [Double] { standardised.predictors(coefficients) }

  /// Walks the steps from the latest to the earliest in each stratum.
  ///
  /// - Parameters:
  ///   - risks: The factor exp(linear predictor) of each row, on any common scale.
  ///   - body: Gets the step, the sums over the risk set and those over the deaths; both are
  ///     weighted by risk and weight.
  func walk(
    risks: [Double], _ body: (_ step: Int, _ all: RiskMoments, _ deaths: RiskMoments) -> Void
  ) {
    var all = RiskMoments(width: width)
    var dying = RiskMoments(width: width)
    let columns = covariates.span
    for stratum in 0..<sets.strata.count - 1 {
      all.removeAll()
      for step in sets.strata[stratum]..<sets.strata[stratum + 1] {
        for row in sets.joining[step]..<sets.joining[step + 1] {
          all.add(weights[row] * risks[row], covariates: columns, row: row)
        }
        for row in sets.leavingRows[sets.leaving[step]..<sets.leaving[step + 1]] {
          all.add(-weights[row] * risks[row], covariates: columns, row: row)
        }
        dying.removeAll()
        for row in sets.deaths[step] {
          dying.add(weights[row] * risks[row], covariates: columns, row: row)
        }
        all.settle()
        dying.settle()
        body(step, all, dying)
      }
    }
  }
}
