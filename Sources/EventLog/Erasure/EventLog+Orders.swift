import Files
public import Journey
import Keyring
import LMDB

extension EventLog {
  /// The name of the table of orders; made with the first one.
  static let erasureTable = "erasures"

  /// The table of orders; nil where nobody was ever to be erased.
  func erasures() throws(LMDBError) -> Database? { try image.erasures() }

  /// The same, for one transaction.
  static func erasures(in transaction: inout WriteTransaction) throws(LMDBError) -> Database? {
    do throws(LMDBError) { return try transaction.open(erasureTable) } catch {
      if case .missingDatabase = error { return nil }
      throw error
    }
  }

  /// Every order to destroy keys that the log holds, in its order.
  ///
  /// - Throws: `LogError` when the log cannot be read.
  public func erasureOrders() throws(LogError) -> [ErasureOrder] { try image.erasureOrders() }

  /// The order that stands for a subject; nil where there is none, or only refused ones.
  ///
  /// - Throws: `LogError` when the log cannot be read.
  public func erasureOrder(for subject: ErasureOrder.Subject) throws(LogError) -> ErasureOrder? {
    do {
      guard let table = try erasures() else { return nil }
      return try reading { transaction in
        guard let place = try EventLog.order(for: subject, in: table, transaction) else {
          return nil
        }
        let key = ErasureOrder.key(place)
        let value = try transaction.value(for: key.span, in: table)?.copied() ?? []
        guard let order = ErasureOrder(key: key, value: value) else {
          throw LogError.truncated(path: path, what: EventLog.erasureTable)
        }
        return order
      }
    } catch { throw LogError(wrapping: error) }
  }

  /// Where the order that stands for a subject is; nil where there is none, or only refused ones.
  static func order(
    for subject: ErasureOrder.Subject, in table: Database,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws(LMDBError) -> Position? {
    guard let key = ErasureOrder.key(of: subject),
      let value = try transaction.value(for: key.span, in: table)?.copied(), value.count == 8
    else { return nil }
    let number = value.bigEndian64(at: 0)
    return number == UInt64.max ? nil : Position(number)
  }

  /// Refuses to take somebody for erased whom nobody ordered erased.
  ///
  /// A damaged slot can look like one whose key was destroyed; answers without that person would be wrong
  /// and nobody would notice. Orders stand in the log before keys go, so a missing one is no haste.
  ///
  /// - Throws: `LogError.keysDamaged`.
  public func requireOrder(toErase ref: ParticipantRef) throws(LogError) {
    if try erasureOrder(for: .participant(ref)) == nil {
      throw .keysDamaged(KeyCondition(erasedWithoutOrder: [ref]))
    }
  }

  // MARK: Keys and log

  /// Compares the keys with the log's orders.
  ///
  /// - Throws: `LogError.keysAhead` when the keys followed a log that went on, or went another way.
  func keyState() throws(LogError) -> KeyState { try image.keyState(of: keyring.watermark) }

  /// Refuses to read beside orders that were not carried out to their end.
  ///
  /// Whoever is to be erased is not shown any more, and what is half erased is not shown either.
  func refuseUnsettledKeys() throws(LogError) { try keyState().refuseUnsettled() }

  /// The size of the log whose erasures the keys in use have followed; 0 before the first.
  public var keysFollowed: UInt64 { keyring.watermark?.size ?? 0 }

  /// Refuses to go on with keys that an erasure of another process replaced meanwhile.
  ///
  /// - Throws: `LogError.keys(.superseded)`.
  public func checkKeys() throws(LogError) {
    do throws(KeyringError) { try keyring.checkCurrent() } catch { throw .keys(error) }
  }

  /// The refs of everybody who was erased, or is to be.
  ///
  /// - Throws: `LogError` when the log cannot be read.
  public func erasedParticipants() throws(LogError) -> Set<UInt32> {
    var refs: Set<UInt32> = []
    for order in try erasureOrders() where order.state != .refused {
      if case .participant(let ref) = order.subject { refs.insert(ref.number) }
    }
    return refs
  }

  /// How many people, known at a size of the log, were erased by orders given since.
  ///
  /// - Throws: `LogError` when the log cannot be read.
  public func erasedParticipants(knownAt size: UInt64) throws(LogError) -> Int {
    var count = 0
    for order in try erasureOrders() where order.state == .completed {
      guard case .participant(let ref) = order.subject, order.position.number >= size,
        let first = try firstRecord(of: .participant(ref)), first.number < size
      else { continue }
      count += 1
    }
    return count
  }

  func firstRecord(of stream: StreamID) throws(LogError) -> Position? {
    try reading { transaction in
      let key = stream.key
      guard
        let head = try tables.entry(
          key, in: tables.streams, length: EntryChecksum.Length.stream, transaction)
      else { return nil }
      var first = Position(head.bigEndian64(at: 4))
      while let bytes = try transaction.value(for: first.number, in: tables.records) {
        guard let previous = try EventLog.header(bytes, at: first.number).previous else { break }
        first = previous
      }
      return first
    }
  }

  /// Refuses events about people who were erased or are to be, and in groups that were dropped.
  static func checkFences(
    _ request: AppendRequest, _ erasures: Database,
    _ transaction: borrowing some Transaction & ~Copyable
  ) throws {
    for part in request.parts {
      if case .stream(let stream) = part.target, stream.kind == .participant,
        let order = try order(
          for: .participant(ParticipantRef(stream.ref)), in: erasures, transaction)
      {
        throw AppendError.erased(ref: stream.ref, by: order)
      }
      for event in part.events where event.fieldGroup.canBeDropped {
        if let order = try order(for: .group(event.fieldGroup), in: erasures, transaction) {
          throw AppendError.groupDropped(event.fieldGroup, by: order)
        }
      }
    }
  }
}

extension CommitSession {
  /// Brings the table of orders up to events of the system stream that were just written.
  func noteOrders(
    _ request: AppendRequest, from first: UInt64, _ transaction: inout WriteTransaction
  ) throws {
    guard request.isErasure, let erasures else { return }
    var position = first
    for part in request.parts {
      for event in part.events {
        defer { position += 1 }
        guard part.target == .stream(.system) else { continue }
        var known: ErasureOrder?
        if let target = event[Fields.target].flatMap({ UInt64(exactly: $0) }) {
          let key = ErasureOrder.key(Position(target))
          let value = try transaction.value(for: key.span, in: erasures)?.copied() ?? []
          known = ErasureOrder(key: key, value: value)
        }
        let change = ErasureLedger.change(by: event, at: Position(position)) { _ in known }
        for (key, value) in change?.entries ?? [] {
          try transaction.put(key: key.span, value: value.span, in: erasures)
        }
      }
    }
  }
}
