import Dispatch
import Files
public import Journey
import Keyring
import LMDB
import Synchronization

/// The steps of carrying out orders to destroy keys; a crash may come after each.
public enum ErasureStep: Int, CaseIterable, Sendable {
  /// The fresh root key lies beside the old one.
  case rootKeyWritten
  /// The new key epoch stands beside the old one.
  case epochWritten
  /// The old root key is overwritten and replaced.
  case rootKeyReplaced
  /// The old epoch is overwritten and removed.
  case oldEpochDestroyed
  /// What was derived from the log is removed.
  case viewsPurged
  /// The log says that it is done.
  case completed
  /// The log as it is now is signed.
  case checkpointSigned
}

extension EventLog {
  /// Carries out every order to destroy keys that is open, and those that the keys do not know.
  ///
  /// Each step may be the last before a crash: doing it again goes on where it stopped. No one is
  /// admitted meanwhile, and no view is refreshed.
  ///
  /// - Parameter step: Hears what was done; when it throws, the run stops there.
  /// - Returns: What was destroyed; nil when there was nothing to do.
  /// - Throws: `LogError`, and `LogError.readOnly` where the log is open for reading.
  @discardableResult
  public func carryOutOrders(
    after step: (ErasureStep) throws -> Void = { _ in }
  ) throws(LogError) -> ErasureRun? {
    try carryOutOrders(accepting: false, after: step)
  }

  @discardableResult
  func carryOutOrders(
    accepting: Bool, after step: (ErasureStep) throws -> Void = { _ in }
  ) throws(LogError) -> ErasureRun? {
    guard isWritable else { throw .readOnly }
    do {
      let state = try accepting ? stateOfAcceptance() : keyState()
      if state.isSettled {
        try destroyLeftovers()
        return nil
      }
      // Before the first step: what cannot be carried through is not begun.
      if !state.behind.isEmpty { try checkRenewal() }
      try Folder.create("\(path)/views")
      let views = try WriterLock(directory: "\(path)/views", waitingAtMost: .seconds(60))
      defer { withExtendedLifetime(views) {} }
      queue.turn.wait()
      defer { queue.turn.signal() }
      if !state.behind.isEmpty { try renewKeys(state, after: step) }
      try adoptRootKey()
      try step(.rootKeyReplaced)
      try keyring.destroyOtherEpochs()
      try step(.oldEpochDestroyed)
      let purged = try purgeViews()
      try step(.viewsPurged)
      let run = try complete(state, purged: purged)
      try step(.completed)
      _ = try signCheckpoint()
      try step(.checkpointSigned)
      return run
    } catch { throw LogError(wrapping: error) }
  }

  /// Orders that keys which are ahead of this log do not have to follow, but complete.
  private func stateOfAcceptance() throws -> KeyState {
    let open = try erasureOrders().filter { $0.state == .open }
    return KeyState(behind: open, open: open)
  }

  /// Writes the next key epoch without those whose erasure was ordered, and goes on with its keys.
  private func renewKeys(
    _ state: KeyState, after step: (ErasureStep) throws -> Void
  ) throws {
    let size = try size()
    var renewal = KeyRenewal(
      participants: try participantCount(),
      watermark: KeyWatermark(size: size, root: try root(size: size)))
    // All orders there are: keys of an older copy may know none of them.
    for order in try erasureOrders() where order.state != .refused {
      switch order.subject {
      case .participant(let ref): renewal.erasing.insert(ref.number)
      case .group(let group): renewal.dropping[group] = order.position.number
      case .rotation: break
      }
    }
    let old = keyring
    let root = try old.writeSuccessor(of: rootKeyPath)
    try step(.rootKeyWritten)
    try old.renew(renewal, under: root)
    let renewed = try Keyring(folder: "\(path)/keys", root: root)
    keys.withLock { $0 = Keys(keyring: renewed, usesSuccessor: true) }
    try step(.epochWritten)
  }

  /// Ends the change of root keys where one was begun.
  private func adoptRootKey() throws {
    if keys.withLock({ $0.usesSuccessor }) {
      try RootKey.adoptSuccessor(of: rootKeyPath)
      keys.withLock { $0.usesSuccessor = false }
    }
    try RootKey.destroy(at: RootKey.successorPath(of: rootKeyPath))
  }

  /// Destroys what a crash left of a renewal that was ordered again, or never finished.
  private func destroyLeftovers() throws {
    guard
      try Folder.exists(RootKey.successorPath(of: rootKeyPath))
        || !keyring.otherEpochs().isEmpty
    else { return }
    try adoptRootKey()
    try keyring.destroyOtherEpochs()
  }

  /// Removes everything derived; the next question makes it anew, without those who were erased.
  ///
  /// - Returns: How many files and folders were removed.
  func purgeViews() throws -> Int {
    let folder = "\(path)/views"
    let names = try Folder.names(folder).filter { $0 != WriterLock.fileName }
    for name in names { try Folder.remove("\(folder)/\(name)") }
    if !names.isEmpty { try Folder.sync(folder) }
    return names.count
  }

  /// Appends what was done, each order's end and the epoch's beginning, in one commit.
  private func complete(_ state: KeyState, purged: Int) throws -> ErasureRun {
    let keyring = keyring
    let withoutKey = try keyring.erasedRefs(below: try participantCount()).count
    let kept = try keyring.participantsWithKeys(below: try participantCount())
    var events: [JourneyEvent] = []
    for order in state.open {
      guard let event = try completion(of: order) else { continue }
      events.append(event)
    }
    let again = state.reapplied
    if again > 0 {
      var reapplied = own(.erasuresReapplied)
      reapplied[Fields.epoch] = Int(keyring.epoch)
      reapplied[Fields.count] = again
      events.append(reapplied)
    }
    var written = own(.keyEpochWritten)
    written[Fields.epoch] = Int(keyring.epoch)
    written[Fields.kept] = kept
    written[Fields.withoutKey] = withoutKey
    written[Fields.checks] =
      "old-root-key=overwritten old-epochs=overwritten-and-removed views-removed=\(purged)"
    // Of several rotations in one run each ends with an event of its own.
    let rotations = state.open.filter { $0.subject == .rotation }
    for order in rotations.isEmpty ? [nil] : rotations.map(Optional.some) {
      written[Fields.target] = order.map { Int($0.position.number) }
      events.append(written)
    }
    let first = try appendOwn(events)
    let ids = Set(state.open.map(\.position))
    return ErasureRun(
      orders: try erasureOrders().filter { ids.contains($0.position) }, epoch: keyring.epoch,
      kept: kept, withoutKey: withoutKey, reapplied: again,
      completed: Position(first.number + UInt64(events.count) - 1))
  }

  private func completion(of order: ErasureOrder) throws -> JourneyEvent? {
    switch order.subject {
    case .participant(let ref):
      var event = own(.erasureCompleted)
      event[Fields.participant] = Int(ref.number)
      event[Fields.target] = Int(order.position.number)
      event[Fields.count] = Int(try version(of: .participant(ref)))
      return event
    case .group(let group):
      var event = own(.fieldGroupDropped)
      event[Fields.fieldGroup] = group.name
      event[Fields.target] = Int(order.position.number)
      event[Fields.count] = Int(try recordCount(of: group))
      return event
    case .rotation: return nil
    }
  }

  /// How many records of a field group the log holds.
  public func recordCount(of group: FieldGroup) throws(LogError) -> UInt64 {
    try reading { transaction in
      var count: UInt64 = 0
      var cursor = try transaction.cursor(tables.records)
      while let entry = try cursor.next() {
        if entry.value.count >= RecordHeader.size, entry.value[8] == group.rawValue { count += 1 }
      }
      return count
    }
  }

  /// The bytes that an erasure needs on the device while the old keys are still there.
  ///
  /// The new epoch, the root key, and the pages of the commits that order and end it.
  public func bytesToErase() throws(LogError) -> Int {
    let pages = 128
    return try keyring.bytesOfNextEpoch(participants: Int(participantCount())) + pages * 4096
  }
}
