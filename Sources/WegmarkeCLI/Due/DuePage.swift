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
  static func name(_ row: Row) -> String { row.identity?.code.description ?? "" }

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
  func table(_ columns: [Int]?, _ console: Console) -> String {
    DuePage.list(tasks, on: day, console).table(rows, columns, console)
  }

  /// How long ago or ahead a due day is, in words.
  static func span(_ item: WorklistItem, on day: Day, _ language: Language) -> String {
    let left = item.daysLeft(on: day)
    if left == 0 { return LocalizedText(en: "today", de: "heute")(language) }
    let days = Double(left.magnitude)
    let since = ClockUnit.day.words(days, language)
    if item.isLapsed { return since + LocalizedText(en: ", lapsed", de: ", verfallen")(language) }
    return left < 0 ? since : "in " + ClockUnit.day.counted(days, language)
  }

  // MARK: For machines

  static func standing(_ item: WorklistItem, on day: Day) -> String {
    if item.isLapsed { return "lapsed" }
    let left = item.daysLeft(on: day)
    return left < 0 ? "overdue" : left == 0 ? "today" : "coming"
  }

  /// CSV; codes and ISO dates whatever the language.
  func csv(_ columns: [Int]?, _ dialect: CSVDialect, _ console: Console) -> [UInt8] {
    DuePage.list(tasks, on: day, console).csv(rows, columns, dialect)
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
          participant: DuePage.name(row), sourceID: row.identity?.externalID, task: task(row).code,
          title: task(row).title(item).en, dueOn: item.due.description,
          standing: DuePage.standing(item, on: day),
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
          identifier:
            "\(DuePage.name(row))-\(task.code)-\(item.due)@\(origin.replacing("/", with: "."))",
          day: item.due, summary: "\(DuePage.name(row)): \(task.title(item)(language))",
          description: "wegmarke due done \(DuePage.name(row)) \(task.code)\(tries)"))
    }
    return file.text
  }
}
