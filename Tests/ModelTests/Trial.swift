import EventLog
import Files
import Journey
import Keyring
import Synchronization
import TestSupport

@testable import ProjectionEngine

/// The store and the naive log disagree, or the store refused what it should not.
struct Mismatch: Error, CustomStringConvertible {
  let description: String
  init(_ what: String, store: Any, model: Any) {
    description = "\(what)\n  store: \(store)\n  model: \(model)"
  }
}

/// One store and its naive log, told the same step by step and compared on the way.
///
/// Everything that happens depends on the seed and the list of steps alone, but for keys, nonces
/// and codes, which nothing compared here depends on.
final class Trial {
  let folder: String
  let clock: SteppedClock
  var naive: NaiveLog
  /// Requests that were stored under a key of theirs.
  var said: [AppendRequest] = []
  /// What was done, in words.
  private(set) var lines: [String] = []
  var tally = Tally()
  let digests: DigestBook
  private let thresholds: JourneysView.Thresholds
  private var opened: EventLog?
  private var openedView: JourneysView?

  var path: String { "\(folder)/store" }
  var rootKey: RootKeySource { .file("\(folder)/root.key") }

  init(seed: UInt64, digests: DigestBook) throws {
    var random = SeededGenerator(seed: seed ^ 0x6D6F_6465_6C)
    folder = try MemoryFolder.make("wegmarke-model")
    clock = SteppedClock()
    let isSimulated = random.chance(30)
    naive = NaiveLog(isSimulated: isSimulated)
    var thresholds = JourneysView.Thresholds()
    // Small limits, so that small stores go every way of refreshing.
    if random.chance(50) { thresholds.overlaid = (random.pick([1, 3, 8]), .max) }
    if random.chance(30) { thresholds.records = (random.pick([5, 20]), 5) }
    if random.chance(30) { thresholds.recordsInPortion = 7 }
    self.thresholds = thresholds
    self.digests = digests
    do {
      try EventLog.create(store: path, rootKey: rootKey, isSimulated: isSimulated)
    } catch {
      try? Folder.remove(folder)
      throw error
    }
  }

  deinit { try? Folder.remove(folder) }

  // MARK: The store

  var log: EventLog {
    get throws {
      if let opened { return opened }
      let clock = clock
      let log = try EventLog(
        store: path, access: .write(waitingAtMost: .zero), rootKey: rootKey,
        now: { clock.time })
      opened = log
      return log
    }
  }

  /// The view, refreshed.
  var view: JourneysView {
    get throws {
      let view = try unrefreshedView
      try view.refresh()
      return view
    }
  }

  var unrefreshedView: JourneysView {
    get throws {
      if let openedView { return openedView }
      let view = JourneysView(of: try log, thresholds: thresholds)
      openedView = view
      return view
    }
  }

  /// Lets log and view go; the next use opens them again.
  func close() {
    openedView = nil
    opened = nil
  }

  // MARK: Steps

  /// Takes the steps in order, then compares everything.
  ///
  /// - Parameter lie: What the naive log is made to say wrongly half way.
  /// - Throws: `Mismatch`, or what the store refused.
  func run(_ steps: [Step], lie: NaiveLog.Lie? = nil) throws {
    var isHonest = lie == nil
    for (index, step) in steps.enumerated() {
      if let lie, !isHonest, index >= steps.count / 2 { isHonest = naive.tell(lie) }
      var random = SeededGenerator(seed: step.seed)
      clock.advance(by: Int64.random(in: 0...3_000_000, using: &random))
      lines.append("\(lines.count + 1). \(step)")
      try take(step, using: &random)
      try compareSizes()
      try compareSomething(using: &random)
      tally.steps += 1
    }
    var random = SeededGenerator(seed: steps.last?.seed ?? 0)
    lines.append("\(lines.count + 1). compare everything")
    try compareEverything(using: &random)
  }

  /// Adds to what is printed about the step in work.
  func note(_ text: String) { lines[lines.count - 1] += " — \(text)" }

  /// Tells store and naive log the same, and compares what they say to it.
  func tell(_ request: AppendRequest) throws {
    let expected = naive.append(request, at: clock.time)
    let outcome = try outcome { try log.append(request) }
    note("\(summary(of: request)) → \(summary(of: expected))")
    guard outcome == expected else {
      throw Mismatch("outcome of an append", store: outcome, model: expected)
    }
    remember(request, expected)
  }

  func remember(_ request: AppendRequest, _ outcome: NaiveLog.Outcome) {
    guard case .stored(_, let count, let isDuplicate, _) = outcome else {
      tally.refused += 1
      return
    }
    tally.events += isDuplicate ? 0 : count
    tally.repeated += isDuplicate ? 1 : 0
    if request.idempotencyKey != nil, !isDuplicate { said.append(request) }
  }

  /// What the store says to an append, in the words of the naive log.
  func outcome(_ body: () throws -> AppendResult) throws -> NaiveLog.Outcome {
    do {
      let result = try body()
      return .stored(
        first: Int(result.first.number), count: result.count, isDuplicate: result.isDuplicate,
        admitted: result.firstAdmitted?.number)
    } catch let error as AppendError {
      switch error {
      case .wrongExpectedVersion(let stream, _, let actual, let since):
        for read in since { try compare(read) }
        return .wrongVersion(
          stream, actual: actual, since: since.map { Int($0.header.position.number) })
      case .idempotencyConflict(let first): return .keyUsed(first: Int(first.number))
      case .event: return .badEvent
      case .noSuchParticipant(let ref): return .noSuchParticipant(ref)
      case .codeTaken: return .codeTaken
      case .externalIDTaken(let id): return .idTaken(id)
      case .badTarget(let position): return .badTarget(position.number)
      case .notTried: return .notTried
      case .erased(let ref, _): return .erased(ref)
      case .groupDropped(let group, _): return .groupDropped(group)
      case .log(.timesNotInjectable): return .timesNotAllowed
      default: throw error
      }
    }
  }

  private func summary(of request: AppendRequest) -> String {
    let parts = request.parts.map { part in
      let target =
        switch part.target {
        case .stream(let stream): "\(stream.kind) \(stream.ref)"
        case .admitted(let index): "new \(request.admitted[index].externalID ?? "-")"
        }
      let events = part.events.map { event in
        event.type.name + (event[Fields.target].map { " of #\($0)" } ?? "")
      }
      return "\(target) (\(part.expected)): \(events.joined(separator: ", "))"
    }
    return parts.joined(separator: "; ") + (request.idempotencyKey == nil ? "" : " [key]")
  }

  private func summary(of outcome: NaiveLog.Outcome) -> String {
    guard case .stored(let first, let count, let isDuplicate, _) = outcome else {
      return "\(outcome)"
    }
    return "#\(first)+\(count)\(isDuplicate ? " again" : "")"
  }
}

/// What trials did, summed up for the report.
struct Tally: CustomStringConvertible {
  var trials = 0
  var steps = 0
  var events = 0
  var refused = 0
  var repeated = 0
  var erased = 0
  /// Erased people who had been one person with somebody who was not erased with them.
  var halves = 0
  /// Events that were taken back by undoing imports.
  var undone = 0
  var restrictions = 0
  var comparisons = 0

  static func += (left: inout Tally, right: Tally) {
    left.trials += right.trials
    left.steps += right.steps
    left.events += right.events
    left.refused += right.refused
    left.repeated += right.repeated
    left.erased += right.erased
    left.halves += right.halves
    left.undone += right.undone
    left.restrictions += right.restrictions
    left.comparisons += right.comparisons
  }

  var description: String {
    "\(trials) seeds, \(steps) steps, \(events) events stored, \(refused) requests refused,"
      + " \(repeated) repeated, \(erased) people erased, \(halves) of them halves of a merged pair,"
      + " \(undone) events taken back with their import, \(restrictions) restrictions or liftings,"
      + " \(comparisons) comparisons"
  }
}

/// A clock that moves only when it is told to, backwards too.
final class SteppedClock: Sendable {
  private let instant = Mutex<Int64>(1_772_355_600_000_000)
  var time: Int64 { instant.withLock { $0 } }
  func advance(by microseconds: Int64) { instant.withLock { $0 += microseconds } }
}
