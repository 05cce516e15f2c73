import EventLog
import Journey

extension Desk {
  /// Erases people by their refs, as the command does.
  func erase(_ refs: [UInt32]) throws {
    let keys = keys
    let source = RootKeySource { origin in
      "\(keys)/\(origin.split(separator: "/").last ?? "").key"
    }
    let log = try EventLog(store: store, access: .write(waitingAtMost: .zero), rootKey: source)
    try log.orderErasure(ErasureRequest(refs.map { ParticipantRef($0) }, reason: "asked for it"))
    try log.carryOutOrders()
  }
}
