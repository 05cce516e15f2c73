import EventLog
import Interchange
import Journey
import Keyring
import Presentation
import Recording

/// People who were found, and pairs of them, as tables and CSV.
extension IdentityWords {
  /// The names of the columns of ``people``.
  static let peopleColumns = ["participant", "source_id", "name", "birth_date", "postcode"]
  /// The names of the columns of ``pairs``.
  static let pairColumns = ["score", "participant", "other", "reasons"]

  /// The columns of people, in the order of CSV.
  var people: PrintedList<KnownIdentity> {
    typealias Column = PrintedList<KnownIdentity>.Column
    let words = EventText(language)
    return PrintedList(
      columns: [
        Column("participant", .text, .init(en: "PARTICIPANT", de: "TEILNEHMENDE")) {
          .words(code($0.participant))
        },
        Column("source_id", .text, .init(en: "SOURCE ID", de: "KENNUNG")) {
          .words((try? log.keyring.identity(of: $0.participant))?.externalID)
        },
        Column(
          "name", .text, .init(en: "NAME", de: "NAME"), .words(minimum: 12),
          value: { .words($0.name) }, cell: { TableCell($0.name.withoutControls) }),
        Column(
          "birth_date", .text, .init(en: "BORN", de: "GEBOREN"),
          value: { .words($0.birthDate?.description) },
          cell: { TableCell($0.birthDate.map { words.date($0) } ?? "") }),
        Column(
          "postcode", .text, .init(en: "POSTCODE", de: "PLZ"), value: { .words($0.postcode) },
          cell: { TableCell(($0.postcode ?? "").withoutControls) }),
      ], usual: IdentityWords.peopleColumns)
  }

  /// The columns of pairs, in the order of CSV.
  var pairs: PrintedList<DuplicateSuggestion> {
    typealias Column = PrintedList<DuplicateSuggestion>.Column
    let language = language
    func code(_ place: Int) -> (DuplicateSuggestion) -> TableValue {
      { .words(self.code($0.participants[place])) }
    }
    return PrintedList(
      columns: [
        Column("score", .whole, .init(en: "SCORE", de: "PUNKTE"), .number) {
          .whole(Int64($0.score))
        },
        Column(
          "participant", .text, .init(en: "PARTICIPANT", de: "TEILNEHMENDE"), value: code(0)),
        Column("other", .text, .init(en: "OTHER", de: "ANDERE"), value: code(1)),
        Column(
          "reasons", .text, .init(en: "REASONS", de: "GRÜNDE"), .words(minimum: 20),
          value: { .words($0.reasons.map(\.code).joined(separator: " ")) },
          cell: { pair in
            TableCell(pair.reasons.map { $0.label(language) }.joined(separator: "; "))
          }),
      ], usual: IdentityWords.pairColumns)
  }
}
