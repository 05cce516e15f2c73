public import Disclosure
public import EventLog

/// A table that was asked for, and what became of it.
public struct Release: Sendable {
  /// What became of it.
  public enum State: Equatable, Sendable {
    /// It left the house.
    case published
    /// It left the house and was taken back; whoever has it still has it.
    case withdrawn(reason: String)
    /// It never left the house.
    case refused(ReleaseRefusal)
  }

  /// Who got it, and what for.
  public struct Delivery: Equatable, Sendable {
    /// For whom.
    public let recipient: String
    /// What for.
    public let purpose: String
    /// The law that allows it, where one had to be named.
    public let legalBasis: String?
    /// When, in microseconds since 1970 UTC.
    public let recordedAt: Int64
  }

  /// The table as it was drawn up.
  public struct Table: Sendable {
    /// Who is in which cell.
    public let people: MemberTable
    /// What happened to each cell.
    public let marks: [CellMark]
    /// The rules it was protected by.
    public let rules: CountRules
    /// What it counts.
    public let topic: String
    /// Levels a dimension where it is coarser than asked for.
    let levels: [Int]?
    /// What was taken off what was asked for, nil for the table as asked.
    public let coarsening: Coarsening?
    /// The file, byte for byte.
    public let file: [UInt8]
    /// How exactly hidden cells can be known.
    public let audit: ReleaseAudit
    /// What was printed of cells whose numbers were moved; nil where none was.
    public let perturbed: Perturbation.Numbers?
    /// What its figures say besides.
    let besides: BesidesTable
    /// Whether it went to somebody who may not pass it on: then later audits leave it out.
    public let isConfidential: Bool
    /// What it is marked with; nil for nothing.
    public let mark: String?

    /// What is printed of every cell, nil where it is hidden.
    public var printed: [Int64?] {
      zip(people.counts, marks).enumerated().map { cell, entry in
        entry.1 == .perturbed ? perturbed?.printed[cell] : entry.1.isHidden ? nil : entry.0
      }
    }

    /// The file's SHA-256, in hex.
    public var digest: String { ContentDigest.hex(ContentDigest.sha256(file)) }

    /// The numbers that means are of, in hundredths, in the order of the people; nil for other tables.
    public var amounts: [Int64]? { besides.amounts }

    /// The table as an audit sees it, and what its figures say.
    public var released: [ReleasedTable] {
      let table = ReleasedTable(
        people: people, hidden: marks.map { !$0.isExact },
        behind: marks.indices.map { marks[$0] == .perturbed ? perturbed?.behind[$0] : nil },
        rules: rules, topic: topic)
      return [table] + [besides.known].compactMap(\.self)
    }
  }

  /// The number, from 1.
  public let number: Int
  /// What was asked for.
  public let request: ReleaseRequest
  /// What became of it.
  public let state: State
  /// Everybody who got it, in order; of a refused one who asked.
  public let deliveries: [Delivery]
  /// Who agreed, in order.
  public let approvals: [String]
  /// Cells that were printed although a rule would hide them.
  public let waivers: [GrantedWaiver]
  /// The table; nil where it was refused.
  public let table: Table?
  /// Where the log says that it was published, or refused.
  public let position: Position
}

/// A cell that was printed although a rule would hide it.
public struct GrantedWaiver: Equatable, Sendable {
  /// The cell, as `dimension=code` of each dimension.
  public let cell: [String]
  /// Why.
  public let reason: String
}

/// Why a table was refused; says nothing of what the table holds.
public enum ReleaseRefusal: String, Sendable, CaseIterable {
  /// Not safe together with everything released before.
  case notSafe = "not-safe"
  /// As before; no coarser table is, either.
  case noneSafe = "none-safe"
  /// The recipient has had as many tables as the profile allows in a time.
  case quota
}
