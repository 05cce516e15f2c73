public import EventLog
public import Journey
import ProjectionEngine

/// Undoes an import: takes back what it brought, person by person, with events like any other.
///
/// A person about whom anything was stored after the import began that it did not bring (a note by
/// hand, a correction, a merge, a later import) keeps all of it: somebody has built on it. Undoing
/// is done in portions, each as a whole; a run that was stopped is completed by running it again.
/// People stay in the store with their codes. Importing the same files again brings everything back.
public struct ImportUndo {
  let log: EventLog
  let batch: ImportBatch
  /// Who takes it back.
  let author: String
  /// In which role.
  let role: ActorRole
  /// Why, in words.
  let reason: String
  let now: @Sendable () -> Int64

  /// Events in one append.
  static let portion = 4096

  /// Prepares it; nothing is read yet.
  public init(
    _ batch: ImportBatch, in log: EventLog, author: String, role: ActorRole, reason: String,
    now: @escaping @Sendable () -> Int64
  ) {
    self.batch = batch
    self.log = log
    self.author = author
    self.role = role
    self.reason = reason
    self.now = now
  }

  /// What became, or would become, of the events of an import; they sum up to those it stored, as far
  /// as it brought them.
  public struct Outcome: Sendable, Equatable {
    /// Taken back now.
    public var reversed = 0
    /// Taken back before: by an earlier run.
    public var reversedBefore = 0
    /// Kept, because somebody stored something about the person since.
    public var kept = 0
    /// Cannot be taken back: the person was erased, or the keys at hand do not open the event.
    public var impossible = 0
    /// Whose events are taken back.
    public var people = 0
    /// Who keeps theirs, in the order of their refs.
    public var touched: [ParticipantRef] = []

    /// All of them.
    public var events: Int { reversed + reversedBefore + kept + impossible }
  }

  /// Takes back what can be, or only says what that would be.
  ///
  /// - Parameters:
  ///   - stores: Whether to store anything.
  ///   - progress: Called with the number of people looked at and of all of them.
  /// - Throws: `ImportUndoError`.
  public func run(
    stores: Bool, progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(ImportUndoError) -> Outcome {
    guard batch.isFinished else { throw .unfinished(batch) }
    let refs = try people()
    let imports = try reading { () throws(LogError) in try ImportRanges(log) }
    var outcome = Outcome()
    var parts: [AppendRequest.Part] = []
    var waiting = 0
    for (index, ref) in refs.enumerated() {
      let stream = StreamID.participant(ref)
      let events = try reading { () throws(LogError) in try log.events(of: stream) }
      let found = sort(events, imports, into: &outcome, ref)
      if !found.isEmpty {
        outcome.people += 1
        let version = events.last?.header.streamVersion ?? 0
        parts.append(.init(.stream(stream), expecting: .exact(version), found))
        waiting += found.count
      }
      if waiting >= ImportUndo.portion || index == refs.count - 1 {
        if stores && waiting > 0 { try append(parts) }
        (parts, waiting) = ([], 0)
        progress(index + 1, refs.count)
      }
    }
    if stores && (outcome.reversed > 0 || !batch.isUndone) { try append([ending(outcome)]) }
    return outcome
  }

  private func reading<R>(
    _ body: () throws(LogError) -> R
  ) throws(ImportUndoError) -> R {
    do throws(LogError) { return try body() } catch { throw .log(error) }
  }

  private func append(_ parts: [AppendRequest.Part]) throws(ImportUndoError) {
    do throws(AppendError) { try log.append(AppendRequest(parts)) } catch { throw .append(error) }
  }

  /// The participants of whose streams the import wrote records; its events stand between the two
  /// that begin and end it.
  private func people() throws(ImportUndoError) -> [ParticipantRef] {
    let first = batch.begun.number
    let end = batch.ended?.number ?? first
    var refs: Set<UInt32> = []
    for start in stride(from: first, to: end, by: 16_384) {
      let range = start..<min(end, start + 16_384)
      for record in try reading({ () throws(LogError) in try log.records(range) }) {
        let stream = record.header.stream
        if stream.kind == .participant { refs.insert(stream.ref) }
      }
    }
    return refs.sorted().map { ParticipantRef($0) }
  }

  /// Sorts the import's events of one person; gives the events that take them back now.
  private func sort(
    _ events: [ReadEvent], _ imports: ImportRanges, into outcome: inout Outcome,
    _ ref: ParticipantRef
  ) -> [JourneyEvent] {
    let begun = Int(batch.begun.number)
    let range = batch.begun.number..<(batch.ended?.number ?? batch.begun.number)
    var own: [Position] = []
    var reversed: Set<UInt64> = []
    var isTouched = false
    for read in events {
      let position = read.header.position
      guard let event = read.event else {
        if range.contains(position.number) { outcome.impossible += 1 }
        // What cannot be read may be anything.
        if position.number > begun { isTouched = isTouched || !range.contains(position.number) }
        continue
      }
      let target = event[Fields.target].flatMap { UInt64(exactly: $0) }
      if imports.isReversal(event, at: position), let target {
        reversed.insert(target)
      } else if event[Fields.batch] == begun {
        own.append(position)
      } else if position.number > begun {
        isTouched = true
      }
    }
    let open = own.filter { !reversed.contains($0.number) }
    outcome.reversedBefore += own.count - open.count
    if isTouched && !open.isEmpty {
      outcome.kept += open.count
      outcome.touched.append(ref)
      return []
    }
    outcome.reversed += open.count
    let statements = Statement.list(events)
    return open.map { reversal(of: $0, statements) }
  }

  /// The event that takes one of the import's own back.
  private func reversal(of position: Position, _ statements: [Statement]) -> JourneyEvent {
    let statement = statements.first { $0.positions.contains(position) }
    let records = statement.map { [$0.first] + $0.changes } ?? []
    let place = records.firstIndex { $0.header.position == position } ?? 0
    // What it corrected says again what it said before.
    if let before = records[..<place].last?.event, before.type != .eventRetracted {
      return signed(before.with(Fields.target, Int(position.number)))
    }
    return signed(
      JourneyEvent(.eventRetracted, on: CivilDate(StoreZone.day(of: now())))
        .with(Fields.target, Int(position.number))
        .with(Fields.retractionReason, .importUndone))
  }

  private func ending(_ outcome: Outcome) -> AppendRequest.Part {
    let event = signed(
      JourneyEvent(.importBatchRolledBack, on: CivilDate(StoreZone.day(of: now())))
        .with(Fields.batchCode, batch.code)
        .with(Fields.count, outcome.reversed + outcome.reversedBefore))
    return .init(.stream(.system), expecting: .any, [event])
  }

  private func signed(_ event: JourneyEvent) -> JourneyEvent {
    event.with(Fields.author, author).with(Fields.actorRole, role).with(Fields.reason, reason)
  }
}

/// Which positions each import of a log spans, to tell what it brought from what undid another.
private struct ImportRanges {
  /// The position after the last, by the one that begins the import.
  private let ends: [Int: UInt64]

  init(_ log: EventLog) throws(LogError) {
    var ends: [Int: UInt64] = [:]
    for batch in try ImportBatch.list(log) {
      ends[Int(batch.begun.number)] = batch.ended?.number ?? .max
    }
    self.ends = ends
  }

  /// Whether an event is one by which an import was undone: the retraction of what it brought, or the
  /// earlier wording of what it corrected, which names the import it came by and stands outside it.
  func isReversal(_ event: JourneyEvent, at position: Position) -> Bool {
    if event.type == .eventRetracted {
      return event[Fields.retractionReason] == .importUndone
    }
    guard event[Fields.target] != nil, let batch = event[Fields.batch] else { return false }
    let begun = UInt64(clamping: batch)
    return !(begun..<max(begun, ends[batch] ?? begun)).contains(position.number)
  }
}

/// Why an import was not undone; what was taken back before stays taken back.
public enum ImportUndoError: Error {
  /// It was interrupted and not run again.
  case unfinished(ImportBatch)
  /// The log cannot be read.
  case log(LogError)
  /// The log refused.
  case append(AppendError)
}
