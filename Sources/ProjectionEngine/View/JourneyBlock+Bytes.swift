extension JourneyBlock {
  /// The block as bytes: six counts and the length of the first part, the columns that say what
  /// stands now, a checksum over all of these; then the columns of history and a checksum over them.
  ///
  /// Each column is padded to eight bytes. Checksums, because the database has none; two, so that a
  /// question about what stands now never touches the pages of history.
  var bytes: [UInt8] {
    var current: [UInt8] = []
    current.reserveCapacity(milestones.count * 8 + count * (attributeCount * 2 + 16) + 256)
    append(starts, to: &current)
    append(milestones, to: &current)
    append(firstRecorded, to: &current)
    append(values, to: &current)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(2 * current.count + count * (attributeCount + 8) + 256)
    append(
      [
        UInt64(firstRef), UInt64(count), UInt64(milestones.count), UInt64(closed.count),
        UInt64(attributeCount), UInt64(historyParticipant.count), UInt64(current.count),
      ], to: &bytes)
    bytes += current
    append([columnSum(bytes.span)], to: &bytes)
    let history = bytes.count
    append(recorded, to: &bytes)
    append(closedStarts, to: &bytes)
    append(closed, to: &bytes)
    append(closedFrom, to: &bytes)
    append(closedTo, to: &bytes)
    append(deltas, to: &bytes)
    append(historyParticipant, to: &bytes)
    append(historyColumn, to: &bytes)
    append(historyValue, to: &bytes)
    append(historyDay, to: &bytes)
    append(historyFrom, to: &bytes)
    append(historyTo, to: &bytes)
    append([columnSum(bytes.span.extracting(history..<bytes.count))], to: &bytes)
    return bytes
  }

  /// What a question needs of a block.
  enum Part: Sendable {
    /// What stands now.
    case current
    /// Everything, for as-of questions and for rewriting.
    case all
  }

  /// Bytes of the counts at the beginning.
  private static let headSize = 56

  /// Reads a block.
  ///
  /// - Throws: `ViewError.damaged` when the bytes are not those that were written.
  init(bytes: Span<UInt8>, _ part: Part = .all) throws(ViewError) {
    guard let head = column(UInt64.self, in: bytes, at: 0, count: 7) else { throw .damaged }
    let (people, steps, gone, attributes, statements) = (
      head[1], head[2], head[3], head[4], head[5]
    )
    guard head[0] <= UInt64(UInt32.max), attributes < 1 << 16, head[6] <= UInt64(bytes.count)
    else { throw .damaged }
    guard UInt64(bytes.count) == JourneyBlock.size(of: head) else { throw .damaged }
    var at = try JourneyBlock.check(bytes, 0..<JourneyBlock.headSize + Int(head[6]))
    if part == .all { _ = try JourneyBlock.check(bytes, at..<bytes.count - 8) }
    let history = at
    at = JourneyBlock.headSize
    func next<T: BitwiseCopyable>(_ type: T.Type, _ count: UInt64) throws(ViewError) -> [T] {
      guard count < 1 << 32, let values = column(type, in: bytes, at: at, count: Int(count)) else {
        throw .damaged
      }
      at += (Int(count) * MemoryLayout<T>.stride + 7) / 8 * 8
      return values
    }
    firstRef = UInt32(head[0])
    attributeCount = Int(attributes)
    starts = try next(UInt32.self, people + 1)
    milestones = try next(UInt64.self, steps)
    firstRecorded = try next(UInt64.self, people)
    values = try next(UInt16.self, people * attributes)
    guard part == .all else { return }
    at = history
    recorded = try next(UInt64.self, steps)
    closedStarts = try next(UInt32.self, people + 1)
    closed = try next(UInt64.self, gone)
    closedFrom = try next(UInt64.self, gone)
    closedTo = try next(UInt64.self, gone)
    deltas = try next(UInt8.self, people * attributes)
    historyParticipant = try next(UInt32.self, statements)
    historyColumn = try next(UInt16.self, statements)
    historyValue = try next(UInt16.self, statements)
    historyDay = try next(Int32.self, statements)
    historyFrom = try next(UInt64.self, statements)
    historyTo = try next(UInt64.self, statements)
  }

  /// How many bytes a block with these counts has; nil when the counts make no sense.
  private static func size(of head: [UInt64]) -> UInt64? {
    guard head.allSatisfy({ $0 < 1 << 32 }) else { return nil }
    let (people, steps, gone, attributes, statements) = (
      head[1], head[2], head[3], head[4], head[5]
    )
    func padded(_ bytes: UInt64) -> UInt64 { (bytes + 7) / 8 * 8 }
    return UInt64(headSize) + head[6] + 8
      + steps * 8 + padded((people + 1) * 4) + gone * 24 + padded(people * attributes)
      + padded(statements * 4) + 2 * padded(statements * 2) + padded(statements * 4)
      + statements * 16 + 8
  }

  /// Compares a part with the checksum behind it; gives where the next part begins.
  private static func check(_ bytes: Span<UInt8>, _ part: Range<Int>) throws(ViewError) -> Int {
    guard part.lowerBound <= part.upperBound, part.count % 8 == 0,
      let sum = column(UInt64.self, in: bytes, at: part.upperBound, count: 1),
      columnSum(bytes.extracting(part)) == sum[0]
    else { throw .damaged }
    return part.upperBound + 8
  }
}
