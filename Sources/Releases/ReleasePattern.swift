import Disclosure

/// Which cells a released table has and which of them are hidden, as the log keeps it.
struct ReleasePattern: Codable, Equatable, Sendable {
  struct Dimension: Codable, Equatable, Sendable {
    let name: String
    let total: String
    /// Code and parent; the parent is empty right below the total.
    let links: [[String]]

    init(_ dimension: Hierarchy) {
      name = dimension.name
      total = dimension.codes[0]
      links = dimension.codes.indices.dropFirst().map { number in
        let parent = dimension.parents[number] ?? 0
        return [dimension.codes[number], parent == 0 ? "" : dimension.codes[parent]]
      }
    }
  }

  let topic: String
  let minimum: Int64
  let singlesKnowTheirCell: Bool
  let dimensions: [Dimension]
  /// A letter a cell; see `CellMark`.
  let cells: String
  /// Levels a dimension where it is coarser than asked for, nil for the table as asked.
  let levels: [Int]?
  /// The same in words for a reader.
  let coarsening: Coarsening?
  /// What was printed of each cell where numbers were moved; nil where none was.
  let moved: [Int64]?
  /// The least and the most that may be behind each of these numbers.
  let behind: [[Int64]]?
  /// What its figures say besides; nil for a table of counts and rates.
  let besides: Besides?
  /// Whether it went to somebody who may not pass it on; nil for no.
  let isConfidential: Bool?
  /// What the table is marked with; nil for nothing.
  let mark: String?

  init(_ proposal: Proposal) {
    let (protection, rules) = (proposal.protection, proposal.policy.method.rules)
    moved = protection.perturbed?.printed
    behind = protection.perturbed?.behind.map { [$0.lowerBound, $0.upperBound] }
    isConfidential = proposal.policy.isConfidential ? true : nil
    mark = proposal.policy.mark
    topic = proposal.request.topic
    minimum = rules.minimum
    singlesKnowTheirCell = rules.singlesKnowTheirCell
    dimensions = protection.people.shape.dimensions.map { Dimension($0) }
    besides = Besides(proposal.besides)
    cells = String(protection.statuses.map { CellMark($0).rawValue })
    levels = proposal.levels
    coarsening = proposal.coarsening
  }

  var rules: CountRules {
    CountRules(minimum: minimum, singlesKnowTheirCell: singlesKnowTheirCell)
  }

  /// What was printed of cells whose numbers were moved; nil where that is damaged.
  func perturbed(cells: Int) -> Perturbation.Numbers?? {
    guard let moved, let behind else { return .some(nil) }
    let ranges = behind.compactMap { ends in
      ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }
    guard moved.count == cells, ranges.count == cells else { return nil }
    return .some(Perturbation.Numbers(printed: moved, behind: ranges))
  }

  /// The marks of the cells; nil when one has no meaning.
  var marks: [CellMark]? {
    let marks = cells.compactMap(CellMark.init)
    return marks.count == cells.count ? marks : nil
  }

  /// Nil when the dimensions are no trees.
  var shape: TableShape? { Dimension.shape(of: dimensions) }
}

extension ReleasePattern.Dimension {
  /// Nil when the dimensions are no trees.
  static func shape(of dimensions: [Self]) -> TableShape? {
    let hierarchies = dimensions.compactMap { dimension in
      try? Hierarchy(
        name: dimension.name, total: dimension.total,
        links: dimension.links.map { link in
          Hierarchy.Link(link.first ?? "", in: link.count > 1 && !link[1].isEmpty ? link[1] : nil)
        })
    }
    guard hierarchies.count == dimensions.count, !hierarchies.isEmpty else { return nil }
    return TableShape(hierarchies)
  }
}

/// What happened to a cell, in a letter.
public enum CellMark: Character, Sendable {
  /// Printed as it is.
  case printed = "p"
  /// Printed by waiver.
  case waived = "w"
  /// Hidden by a rule.
  case primary = "m"
  /// Hidden because an earlier release hid the same people.
  case bound = "b"
  /// Hidden so that others cannot be computed.
  case secondary = "s"
  /// Printed a little off.
  case perturbed = "n"

  init(_ status: LinkedProtection.Status) {
    self =
      switch status {
      case .printed: .printed
      case .waived: .waived
      case .primary: .primary
      case .bound: .bound
      case .secondary: .secondary
      case .perturbed: .perturbed
      }
  }

  /// Whether the number that is printed is the true one.
  public var isExact: Bool { self == .printed || self == .waived }

  /// Whether the value is left out.
  public var isHidden: Bool {
    switch self {
    case .printed, .waived, .perturbed: false
    case .primary, .bound, .secondary: true
    }
  }
}

/// How exactly the hidden cells of a release can be known, as the log keeps it.
public struct ReleaseAudit: Codable, Equatable, Sendable {
  /// One hidden cell.
  public struct Cell: Codable, Equatable, Sendable {
    /// The number of the cell.
    public let cell: Int
    /// The smallest possible number.
    public let lower: Int64
    /// The largest, nil when nothing holds it.
    public let upper: Int64?
    /// Cells that it protects: release, 0 for this one and -1 for what its medians say, and cell.
    public let protects: [[Int]]
  }

  /// The hidden cells, ascending.
  public let cells: [Cell]
  /// How many intervals were proved, here and in earlier releases.
  public let proved: Int
  /// SHA-256 over both populations of every interval, in hex.
  public let proof: String
  /// The releases that the audit took into account.
  public let with: [Int]
}
