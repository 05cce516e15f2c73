import Dispatch
import Journey
import Keyring
import Synchronization

/// Refs, codes and keys given to new participants before the commit that admits them.
struct Admission: Sendable {
  let first: ParticipantRef
  let codes: [ParticipantCode]
  let keys: [ParticipantKey]
  /// Of each, the keys under which the index of participants finds them.
  let tags: [(code: [UInt8], external: [UInt8]?)]
}

/// Gives refs to new participants, for requests that are committed in the order in which they were
/// given theirs.
///
/// Refs are dense, and what seals under a ref's key must know the ref before the commit. So one
/// line admits at a time: it holds the log's turn while it has admissions that are not settled.
final class AdmissionLine: Sendable {
  private struct State {
    var inWork = 0
    /// The ref after the last reserved one.
    var next: UInt32 = 0
    /// The codes given since the turn came, which the log may not know yet.
    var codes: Set<ParticipantCode> = []
  }

  private let log: EventLog
  private let state = Mutex(State())

  init(_ log: EventLog) { self.log = log }

  /// Waits for the turn, gives refs and codes, and brings the keys to the device; nil for a request
  /// that was stored before.
  ///
  /// Every admission must be settled, whatever became of the request.
  func reserve(_ request: AppendRequest) throws -> Admission? {
    let external = try request.admitted.map { try $0.externalID.map { try log.externalTag($0) } }
    return try state.withLock { state in
      if state.inWork == 0 {
        log.queue.turn.wait()
        state.codes = []
      }
      do {
        if state.inWork == 0 { state.next = try log.participantCount() }
        // Only now: whoever had the turn before may have stored the same request.
        if try log.isRepeated(request) {
          if state.inWork == 0 { log.queue.turn.signal() }
          return nil
        }
        let admission = try reserve(request, external, &state)
        state.inWork += 1
        return admission
      } catch {
        if state.inWork == 0 { log.queue.turn.signal() }
        throw error
      }
    }
  }

  private func reserve(
    _ request: AppendRequest, _ external: [[UInt8]?], _ state: inout State
  ) throws -> Admission {
    var codes = state.codes
    var identities: [ParticipantIdentity] = []
    var tags: [(code: [UInt8], external: [UInt8]?)] = []
    identities.reserveCapacity(external.count)
    tags.reserveCapacity(external.count)
    for (one, external) in zip(request.admitted, external) {
      let (code, tag) = try one.code.map { ($0, try log.codeTag($0)) } ?? freeCode(codes)
      if !codes.insert(code).inserted { throw AppendError.codeTaken(code) }
      identities.append(ParticipantIdentity(code: code, externalID: one.externalID))
      tags.append((tag, external))
    }
    // Keys reach the device before the log commit that uses them.
    let first = ParticipantRef(state.next)
    let keys = try log.keyring.admit(
      identities, from: first, subprojects: request.subprojectsOfAdmitted)
    state.next += UInt32(identities.count)
    state.codes = codes
    return Admission(first: first, codes: identities.map(\.code), keys: keys, tags: tags)
  }

  /// A code that neither the store has nor an admission in work.
  private func freeCode(_ codes: Set<ParticipantCode>) throws -> (ParticipantCode, [UInt8]) {
    while true {
      let code = ParticipantCode(randomBits: UInt32.random(in: .min ... .max))
      let tag = try log.codeTag(code)
      if try !codes.contains(code) && log.participant(tag: tag) == nil { return (code, tag) }
    }
  }

  /// The number of participants when everything before is committed; 0 where the log says it.
  var expected: UInt32 { state.withLock { $0.inWork > 0 ? $0.next : 0 } }

  /// Ends one admission, committed or not; the last one passes the turn on.
  func settle() {
    state.withLock { state in
      state.inWork -= 1
      if state.inWork == 0 { log.queue.turn.signal() }
    }
  }
}
