import EventLog
import Journey

/// A restriction of processing that holds, as the naive log works it out.
struct NaiveRestriction: Equatable {
  let since: CivilDate
  let statistics: StatisticsDecision
}

extension NaiveLog {
  /// The restriction that holds for one participant after the first records; nil when none does.
  ///
  /// Everything said belongs to a matter: the one it began, or the one of what it corrects. Of a matter
  /// the last wording stands; of the matters about restriction the one that began last decides.
  func restriction(of ref: UInt32, size: Int = .max) -> NaiveRestriction? {
    let positions = positions(of: StreamID(.participant, ref), size: size)
      .filter { readable($0) != nil }
    func matter(_ position: Int) -> Int {
      guard positions.contains(position), let target = entries[position].event[Fields.target]
      else { return position }
      return matter(target)
    }
    let standing = positions.filter { position in
      let type = entries[position].event.type
      return (type == .processingRestricted || type == .restrictionLifted)
        && !positions.contains { $0 > position && matter($0) == matter(position) }
    }
    let last = standing.max { matter($0) < matter($1) }.map { entries[$0].event }
    let found: NaiveRestriction? =
      last?.type == .processingRestricted
      ? last.map { .init(since: $0.occurredOn, statistics: $0[Fields.statistics] ?? .keep) } : nil
    guard restrictsFalsely else { return found }
    return found == nil ? .init(since: .made(2024, 2, 29), statistics: .keep) : nil
  }
}
