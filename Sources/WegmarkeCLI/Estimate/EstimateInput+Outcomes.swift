import Journey
import Statistics

extension EstimateInput {
  /// What is known of each row's outcome.
  func outcomes() throws -> [OutcomeShares.Outcome] {
    let name = try name(options.event, usual: ["outcome", "event", "status"], option: "event")
    let cells = try table.column(name)
    let meaning = cells.texts.map(Self.outcome)
    if let row = cells.codes.firstIndex(where: { meaning[Int($0)] == nil }) {
      let text = cells.texts[Int(cells.codes[row])]
      throw table.failure(
        row: row, column: name,
        .init(
          en: "“\(text)” does not say what is known of the outcome.",
          de: "„\(text)“ sagt nicht, was über das Ergebnis bekannt ist."),
        advice: .init(
          en: "Write 1 or yes, 0 or no, unknown (or nothing), not due.",
          de: "Bitte 1 oder ja, 0 oder nein, unbekannt (oder nichts), nicht fällig schreiben."))
    }
    return cells.codes.map { meaning[Int($0)] ?? .unknown }
  }

  private static func outcome(_ text: String) -> OutcomeShares.Outcome? {
    switch text.lowercased() {
    case "1", "true", "yes", "ja", "wahr": .yes
    case "0", "false", "no", "nein", "falsch": .no
    case "", "na", "?", "unknown", "unbekannt": .unknown
    case "not due", "not-due", "notdue", "nicht fällig": .notDue
    default: nil
    }
  }

  /// The outcomes of each group that `--by` names.
  func sharesByGroup() throws -> [(name: String, shares: OutcomeShares)] {
    let outcomes = try outcomes()
    return try EstimateGroups(self).all.map { group in
      (group.name, OutcomeShares(group.rows.map { outcomes[$0] }))
    }
  }

  /// A column of days: whole numbers, or dates that are counted from 1970.
  func days(_ name: String) throws -> [Int?] {
    let column = try table.column(name)
    let values = column.texts.map(Self.day)
    if let row = column.codes.firstIndex(where: {
      let place = Int($0)
      return values[place] == nil && !CovariateColumns.isMissing(column.texts[place])
    }) {
      throw table.failure(
        row: row, column: name,
        .init(
          en: "“\(column.texts[Int(column.codes[row])])” is no day.",
          de: "„\(column.texts[Int(column.codes[row])])“ ist kein Tag."),
        advice: .init(
          en: "Write whole numbers, or dates such as 2026-11-30.",
          de: "Bitte ganze Zahlen oder Daten wie 2026-11-30 schreiben."))
    }
    return column.codes.map { values[Int($0)] }
  }

  /// A column of days in which none may be missing.
  func completeDays(_ name: String) throws -> [Int] {
    let days = try days(name)
    if let row = days.firstIndex(of: nil) {
      throw table.failure(
        row: row, column: name,
        .init(en: "There is no day here.", de: "Hier fehlt ein Tag."))
    }
    return days.compactMap(\.self)
  }

  /// A day as a number: a whole number as it is, a date counted from 1970-01-01.
  static func day(_ text: String) -> Int? {
    if let number = Int(text) { return number }
    let bytes = Array(text.utf8)
    guard let date = try? CivilDate.parse(bytes.span), date.precision == .day else { return nil }
    return Int(date.day.number)
  }

  /// The day of `--cut`.
  func cut() throws -> Int {
    guard let text = options.unknown.cut else {
      throw Failure(
        .init(en: "--cut is missing.", de: "Es fehlt --cut."),
        advice: .init(
          en: "It is the last day of which everything recorded is in the table.",
          de: "Gemeint ist der letzte Tag, dessen Einträge alle in der Tabelle stehen."), .usage)
    }
    guard let day = Self.day(text) else {
      throw Failure(
        .init(en: "--cut “\(text)” is no day.", de: "--cut „\(text)“ ist kein Tag."),
        advice: .init(
          en: "Write a whole number, or a date such as 2026-11-30.",
          de: "Bitte eine ganze Zahl oder ein Datum wie 2026-11-30 schreiben."), .usage)
    }
    return day
  }

  /// The times of `--at`, which the kind cannot do without.
  func horizons() throws -> [Double] {
    guard let times = options.at?.values else {
      throw Failure(
        .init(en: "--at is missing.", de: "Es fehlt --at."),
        advice: .init(
          en: "Times separated by commas: --at 90,180,365.",
          de: "Zeiten, durch Kommas getrennt: --at 90,180,365."), .usage)
    }
    return times
  }
}
