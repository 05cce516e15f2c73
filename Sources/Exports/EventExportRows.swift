import EventLog
import Interchange
import Journey
import ProjectionEngine

/// One event of a person as it counts now.
struct ExportedEvent {
  let event: JourneyEvent
  /// The day on which the log took it in first: a time would tell one event from all others, and so
  /// lead from the names of one export to those of another.
  let recordedOn: Day
  /// Whether an earlier wording was replaced.
  let isCorrected: Bool
}

extension ExportedPeople.Person {
  /// The events that count up to a day, in the order in which they happened.
  func events(until day: Day) -> [ExportedEvent] {
    let kept = Set(FieldLabels.exportedTypes)
    var found: [ExportedEvent] = []
    for stream in streams.streams {
      let withheld = Statement.withheld(stream)
      for statement in Statement.list(stream) where statement.retraction == nil {
        let wording = statement.wording
        guard let event = wording.event, kept.contains(event.type),
          !withheld.contains(wording.header.position), event.occurredOn.day <= day
        else { continue }
        found.append(
          ExportedEvent(
            event: event, recordedOn: StoreZone.day(of: statement.first.header.recordedAt),
            isCorrected: !statement.changes.isEmpty))
      }
    }
    return found.enumerated().sorted { left, right in
      (
        left.element.event.occurredOn.day, left.element.event.milestone?.rawKind ?? .max,
        left.offset
      )
        < (
          right.element.event.occurredOn.day, right.element.event.milestone?.rawKind ?? .max,
          right.offset
        )
    }.map(\.element)
  }
}

/// One row for each event, as it counts now.
struct EventExportRows: RowSource {
  private let day: Day

  init(on day: Day) { self.day = day }

  mutating func rows(
    of person: ExportedPeople.Person, _ take: ([TableValue]) throws -> Void
  ) throws {
    var employers = PersonNumbers<String>()
    var spells = PersonNumbers<Int>()
    for (number, exported) in person.events(until: day).enumerated() {
      let event = exported.event
      var row: [TableValue] = [
        .text(person.name), .whole(Int64(number + 1)), .text(event.type.name),
        .day(event.occurredOn.day), .precision(event.occurredOn.precision),
        .day(exported.recordedOn), .yesNo(exported.isCorrected),
        .whole(stated: event[Fields.spell].map { spells.number(of: $0) }),
        .whole(stated: event[Fields.employer].map { employers.number(of: $0) }),
      ]
      row += FieldLabels.exported.map { field in
        guard event.type.schema.definition(of: field.tag) != nil else { return .missing }
        return TableValue(field, event)
      }
      try take(row)
    }
  }

  var variables: [TableVariable] {
    [
      SharedVariables.person,
      .init("event", .whole, .init(en: "number within the person", de: "Nummer bei der Person")),
      TableVariable(
        "type", .code, .init(en: "what happened", de: "was geschah"),
        codes: FieldLabels.exportedTypes.map { .init($0.name, $0.label) }),
      .init(
        "occurred_on", .day, .init(en: "when", de: "wann"),
        note: .init(
          en: "Of an end the last day of what ended.", de: "Bei einem Ende der letzte Tag davon.")),
      Precision.variable("occurred_precision"),
      .init(
        "recorded_on", .day,
        .init(
          en: "the day on which the log took it in", de: "an welchem Tag das Protokoll es aufnahm")),
      .init("corrected", .yesNo, .init(en: "corrected since", de: "seither berichtigt")),
      .init(
        "spell", .whole,
        .init(
          en: "which job, training or school it speaks of",
          de: "von welcher Arbeit, Ausbildung oder Schule es spricht")),
      .init(
        "employer", .whole,
        .init(en: "employer, numbered within the person", de: "Betrieb, gezählt bei der Person")),
    ]
      + FieldLabels.exported.map { field in
        let (name, label) = (FieldLabels.column(field), FieldLabels.label(field))
        switch field.type {
        case .code(let list): return TableVariable(name, list, label)
        case .boolean: return TableVariable(name, .yesNo, label)
        case .integer: return TableVariable(name, .whole, label)
        case .decimal: return TableVariable(name, .decimal, label)
        case .date:
          return TableVariable(
            name, .day, label,
            note: .init(
              en: "Of an imprecise date the first day.", de: "Bei ungenauem Datum der erste Tag."))
        case .text: return TableVariable(name, .text, label)
        }
      }
  }
}

/// Numbers for what people name, given in the order of naming.
struct PersonNumbers<Name: Hashable> {
  private var numbers: [Name: Int] = [:]

  mutating func number(of name: Name) -> Int {
    let number = numbers[name] ?? numbers.count + 1
    numbers[name] = number
    return number
  }
}

extension TableValue {
  /// The value of a field of an event; several attributes with a semicolon between them.
  init(_ field: FieldDefinition, _ event: JourneyEvent) {
    if field.tag == Fields.attribute.tag {
      let all = event.fields.all(Fields.attribute)
      self = all.isEmpty ? .missing : .text(all.joined(separator: ";"))
      return
    }
    guard let value = event.fields.value(of: field.tag) else {
      self = .missing
      return
    }
    self =
      switch (field.type, value) {
      case (.code(let list), .integer(let number)):
        .text(stated: UInt8(exactly: number).flatMap { list.entry(of: $0)?.code })
      case (.boolean, .integer(let number)): .yesNo(number == 1)
      case (.decimal, .integer(let number)): .decimal(Double(number) / 100)
      case (_, .integer(let number)): .whole(number)
      case (_, .text(let text)): .text(text)
      case (_, .date(let date)): .day(date.day)
      }
  }
}
