import EventLog
import Journey
import LMDB

/// What is asked of a scan.
struct ScanRequest: Sendable {
  /// The state of knowledge; nil for everything the view covers.
  let size: UInt64?
  let columns: ViewColumns
  /// The names of the attributes to read; nil for all.
  let attributes: Set<String>?
  let people: ScannedPeople
  /// By attribute the value that somebody in a block must have.
  let wanted: [String: String]
}

/// One thread's way through the view: what to read of which block, as one transaction sees it.
struct ScanPlan {
  /// How many records the view covers.
  let covered: UInt64
  private let view: JourneysView.OpenView
  private let asked: ScanRequest
  private let catalogue: AttributeCatalogue
  private let attributes: JourneyBlock.Columns
  /// By attribute, whether the latest statement counts.
  private let latest: [Bool]
  private let asOf: UInt64?
  private let known: UInt64
  private let persons: PersonGroups
  /// Whom figures leave out, ascending.
  private let leftOut: [UInt32]
  private let days: RecordedDays?
  /// Whose newer copy stands in the overlay, ascending.
  private let overlaid: [UInt32]
  private let blocks: UInt32
  private let wanted: WantedValues

  init(
    _ asked: ScanRequest, of view: JourneysView.OpenView,
    _ transaction: borrowing ReadTransaction
  ) throws {
    guard let checkpoint = try view.checkpoint(transaction) else { throw ViewError.damaged }
    try view.checkExtent(transaction)
    self.view = view
    self.asked = asked
    covered = checkpoint.size
    let catalogue = try view.catalogue(transaction)
    self.catalogue = catalogue
    attributes =
      asked.attributes.map { names in .only(Set(names.compactMap { catalogue.number(of: $0) })) }
      ?? .all
    wanted = WantedValues(asked.wanted, catalogue)
    latest = catalogue.isLatestCounted
    asOf = asked.size.flatMap { $0 < checkpoint.size ? $0 : nil }
    known = asOf ?? checkpoint.size
    let marks = try view.marks(transaction)
    persons = MergeHistory(marks, participants: checkpoint.participants).groups(size: known)
    leftOut = marks.leftOut(size: known).sorted()
    days = asked.columns.contains(.told) ? try view.recordedDays(transaction) : nil
    overlaid = try view.overlaidRefs(transaction)
    blocks = UInt32(try transaction.count(view.blocks))
  }

  /// Passes one half of the blocks, and then of the overlaid people, through a body.
  func run<R>(
    _ half: Int, _ transaction: borrowing ReadTransaction,
    _ body: (AttributeCatalogue, _ next: () throws -> EffectiveBlock?) throws -> R
  ) throws -> R {
    let middle = try begun(transaction) / 2
    var number = half == 0 ? 0 : middle
    let end = half == 0 ? middle : blocks
    // Each person once: where the one stands whose code stays.
    let heads = overlaid.filter {
      persons.person(of: ParticipantRef($0))[0].number == $0
        && asked.people.contains(block: $0 / UInt32(JourneyBlock.width))
    }
    var waiting = half == 0 ? heads[..<(heads.count / 2)] : heads[(heads.count / 2)...]
    return try body(catalogue) {
      while number < end {
        defer { number += 1 }
        guard asked.people.contains(block: number) else { continue }
        guard let bytes = try transaction.value(for: number, in: view.blocks) else {
          throw ViewError.damaged
        }
        let first = number * UInt32(JourneyBlock.width)
        if let block = try effective(bytes, from: first, isOverlay: false) { return block }
      }
      while let ref = waiting.popFirst() {
        if let block = try overlaid(ref, transaction) { return block }
      }
      return nil
    }
  }

  /// About how many blocks have somebody in them who was known.
  ///
  /// Participants are numbered as they come, so the later ones were not: halves of all blocks would leave one
  /// thread with little to do.
  private func begun(_ transaction: borrowing ReadTransaction) throws -> UInt32 {
    guard let asOf else { return blocks }
    var (low, high) = (UInt32(0), blocks)
    while low < high {
      let middle = (low + high) / 2
      guard let bytes = try transaction.value(for: middle, in: view.blocks) else {
        throw ViewError.damaged
      }
      let isKnown = try JourneyBlock.Head(bytes: bytes).begun < asOf
      if isKnown { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// An overlaid person, who may be several participants.
  private func overlaid(
    _ ref: UInt32, _ transaction: borrowing ReadTransaction
  ) throws -> EffectiveBlock? {
    let members = persons.person(of: ParticipantRef(ref))
    if members.count > 1 {
      let journeys = try members.map { try view.overlaid($0.number, transaction) }
      return EffectiveBlock(
        merging: journeys, head: ref, size: known, catalogue, latestCounts: latest, asked.columns,
        isLeftOut: members.contains { !among(leftOut, $0.number..<$0.number + 1).isEmpty },
        days: days)
    }
    guard let bytes = try transaction.value(for: ref, in: view.overlay) else {
      throw ViewError.damaged
    }
    return try effective(bytes, from: ref, isOverlay: true)
  }

  /// What a block says at the state of knowledge; nil where nobody in it was known.
  private func effective(
    _ bytes: Span<UInt8>, from first: UInt32, isOverlay: Bool
  ) throws -> EffectiveBlock? {
    let head = try JourneyBlock.Head(bytes: bytes)
    // A block that stands at another's place is as whole as any.
    guard head.firstRef == first else { throw ViewError.damaged }
    var columns = asked.columns
    let refs = first..<first + head.count
    let hidden = isOverlay ? [] : among(overlaid, refs)
    let leftOut = among(leftOut, refs)
    guard let asOf, head.settled > asOf else {
      if !wanted.isEmpty {
        let block = try JourneyBlock(head, bytes, [], wanted.attributes)
        guard wanted.fitSomebody(of: block) else { return nil }
      }
      if columns.contains(.entries), head.plainEntries == 1 { columns = .outline }
      let block = try JourneyBlock(head, bytes, parts(of: head, columns), attributes)
      return EffectiveBlock(current: block, columns, hidden: hidden, leftOut: leftOut, days: days)
    }
    if head.begun >= asOf { return nil }
    var parts: JourneyBlock.Parts = [.steps, .history]
    if columns.contains(.details) { parts.insert(.details) }
    return EffectiveBlock(
      try JourneyBlock(head, bytes, parts, attributes), columns, size: asOf, hidden: hidden,
      leftOut: leftOut, latestCounts: latest, days: days)
  }

  /// Those of some ascending refs that lie in a range.
  private func among(_ refs: [UInt32], _ range: Range<UInt32>) -> Set<UInt32> {
    guard !refs.isEmpty else { return [] }
    var (low, high) = (0, refs.count)
    while low < high {
      let middle = (low + high) / 2
      if refs[middle] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return Set(refs[low...].prefix { $0 < range.upperBound })
  }

  /// What to read of a block that counts as it stands.
  private func parts(of head: JourneyBlock.Head, _ columns: ViewColumns) -> JourneyBlock.Parts {
    var parts: JourneyBlock.Parts = columns.contains(.outline) ? .outline : .steps
    if columns.contains(.details) { parts.insert(.details) }
    if columns.contains(.positions) { parts.insert(.history) }
    if columns.contains(.told) { parts.insert(head.told == head.steps ? .told : .history) }
    return parts
  }
}
