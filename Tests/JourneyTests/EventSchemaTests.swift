import Journey
import Testing

@Suite("The schema of an event")
struct EventSchemaTests {
  static var definitions: [FieldDefinition] {
    EventType.allCases.flatMap { $0.schema.required + $0.schema.optional } + Fields.common
  }

  @Test("keeps the number of every event type")
  func pinnedTypes() {
    #expect(
      EventType.allCases.map { "\($0.name)=\($0.rawValue)" }
        == Pinned.words(Pinned.eventTypes).map(String.init))
    #expect(Set(EventType.allCases.map(\.rawValue)).count == EventType.allCases.count)
    #expect(EventType.allCases.allSatisfy { $0.rawValue < 256 }, "the table has 256 places")
  }

  @Test("keeps the tag, the name and the type of every field")
  func pinnedFields() {
    var lines: [UInt8: Set<String>] = [:]
    for definition in Self.definitions {
      lines[definition.tag, default: []].insert(
        "\(definition.tag)=\(definition.name):\(typeName(definition.type))")
    }
    #expect(lines.values.allSatisfy { $0.count == 1 }, "a tag belongs to two fields")
    #expect(
      lines.sorted { $0.key < $1.key }.flatMap(\.value)
        == Pinned.words(Pinned.fields).map(String.init))
  }

  @Test("names no two fields alike within one event", arguments: EventType.allCases)
  func names(_ type: EventType) {
    let names = type.schema.fieldNames
    #expect(Set(names).count == names.count)
    let tags = (type.schema.required + type.schema.optional + Fields.common).map(\.tag)
    #expect(Set(tags).count == tags.count)
  }

  @Test("finds its fields by tag and by name", arguments: EventType.allCases)
  func lookup(_ type: EventType) {
    let schema = type.schema
    for definition in schema.required + schema.optional + Fields.common {
      #expect(schema.definition(of: definition.tag)?.name == definition.name)
      #expect(schema.definition(named: definition.name)?.tag == definition.tag)
    }
    #expect(schema.definition(of: 255) == nil)
    #expect(schema.definition(named: "no-such-field") == nil)
  }

  @Test("has a name, a version and a wording of its own", arguments: EventType.allCases)
  func described(_ type: EventType) {
    let schema = type.schema
    #expect(!schema.name.isEmpty && schema.version >= 1)
    #expect(!schema.label.en.isEmpty && !schema.label.de.isEmpty)
    #expect(EventType(name: schema.name.lowercased()) == type)
    #expect(EventType.allCases.filter { $0.name == schema.name }.count == 1)
  }

  @Test("seals health, minority, household and identity apart from the journey")
  func groups() {
    let apart: [EventType: FieldGroup] = [
      .healthImpairmentRecorded: .health, .minorityStatusRecorded: .minority,
      .housingSituationRecorded: .household, .identityRecorded: .identity,
    ]
    for type in EventType.allCases {
      let group = type.schema.group
      #expect(group == apart[type] ?? (group == .clear ? .clear : .record), "\(type.name)")
    }
  }

  @Test("tells what does not fit an event")
  func checks() throws {
    let on = CivilDate(try day(2026, 3, 2))
    let started = JourneyEvent(.employmentStarted, on: on).with(Fields.placementKind, .svp)
    #expect(throws: Never.self) { try started.check() }
    #expect(throws: EventProblem.missingField("kind")) {
      try JourneyEvent(.employmentStarted, on: on).check()
    }
    #expect(throws: EventProblem.unknownField(tag: Fields.gender.tag)) {
      try started.with(Fields.gender, .female).check()
    }
    var wrong = started
    wrong.fields.set(Fields.placementKind.tag, .integer(99))
    #expect(throws: EventProblem.badValue("kind")) { try wrong.check() }
    wrong.fields.set(Fields.placementKind.tag, .text("SVP"))
    #expect(throws: EventProblem.badValue("kind")) { try wrong.check() }
    #expect(throws: EventProblem.badValue("employer")) {
      try started.with(Fields.employer, "").check()
    }
    var flag = started
    flag.fields.set(Fields.mediated.tag, .integer(2))
    #expect(throws: EventProblem.badValue("mediated")) { try flag.check() }
    let early = JourneyEvent(.statusConfirmed, on: CivilDate(Day.earliest - 1))
    #expect(throws: EventProblem.dateOutOfRange) { try early.check() }
  }

  @Test("lets the fields of any event stand in any event", arguments: EventType.allCases)
  func commonFields(_ type: EventType) throws {
    var event = JourneyEvent(type, on: CivilDate(try day(2026, 3, 2)))
    for definition in type.schema.required {
      event.fields.set(definition.tag, try sample(definition.type))
    }
    for definition in Fields.common {
      event.fields.set(definition.tag, try sample(definition.type))
    }
    #expect(throws: Never.self) { try event.check() }
  }

  private func sample(_ type: FieldType) throws -> FieldValue {
    switch type {
    case .code, .integer, .decimal, .boolean: .integer(1)
    case .text: .text("x")
    case .date: .date(CivilDate(try day(2026, 3, 2)))
    }
  }

  private func typeName(_ type: FieldType) -> String {
    switch type {
    case .code(let list): "code/\(list.name)"
    case .integer: "integer"
    case .decimal: "decimal"
    case .boolean: "boolean"
    case .text: "text"
    case .date: "date"
    }
  }
}
