public import Disclosure
import EventLog

/// A protected table with its proof, ready to be approved.
public struct Proposal: Sendable {
  /// What was asked for.
  public let request: ReleaseRequest
  /// How it is protected, and for whom it is.
  public let policy: ReleasePolicy
  /// The table and what is hidden of it.
  public let protection: LinkedProtection
  /// What was taken off what was asked for, nil for the table as asked.
  public let coarsening: Coarsening?
  /// Levels a dimension, nil for the table as asked.
  let levels: [Int]?
  /// The file, byte for byte.
  public let file: [UInt8]
  /// How exactly hidden cells can be known.
  public let audit: ReleaseAudit
  /// What figures say besides what is printed of the table.
  let besides: BesidesTable

  /// The table as a release has it.
  public var table: Release.Table {
    Release.Table(
      people: protection.people, marks: protection.statuses.map(CellMark.init),
      rules: policy.method.rules, topic: request.topic, levels: levels, coarsening: coarsening,
      file: file, audit: audit, perturbed: protection.perturbed,
      besides: besides, isConfidential: policy.isConfidential, mark: policy.mark)
  }

  /// A table is worth publishing that prints its total and at least this share of its cells.
  public static let leastPrinted = 0.5

  /// Draws up the finest table that is safe beside everything released before.
  ///
  /// - Parameters:
  ///   - request: what was asked for.
  ///   - people: whom the table counts.
  ///   - policy: how it is protected.
  ///   - ledger: what was released before.
  ///   - key: the record key of whoever has an id; asked for by methods that move numbers.
  /// - Throws: ``ReleaseError``; of ``ReleaseError/notSafe(alternatives:)`` up to three coarser tables
  ///   that pass, none when coarser ones were tried already.
  public init(
    _ request: ReleaseRequest, _ people: CountedPeople, by policy: ReleasePolicy,
    after ledger: Ledger, key: (UInt64) throws -> UInt64
  ) throws(ReleaseError) {
    guard policy.method.rules.zerosArePrinted else {
      throw .hideableZeros(profile: request.profile)
    }
    guard !people.people.isEmpty else { throw .empty }
    try Self.check(request, policy)
    let search = ProposalSearch(
      people: people, request: request, policy: policy, ledger: ledger,
      waivers: (request.waivers ?? []).compactMap { fields in
        fields.last.map { Waiver(codes: Array(fields.dropLast()), reason: $0) }
      })
    let details: [CountedPeople.Detail]
    do { details = try people.details() } catch { throw ReleaseError(wrapping: error) }
    var passing: [CountedPeople.Detail] = []
    for (place, detail) in details.prefix(ProposalSearch.most).enumerated() {
      guard let found = try search.found(at: detail, isAsAsked: place == 0, key: key)
      else { continue }
      if place > 0, !request.mayCoarsen {
        passing.append(detail)
        if passing.count == 3 { break }
        continue
      }
      self.request = request
      self.policy = policy
      protection = found.protection
      besides = found.besides
      levels = place == 0 ? nil : detail.levels
      coarsening = place == 0 ? nil : Coarsening(people, finest: details[0], detail)
      file =
        found.figures.map { PublishedFile.csv($0) }
        ?? PublishedFile.csv(
          protection.people.shape, printed: protection.printed,
          countName: policy.mark.map { "count (\($0))" } ?? "count")
      audit = ReleaseAudit(protection, with: ledger.published)
      return
    }
    throw .notSafe(
      alternatives: passing.map { Coarsening(people, finest: details[0], $0) })
  }

  /// Refuses figures that the profile has no rules for.
  ///
  /// Moved numbers give rates; the other figures need true counts. Exact tables are of counts.
  private static func check(
    _ request: ReleaseRequest, _ policy: ReleasePolicy
  ) throws(ReleaseError) {
    guard let figure = request.figure else { return }
    let fits =
      switch policy.method {
      case .suppression: true
      case .perturbation: figure == .rate
      case .exact: false
      }
    guard fits, policy.figures != nil, request.waivers == nil else {
      throw .noFigure(figure, profile: request.profile)
    }
  }
}

/// How a table is protected, and whom it is for.
public struct ReleasePolicy: Sendable {
  /// How it is protected.
  public var method: ProtectionMethod
  /// Whether whoever gets it may not pass it on: then it binds no later table.
  public var isConfidential: Bool
  /// What it is marked with, in its file and on its page; nil for nothing.
  public var mark: String?
  /// When figures may be printed; nil where only counts are released.
  public var figures: FigureRules?

  /// Protects in one way.
  public init(
    _ method: ProtectionMethod, isConfidential: Bool = false, mark: String? = nil,
    figures: FigureRules? = nil
  ) {
    self.method = method
    self.figures = figures
    self.isConfidential = isConfidential
    self.mark = mark
  }
}

extension ReleaseError {
  /// Any error that making a table ends with.
  init(wrapping error: any Error) {
    self =
      switch error {
      case let error as ReleaseError: error
      case let error as TableError: .table(error)
      case let error as HierarchyError: .hierarchy(error)
      case let error as ProtectionError: .protection(error)
      default: .damaged(0)
      }
  }
}

extension ReleaseAudit {
  /// What an audit found; tables are named by the numbers of their releases.
  init(_ protection: LinkedProtection, with published: [Int]) {
    var intervals: [Int: LinkedFinding] = [:]
    for finding in protection.findings where finding.isOneCell && finding.cells.first?.table == 0 {
      intervals[finding.cells[0].cell] = finding
    }
    cells = protection.statuses.enumerated().compactMap { cell, status in
      let own = intervals[protection.firstAlike[cell]]
      guard status.isHidden || status == .perturbed && own != nil else { return nil }
      var protects: [[Int]] = []
      if case .secondary(let cells) = status {
        // What medians of this release say stands behind all earlier tables.
        protects = cells.map { place in
          if place.table > published.count { return [-1, place.cell] }
          return [place.table == 0 ? 0 : published[place.table - 1], place.cell]
        }
      }
      return Cell(cell: cell, lower: own?.lower ?? 0, upper: own?.upper, protects: protects)
    }
    proved = protection.findings.count
    proof = ContentDigest.hex(
      ContentDigest.sha256(Array(protection.findings.map(\.proof).joined().utf8)))
    with = published.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}
