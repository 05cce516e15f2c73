extension JourneyBlock {
  /// The block as bytes: part after part, each with a checksum behind it.
  ///
  /// First the counts and who is known; then the outline; each attribute by itself; the steps that
  /// stand; when they were first told; what is stated besides; and the columns of history. Each column
  /// is padded to eight bytes. Checksums, because the database has none; so many, so that a question
  /// touches only the pages of the parts that it needs.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    let head = head
    bytes.reserveCapacity(Int(head.size))
    var part = 0
    func close() {
      append([columnSum(bytes.span.extracting(part..<bytes.count))], to: &bytes)
      part = bytes.count
    }
    append(head.numbers, to: &bytes)
    append(known, to: &bytes)
    close()
    append(outlineStarts, to: &bytes)
    append(outline, to: &bytes)
    close()
    for column in values {
      append(column, to: &bytes)
      close()
    }
    append(starts, to: &bytes)
    append(milestones, to: &bytes)
    close()
    append(told, to: &bytes)
    close()
    for columns in [details, closedDetails] {
      append(columns.rows, to: &bytes)
      append(columns.bits, to: &bytes)
      append(columns.names, to: &bytes)
    }
    close()
    append(firstRecorded, to: &bytes)
    append(recorded, to: &bytes)
    append(closedStarts, to: &bytes)
    append(closed, to: &bytes)
    append(closedFrom, to: &bytes)
    append(closedTo, to: &bytes)
    append(origins, to: &bytes)
    append(historyParticipant, to: &bytes)
    append(historyColumn, to: &bytes)
    append(historyValue, to: &bytes)
    append(historyDay, to: &bytes)
    append(historyFrom, to: &bytes)
    append(historyTo, to: &bytes)
    close()
    return bytes
  }

  private var head: Head {
    Head(
      firstRef: UInt64(firstRef), count: UInt64(count), steps: UInt64(milestones.count),
      outline: UInt64(outline.count), told: UInt64(told.count), closed: UInt64(closed.count),
      attributes: UInt64(attributeCount), statements: UInt64(historyParticipant.count),
      details: UInt64(details.count), closedDetails: UInt64(closedDetails.count),
      begun: span.begun, settled: span.settled, plainEntries: hasPlainEntries ? 1 : 0)
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
    var at = 0
    /// Goes to a part; whether it is to be read.
    func open(_ range: Range<Int>, _ isWanted: Bool) throws(ViewError) -> Bool {
      at = range.lowerBound
      if isWanted { try JourneyBlock.check(bytes, range) }
      return isWanted
    }
    func next<T: BitwiseCopyable>(_ type: T.Type, _ count: UInt64) throws(ViewError) -> [T] {
      guard let values = column(type, in: bytes, at: at, count: Int(count)) else {
        throw .damaged
      }
      at += (Int(count) * MemoryLayout<T>.stride + 7) / 8 * 8
      return values
    }
    let (people, steps, gone) = (head.count, head.steps, head.closed)
    firstRef = UInt32(head.firstRef)
    attributeCount = Int(head.attributes)
    span = (head.begun, head.settled)
    hasPlainEntries = head.plainEntries == 1
    at = Head.length
    known = try next(UInt8.self, people)
    let places = head.places
    if try open(places.outline, parts.contains(.outline)) {
      outlineStarts = try next(UInt32.self, people + 1)
      outline = try next(UInt64.self, head.outline)
    }
    for (number, place) in places.attributes.enumerated() {
      let isRead = try open(place, attributes.contains(number))
      values.append(isRead ? try next(UInt16.self, people) : [])
    }
    if try open(places.steps, parts.contains(.steps)) {
      starts = try next(UInt32.self, people + 1)
      milestones = try next(UInt64.self, steps)
    }
    if try open(places.told, parts.contains(.told)) { told = try next(Int32.self, head.told) }
    if try open(places.details, parts.contains(.details)) {
      for (number, rows) in [(head.details, steps), (head.closedDetails, gone)].enumerated() {
        let columns = DetailColumns(
          rows: try next(UInt32.self, rows.0), bits: try next(UInt64.self, rows.0),
          names: try next(UInt32.self, rows.0))
        guard columns.fit(Int(rows.1)) else { throw .damaged }
        if number == 0 { details = columns } else { closedDetails = columns }
      }
    }
    guard try open(places.history, parts.contains(.history)) else { return }
    let statements = head.statements
    firstRecorded = try next(UInt64.self, people)
    recorded = try next(UInt64.self, steps)
    closedStarts = try next(UInt32.self, people + 1)
    closed = try next(UInt64.self, gone)
    closedFrom = try next(UInt64.self, gone)
    closedTo = try next(UInt64.self, gone)
    origins = try next(UInt8.self, people * head.attributes)
    historyParticipant = try next(UInt32.self, statements)
    historyColumn = try next(UInt16.self, statements)
    historyValue = try next(UInt16.self, statements)
    historyDay = try next(Int32.self, statements)
    historyFrom = try next(UInt64.self, statements)
    historyTo = try next(UInt64.self, statements)
  }

  /// Compares a part with the checksum behind it.
  static func check(_ bytes: Span<UInt8>, _ part: Range<Int>) throws(ViewError) {
    guard let sum = column(UInt64.self, in: bytes, at: part.upperBound, count: 1),
      columnSum(bytes.extracting(part)) == sum[0]
    else { throw .damaged }
  }
}
