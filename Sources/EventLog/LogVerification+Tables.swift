import Files
import Journey
import Keyring
import LMDB

extension LogVerification {
  /// Compares the tables with what the records said, after the last record.
  mutating func finish(_ transaction: borrowing ReadTransaction) throws {
    report.streams = heads.count
    report.root = try tree.finish(from: transaction, &report)
    try checkRoot(transaction)
    try checkHeads(transaction)
    try checkRequests(transaction)
    try checkParticipants(transaction)
    try checkCheckpoints(transaction)
    try checkOrders(transaction)
    try checkSlots()
    if report.isDeep { try checkIdentities(transaction) }
  }

  /// The root that the last commit wrote down is that of the records.
  private mutating func checkRoot(_ transaction: borrowing ReadTransaction) throws {
    do {
      guard let committed = try log.tables.committedRoot(transaction) else { return }
      // An older program may have appended since, and does not know of it.
      if committed.size > report.size {
        report.add(.missing(from: Position(report.size), upTo: Position(committed.size)))
      } else if committed.size == report.size,
        report.root.map({ $0 != committed.root }) ?? false
      {
        report.add(.checksum(.meta, entries: 1))
      }
    } catch LogError.damaged {
      report.add(.checksum(.meta, entries: 1))
    }
  }

  /// An entry without its checksum; notes one whose checksum is wrong, or that is no entry at all.
  private func value(
    _ value: Span<UInt8>, under key: Span<UInt8>, length: Int, _ damaged: inout UInt64,
    _ strays: inout UInt64
  ) -> [UInt8]? {
    let entry = value.copied()
    guard entry.count == length || entry.count == length + EntryChecksum.size else {
      strays += 1
      return nil
    }
    guard EntryChecksum.holds(entry, length: length, under: key.copied()) else {
      damaged += 1
      return nil
    }
    return Array(entry[..<length])
  }

  private mutating func add(
    _ table: VerificationFinding.Table, strays: UInt64, damaged: UInt64
  ) {
    if strays > 0 { report.add(.entries(table, surplus: strays)) }
    if damaged > 0 { report.add(.checksum(table, entries: damaged)) }
  }

  private mutating func checkHeads(_ transaction: borrowing ReadTransaction) throws {
    var found: UInt64 = 0
    var strays: UInt64 = 0
    var damaged: UInt64 = 0
    var cursor = try transaction.cursor(log.tables.streams)
    while let entry = try cursor.next() {
      guard entry.key.count == 5, let kind = StreamID.Kind(rawValue: entry.key[0]) else {
        strays += 1
        continue
      }
      guard
        let value = value(
          entry.value, under: entry.key, length: EntryChecksum.Length.stream, &damaged, &strays)
      else { continue }
      let stream = StreamID(kind, entry.key.bigEndian32(at: 1))
      let version = value.bigEndian32(at: 0)
      let last = Position(value.bigEndian64(at: 4))
      let expected = heads[stream]
      if expected.version > 0 { found += 1 }
      if expected.version != version || expected.last != last {
        report.add(
          .head(
            stream, version: version, last: last, expectedVersion: expected.version,
            expectedLast: expected.last))
      }
    }
    add(.streams, strays: strays, damaged: damaged)
    guard found < heads.count else { return }
    for stream in heads.streams {
      let key = stream.key
      if try transaction.contains(key.span, in: log.tables.streams) { continue }
      let expected = heads[stream]
      report.add(
        .head(
          stream, version: 0, last: nil, expectedVersion: expected.version,
          expectedLast: expected.last))
    }
  }

  /// Every checkpoint that was signed is of this log, by its key, and still holds.
  private mutating func checkCheckpoints(_ transaction: borrowing ReadTransaction) throws {
    guard let checkpoints else { return }
    var strays: UInt64 = 0
    var cursor = try transaction.cursor(checkpoints)
    while let entry = try cursor.next() {
      guard let size = entry.uint64Key else {
        strays += 1
        continue
      }
      report.checkpoints += 1
      let note = entry.value.copied()
      if let problem = try problem(of: note, at: size, transaction) {
        report.add(.checkpoint(size: size, problem))
      }
    }
    if strays > 0 { report.add(.entries(.checkpoints, surplus: strays)) }
  }

  private func problem(
    of note: [UInt8], at size: UInt64, _ transaction: borrowing ReadTransaction
  ) throws -> CheckpointProblem? {
    let signed: SignedCheckpoint
    do throws(ProofFormatError) { signed = try SignedCheckpoint(parsing: note) } catch {
      return .unreadable(error)
    }
    guard signed.checkpoint.size == size else {
      return .unreadable(ProofFormatError(line: 2, expected: .size))
    }
    return log.problem(of: signed, logSize: report.size) { size in
      // Damaged tiles are findings of their own; here they give another root.
      let found = try? MerkleTiles.root(size: size) { try log.tables.tile($0, $1, transaction) }
      return found ?? []
    }
  }

  /// The table of orders holds what the records order, and nothing else.
  private mutating func checkOrders(_ transaction: borrowing ReadTransaction) throws {
    report.orders = UInt64(orders.orders.count)
    var missing = orders.entries
    var differing: UInt64 = 0
    if let erasures {
      var cursor = try transaction.cursor(erasures)
      while let entry = try cursor.next() {
        let (key, value) = (entry.key.copied(), entry.value.copied())
        if missing.removeValue(forKey: key) != value { differing += 1 }
      }
    }
    differing += UInt64(missing.count)
    if differing > 0 { report.add(.orders(differing: differing)) }
  }

  /// Whose keys are destroyed are those whom an order names, and every other slot is whole.
  private mutating func checkSlots() throws {
    // Keys that followed more than this log holds, as beside an older copy of it, say nothing of it.
    guard let keyring = log.keyring, (keyring.watermark?.size ?? 0) <= report.size else { return }
    var ordered: Set<UInt32> = []
    var completed: Set<UInt32> = []
    for order in orders.orders.values where order.state != .refused {
      guard case .participant(let ref) = order.subject else { continue }
      ordered.insert(ref.number)
      if order.state == .completed { completed.insert(ref.number) }
    }
    for ref in try keyring.erasedRefs(below: report.participants) where !ordered.contains(ref) {
      report.add(.erasedWithoutOrder(ParticipantRef(ref)))
    }
    for ref in completed.sorted()
    where try keyring.hasKey(ParticipantRef(ref), below: report.participants) {
      report.add(.keyOutlivesErasure(ParticipantRef(ref)))
    }
    guard report.isDeep else { return }
    for problem in try keyring.slotProblems(below: report.participants)
    where !ordered.contains(problem.ref.number) {
      // An identity that does not open is a finding of its own, with the reason.
      if problem.key == .whole, problem.identity != .erased { continue }
      report.add(.slot(problem))
    }
  }

  private mutating func checkRequests(_ transaction: borrowing ReadTransaction) throws {
    var strays: UInt64 = 0
    var damaged: UInt64 = 0
    var cursor = try transaction.cursor(log.tables.requests)
    while let entry = try cursor.next() {
      guard
        let value = value(
          entry.value, under: entry.key, length: EntryChecksum.Length.request, &damaged, &strays)
      else { continue }
      let first = value.bigEndian64(at: 0)
      let count = value.bigEndian32(at: 8)
      if first > report.size || UInt64(count) > report.size - first {
        report.add(.request(first: Position(first), count: count, size: report.size))
      }
    }
    add(.requests, strays: strays, damaged: damaged)
  }

  /// Every participant has one entry for the code and at most one for an external id.
  private mutating func checkParticipants(_ transaction: borrowing ReadTransaction) throws {
    var entries = [UInt8](repeating: 0, count: Int(report.participants))
    var strays: UInt64 = 0
    var damaged: UInt64 = 0
    var cursor = try transaction.cursor(log.tables.participants)
    while let entry = try cursor.next() {
      guard
        let value = value(
          entry.value, under: entry.key, length: EntryChecksum.Length.participant, &damaged,
          &strays)
      else { continue }
      guard entry.key.count == 16, value.bigEndian32(at: 0) < report.participants else {
        strays += 1
        continue
      }
      let ref = Int(value.bigEndian32(at: 0))
      if entries[ref] < 3 { entries[ref] += 1 }
    }
    add(.participants, strays: strays, damaged: damaged)
    for ref in entries.indices where !(1...2).contains(entries[ref]) {
      report.add(.index(ParticipantRef(UInt32(ref))))
    }
  }

  /// Every identity opens, and the index finds the participant by it.
  private mutating func checkIdentities(_ transaction: borrowing ReadTransaction) throws {
    guard let keyring = log.keyring else { return }
    for block in stride(from: 0, to: report.participants, by: 1024) {
      let refs = block..<min(block + 1024, report.participants)
      let identities: [ParticipantIdentity?]
      do throws(KeyringError) {
        identities = try keyring.identities(of: refs)
      } catch {
        identities = identitiesOneByOne(refs, keyring)
      }
      for (ref, identity) in zip(refs, identities) {
        guard let identity else { continue }
        if try !isFound(identity, ref, transaction) {
          report.add(.index(ParticipantRef(ref)))
        }
      }
    }
  }

  /// The identities of a block of which at least one does not open.
  private mutating func identitiesOneByOne(
    _ refs: Range<UInt32>, _ keyring: Keyring
  ) -> [ParticipantIdentity?] {
    refs.map { ref in
      do throws(KeyringError) {
        return try keyring.identity(of: ParticipantRef(ref))
      } catch {
        if error != .erased(ref: ref) { report.add(.identity(ParticipantRef(ref), error)) }
        return nil
      }
    }
  }

  private func isFound(
    _ identity: ParticipantIdentity, _ ref: UInt32, _ transaction: borrowing ReadTransaction
  ) throws -> Bool {
    let external = try identity.externalID.flatMap { try log.externalTag($0) }
    for tag in [try log.codeTag(identity.code), external].compactMap({ $0 }) {
      // A damaged entry has been reported as one of its table.
      let found = try? log.tables.entry(
        tag, in: log.tables.participants, length: EntryChecksum.Length.participant, transaction)
      guard let found, found.bigEndian32(at: 0) == ref else { return false }
    }
    return true
  }
}
