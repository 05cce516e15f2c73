import Journey
import Keyring

/// Transfers to another sub-project: the event in the log and the wrapping of the key go together.
///
/// The new slots are prepared before the commit and put in place behind it. After a crash the log
/// says whether the transfer happened: the next writer carries it out, or drops it.
extension EventLog {
  /// Whether a request moves somebody to another sub-project, or changes that.
  func concernsTransfers(_ request: AppendRequest) throws -> Bool {
    try request.parts.contains { part in
      guard case .stream(let stream) = part.target, stream.kind == .participant else {
        return false
      }
      return try part.events.contains { try concernsTransfer($0) }
    }
  }

  /// Prepares the transfers that a request will bring about.
  ///
  /// - Throws: `KeyringError.closed(.subproject)` when the keys at hand do not open both sides.
  func prepareTransfers(for request: AppendRequest) throws -> [ParticipantRef] {
    var prepared: [ParticipantRef] = []
    for part in request.parts {
      guard case .stream(let stream) = part.target, stream.kind == .participant,
        try part.events.contains(where: { try concernsTransfer($0) })
      else { continue }
      let ref = ParticipantRef(stream.ref)
      let known = try events(of: stream).compactMap { read in
        read.event.map { (Optional(read.header.position.number), $0) }
      }
      let next = EventLog.subproject(after: known + part.events.map { (nil, $0) })
      if try keyring.prepareTransfer(of: ref, to: next ?? "") { prepared.append(ref) }
    }
    return prepared
  }

  /// Whether an event is a transfer, or changes one.
  private func concernsTransfer(_ event: JourneyEvent) throws -> Bool {
    if event.type == .transferredToSubproject { return true }
    guard event.type == .eventRetracted,
      let target = event[Fields.target].flatMap({ UInt64(exactly: $0) }), target < (try size())
    else { return false }
    var cache = KeyCache(keyring, blockSize: 1)
    let record = try record(at: Position(target))
    guard keyring.opens(record.header.group) else { return false }
    return try cache.open(record).event?.type == .transferredToSubproject
  }

  /// The sub-project in charge: of the last transfer that holds, else the first that was stated.
  static func subproject(after events: [(position: UInt64?, event: JourneyEvent)]) -> String? {
    var first: String?
    var transfers: [(position: UInt64?, subproject: String?)] = []
    /// Corrections of corrections lead back to the transfer that they are about.
    var origins: [UInt64: Int] = [:]
    for (position, event) in events {
      let target = event[Fields.target].flatMap { UInt64(exactly: $0) }
      if let place = target.flatMap({ origins[$0] }) {
        transfers[place].subproject =
          event.type == .eventRetracted ? nil : event[Fields.subproject]
        if let position { origins[position] = place }
      } else if event.type == .transferredToSubproject {
        if let position { origins[position] = transfers.count }
        transfers.append((position, event[Fields.subproject]))
      } else if first == nil {
        first = event[Fields.subproject]
      }
    }
    return transfers.last { $0.subproject != nil }?.subproject ?? first
  }

  /// Settles transfers by what the log says.
  func settleTransfers(_ refs: [ParticipantRef]) throws {
    for ref in refs {
      let prepared = keyring.preparedSubproject(of: ref)
      let carriesOut =
        try prepared != nil && statedSubproject(of: ref, orTorn: prepared) == prepared
      try keyring.settleTransfer(of: ref, carryingOut: carriesOut)
    }
  }

  /// The sub-project in charge by the log.
  ///
  /// Slots are written behind the commit only: a torn one says that the log has the transfer.
  private func statedSubproject(of ref: ParticipantRef, orTorn prepared: String?) throws -> String?
  {
    do {
      let known = try events(of: StreamID(.participant, ref.number)).compactMap { read in
        read.event.map { (Optional(read.header.position.number), $0) }
      }
      return EventLog.subproject(after: known) ?? ""
    } catch {
      guard let reason = LogError(wrapping: error).keyProblem, case .damaged = reason else {
        throw error
      }
      return prepared
    }
  }

  /// Settles what a crash left; before anything else may need the keys.
  func settleInterruptedTransfers() throws(LogError) {
    guard isWritable else { return }
    do {
      try settleTransfers(try keyring.unsettledTransfers())
    } catch {
      let error = LogError(wrapping: error)
      // Somebody else's people: whoever holds their keys settles it.
      if let reason = error.keyProblem, case .closed = reason { return }
      throw error
    }
  }
}

extension LogError {
  /// What the keys say is wrong; nil for anything else.
  fileprivate var keyProblem: KeyringError? {
    if case .keys(let error) = self { error } else { nil }
  }
}
