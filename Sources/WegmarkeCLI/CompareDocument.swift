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
    /// Of curves only, as `survival`.
    let events: Int?
    let survival: [Double]?
    /// Of curves with competing events: by event, at the horizons.
    let incidence: [String: [Double]]?
    /// Of all other kinds, as `numbers` and `bases`.
    let cells: [Cell]?
    let numbers: [Double]?
    let bases: [Int]?

    init(_ figures: KnowledgeComparison.Figures, _ result: QuestionDefinition.Comparison) {
      counted = figures.counted
      let isCurve = result.isCurve
      events = isCurve ? figures.events : nil
      survival = isCurve ? figures.survival : nil
      incidence = result.causes.isEmpty ? nil : CompareDocument.incidence(figures, result)
      let places = result.rows.flatMap { row in result.horizons.map { (row.code, $0) } }
      cells = isCurve ? nil : zip(places, figures.cells).map { Cell($0.0, $0.1, $1) }
      numbers = isCurve ? nil : figures.numbers
      bases = isCurve ? nil : figures.bases
    }
  }

  private static func incidence(
    _ figures: KnowledgeComparison.Figures, _ result: QuestionDefinition.Comparison
  ) -> [String: [Double]] {
    let count = result.horizons.count
    var incidence: [String: [Double]] = [:]
    for (place, cause) in result.causes.enumerated() {
      incidence[cause] = Array(figures.incidence[place * count..<(place + 1) * count])
    }
    return incidence
  }

  struct Cell: Encodable {
    let row: String
    let horizon: Double
    let yes: Int
    let no: Int
    let unknown: Int
    let known: Double

    init(_ row: String, _ horizon: Double, _ cell: KnowledgeComparison.Figures.Cell) {
      self.row = row
      self.horizon = horizon
      yes = cell.yes
      no = cell.no
      unknown = cell.unknown
      known = cell.known
    }
  }

  /// What a number of the figures is.
  struct Number: Encodable {
    let code: String
    let horizon: Double?
    let measure: String
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
  /// Of all kinds but `time-to-event`: what `numbers` of the figures are.
  let numbers: [Number]?
  let earlier: State
  let later: State
  let groups: [Group]
  let movements: [Movement]
  let erasures: [UInt64]

  init(
    _ result: QuestionDefinition.Comparison, _ definition: QuestionDefinition, by: [String],
    _ states: [Knowledge], _ log: EventLog, name: (ParticipantRef) -> String?
  ) throws {
    let comparison = result.comparison
    func figures(_ figures: KnowledgeComparison.Figures) -> Figures { Figures(figures, result) }
    self.definition = Definition(
      name: definition.name, version: definition.version, digest: definition.digest)
    origin = log.origin
    clock = result.clock.rawValue
    self.by = by
    horizons = result.horizons
    numbers =
      result.isCurve
      ? nil
      : result.numbers.map {
        Number(code: $0.code, horizon: $0.horizon, measure: $0.measure.rawValue)
      }
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
        sums[kind.rawValue] = Sum(count: count, change: figures(change))
      }
      return Group(
        values: group.values, before: figures(group.before), timePassing: figures(group.passing),
        byKind: sums, rest: figures(group.rest), after: figures(group.after))
    }
    movements = comparison.movements.map { movement in
      Movement(
        position: movement.position.number, recordedAt: Timestamp.text(movement.recordedAt),
        participant: name(movement.participant), type: movement.event.type.name,
        occurredOn: movement.event.occurredOn.description, kind: movement.kind.rawValue,
        group: movement.group, change: figures(movement.change))
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
