public import Disclosure
public import EventLog

/// Why nothing was published, or the ledger cannot be read.
public enum ReleaseError: Error, Sendable {
  /// The log refused.
  case log(LogError)
  /// The log did not take the events.
  case append(AppendError)
  /// The keys at hand do not open the ledger.
  case closed
  /// What the log says of a release cannot be read.
  case damaged(Int)
  /// A release rests on more records than the log had when it was noted.
  case unknownPosition(Int)
  /// There is no release with this number.
  case noSuchRelease(Int)
  /// A profile of this name and version was used with other content.
  case changedProfile(name: String, version: Int)
  /// Zeros may be hidden by this profile, which releases cannot be audited with.
  case hideableZeros(profile: String)
  /// So many people have to agree, by name, each another one.
  case notApproved(needed: Int)
  /// The same request was answered and the answer withdrawn.
  case withdrawn(Int)
  /// The release was refused or withdrawn, so there is nothing to withdraw, check or hand out.
  case notPublished(Int)
  /// The profile has no rules for such figures.
  case noFigure(ReleaseFigure, profile: String)
  /// Whoever asks had so many tables by this profile in so many days: the next one is not made yet.
  case quota(ReleaseQuota, ReleaseQuota.Limit)
  /// Nobody is in the table.
  case empty
  /// The table, alone or with everything released before, is not safe; these are.
  case notSafe(alternatives: [Coarsening])
  /// The codes do not fit the hierarchy.
  case table(TableError)
  /// The hierarchy is none.
  case hierarchy(HierarchyError)
  /// The rules do not fit the table, or a solver gave up.
  case protection(ProtectionError)
  /// Something was released meanwhile, so the audit no longer holds.
  case overtaken
}

/// What was taken off a table that was asked for.
public struct Coarsening: Codable, Hashable, Sendable {
  /// One dimension that became coarser.
  public struct Step: Codable, Hashable, Sendable {
    /// The dimension.
    public let dimension: String
    /// How many levels below the total are left; 0 when it is left out.
    public let levels: Int
  }

  /// The dimensions that became coarser, in their order.
  public let steps: [Step]

  /// Compares a level of detail with the finest.
  init(_ people: CountedPeople, finest: CountedPeople.Detail, _ detail: CountedPeople.Detail) {
    var steps: [Step] = []
    for (place, dimension) in people.dimensions.enumerated()
    where detail.levels[place] < finest.levels[place] {
      steps.append(Step(dimension: dimension.name, levels: detail.levels[place]))
    }
    self.steps = steps
  }
}
