public import Disclosure

extension Ledger {
  /// Refuses a new table where its recipient has had as many as a quota allows.
  ///
  /// A table that was given out before counts for nothing: it gives nothing new. Tables are of the same people
  /// where nine in ten of all who are in either are in both, whatever was asked. Recipients are compared by
  /// the letters and digits of their names alone.
  ///
  /// - Parameters:
  ///   - people: Whom the new table counts.
  ///   - now: In microseconds since 1970 UTC.
  /// - Throws: ``ReleaseError/quota(_:_:)``.
  public func check(
    _ quota: ReleaseQuota, of request: ReleaseRequest, counting people: CountedPeople,
    for recipient: String, now: Int64
  ) throws(ReleaseError) {
    let since = now - Int64(quota.days) * 86_400_000_000
    let name = recipient.officeKey
    let had = releases.filter { release in
      release.table != nil && release.request.profile == request.profile
        && release.request != request
        && release.deliveries.contains {
          $0.recordedAt > since && $0.recipient.officeKey == name
        }
    }
    guard had.count < quota.tables else { throw .quota(quota, .tables) }
    let new = Set(people.people.map { TableMember.person($0.id) })
    let alike = had.compactMap(\.table).count { table in
      let old = Set(table.people.members.map(\.person))
      let common = new.intersection(old).count
      return 10 * common >= 9 * (new.count + old.count - common)
    }
    guard alike < quota.decompositions else { throw .quota(quota, .decompositions) }
  }
}
