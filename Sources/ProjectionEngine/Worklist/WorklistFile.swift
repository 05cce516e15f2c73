public import Definitions
import EventLog
public import Journey

/// The tasks of a rule file of `projections/worklists`, with an example worked by hand.
public struct WorklistRules: Sendable {
  /// What the example must give.
  struct Expected: Sendable, Equatable {
    let person: String
    let task: String
    let due: Day
    let attempts: Int
    let isLapsed: Bool
  }

  /// The name.
  public let name: String
  /// The version; another meaning needs another one.
  public let version: Int
  /// What the tasks are for, in one sentence.
  public let sentence: LocalizedText
  /// Where the rules come from.
  public let source: LocalizedText
  /// The tasks.
  public let tasks: [WorklistTask]
  /// SHA-256 of the file, in hex.
  public let digest: String
  let people: [QuestionExample.Person]
  let exampleDay: Day
  let expected: [Expected]
  /// The line of the file in which each of them stands, from 1 on.
  let lines: [Int]
  /// The file, as it was named, and the line of its example.
  let place: (file: String, line: Int)
}

/// Reads rule files: TOML in a closed vocabulary; `projections/README.md` describes it.
public enum WorklistFile {
  /// The first line of such a file.
  public static let format = "wegmarke.worklist/1"

  /// Reads a rule file.
  ///
  /// - Throws: `DefinitionError` with everything that is wrong, each with its line and column.
  public static func read(_ bytes: [UInt8], file: String) throws(DefinitionError) -> WorklistRules {
    let reader = TableReader(try DefinitionDocument.parse(bytes: bytes, file: file))
    let format = reader.code("format", of: [WorklistFile.format])
    let name = reader.required("name", String.self)
    let version = reader.required("version", Int.self)
    let sentence = reader.words("sentence")
    let source = reader.table("source")?.sourceText()
    let tables = reader.tables("task")
    let tasks = tables.compactMap { task($0) }
    if tables.isEmpty {
      reader.report(
        "D-EMPTY",
        LocalizedText(en: "The file states no task.", de: "Die Datei nennt keine Aufgabe."))
    }
    let example = ExampleReader(reader, kinds: [])
    // Questions may go without an example, worklists may not: the missing table is reported.
    if example == nil { _ = reader.table("example") }
    let expected = example.flatMap { expectations($0, tasks) }
    let day = example?.referenceDay
    let found = try reader.finish(
      format, name, version, sentence, source, example?.people, expected, day)
    return WorklistRules(
      name: found.1, version: found.2, sentence: found.3, source: found.4, tasks: tasks,
      digest: ContentDigest.hex(ContentDigest.sha256(bytes)), people: found.5,
      exampleDay: found.7, expected: found.6.map(\.expected), lines: found.6.map(\.line),
      place: (file, example?.table.range.start.line ?? 1))
  }

  private static func task(_ reader: TableReader) -> WorklistTask? {
    let code = reader.required("code", Located<String>.self)
    let title = reader.words("title")
    let start = reader.code("start", WorklistTask.Start.self)
    let isOfJobs = start == .jobStart || start == .everyJob
    let kinds = isOfJobs ? PlacementKinds(reader.placementKinds()) : []
    let after = start == .planned ? TimeLength(0, .day) : reader.length("after")
    let shown = reader.length("shown")
    let lapses = reader.has("lapses") ? reader.length("lapses") : nil
    let followUp = reader.optionalCode("follow-up", of: FollowUpKind.allCases.map(\.code))
      .flatMap { FollowUpKind(code: $0) }
    let clock = reader.optionalCode("clock", of: FollowUpClock.allCases.map(\.code))
      .flatMap { FollowUpClock(code: $0) }
    let settledBy = reader.codes("settled-by", of: steps.map(\.name))
      .compactMap { EventType(name: $0) }
    let done = reader.code("done", of: steps.map(\.name)).flatMap { EventType(name: $0) }
    let isWhile = reader.optionalCode("while", of: ["taking-part"]) != nil
    let afterDeparture = reader.optional("after-departure", Bool.self, default: false)
    if let code, !isCode(code.value) {
      reader.report(
        "D-NAME",
        LocalizedText(
          en: "“\(code.value)” is no code of a task.",
          de: "„\(code.value)“ ist kein Kürzel einer Aufgabe."),
        hint: LocalizedText(
          en: "Small letters, digits and hyphens: 6m-exit.",
          de: "Kleine Buchstaben, Ziffern und Bindestriche: 6m-exit."), at: code.range)
    }
    if let done, !settledBy.contains(done) {
      reader.report(
        "D-COMBINATION",
        LocalizedText(
          en: "“\(done.name)” would not settle the task: “settled-by” does not name it.",
          de: "„\(done.name)“ würde die Aufgabe nicht erledigen: „settled-by“ nennt es nicht."))
    }
    guard let code, let title, let start, let after, let shown, let done else { return nil }
    return WorklistTask(
      code: code.value, title: title, start: start, kinds: kinds, after: after, shown: shown,
      lapses: lapses, followUp: followUp, clock: clock, settledBy: settledBy, done: done,
      whileTakingPart: isWhile, afterDeparture: afterDeparture)
  }

  /// The events that are steps of a journey: nothing else can settle anything.
  private static let steps = EventType.allCases.filter {
    JourneyEvent($0, on: CivilDate(.earliest)).milestone != nil
  }

  private static func isCode(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
  }

  private static func expectations(
    _ example: ExampleReader, _ tasks: [WorklistTask]
  ) -> [(expected: WorklistRules.Expected, line: Int)]? {
    let tables = example.table.tables("expect")
    if tables.isEmpty {
      example.table.report(
        "D-EMPTY",
        LocalizedText(
          en: "The example expects nothing, so it checks nothing.",
          de: "Das Beispiel erwartet nichts, also prüft es nichts."))
    }
    return tables.compactMap { table in
      let person = table.code("person", of: example.people.map(\.id))
      let task = table.code("task", of: tasks.map(\.code))
      let due = table.date("due")
      let attempts = table.optional("attempts", Int.self, default: 0)
      let isLapsed = table.optional("lapsed", Bool.self, default: false)
      guard let person, let task, let due else { return nil }
      let expected = WorklistRules.Expected(
        person: person, task: task, due: due.day, attempts: attempts, isLapsed: isLapsed)
      return (expected, table.range.start.line)
    }
  }
}

extension WorklistRules {
  /// Works the file's example and says what differs; empty when all agrees.
  public func checkExample() -> [ExampleDifference] {
    let block = QuestionExample.block(of: people).block
    var worklist = Worklist(tasks, on: exampleDay)
    var found: [Expected] = []
    for (index, person) in people.enumerated() {
      let range = Int(block.starts[index])..<Int(block.starts[index + 1])
      for item in worklist.items(
        milestones: block.milestones[range], details: block.details[range])
      {
        found.append(
          Expected(
            person: person.id, task: tasks[item.task].code, due: item.due,
            attempts: item.attempts, isLapsed: item.isLapsed))
      }
    }
    func words(_ item: Expected) -> String {
      "\(item.person): \(item.task), \(item.due), \(item.attempts)"
        + (item.isLapsed ? ", lapsed" : "")
    }
    func difference(_ line: Int, _ message: LocalizedText) -> ExampleDifference {
      ExampleDifference(file: place.file, line: line, message: message)
    }
    let missing = zip(expected, lines).filter { !found.contains($0.0) }.map { item, line in
      difference(
        line,
        .init(
          en: "Expected and not there: \(words(item)).",
          de: "Erwartet, nicht da: \(words(item))."))
    }
    return missing
      + found.filter { !expected.contains($0) }.map { item in
        difference(
          place.line,
          .init(
            en: "There and not expected: \(words(item)).",
            de: "Da, nicht erwartet: \(words(item))."))
      }
  }
}
