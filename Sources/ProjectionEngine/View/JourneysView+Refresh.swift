import EventLog
import Files
import Journey
import LMDB

extension JourneysView {
  /// Brings the view up to the end of the log; makes one when there is none.
  ///
  /// Every answer begins with this, so a reader always sees its own writes.
  ///
  /// - Throws: `ViewError.aheadOfLog` or `.otherLineage` when the view does not belong to the log.
  @discardableResult
  public func refresh(progress: Progress = { _, _ in }) throws(ViewError) -> Refresh {
    do {
      try requireWholeRecord()
      if let size = try upToDateSize() {
        return Refresh(size: size, records: 0, wasRebuilt: false)
      }
      // The whole folder may be deleted at any time.
      try Folder.create(folder)
      let lock = try WriterLock(directory: folder, waitingAtMost: .seconds(60))
      defer { withExtendedLifetime(lock) {} }
      // An erasure removes views under this lock: nothing may be written with the keys before it.
      try log.checkKeys()
      // Another process may have done the work while this one waited.
      if let size = try upToDateSize() {
        return Refresh(size: size, records: 0, wasRebuilt: false)
      }
      guard let view = try current(), let checkpoint = try checkpoint(of: view) else {
        return try rebuildHoldingLock(progress: progress)
      }
      let size = try log.size()
      let new = size - checkpoint.size
      if new > max(thresholds.records.number, checkpoint.size / thresholds.records.divisor) {
        return try rebuildHoldingLock(progress: progress)
      }
      let touched = try participantsTouched(checkpoint.size..<size)
      let share = Int(checkpoint.participants) / thresholds.participants.divisor
      if touched.count > max(thresholds.participants.number, share) {
        return try rebuildHoldingLock(progress: progress)
      }
      try overlay(touched, on: view, size: size)
      return Refresh(size: size, records: new, wasRebuilt: false)
    } catch { throw ViewError(wrapping: error) }
  }

  private func checkpoint(of view: OpenView) throws -> ViewCheckpoint? {
    let read = try view.environment.read { try (view.checkpoint($0), view.keysFollowed($0)) }
    guard let checkpoint = read.0, read.1 == log.keysFollowed else { return nil }
    try checkpoint.check(against: log, path: "\(folder)/\(view.name)")
    return checkpoint
  }

  private func upToDateSize() throws -> UInt64? {
    guard let view = try current(), let checkpoint = try checkpoint(of: view) else { return nil }
    return try checkpoint.size == log.size() ? checkpoint.size : nil
  }

  private func participantsTouched(_ range: Range<UInt64>) throws -> [UInt32] {
    var refs: Set<UInt32> = []
    for record in try log.records(range) where record.header.stream.kind == .participant {
      refs.insert(record.header.stream.ref)
    }
    return refs.sorted()
  }

  /// Folds the streams of some participants afresh and lays them over their blocks.
  private func overlay(_ refs: [UInt32], on view: OpenView, size: UInt64) throws {
    var (catalogue, known, overlaid, days) = try view.environment.read { transaction in
      (
        try view.catalogue(transaction), try view.marks(transaction),
        try view.overlaidRefs(transaction), try view.recordedDays(transaction)
      )
    }
    try days.extend(to: size, of: log)
    let participants = try log.participantCount()
    var (journeys, reader) = try fold(refs, size: size, catalogue)
    let marks = known.adding(reader.marks)
    let linked = MergeHistory(marks, participants: participants).linked
    // Who is merged is read from the overlay, also when only the other's stream says so; laid out
    // in full, which those are not who were overlaid before anybody merged them.
    let inFull = MergeHistory(known, participants: participants).linked.intersection(overlaid)
    let missing = linked.subtracting(refs).subtracting(inFull).sorted()
    let others = try fold(missing, size: size, reader.catalogue)
    journeys += others.journeys
    let newer = others.reader.catalogue
    let checkpoint = try ViewCheckpoint(log: log, size: size, participants: participants)
    try view.environment.write { transaction in
      for (ref, journey) in journeys {
        let block = JourneyBlock(
          firstRef: ref, [journey], newer, inFull: linked.contains(ref), days: days
        ).bytes
        try transaction.put(key: ref, value: block.span, in: view.overlay)
      }
      try view.put(checkpoint, newer, marks, days, in: &transaction)
      // In the same transaction: the two threads of a scan know by the checkpoint alone whether
      // they read the same state.
      let people = Int(try transaction.count(view.blocks)) * JourneyBlock.width
      let limit = max(thresholds.overlaid.number, people / thresholds.overlaid.divisor)
      if Int(try transaction.count(view.overlay)) - linked.count > limit {
        try mergeOverlay(view, newer, keeping: linked, days, in: &transaction)
      }
      try view.putExtent(in: &transaction)
    }
  }

  /// Folds the streams of some participants, each as a whole; the reader has all their marks.
  func fold(
    _ refs: [UInt32], size: UInt64, _ catalogue: AttributeCatalogue
  ) throws -> (journeys: [(UInt32, FoldedJourney)], reader: FactReader) {
    var reader = FactReader(catalogue: catalogue)
    let middle = refs.count / 2
    let streams = try concurrentMap(2) { half in
      try (half == 0 ? refs[..<middle] : refs[middle...]).map { ref in
        try log.events(of: StreamID(.participant, ref), size: size)
      }
    }.flatMap { $0 }
    let erased = try log.erasedParticipants()
    let journeys = zip(refs, streams).map { ref, events in
      (
        ref,
        FoldedJourney(
          firstRecorded: erased.contains(ref)
            ? FoldedJourney.open : events.first?.header.position.number ?? FoldedJourney.open,
          facts: events.compactMap { reader.fact(of: $0) })
      )
    }
    for (ref, events) in zip(refs, streams) where reader.restricted.contains(ref) {
      reader.add(PersonMark.marks(ofRestricted: ref, events))
    }
    return (journeys, reader)
  }

  /// Writes overlaid participants back into their blocks, once they are so many that every question
  /// would feel them.
  private func mergeOverlay(
    _ view: OpenView, _ catalogue: AttributeCatalogue, keeping linked: Set<UInt32>,
    _ days: RecordedDays, in transaction: inout WriteTransaction
  ) throws {
    let width = UInt32(JourneyBlock.width)
    let overlaid = try overlaidJourneys(view, transaction)
    let newer = overlaid.filter { !linked.contains($0.key) }
    var byBlock = Dictionary(grouping: newer.keys) { $0 / width }
    // Numbers of blocks are dense, also when nobody of a block has a record.
    let known = UInt32(try transaction.count(view.blocks))
    if let last = byBlock.keys.max(), last > known {
      for number in known..<last { byBlock[number, default: []] += [] }
    }
    for number in byBlock.keys.sorted() {
      let first = number * width
      var journeys: [FoldedJourney] = []
      if let bytes = try transaction.value(for: number, in: view.blocks) {
        journeys = try JourneyBlock(bytes: bytes).journeys()
      }
      for ref in byBlock[number, default: []].sorted() {
        guard let journey = newer[ref] else { continue }
        let index = Int(ref - first)
        while journeys.count <= index {
          journeys.append(
            FoldedJourney(firstRecorded: FoldedJourney.open, rows: [], attributes: []))
        }
        journeys[index] = journey
      }
      let bytes = JourneyBlock(firstRef: first, journeys, catalogue, days: days).bytes
      try transaction.put(key: number, value: bytes.span, in: view.blocks)
    }
    try transaction.clear(view.overlay)
    for ref in linked.sorted() {
      guard let journey = overlaid[ref] else { continue }
      let bytes = JourneyBlock(
        firstRef: ref, [journey], catalogue, inFull: true, days: days
      ).bytes
      try transaction.put(key: ref, value: bytes.span, in: view.overlay)
    }
  }

  private func overlaidJourneys(
    _ view: OpenView, _ transaction: borrowing WriteTransaction
  ) throws -> [UInt32: FoldedJourney] {
    var journeys: [UInt32: FoldedJourney] = [:]
    var cursor = try transaction.cursor(view.overlay)
    var entry = try cursor.first()
    while let current = entry {
      let block = try JourneyBlock(bytes: current.value)
      journeys[block.firstRef] = block.journeys().first
      entry = try cursor.next()
    }
    guard journeys.count == (try transaction.count(view.overlay)) else { throw ViewError.damaged }
    return journeys
  }
}
