extension JourneyBlock {
  /// The block as bytes: eight counts and the length of the first part, the columns that say what
  /// stands now, a checksum over all of these; then what is stated besides, and a checksum over it;
  /// then the columns of history and a checksum over them.
  ///
  /// Each column is padded to eight bytes. Checksums, because the database has none; three, so that
  /// a question touches only the pages of the parts that it needs.
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
        UInt64(details.count), UInt64(closedDetails.count),
      ], to: &bytes)
    bytes += current
    append([columnSum(bytes.span)], to: &bytes)
    var part = bytes.count
    for columns in [details, closedDetails] {
      append(columns.rows, to: &bytes)
      append(columns.bits, to: &bytes)
      append(columns.names, to: &bytes)
    }
    append([columnSum(bytes.span.extracting(part..<bytes.count))], to: &bytes)
    part = bytes.count
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
    append([columnSum(bytes.span.extracting(part..<bytes.count))], to: &bytes)
    return bytes
  }

  /// What a question needs of a block besides what stands now.
  struct Parts: OptionSet, Sendable {
    let rawValue: UInt8
    /// What is stated about milestones besides.
    static let details = Parts(rawValue: 1)
    /// What was replaced, and which records stated what: for as-of questions.
    static let history = Parts(rawValue: 2)
    /// Everything, for rewriting.
    static let all: Parts = [.details, .history]
  }

  /// Bytes of the counts at the beginning.
  static let headSize = 72

  /// Reads a block: what stands now, and the parts that are asked for.
  ///
  /// - Throws: `ViewError.damaged` when the bytes are not those that were written.
  init(bytes: Span<UInt8>, _ parts: Parts = .all) throws(ViewError) {
    guard let head = column(UInt64.self, in: bytes, at: 0, count: 9) else { throw .damaged }
    let (people, steps, gone, attributes, statements) = (
      head[1], head[2], head[3], head[4], head[5]
    )
    guard head[0] <= UInt64(UInt32.max), attributes < 1 << 16, head[6] <= UInt64(bytes.count),
      let sizes = JourneyBlock.sizes(of: head),
      UInt64(bytes.count) == sizes.reduce(0, { $0 + $1 + 8 })
    else { throw .damaged }
    let current = Int(sizes[0])
    let (besides, history) = (current + 8, current + 8 + Int(sizes[1]) + 8)
    try JourneyBlock.check(bytes, 0..<current)
    if parts.contains(.details) { try JourneyBlock.check(bytes, besides..<history - 8) }
    if parts.contains(.history) { try JourneyBlock.check(bytes, history..<bytes.count - 8) }
    var at = JourneyBlock.headSize
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
    if parts.contains(.details) {
      at = besides
      for (number, rows) in [(head[7], steps), (head[8], gone)].enumerated() {
        let columns = DetailColumns(
          rows: try next(UInt32.self, rows.0), bits: try next(UInt64.self, rows.0),
          names: try next(UInt32.self, rows.0))
        guard columns.fit(Int(rows.1)) else { throw .damaged }
        if number == 0 { details = columns } else { closedDetails = columns }
      }
    }
    guard parts.contains(.history) else { return }
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

  /// How many bytes the parts of a block with these counts have, without their checksums; nil when
  /// the counts make no sense.
  private static func sizes(of head: [UInt64]) -> [UInt64]? {
    guard head.allSatisfy({ $0 < 1 << 32 }) else { return nil }
    let (people, steps, gone, attributes, statements) = (
      head[1], head[2], head[3], head[4], head[5]
    )
    func padded(_ bytes: UInt64) -> UInt64 { (bytes + 7) / 8 * 8 }
    let besides = [head[7], head[8]].reduce(0) { $0 + 2 * padded($1 * 4) + $1 * 8 }
    let history =
      steps * 8 + padded((people + 1) * 4) + gone * 24 + padded(people * attributes)
      + 2 * padded(statements * 4) + 2 * padded(statements * 2) + statements * 16
    return [UInt64(headSize) + head[6], besides, history]
  }

  /// Compares a part with the checksum behind it.
  private static func check(_ bytes: Span<UInt8>, _ part: Range<Int>) throws(ViewError) {
    guard part.lowerBound <= part.upperBound, part.count % 8 == 0,
      let sum = column(UInt64.self, in: bytes, at: part.upperBound, count: 1),
      columnSum(bytes.extracting(part)) == sum[0]
    else { throw .damaged }
  }
}
