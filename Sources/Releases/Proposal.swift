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

  /// The table as a release has it.
  public var table: Release.Table {
    Release.Table(
      people: protection.people, marks: protection.statuses.map(CellMark.init),
      rules: policy.method.rules, topic: request.topic, levels: levels, coarsening: coarsening,
      file: file, audit: audit, perturbed: protection.perturbed,
      isConfidential: policy.isConfidential, mark: policy.mark)
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
    after ledger: Ledger, key: (UInt64) throws -> UInt64 = { $0 }
  ) throws(ReleaseError) {
    guard policy.method.rules.zerosArePrinted else {
      throw .hideableZeros(profile: request.profile)
    }
    guard !people.people.isEmpty else { throw .empty }
    let search = Search(
      people: people, topic: request.topic, policy: policy, ledger: ledger,
      waivers: (request.waivers ?? []).compactMap { fields in
        fields.last.map { Waiver(codes: Array(fields.dropLast()), reason: $0) }
      })
    let details: [CountedPeople.Detail]
    do { details = try people.details() } catch { throw ReleaseError(wrapping: error) }
    var passing: [CountedPeople.Detail] = []
    for (place, detail) in details.prefix(Search.most).enumerated() {
      // Waivers name cells of the table as it was asked for.
      guard let protection = try search.protection(at: detail, isAsAsked: place == 0, key: key)
      else { continue }
      if place > 0, !request.mayCoarsen {
        passing.append(detail)
        if passing.count == 3 { break }
        continue
      }
      self.request = request
      self.policy = policy
      self.protection = protection
      levels = place == 0 ? nil : detail.levels
      coarsening = place == 0 ? nil : Coarsening(people, finest: details[0], detail)
      file = PublishedFile.csv(
        protection.people.shape, printed: protection.printed,
        countName: policy.mark.map { "count (\($0))" } ?? "count")
      audit = ReleaseAudit(protection, with: ledger.published)
      return
    }
    throw .notSafe(
      alternatives: passing.map { Coarsening(people, finest: details[0], $0) })
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

  /// Protects in one way.
  public init(_ method: ProtectionMethod, isConfidential: Bool = false, mark: String? = nil) {
    self.method = method
    self.isConfidential = isConfidential
    self.mark = mark
  }
}

/// The search for a table that is safe and says something.
private struct Search {
  let people: CountedPeople
  let topic: String
  let policy: ReleasePolicy
  let ledger: Ledger
  let waivers: [Waiver]

  /// So many levels of detail are tried at most.
  static let most = 24

  /// The table at a level of detail; nil where it is not safe or says too little.
  func protection(
    at detail: CountedPeople.Detail, isAsAsked: Bool, key: (UInt64) throws -> UInt64
  ) throws(ReleaseError) -> LinkedProtection? {
    let table: MemberTable
    do { table = try people.table(detail) } catch { throw ReleaseError(wrapping: error) }
    let found: LinkedProtection
    do {
      switch policy.method {
      case .suppression(let rules):
        found = try protect(
          table, topic: topic, by: rules, after: ledger.tables, waivers: isAsAsked ? waivers : [])
      case .perturbation(let perturbation):
        found = try perturb(
          table, by: perturbation, topic: topic, after: ledger.tables, key: key)
      case .exact:
        // A law asks for it: what earlier tables hide may follow, and the audit says so.
        return try disclose(table, topic: topic, after: ledger.tables)
      }
    } catch let error as ProtectionError {
      if case .suppression(.impossible) = error { return nil }
      throw .protection(error)
    } catch { throw ReleaseError(wrapping: error) }
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
      let own = intervals[protection.firstAlike[cell]]
      guard status.isHidden || status == .perturbed && own != nil else { return nil }
      var protects: [[Int]] = []
      if case .secondary(let cells) = status {
        protects = cells.map { [$0.table == 0 ? 0 : published[$0.table - 1], $0.cell] }
      }
      return Cell(cell: cell, lower: own?.lower ?? 0, upper: own?.upper, protects: protects)
    }
    proved = protection.findings.count
    proof = ContentDigest.hex(
      ContentDigest.sha256(Array(protection.findings.map(\.proof).joined().utf8)))
    with = published
  }
}
