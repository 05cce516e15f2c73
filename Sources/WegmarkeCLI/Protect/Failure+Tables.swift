import Disclosure
import Journey

extension Failure {
  /// What is wrong with a table.
  init(table error: TableError) {
    switch error {
    case .notAdditive(let gaps):
      let shown = gaps.prefix(10)
      let lines = { (language: Language) in
        shown.map { gap in
          let by = "\(gap.excess > 0 ? "+" : "−")\(gap.excess.magnitude)"
          return switch language {
          case .english:
            "  \(gap.cell): \(gap.stated), its parts by \(gap.dimension) are \(gap.sum) (\(by))"
          case .german:
            "  \(gap.cell): \(gap.stated), die Teile nach \(gap.dimension) sind \(gap.sum) (\(by))"
          }
        }.joined(separator: "\n")
      }
      let more = gaps.count - shown.count
      self.init(
        .init(
          en: "\(gaps.count) margins do not add up:\n\(lines(.english))"
            + (more > 0 ? "\n  and \(more) more" : ""),
          de: "\(gaps.count) Summen gehen nicht auf:\n\(lines(.german))"
            + (more > 0 ? "\n  und \(more) weitere" : "")),
        advice: .init(
          en: "Correct the table; nothing was written.",
          de: "Bitte die Tabelle berichtigen; geschrieben ist nichts."), .data)
    case .missingCells(let cells):
      let shown = cells.prefix(5).joined(separator: "; ")
      self.init(
        .init(
          en: "The table has margins, but \(cells.count) of its cells are missing: \(shown)",
          de: "Die Tabelle hat Summen, aber \(cells.count) ihrer Felder fehlen: \(shown)"),
        advice: .init(
          en: "State every combination, zeros too, or leave all margins out.",
          de: "Jede Kombination angeben, auch Nullen, oder alle Summen weglassen."), .data)
    case .negative, .fractional, .unknownCategory, .repeatedCell:
      self.init(
        .init(
          en: "The table cannot be read: \(error.wrongCell.en).",
          de: "Die Tabelle ist nicht lesbar: \(error.wrongCell.de)."), .data)
    }
  }

  /// What is wrong with a hierarchy.
  init(hierarchy error: HierarchyError) {
    switch error {
    case .empty(let dimension):
      self.init(
        .init(
          en: "\(dimension) has no categories besides its total.",
          de: "\(dimension) hat außer der Summe keine Ausprägungen."), .data)
    case .repeatedCode(let code, let dimension):
      self.init(
        .init(
          en: "The hierarchy of \(dimension) has “\(code)” twice.",
          de: "Die Gliederung von \(dimension) enthält „\(code)“ zweimal."), .data)
    case .missingParent(let parent, let code, let dimension):
      self.init(
        .init(
          en: "The hierarchy of \(dimension): “\(code)” belongs to “\(parent)”, which is missing.",
          de: "Die Gliederung von \(dimension): „\(code)“ gehört zu „\(parent)“, das fehlt."),
        .data)
    case .cycle(let codes, let dimension):
      let path = codes.joined(separator: " → ")
      self.init(
        .init(
          en: "The hierarchy of \(dimension) goes round in a circle: \(path).",
          de: "Die Gliederung von \(dimension) führt im Kreis: \(path)."), .data)
    }
  }

  /// A profile that moves numbers needs to tell people apart.
  static let noSecret = Failure(
    .init(
      en: "This profile moves numbers by who is in a cell: it needs a row for each person.",
      de: "Dieses Profil verschiebt Zahlen danach, wer in einem Feld ist: Es braucht je Person eine"
        + " Zeile."),
    advice: .init(
      en: "Name the column that tells people apart, --id, and a file of secret bytes, --secret.",
      de: "Bitte die Spalte nennen, die Personen unterscheidet, --id, und eine Datei mit geheimen"
        + " Bytes, --secret."), .usage)

  /// Why a table could not be protected.
  init(protection error: ProtectionError, shape: TableShape) {
    switch error {
    case .suppression(let error): self.init(disclosure: error, shape: shape)
    case .rules(let error): self.init(rules: error)
    }
  }

  /// Why the rules do not fit a table.
  init(rules error: RuleError) {
    let text = error.text
    self.init(
      .init(
        en: "The profile does not fit the table: \(text.en).",
        de: "Das Profil passt nicht zur Tabelle: \(text.de)."), .data)
  }

  /// Why a table could not be protected or attacked.
  init(disclosure error: DisclosureError, shape: TableShape) {
    let text = error.text(shape)
    switch error {
    case .impossible:
      self.init(
        text,
        advice: .init(
          en: "Use coarser categories, or fewer dimensions. Nothing was written.",
          de: "Gröber gliedern oder weniger Merkmale nehmen. Geschrieben ist nichts."), .data)
    case .contradictory:
      self.init(
        text,
        advice: .init(
          en: "If zeros may be hidden in this table, say --zeros-hidden.",
          de: "Dürfen in dieser Tabelle Nullen geheim sein: --zeros-hidden."), .data)
    case .solversMissing, .noWholeNumbers, .solver: self.init(text, .software)
    }
  }
}
