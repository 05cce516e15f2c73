import Statistics

extension CoxRows {
  /// Rows from columns at once.
  init(
    exits: [Double], events: [Bool], covariates: [[Double]], entries: [Double]? = nil,
    strata: [Int]? = nil, weights: [Double]? = nil, clusters: [Int]? = nil
  ) throws {
    try self.init(
      try FollowUp(
        starts: entries, stops: exits, events: events, weights: weights, clusters: clusters),
      covariates: covariates, strata: strata)
  }

  var exits: [Double] { followUp.stops }
  var entries: [Double]? { followUp.starts }
  var events: [Bool] { followUp.events }
  var weights: [Double]? { followUp.weights }
}
