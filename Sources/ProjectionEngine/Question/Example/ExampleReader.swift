import Definitions
import Journey

/// Reads the table `[example]` of a question file.
struct ExampleReader {
  let table: TableReader
  let people: [QuestionExample.Person]
  let referenceDay: Day?

  /// Reads the people; nil when the table is missing.
  ///
  /// - Parameter kinds: What counts as work in the question: jobs without a kind are of the first.
  init?(_ reader: TableReader, kinds: Set<PlacementKind>) {
    guard let table = reader.optionalTable("example") else { return nil }
    self.table = table
    let kind = kinds.min { $0.rawValue < $1.rawValue } ?? .svp
    var people: [QuestionExample.Person] = []
    var observed: [Day] = []
    for person in table.tables("person") {
      let id = person.required("id", String.self)
      var events: [JourneyEvent] = []
      if let entry = person.date("entry") {
        events.append(JourneyEvent(.participationEntered, on: entry))
      }
      events += ExampleReader.jobs(person, kind)
      events += ExampleReader.statements(person)
      if let until = person.date("observed-until") {
        events.append(JourneyEvent(.statusConfirmed, on: until))
        observed.append(until.lastDay)
      }
      guard let id else { continue }
      people.append(.init(id: id, events: events))
    }
    self.people = people
    referenceDay = table.has("on") ? table.date("on")?.lastDay : observed.max() ?? .latest
  }

  /// - Parameter reader: The table that says what is expected.
  func example(
    _ expected: QuestionExample.Expected, _ reader: TableReader
  ) -> QuestionExample? {
    guard let referenceDay else { return nil }
    return QuestionExample(
      people: people, referenceDay: referenceDay, expected: expected, file: reader.file,
      line: reader.range.start.line)
  }

  /// No example: the question itself has a mistake, so nothing can be said of what it must give, and
  /// what the example expects is not looked into.
  var withoutQuestion: QuestionExample? {
    _ = table.has("expect")
    return nil
  }

  /// The example of a question of kind `time-to-event`.
  func curve(_ definition: TimeToEventDefinition?) -> QuestionExample? {
    guard let definition else { return withoutQuestion }
    let causes = definition.causeNames
    let groups = definition.groups.map(\.code)
    guard let expect = table.table("expect") else { return nil }
    let counted = expect.required("counted", Int.self)
    let tooLate = expect.optional("too-late", Int.self, default: 0)
    let times = expect.requiredList("times", of: Double.self)
    let atRisk = expect.requiredList("at-risk", of: Int.self)
    let survival = expect.requiredList("survival", of: Double.self)
    guard let counted, let times, let atRisk, let survival else { return nil }
    var incidence: [(cause: String, values: [Double])] = []
    if causes.count > 1, let table = expect.table("incidence") {
      for cause in causes {
        guard let values = table.requiredList(cause, of: Double.self) else { continue }
        incidence.append((cause, values))
      }
    }
    var members: [(code: String, counted: Int)] = []
    if !groups.isEmpty, let table = expect.optionalTable("groups") {
      members = groups.map { ($0, table.optional($0, Int.self, default: 0)) }
    }
    return example(
      .curve(
        .init(
          counted: counted, tooLate: tooLate, times: times, atRisk: atRisk, survival: survival,
          incidence: incidence, groups: members)), expect)
  }

  /// Jobs as `first/last`, with a kind before it where it is not the first one that counts, and
  /// nothing behind the slash when they have not ended.
  private static func jobs(_ reader: TableReader, _ standard: PlacementKind) -> [JourneyEvent] {
    var events: [JourneyEvent] = []
    for (index, written) in (reader.list("jobs", of: Located<String>.self) ?? []).enumerated() {
      var words = written.value.split(separator: " ")
      let kind = words.count == 2 ? PlacementKind(code: String(words.removeFirst())) : standard
      let days = words.last?.split(separator: "/", omittingEmptySubsequences: false) ?? []
      guard let kind, words.count == 1, days.count == 2 else {
        reader.report(
          "D-SPELL",
          LocalizedText(
            en: "“\(written.value)” is not a first and a last day.",
            de: "„\(written.value)“ ist kein erster und letzter Tag."),
          hint: LocalizedText(
            en: "Write 2026-03/2026-07, 2026-03/ for a job that has not ended, or with its kind:"
              + " MINIJOB 2026-03/.",
            de: "Bitte 2026-03/2026-07 schreiben, 2026-03/ für eine Arbeit ohne Ende, oder mit"
              + " ihrer Art: MINIJOB 2026-03/."),
          at: written.range)
        continue
      }
      guard let first = reader.date(String(days[0]), at: written.range) else { continue }
      events.append(start(of: kind, on: first, spell: index + 1))
      guard !days[1].isEmpty, let last = reader.date(String(days[1]), at: written.range) else {
        continue
      }
      events.append(end(of: kind, on: last, spell: index + 1))
    }
    return events
  }

  private static func start(of kind: PlacementKind, on day: CivilDate, spell: Int) -> JourneyEvent {
    let types = kind.eventTypes
    let event = JourneyEvent(types.start, on: day).with(Fields.spell, spell)
    return types.start == .selfEmploymentStarted ? event : event.with(Fields.placementKind, kind)
  }

  private static func end(of kind: PlacementKind, on day: CivilDate, spell: Int) -> JourneyEvent {
    let types = kind.eventTypes
    let event = JourneyEvent(types.end, on: day).with(Fields.spell, spell)
    return types.end == .selfEmploymentEnded ? event : event.with(Fields.placementKind, kind)
  }

  /// Further statements, each a date, a type and fields: `2024-03-01 EmploymentStarted kind=SVP`.
  private static func statements(_ reader: TableReader) -> [JourneyEvent] {
    (reader.list("events", of: Located<String>.self) ?? []).compactMap { written in
      do throws(ExampleStatement.Problem) {
        return try ExampleStatement.event(written.value)
      } catch {
        reader.report("D-STATEMENT", error.message, hint: error.hint, at: written.range)
        return nil
      }
    }
  }
}

extension PlacementKind {
  /// The events that say that a placement of this kind begins and ends.
  fileprivate var eventTypes: (start: EventType, end: EventType) {
    switch self {
    case .dualTraining, .vocationalSchool, .introductoryTraining: (.trainingStarted, .trainingEnded)
    case .school: (.schoolStarted, .schoolEnded)
    case .selfEmployment: (.selfEmploymentStarted, .selfEmploymentEnded)
    case .svp, .miniJob, .internship, .voluntaryYear, .subsidised16e, .publicJob16i,
      .workOpportunity:
      (.employmentStarted, .employmentEnded)
    }
  }
}
