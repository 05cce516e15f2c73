public import Journey

/// One person's part in one operation (Vorhaben).
///
/// A participant counts once for each operation: a re-entry continues the participation, and its exit
/// moves to the last one (ESF guidance, 1.3 of the domain reference; edge cases no. 1 and 2).
public struct Participation: Sendable, Equatable {
  /// A fingerprint of the operation, 0 when not stated; see `MilestoneDetails.name`.
  public let operation: UInt32
  /// The first day of the first entry.
  public let entry: Day
  /// How much of the entry day is known.
  public let entryPrecision: Precision
  /// How often the person came back.
  public internal(set) var reentries = 0
  /// The last day of all; nil while the person takes part.
  public internal(set) var exit: Day?
  /// How much of the exit day is known.
  public internal(set) var exitPrecision = Precision.day
  /// Why it ended.
  public internal(set) var exitReason: ExitReason?
  /// Whether it ended as planned.
  public internal(set) var exitType: ExitType?
  /// Whether the person dropped out; see `Milestone.dropout`.
  ///
  /// Who still takes part has not dropped out so far.
  public internal(set) var dropout = Truth.no

  init(_ milestone: Milestone, _ details: MilestoneDetails) {
    operation = details.name
    entry = milestone.day
    entryPrecision = milestone.date.precision
  }

  mutating func leave(_ milestone: Milestone) {
    exit = milestone.day
    exitPrecision = milestone.date.precision
    exitReason = milestone.exitReason
    exitType = milestone.exitType
    dropout = milestone.dropout
  }

  mutating func comeBack() {
    reentries += 1
    // What the earlier exit said is superseded.
    exit = nil
    exitReason = nil
    exitType = nil
    dropout = .no
  }
}
