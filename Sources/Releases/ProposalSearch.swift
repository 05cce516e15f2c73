import Disclosure

/// The search for a table that is safe and says something.
struct ProposalSearch {
  let people: CountedPeople
  let request: ReleaseRequest
  let policy: ReleasePolicy
  let ledger: Ledger
  let waivers: [Waiver]

  /// So many levels of detail are tried at most.
  static let most = 24

  /// A table that is safe, with its figures.
  struct Found {
    let protection: LinkedProtection
    /// The rows of the file, where it has other ones than counts.
    var figures: FigureTable?
    var besides = BesidesTable()
  }

  /// The table at a level of detail; nil where it is not safe or says too little.
  func found(
    at detail: CountedPeople.Detail, isAsAsked: Bool, key: (UInt64) throws -> UInt64
  ) throws(ReleaseError) -> Found? {
    do {
      let table = try people.table(detail)
      guard let figure = request.figure, let rules = policy.figures else {
        return try protection(of: table, isAsAsked: isAsAsked, key: key).map {
          Found(protection: $0)
        }
      }
      return try found(figure, rules, table, isAsAsked: isAsAsked, key: key)
    } catch { throw ReleaseError(wrapping: error) }
  }

  private func found(
    _ figure: ReleaseFigure, _ rules: FigureRules, _ table: MemberTable, isAsAsked: Bool,
    key: (UInt64) throws -> UInt64
  ) throws -> Found? {
    var besides = BesidesTable()
    var classes: [MedianFigures.Class?] = []
    let amounts = people.amounts
    let medians = MedianFigures(rules: rules, amounts: amounts)
    if figure == .median {
      classes = medians.classes(table)
      besides.known = try medians.known(
        table, classes, topic: request.topic, by: policy.method.rules)
    }
    if figure == .mean { besides.amounts = table.members.map { amounts[$0.id] ?? 0 } }
    guard
      let protection = try protection(
        of: table, and: besides.known, isAsAsked: isAsAsked, key: key)
    else { return nil }
    switch figure {
    case .rate:
      return Found(protection: protection, figures: RateFigures.table(protection, rules))
    case .mean:
      let means = MeanFigures(
        rules: rules, amounts: amounts, earlier: ledger.means(of: request))
      return try means.table(protection).map {
        Found(protection: protection, figures: $0, besides: besides)
      }
    case .median:
      return Found(
        protection: protection, figures: medians.table(protection, classes), besides: besides)
    case .curve:
      let curve = CurveFigures(protection, rules, clock: request.clock ?? "").table()
      return curve.saysSomething ? Found(protection: protection, figures: curve.table) : nil
    }
  }

  /// A table that is protected; nil where it is not safe or says too little.
  ///
  /// - Parameter besides: What its figures say of the same people.
  private func protection(
    of table: MemberTable, and besides: ReleasedTable? = nil, isAsAsked: Bool,
    key: (UInt64) throws -> UInt64
  ) throws -> LinkedProtection? {
    let (topic, released) = (request.topic, ledger.tables + [besides].compactMap(\.self))
    let found: LinkedProtection
    do {
      switch policy.method {
      case .suppression(let rules):
        // Waivers name cells of the table as it was asked for.
        found = try protect(
          table, topic: topic, by: rules, after: released, waivers: isAsAsked ? waivers : [])
      case .perturbation(let perturbation):
        found = try perturb(table, by: perturbation, topic: topic, after: released, key: key)
      case .exact:
        // A law asks for it: what earlier tables hide may follow, and the audit says so.
        return try disclose(table, topic: topic, after: released)
      }
    } catch let error as ProtectionError {
      if case .suppression(.impossible) = error { return nil }
      throw ReleaseError.protection(error)
    }
    let isWorth =
      !found.statuses[0].isHidden
      && Double(found.printedCount) >= Proposal.leastPrinted * Double(found.statuses.count)
    guard isWorth, found.findings.allSatisfy(\.isWideEnough) else { return nil }
    // Five jobs of one person are one person.
    let isUnwaived = found.statuses.map { if case .waived = $0 { false } else { true } }
    let areEnough = people.areEnough(
      in: table, printed: zip(found.printed, isUnwaived).map { $1 ? $0 : nil },
      minimum: policy.method.minimum)
    return areEnough ? found : nil
  }
}
