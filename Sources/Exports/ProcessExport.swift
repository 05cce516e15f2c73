public import EventLog
import Interchange
public import Journey
import ProjectionEngine

/// An export of events for process mining: XES or OCEL 2.0.
public struct ProcessExport: Sendable {
  private let people: ExportedPeople
  private let day: Day
  private let language: Language
  private let facts: [(key: String, value: String)]

  /// Draws names and an order.
  ///
  /// - Parameters:
  ///   - table: The events of the same export: what it rests on.
  ///   - language: In which activities are named.
  public init(
    of log: EventLog, size: UInt64, referenceDay: Day, language: Language,
    facts: [(key: String, value: String)]
  ) throws {
    people = try ExportedPeople(of: log, size: size)
    day = referenceDay
    self.language = language
    self.facts = facts
  }

  /// Writes XES: a case a person.
  public func writeXES(
    seen: (Int, Int) -> Void = { _, _ in }, to output: ([UInt8]) throws -> Void
  ) throws -> ExportTable.Outcome {
    var log = XESLog(
      name: LocalizedText(en: "Journeys", de: "Verläufe")(language), facts: facts)
    var rows = 0
    let (count, participants) = try people.forEach(seen: seen) { person in
      let steps = steps(of: person).map(\.step)
      rows += steps.count
      log.append(person.name, attributes: attributes(of: person), steps)
      try output(log.take())
    }
    log.end()
    try output(log.take())
    return .init(count: count, rows: rows, participants: participants)
  }

  /// Writes OCEL 2.0: people, participations, employers and sub-projects as objects.
  public func writeOCEL(
    seen: (Int, Int) -> Void = { _, _ in }, to output: ([UInt8]) throws -> Void
  ) throws -> ExportTable.Outcome {
    let fields = ProcessExport.attributeVariables
    var log = OCELLog(
      objectTypes: [
        .init("Person", ProcessExport.caseVariables), .init("Participation"), .init("Employer"),
        .init("Subproject"), .init("Network"),
      ],
      eventTypes: FieldLabels.exportedTypes.map { .init($0.name, fields) })
    var rows = 0
    var shared: Set<String> = []
    let (count, participants) = try people.forEach(seen: seen) { person in
      log.append(
        .init(id: person.name, type: "Person", attributes: attributes(of: person)))
      var own: Set<String> = []
      for (number, exported) in steps(of: person).enumerated() {
        var about: [(object: String, as: String)] = [(person.name, "person")]
        func add(_ id: String, _ type: String, _ qualifier: String, isShared: Bool) {
          about.append((id, qualifier))
          if isShared ? shared.insert(id).inserted : own.insert(id).inserted {
            log.append(.init(id: id, type: type))
          }
        }
        let event = exported.event
        if let operation = event[Fields.operation] {
          add("\(person.name)/\(operation)", "Participation", "participation", isShared: false)
        }
        if let employer = exported.employer {
          add("\(person.name)/employer-\(employer)", "Employer", "employer", isShared: false)
        }
        if let subproject = event[Fields.subproject] {
          add("subproject/\(subproject)", "Subproject", "subproject", isShared: true)
        }
        if let network = event[Fields.network] {
          add("network/\(network)", "Network", "network", isShared: true)
        }
        log.append("\(person.name)-\(number + 1)", exported.step, about: about)
        rows += 1
      }
      try output(log.take())
    }
    log.end()
    try output(log.take())
    return .init(count: count, rows: rows, participants: participants)
  }

  private struct Step {
    let event: JourneyEvent
    let step: MinedStep
    let employer: Int?
  }

  private func steps(of person: ExportedPeople.Person) -> [Step] {
    var employers = PersonNumbers<String>()
    return person.events(until: day).map { exported in
      let event = exported.event
      let employer = event[Fields.employer].map { employers.number(of: $0) }
      var attributes = FieldLabels.exported.compactMap {
        field -> (key: String, value: TableValue)? in
        guard event.type.schema.definition(of: field.tag) != nil else { return nil }
        let value = TableValue(field, event)
        return value == .missing ? nil : (FieldLabels.column(field), value)
      }
      attributes.append(("recorded_on", .day(exported.recordedOn)))
      let (lifecycle, instance) = ProcessExport.lifecycle(event)
      return Step(
        event: event,
        step: MinedStep(
          activity: ProcessExport.activity(event.type, language), type: event.type.name,
          day: event.occurredOn.day, lifecycle: lifecycle, instance: instance,
          attributes: attributes), employer: employer)
    }
  }

  /// Begin and end of one thing carry the same name and instance, so that its length is seen.
  private static func activity(_ type: EventType, _ language: Language) -> String {
    let text: LocalizedText
    switch type {
    case .employmentStarted, .employmentEnded: text = .init(en: "job", de: "Arbeit")
    case .selfEmploymentStarted, .selfEmploymentEnded:
      text = .init(en: "self-employment", de: "Selbstständigkeit")
    case .trainingStarted, .trainingEnded: text = .init(en: "training", de: "Ausbildung")
    case .schoolStarted, .schoolEnded: text = .init(en: "school", de: "Schule")
    case .measureStarted, .measureCompleted, .measureAborted:
      text = .init(en: "measure", de: "Maßnahme")
    default: text = type.label
    }
    return text(language)
  }

  private static func lifecycle(_ event: JourneyEvent) -> (MinedStep.Lifecycle, String?) {
    let instance = event[Fields.spell].map { "\($0)" }
    switch event.type {
    case .employmentStarted, .selfEmploymentStarted, .trainingStarted, .schoolStarted,
      .measureStarted:
      return (.start, instance)
    default: return (.complete, instance)
    }
  }

  private func attributes(
    of person: ExportedPeople.Person
  ) -> [(key: String, value: TableValue)] {
    ProcessExport.caseAttributes.map { name in
      (ParticipantRows.column(name), .text(stated: person.attribute(name)))
    }
  }

  /// Few and coarse: a case is looked at one by one.
  private static let caseAttributes = [
    Fields.gender.name, Fields.isced.name, Fields.german.name, Fields.network.name,
    Fields.subproject.name,
  ]

  private static let caseVariables = caseAttributes.map {
    TableVariable(ParticipantRows.column($0), .text, LocalizedText(verbatim: $0))
  }

  private static let attributeVariables =
    FieldLabels.exported.map { field in
      let kind: TableVariable.Kind =
        switch field.type {
        case .boolean: .yesNo
        case .integer: .whole
        case .decimal: .decimal
        case .date: .day
        case .code, .text: .text
        }
      return TableVariable(FieldLabels.column(field), kind, FieldLabels.label(field))
    } + [TableVariable("recorded_on", .day, LocalizedText(verbatim: "recorded_on"))]
}
