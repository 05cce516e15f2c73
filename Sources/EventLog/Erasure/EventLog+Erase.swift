import Files
public import Journey
import Keyring
import LMDB

/// Who is to be erased, and why.
public struct ErasureRequest: Sendable {
  /// The people; all refs of a merged person.
  public var participants: [ParticipantRef]
  /// Why, in words; sealed, because words may tell more than they should.
  public var reason: String
  /// Who ordered it, where stated; sealed too.
  public var author: String?
  /// Set when it is not possible: the legal ground, and when to look at it again.
  public var refusal: Refusal?

  /// Why an erasure is not possible.
  public struct Refusal: Sendable, Hashable {
    /// The ground, in words.
    public var ground: String
    /// When it is to be looked at again.
    public var reviewOn: CivilDate?

    /// A decision against an erasure.
    public init(ground: String, reviewOn: CivilDate?) {
      self.ground = ground
      self.reviewOn = reviewOn
    }
  }

  /// A request that is granted unless a refusal is set.
  public init(
    _ participants: [ParticipantRef], reason: String, author: String? = nil,
    refusal: Refusal? = nil
  ) {
    self.participants = participants
    self.reason = reason
    self.author = author
    self.refusal = refusal
  }
}

/// What one run destroyed.
public struct ErasureRun: Sendable, Equatable {
  /// The orders that it carried out, as they stand now.
  public var orders: [ErasureOrder]
  /// The key epoch in use since.
  public var epoch: UInt32
  /// People whose keys that epoch holds.
  public var kept: Int
  /// People for whom it holds none any more.
  public var withoutKey: Int
  /// How many earlier erasures were carried out again, because the keys came from an older copy.
  public var reapplied: Int
  /// Where the log says so.
  public var completed: Position
}

extension EventLog {
  /// Orders the erasure of people, or records that it is not possible; destroys nothing yet.
  ///
  /// From here on nothing can be recorded about them. Who has an order already is left out.
  ///
  /// - Returns: The position of the order of each.
  /// - Throws: `AppendError`; then nothing was ordered. What `checkRenewal` says, and
  ///   `KeyringError.closed(.administration)` without the root key.
  @discardableResult
  public func orderErasure(_ request: ErasureRequest) throws(AppendError) -> [Position] {
    do {
      try keyring.require([.administration])
      if request.refusal == nil {
        try checkRenewal(erasing: Set(request.participants.map(\.number)))
      }
      var positions: [ParticipantRef: Position] = [:]
      var events: [JourneyEvent] = []
      let first = try size()
      let count = try participantCount()
      for ref in request.participants where positions[ref] == nil {
        guard ref.number < count else { throw AppendError.noSuchParticipant(ref: ref.number) }
        if let order = try erasureOrder(for: .participant(ref)) {
          positions[ref] = order.position
          continue
        }
        let position = Position(first + UInt64(events.count))
        positions[ref] = position
        events += orderEvents(for: ref, at: position, request)
      }
      try appendOwn(events, startingAt: first)
      return request.participants.compactMap { positions[$0] }
    } catch { throw AppendError(wrapping: error) }
  }

  private func orderEvents(
    for ref: ParticipantRef, at position: Position, _ request: ErasureRequest
  ) -> [JourneyEvent] {
    var requested = own(.erasureRequested)
    requested[Fields.participant] = Int(ref.number)
    var decided = own(.erasureDecided)
    decided[Fields.participant] = Int(ref.number)
    decided[Fields.target] = Int(position.number)
    decided[Fields.erasureOutcome] = request.refusal == nil ? .granted : .refused
    decided[Fields.reviewOn] = request.refusal?.reviewOn
    var reason = own(.erasureReasonRecorded)
    reason[Fields.participant] = Int(ref.number)
    reason[Fields.target] = Int(position.number)
    reason[Fields.reason] = request.reason
    reason[Fields.author] = request.author
    reason[Fields.note] = request.refusal?.ground
    return [requested, decided, reason]
  }

  /// Orders that a field group is dropped for everybody: the key destroyed, later statements refused.
  ///
  /// - Parameter ground: The legal ground; in clear, for it concerns nobody.
  /// - Throws: `AppendError`; then nothing was ordered. What `checkRenewal` says.
  @discardableResult
  public func orderDrop(of group: FieldGroup, ground: String) throws(AppendError) -> Position {
    precondition(group.canBeDropped, "the journey itself cannot be dropped")
    do {
      try checkRenewal()
      if let order = try erasureOrder(for: .group(group)) { return order.position }
      var order = own(.fieldGroupDropOrdered)
      order[Fields.fieldGroup] = group.name
      order[Fields.reason] = ground
      return try appendOwn([order])
    } catch { throw AppendError(wrapping: error) }
  }

  /// Orders fresh keys for everybody: a copy of the key file, or of the keys, opens nothing any more.
  ///
  /// Who copied both, before, keeps what group and store keys open: those go over.
  ///
  /// - Throws: `AppendError`; then nothing was ordered. What `checkRenewal` says.
  @discardableResult
  public func orderRotation(reason: String) throws(AppendError) -> Position {
    do {
      try checkRenewal()
      var order = own(.keyRotationOrdered)
      order[Fields.reason] = reason
      return try appendOwn([order])
    } catch { throw AppendError(wrapping: error) }
  }

  /// Opens a log that is older than its keys, and records that somebody did so.
  ///
  /// What the keys have erased stays erased. The record is signed with the log's key over
  /// `olderLogStatement`, so that who later misses the lost end of the log finds who gave it up.
  ///
  /// - Throws: `LogError` when the log cannot be opened, or the record not be written.
  public static func acceptOlderLog(
    store path: String, rootKey: RootKeySource, reason: String,
    now: @escaping @Sendable () -> Int64
  ) throws(LogError) -> ErasureRun? {
    let log = try EventLog(
      unsettled: path, access: .write(waitingAtMost: .zero), rootKey: rootKey, now: now)
    do throws(LogError) {
      _ = try log.keyState()
      return nil
    } catch {
      switch error {
      case .keysAhead, .keysOfAnotherHistory: return try log.acceptOlderLog(reason: reason)
      default: throw error
      }
    }
  }

  private func acceptOlderLog(reason: String) throws(LogError) -> ErasureRun? {
    do {
      // Whom the keys have erased the log learns below.
      try checkRenewal(erasing: Set(try keyring.erasedRefs(below: try participantCount())))
      try keyring.makeSigningKey()
      let keyring = keyring
      let size = try size()
      let followed = keyring.watermark?.size ?? 0
      let statement = EventLog.olderLogStatement(
        origin: origin, size: size, root: try root(size: size), followed: followed)
      var accepted = own(.olderLogAccepted)
      accepted[Fields.watermark] = Int(followed)
      accepted[Fields.signature] = ContentDigest.hex(try keyring.sign(Array(statement.utf8)))
      accepted[Fields.checks] = statement
      accepted[Fields.reason] = reason
      var events = [accepted]
      // Erased by keys, and unknown to this log: it learns them, so that both agree again.
      let known = Set(
        try erasureOrders().filter { $0.state != .refused }.map(\.subject))
      for ref in try keyring.erasedRefs(below: try participantCount())
      where !known.contains(.participant(ParticipantRef(ref))) {
        var requested = own(.erasureRequested)
        requested[Fields.participant] = Int(ref)
        events.append(requested)
      }
      for group in keyring.droppedGroups.keys.sorted(by: { $0.rawValue < $1.rawValue })
      where !known.contains(.group(group)) {
        var order = own(.fieldGroupDropOrdered)
        order[Fields.fieldGroup] = group.name
        events.append(order)
      }
      // Fresh keys follow this log from here on.
      events.append(own(.keyRotationOrdered))
      try appendOwn(events)
      return try carryOutOrders(accepting: true)
    } catch { throw LogError(wrapping: error) }
  }

  /// What is signed when an older log is accepted.
  public static func olderLogStatement(
    origin: String, size: UInt64, root: [UInt8], followed: UInt64
  ) -> String {
    "wegmarke older log accepted v1\norigin \(origin)\nsize \(size)\nroot "
      + "\(ContentDigest.hex(root))\nkeys followed \(followed)\n"
  }

  // MARK: Events of the log itself

  /// An event that only the log writes, on today's date.
  func own(_ type: EventType) -> JourneyEvent {
    JourneyEvent(type, on: CivilDate(StoreZone.day(of: now())))
  }

  /// Appends events of the log itself to the system stream.
  ///
  /// - Parameter first: Where the first must come to stand, when it is named in the others.
  /// - Returns: Where the first stands.
  @discardableResult
  func appendOwn(_ events: [JourneyEvent], startingAt first: UInt64? = nil) throws -> Position {
    guard !events.isEmpty else { return Position(try size()) }
    guard isWritable else { throw LogError.readOnly }
    if try erasures() == nil { _ = try environment.createDatabase(EventLog.erasureTable) }
    // A target in the same commit is known only by where the commit begins.
    let version = try version(of: .system)
    var request = AppendRequest([
      .init(.stream(.system), expecting: .exact(version), events)
    ])
    request.isErasure = true
    request.beginsAt = first
    return try append(request).first
  }
}
