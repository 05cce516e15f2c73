import FoundationEssentials
import Interchange
import Journey
import Keyring
import Presentation
import ProjectionEngine

/// What is due, as a table for people or in a machine's format.
struct DuePage {
  /// One line.
  struct Row {
    let entry: WorklistEntry
    let identity: ParticipantIdentity?
  }

  let rows: [Row]
  let tasks: [WorklistTask]
  let knowledge: Knowledge
  /// How many are overdue, due today, and due later, in all.
  let counts: (overdue: Int, today: Int, later: Int)
  /// How many are no longer asked for.
  let lapsed: Int
  /// The origin of the store: what tells its calendar entries from another's.
  let origin: String

  private var day: Day { knowledge.referenceDay }

  private func task(_ row: Row) -> WorklistTask { tasks[row.entry.item.task] }

  /// The code that stays; erased people are not in the list.
  private func name(_ row: Row) -> String { row.identity?.code.description ?? "" }

  // MARK: For people

  /// The counts in one sentence.
  func summary(_ language: Language) -> String {
    let (overdue, today, later) = counts
    let words = LocalizedText(
      en: "\(overdue) overdue · \(today) due today · \(later) coming up",
      de: "\(overdue) überfällig · \(today) heute fällig · \(later) demnächst")(language)
    guard lapsed > 0 else { return words }
    return words
      + LocalizedText(
        en: " · \(lapsed) lapsed (--lapsed)", de: " · \(lapsed) verfallen (--lapsed)")(language)
  }

  /// The table.
  func table(_ console: Console) -> String {
    let language = console.language
    let words = EventText(language)
    func title(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    let showsAdvisor = (console.output.width ?? .max) >= 100
    var columns: [TerminalTable.Column] = [
      .code(title("DUE", "FÄLLIG")), .code(title("PARTICIPANT", "TEILNEHMENDE")),
      .text(title("WHAT", "WAS"), minimum: 16), .text(title("SINCE/IN", "SEIT/IN"), minimum: 12),
      .number(title("TRIES", "VERSUCHE")),
    ]
    if showsAdvisor { columns.append(.text(title("ADVISOR", "BERATUNG"))) }
    var table = TerminalTable(columns)
    for row in rows {
      let item = row.entry.item
      let left = item.daysLeft(on: day)
      let look: Look = item.isLapsed ? .dim : left < 0 ? .red : .plain
      var cells = [
        TableCell(words.date(item.due)), TableCell(name(row)),
        TableCell(task(row).title(item)(language)), TableCell(span(item, language), look),
        TableCell(item.attempts == 0 ? "" : "\(item.attempts)"),
      ]
      if showsAdvisor { cells.append(TableCell(row.entry.advisor ?? "")) }
      table.append(cells)
    }
    return table.text(for: console.output)
  }

  /// How long ago or ahead a due day is, in words.
  private func span(_ item: WorklistItem, _ language: Language) -> String {
    let left = item.daysLeft(on: day)
    if left == 0 { return LocalizedText(en: "today", de: "heute")(language) }
    let days = Double(left.magnitude)
    let since = ClockUnit.day.words(days, language)
    if item.isLapsed { return since + LocalizedText(en: ", lapsed", de: ", verfallen")(language) }
    return left < 0 ? since : "in " + ClockUnit.day.counted(days, language)
  }

  // MARK: For machines

  private func standing(_ item: WorklistItem) -> String {
    if item.isLapsed { return "lapsed" }
    let left = item.daysLeft(on: day)
    return left < 0 ? "overdue" : left == 0 ? "today" : "coming"
  }

  /// CSV; codes and ISO dates whatever the language.
  func csv(_ dialect: CSVDialect) -> [UInt8] {
    var writer = CSVWriter(dialect)
    writer.header([
      "participant", "source_id", "task", "due_on", "standing", "days_left", "counted_from",
      "attempts", "last_attempt", "advisor", "subproject", "network",
    ])
    for row in rows {
      let item = row.entry.item
      writer.text(name(row))
      writer.text(row.identity?.externalID ?? "")
      writer.text(task(row).code)
      writer.day(item.due)
      writer.text(standing(item))
      writer.integer(item.daysLeft(on: day))
      writer.day(item.start)
      writer.integer(item.attempts)
      if let day = item.lastAttempt { writer.day(day) } else { writer.empty() }
      for name in [row.entry.advisor, row.entry.subproject, row.entry.network] {
        writer.text(name ?? "")
      }
      writer.endRow()
    }
    return writer.take()
  }

  private struct Document: Encodable {
    struct Item: Encodable {
      let participant: String
      let sourceID: String?
      let task: String
      let title: String
      let dueOn: String
      let standing: String
      let daysLeft: Int
      let countedFrom: String
      let attempts: Int
      let lastAttempt: String?
      let advisor: String?
      let subproject: String?
      let network: String?
    }
    let schema = "wegmarke.due"
    let schemaVersion = 1
    let referenceDay: String
    let size: UInt64
    let simulated: Bool
    let overdue: Int
    let today: Int
    let coming: Int
    let lapsed: Int
    let items: [Item]
  }

  /// One JSON object.
  func json() throws -> String {
    let document = Document(
      referenceDay: day.description, size: knowledge.size, simulated: knowledge.isSimulated,
      overdue: counts.overdue, today: counts.today, coming: counts.later, lapsed: lapsed,
      items: rows.map { row in
        let item = row.entry.item
        return .init(
          participant: name(row), sourceID: row.identity?.externalID, task: task(row).code,
          title: task(row).title(item).en, dueOn: item.due.description, standing: standing(item),
          daysLeft: item.daysLeft(on: day), countedFrom: item.start.description,
          attempts: item.attempts, lastAttempt: item.lastAttempt?.description,
          advisor: row.entry.advisor, subproject: row.entry.subproject, network: row.entry.network)
      })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(document), as: UTF8.self)
  }

  /// A calendar; codes of participants, never names.
  func calendar(_ language: Language) -> String {
    var file = CalendarFile(
      name: LocalizedText(en: "Wegmarke: due", de: "Wegmarke: Wiedervorlage")(language),
      stamp: knowledge.recordedUntil ?? 0)
    for row in rows {
      let item = row.entry.item
      let task = task(row)
      let tries =
        item.attempts == 0
        ? ""
        : LocalizedText(en: "\nTries: \(item.attempts)", de: "\nVersuche: \(item.attempts)")(
          language)
      file.entries.append(
        .init(
          identifier: "\(name(row))-\(task.code)-\(item.due)@\(origin.replacing("/", with: "."))",
          day: item.due, summary: "\(name(row)): \(task.title(item)(language))",
          description: "wegmarke due done \(name(row)) \(task.code)\(tries)"))
    }
    return file.text
  }
}
