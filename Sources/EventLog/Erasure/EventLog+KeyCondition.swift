public import Files
public import Journey
public import Keyring

/// What stands between a store's keys and the people of its log.
public struct KeyCondition: Sendable, Equatable {
  /// People whose slots are damaged, or lost in part: no renewal of keys gets past them.
  public internal(set) var damaged: [SlotProblem] = []
  /// People whose keys are gone although no order of the log says so.
  public internal(set) var erasedWithoutOrder: [ParticipantRef] = []
  /// People for whom there never was a key in these keys, which come from an older copy.
  public internal(set) var empty: [ParticipantRef] = []

  /// Whether keys can be renewed without losing anybody.
  public var isSound: Bool { damaged.isEmpty && erasedWithoutOrder.isEmpty }

  /// Leaves out everybody but some.
  public mutating func keep(_ refs: [ParticipantRef]) {
    damaged.removeAll { !refs.contains($0.ref) }
    erasedWithoutOrder.removeAll { !refs.contains($0) }
    empty.removeAll { !refs.contains($0) }
  }

  /// Those whom nothing but a copy of the keys brings back.
  public var lost: [ParticipantRef] {
    (damaged.map(\.ref) + erasedWithoutOrder).sorted { $0.number < $1.number }
  }
}

extension EventLog {
  /// Looks at the slots of everybody; opens all of them.
  ///
  /// - Throws: `LogError.keys(.closed)` without the root key.
  public func keyCondition() throws(LogError) -> KeyCondition {
    do {
      let count = try participantCount()
      let ordered = try erasedParticipants()
      var condition = KeyCondition()
      for problem in try keyring.slotProblems(below: count) {
        // Of whom an order says so nothing has to be there.
        if ordered.contains(problem.ref.number) { continue }
        if problem.isEmpty {
          condition.empty.append(problem.ref)
        } else {
          condition.damaged.append(problem)
        }
      }
      condition.erasedWithoutOrder = try keyring.erasedRefs(below: count).compactMap { ref in
        let isDamaged = condition.damaged.contains { $0.ref.number == ref }
        return ordered.contains(ref) || isDamaged ? nil : ParticipantRef(ref)
      }
      return condition
    } catch { throw LogError(wrapping: error) }
  }

  /// The same, of a store that does not open because orders are not carried out.
  ///
  /// - Throws: `LogError` when not even its keys open.
  public static func keyCondition(
    store path: String, rootKey: RootKeySource
  ) throws(LogError) -> KeyCondition {
    try EventLog(unsettled: path, access: .read, rootKey: rootKey, now: SystemClock.microseconds)
      .keyCondition()
  }

  /// Refuses what a renewal of keys could not carry through, before anything is written.
  ///
  /// Only the root key renews keys; its file must not open another folder too, every slot must open,
  /// and there must be room.
  ///
  /// - Parameter erasing: People who are about to be erased: of them nothing has to open.
  /// - Throws: `LogError.keys(.closed)`, `.keys(.keyFileServes)`, `.keysDamaged`, `.noRoom`.
  public func checkRenewal(erasing: Set<UInt32> = []) throws(LogError) {
    do {
      try keyring.require([.administration])
      if let other = keyring.otherStore(servedBy: rootKeyPath, than: path) {
        throw KeyringError.keyFileServes(path: rootKeyPath, store: other)
      }
      var condition = try keyCondition()
      condition.damaged.removeAll { erasing.contains($0.ref.number) }
      condition.erasedWithoutOrder.removeAll { erasing.contains($0.number) }
      if !condition.isSound { throw LogError.keysDamaged(condition) }
      let needed = try bytesToErase()
      let free = try DiskSpace(at: path).free
      if free < UInt64(needed) { throw LogError.noRoom(path: path, needed: needed, free: free) }
    } catch { throw LogError(wrapping: error) }
  }

  /// Puts back what a copy of the keys in use holds of people whose slots were damaged.
  ///
  /// Works on a store with orders that are not carried out, and carries them out then.
  ///
  /// - Parameter folder: A copy of `keys/epoch-N`, of the epoch in use.
  /// - Returns: Who is whole again, and what is still wrong.
  /// - Throws: `LogError`; `KeyringError.keysMissing` when the folder holds no keys.
  public static func mendKeys(
    store path: String, rootKey: RootKeySource, from folder: String,
    waitingAtMost patience: Duration = .zero,
    now: @escaping @Sendable () -> Int64 = SystemClock.microseconds
  ) throws(LogError) -> (mended: [ParticipantRef], left: KeyCondition) {
    let log = try EventLog(
      unsettled: path, access: .write(waitingAtMost: patience), rootKey: rootKey, now: now)
    do {
      let ordered = try log.erasedParticipants()
      let problems = try log.keyring.slotProblems(below: try log.participantCount())
      var wanted = problems.filter { !ordered.contains($0.ref.number) }
      wanted += try log.keyCondition().erasedWithoutOrder.map {
        SlotProblem(ref: $0, key: .erased, identity: .erased, code: nil)
      }
      let mended = try log.keyring.mend(wanted, from: folder)
      let left = try log.keyCondition()
      if left.isSound { try log.carryOutOrders() }
      return (mended, left)
    } catch { throw LogError(wrapping: error) }
  }

  /// Gives up people whose keys are lost: orders and carries out their erasure, with every other open
  /// order.
  ///
  /// - Throws: `AppendError`; `LogError.keyIsWhole` for somebody whose key and identity open.
  public static func giveUp(
    _ refs: [ParticipantRef], store path: String, rootKey: RootKeySource, reason: String,
    author: String? = nil, waitingAtMost patience: Duration = .zero,
    now: @escaping @Sendable () -> Int64 = SystemClock.microseconds
  ) throws(AppendError) -> ErasureRun? {
    do {
      let log = try EventLog(
        unsettled: path, access: .write(waitingAtMost: patience), rootKey: rootKey, now: now)
      let lost = Set(try log.keyCondition().lost)
      for ref in refs where !lost.contains(ref) { throw LogError.keyIsWhole(ref) }
      try log.orderErasure(ErasureRequest(refs, reason: reason, author: author))
      return try log.carryOutOrders()
    } catch { throw AppendError(wrapping: error) }
  }
}
