import EventLog
import Journey
import LMDB

/// Where the outcomes of people changed between two sizes of the log, record by record.
struct OutcomeChanges<Unit: Equatable & Sendable>: Sendable {
  /// How one unit counts, or all units of one person in a group.
  struct Outcome: Equatable, Sendable {
    let group: [String?]
    let unit: Unit
  }

  /// What one record changed.
  struct Change: Sendable {
    let header: RecordHeader
    let event: JourneyEvent
    let before: [Outcome]
    let after: [Outcome]
  }

  /// The changes in the order of the log.
  private(set) var inOrder: [Change] = []
  /// Where people were erased in between.
  private(set) var erasures: [Position] = []

  init(
    _ view: JourneysView, sizes: (lower: UInt64, upper: UInt64),
    _ makeReader: @Sendable (AttributeCatalogue) throws -> OutcomeReader<Unit>
  ) throws {
    guard let open = try view.current() else { throw ViewError.damaged }
    let (catalogue, merges) = try open.environment.read { transaction in
      (try open.catalogue(transaction), try open.merges(transaction))
    }
    let touched = try OutcomeChanges.touched(view.log, sizes.lower..<sizes.upper, &erasures)
    // Who was ever merged with somebody is looked at together with them.
    let clusters = merges.clusters
    let people = Dictionary(
      touched.map { clusters.person(of: ParticipantRef($0)) }.map { ($0[0], $0) }
    ) { one, _ in one }.values.sorted { $0[0] < $1[0] }
    let middle = people.count / 2
    let halves = try concurrentMap(2) { half in
      var walk = try ClusterWalk(try makeReader(catalogue), catalogue, merges, view.log)
      for people in half == 0 ? people[..<middle] : people[middle...] {
        try walk.add(people, sizes.lower..<sizes.upper)
      }
      return walk.changes
    }
    inOrder = halves.flatMap { $0 }.sorted { $0.header.position < $1.header.position }
  }

  /// The participants with records in a range of the log.
  private static func touched(
    _ log: EventLog, _ range: Range<UInt64>, _ erasures: inout [Position]
  ) throws -> Set<UInt32> {
    var refs: Set<UInt32> = []
    var keys = KeyCache(log.keyring, blockSize: 1)
    for begin in stride(from: range.lowerBound, to: range.upperBound, by: 16_384) {
      let end = min(range.upperBound, begin + 16_384)
      for record in try log.records(begin..<end) {
        if record.header.stream.kind == .participant { refs.insert(record.header.stream.ref) }
        if record.header.kind == .key, record.header.group == .clear,
          try keys.open(record).event?.type == .erasureCompleted
        {
          erasures.append(record.header.position)
        }
      }
    }
    return refs
  }
}

/// Follows people who have to do with each other from record to record.
private struct ClusterWalk<Unit: Equatable & Sendable> {
  private(set) var changes: [OutcomeChanges<Unit>.Change] = []
  private let outcomeReader: OutcomeReader<Unit>
  private var reader: FactReader
  /// Where figures leave the people at hand out.
  private var marks: [PersonMark] = []
  private let merges: MergeHistory
  private let log: EventLog

  init(
    _ outcomeReader: OutcomeReader<Unit>, _ catalogue: AttributeCatalogue, _ merges: MergeHistory,
    _ log: EventLog
  ) throws {
    self.outcomeReader = outcomeReader
    reader = FactReader(catalogue: catalogue)
    self.merges = merges
    self.log = log
  }

  mutating func add(_ people: [ParticipantRef], _ range: Range<UInt64>) throws {
    var journeys: [ParticipantRef: FoldedJourney] = [:]
    var records: [ReadEvent] = []
    marks = []
    for ref in people {
      let events = try log.events(of: .participant(ref), size: range.upperBound)
      journeys[ref] = FoldedJourney(
        firstRecorded: events.first?.header.position.number ?? FoldedJourney.open,
        facts: events.compactMap { reader.fact(of: $0) })
      marks = marks.adding(PersonMark.marks(ofRestricted: ref.number, events))
      records += events.filter { $0.header.position.number >= range.lowerBound }
    }
    var before = try outcomes(people, journeys, size: range.lowerBound)
    for read in records.sorted(by: { $0.header.position < $1.header.position }) {
      guard let event = read.event else { continue }
      let after = try outcomes(people, journeys, size: read.header.position.number + 1)
      if after != before {
        changes.append(.init(header: read.header, event: event, before: before, after: after))
      }
      before = after
    }
  }

  /// How the people count for who knows the first `size` records, each person once.
  private mutating func outcomes(
    _ people: [ParticipantRef], _ journeys: [ParticipantRef: FoldedJourney], size: UInt64
  ) throws -> [OutcomeChanges<Unit>.Outcome] {
    let persons =
      people.count == 1
      ? [people]
      : people.map { merges.groups(size: size).person(of: $0) }.enumerated()
        .filter { $0.element[0] == people[$0.offset] }.map(\.element)
    let leftOut = marks.leftOut(size: size)
    return try persons.flatMap { person in
      person.contains { leftOut.contains($0.number) }
        ? [] : try outcomes(person.compactMap { journeys[$0] }, size: size)
    }
  }

  /// How one person counts.
  private mutating func outcomes(
    _ journeys: [FoldedJourney], size: UInt64
  ) throws -> [OutcomeChanges<Unit>.Outcome] {
    guard journeys.contains(where: { $0.firstRecorded < size }) else { return [] }
    let catalogue = reader.catalogue
    let latest = catalogue.isLatestCounted
    let columns: ViewColumns = [.details, .positions]
    let block =
      if journeys.count == 1 {
        EffectiveBlock(
          ref: 0, rows: journeys[0].rows(size: size), columns,
          values: latest.indices.map { column in
            journeys[0].value(of: UInt16(column), latestCounts: latest[column], size: size)
          }, isKnown: true, firstTold: JourneyBlock.firstTold(journeys[0].closings))
      } else {
        EffectiveBlock(
          merging: journeys, head: 0, size: size, catalogue, latestCounts: latest, columns)
      }
    return try outcomeReader.outcomes(block)
  }
}
