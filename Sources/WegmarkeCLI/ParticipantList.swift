import Interchange
import Journey
import Keyring
import Presentation
import Projections

/// Participants with their states, as a table or as CSV.
struct ParticipantList {
  /// One of them; the state is nil of who is restricted (article 18 GDPR): nothing is shown but that.
  typealias Row = (identity: ParticipantIdentity?, state: CurrentState?)

  let rows: [Row]
  let total: Int

  func table(_ columns: [Int]?, _ console: Console) -> String {
    ParticipantList.list(console).table(rows, columns, console)
  }

  /// Machine-readable; codes and ISO dates whatever the language.
  func csv(_ columns: [Int]?, _ dialect: CSVDialect, _ console: Console) -> [UInt8] {
    ParticipantList.list(console).csv(rows, columns, dialect)
  }

  /// The columns, in the order of CSV.
  static func list(_ console: Console) -> PrintedList<Row> {
    let words = StateText(console.language)
    let text = EventText(console.language)
    func word(_ en: String, _ de: String) -> TableCell {
      TableCell(LocalizedText(en: en, de: de)(console.language))
    }
    func date(_ day: CivilDate?) -> TableCell { day.map { TableCell(text.date($0)) } ?? "" }
    // Three columns that can be read say more than four that are cut.
    let showsResidence = (console.output.width ?? .max) >= 110
    typealias Column = PrintedList<Row>.Column
    var columns: [Column] = []
    columns.append(
      Column(
        "participant", .text, .init(en: "PARTICIPANT", de: "TEILNEHMENDE"),
        value: { .words($0.identity?.code.description) },
        cell: { row in
          row.identity.map { TableCell($0.code.description) } ?? word("(erased)", "(gelöscht)")
        }))
    columns.append(
      Column("source_id", .text, .init(en: "SOURCE ID", de: "KENNUNG")) {
        .words($0.identity?.externalID)
      })
    columns.append(
      Column(
        "participation", .text, .init(en: "PARTICIPATION", de: "TEILNAHME"),
        .words(minimum: 24),
        value: { .text($0.state.map { participation($0).0 } ?? "restricted") },
        cell: { row in
          row.state.map { TableCell(words.participation($0)) }
            ?? word("(restricted)", "(eingeschränkt)")
        }))
    columns.append(
      Column(
        "participation_since", .text, .init(en: "PART. SINCE", de: "TEILN. SEIT"),
        value: { .words($0.state.flatMap { participation($0).1?.description }) },
        cell: { date($0.state.flatMap { participation($0).1 }) }))
    columns.append(
      Column(
        "labour", .text, .init(en: "WORK OR TRAINING", de: "ARBEIT/AUSBILDUNG"),
        .words(minimum: 16), value: { .words($0.state.map { labour($0).0 }) },
        cell: { TableCell($0.state.map(words.labour) ?? "") }))
    columns.append(
      Column("labour_kind", .text, .init(en: "KIND", de: "ART")) {
        .words($0.state.map { labour($0).1 })
      })
    columns.append(
      Column(
        "labour_since", .text, .init(en: "WORK SINCE", de: "ARBEIT SEIT"),
        value: { .words($0.state.flatMap { labour($0).2?.description }) },
        cell: { date($0.state.flatMap { labour($0).2 }) }))
    columns.append(
      Column(
        "residence", .text, .init(en: "RESIDENCE", de: "AUFENTHALT"), .words(minimum: 16),
        value: { .words($0.state?.residence?.status.code) },
        cell: { TableCell($0.state.map(words.residence) ?? "") }))
    columns.append(
      Column(
        "residence_since", .text, .init(en: "RES. SINCE", de: "AUFENTHALT SEIT"),
        value: { .words($0.state?.residence?.since.description) },
        cell: { date($0.state?.residence?.since) }))
    columns.append(
      Column(
        "last_confirmed", .text, .init(en: "LAST CONFIRMED", de: "ZULETZT BESTÄTIGT"),
        value: { .words($0.state?.lastConfirmed?.description) },
        cell: { row in
          row.state?.lastConfirmed.map { TableCell(text.date($0)) } ?? ""
        }))
    return PrintedList(
      columns: columns,
      usual: ["participant", "source_id", "participation", "labour"]
        + (showsResidence ? ["residence"] : []))
  }

  private static func participation(_ state: CurrentState) -> (String, CivilDate?) {
    switch state.participation {
    case .contact: ("contact", nil)
    case .active(let day): ("active", day)
    case .paused(let day): ("paused", day)
    case .exited(let day, _): ("exited", day)
    case .deceased(let day): ("deceased", day)
    }
  }

  private static func labour(_ state: CurrentState) -> (String, String, CivilDate?) {
    switch state.labour {
    case .unknown: ("unknown", "", nil)
    case .placed(let kind, let day, _): ("placed", kind?.code ?? "", day)
    case .ended(let kind, let day): ("ended", kind?.code ?? "", day)
    case .reported(let status, let day): ("reported", status.code, day)
    }
  }
}
