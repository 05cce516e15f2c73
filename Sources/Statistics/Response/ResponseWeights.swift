/// Weights that let those who responded stand for those who did not: inverse probabilities.
///
///     let weights = try ResponseWeights(responded: reached, covariates: [age, german])
///     let share = ResponseWeightedShare(outcomes: employed, weights: weights)
///
/// Whoever responded with probability π stands for 1/π people like him or her. The probabilities come
/// from a logistic regression on the entry profile, or from the share that responded in each cell of
/// a cross table. The weights are stabilised (times the overall rate of response), which makes them 1
/// on average and changes no share. They are right when, among people with the same profile, response
/// has nothing to do with the outcome; no data can show that, ``ComparisonTipping`` asks what if not.
///
/// A profile in which hardly anybody responded gives weights that let few people decide. ``largest`` and
/// ``effectiveSize`` show it; trimming cuts the weights off at a cap, at the price of some bias, and
/// says how many it met.
///
/// - SeeAlso: Seaman, White (2013), doi:10.1177/0962280210395740; Kish (1965), Survey Sampling
///   (effective size).
public struct ResponseWeights: Sendable {
  /// Where large weights are cut off.
  public enum Trimming: Equatable, Sendable {
    /// Nowhere.
    case none
    /// At this many times the average weight.
    case above(Double)
    /// At this quantile of the weights of those who responded, such as 0.99.
    case quantile(Double)
  }

  /// Whether each person due responded.
  public let responded: [Bool]
  /// The probability of response of each person due.
  public let probabilities: [Double]
  /// The weight of each person; 0 for those who did not respond.
  public let weights: [Double]
  /// Where weights were cut off; nil when nowhere.
  public let cap: Double?
  /// Whether each person's weight was cut off.
  public let isTrimmed: [Bool]

  let model: Model

  /// Where the probabilities came from.
  enum Model: Sendable {
    case logistic(LogisticRegression)
    case cells([Int], sizes: [Int])
  }

  /// Takes the probabilities of a logistic regression on the entry profile.
  ///
  /// - Parameters:
  ///   - responded: Whether each person due responded.
  ///   - covariates: The profile, one column each.
  ///   - penalty: Firth's where a covariate separates those who responded.
  ///   - trimming: Where large weights are cut off.
  /// - Throws: As ``LogisticRegression/init(covariates:outcomes:penalty:)``, and as the trimming.
  public init(
    responded: [Bool], covariates: [[Double]], penalty: LogisticRegression.Penalty = .none,
    trimming: Trimming = .none
  ) throws(StatisticsError) {
    let model = try LogisticRegression(
      covariates: covariates, outcomes: responded, penalty: penalty)
    try self.init(responded, model.fitted, .logistic(model), trimming)
  }

  /// Takes the share that responded in each cell of a cross table, which assumes least.
  ///
  /// - Parameters:
  ///   - responded: Whether each person due responded.
  ///   - cells: The cell of each person, numbered from 0, by ``Labels`` for example.
  ///   - trimming: Where large weights are cut off.
  /// - Throws: ``StatisticsError/cellWithoutResponse(cell:)``: nobody can stand for its people; merge it
  ///   with another. As the trimming.
  /// - Precondition: The columns have the same length.
  public init(
    responded: [Bool], cells: [Int], trimming: Trimming = .none
  ) throws(StatisticsError) {
    precondition(responded.count == cells.count, "columns of different length")
    try checkNumbers(cells, count: responded.count)
    var sizes = [Int](repeating: 0, count: (cells.max() ?? -1) + 1)
    var responses = sizes
    for row in cells.indices {
      sizes[cells[row]] += 1
      if responded[row] { responses[cells[row]] += 1 }
    }
    for cell in sizes.indices where sizes[cell] > 0 && responses[cell] == 0 {
      throw .cellWithoutResponse(cell: cell)
    }
    let probabilities = cells.map { Double(responses[$0]) / Double(sizes[$0]) }
    try self.init(responded, probabilities, .cells(cells, sizes: sizes), trimming)
  }

  private init(
    _ responded: [Bool], _ probabilities: [Double], _ model: Model, _ trimming: Trimming
  ) throws(StatisticsError) {
    let rate = Double(responded.count { $0 }) / Double(max(responded.count, 1))
    let plain = responded.indices.map { responded[$0] ? rate / probabilities[$0] : 0 }
    let cap = try Self.cap(trimming, plain.filter { $0 > 0 })
    self.responded = responded
    self.probabilities = probabilities
    self.model = model
    self.cap = cap
    isTrimmed = plain.map { $0 > cap ?? .infinity }
    weights = plain.map { min($0, cap ?? .infinity) }
  }

  private static func cap(
    _ trimming: Trimming, _ weights: [Double]
  ) throws(StatisticsError) -> Double? {
    switch trimming {
    case .none: return nil
    case .above(let multiple):
      guard multiple >= 1, multiple.isFinite else {
        throw .weightNotUsable(row: 0, weight: multiple)
      }
      guard !weights.isEmpty else { return nil }
      return multiple * weights.reduce(0, +) / Double(weights.count)
    case .quantile(let probability):
      guard probability > 0, probability < 1 else {
        throw .probabilityOutsideUnitInterval(probability)
      }
      let sorted = weights.sorted()
      // The smallest weight that at least this share of the weights does not exceed.
      let place = Int((probability * Double(sorted.count)).rounded(.up))
      return sorted.isEmpty ? nil : sorted[min(max(place, 1), sorted.count) - 1]
    }
  }

  /// The people who responded.
  public var count: Int { responded.count { $0 } }
  /// The largest weight, 1 being the average without trimming; 0 when nobody responded.
  public var largest: Double { weights.max() ?? 0 }
  /// The people whose weight was cut off.
  public var trimmedCount: Int { isTrimmed.count { $0 } }

  /// The number of people of equal weight that would be as informative: (Σ w)² / Σ w².
  public var effectiveSize: Double {
    let sum = weights.reduce(into: CompensatedSum()) { $0.add($1) }.value
    let squares = weights.reduce(into: CompensatedSum()) { $0.add($1 * $1) }.value
    return squares > 0 ? sum * sum / squares : 0
  }

  /// What estimating the probabilities does to a sum Σ cᵢ over weighted contributions, person by person.
  ///
  /// The sum's derivative by the coefficients is −Σ c (1 − π) x; the coefficients' influences are
  /// I⁻¹ x (r − π). Trimmed weights do not move with the coefficients.
  func influenceOfModel(on contributions: [Double]) -> [Double] {
    switch model {
    case .logistic(let model):
      let width = model.inverse.order
      var derivative = [Double](repeating: 0, count: width)
      for row in responded.indices where responded[row] && !isTrimmed[row] {
        let factor = contributions[row] * (1 - probabilities[row])
        for column in 0..<width {
          derivative[column] += factor * model.design[row * width + column]
        }
      }
      let direction = model.inverse.times(derivative)
      return responded.indices.map { row in
        let movement = model.design[row * width..<(row + 1) * width].dot(direction)
        return -movement * ((responded[row] ? 1 : 0) - probabilities[row])
      }
    case .cells(let cells, let sizes):
      var sums = [Double](repeating: 0, count: sizes.count)
      for row in responded.indices where responded[row] && !isTrimmed[row] {
        sums[cells[row]] += contributions[row]
      }
      return responded.indices.map { row in
        let (cell, probability) = (cells[row], probabilities[row])
        return -sums[cell] / (Double(sizes[cell]) * probability)
          * ((responded[row] ? 1 : 0) - probability)
      }
    }
  }
}
