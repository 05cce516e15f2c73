/// The rows of a Cox regression: follow-up (start, stop] with covariates, in any order.
///
/// A person may have several rows, as when a covariate changes: each row then holds the values in
/// force during its interval. Columns have one element for each row.
public struct CoxRows: Sendable {
  /// The follow-up, with weights and clusters if there are any; a row of weight 0 takes no part.
  public let followUp: FollowUp
  /// The covariates, one column each.
  public let covariates: [[Double]]
  /// A number for each stratum: rows are compared within their stratum only.
  public let strata: [Int]?

  /// Puts covariates beside follow-up.
  ///
  /// - Precondition: All columns have the same length.
  /// - Throws: ``StatisticsError/covariateNotFinite(row:covariate:)``.
  public init(
    _ followUp: FollowUp, covariates: [[Double]], strata: [Int]? = nil
  ) throws(StatisticsError) {
    precondition(covariates.allSatisfy { $0.count == followUp.count }, "columns of other length")
    precondition(strata.map { $0.count == followUp.count } ?? true, "columns of other length")
    for column in covariates.indices {
      for row in covariates[column].indices where !covariates[column][row].isFinite {
        throw .covariateNotFinite(row: row, covariate: column)
      }
    }
    self.followUp = followUp
    self.covariates = covariates
    self.strata = strata
  }

  /// The number of rows.
  public var count: Int { followUp.count }
}
