public import Disclosure

extension Ledger {
  /// Refuses a new table where its recipient has had as many as a quota allows.
  ///
  /// A table that was given out before counts for nothing: it gives nothing new. Recipients are compared
  /// without case and spaces around them.
  ///
  /// - Parameter now: In microseconds since 1970 UTC.
  /// - Throws: ``ReleaseError/quota(_:_:)``.
  public func check(
    _ quota: ReleaseQuota, of request: ReleaseRequest, for recipient: String, now: Int64
  ) throws(ReleaseError) {
    let since = now - Int64(quota.days) * 86_400_000_000
    let name = recipient.normalized
    let had = releases.filter { release in
      release.table != nil && release.request.profile == request.profile
        && release.request != request
        && release.deliveries.contains {
          $0.recordedAt > since && $0.recipient.normalized == name
        }
    }
    guard had.count < quota.tables else { throw .quota(quota, .tables) }
    let alike = had.filter { $0.request.population == request.population }
    guard alike.count < quota.decompositions else { throw .quota(quota, .decompositions) }
  }
}

extension ReleaseRequest {
  /// Whom a table counts, however it breaks them down.
  fileprivate var population: [String] {
    [question ?? "", window ?? "", referenceDay, "\(logSize)"] + settings
  }
}

extension String {
  fileprivate var normalized: String {
    lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
