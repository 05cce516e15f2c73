public import Disclosure
public import EventLog
import Journey

/// Everything that was ever asked for and released, as the log has it.
public struct Ledger: Sendable {
  /// The releases, by number.
  public let releases: [Release]
  /// How many records of the log speak of releases: what an append expects.
  let version: UInt32
  /// The number of the release of each of ``tables``; a release may have two.
  public let published: [Int]
  /// Every table that left the house, withdrawn ones too, in the order of their numbers; without
  /// confidential ones.
  public let tables: [ReleasedTable]

  /// Reads the ledger.
  ///
  /// - Throws: ``ReleaseError/closed`` with keys that do not open it, ``ReleaseError/damaged(_:)``
  ///   for what cannot be read, or ``ReleaseError/log(_:)``.
  public init(_ log: EventLog) throws(ReleaseError) {
    let events: [ReadEvent]
    do { events = try log.events(of: .releases) } catch { throw .log(error) }
    version = UInt32(events.count)
    var drafts: [Int: Draft] = [:]
    for read in events {
      if read.isClosed { throw .closed }
      guard let event = read.event else { throw .damaged(0) }
      guard let number = event[Fields.release] else { continue }
      drafts[number, default: Draft()].take(event, read.header)
    }
    var releases: [Release] = []
    for (number, draft) in drafts.sorted(by: { $0.key < $1.key }) {
      releases.append(try draft.release(number))
    }
    self.releases = releases
    // Whoever has a confidential table may not pass it on: others do not know what it says.
    let published = releases.compactMap { release in
      release.table.flatMap { $0.isConfidential ? nil : (release.number, $0) }
    }
    let released = published.map { number, table in (number, table.released) }
    self.published = released.flatMap { number, tables in tables.map { _ in number } }
    tables = released.flatMap(\.1)
  }

  /// The number of the next release.
  var next: Int { (releases.last?.number ?? 0) + 1 }

  /// The release with a number.
  ///
  /// - Throws: ``ReleaseError/noSuchRelease(_:)``.
  public func release(_ number: Int) throws(ReleaseError) -> Release {
    guard let release = releases.first(where: { $0.number == number }) else {
      throw .noSuchRelease(number)
    }
    return release
  }

  /// Refuses a profile whose name and version stood for another file before.
  ///
  /// - Throws: ``ReleaseError/changedProfile(name:version:)``.
  public func check(
    profile name: String, version: Int, digest: String
  ) throws(ReleaseError) {
    let isChanged = releases.contains {
      $0.request.profile == name && $0.request.profileVersion == version
        && $0.request.profileDigest != digest
    }
    if isChanged { throw .changedProfile(name: name, version: version) }
  }

  /// Means of the same number that were printed before.
  func means(of request: ReleaseRequest) -> [EarlierMeans] {
    releases.compactMap { release in
      guard let table = release.table, let amounts = table.amounts,
        release.request.question == request.question, release.request.value == request.value
      else { return nil }
      let printed = FigureTable.lastColumn(of: table.file)
      let cells = table.people.idsByCell
      guard printed.count == cells.count else { return nil }
      return EarlierMeans(
        means: Dictionary(
          zip(cells, printed).filter { $1 != PublishedFile.secret },
          uniquingKeysWith: { one, _ in one }),
        amounts: Dictionary(
          zip(table.people.members.map(\.id), amounts), uniquingKeysWith: { one, _ in one }))
    }
  }

  /// What was published in answer to the same request, if anything was.
  ///
  /// A table that came out as asked answers the request that allows no coarser one, too, and the other way
  /// round.
  public func answer(to request: ReleaseRequest) -> Release? {
    var other = request
    other.mayCoarsen.toggle()
    return releases.last { release in
      guard let table = release.table else { return false }
      return release.request == request || table.coarsening == nil && release.request == other
    }
  }

  /// The release that was withdrawn and says the same of the same people, whatever it was asked by.
  func withdrawn(like proposal: Proposal) -> Release? {
    releases.last { release in
      guard case .withdrawn = release.state, let table = release.table else { return false }
      return table.file == proposal.file && table.people == proposal.protection.people
    }
  }
}

/// What the events of one release say, one after the other.
private struct Draft {
  var request: String?
  var deliveries: [Release.Delivery] = []
  var approvals: [String] = []
  var waivers: [GrantedWaiver] = []
  var table: String?
  var members: String?
  var pattern: String?
  var audit: String?
  var digest: String?
  var refusal: String?
  var withdrawn: String?
  var position: Position?

  mutating func take(_ event: JourneyEvent, _ header: RecordHeader) {
    switch event.type {
    case .releaseRequested:
      request = event[Fields.request]
      deliveries.append(
        .init(
          recipient: event[Fields.recipient] ?? "", purpose: event[Fields.purpose] ?? "",
          legalBasis: event[Fields.reason],
          recordedAt: header.recordedAt))
    case .releaseProposed:
      table = event[Fields.table]
      members = event[Fields.members]
      pattern = event[Fields.pattern]
      audit = event[Fields.audit]
    case .releaseApproved:
      if let name = event[Fields.author], !approvals.contains(name) { approvals.append(name) }
    case .waiverGranted:
      waivers.append(
        GrantedWaiver(
          cell: event.fields.all(Fields.attribute), reason: event[Fields.reason] ?? ""))
    case .tableReleased:
      digest = event[Fields.resultDigest]
      position = position ?? header.position
    case .releaseRefused:
      refusal = event[Fields.refusal]
      position = header.position
    case .releaseWithdrawn: withdrawn = event[Fields.reason] ?? ""
    default: break
    }
  }

  func release(_ number: Int) throws(ReleaseError) -> Release {
    guard let text = request, let position,
      let request = CanonicalJSON.value(ReleaseRequest.self, text)
    else { throw .damaged(number) }
    guard request.logSize <= position.number else { throw .unknownPosition(number) }
    let state: Release.State
    if let refusal {
      guard let reason = ReleaseRefusal(rawValue: refusal) else { throw .damaged(number) }
      state = .refused(reason)
    } else {
      state = withdrawn.map { .withdrawn(reason: $0) } ?? .published
    }
    return Release(
      number: number, request: request, state: state, deliveries: deliveries,
      approvals: approvals, waivers: waivers, table: refusal == nil ? try released(number) : nil,
      position: position)
  }

  private func released(_ number: Int) throws(ReleaseError) -> Release.Table {
    guard let table, let members, let pattern, let audit,
      let read = CanonicalJSON.value(ReleasePattern.self, pattern), let shape = read.shape,
      let marks = read.marks, marks.count == shape.cellCount, read.minimum >= 1,
      let people = MemberCodec.decode(members, classCount: shape.classCount),
      let audited = CanonicalJSON.value(ReleaseAudit.self, audit),
      let perturbed = read.perturbed(cells: shape.cellCount),
      let besides = BesidesTable(read.besides, topic: read.topic, rules: read.rules)
    else { throw .damaged(number) }
    let found = Release.Table(
      people: MemberTable(shape: shape, members: people), marks: marks, rules: read.rules,
      topic: read.topic, levels: read.levels, coarsening: read.coarsening, file: Array(table.utf8),
      audit: audited, perturbed: perturbed, besides: besides,
      isConfidential: read.isConfidential ?? false,
      mark: read.mark)
    guard found.digest == digest else { throw .damaged(number) }
    return found
  }
}
