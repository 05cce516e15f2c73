import Files
import Journey
import Keyring
import LMDB
import Synchronization

/// The state of one pass over the log.
struct LogVerification {
  /// A record as it was read, with what could be computed without knowing the others.
  private struct Examined: Sendable {
    let position: UInt64
    let bytes: [UInt8]
    let header: Result<RecordHeader, RecordProblem>
    let leaf: [UInt8]
  }

  private final class Lane: Sendable {
    let cache: Mutex<KeyCache>
    init(_ keyring: Keyring) { cache = Mutex(KeyCache(keyring, blockSize: Lane.block)) }
    static let block: UInt32 = 256
  }

  private static let batchRecords = 16_384
  private static let batchBytes = 16 << 20

  let log: LogImage
  var report: VerificationReport
  /// The position that comes next.
  private(set) var next: UInt64 = 0
  private var time = Int64.min
  var heads = StreamHeads()
  var tree: TreeVerification
  private let lanes: [Lane]
  /// The databases that not every log has, opened before any transaction.
  let checkpoints: Database?
  let erasures: Database?
  /// The orders to destroy keys, folded from the records.
  var orders = ErasureLedger()

  init(_ log: LogImage, deep: Bool) throws(LMDBError) {
    self.log = log
    tree = TreeVerification(log.tables)
    checkpoints = try log.checkpoints()
    erasures = try log.erasures()
    // Without keys nothing can be opened.
    report = VerificationReport(isDeep: deep && log.keyring != nil)
    lanes = deep ? log.keyring.map { [Lane($0), Lane($0)] } ?? [] : []
  }

  /// Reads and checks the next records; true when they were the last of this snapshot.
  mutating func readBatch(_ transaction: borrowing ReadTransaction) throws -> Bool {
    do {
      report.participants = try log.tables.participantCount(transaction)
    } catch LogError.damaged {
      // Said once: the pass begins with no records read.
      if next == 0 { report.add(.checksum(.meta, entries: 1)) }
    }
    var raw: [(position: UInt64, bytes: [UInt8])] = []
    var bytes = 0
    var isLast = false
    var strays: UInt64 = 0
    do {
      var cursor = try transaction.cursor(log.tables.records)
      var entry = try cursor.seek(to: next)
      while raw.count < Self.batchRecords, bytes < Self.batchBytes {
        guard let current = entry else {
          isLast = true
          break
        }
        if let position = current.uint64Key {
          raw.append((position, current.value.copied()))
          bytes += current.value.count
        } else {
          strays += 1
        }
        entry = try cursor.next()
      }
    }
    if strays > 0 { report.add(.entries(.records, surplus: strays)) }
    let records = try examine(raw)
    let opened = try open(records)
    for (index, record) in records.enumerated() {
      try check(record, transaction)
      if report.isDeep, case .success(let header) = record.header {
        try check(opened[index], header, at: Position(record.position), transaction)
      }
    }
    report.size = next
    return isLast
  }

  private func examine(_ raw: [(position: UInt64, bytes: [UInt8])]) throws -> [Examined] {
    let middle = raw.count / 2
    return concurrentMap(2) { half in
      (half == 0 ? raw[..<middle] : raw[middle...]).map { position, bytes in
        let header = Result { () throws(RecordProblem) in try RecordFormat.decode(bytes.span) }
        return Examined(
          position: position, bytes: bytes, header: header, leaf: MerkleHash.leaf(bytes.span))
      }
    }.flatMap { $0 }
  }

  // MARK: One record

  private mutating func check(
    _ record: Examined, _ transaction: borrowing ReadTransaction
  ) throws {
    let position = Position(record.position)
    if record.position != next {
      report.add(.missing(from: Position(next), upTo: position))
      tree.abandon()
    }
    next = record.position + 1
    try tree.add(record.leaf, from: transaction, &report)
    let header: RecordHeader
    switch record.header {
    case .success(let decoded): header = decoded
    case .failure(let problem): return report.add(.record(position, problem))
    }
    if header.position != position { report.add(.position(position, stated: header.position)) }
    if header.recordedAt < time {
      report.add(.time(position, recordedAt: header.recordedAt, before: time))
    }
    time = max(time, header.recordedAt)
    let stream = header.stream
    if stream == .system, header.kind == .key, header.group == .clear,
      let event = try? EventCodec.decode(
        Array(record.bytes[RecordHeader.size...]), schema: header.schema)
    {
      orders.take(event, at: position)
    }
    if stream.kind == .participant && stream.ref >= report.participants {
      report.add(
        .participant(position, ref: stream.ref, participants: report.participants))
    }
    let (version, last) = heads[stream]
    if header.streamVersion != version &+ 1 {
      report.add(
        .streamVersion(
          position, stream, expected: version &+ 1, found: header.streamVersion))
    }
    if header.previous != last {
      report.add(.previous(position, stream, expected: last, found: header.previous))
    }
    heads.set(
      stream, version: header.streamVersion, last: position, participants: report.participants)
  }

  // MARK: Events

  /// Opens every readable record; records that were not readable stay nil.
  private func open(_ records: [Examined]) throws -> [Result<ReadEvent, LogError>?] {
    guard report.isDeep else { return [] }
    let count = UInt32(lanes.count)
    let opened = concurrentMap(lanes.count) { lane in
      lanes[lane].cache.withLock { cache in
        var opened: [(index: Int, event: Result<ReadEvent, LogError>)] = []
        for (index, record) in records.enumerated() {
          guard case .success(let header) = record.header,
            header.stream.ref / Lane.block % count == UInt32(lane)
          else { continue }
          let stored = StoredRecord(header: header, bytes: record.bytes)
          opened.append(
            (index, Result { () throws(LogError) in try cache.open(stored) }))
        }
        return opened
      }
    }
    var results = [Result<ReadEvent, LogError>?](repeating: nil, count: records.count)
    for (index, event) in opened.joined() { results[index] = event }
    return results
  }

  private mutating func check(
    _ opened: Result<ReadEvent, LogError>?, _ header: RecordHeader, at position: Position,
    _ transaction: borrowing ReadTransaction
  ) throws {
    switch opened {
    case nil: return
    case .failure(.keys(let error)): report.add(.seal(position, error))
    case .failure(.payload(_, let problem)): report.add(.payload(position, problem))
    case .failure(let error): throw error
    case .success(let read):
      guard let event = read.event else {
        if log.keyring?.droppedGroups[header.group] != nil {
          report.dropped += 1
        } else {
          report.erased += 1
        }
        return
      }
      report.opened += 1
      if event.recordKind != header.kind || event.fieldGroup != header.group {
        report.add(.header(position, kind: header.kind, group: header.group))
      }
      do throws(EventProblem) { try event.check() } catch {
        report.add(.event(position, error))
      }
      if let target = event[Fields.target],
        try !isEarlier(target, than: position, in: header.stream, transaction)
      {
        report.add(.target(position, target: target))
      }
    }
  }

  private func isEarlier(
    _ target: Int, than position: Position, in stream: StreamID,
    _ transaction: borrowing ReadTransaction
  ) throws -> Bool {
    guard let number = UInt64(exactly: target), number < position.number,
      let bytes = try transaction.value(for: number, in: log.tables.records),
      bytes.count >= RecordHeader.size
    else { return false }
    return bytes[9] == stream.kind.rawValue && bytes.bigEndian32(at: 16) == stream.ref
  }
}

/// The head of every stream as the records state it.
///
/// Participants are dense, so their heads stand in two plain arrays.
struct StreamHeads {
  private var versions: [UInt32] = []
  private var last: [UInt64] = []
  private var others: [StreamID: (version: UInt32, last: UInt64)] = [:]
  /// The number of streams that hold records.
  private(set) var count: UInt64 = 0

  subscript(_ stream: StreamID) -> (version: UInt32, last: Position?) {
    if stream.kind == .participant, Int(stream.ref) < versions.count {
      let version = versions[Int(stream.ref)]
      return (version, version == 0 ? nil : Position(last[Int(stream.ref)]))
    }
    return others[stream].map { ($0.version, Position($0.last)) } ?? (0, nil)
  }

  /// Notes a record; refs that the store does not count are kept apart, so that a damaged header
  /// cannot ask for gigabytes.
  mutating func set(
    _ stream: StreamID, version: UInt32, last position: Position, participants: UInt32
  ) {
    if self[stream].version == 0 { count += 1 }
    guard stream.kind == .participant, stream.ref < participants, others[stream] == nil else {
      others[stream] = (version, position.number)
      return
    }
    let ref = Int(stream.ref)
    if ref >= versions.count {
      let missing = ref + 1 - versions.count
      versions.append(contentsOf: repeatElement(0, count: missing))
      last.append(contentsOf: repeatElement(0, count: missing))
    }
    versions[ref] = version
    last[ref] = position.number
  }

  /// Every stream that holds records.
  var streams: [StreamID] {
    versions.indices.filter { versions[$0] > 0 }.map { StreamID(.participant, UInt32($0)) }
      + others.keys.sorted { $0.sortKey < $1.sortKey }
  }
}
