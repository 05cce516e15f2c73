import Files
import Journey
import Keyring
import LMDB
import Synchronization

/// A stream was not at the version a request expected.
struct StaleVersion: Error {
  let stream: StreamID
  let expected: ExpectedVersion
  let actual: UInt32
}

/// What one write transaction knows while it applies requests: the end of the log and of streams.
struct CommitSession {
  struct Head {
    var version: UInt32
    var last: Position?
  }

  let log: EventLog
  var next: UInt64
  let firstNew: UInt64
  let firstNewParticipant: UInt32
  var recordedAt: Int64
  var participants: UInt32
  var heads: [StreamID: Head] = [:]
  /// Leaf hashes of the new records, one behind the other.
  var leaves: [UInt8] = []
  /// The table of orders to destroy keys; nil where there never was one.
  let erasures: Database?

  init(_ transaction: inout WriteTransaction, log: EventLog) throws {
    self.log = log
    participants = try log.tables.participantCount(transaction)
    var cursor = try transaction.cursor(log.tables.records)
    var last: RecordHeader?
    // Nothing is written behind a record that is damaged or from a newer program.
    if let entry = try cursor.last() {
      last = try EventLog.header(entry.value, at: entry.uint64Key ?? .max)
    }
    next = last.map { $0.position.number + 1 } ?? 0
    firstNew = next
    firstNewParticipant = participants
    erasures = try EventLog.erasures(in: &transaction)
    recordedAt = last?.recordedAt ?? Int64.min
  }

  /// Writes one request's records, or throws before anything of it is written.
  mutating func apply(
    _ pending: PendingAppend, _ transaction: inout WriteTransaction
  ) throws -> AppendResult {
    if let key = pending.request.idempotencyKey,
      let value = try log.tables.entry(
        key, in: log.tables.requests, length: EntryChecksum.Length.request, transaction)
    {
      let first = Position(value.bigEndian64(at: 0))
      guard Array(value[12...]) == pending.contentDigest else {
        throw AppendError.idempotencyConflict(firstPosition: first)
      }
      return AppendResult(
        first: first, count: Int(value.bigEndian32(at: 8)), isDuplicate: true,
        firstAdmitted: try firstAdmitted(by: pending.request, writtenAt: first, transaction))
    }
    return try pending.records.withLock { records in
      try write(&records, of: pending, &transaction)
    }
  }

  private mutating func write(
    _ records: inout SealedRecords, of pending: PendingAppend,
    _ transaction: inout WriteTransaction
  ) throws -> AppendResult {
    if let first = pending.request.beginsAt, first != next { throw AppendError.notTried }
    if let erasures { try EventLog.checkFences(pending.request, erasures, transaction) }
    try check(pending, records.entries, &transaction)
    if let admission = pending.admission { try admit(admission, &transaction) }
    let first = next
    if pending.request.recordedAt == nil { recordedAt = max(recordedAt, log.now()) }
    try writeRecords(&records, recordedAt: pending.request.recordedAt, &transaction)
    try noteOrders(pending.request, from: first, &transaction)
    if let key = pending.request.idempotencyKey {
      var value = [UInt8]()
      value.appendBigEndian(first)
      value.appendBigEndian(UInt32(records.entries.count))
      value += pending.contentDigest
      let entry = EntryChecksum.adding(to: value, under: key)
      try transaction.put(key: key.span, value: entry.span, in: log.tables.requests)
    }
    return AppendResult(
      first: Position(first), count: records.entries.count, isDuplicate: false,
      firstAdmitted: pending.admission?.first)
  }

  /// The ref that an earlier run of a request gave its first admitted participant.
  private func firstAdmitted(
    by request: AppendRequest, writtenAt first: Position,
    _ transaction: borrowing WriteTransaction
  ) throws -> ParticipantRef? {
    var position = first.number
    for part in request.parts {
      if case .admitted(let index) = part.target, !part.events.isEmpty,
        let bytes = try transaction.value(for: position, in: log.tables.records)
      {
        return ParticipantRef(try RecordFormat.decode(bytes).stream.ref - UInt32(index))
      }
      position += UInt64(part.events.count)
    }
    return nil
  }

  private mutating func check(
    _ pending: PendingAppend, _ records: [SealedRecords.Entry],
    _ transaction: inout WriteTransaction
  ) throws {
    if let admission = pending.admission {
      // Only behind an admission that was refused, and nothing is tried behind that.
      if admission.first.number != participants { throw AppendError.notTried }
      try check(admission, pending.request.admitted, transaction)
    }
    if let times = pending.request.recordedAt, times.count != records.count {
      throw AppendError.log(.timesNotInjectable)
    }
    var index = 0
    for part in pending.request.parts {
      if case .stream(let stream) = part.target {
        let actual = try head(stream, &transaction).version
        let fits =
          switch part.expected {
          case .none: actual == 0
          case .exact(let version): actual == version
          case .any: true
          }
        if !fits { throw StaleVersion(stream: stream, expected: part.expected, actual: actual) }
      }
      for event in part.events {
        if let target = event[Fields.target] {
          try check(target: target, ofRecord: index, in: records, &transaction)
        }
        index += 1
      }
    }
  }

  /// Refuses codes and external ids that are taken, by the store or within the request.
  private func check(
    _ admission: Admission, _ admitted: [AppendRequest.Admission],
    _ transaction: borrowing WriteTransaction
  ) throws {
    var ids: Set<String> = []
    for (index, tags) in admission.tags.enumerated() {
      if try ref(of: tags.code, transaction) != nil {
        throw AppendError.codeTaken(admission.codes[index])
      }
      guard let external = tags.external, let id = admitted[index].externalID else { continue }
      if try !ids.insert(id).inserted || ref(of: external, transaction) != nil {
        throw AppendError.externalIDTaken(id)
      }
    }
  }

  /// Whom a tag stands for, if anybody.
  private func ref(
    of tag: [UInt8], _ transaction: borrowing WriteTransaction
  ) throws -> [UInt8]? {
    try log.tables.entry(
      tag, in: log.tables.participants, length: EntryChecksum.Length.participant, transaction)
  }

  /// A correction names an earlier record of its own stream, stored or of the same request.
  private func check(
    target: Int, ofRecord index: Int, in records: [SealedRecords.Entry],
    _ transaction: inout WriteTransaction
  ) throws {
    guard let position = UInt64(exactly: target) else {
      throw AppendError.badTarget(Position(UInt64.max))
    }
    let stream = records[index].stream
    if position >= next {
      guard position - next < UInt64(index),
        records[Int(position - next)].stream == stream
      else { throw AppendError.badTarget(Position(position)) }
      return
    }
    guard let bytes = try transaction.value(for: position, in: log.tables.records),
      bytes.count >= RecordHeader.size, bytes[9] == stream.kind.rawValue,
      bytes.bigEndian32(at: 16) == stream.ref
    else { throw AppendError.badTarget(Position(position)) }
  }

  private mutating func admit(
    _ admission: Admission, _ transaction: inout WriteTransaction
  ) throws {
    // In key order, so that neighbouring keys share a page while it is at hand.
    var entries: [(tag: [UInt8], ref: UInt32)] = []
    for tags in admission.tags {
      entries.append((tags.code, participants))
      if let external = tags.external { entries.append((external, participants)) }
      participants += 1
    }
    entries.sort { $0.tag.lexicographicallyPrecedes($1.tag) }
    for entry in entries {
      var value = [UInt8]()
      value.appendBigEndian(entry.ref)
      let summed = EntryChecksum.adding(to: value, under: entry.tag)
      try transaction.insert(
        key: entry.tag.span, value: summed.span, in: log.tables.participants)
    }
  }

  private mutating func writeRecords(
    _ records: inout SealedRecords, recordedAt times: [Int64]?,
    _ transaction: inout WriteTransaction
  ) throws {
    // Records of one stream mostly stand together: its head is looked up once.
    var current: (stream: StreamID, head: Head)?
    for index in records.entries.indices {
      if let times { recordedAt = max(recordedAt, times[index]) }
      let entry = records.entries[index]
      var head: Head
      if let known = current, known.stream == entry.stream {
        head = known.head
      } else {
        if let left = current { heads[left.stream] = left.head }
        head = try self.head(entry.stream, &transaction)
      }
      head.version += 1
      records.complete(
        index, streamVersion: head.version, position: Position(next), recordedAt: recordedAt,
        previous: head.last, leaf: &leaves)
      try transaction.append(
        key: next, value: records.bytes.span.extracting(entry.range), to: log.tables.records)
      head.last = Position(next)
      current = (entry.stream, head)
      next += 1
    }
    if let left = current { heads[left.stream] = left.head }
  }

  private mutating func head(
    _ stream: StreamID, _ transaction: inout WriteTransaction
  ) throws -> Head {
    if let known = heads[stream] { return known }
    let key = stream.key
    var head = Head(version: 0, last: nil)
    if let value = try log.tables.entry(
      key, in: log.tables.streams, length: EntryChecksum.Length.stream, transaction)
    {
      head = Head(
        version: value.bigEndian32(at: 0), last: Position(value.bigEndian64(at: 4)))
    }
    heads[stream] = head
    return head
  }

  /// Writes what the whole commit changed: heads of streams, tiles of the tree, the count of
  /// participants.
  mutating func finish(_ transaction: inout WriteTransaction) throws {
    // Refused and repeated requests leave nothing to flush.
    if next == firstNew && participants == firstNewParticipant { return }
    let changed = heads.filter { $0.value.last.map { $0.number >= firstNew } ?? false }
    for (stream, head) in changed.sorted(by: { $0.key.sortKey < $1.key.sortKey }) {
      var value = [UInt8]()
      value.appendBigEndian(head.version)
      value.appendBigEndian(head.last?.number ?? 0)
      let key = stream.key
      let entry = EntryChecksum.adding(to: value, under: key)
      try transaction.put(key: key.span, value: entry.span, in: log.tables.streams)
    }
    // Nothing is built on tiles that no longer give the root of the last commit.
    _ = try log.tables.confirmedRoot(size: firstNew, transaction)
    try log.tables.add(leaves: leaves, to: firstNew, &transaction)
    var count = [UInt8]()
    count.appendBigEndian(participants)
    try log.tables.putFact("participants", count, &transaction)
    try log.tables.commitRoot(size: next, &transaction)
  }
}

extension StreamID {
  /// The key of the stream's head: kind, then ref, big-endian.
  var key: [UInt8] {
    var key = [kind.rawValue]
    key.appendBigEndian(ref)
    return key
  }

  var sortKey: UInt64 { UInt64(kind.rawValue) << 32 | UInt64(ref) }
}
