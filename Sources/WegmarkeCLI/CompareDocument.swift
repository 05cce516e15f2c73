import EventLog
import FoundationEssentials
import Journey
import ProjectionEngine

/// The JSON form of a comparison: schema `wegmarke.comparison`, version 1.
///
/// A contract, described in `docs/comparison-json.md`: keys are only ever added.
struct CompareDocument: Encodable {
  struct Definition: Encodable {
    let name: String
    let version: Int
    let digest: String
  }

  struct State: Encodable {
    let size: UInt64
    let root: String
    let recordedUntil: String?
    let on: String
  }

  struct Figures: Encodable {
    let counted: Int
    let events: Int
    let survival: [Double]

    init(_ figures: KnowledgeComparison.Figures) {
      counted = figures.counted
      events = figures.events
      survival = figures.survival
    }
  }

  struct Group: Encodable {
    let values: [String?]
    let before: Figures
    let timePassing: Figures
    let byKind: [String: Sum]
    let rest: Figures
    let after: Figures
  }

  struct Sum: Encodable {
    let count: Int
    let change: Figures
  }

  struct Movement: Encodable {
    let position: UInt64
    let recordedAt: String
    let participant: String?
    let type: String
    let occurredOn: String
    let kind: String
    let group: [String?]
    let change: Figures
  }

  let schema = "wegmarke.comparison"
  let schemaVersion = 1
  let definition: Definition
  let origin: String
  let clock: String
  let by: [String]
  let horizons: [Double]
  let earlier: State
  let later: State
  let groups: [Group]
  let movements: [Movement]
  let erasures: [UInt64]

  init(
    _ comparison: KnowledgeComparison, _ definition: QuestionDefinition,
    _ question: TimeToEventQuestion, _ states: [Knowledge], _ log: EventLog,
    name: (ParticipantRef) -> String?
  ) throws {
    self.definition = Definition(
      name: definition.name, version: definition.version, digest: definition.digest)
    origin = log.origin
    clock = question.clock.rawValue
    by = question.groupedBy
    horizons = comparison.horizons
    let known = try states.map { state in
      State(
        size: state.size, root: ContentDigest.hex(try log.root(size: state.size)),
        recordedUntil: state.recordedUntil.map { Timestamp.text($0) },
        on: state.referenceDay.description)
    }
    (earlier, later) = (known[0], known[1])
    groups = comparison.groups.map { group in
      var sums: [String: Sum] = [:]
      for kind in KnowledgeComparison.Kind.allCases {
        let (count, change) = comparison.total(of: kind, group: group.values)
        sums[kind.rawValue] = Sum(count: count, change: Figures(change))
      }
      return Group(
        values: group.values, before: Figures(group.before), timePassing: Figures(group.passing),
        byKind: sums, rest: Figures(group.rest), after: Figures(group.after))
    }
    movements = comparison.movements.map { movement in
      Movement(
        position: movement.position.number, recordedAt: Timestamp.text(movement.recordedAt),
        participant: name(movement.participant), type: movement.event.type.name,
        occurredOn: movement.event.occurredOn.description, kind: movement.kind.rawValue,
        group: movement.group, change: Figures(movement.change))
    }
    erasures = comparison.erasures.map(\.number)
  }

  /// The document as text, keys sorted.
  func json() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
