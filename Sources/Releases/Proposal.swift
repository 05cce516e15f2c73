public import Disclosure
import EventLog

/// A protected table with its proof, ready to be approved.
public struct Proposal: Sendable {
  /// What was asked for.
  public let request: ReleaseRequest
  /// The rules it is protected by.
  public let rules: CountRules
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

  /// The table as a release has it.
  public var table: Release.Table {
    Release.Table(
      people: protection.people, marks: protection.statuses.map(CellMark.init), rules: rules,
      topic: request.topic, levels: levels, coarsening: coarsening, file: file, audit: audit)
  }

  /// A table is worth publishing that prints its total and at least this share of its cells.
  public static let leastPrinted = 0.5

  /// Draws up the finest table that is safe beside everything released before.
  ///
  /// - Parameters:
  ///   - request: what was asked for.
  ///   - people: whom the table counts.
  ///   - rules: what is too small.
  ///   - ledger: what was released before.
  /// - Throws: ``ReleaseError``; of ``ReleaseError/notSafe(alternatives:)`` up to three coarser tables
  ///   that pass, none when coarser ones were tried already.
  public init(
    _ request: ReleaseRequest, _ people: CountedPeople, rules: CountRules, after ledger: Ledger
  ) throws(ReleaseError) {
    guard rules.zerosArePrinted else { throw .hideableZeros(profile: request.profile) }
    guard !people.people.isEmpty else { throw .empty }
    let search = Search(people: people, topic: request.topic, rules: rules, ledger: ledger)
    let details: [CountedPeople.Detail]
    do { details = try people.details() } catch { throw ReleaseError(wrapping: error) }
    var passing: [CountedPeople.Detail] = []
    for (place, detail) in details.prefix(Search.most).enumerated() {
      guard let protection = try search.protection(at: detail) else { continue }
      if place > 0, !request.mayCoarsen {
        passing.append(detail)
        if passing.count == 3 { break }
        continue
      }
      self.request = request
      self.rules = rules
      self.protection = protection
      levels = place == 0 ? nil : detail.levels
      coarsening = place == 0 ? nil : Coarsening(people, finest: details[0], detail)
      file = PublishedFile.csv(protection.people.shape, printed: protection.printed)
      audit = ReleaseAudit(protection, with: ledger.published)
      return
    }
    throw .notSafe(
      alternatives: passing.map { Coarsening(people, finest: details[0], $0) })
  }
}

/// The search for a table that is safe and says something.
private struct Search {
  let people: CountedPeople
  let topic: String
  let rules: CountRules
  let ledger: Ledger

  /// So many levels of detail are tried at most.
  static let most = 24

  /// The table at a level of detail; nil where it is not safe or says too little.
  func protection(at detail: CountedPeople.Detail) throws(ReleaseError) -> LinkedProtection? {
    let table: MemberTable
    do { table = try people.table(detail) } catch { throw ReleaseError(wrapping: error) }
    let found: LinkedProtection
    do {
      found = try protect(table, topic: topic, by: rules, after: ledger.tables)
    } catch {
      if case .suppression(.impossible) = error { return nil }
      throw .protection(error)
    }
    let isWorth =
      !found.statuses[0].isHidden
      && Double(found.printedCount) >= Proposal.leastPrinted * Double(found.statuses.count)
    return isWorth && found.findings.allSatisfy(\.isWideEnough) ? found : nil
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
      guard status.isHidden else { return nil }
      var protects: [[Int]] = []
      if case .secondary(let cells) = status {
        protects = cells.map { [$0.table == 0 ? 0 : published[$0.table - 1], $0.cell] }
      }
      let found = intervals[protection.firstAlike[cell]]
      return Cell(
        cell: cell, lower: found?.lower ?? 0, upper: found?.upper, protects: protects)
    }
    proved = protection.findings.count
    proof = ContentDigest.hex(
      ContentDigest.sha256(Array(protection.findings.map(\.proof).joined().utf8)))
    with = published
  }
}
