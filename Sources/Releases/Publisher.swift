import Disclosure
public import EventLog
public import Journey

/// Writes releases into the log: first the log, durably, then the reader.
public struct Publisher: Sendable {
  private let log: EventLog
  private let today: CivilDate

  /// Publishes into a log.
  ///
  /// - Parameter today: The day that the events bear.
  public init(_ log: EventLog, today: Day) {
    self.log = log
    self.today = CivilDate(today)
  }

  /// Who gets a table, and who agreed.
  public struct Order: Sendable {
    /// For whom.
    public let recipient: String
    /// What for.
    public let purpose: String
    /// Who agreed, by name.
    public let approvedBy: [String]
    /// The law that allows it, where one has to be named.
    public let legalBasis: String?

    /// Names recipient, purpose and those who agreed; whoever is named twice, in whatever case, spacing or
    /// width of letters, counts once.
    public init(
      recipient: String, purpose: String, approvedBy: [String], legalBasis: String? = nil
    ) {
      self.legalBasis = legalBasis
      self.recipient = recipient
      self.purpose = purpose
      var seen: Set<String> = []
      self.approvedBy = approvedBy.filter { seen.insert($0.nameKey).inserted }
    }
  }

  /// A definition that a release rests on, to be kept with it.
  public struct Definition: Sendable {
    /// What it is called.
    public let title: String
    /// Its digest, in hex.
    public let digest: String
    /// The whole file.
    public let text: String

    /// A definition's file.
    public init(title: String, digest: String, text: String) {
      self.title = title
      self.digest = digest
      self.text = text
    }
  }

  /// Publishes a proposal; when this returns, the log has it for good.
  ///
  /// - Returns: the number of the release.
  /// - Throws: ``ReleaseError/overtaken`` when something was released since the ledger was read,
  ///   ``ReleaseError/withdrawn(_:)`` for a table that was withdrawn, whatever it is asked by now.
  public func publish(
    _ proposal: Proposal, to order: Order, keeping definitions: [Definition], after ledger: Ledger
  ) throws(ReleaseError) -> Int {
    if let same = ledger.withdrawn(like: proposal) { throw .withdrawn(same.number) }
    var proposed = event(.releaseProposed, ledger.next)
    proposed[Fields.table] = String(decoding: proposal.file, as: UTF8.self)
    proposed[Fields.members] = MemberCodec.encode(proposal.protection.people.members)
    proposed[Fields.pattern] = CanonicalJSON.text(ReleasePattern(proposal))
    proposed[Fields.audit] = CanonicalJSON.text(proposal.audit)
    let events =
      [requested(proposal.request, ledger.next, order), proposed]
      + waived(proposal, ledger.next) + approved(ledger.next, order)
      + [released(ledger.next, digest: ContentDigest.hex(ContentDigest.sha256(proposal.file)))]
    try append(events, keeping: definitions, after: ledger)
    return ledger.next
  }

  /// Hands out a table again that was published before; writes nothing where the same recipient had
  /// it for the same purpose.
  public func deliver(
    _ release: Release, to order: Order, after ledger: Ledger
  ) throws(ReleaseError) {
    guard let table = release.table else { throw .notPublished(release.number) }
    guard case .published = release.state else { throw .withdrawn(release.number) }
    let isKnown = release.deliveries.contains {
      $0.recipient == order.recipient && $0.purpose == order.purpose
    }
    if isKnown { return }
    try append(
      [requested(release.request, release.number, order)] + approved(release.number, order)
        + [released(release.number, digest: table.digest)], keeping: [], after: ledger)
  }

  /// Notes that a request was refused.
  ///
  /// - Returns: the number under which it stands.
  public func refuse(
    _ request: ReleaseRequest, _ reason: ReleaseRefusal, to order: Order, after ledger: Ledger
  ) throws(ReleaseError) -> Int {
    var refused = event(.releaseRefused, ledger.next)
    refused[Fields.refusal] = reason.rawValue
    try append([requested(request, ledger.next, order), refused], keeping: [], after: ledger)
    return ledger.next
  }

  /// Takes a release back: it is not handed out again.
  ///
  /// Audits go on counting it, since whoever has it still has it.
  public func withdraw(
    _ number: Int, reason: String, by name: String, after ledger: Ledger
  ) throws(ReleaseError) {
    guard case .published = try ledger.release(number).state else { throw .notPublished(number) }
    var withdrawn = event(.releaseWithdrawn, number)
    withdrawn[Fields.reason] = reason
    withdrawn[Fields.author] = name
    try append([withdrawn], keeping: [], after: ledger)
  }

  // MARK: Events

  private func event(_ type: EventType, _ number: Int) -> JourneyEvent {
    JourneyEvent(type, on: today).with(Fields.release, number)
  }

  private func requested(
    _ request: ReleaseRequest, _ number: Int, _ order: Order
  ) -> JourneyEvent {
    event(.releaseRequested, number).with(Fields.request, request.text)
      .with(Fields.recipient, order.recipient).with(Fields.purpose, order.purpose)
      .with(Fields.reason, order.legalBasis)
  }

  /// An event for every cell that is printed by waiver.
  private func waived(_ proposal: Proposal, _ number: Int) -> [JourneyEvent] {
    let shape = proposal.protection.people.shape
    return proposal.protection.statuses.enumerated().compactMap { cell, status in
      guard case .waived(let reason) = status else { return nil }
      var granted = event(.waiverGranted, number).with(Fields.reason, reason)
      for (dimension, code) in zip(shape.dimensions, shape.codes(of: cell)) {
        granted.fields.add(Fields.attribute, "\(dimension.name)=\(code)")
      }
      return granted
    }
  }

  private func approved(_ number: Int, _ order: Order) -> [JourneyEvent] {
    order.approvedBy.map { event(.releaseApproved, number).with(Fields.author, $0) }
  }

  private func released(_ number: Int, digest: String) -> JourneyEvent {
    event(.tableReleased, number).with(Fields.resultDigest, digest)
  }

  private func append(
    _ events: [JourneyEvent], keeping definitions: [Definition], after ledger: Ledger
  ) throws(ReleaseError) {
    var parts: [AppendRequest.Part] = []
    let missing = try missing(definitions)
    if !missing.isEmpty { parts.append(.init(.stream(.system), expecting: .any, missing)) }
    let expected: ExpectedVersion = ledger.version == 0 ? .none : .exact(ledger.version)
    parts.append(.init(.stream(.releases), expecting: expected, events))
    do { _ = try log.append(AppendRequest(parts)) } catch {
      if case .wrongExpectedVersion = error { throw .overtaken }
      throw .append(error)
    }
  }

  /// The definitions that the log does not hold yet.
  private func missing(_ definitions: [Definition]) throws(ReleaseError) -> [JourneyEvent] {
    guard !definitions.isEmpty else { return [] }
    let events: [ReadEvent]
    do { events = try log.events(of: .system) } catch { throw .log(error) }
    let known = Set(
      events.compactMap { read in
        read.event?.type == .definitionStored ? read.event?[Fields.definitionDigest] : nil
      })
    return definitions.filter { !known.contains($0.digest) }.map { definition in
      JourneyEvent(.definitionStored, on: today).with(Fields.definitionDigest, definition.digest)
        .with(Fields.definitionText, definition.text).with(Fields.title, definition.title)
    }
  }
}
