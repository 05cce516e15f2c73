import Journey
import TestSupport

/// Events of every type with every field, made up by rule.
enum SampleEvents {
  static let texts = [
    "Köln", "x", "Ḋeutsch für alle – 名前 \u{1F9ED}", "line one\nline two\t\"quoted\" \\",
    String(repeating: "lang ", count: 30),
  ]
  static let integers: [Int64] = [0, 1, 17, -7, 1023, 65_536, 1_234_567_890_123]
  static let dates = [
    CivilDate(Day(number: 20_514)), CivilDate(Day(number: 20_514), .month),
    CivilDate(Day(number: 20_514), .quarter), CivilDate(Day(number: 20_514), .year),
    CivilDate(Day(number: -1)), CivilDate(.earliest), CivilDate(.latest), CivilDate(Day(number: 0)),
  ]

  /// The value that a field gets in a variant.
  static func value(_ definition: FieldDefinition, _ variant: Int) -> FieldValue {
    let place = variant + Int(definition.tag)
    // The source's number for a spell has a range of its own.
    if definition.tag == Fields.spell.tag { return .integer([1, 3, 1023][variant % 3]) }
    return switch definition.type {
    case .code(let list): .integer(Int64(list.entries[place % list.entries.count].rawValue))
    case .integer, .decimal: .integer(integers[place % integers.count])
    case .boolean: .integer(Int64(place % 2))
    case .text: .text(texts[place % texts.count])
    case .date: .date(dates[place % dates.count])
    }
  }

  /// An event with the fields that must be stated, and others when wanted.
  static func event(
    _ type: EventType, _ variant: Int, with more: [FieldDefinition] = []
  ) -> JourneyEvent {
    let definitions = type.schema.required + more
    var fields = FieldSet(
      definitions.map { FieldSet.Entry(tag: $0.tag, value: value($0, variant)) })
    if definitions.contains(where: { $0.tag == Fields.attribute.tag }) {
      // The one field that may repeat.
      fields.add(Fields.attribute, "weight=\(variant)")
      fields.add(Fields.attribute, "region=north")
    }
    return JourneyEvent(type, on: dates[(variant + Int(type.rawValue)) % dates.count], fields)
  }

  /// An event with every field that may stand in it.
  static func full(_ type: EventType, _ variant: Int) -> JourneyEvent {
    event(type, variant, with: type.schema.optional + Fields.common)
  }

  /// What the corpus holds: every type bare and full, and every code of every list.
  static var corpus: [JourneyEvent] {
    var events: [JourneyEvent] = []
    var seen: Set<UInt8> = []
    for type in EventType.allCases {
      events.append(event(type, 0))
      events.append(full(type, 0))
      events.append(full(type, 3))
      for definition in type.schema.required + type.schema.optional + Fields.common {
        guard case .code(let list) = definition.type, seen.insert(definition.tag).inserted else {
          continue
        }
        for entry in list.entries {
          var event = event(type, 0)
          event.fields.set(definition.tag, .integer(Int64(entry.rawValue)))
          events.append(event)
        }
      }
    }
    return events
  }

  /// A random event that fits its schema.
  static func random(_ generator: inout SeededGenerator) -> JourneyEvent {
    let type = EventType.allCases[
      Int.random(in: EventType.allCases.indices, using: &generator)]
    let more = (type.schema.optional + Fields.common).filter { _ in
      Bool.random(using: &generator)
    }
    var event = event(type, 0, with: more)
    for entry in event.fields.entries {
      guard let definition = type.schema.definition(of: entry.tag),
        entry.tag != Fields.attribute.tag, entry.tag != Fields.spell.tag
      else { continue }
      let value: FieldValue =
        switch definition.type {
        case .integer, .decimal: .integer(.random(in: .min ... .max, using: &generator))
        case .date: .date(date(&generator))
        default: value(definition, Int.random(in: 0..<1000, using: &generator))
        }
      event.fields.set(entry.tag, value)
    }
    event.occurredOn = date(&generator)
    return event
  }

  private static func date(_ generator: inout SeededGenerator) -> CivilDate {
    let number = Int32.random(in: Day.earliest.number...Day.latest.number, using: &generator)
    return CivilDate(
      Day(number: number), Precision.allCases.randomElement(using: &generator) ?? .day)
  }
}

/// An event in a form that a person can compare: date, then every field with tag, name and value.
func text(of event: JourneyEvent) -> String {
  ([event.occurredOn.description] + event.fields.entries.map { text(of: $0, in: event.type) })
    .joined(separator: " ")
}

private func text(of entry: FieldSet.Entry, in type: EventType) -> String {
  guard let definition = type.schema.definition(of: entry.tag) else {
    return "\(entry.tag):unknown=\(entry.value)"
  }
  let value: String
  switch (definition.type, entry.value) {
  case (.code(let list), .integer(let number)):
    let code = UInt8(exactly: number).flatMap { list.entry(of: $0) }?.code ?? "?"
    value = "\(number)(\(code))"
  case (.boolean, .integer(let number)): value = number == 1 ? "true" : "false"
  case (.decimal, .integer(let number)): value = "\(number)/100"
  case (_, .integer(let number)): value = "\(number)"
  case (_, .date(let date)): value = date.description
  case (_, .text(let text)):
    var quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    quoted = quoted.replacing("\n", with: "\\n").replacing("\t", with: "\\t")
    value = "\"\(quoted)\""
  }
  return "\(entry.tag):\(definition.name)=\(value)"
}
