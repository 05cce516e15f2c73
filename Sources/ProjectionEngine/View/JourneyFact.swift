import EventLog
import Journey

/// What one record contributes to a journey.
struct JourneyFact: Sendable, Equatable {
  /// What it does to earlier ones.
  enum Effect: Sendable, Equatable {
    /// Stands beside them.
    case adds
    /// Takes the place of one.
    case replaces(UInt64)
    /// Takes one back.
    case takesBack(UInt64)
  }

  /// An attribute stated by the record.
  struct Attribute: Sendable, Equatable {
    let column: UInt16
    let value: UInt16
  }

  let position: UInt64
  /// The day that the record speaks about: attributes are first or latest by it.
  let day: Int32
  var effect = Effect.adds
  /// The step of the journey, or nil when the record is none.
  var milestone: Milestone?
  /// What is stated about that step besides.
  var details = MilestoneDetails.none
  var attributes: [Attribute] = []
}

/// Turns opened records into facts of journeys.
///
/// A pure function of each record alone: no clock, no order, no other record.
struct FactReader {
  var catalogue: AttributeCatalogue
  /// What the records read so far say about persons as a whole.
  private(set) var marks: [PersonMark] = []
  /// Participants whose streams speak of a restriction: their marks need the whole stream.
  private(set) var restricted: Set<UInt32> = []

  init(catalogue: AttributeCatalogue) { self.catalogue = catalogue }

  /// Adds what only a whole stream could say.
  mutating func add(_ others: [PersonMark]) { marks += others }

  /// Names of profile fields that become attributes, with their tags.
  private static let profileFields: [FieldDefinition] =
    EventType.entryProfileRecorded.schema.optional.filter { definition in
      switch definition.type {
      case .code, .integer, .text: true
      default: false
      }
    }

  /// The fact of a record of a participant's stream; nil when the journeys view does not hold it.
  mutating func fact(of read: ReadEvent) -> JourneyFact? {
    guard read.header.group == .record, let event = read.event else { return nil }
    if let mark = PersonMark(read.header, event) { marks.append(mark) }
    if event.type == .processingRestricted { restricted.insert(read.header.stream.ref) }
    return fact(of: event, at: read.header.position.number)
  }

  /// The fact of an event that stands at a position.
  mutating func fact(of event: JourneyEvent, at position: UInt64) -> JourneyFact {
    var fact = JourneyFact(position: position, day: event.occurredOn.day.number)
    if let target = event[Fields.target] {
      fact.effect =
        event.type == .eventRetracted
        ? .takesBack(UInt64(target)) : .replaces(UInt64(target))
    }
    fact.milestone = event.milestone
    fact.details = event.milestoneDetails
    fact.attributes = attributes(of: event)
    return fact
  }

  private mutating func attributes(of event: JourneyEvent) -> [JourneyFact.Attribute] {
    var found: [JourneyFact.Attribute] = []
    switch event.type {
    case .entryProfileRecorded:
      for entry in event.fields.entries {
        guard let field = FactReader.profileFields.first(where: { $0.tag == entry.tag }),
          let text = field.text(of: entry.value)
        else { continue }
        found.append(attribute(field.name, text))
      }
    case .attributesRecorded:
      for pair in event.fields.all(Fields.attribute) {
        guard let equals = pair.firstIndex(of: "=") else { continue }
        found.append(
          attribute(String(pair[..<equals]), String(pair[pair.index(after: equals)...])))
      }
    case .participationEntered, .transferredToSubproject, .advisorAssigned:
      let fields = [Fields.network, Fields.subproject, Fields.advisor]
      for field in fields {
        if let value = event[field] { found.append(attribute(field.name, value)) }
      }
      if event.type == .participationEntered, let operation = event[Fields.operation] {
        found.append(attribute(Fields.operation.name, operation))
      }
    default: break
    }
    return found
  }

  private mutating func attribute(_ name: String, _ value: String) -> JourneyFact.Attribute {
    let column = catalogue.add(name)
    return JourneyFact.Attribute(
      column: UInt16(column), value: catalogue.add(value, to: column))
  }
}

extension FieldDefinition {
  /// A stored value as it stands in files: a code, a number, a text.
  func text(of value: FieldValue) -> String? {
    switch (type, value) {
    case (.code(let list), .integer(let number)):
      UInt8(exactly: number).flatMap { list.entry(of: $0)?.code }
    case (_, .integer(let number)): String(number)
    case (_, .text(let text)): text
    case (_, .date(let date)): date.description
    }
  }
}
