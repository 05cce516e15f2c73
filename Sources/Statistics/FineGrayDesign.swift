import Glibc

/// The rows of a Fine–Gray regression, from early to late, with the weights of censoring.
struct FineGrayDesign {
  enum Kind { case event, competing, censored }

  let standardised: StandardisedCovariates
  /// The distinct times, rising.
  private(set) var times: [Double] = []
  /// The first row of each time, and at last the number of rows.
  private var firstRow: [Int] = []
  /// The index of the time of each row.
  private var timeOfRow: [Int] = []
  private let kinds: [Kind]
  /// G(t−) of each time: the chance of not being censored before it.
  private var observed: [Double] = []

  init(
    durations: [Double], causes: [Int], cause: Int, covariates: [[Double]]
  ) throws(StatisticsError) {
    let order = durations.indices.sorted { durations[$0] < durations[$1] }
    kinds = order.map { causes[$0] == cause ? .event : causes[$0] == 0 ? .censored : .competing }
    standardised = try StandardisedCovariates(
      covariates, rows: order, weights: [Double](repeating: 1, count: order.count))
    for (row, given) in order.enumerated() {
      if times.last != durations[given] {
        times.append(durations[given])
        firstRow.append(row)
      }
      timeOfRow.append(times.count - 1)
    }
    firstRow.append(order.count)
    var product = CompensatedProduct()
    for time in times.indices {
      observed.append(product.value)
      let atRisk = Double(order.count - firstRow[time])
      product.multiply(by: atRisk - Double(count(.censored, at: time)), over: atRisk)
    }
  }

  private func count(_ kind: Kind, at time: Int) -> Int {
    kinds[firstRow[time]..<firstRow[time + 1]].count { $0 == kind }
  }

  /// exp of the linear predictors, relative to the largest; and the logarithm of that.
  private func risks(_ coefficients: [Double]) -> (risks: [Double], offset: Double) {
    let predictors = standardised.predictors(coefficients)
    let offset = predictors.max() ?? 0
    return (predictors.map { exp($0 - offset) }, offset)
  }

  /// Walks the times with an event of the cause from late to early.
  ///
  /// The risk set holds those whose time has not come, and those with another cause before, each
  /// with its weight; the second sum loses a row where the first gains it.
  private func walk(_ risks: [Double], _ body: (_ time: Int, _ sums: RiskMoments) -> Void) {
    let columns = standardised.values.span
    var atRisk = RiskMoments(width: standardised.width)
    var competing = atRisk
    for row in kinds.indices where kinds[row] == .competing {
      competing.add(risks[row] / observed[timeOfRow[row]], covariates: columns, row: row)
    }
    for time in times.indices.reversed() {
      for row in firstRow[time]..<firstRow[time + 1] {
        atRisk.add(risks[row], covariates: columns, row: row)
        if kinds[row] == .competing {
          competing.add(-risks[row] / observed[time], covariates: columns, row: row)
        }
      }
      guard count(.event, at: time) > 0 else { continue }
      atRisk.settle()
      competing.settle()
      body(time, atRisk.adding(competing, times: observed[time]))
    }
  }

  func likelihood(at coefficients: [Double]) -> PartialLikelihood {
    let width = standardised.width
    var likelihood = PartialLikelihood(width: width)
    let predictors = standardised.predictors(coefficients)
    let (risks, offset) = risks(coefficients)
    var sum = CompensatedSum()
    let none = RiskMoments(width: width)
    walk(risks) { time, all in
      let average = RiskAverage(all, less: none, fraction: 0)
      let events = Double(count(.event, at: time))
      for row in firstRow[time]..<firstRow[time + 1] where kinds[row] == .event {
        sum.add(predictors[row] - offset)
        for column in 0..<width {
          likelihood.score[column] += standardised.values[row * width + column]
        }
      }
      sum.add(-events * log(average.total))
      for column in 0..<width { likelihood.score[column] -= events * average.mean[column] }
      average.addCovariance(
        of: all, less: none, fraction: 0, times: events, to: &likelihood.information)
    }
    likelihood.logarithm = sum.value
    return likelihood
  }

  /// The increments of the baseline subdistribution hazard at covariates at their centre, by time.
  func hazards(at coefficients: [Double]) -> [(time: Int, hazard: Double)] {
    let (risks, offset) = risks(coefficients)
    var steps: [(time: Int, hazard: Double)] = []
    walk(risks) { time, all in
      steps.append((time, Double(count(.event, at: time)) / all.values[0] * exp(-offset)))
    }
    return steps.reversed()
  }

  /// The sum over all rows of the squares of their influence on the score (η + ψ).
  ///
  /// η is the score residual with the weights, ψ what a row contributes to the estimate of G. All
  /// integrals are cumulative sums over the times, so that a row costs O(p).
  func influenceSquares(at coefficients: [Double]) -> SymmetricMatrix {
    let width = standardised.width
    let count = times.count
    let (risks, _) = risks(coefficients)
    var hazard = [Double](repeating: 0, count: count)
    var means = [Double](repeating: 0, count: count * width)
    walk(risks) { time, all in
      hazard[time] = Double(self.count(.event, at: time)) / all.values[0]
      for column in 0..<width {
        means[time * width + column] = all.values[1 + column] / all.values[0]
      }
    }
    // Up to and including a time: Λ; from a time on: Λ weighted by G. First of 1, then of the means.
    let plain = Cumulative(hazard, means: means, width: width)
    let weighted = Cumulative(zip(hazard, observed).map { $0 * $1 }, means: means, width: width)
    let censoring = censoring(risks: risks, weighted: weighted)
    var squares = SymmetricMatrix(order: width)
    var influence = [Double](repeating: 0, count: width)
    for row in kinds.indices {
      let time = timeOfRow[row]
      for column in 0..<width {
        let x = standardised.values[row * width + column]
        var value = -risks[row] * plain.through(time, x: x, column: column)
        switch kinds[row] {
        case .event: value += x - means[time * width + column]
        case .competing:
          value -= risks[row] / observed[time] * weighted.after(time, x: x, column: column)
        case .censored: value += censoring.jump[time * width + column]
        }
        influence[column] = value - censoring.sum[time * width + column]
      }
      squares.addSquare(of: influence)
    }
    return squares
  }

  /// ψ: q(u)/n at a censoring, less the sum of q c/n² over the censorings up to one's time.
  private func censoring(
    risks: [Double], weighted: Cumulative
  ) -> (jump: [Double], sum: [Double]) {
    let width = standardised.width
    var jump = [Double](repeating: 0, count: times.count * width)
    var sum = jump
    var total = [Double](repeating: 0, count: width)
    // Of those with another cause before u: r/G and r x/G.
    var earlier = 0.0
    var earlierCovariates = total
    for time in times.indices {
      let atRisk = Double(kinds.count - firstRow[time])
      let censored = Double(count(.censored, at: time))
      for column in 0..<width {
        let q =
          earlierCovariates[column] * weighted.from(time)
          - earlier * weighted.from(time, column: column)
        jump[time * width + column] = q / atRisk
        total[column] += q * censored / (atRisk * atRisk)
        sum[time * width + column] = total[column]
      }
      for row in firstRow[time]..<firstRow[time + 1] where kinds[row] == .competing {
        let weight = risks[row] / observed[time]
        earlier += weight
        for column in 0..<width {
          earlierCovariates[column] += weight * standardised.values[row * width + column]
        }
      }
    }
    return (jump, sum)
  }
}

/// Sums of hazards, and of hazards times means, up to each time.
private struct Cumulative {
  private let width: Int
  private var sums: [Double] = [0]
  private var shifts: [Double]

  init(_ hazard: [Double], means: [Double], width: Int) {
    self.width = width
    shifts = [Double](repeating: 0, count: (hazard.count + 1) * width)
    for time in hazard.indices {
      sums.append(sums[time] + hazard[time])
      for column in 0..<width {
        shifts[(time + 1) * width + column] =
          shifts[time * width + column] + hazard[time] * means[time * width + column]
      }
    }
  }

  /// ∫ (x − mean) dΛ up to and including a time.
  func through(_ time: Int, x: Double, column: Int) -> Double {
    x * sums[time + 1] - shifts[(time + 1) * width + column]
  }

  /// The same after a time.
  func after(_ time: Int, x: Double, column: Int) -> Double {
    x * (sums[sums.count - 1] - sums[time + 1])
      - (shifts[shifts.count - width + column] - shifts[(time + 1) * width + column])
  }

  /// ∫ dΛ from a time on.
  func from(_ time: Int) -> Double { sums[sums.count - 1] - sums[time] }

  /// ∫ mean dΛ from a time on.
  func from(_ time: Int, column: Int) -> Double {
    shifts[shifts.count - width + column] - shifts[time * width + column]
  }
}
