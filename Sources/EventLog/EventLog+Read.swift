import Files
public import Journey
import Keyring
import LMDB

/// A record as it stands in the log.
public struct StoredRecord: Sendable, Equatable {
  /// What can be read without a key.
  public let header: RecordHeader
  /// All bytes of the record, header included.
  public let bytes: [UInt8]
}

/// A record with its event opened.
public struct ReadEvent: Sendable, Equatable {
  /// What can be read without a key.
  public let header: RecordHeader
  /// The event; nil when the key of the person or of its group was destroyed, or the keys at hand do
  /// not open its group.
  public let event: JourneyEvent?
  /// Whether the record is there to be read, but not with the keys at hand.
  public let isClosed: Bool
  /// Whether the key of its field group was destroyed for everybody: the group was dropped by law.
  public let isDropped: Bool

  /// A record and what it says.
  public init(
    header: RecordHeader, event: JourneyEvent?, isClosed: Bool = false, isDropped: Bool = false
  ) {
    self.header = header
    self.event = event
    self.isClosed = isClosed
    self.isDropped = isDropped
  }

  /// Whether the key of the person was destroyed.
  public var isErased: Bool { event == nil && !isClosed && !isDropped }
}

extension EventLog {
  /// The number of records.
  ///
  /// - Throws: `LogError.damaged` when the tree is not the one that the last commit wrote: then parts
  ///   of the file come from different commits.
  public func size() throws(LogError) -> UInt64 {
    try reading { transaction in
      let size = try tables.size(transaction)
      _ = try tables.confirmedRoot(size: size, transaction)
      return size
    }
  }

  /// The number of participants ever admitted.
  public func participantCount() throws(LogError) -> UInt32 {
    try reading { transaction in try tables.participantCount(transaction) }
  }

  /// The participant with a public code.
  public func participant(code: ParticipantCode) throws(LogError) -> ParticipantRef? {
    try participant(tag: try codeTag(code))
  }

  /// The participant with a source's own id, as `source:id`.
  public func participant(externalID: String) throws(LogError) -> ParticipantRef? {
    try participant(tag: try externalTag(externalID))
  }

  func participant(tag: [UInt8]) throws(LogError) -> ParticipantRef? {
    try reading { transaction in
      try tables.entry(
        tag, in: tables.participants, length: EntryChecksum.Length.participant, transaction
      ).map { ParticipantRef($0.bigEndian32(at: 0)) }
    }
  }

  /// Reads records in log order, from a position up to but not including another.
  ///
  /// Copies them out, so that no transaction stays open while they are worked on; ask for some
  /// ten thousand at a time.
  ///
  /// - Parameter isWanted: Which streams to read; records of others are not copied, and not checked
  ///   where somebody else may want them: a stream of a participant whom the store counts.
  public func records(
    _ range: Range<UInt64>, where isWanted: (StreamID) -> Bool = { _ in true }
  ) throws(LogError) -> [StoredRecord] {
    try reading { transaction in
      var records: [StoredRecord] = []
      records.reserveCapacity(range.count)
      var cursor = try transaction.cursor(tables.records)
      var expected = range.lowerBound
      let participants = try tables.participantCount(transaction)
      var entry = try cursor.seek(to: range.lowerBound)
      while let current = entry, expected < range.upperBound {
        guard current.uint64Key == expected else {
          throw LogError.truncated(path: path, what: "record \(Position(expected))")
        }
        let stream = try EventLog.stream(current.value, at: expected)
        if isWanted(stream) {
          records.append(try EventLog.record(current.value, at: expected))
        } else if stream.kind != .participant || stream.ref >= participants {
          // A changed header could hide a record from all who want it.
          _ = try EventLog.header(current.value, at: expected)
        }
        expected += 1
        entry = try cursor.next()
      }
      if expected < range.upperBound, try expected < tables.size(transaction) {
        throw LogError.truncated(path: path, what: "record \(Position(expected))")
      }
      return records
    }
  }

  /// The stream of a record, without checking the rest of it.
  private static func stream(_ bytes: Span<UInt8>, at position: UInt64) throws -> StreamID {
    guard bytes.count >= RecordHeader.size, let kind = StreamID.Kind(rawValue: bytes[9]) else {
      throw LogError.record(
        Position(position), bytes.count < RecordHeader.size ? .truncated : .malformed("stream"))
    }
    return StreamID(kind, bytes.bigEndian32(at: 16))
  }

  /// The record at a position.
  public func record(at position: Position) throws(LogError) -> StoredRecord {
    try reading { transaction in
      guard let bytes = try transaction.value(for: position.number, in: tables.records) else {
        throw LogError.noSuchPosition(position, size: try tables.size(transaction))
      }
      return try EventLog.record(bytes, at: position.number)
    }
  }

  private static func record(_ bytes: Span<UInt8>, at position: UInt64) throws -> StoredRecord {
    StoredRecord(header: try header(bytes, at: position), bytes: bytes.copied())
  }

  static func header(_ bytes: Span<UInt8>, at position: UInt64) throws -> RecordHeader {
    do throws(RecordProblem) {
      let header = try RecordFormat.decode(bytes)
      guard header.position.number == position else { throw .malformed("position") }
      return header
    } catch {
      throw LogError.record(Position(position), error)
    }
  }

  /// The events of one stream, oldest first, of the first `size` records of the log.
  ///
  /// Walks the stream backwards from its last record, so the cost grows with the stream alone.
  /// Records of field groups that the keys at hand do not open are marked as closed.
  ///
  /// - Throws: `LogError.keys(.closed)` when the keys open nothing of this participant,
  ///   `.keysDamaged` when their key is gone although no order says so.
  public func events(of stream: StreamID, size: UInt64 = .max) throws(LogError) -> [ReadEvent] {
    let records: [StoredRecord] = try reading { transaction in
      var records: [StoredRecord] = []
      let key = stream.key
      guard
        let head = try tables.entry(
          key, in: tables.streams, length: EntryChecksum.Length.stream, transaction)
      else { return [] }
      var next: Position? = Position(head.bigEndian64(at: 4))
      while let position = next {
        guard let bytes = try transaction.value(for: position.number, in: tables.records) else {
          throw LogError.truncated(path: path, what: "record \(position)")
        }
        let record = try EventLog.record(bytes, at: position.number)
        if position.number < size { records.append(record) }
        next = record.header.previous
      }
      return records.reversed()
    }
    var cache = KeyCache(keyring, blockSize: 1)
    do {
      let events = try records.map { record in
        let group = record.header.group
        // Sealed records of the log itself, such as reasons for erasures, need the store key.
        let needsStore = stream.kind != .participant && group != .clear
        if !keyring.opens(group) || needsStore && !keyring.has(.system) {
          return ReadEvent(header: record.header, event: nil, isClosed: true)
        }
        return try cache.open(record)
      }
      if !isWritable { try checkKeys() }
      if stream.kind == .participant, events.contains(where: \.isErased) {
        try requireOrder(toErase: ParticipantRef(stream.ref))
      }
      return events
    } catch { throw LogError(wrapping: error) }
  }

  /// The number of records in a stream.
  public func version(of stream: StreamID) throws(LogError) -> UInt32 {
    try reading { transaction in
      try tables.entry(
        stream.key, in: tables.streams, length: EntryChecksum.Length.stream, transaction
      )?.bigEndian32(at: 0) ?? 0
    }
  }

  /// The size of the log as it was at the end of an instant: the records taken in until then.
  ///
  /// Recorded times never fall, so this is a search by halves.
  ///
  /// - Parameters:
  ///   - instant: Microseconds since 1970 UTC.
  ///   - range: The positions to look among; nil for all, whose number is then confirmed first.
  public func size(
    recordedUntil instant: Int64, within range: Range<UInt64>? = nil
  ) throws(LogError) -> UInt64 {
    let bounds: Range<UInt64>
    if let range { bounds = range } else { bounds = 0..<(try size()) }
    return try reading { transaction in
      var low = bounds.lowerBound
      var high = bounds.upperBound
      while low < high {
        let middle = (low + high) / 2
        guard let bytes = try transaction.value(for: middle, in: tables.records) else {
          throw LogError.truncated(path: path, what: "record \(Position(middle))")
        }
        if try EventLog.header(bytes, at: middle).recordedAt <= instant {
          low = middle + 1
        } else {
          high = middle
        }
      }
      return low
    }
  }

  /// The Merkle root over the first records of the log.
  public func root(size: UInt64) throws(LogError) -> [UInt8] {
    try reading { transaction in try tables.confirmedRoot(size: size, transaction) }
  }

  func reading<R>(_ body: (borrowing ReadTransaction) throws -> R) throws(LogError) -> R {
    do { return try environment.read(body) } catch { throw LogError(wrapping: error) }
  }
}
