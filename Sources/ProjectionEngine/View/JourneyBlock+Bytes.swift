extension JourneyBlock {
  /// The block as bytes: part after part, each with a checksum behind it.
  ///
  /// First the counts, where the parts end, and who is known; then the outline; each attribute by
  /// itself; the steps that stand; when they were first told; what is stated besides; and the columns
  /// of history. Columns are packed (see `PackedColumn`) but for milestones: those need their eight
  /// bytes, and questions read them most. Checksums, because the database has none; so many, so that
  /// a question touches only the pages of the parts that it needs.
  var bytes: [UInt8] {
    var rest: [UInt8] = []
    var (begin, ends): (Int, [Int]) = (0, [])
    func close() {
      ends.append(rest.count)
      append([columnSum(rest.span.extracting(begin..<rest.count))], to: &rest)
      begin = rest.count
    }
    rest.append(starts: outlineStarts)
    append(outline, to: &rest)
    close()
    for column in values {
      rest.append(packed: column)
      close()
    }
    rest.append(starts: starts)
    append(milestones, to: &rest)
    close()
    rest.append(packed: told)
    close()
    details.append(to: &rest, of: milestones.count)
    closedDetails.append(to: &rest, of: closed.count)
    close()
    appendHistory(to: &rest)
    close()
    var people: [UInt8] = []
    people.append(packed: known)
    let first = Head.length(attributes: attributeCount) + people.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(first + 8 + rest.count)
    append(head(ends: [first] + ends.map { first + 8 + $0 }).words, to: &bytes)
    bytes += people
    append([columnSum(bytes.span)], to: &bytes)
    bytes += rest
    return bytes
  }

  /// Positions stand one larger where some are open: so 0 says that, and the others are small.
  private func appendHistory(to bytes: inout [UInt8]) {
    bytes.append(packed: firstRecorded.map { $0 &+ 1 })
    bytes.append(packed: recorded)
    bytes.append(starts: closedStarts)
    append(closed, to: &bytes)
    bytes.append(packed: closedFrom)
    bytes.append(packed: closedTo)
    bytes.append(sparse: origins)
    bytes.append(packed: historyParticipant)
    bytes.append(packed: historyColumn)
    bytes.append(packed: historyValue)
    bytes.append(packed: historyDay)
    bytes.append(packed: historyFrom)
    bytes.append(sparse: historyTo.map { $0 &+ 1 })
  }

  private func head(ends: [Int]) -> Head {
    Head(
      firstRef: firstRef, count: UInt32(count), steps: UInt32(milestones.count),
      outline: UInt32(outline.count), told: UInt32(told.count), closed: UInt32(closed.count),
      attributes: UInt32(attributeCount), statements: UInt32(historyParticipant.count),
      plainEntries: hasPlainEntries ? 1 : 0, begun: span.begun, settled: span.settled,
      ends: ends.map { UInt32($0) })
  }

  /// What a question needs of a block.
  struct Parts: OptionSet, Sendable {
    let rawValue: UInt8
    /// The steps that say when people entered, worked, left and were last seen.
    static let outline = Parts(rawValue: 1)
    /// All steps that stand.
    static let steps = Parts(rawValue: 2)
    /// When these were first told.
    static let told = Parts(rawValue: 4)
    /// What is stated about them besides.
    static let details = Parts(rawValue: 8)
    /// What was replaced, and which records stated what: for as-of questions.
    static let history = Parts(rawValue: 16)
    /// Everything, for rewriting.
    static let all: Parts = [.outline, .steps, .told, .details, .history]
  }

  /// Which attributes a question needs, by number of the column.
  enum Columns: Sendable {
    case all
    case only(Set<Int>)

    func contains(_ column: Int) -> Bool {
      switch self {
      case .all: true
      case .only(let columns): columns.contains(column)
      }
    }
  }

  /// Reads the parts of a block that are asked for.
  ///
  /// - Throws: `ViewError.damaged` when the bytes are not those that were written.
  init(
    bytes: Span<UInt8>, _ parts: Parts = .all, attributes: Columns = .all
  ) throws(ViewError) {
    self = try JourneyBlock(Head(bytes: bytes), bytes, parts, attributes)
  }

  /// Reads the parts of a block whose head was read.
  init(
    _ head: Head, _ bytes: Span<UInt8>, _ parts: Parts, _ attributes: Columns
  ) throws(ViewError) {
    /// Goes to a part, if it is to be read.
    func open(_ part: Range<Int>, _ isWanted: Bool) throws(ViewError) -> ColumnReader? {
      guard isWanted else { return nil }
      try JourneyBlock.check(bytes, part)
      return ColumnReader(part)
    }
    let (people, steps) = (Int(head.count), Int(head.steps))
    firstRef = head.firstRef
    attributeCount = Int(head.attributes)
    span = (head.begun, head.settled)
    hasPlainEntries = head.plainEntries == 1
    let places = head.places
    var reader = ColumnReader(places.people)
    known = try reader.packed(UInt8.self, people, in: bytes)
    try reader.finish()
    if var reader = try open(places.outline, parts.contains(.outline)) {
      outlineStarts = try reader.starts(people, rows: UInt64(head.outline), in: bytes)
      outline = try reader.plain(UInt64.self, Int(head.outline), in: bytes)
      try reader.finish()
    }
    values.reserveCapacity(places.attributes.count)
    for (number, place) in places.attributes.enumerated() {
      guard var reader = try open(place, attributes.contains(number)) else {
        values.append([])
        continue
      }
      values.append(try reader.packed(UInt16.self, people, in: bytes))
      try reader.finish()
    }
    if var reader = try open(places.steps, parts.contains(.steps)) {
      starts = try reader.starts(people, rows: UInt64(steps), in: bytes)
      milestones = try reader.plain(UInt64.self, steps, in: bytes)
      try reader.finish()
    }
    if var reader = try open(places.told, parts.contains(.told)) {
      told = try reader.packed(Int32.self, Int(head.told), in: bytes)
      try reader.finish()
    }
    if var reader = try open(places.details, parts.contains(.details)) {
      details = try DetailColumns(of: steps, &reader, bytes)
      closedDetails = try DetailColumns(of: Int(head.closed), &reader, bytes)
      try reader.finish()
    }
    if var reader = try open(places.history, parts.contains(.history)) {
      try readHistory(head, &reader, bytes)
      try reader.finish()
    }
  }

  private mutating func readHistory(
    _ head: Head, _ reader: inout ColumnReader, _ bytes: Span<UInt8>
  ) throws(ViewError) {
    let (people, gone, statements) = (Int(head.count), Int(head.closed), Int(head.statements))
    firstRecorded = try reader.packed(UInt64.self, people, in: bytes).map { $0 &- 1 }
    recorded = try reader.packed(UInt64.self, Int(head.steps), in: bytes)
    closedStarts = try reader.starts(people, rows: UInt64(gone), in: bytes)
    closed = try reader.plain(UInt64.self, gone, in: bytes)
    closedFrom = try reader.packed(UInt64.self, gone, in: bytes)
    closedTo = try reader.packed(UInt64.self, gone, in: bytes)
    origins = try reader.sparse(UInt8.self, people * attributeCount, in: bytes)
    historyParticipant = try reader.packed(UInt32.self, statements, in: bytes)
    historyColumn = try reader.packed(UInt16.self, statements, in: bytes)
    historyValue = try reader.packed(UInt16.self, statements, in: bytes)
    historyDay = try reader.packed(Int32.self, statements, in: bytes)
    historyFrom = try reader.packed(UInt64.self, statements, in: bytes)
    historyTo = try reader.sparse(UInt64.self, statements, in: bytes).map { $0 &- 1 }
  }

  /// Compares a part with the checksum behind it.
  static func check(_ bytes: Span<UInt8>, _ part: Range<Int>) throws(ViewError) {
    guard let sum = column(UInt64.self, in: bytes, at: part.upperBound, count: 1),
      columnSum(bytes.extracting(part)) == sum[0]
    else { throw .damaged }
  }
}
