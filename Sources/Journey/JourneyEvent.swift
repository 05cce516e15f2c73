/// Something that happened on a journey, as it is told to the log.
public struct JourneyEvent: Hashable, Sendable {
  /// What happened.
  public var type: EventType
  /// When it happened, as precisely as known.
  ///
  /// For an end this is the last day of the relationship.
  public var occurredOn: CivilDate
  /// What is stated about it.
  public var fields: FieldSet

  /// Creates an event.
  public init(_ type: EventType, on occurredOn: CivilDate, _ fields: FieldSet = FieldSet()) {
    self.type = type
    self.occurredOn = occurredOn
    self.fields = fields
  }

  /// The value of a field, or nil when it is not stated.
  public subscript<Value>(field: Field<Value>) -> Value? {
    get { fields[field] }
    set { fields[field] = newValue }
  }

  /// The event with one more field stated; reads well where events are built in place.
  public func with<Value>(_ field: Field<Value>, _ value: Value?) -> JourneyEvent {
    var copy = self
    copy.fields[field] = value
    return copy
  }
}

/// Why an event does not fit its schema.
public enum EventProblem: Error, Equatable, Sendable {
  /// A field that must be stated is missing.
  case missingField(String)
  /// A field has no place in events of this type.
  case unknownField(tag: UInt8)
  /// A value is not of the field's kind, or not a code of its list.
  case badValue(String)
  /// A field that may be stated once is stated again.
  case repeatedField(tag: UInt8)
  /// The date is outside the days Wegmarke accepts.
  case dateOutOfRange
}

extension EventProblem {
  /// The problem in words, to stand behind a colon.
  public var words: LocalizedText {
    switch self {
    case .missingField(let name):
      LocalizedText(en: "“\(name)” is missing", de: "„\(name)“ fehlt")
    case .unknownField(let tag):
      LocalizedText(en: "field \(tag) has no place here", de: "Feld \(tag) hat hier keinen Platz")
    case .badValue(let name):
      LocalizedText(
        en: "“\(name)” has a value that is not possible", de: "„\(name)“ hat keinen möglichen Wert")
    case .repeatedField(let tag):
      LocalizedText(en: "field \(tag) is stated twice", de: "Feld \(tag) steht zweimal")
    case .dateOutOfRange:
      LocalizedText(
        en: "the date lies outside the years accepted",
        de: "das Datum liegt außerhalb der möglichen Jahre")
    }
  }
}

extension JourneyEvent {
  /// Checks the event against the schema of its type.
  ///
  /// - Throws: `EventProblem` naming the first thing that does not fit.
  public func check() throws(EventProblem) {
    let schema = type.schema
    if occurredOn.day < .earliest || occurredOn.day > .latest { throw .dateOutOfRange }
    for definition in schema.required where fields.value(of: definition.tag) == nil {
      throw .missingField(definition.name)
    }
    var last: UInt8 = 0
    for entry in fields.entries {
      if entry.tag == last && entry.tag != Fields.attribute.tag { throw .repeatedField(tag: last) }
      last = entry.tag
      guard let definition = schema.definition(of: entry.tag) else {
        throw .unknownField(tag: entry.tag)
      }
      if entry.tag == Fields.spell.tag, case .integer(let number) = entry.value,
        !(1...1023).contains(number)
      {
        throw .badValue(definition.name)
      }
      if !definition.accepts(entry.value) { throw .badValue(definition.name) }
    }
  }
}
