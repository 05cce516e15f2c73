/// A table of which some cells are hidden, with the proof that it gives nothing away.
public struct ProtectedTable: Sendable {
  /// What happened to a cell.
  public enum Status: Equatable, Sendable {
    /// Printed as it is.
    case printed
    /// Printed although a rule would hide it, for this reason.
    case waived(String)
    /// Hidden by a rule.
    case primary
    /// Hidden so that other cells cannot be computed, for instance these.
    case secondary(protects: [Int])

    /// Whether the value is left out.
    public var isHidden: Bool {
      switch self {
      case .printed, .waived: false
      case .primary, .secondary: true
      }
    }
  }

  /// The true table.
  public let table: CountTable
  /// What happened to each cell.
  public let statuses: [Status]
  /// The interval of every hidden cell and of every group that must not follow.
  public let findings: [Finding]

  /// What is printed, nil where it is hidden.
  public var printed: [Int64?] {
    zip(table.counts, statuses).map { $1.isHidden ? nil : $0 }
  }

  /// How many cells are printed.
  public var printedCount: Int { statuses.count { !$0.isHidden } }
}

/// Between which values an attacker cannot decide.
public struct Finding: Equatable, Sendable {
  /// What the interval is of.
  public enum Subject: Equatable, Sendable {
    /// One hidden cell.
    case cell(Int)
    /// A sum of cells that nobody printed.
    case sum([Int])
    /// Those of a cell who do not have a sensitive category: the cells they are in.
    case rest(of: Int, cells: [Int])
  }

  /// What the interval is of.
  public let subject: Subject
  /// Its value; for a table of somebody else one of the possible values.
  public let value: Int64
  /// The smallest value that some population attains.
  public let lower: Int64
  /// The largest value that some population attains, nil when nothing holds it.
  public let upper: Int64?
  /// Whether it is proved that nothing beyond is possible; else the interval may be wider.
  public let isExact: Bool
  /// What the rules ask of it.
  public let demand: Width
  /// The cells whose value this attacker knows besides what is printed.
  public let knowing: [Int]
  /// The two populations that attain the ends.
  public let certificate: Certificate

  /// What the rules ask of an interval.
  public struct Width: Equatable, Sendable {
    /// The upper end is at least this.
    public let atLeast: Int64
    /// The lower end is at most this, nil when that does not matter.
    public let atMost: Int64?
    /// The ends are so far apart.
    public let width: Int64

    init(_ demand: Demand) {
      atLeast = demand.atLeast
      atMost = demand.atMost == .max ? nil : demand.atMost
      width = demand.width
    }

    /// Whether values from the one to the other are enough; nil for no upper end.
    func isMet(from lower: Int64, to upper: Int64?) -> Bool {
      (upper ?? .max) >= atLeast && lower <= (atMost ?? .max)
        && (upper.map { $0 - lower } ?? .max) >= width
    }
  }

  /// Whether the interval is as wide as the rules ask.
  public var isWideEnough: Bool { demand.isMet(from: lower, to: upper) }
}

/// Two populations of whole numbers that look the same in print as the true one.
public struct Certificate: Equatable, Sendable {
  /// The numbers of people in each finest class of the table, at the lower end.
  public let lowest: [Int64]
  /// The numbers at the upper end.
  public let highest: [Int64]

  /// The two populations as text, one line each, for a digest.
  public var text: String {
    [lowest, highest].map { $0.map { String($0) }.joined(separator: ",") + "\n" }.joined()
  }
}
