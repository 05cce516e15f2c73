import Journey
import ProjectionEngine
import Releases

/// Words of pages of releases for what their files say in codes.
enum ReleaseWords {
  /// What a question counts, as the head of a column.
  static func head(_ unit: AnalysisUnit) -> LocalizedText {
    switch unit {
    case .person: .init(en: "PEOPLE", de: "PERSONEN")
    case .participation: .init(en: "PARTICIPATIONS", de: "TEILNAHMEN")
    case .spell: .init(en: "SPELLS", de: "EPISODEN")
    case .record: .init(en: "STATEMENTS", de: "ANGABEN")
    }
  }

  /// The head of a column of figures; a cause that a curve ends by keeps its code.
  static func head(ofColumn name: String, _ unit: AnalysisUnit) -> LocalizedText {
    switch name {
    case "people": return head(unit)
    case "mean": return .init(en: "MEAN", de: "MITTELWERT")
    case "median-from": return .init(en: "MEDIAN FROM", de: "MEDIAN AB")
    case "median-below": return .init(en: "MEDIAN BELOW", de: "MEDIAN UNTER")
    case "asked": return .init(en: "ASKED", de: "GEFRAGT")
    case "yes": return .init(en: "YES", de: "JA")
    case "percent": return .init(en: "PERCENT", de: "PROZENT")
    case "at-risk": return .init(en: "AT RISK", de: "UNTER BEOBACHTUNG")
    case "censored": return .init(en: "CENSORED", de: "ZENSIERT")
    case "within": return .init(en: "WITHIN", de: "GENAU AUF")
    default: break
    }
    for (prefix, en, de) in [("from-", "FROM", "VON"), ("to-", "TO", "BIS")] {
      guard name.hasPrefix(prefix) else { continue }
      guard let clock = ClockUnit(rawValue: String(name.dropFirst(prefix.count))) else { continue }
      return .init(en: en, de: de) + LocalizedText(verbatim: " ") + head(clock)
    }
    return .init(verbatim: name)
  }

  private static func head(_ clock: ClockUnit) -> LocalizedText {
    switch clock {
    case .day: .init(en: "DAY", de: "TAG")
    case .month: .init(en: "MONTH", de: "MONAT")
    }
  }

  /// What became of somebody, as the tables of questions name it.
  static func outcome(_ code: String) -> LocalizedText {
    switch CountedUnit.Outcome(rawValue: code) {
    case .yes: .init(en: code, de: "ja")
    case .no: .init(en: code, de: "nein")
    case .unknown: .init(en: code, de: "unbekannt")
    case .notDue: .init(en: code, de: "nicht fällig")
    case .notAsked: .init(en: code, de: "nicht gefragt")
    case .excluded: .init(en: code, de: "ausgenommen")
    case nil: .init(verbatim: code)
    }
  }
}

extension QuestionDefinition {
  /// What the question counts.
  var unit: AnalysisUnit {
    switch content {
    case .timeToEvent(let definition): definition.unit
    case .table(let definition): definition.timeToEvent.unit
    case .shares(let definition): definition.unit
    case .states, .sequences: .person
    }
  }

  /// The label of a row; nil where the question has no such row.
  func label(ofRow code: String?) -> LocalizedText? {
    guard case .shares(let definition) = content else { return nil }
    return definition.rows.first { $0.code == code }?.label
  }
}
