import EventLog
import Journey
import LMDB

/// Answers of a sealed field group: who stated what, and from which record to which it stood.
struct StatedAnswers {
  /// One answer.
  struct Row {
    let answer: Answer
    /// The day that it speaks about.
    let day: Day
    let from: UInt64
    /// The record that replaced it or took it back; the largest number where none did.
    var to: UInt64
  }

  private(set) var rows: [ParticipantRef: [Row]] = [:]
  /// Who is one person with whom, by the state of knowledge.
  private let persons: [UInt64: PersonGroups]

  /// Reads the streams of whoever has a record in the group.
  ///
  /// - Parameter sizes: The states of knowledge that will be asked for.
  init(_ statement: SealedStatement, in view: JourneysView, sizes: [UInt64]) throws {
    guard let open = try view.current() else { throw ViewError.damaged }
    let merges = try open.environment.read { try open.merges($0) }
    persons = Dictionary(sizes.map { ($0, merges.groups(size: $0)) }) { one, _ in one }
    let size = sizes.max() ?? 0
    var refs: Set<ParticipantRef> = []
    for begin in stride(from: 0, to: size, by: 16_384) {
      for record in try view.log.records(begin..<min(size, begin + 16_384))
      where record.header.group == statement.group && record.header.stream.kind == .participant {
        refs.insert(ParticipantRef(record.header.stream.ref))
      }
    }
    for ref in refs.sorted() {
      rows[ref] = Self.rows(statement, try view.log.events(of: .participant(ref), size: size))
    }
  }

  private static func rows(_ statement: SealedStatement, _ events: [ReadEvent]) -> [Row] {
    var rows: [Row] = []
    // As in journeys: whatever stands now of a statement gives way to its correction.
    var successors: [UInt64: UInt64] = [:]
    for read in events {
      guard let event = read.event else { continue }
      let position = read.header.position.number
      if let target = event[Fields.target] {
        var target = UInt64(target)
        while let next = successors[target] { target = next }
        successors[target] = position
        for place in rows.indices where rows[place].from == target && rows[place].to == .max {
          rows[place].to = position
        }
      }
      if event.type != .eventRetracted, let answer = event[statement.field] {
        rows.append(
          Row(answer: answer, day: event.occurredOn.day, from: position, to: .max))
      }
    }
    return rows
  }

  /// Everybody who was this person at any of the states of knowledge.
  func everybody(_ ref: ParticipantRef) -> [ParticipantRef] {
    Set(persons.values.flatMap { $0.person(of: ref) }).union([ref]).sorted()
  }

  /// Everything that a person stated, whoever they were admitted as.
  private func all(of ref: ParticipantRef, size: UInt64) -> [Row] {
    (persons[size]?.person(of: ref) ?? [ref]).flatMap { rows[$0] ?? [] }
  }

  /// What a person stated first, as known after `size` records: characteristics are those at entry.
  func answer(of ref: ParticipantRef, size: UInt64) -> Answer? {
    all(of: ref, size: size).filter { $0.from < size && $0.to >= size }
      .min { ($0.day, $0.from) < ($1.day, $1.from) }?.answer
  }

  /// The records between two states of knowledge that changed what a person stated.
  func changes(of ref: ParticipantRef, in range: Range<UInt64>) -> [UInt64] {
    everybody(ref).flatMap { rows[$0] ?? [] }.flatMap { [$0.from, $0.to] }
      .filter { range.contains($0) }.sorted()
  }
}
