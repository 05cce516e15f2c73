import EventLog
import LMDB

/// A state of knowledge: the log as it was after its first records.
public struct Knowledge: Sendable, Equatable {
  /// The number of records known.
  public let size: UInt64
  /// Whether these are all records of the log.
  public let isCurrent: Bool
}

/// Whose journeys a scan passes.
public enum ScannedPeople: Sendable {
  /// Everybody's.
  case all
  /// Those of a fixed sample: the first 16,384 participants, of the later ones every sixteenth
  /// 2,048. Nothing that is recorded later moves anybody into it or out.
  case sampled

  private static let wholeBlocks: UInt32 = 8
  private static let step: UInt32 = 16

  func contains(block: UInt32) -> Bool {
    switch self {
    case .all: true
    case .sampled:
      block < ScannedPeople.wholeBlocks || block.isMultiple(of: ScannedPeople.step)
    }
  }
}

extension JourneysView {
  /// Passes all journeys, as known after `size` records, through a body on both cores.
  ///
  /// Call `refresh` first. The body runs on two threads, each with its own half of the blocks; it
  /// gives one result per half, in a fixed order, for the caller to put together.
  ///
  /// - Parameters:
  ///   - size: The state of knowledge; nil for everything the view covers.
  ///   - columns: What to read of each step besides the milestone.
  ///   - attributes: Which attributes to read, by name; nil for all.
  ///   - people: Whose journeys.
  ///   - having: By the names of attributes the values, letter case aside, that somebody in a block must have
  ///     for it to be handed out; others in the block may have others.
  ///   - body: Folds one half, pulling blocks until there are none.
  /// - Throws: `ViewError`, or what the body throws.
  public func scan<R: Sendable>(
    size: UInt64? = nil, reading columns: ViewColumns = [], attributes: Set<String>? = nil,
    people: ScannedPeople = .all, having wanted: [String: String] = [:],
    _ body: @Sendable (AttributeCatalogue, _ next: () throws -> EffectiveBlock?) throws -> R
  ) throws -> (results: [R], knowledge: Knowledge) {
    do {
      guard let view = try current() else { throw ViewError.damaged }
      let asked = ScanRequest(
        size: size, columns: columns, attributes: attributes, people: people, wanted: wanted)
      while true {
        let halves = try concurrentMap(2) { half in
          try view.environment.read { transaction in
            let plan = try ScanPlan(asked, of: view, transaction)
            return (try plan.run(half, transaction, body), plan.covered)
          }
        }
        // Both threads must have read the same state; a refresh in between is rare: once more.
        guard Set(halves.map(\.1)).count == 1, let covered = halves.first?.1 else {
          continue
        }
        // What was read beside an erasure is not shown.
        try log.checkKeys()
        let known = min(size ?? covered, covered)
        return (halves.map(\.0), Knowledge(size: known, isCurrent: known == covered))
      }
    } catch {
      // What the body throws is its own affair.
      throw ViewError.known(error) ?? error
    }
  }

  /// On which days the first `size` records were taken in.
  ///
  /// - Precondition: The view was refreshed since.
  func recordedDays(size: UInt64) throws -> RecordedDays {
    guard let view = try current() else { throw ViewError.damaged }
    return try view.environment.read { try view.recordedDays($0) }.prefix(size)
  }
}

extension JourneysView.OpenView {
  /// Who stands in the overlay, by ref, ascending.
  ///
  /// A page in the place of another can hide some of them, and older copies of theirs would count.
  func overlaidRefs(_ transaction: borrowing some Transaction & ~Copyable) throws -> [UInt32] {
    var refs: [UInt32] = []
    var cursor = try transaction.cursor(overlay)
    var entry = try cursor.first()
    while let current = entry {
      guard let ref = current.uint32Key, refs.last ?? 0 <= ref else { throw ViewError.damaged }
      refs.append(ref)
      entry = try cursor.next()
    }
    guard refs.count == (try transaction.count(overlay)) else { throw ViewError.damaged }
    return refs
  }

  /// The journey of an overlaid participant.
  func overlaid(
    _ ref: UInt32, _ transaction: borrowing ReadTransaction
  ) throws -> FoldedJourney {
    guard let bytes = try transaction.value(for: ref, in: overlay),
      let journey = try JourneyBlock(bytes: bytes).journeys().first
    else { throw ViewError.damaged }
    return journey
  }
}
