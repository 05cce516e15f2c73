/// How many tables one recipient gets in a time by a profile whose noise could be averaged out.
///
/// Whether a request is within it follows from the ledger alone, never from the people in a table.
public struct ReleaseQuota: Equatable, Sendable {
  /// So many tables in all.
  public let tables: Int
  /// So many tables of the same people, each broken down in another way.
  public let decompositions: Int
  /// In so many days, the last of them today.
  public let days: Int

  /// Which of the two was reached.
  public enum Limit: Sendable, Equatable {
    /// All tables.
    case tables
    /// Tables of the same people.
    case decompositions
  }

  /// A quota; each number at least 1.
  public init(tables: Int, decompositions: Int, days: Int) {
    precondition(min(tables, decompositions, days) >= 1)
    self.tables = tables
    self.decompositions = decompositions
    self.days = days
  }
}
