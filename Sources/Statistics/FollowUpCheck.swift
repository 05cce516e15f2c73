/// What is wrong with the rows of one person's follow-up.
public struct FollowUpFault: Equatable, Sendable {
  /// The kinds of fault.
  public enum Kind: String, CaseIterable, Sendable {
    /// The row ends where it begins, or before.
    case entryNotBeforeExit = "entry-after-exit"
    /// The next row begins before this one ends: the person would be at risk twice.
    case overlap
    /// The next row begins after this one ends, in the state this one ended in.
    case gap
    /// The next row begins after this one ends, in another state than it ended in.
    case jump
    /// The next row begins where this one ends, in another state than it ended in.
    case teleport
  }

  /// What is wrong.
  public let kind: Kind
  /// The person.
  public let subject: Int
  /// The row, from 0.
  public let row: Int
  /// The person's next row by time; nil for a fault of one row.
  public let next: Int?
}

/// The check of follow-up before it is estimated from.
///
///     for fault in FollowUpCheck.faults(subjects: ids.numbers, starts: from, stops: until) {
///       print(ids.names[fault.subject], fault.kind, fault.row, fault.next)
///     }
///
/// A person's rows must adjoin: each begins where the one before ends, in the state that one ended
/// in. Curves of one event bear gaps (the person is not at risk meanwhile); occupancy does not, for
/// nobody can say where the person was. The flags are those of `survcheck` in R.
public enum FollowUpCheck {
  /// The faults of all rows, by person in the order of their numbers, then by time.
  ///
  /// - Parameters:
  ///   - subjects: The person of each row.
  ///   - starts: Where each row begins; nil when every row is under observation from the origin on:
  ///     a second row of a person then overlaps the first.
  ///   - stops: Where each row ends.
  ///   - from: The state during each row; nil for one kind of event.
  ///   - to: The state moved to at the end of each row, or ``StateFollowUp/stays``.
  /// - Precondition: The columns have the same length.
  /// - Complexity: O(n log n).
  public static func faults(
    subjects: [Int], starts: [Double]?, stops: [Double], from: [Int]? = nil, to: [Int]? = nil
  ) -> [FollowUpFault] {
    precondition(subjects.count == stops.count, "columns of different length")
    var faults: [FollowUpFault] = []
    func start(_ row: Int) -> Double { starts?[row] ?? -.infinity }
    let order = subjects.indices.sorted {
      (subjects[$0], start($0), stops[$0], $0) < (subjects[$1], start($1), stops[$1], $1)
    }
    /// The row that reaches furthest so far, of the same person.
    var last: Int?
    for row in order {
      let subject = subjects[row]
      if let starts, !(starts[row] < stops[row]) {
        faults.append(
          FollowUpFault(kind: .entryNotBeforeExit, subject: subject, row: row, next: nil))
        continue
      }
      if let before = last, subjects[before] == subject {
        if let kind = kind(
          end: stops[before], start: start(row),
          isContinued: isContinued(before, row, from: from, to: to))
        {
          faults.append(FollowUpFault(kind: kind, subject: subject, row: before, next: row))
        }
        if stops[row] > stops[before] { last = row }
      } else {
        last = row
      }
    }
    return faults
  }

  private static func isContinued(_ row: Int, _ next: Int, from: [Int]?, to: [Int]?) -> Bool {
    guard let from, let to else { return true }
    let end = to[row] == StateFollowUp.stays ? from[row] : to[row]
    return end == from[next]
  }

  private static func kind(
    end: Double, start: Double, isContinued: Bool
  ) -> FollowUpFault.Kind? {
    if start < end { return .overlap }
    if start > end { return isContinued ? .gap : .jump }
    return isContinued ? nil : .teleport
  }
}
