import Definitions
import Journey

extension MappingReader {
  /// One `[[file.event]]` of a row a participant.
  func event(_ reader: TableReader) -> EventMapping? {
    let type = eventType(reader, "type")
    let on = date(reader, "on")
    let condition = reader.optionalTable("when").flatMap { when -> EventMapping.Condition? in
      var values = when.list("any-of", of: String.self) ?? []
      if let value = when.optional("equals", String.self) { values.append(value) }
      return name(when).map {
        EventMapping.Condition(column: $0, values: values)
      }
    }
    let fields = fields(reader, of: type.map { [$0] } ?? [])
    let named = Set(fields.map(\.name))
    for definition in type?.schema.required ?? [] where !named.contains(definition.name) {
      reader.report(
        "M-REQUIRED-FIELD",
        LocalizedText(
          en: "\(type?.name ?? "") needs the field “\(definition.name)”.",
          de: "\(type?.name ?? "") braucht das Feld „\(definition.name)“."))
    }
    guard let type, let on else { return nil }
    return EventMapping(type: type, on: on, condition: condition, fields: fields)
  }

  /// The rule for a file with a row an event.
  func row(_ reader: TableReader) -> RowMapping? {
    var source: RowMapping.TypeSource?
    var types: [EventType] = []
    if reader.table["type"]?.isTable == true {
      if let table = reader.table("type") {
        var words: [String: EventType] = [:]
        if let values = table.optionalTable("values") {
          for (key, value) in values.entries(of: String.self) {
            guard let type = eventType(named: value, in: values, key.name) else { continue }
            words[key.name] = type
            types.append(type)
          }
        }
        // Names of types are understood beside the table's words.
        types = words.isEmpty ? EventType.mappable : types
        if words.isEmpty {
          for type in EventType.mappable { words[type.name] = type }
        }
        source = name(table).map { .column($0, words: words) }
      }
    } else if let type = eventType(reader, "type") {
      types = [type]
      source = .constant(type)
    }
    let on = date(reader, "on")
    let fields = fields(reader, of: types)
    guard let source, let on else { return nil }
    return RowMapping(type: source, on: on, fields: fields)
  }

  /// The rule for a file with a row a change of state.
  func changes(_ reader: TableReader) -> StateChangeMapping? {
    let on = date(reader, "on")
    if case .constant = on {
      reader.report(
        "M-COLUMN",
        LocalizedText(
          en: "The date of a change stands in a column.",
          de: "Das Datum eines Wechsels steht in einer Spalte."), at: reader.table["on"]?.range)
    }
    let column = column(reader, "state")
    var states: [StateChangeMapping.State] = []
    if let table = reader.table("states") {
      for (key, state) in table.namedTables() {
        let single = template(state, "at")
        let start = template(state, "start") ?? single
        states.append(
          StateChangeMapping.State(name: key.name, start: start, end: template(state, "end")))
      }
    }
    guard let on, let column else { return nil }
    return StateChangeMapping(on: on, column: column, states: states)
  }

  private func template(_ state: TableReader, _ key: String) -> JourneyEventTemplate? {
    guard let reader = state.optionalTable(key) else { return nil }
    guard let type = eventType(reader, "type") else { return nil }
    var entries: [FieldSet.Entry] = []
    for field in fields(reader, of: [type]) {
      guard let definition = type.schema.definition(named: field.name) else { continue }
      guard case .constant(let text) = field.value else {
        reader.report(
          "M-CONSTANT",
          LocalizedText(
            en: "Fields of a state are constants.", de: "Felder eines Zustands sind fest."))
        continue
      }
      if let value = try? CellForm(definition).value(of: Array(text.utf8).span) {
        entries.append(FieldSet.Entry(tag: definition.tag, value: value))
      }
    }
    let event = JourneyEvent(type, on: CivilDate(Day(number: 0)), FieldSet(entries))
    do { try event.check() } catch {
      guard case .missingField(let name) = error else { return nil }
      reader.report(
        "M-REQUIRED-FIELD",
        LocalizedText(
          en: "\(type.name) needs the field “\(name)”.",
          de: "\(type.name) braucht das Feld „\(name)“."))
    }
    return JourneyEventTemplate(type: type, entries: event.fields.entries)
  }

  private func eventType(_ reader: TableReader, _ key: String) -> EventType? {
    reader.required(key, String.self).flatMap { eventType(named: $0, in: reader, key) }
  }

  private func eventType(
    named name: String, in reader: TableReader, _ key: String
  ) -> EventType? {
    if let type = EventType(name: name), EventType.mappable.contains(type) { return type }
    let near = didYouMean(nearestName(to: name, among: EventType.mappable.map(\.name)))
    reader.report(
      "M-EVENT-TYPE",
      LocalizedText(
        en: "There is no event “\(name)” that a file can state.\(near.en)",
        de: "Ein Ereignis „\(name)“, das eine Datei angeben kann, gibt es nicht.\(near.de)"),
      at: reader.table[key]?.range)
    return nil
  }
}

extension EventType {
  /// The types that a file of an office can state: what happened to a participant.
  static let mappable = EventType.allCases.filter { type in
    switch type.rawValue {
    case 11...14, 21...23: false
    case 10..<120: true
    default: false
    }
  }
}
