import EventLog

extension JourneyBlock {
  /// The block as bytes: six lengths, the columns in order, each padded to eight bytes, and a
  /// checksum over all of it, because the database has none.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(milestones.count * 16 + count * (attributeCount * 3 + 16) + 256)
    append(
      [
        UInt64(firstRef), UInt64(count), UInt64(milestones.count), UInt64(closed.count),
        UInt64(attributeCount), UInt64(historyParticipant.count),
      ], to: &bytes)
    append(starts, to: &bytes)
    append(milestones, to: &bytes)
    append(firstRecorded, to: &bytes)
    append(recorded, to: &bytes)
    append(closedStarts, to: &bytes)
    append(closed, to: &bytes)
    append(closedFrom, to: &bytes)
    append(closedTo, to: &bytes)
    append(values, to: &bytes)
    append(deltas, to: &bytes)
    append(historyParticipant, to: &bytes)
    append(historyColumn, to: &bytes)
    append(historyValue, to: &bytes)
    append(historyDay, to: &bytes)
    append(historyFrom, to: &bytes)
    append(historyTo, to: &bytes)
    append([UInt64(CRC32C.checksum(bytes.span))], to: &bytes)
    return bytes
  }

  /// What a question needs of a block.
  enum Part: Sendable {
    /// What stands now.
    case current
    /// Everything, for as-of questions and for rewriting.
    case all
  }

  /// Reads a block.
  ///
  /// - Throws: `ViewError.damaged` when the bytes are not those that were written.
  init(bytes stored: Span<UInt8>, _ part: Part = .all) throws(ViewError) {
    guard stored.count >= 8,
      let sum = column(UInt64.self, in: stored, at: stored.count - 8, count: 1)
    else { throw .damaged }
    let bytes = stored.extracting(0..<stored.count - 8)
    guard UInt64(CRC32C.checksum(bytes)) == sum[0] else { throw .damaged }
    guard let head = column(UInt64.self, in: bytes, at: 0, count: 6) else { throw .damaged }
    var at = 48
    func next<T: BitwiseCopyable>(_ type: T.Type, _ count: UInt64, skip: Bool = false)
      throws(ViewError) -> [T]
    {
      guard count < 1 << 32 else { throw .damaged }
      defer { at += (Int(count) * MemoryLayout<T>.stride + 7) / 8 * 8 }
      if skip { return [] }
      guard let values = column(type, in: bytes, at: at, count: Int(count)) else {
        throw .damaged
      }
      return values
    }
    let skipHistory = part == .current
    let (people, steps, gone, attributes, statements) = (
      head[1], head[2], head[3], head[4], head[5]
    )
    guard head[0] <= UInt64(UInt32.max), attributes < 1 << 16 else { throw .damaged }
    firstRef = UInt32(head[0])
    attributeCount = Int(attributes)
    starts = try next(UInt32.self, people + 1)
    milestones = try next(UInt64.self, steps)
    firstRecorded = try next(UInt64.self, people)
    recorded = try next(UInt64.self, steps, skip: skipHistory)
    closedStarts = try next(UInt32.self, people + 1, skip: skipHistory)
    closed = try next(UInt64.self, gone, skip: skipHistory)
    closedFrom = try next(UInt64.self, gone, skip: skipHistory)
    closedTo = try next(UInt64.self, gone, skip: skipHistory)
    values = try next(UInt16.self, people * attributes)
    deltas = try next(UInt8.self, people * attributes, skip: skipHistory)
    historyParticipant = try next(UInt32.self, statements, skip: skipHistory)
    historyColumn = try next(UInt16.self, statements, skip: skipHistory)
    historyValue = try next(UInt16.self, statements, skip: skipHistory)
    historyDay = try next(Int32.self, statements, skip: skipHistory)
    historyFrom = try next(UInt64.self, statements, skip: skipHistory)
    historyTo = try next(UInt64.self, statements, skip: skipHistory)
  }
}
