import EventLog
import Journey
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
  ///   - people: Whose journeys.
  ///   - body: Folds one half, pulling blocks until there are none.
  /// - Throws: `ViewError`, or what the body throws.
  public func scan<R: Sendable>(
    size: UInt64? = nil, reading columns: ViewColumns = [], people: ScannedPeople = .all,
    _ body: @Sendable (AttributeCatalogue, _ next: () throws -> EffectiveBlock?) throws -> R
  ) throws -> (results: [R], knowledge: Knowledge) {
    do {
      guard let view = try current() else { throw ViewError.damaged }
      while true {
        let halves = try concurrentMap(2) { half in
          try scanHalf(half, of: view, size: size, columns, people, body)
        }
        // Both threads must have read the same state; a refresh in between is rare: once more.
        guard Set(halves.map(\.covered)).count == 1, let covered = halves.first?.covered else {
          continue
        }
        // What was read beside an erasure is not shown.
        try log.checkKeys()
        let known = min(size ?? covered, covered)
        return (
          halves.map(\.result), Knowledge(size: known, isCurrent: known == covered)
        )
      }
    } catch {
      // What the body throws is its own affair.
      throw ViewError.known(error) ?? error
    }
  }

  private func scanHalf<R: Sendable>(
    _ half: Int, of view: OpenView, size: UInt64?, _ columns: ViewColumns,
    _ people: ScannedPeople,
    _ body: @Sendable (AttributeCatalogue, _ next: () throws -> EffectiveBlock?) throws -> R
  ) throws -> (result: R, covered: UInt64) {
    try view.environment.read { transaction in
      guard let checkpoint = try view.checkpoint(transaction) else { throw ViewError.damaged }
      try view.checkExtent(transaction)
      let catalogue = try view.catalogue(transaction)
      let latest = catalogue.columns.map { AttributeCatalogue.latestCounts.contains($0.name) }
      let asOf = size.flatMap { $0 < checkpoint.size ? $0 : nil }
      var parts: JourneyBlock.Parts = []
      if columns.contains(.details) { parts.insert(.details) }
      if asOf != nil || columns.contains(.positions) { parts.insert(.history) }
      let hidden = try view.overlaidRefs(transaction)
      let marks = try view.marks(transaction)
      let known = asOf ?? checkpoint.size
      let persons = MergeHistory(marks, participants: checkpoint.participants).groups(size: known)
      let leftOut = marks.leftOut(size: known)
      let blocks = UInt32(try transaction.count(view.blocks))
      let middle = blocks / 2
      var number = half == 0 ? 0 : middle
      let end = half == 0 ? middle : blocks
      // Each person once: where the one stands whose code stays.
      let heads = hidden.filter {
        persons.person(of: ParticipantRef($0))[0].number == $0
          && people.contains(block: $0 / UInt32(JourneyBlock.width))
      }
      var overlaid = half == 0 ? heads[..<(heads.count / 2)] : heads[(heads.count / 2)...]
      let hiddenSet = Set(hidden)

      func effective(
        _ bytes: Span<UInt8>, from first: UInt32, _ hidden: Set<UInt32>
      ) throws -> EffectiveBlock {
        let block = try JourneyBlock(bytes: bytes, parts)
        // A block that stands at another's place is as whole as any.
        guard block.firstRef == first else { throw ViewError.damaged }
        guard let asOf else {
          return EffectiveBlock(current: block, columns, hidden: hidden, leftOut: leftOut)
        }
        return EffectiveBlock(
          block, columns, size: asOf, hidden: hidden, leftOut: leftOut, latestCounts: latest)
      }
      let result = try body(catalogue) {
        while number < end, !people.contains(block: number) { number += 1 }
        if number < end {
          defer { number += 1 }
          guard let bytes = try transaction.value(for: number, in: view.blocks) else {
            throw ViewError.damaged
          }
          return try effective(bytes, from: number * UInt32(JourneyBlock.width), hiddenSet)
        }
        guard let ref = overlaid.popFirst() else { return nil }
        let members = persons.person(of: ParticipantRef(ref))
        if members.count > 1 {
          let journeys = try members.map { try view.overlaid($0.number, transaction) }
          return EffectiveBlock(
            merging: journeys, head: ref, size: known, catalogue, latestCounts: latest, columns,
            isLeftOut: members.contains { leftOut.contains($0.number) })
        }
        guard let bytes = try transaction.value(for: ref, in: view.overlay) else {
          throw ViewError.damaged
        }
        return try effective(bytes, from: ref, [])
      }
      return (result, checkpoint.size)
    }
  }
}

extension JourneysView.OpenView {
  /// Who stands in the overlay, by ref.
  func overlaidRefs(_ transaction: borrowing some Transaction & ~Copyable) throws -> [UInt32] {
    var refs: [UInt32] = []
    var cursor = try transaction.cursor(overlay)
    var entry = try cursor.first()
    while let current = entry {
      guard let ref = current.uint32Key else { throw ViewError.damaged }
      refs.append(ref)
      entry = try cursor.next()
    }
    return refs
  }

  /// The journey of an overlaid participant.
  fileprivate func overlaid(
    _ ref: UInt32, _ transaction: borrowing ReadTransaction
  ) throws -> FoldedJourney {
    guard let bytes = try transaction.value(for: ref, in: overlay),
      let journey = try JourneyBlock(bytes: bytes).journeys().first
    else { throw ViewError.damaged }
    return journey
  }
}
