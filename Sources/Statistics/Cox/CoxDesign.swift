/// The rows of a regression as the iterations need them.
///
/// The covariates are centred at their means and scaled to a standard deviation of 1, and stand
/// row after row in the order of the walk. Neither changes the estimates; both keep sums of squares
/// far from cancelling and make pivots and step lengths comparable.
struct CoxDesign {
  let sets: RiskSets
  let width: Int
  /// Standardised covariates, `width` numbers a row of the walk.
  let covariates: [Double]
  let weights: [Double]
  /// The centre and the scale of each covariate, in its own unit.
  let centre: [Double]
  let scale: [Double]
  /// The sum of the weights of the deaths at each step.
  let deathWeights: [Double]

  init(_ rows: CoxRows) throws(StatisticsError) {
    sets = RiskSets(
      exits: rows.followUp.stops, entries: rows.followUp.starts, events: rows.followUp.events,
      strata: rows.strata, isLeftOut: { rows.followUp.weights?[$0] == 0 })
    guard sets.stepCount > 0 else { throw .noEvents }
    let sets = sets
    let width = rows.covariates.count
    self.width = width
    weights = sets.rows.map { rows.followUp.weight($0) }
    deathWeights = sets.deaths.map { [weights] deaths in weights[deaths].reduce(0, +) }
    var centre: [Double] = []
    var scale: [Double] = []
    var covariates = [Double](repeating: 0, count: width * sets.rows.count)
    let total = weights.reduce(0, +)
    for (column, values) in rows.covariates.enumerated() {
      var sum = CompensatedSum()
      for row in sets.rows.indices { sum.add(weights[row] * values[sets.rows[row]]) }
      let mean = sum.value / total
      var squares = CompensatedSum()
      for row in sets.rows.indices {
        let deviation = values[sets.rows[row]] - mean
        squares.add(weights[row] * deviation * deviation)
      }
      let deviation = (squares.value / total).squareRoot()
      guard deviation > mean.magnitude * 1e-12, deviation > 0, deviation.isFinite else {
        throw .covariateNotIdentified(covariate: column)
      }
      centre.append(mean)
      scale.append(deviation)
      for row in sets.rows.indices {
        covariates[row * width + column] = (values[sets.rows[row]] - mean) / deviation
      }
    }
    self.centre = centre
    self.scale = scale
    self.covariates = covariates
  }

  /// The linear predictors of all rows for standardised coefficients.
  func predictors(_ coefficients: [Double]) -> [Double] {
    var predictors: [Double] = []
    predictors.reserveCapacity(weights.count)
    for row in weights.indices {
      var sum = 0.0
      for column in 0..<width { sum += coefficients[column] * covariates[row * width + column] }
      predictors.append(sum)
    }
    return predictors
  }

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
