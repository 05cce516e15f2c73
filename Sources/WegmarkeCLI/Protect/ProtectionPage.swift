import Disclosure
import Journey
import Presentation
import Projections

/// What happened to a table: for everybody, or with all intervals for the steward.
struct ProtectionPage {
  let profile: PublicationProfile
  let file: String
  let protected: ProtectedTable
  /// The digest of the table's bytes.
  let digest: String
  /// The digest of all pairs of populations that prove the intervals.
  let proof: String

  /// Method and totals: nothing that depends on a hidden value.
  func summary(_ language: Language) -> String {
    let numbers = NumberStyle(language)
    let all = protected.statuses.count
    let hidden = all - protected.printedCount
    let share = numbers.percent(Double(protected.printedCount) / Double(all), places: 0)
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
    let shape = protected.table.shape
    let warning = LocalizedText(
      en: "FOR THE STEWARD ONLY: this page shows what the table hides.\n\n",
      de: "NUR FÜR DIE DATENTREUHAND: diese Seite zeigt, was die Tabelle verbirgt.\n\n")(language)
    let intervals = Dictionary(
      protected.findings.compactMap { finding in finding.cell.map { ($0, finding) } },
      uniquingKeysWith: { first, _ in first })
    var table = TerminalTable(
      language == .english
        ? [.text("CELL", minimum: 20), .number("VALUE"), .text("REASON"), .number("POSSIBLE")]
        : [.text("FELD", minimum: 20), .number("WERT"), .text("GRUND"), .number("MÖGLICH")])
    for (cell, status) in protected.statuses.enumerated() where status.isHidden {
      table.append([
        TableCell(shape.name(of: cell)), TableCell("\(protected.table.counts[cell])"),
        TableCell(reason(status, language)),
        TableCell(intervals[cell].map { $0.range } ?? sameAsOther(language)),
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

  private func reason(_ status: ProtectedTable.Status, _ language: Language) -> String {
    let minimum = profile.rules.minimum
    switch status {
    case .primary:
      return LocalizedText(en: "below \(minimum)", de: "unter \(minimum)")(language)
    case .secondary(let cells):
      let names = cells.map { protected.table.shape.codes(of: $0).joined(separator: "/") }
      let others = names.joined(separator: ", ")
      return LocalizedText(en: "protects \(others)", de: "schützt \(others)")(language)
    case .printed, .waived: return ""
    }
  }

  /// Groups that nobody printed and that must not follow either.
  private func groups(_ language: Language) -> String {
    let found = protected.findings.filter { $0.cell == nil && $0.knowing.isEmpty }
    guard !found.isEmpty else { return "" }
    let title = LocalizedText(
      en: "\nTogether, where nobody printed it:\n", de: "\nZusammen, wo es niemand druckt:\n")
    return title(language)
      + found.map { finding in
        let names = finding.cells.map { protected.table.shape.codes(of: $0).joined(separator: "/") }
        return "  \(names.joined(separator: " + ")): \(finding.range)\n"
      }.joined()
  }

  private func waivers(_ language: Language) -> String {
    protected.statuses.enumerated().map { cell, status in
      guard case .waived(let reason) = status else { return "" }
      let name = protected.table.shape.name(of: cell)
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
