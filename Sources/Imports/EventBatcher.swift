import EventLog
import Interchange
import Journey
import Keyring

/// Gathers planned participants into batches, finds out what of them is new, and has it stored.
///
/// Where batches end depends on the files and the mapping alone, so that a rerun finds the batches
/// of an interrupted run under the same keys.
final class EventBatcher {
  private struct InWork {
    var rows: [RowCounts] = []
    var people: [Int] = []
    var sum = RowCounts()
    var newEvents = 0
  }

  private let log: EventLog
  private let pass: ImportPass
  private let identity: ImportIdentity
  private let begun: Position?
  private let stores: Bool
  private let totalRows: Int
  private let queue: BatchQueue
  private let people: PersonTable

  private var gathered: [PlannedPerson] = []
  private var gatheredEvents = 0
  private var number: UInt32 = 0
  private var inWork: InWork?
  private var codes: Set<ParticipantCode> = []
  private var codesBefore: Set<ParticipantCode> = []
  private var met: Set<UInt32> = []

  private(set) var counts = RowCounts()
  private(set) var events: [EventType: Int] = [:]
  private(set) var storedEvents = 0
  private(set) var newParticipants = 0
  private(set) var knownParticipants = 0
  private(set) var unchangedEvents = 0
  private(set) var durable = ImportError.Durable()
  /// Why storing ended early.
  private(set) var failure: ImportError?

  init(
    _ pass: ImportPass, _ identity: ImportIdentity, begun: Position?, stores: Bool, totalRows: Int
  ) {
    log = pass.log
    self.pass = pass
    self.identity = identity
    self.begun = begun
    self.stores = stores
    self.totalRows = totalRows
    queue = BatchQueue(pass.log)
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
  func complete() throws(PlanError) {
    guard !gathered.isEmpty else { return }
    defer {
      gathered.removeAll(keepingCapacity: true)
      gatheredEvents = 0
      number += 1
    }
    do throws(ImportError) {
      if try skipStored() { return }
      let (request, work) = try request()
      try settleInWork()
      if stores, !request.parts.isEmpty || !request.admitted.isEmpty {
        queue.begin(request)
        inWork = work
      } else {
        finish(work, nil)
      }
    } catch {
      failure = error
      throw .scattered
    }
  }

  /// Waits until everything handed over is stored.
  func settle() throws(PlanError) {
    do throws(ImportError) { try settleInWork() } catch {
      failure = failure ?? error
      throw .scattered
    }
  }
}
