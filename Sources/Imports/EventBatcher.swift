import EventLog
import Interchange
import Journey

/// Gathers planned participants into batches, finds out what of them is new, and has it stored.
///
/// Where batches end depends on the files and the mapping alone, so that a rerun finds the batches
/// of an interrupted run under the same keys.
final class EventBatcher {
  /// What is known of a batch before it is stored.
  private struct InWork {
    var counts = RowCounts()
    var events: [EventType: Int] = [:]
    var newEvents = 0
    var unchanged = 0
    var admitted: [Int] = []

    var corrections = 0

    var rowsInAll: Int {
      counts.new + counts.changed + counts.similar + counts.unchanged + counts.silent
    }

    /// Counts the rows of a participant.
    ///
    /// - Parameters:
    ///   - isNew: Whether the import admits them.
    ///   - isSimilar: Whether they resemble somebody else.
    mutating func count(
      _ person: PlannedPerson, isNew: Bool, isSimilar: Bool = false,
      _ verdict: (Int) -> KnownStatements.Verdict
    ) {
      // Bit 0: the row states something; bit 1: something new; bit 2: something in other words.
      var rows = [UInt8](repeating: 0, count: person.rows.count)
      for index in person.events.indices {
        let verdict = verdict(index)
        var bits: UInt8 = 1
        if verdict.isStored {
          bits |= 2
          events[person.events[index].event.type, default: 0] += 1
          newEvents += 1
        }
        if case .changed = verdict {
          bits |= 4
          corrections += 1
        }
        rows[person.events[index].row] |= bits
      }
      var admits = isNew
      for (row, bits) in zip(person.rows, rows) where row.fate == .accepted {
        if admits && isSimilar {
          counts.similar += 1
        } else if bits & 4 != 0 {
          counts.changed += 1
        } else if bits & 2 != 0 || admits {
          counts.new += 1
        } else if bits != 0 {
          counts.unchanged += 1
        } else {
          counts.silent += 1
        }
        admits = false
      }
    }
  }

  /// What is stored of a participant.
  private struct Stored {
    var statements: KnownStatements
    /// Whether any of it was there before this import began.
    let isOlder: Bool
  }

  private let log: EventLog
  private let pass: ImportPass
  private let identity: ImportIdentity
  private let begun: Position?
  private let stores: Bool
  private let totalRows: Int
  private let pipeline: AppendPipeline
  private let people: PersonTable

  private var gathered: [PlannedPerson] = []
  private var gatheredEvents = 0
  private var number: UInt32 = 0
  private var inWork: [InWork] = []
  /// Why the first batch that was refused was.
  private var failure: ImportError?
  private var met: Set<UInt32> = []
  /// Of whom only an undone import said something, as far as it is not counted yet.
  private var returning: Set<UInt32> = []
  /// What is stored of people of the batch in work, kept while it is asked for once more.
  private var read: [UInt32: Stored] = [:]

  private(set) var counts = RowCounts()
  private(set) var events: [EventType: Int] = [:]
  private(set) var storedEvents = 0
  private var changes: [RowDiagnostic] = []
  /// The file whose rows are gathered.
  var path = "" {
    didSet { isCumulative = false }
  }
  /// Whether the file has stated something that was stored before.
  private var isCumulative = false
  /// The types of which that file states every event.
  var restated: Set<EventType> = []
  /// The same, where the file states again what was stored before.
  var restatedInAll: Set<EventType> = []
  private(set) var corrections = 0
  private(set) var newParticipants = 0
  private(set) var knownParticipants = 0
  private(set) var unchangedEvents = 0
  private(set) var durable = ImportError.Durable()

  init(
    _ pass: ImportPass, _ identity: ImportIdentity, begun: Position?, stores: Bool, totalRows: Int
  ) {
    log = pass.log
    self.pass = pass
    self.identity = identity
    self.begun = begun
    self.stores = stores
    self.totalRows = totalRows
    pipeline = AppendPipeline(pass.log, stored: pass.acknowledgement)
    people = pass.people
    durable.batchCode = pass.report.batchCode ?? ""
    durable.totalRows = totalRows
  }

  /// Takes a participant; true when the batch is full.
  func add(_ person: PlannedPerson) -> Bool {
    gathered.append(person)
    gatheredEvents += person.events.count + 1
    return gatheredEvents >= pass.options.batchSize
  }

  /// Ends the batch: has it stored while the next is gathered.
  func complete() throws(ImportError) {
    guard !gathered.isEmpty else { return }
    defer {
      gathered.removeAll(keepingCapacity: true)
      gatheredEvents = 0
      number += 1
    }
    if try skipStored() { return }
    let (request, work) = try request(storedAt: nil)
    while inWork.count >= AppendPipeline.depth { try settleOldest() }
    if stores, !request.parts.isEmpty || !request.admitted.isEmpty {
      do throws(AppendError) { try pipeline.begin(request) } catch {
        throw .interrupted(error, durable)
      }
      inWork.append(work)
    } else {
      finish(work, nil)
    }
  }

  /// Waits until everything handed over is stored, or was refused.
  ///
  /// - Throws: `ImportError.interrupted` for the first batch that was ever refused; all others have
  ///   ended too, and those that were stored count as durable.
  func settle() throws(ImportError) {
    while !inWork.isEmpty {
      do throws(ImportError) { try settleOldest() } catch { continue }
    }
    guard let failure else { return }
    if case .interrupted(let cause, _) = failure { throw .interrupted(cause, durable) }
    throw failure
  }

  private func settleOldest() throws(ImportError) {
    guard !inWork.isEmpty else { return }
    let work = inWork.removeFirst()
    let result: AppendResult?
    do throws(AppendError) { result = try pipeline.wait() } catch {
      let refused = ImportError.interrupted(error, durable)
      failure = failure ?? refused
      throw refused
    }
    finish(work, result)
    durable.rows += work.rowsInAll
    durable.events += work.newEvents
    durable.participants += work.admitted.count
  }

  /// Counts what came of a batch, and notes the refs of the participants it admitted.
  private func finish(_ work: InWork, _ result: AppendResult?) {
    counts += work.counts
    for (type, count) in work.events { events[type, default: 0] += count }
    newParticipants += work.admitted.count
    unchangedEvents += work.unchanged
    corrections += work.corrections
    storedEvents += result?.count ?? 0
    for (offset, person) in work.admitted.enumerated() {
      let ref = result?.firstAdmitted.map { $0.number + UInt32(offset) }
      people.setRef(of: person, ref ?? PersonTable.awaited)
    }
  }

  /// Passes over a batch that an interrupted run has stored, after comparing it with what this run
  /// would have stored then: the log knows the digest of what it was given under a key.
  private func skipStored() throws(ImportError) -> Bool {
    guard identity.existing != nil else { return false }
    let stored: AppendResult?
    do throws(LogError) { stored = try log.appended(under: identity.key(number)) } catch {
      throw .log(error)
    }
    guard let stored else { return false }
    try settle()
    let (request, _) = try request(storedAt: stored.first)
    guard !request.parts.isEmpty || !request.admitted.isEmpty else { throw .storeChanged(durable) }
    do throws(AppendError) { _ = try log.stored(request) } catch {
      if case .idempotencyConflict = error { throw .storeChanged(durable) }
      throw .interrupted(error, durable)
    }
    storedEvents += stored.count
    let rows = gathered.reduce(0) { $0 + $1.accepted }
    counts.resumed += rows
    durable.rows += rows
    durable.events += stored.count
    return true
  }

  // MARK: Finding out what is new

  /// What is new of the gathered participants.
  ///
  /// - Parameter stored: Where an interrupted run stored the batch: the request is made again as
  ///   it was made then, from what was known then.
  private func request(
    storedAt stored: Position?
  ) throws(ImportError) -> (AppendRequest, InWork) {
    var parts: [AppendRequest.Part] = []
    var admitted: [AppendRequest.Admission] = []
    var work = InWork()
    parts.reserveCapacity(gathered.count)
    defer { read.removeAll() }
    do throws(LogError) {
      // Once for each: whom this batch admits is known to the second question.
      var refs: [UInt32?] = []
      refs.reserveCapacity(gathered.count)
      for person in gathered {
        refs.append(person.accepted > 0 ? try resolve(person.person, storedAt: stored) : nil)
      }
      try noteRestating(refs, storedAt: stored)
      for (person, known) in zip(gathered, refs) where person.accepted > 0 {
        guard let known else {
          admitted.append(
            AppendRequest.Admission(externalID: pass.externalID(people.id(of: person.person))))
          parts.append(
            AppendRequest.Part(
              .admitted(admitted.count - 1), expecting: .any, person.events.map(\.event)))
          work.admitted.append(person.person)
          let isSimilar = stored == nil ? try resembles(person) : false
          work.count(person, isNew: true, isSimilar: isSimilar) { _ in .new }
          continue
        }
        let verdicts = try verdicts(on: person, known, storedAt: stored)
        var new: [JourneyEvent] = []
        for (planned, verdict) in zip(person.events, verdicts) {
          switch verdict {
          case .changed(let correction, _): new.append(correction)
          case .new, .beside: new.append(planned.event)
          case .same, .kept: break
          }
        }
        work.unchanged += verdicts.count - new.count
        // Whom an undone import brought comes as if for the first time.
        let isBack = stored == nil && isKnown(known) && returning.remove(known) != nil
        let isSimilar = isBack ? try resembles(person) : false
        work.count(person, isNew: isBack, isSimilar: isSimilar) { verdicts[$0] }
        guard !new.isEmpty, known != PersonTable.awaited else { continue }
        parts.append(
          AppendRequest.Part(
            .stream(.participant(ParticipantRef(known))), expecting: .any, new))
      }
    } catch { throw .log(error) }
    return (
      AppendRequest(parts, admitting: admitted, idempotencyKey: identity.key(number)), work
    )
  }

  /// The ref of a participant, or nil for one who must be admitted.
  private func resolve(
    _ person: Int, storedAt stored: Position?
  ) throws(LogError) -> UInt32? {
    let ref = people.ref(of: person)
    if ref != PersonTable.unresolved { return ref }
    guard pass.participantsBefore > 0 else { return nil }
    guard let found = try log.participant(externalID: pass.externalID(people.id(of: person)))
    else { return nil }
    people.setRef(of: person, found.number)
    if let stored, found.number >= pass.participantsAtBegin,
      try log.events(of: .participant(found), size: stored.number).isEmpty
    {
      return nil
    }
    return found.number
  }

  /// Whether a participant may have had events before this import began.
  private func isKnown(_ ref: UInt32) -> Bool {
    ref != PersonTable.awaited && ref < pass.participantsBefore
  }

  /// Finds out whether the file states again what was stored before, so that it is no news alone.
  ///
  /// Before anything is said of the batch: it must not matter which of its rows comes first.
  private func noteRestating(
    _ refs: [UInt32?], storedAt horizon: Position?
  ) throws(LogError) {
    for (person, ref) in zip(gathered, refs) where !isCumulative {
      guard let ref, isKnown(ref) else { continue }
      let stored = try stored(of: ref, storedAt: horizon)
      isCumulative = stored.statements.isRestated(by: person.events)
      read[ref] = stored
    }
  }

  /// What the store has of a participant, this import's own left out.
  private func stored(
    of ref: UInt32, storedAt horizon: Position?
  ) throws(LogError) -> Stored {
    if let kept = read.removeValue(forKey: ref) { return kept }
    let stream = try log.events(
      of: .participant(ParticipantRef(ref)), size: horizon?.number ?? .max)
    return Stored(
      statements: KnownStatements(stream, except: begun),
      isOlder: stream.contains { read in begun.map { read.header.position < $0 } ?? true })
  }

  /// What becomes of a known participant's planned events.
  private func verdicts(
    on person: PlannedPerson, _ ref: UInt32, storedAt horizon: Position?
  ) throws(LogError) -> [KnownStatements.Verdict] {
    guard isKnown(ref) else { return person.events.map { _ in .new } }
    var stored = try stored(of: ref, storedAt: horizon)
    if stored.isOlder, met.insert(ref).inserted { knownParticipants += 1 }
    if stored.statements.isEmpty { returning.insert(ref) }
    let verdicts = stored.statements.verdicts(
      on: person.events, restated: isCumulative ? restatedInAll : restated,
      isCumulative: isCumulative
    ) { identity.related.contains($0) }
    if horizon == nil {
      for (planned, verdict) in zip(person.events, verdicts) {
        let line = person.rows[planned.row].line
        if let found = ChangeMessage.diagnostic(verdict, planned.event, file: path, line: line) {
          changes.append(found)
        }
      }
    }
    return verdicts
  }

  /// Whether a new participant resembles another one; says so.
  private func resembles(_ person: PlannedPerson) throws(LogError) -> Bool {
    guard let resembles = pass.options.resembles,
      let planned = person.events.first(where: { $0.event.type == .identityRecorded }),
      let why = try resembles(people.id(of: person.person), planned.event)
    else { return false }
    changes.append(
      RowDiagnostic(
        .warning, file: path, line: person.rows[planned.row].line, column: nil,
        code: "W-RESEMBLES", why.message, hint: why.advice))
    return true
  }

  /// Puts the counts since the last file into the report.
  func fill(_ report: inout ImportReport, file: ImportReport.File?) {
    if var file {
      file.rows += counts
      report.files.append(file)
      counts = RowCounts()
    }
    for change in changes { report.diagnostics.add(change) }
    changes = []
    report.events = events
    report.newParticipants = newParticipants
    report.knownParticipants = knownParticipants
    report.unchangedEvents = unchangedEvents
    report.corrections = corrections
  }
}
