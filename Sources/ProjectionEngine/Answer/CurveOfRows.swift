import Statistics

/// Estimates from rows with weights, several of which may be of one person.
///
/// Frequencies are people of their own: standard errors are Greenwood's. Sampling weights, and several
/// units of one person, have robust ones: the infinitesimal jackknife with people as clusters.
enum CurveOfRows {
  /// How standard errors are made of a question's rows.
  static func variance(_ question: TimeToEventQuestion) -> CurveVariance {
    question.unit == .person && question.weight?.kind == .frequency
      ? .greenwood : .infinitesimalJackknife
  }

  /// The curve of those to whom nothing happened yet.
  static func survival(
    _ rows: [UnitRow], _ question: TimeToEventQuestion
  ) throws(StatisticsError) -> SurvivalEstimate {
    SurvivalEstimate(
      try Statistics.FollowUp(
        stops: rows.map { Double($0.duration.length) }, events: rows.map { $0.duration.cause > 0 },
        weights: rows.map(\.weight), clusters: rows.map { Int($0.person) }),
      variance: variance(question))
  }

  /// How likely each event is by each time.
  static func incidence(
    _ rows: [UnitRow], causes: Int, _ question: TimeToEventQuestion
  ) throws(StatisticsError) -> AalenJohansen {
    try AalenJohansen(
      try StateFollowUp(
        stops: rows.map { Double($0.duration.length) }, causes: rows.map { Int($0.duration.cause) },
        causeCount: causes, weights: rows.map(\.weight), clusters: rows.map { Int($0.person) }),
      initial: .state(0), variance: variance(question))
  }
}
