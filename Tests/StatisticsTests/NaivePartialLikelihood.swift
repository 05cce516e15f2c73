import Glibc
import Statistics
import TestSupport

/// The log partial likelihood straight from its definition.
///
/// Risk set by risk set and, for exact ties, set of deaths by set of deaths: slow, and nothing of
/// it shared with the module.
struct NaivePartialLikelihood {
  var rows: CoxRows
  var ties: CoxRegression.Ties

  func callAsFunction(_ coefficients: [Double]) -> Double {
    let risks = (0..<rows.count).map { row in
      exp(zip(rows.covariates, coefficients).reduce(0) { $0 + $1.0[row] * $1.1 })
    }
    var sum = 0.0
    for stratum in Set(rows.strata ?? [0]) {
      let members = (0..<rows.count).filter {
        (rows.strata?[$0] ?? 0) == stratum && rows.weights?[$0] != 0
      }
      for time in Set(members.filter { rows.events[$0] }.map { rows.exits[$0] }) {
        let atRisk = members.filter {
          rows.exits[$0] >= time && (rows.entries?[$0] ?? -1) < time
        }
        let deaths = members.filter { rows.events[$0] && rows.exits[$0] == time }
        sum += contribution(atRisk: atRisk, deaths: deaths, risks: risks)
      }
    }
    return sum
  }

  private func contribution(atRisk: [Int], deaths: [Int], risks: [Double]) -> Double {
    func weight(_ row: Int) -> Double { rows.weights?[row] ?? 1 }
    let all = atRisk.reduce(0) { $0 + weight($1) * risks[$1] }
    let dying = deaths.reduce(0) { $0 + weight($1) * risks[$1] }
    let total = deaths.reduce(0) { $0 + weight($1) }
    let count = Double(deaths.count)
    var sum = deaths.reduce(0) { $0 + weight($1) * log(risks[$1]) }
    switch ties {
    case .breslow: sum -= total * log(all)
    case .efron:
      for k in 0..<deaths.count { sum -= total / count * log(all - Double(k) / count * dying) }
    case .exact:
      sum -= log(sumOfProducts(atRisk.map { risks[$0] }[...], choose: deaths.count))
    }
    return sum
  }

  private func sumOfProducts(_ risks: ArraySlice<Double>, choose count: Int) -> Double {
    guard count > 0 else { return 1 }
    guard let first = risks.first, risks.count >= count else { return 0 }
    let others = risks.dropFirst()
    return first * sumOfProducts(others, choose: count - 1) + sumOfProducts(others, choose: count)
  }
}

extension SeededGenerator {
  /// Made-up rows with ties, with what is asked for of late entry, strata and weights.
  mutating func coxRows(
    count: Int = 40, longest: Int = 12, covariates: Int = 2, entries: Bool = false,
    strata: Bool = false, weights: [Double]? = nil, untied: Bool = false
  ) throws -> CoxRows {
    var columns = [[Double]](repeating: [], count: covariates)
    var exits: [Double] = []
    var begins: [Double] = []
    var events: [Bool] = []
    var groups: [Int] = []
    var weightOfRow: [Double] = []
    let order = Array(1...count).shuffled(using: &self)
    for row in 0..<count {
      for column in 0..<covariates {
        let isNumber = column.isMultiple(of: 2)
        columns[column].append(
          isNumber
            ? Double.random(in: -1...1, using: &self) : Double(Int.random(in: 0...1, using: &self)))
      }
      exits.append(
        untied ? Double(order[row] + 2) : Double(Int.random(in: 2...longest, using: &self)))
      begins.append(Double(Int.random(in: 0...1, using: &self)))
      events.append(chance(60))
      groups.append(Int.random(in: 3...4, using: &self))
      if let weights { weightOfRow.append(pick(weights)) }
    }
    return try CoxRows(
      exits: exits, events: events, covariates: columns, entries: entries ? begins : nil,
      strata: strata ? groups : nil, weights: weights == nil ? nil : weightOfRow)
  }
}
