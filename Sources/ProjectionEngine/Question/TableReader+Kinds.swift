import Definitions
import Journey

extension TableReader {
  /// Notes tables that are part of questions of other kinds.
  func reportStrays(_ kind: QuestionDefinition.Kind) {
    for (name, kinds) in QuestionDefinition.Kind.tables where !kinds.contains(kind) && has(name) {
      let names = kinds.map(\.rawValue).joined(separator: ", ")
      report(
        "D-COMBINATION",
        LocalizedText(
          en: "“\(name)” is part of questions of kind \(names), not of “\(kind.rawValue)”.",
          de: "„\(name)“ gehört zu Fragen der Art \(names), nicht zu „\(kind.rawValue)“."),
        at: optional(name, Located<DefinitionValue>.self)?.range)
    }
  }
}

extension TableReader {
  /// Reads the table `[source]`: `text`, and `de` where more than names and numbers is to be said.
  func sourceText() -> LocalizedText? {
    let german = optional("de", String.self)
    return required("text", String.self).map { LocalizedText(en: $0, de: german ?? $0) }
  }
}

extension QuestionDefinition.Kind {
  /// The tables that not every kind has.
  fileprivate static let tables: [(name: String, kinds: [Self])] = [
    ("event", [.timeToEvent, .table]), ("censoring", [.timeToEvent, .table]),
    ("weights", [.timeToEvent, .point, .count]),
    ("group", [.timeToEvent, .table, .point, .count]),
    ("horizons", [.timeToEvent, .table, .occupancy, .transitions, .sequences]),
    ("work", [.point, .count, .occupancy, .transitions, .sequences]), ("outcome", [.point]),
    ("row", [.count]), ("value", [.point, .count]),
    ("state", [.occupancy, .transitions, .sequences]), ("table", [.table]),
    ("sequence", [.sequences]),
  ]
}
