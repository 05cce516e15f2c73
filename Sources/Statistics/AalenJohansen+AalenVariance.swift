extension AalenJohansen {
  /// The variance of a cumulative incidence of Aalen's type, which `cmprsk::cuminc` in R prints.
  ///
  /// For competing risks, one row a person: with S the share free of every cause, F the incidence of
  /// the cause, and for each time the terms g = S(t−)² d c / n², c = 1 − (d − 1)/(n − 1) the share of
  /// d events that a draw without replacement would vary by, the variance at t is
  /// Σ ((F(s) − F(t))/S(s))² g over other causes and Σ ((S(s) + F(s) − F(t))/S(s))² g over the cause.
  /// It changes at times of the cause itself only; between them it is that of the time before. On
  /// real data it is up to a few per cent larger than ``standardError`` squared.
  ///
  /// - Returns: One variance a time, or nil unless the states are competing risks (moves out of one
  ///   state only, all rows beginning there) without weights.
  /// - Throws: ``StatisticsError/stateOutOfRange(row:state:states:)``, with row 0, for a state that
  ///   is none.
  /// - Complexity: O(times).
  /// - SeeAlso: Gray (1988), doi:10.1214/aos/1176350951; Aalen (1978), doi:10.1214/aos/1176344247.
  public func aalenTypeVariance(of state: Int) throws(StatisticsError) -> [Double]? {
    guard state >= 0, state < states else {
      throw .stateOutOfRange(row: 0, state: state, states: states)
    }
    guard let source = rows.from.first, rows.weights == nil, state != source,
      rows.from.allSatisfy({ $0 == source })
    else { return nil }
    var variance = 0.0
    var squares = CompensatedSum()  // Σ a² g, where a is 1/S for other causes and for the cause
    var products = CompensatedSum()  // Σ a b g, b = F/S for others and 1 + F/S for the cause
    var weights = CompensatedSum()  // Σ b² g
    var result: [Double] = []
    for index in counts.times.indices {
      let atRisk = counts.atRisk[source][index]
      let before = steps.before(index, source)
      let incidence = probability[state][index]
      let after = probability[source][index]
      let own = counts.moves[index].reduce(0) { $1.transition.to == state ? $0 + $1.weight : $0 }
      let others = counts.moves[index].reduce(0) {
        $1.transition.to == state ? $0 : $0 + $1.weight
      }
      let inverse = after > 0 ? 1 / after : 0
      for (events, isOwn) in [(others, false), (own, true)] where events > 0 {
        if !isOwn, after == 0 { continue }
        let correction = events > 1 ? 1 - (events - 1) / (atRisk - 1) : 1
        let term = before * before * correction * events / (atRisk * atRisk)
        let level = (isOwn ? 1 : 0) + inverse * incidence
        squares.add(inverse * inverse * term)
        products.add(inverse * level * term)
        weights.add(level * level * term)
      }
      if own > 0 {
        variance =
          weights.value + incidence * incidence * squares.value
          - 2 * incidence * products.value
      }
      result.append(variance)
    }
    return result
  }
}
