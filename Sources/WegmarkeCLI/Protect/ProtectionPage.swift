import Disclosure
import Journey
import Presentation
import Projections

/// A table that was protected, whichever way.
struct ProtectedCells {
  /// What happened to one cell.
  enum Fate {
    /// Printed as it is.
    case printed
    /// Printed although a rule would hide it, for this reason.
    case waived(String)
    /// Hidden by a rule.
    case primary
    /// Hidden because a known table hides it.
    case bound
    /// Hidden so that these cells cannot be computed.
    case secondary([String])
    /// Printed a little off.
    case moved

    /// Whether the value is left out.
    var isHidden: Bool {
      switch self {
      case .printed, .waived, .moved: false
      case .primary, .bound, .secondary: true
      }
    }
  }

  let shape: TableShape
  /// The true numbers.
  let counts: [Int64]
  /// What is printed, nil where it is hidden.
  let printed: [Int64?]
  /// One fate a cell.
  let fates: [Fate]
  /// The interval of a hidden or moved cell, where one was asked for.
  let ranges: [Int: String]
  /// Groups that nobody printed and that must not follow, with their intervals.
  let groups: [(cells: [String], range: String)]
  /// What proves the intervals, for a digest.
  let certificates: String
  /// What has an interval that is too narrow.
  let narrow: [String]
  /// Whether every interval is as wide as the rules ask.
  var isSafe: Bool { narrow.isEmpty }
}

extension ProtectedCells {
  /// A table protected by itself.
  init(_ protected: ProtectedTable) {
    shape = protected.table.shape
    counts = protected.table.counts
    printed = protected.printed
    let shape = shape
    func name(_ cell: Int) -> String { shape.codes(of: cell).joined(separator: "/") }
    fates = protected.statuses.map { status in
      switch status {
      case .printed: .printed
      case .waived(let reason): .waived(reason)
      case .primary: .primary
      case .secondary(let cells): .secondary(cells.map(name))
      }
    }
    ranges = Dictionary(
      protected.findings.compactMap { finding in finding.cell.map { ($0, finding.range) } },
      uniquingKeysWith: { first, _ in first })
    groups = protected.findings.filter { $0.cell == nil && $0.knowing.isEmpty }
      .map { ($0.cells.map(name), $0.range) }
    certificates = protected.findings.map(\.certificate.text).joined()
    narrow = protected.findings.filter { !$0.isWideEnough }
      .map { $0.cells.map(name).joined(separator: " + ") }
  }

  /// A table protected together with others that are known.
  init(_ protected: LinkedProtection) {
    shape = protected.people.shape
    counts = protected.counts
    printed = protected.printed
    let shape = shape
    func name(_ cell: LinkedCell) -> String {
      // Cells of known tables are named by the table's place on the command line.
      cell.table == 0
        ? shape.codes(of: cell.cell).joined(separator: "/") : "#\(cell.table):\(cell.cell)"
    }
    fates = protected.statuses.map { status in
      switch status {
      case .printed: .printed
      case .waived(let reason): .waived(reason)
      case .primary: .primary
      case .bound: .bound
      case .perturbed: .moved
      case .secondary(let cells): .secondary(cells.map(name))
      }
    }
    var ranges: [Int: String] = [:]
    for finding in protected.findings where finding.isOneCell && finding.cells[0].table == 0 {
      ranges[finding.cells[0].cell] = finding.range
    }
    for (cell, first) in protected.firstAlike.enumerated() {
      if ranges[cell] == nil { ranges[cell] = ranges[first] }
    }
    self.ranges = ranges
    groups = protected.findings.filter { !$0.isOneCell }.map { ($0.cells.map(name), $0.range) }
    certificates = protected.findings.map(\.proof).joined()
    narrow = protected.findings.filter { !$0.isWideEnough }
      .map { $0.cells.map(name).joined(separator: " + ") }
  }
}

extension LinkedFinding {
  /// The ends, both included: `1–7`, or `8–∞` when nothing holds it.
  fileprivate var range: String { "\(lower)–\(upper.map { String($0) } ?? "∞")" }
}

/// What happened to a table: for everybody, or with all intervals for the steward.
struct ProtectionPage {
  let profile: PublicationProfile
  let file: String
  let protected: ProtectedCells
  /// The digest of the table's bytes.
  let digest: String
  /// The digest of all pairs of populations that prove the intervals.
  let proof: String

  /// Method and totals: nothing that depends on a hidden value.
  func summary(_ language: Language) -> String {
    let numbers = NumberStyle(language)
    let all = protected.fates.count
    let hidden = protected.fates.count(where: \.isHidden)
    let share = numbers.percent(Double(all - hidden) / Double(all), places: 0)
    let text = LocalizedText(
      en: """
        \(file):
        \(numbers.integer(hidden)) of \(numbers.integer(all)) cells are hidden, \(share) printed.
        Profile \(profile.name) \(profile.version): \(profile.sentence.en)
        Signs: . secret, 0 exactly zero
        Digest of the table:
        \(digest)

        """,
      de: """
        \(file):
        \(numbers.integer(hidden)) von \(numbers.integer(all)) Feldern sind geheim, \(share) gedruckt.
        Profil \(profile.name) \(profile.version): \(profile.sentence.de)
        Zeichen: . geheim, 0 genau null
        Prüfsumme der Tabelle:
        \(digest)

        """)
    return text(language).wrapped(to: 80)
  }

  /// Every hidden cell with its value, reason and interval, and the groups that must not follow.
  func steward(_ language: Language, style: TerminalStyle) -> String {
    let shape = protected.shape
    let warning = LocalizedText(
      en: "FOR THE STEWARD ONLY: this page shows what the table hides.\n\n",
      de: "NUR FÜR DIE DATENTREUHAND: diese Seite zeigt, was die Tabelle verbirgt.\n\n")(language)
    var table = TerminalTable(
      language == .english
        ? [.text("CELL", minimum: 20), .number("VALUE"), .text("REASON"), .number("POSSIBLE")]
        : [.text("FELD", minimum: 20), .number("WERT"), .text("GRUND"), .number("MÖGLICH")])
    for (cell, fate) in protected.fates.enumerated() {
      guard fate.isHidden || protected.ranges[cell] != nil else { continue }
      table.append([
        TableCell(shape.name(of: cell)), TableCell("\(protected.counts[cell])"),
        TableCell(reason(fate, language)),
        TableCell(protected.ranges[cell] ?? sameAsOther(language)),
      ])
    }
    let proof = LocalizedText(
      en: "\nProof by two populations an interval, digest:\n\(proof)\n",
      de: "\nBeleg durch zwei Populationen je Spanne, Prüfsumme:\n\(proof)\n")(language)
    return warning + summary(language) + "\n" + table.text(for: style) + groups(language)
      + waivers(language) + proof
  }

  private func sameAsOther(_ language: Language) -> String {
    LocalizedText(en: "as another", de: "wie ein anderes")(language)
  }

  private func reason(_ fate: ProtectedCells.Fate, _ language: Language) -> String {
    let minimum = profile.method.minimum
    switch fate {
    case .primary:
      return LocalizedText(en: "below \(minimum)", de: "unter \(minimum)")(language)
    case .bound: return LocalizedText(en: "hidden before", de: "früher geheim")(language)
    case .moved: return LocalizedText(en: "moved", de: "verschoben")(language)
    case .secondary(let names):
      let others = names.joined(separator: ", ")
      return LocalizedText(en: "protects \(others)", de: "schützt \(others)")(language)
    case .printed, .waived: return ""
    }
  }

  /// Groups that nobody printed and that must not follow either.
  private func groups(_ language: Language) -> String {
    guard !protected.groups.isEmpty else { return "" }
    let title = LocalizedText(
      en: "\nTogether, where nobody printed it:\n", de: "\nZusammen, wo es niemand druckt:\n")
    return title(language)
      + protected.groups.map { "  \($0.cells.joined(separator: " + ")): \($0.range)\n" }.joined()
  }

  private func waivers(_ language: Language) -> String {
    protected.fates.enumerated().map { cell, fate in
      guard case .waived(let reason) = fate else { return "" }
      let name = protected.shape.name(of: cell)
      return LocalizedText(
        en: "\nPrinted by waiver: \(name): \(reason)\n",
        de: "\nGedruckt durch Ausnahme: \(name): \(reason)\n")(language)
    }.joined()
  }
}

extension Finding {
  /// The cell it is about, when it is about one and what everybody knows.
  var cell: Int? {
    if case .cell(let cell) = subject, knowing.isEmpty { cell } else { nil }
  }

  /// The cells it adds up.
  var cells: [Int] {
    switch subject {
    case .cell(let cell): [cell]
    case .sum(let cells), .rest(_, let cells): cells
    }
  }

  /// The ends, both included: `1–7`, or `8–∞` when nothing holds it.
  var range: String { "\(lower)–\(upper.map { String($0) } ?? "∞")" }
}
