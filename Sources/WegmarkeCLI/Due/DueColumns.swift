import Interchange
import Journey
import Keyring
import Presentation
import ProjectionEngine

extension DuePage {
  /// The columns, in the order of CSV.
  static func list(
    _ tasks: [WorklistTask], on day: Day, _ console: Console
  ) -> PrintedList<Row> {
    let language = console.language
    let showsAdvisor = (console.output.width ?? .max) >= 100
    typealias Column = PrintedList<Row>.Column
    var columns: [Column] = []
    columns.append(
      Column("participant", .text, .init(en: "PARTICIPANT", de: "TEILNEHMENDE")) {
        .words(name($0))
      })
    columns.append(
      Column("source_id", .text, .init(en: "SOURCE ID", de: "KENNUNG")) {
        .words($0.identity?.externalID)
      })
    columns.append(
      Column(
        "task", .text, .init(en: "WHAT", de: "WAS"), .words(minimum: 16),
        value: { .text(tasks[$0.entry.item.task].code) },
        cell: { TableCell(tasks[$0.entry.item.task].title($0.entry.item)(language)) }))
    columns.append(
      Column("due_on", .day, .init(en: "DUE", de: "FÄLLIG")) { .day($0.entry.item.due) })
    columns.append(
      Column(
        "standing", .text, .init(en: "STANDING", de: "STAND"),
        value: { .text(standing($0.entry.item, on: day)) },
        cell: { TableCell(standingWords($0.entry.item, on: day)(language)) }))
    columns.append(
      Column(
        "days_left", .whole, .init(en: "SINCE/IN", de: "SEIT/IN"), .words(minimum: 12),
        value: { .whole(Int64($0.entry.item.daysLeft(on: day))) },
        cell: { row in
          let item = row.entry.item
          let look: Look = item.isLapsed ? .dim : item.daysLeft(on: day) < 0 ? .red : .plain
          return TableCell(span(item, on: day, language), look)
        }))
    columns.append(
      Column("counted_from", .day, .init(en: "COUNTED FROM", de: "GEZÄHLT AB")) {
        .day($0.entry.item.start)
      })
    columns.append(
      Column(
        "attempts", .whole, .init(en: "TRIES", de: "VERSUCHE"), .number,
        value: { .whole(Int64($0.entry.item.attempts)) },
        cell: { TableCell($0.entry.item.attempts == 0 ? "" : "\($0.entry.item.attempts)") }))
    columns.append(
      Column("last_attempt", .day, .init(en: "LAST TRY", de: "LETZTER VERSUCH")) {
        .optional($0.entry.item.lastAttempt) { .day($0) }
      })
    columns.append(
      Column(
        "advisor", .text, .init(en: "ADVISOR", de: "BERATUNG"), .words(minimum: 8),
        value: { .words($0.entry.advisor) }))
    columns.append(
      Column(
        "subproject", .text, .init(en: "SUB-PROJECT", de: "TEILPROJEKT"), .words(minimum: 8),
        value: { .words($0.entry.subproject) }))
    columns.append(
      Column(
        "network", .text, .init(en: "NETWORK", de: "NETZWERK"), .words(minimum: 8),
        value: { .words($0.entry.network) }))
    return PrintedList(
      columns: columns,
      usual: ["due_on", "participant", "task", "days_left", "attempts"]
        + (showsAdvisor ? ["advisor"] : []))
  }

  private static func standingWords(
    _ item: WorklistItem, on day: Day
  ) -> LocalizedText {
    switch standing(item, on: day) {
    case "lapsed": .init(en: "lapsed", de: "verfallen")
    case "overdue": .init(en: "overdue", de: "überfällig")
    case "today": .init(en: "today", de: "heute")
    default: .init(en: "coming up", de: "demnächst")
    }
  }
}
