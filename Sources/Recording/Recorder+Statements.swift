public import EventLog
import Interchange
public import Journey
import Keyring
import ProjectionEngine

extension Recorder {
  /// Whom a new statement is about.
  public enum Subject: Sendable, Equatable {
    /// Somebody whom the store knows.
    case known(ParticipantRef)
    /// Somebody new, with a source's own id or none.
    case new(externalID: String?)
  }

  /// Plans a new statement.
  ///
  /// Of a merged person the stream of the one whose code stays is continued.
  ///
  /// - Parameter expected: The version of that stream on which somebody decided; nil for any.
  /// - Throws: `RecordingError.refused` for what cannot be, `.conflict` when the version is another.
  public func plan(
    _ event: JourneyEvent, about subject: Subject, reason: String? = nil,
    expecting expected: UInt32? = nil
  ) throws(RecordingError) -> RecordingPlan {
    try checkVoice()
    let reason = try reason.map { text throws(RecordingError) in try StatedText.reason(text) }
    var event = signed(event, reason: reason)
    if event[Fields.source] == nil { event[Fields.source] = .advisor }
    try checkSchema(event)
    let position = Position(try size())
    guard case .known(let ref) = subject else {
      let warnings = try checkGuards(event, [])
      let events = [event] + noted(warnings, event)
      guard case .new(let externalID) = subject else { preconditionFailure("known is handled") }
      return RecordingPlan(
        event: event, participant: nil, version: 0, warnings: warnings, position: position,
        request: AppendRequest(
          [.init(.admitted(0), expecting: .none, events)],
          admitting: [AppendRequest.Admission(externalID: externalID)]), written: events.count)
    }
    let person = try person(of: ref)
    let head = person.members[0]
    let stream = person.streams[0]
    try check(expected, stream, base: { _ in nil }, theirs: nil, mine: event)
    let warnings = try checkGuards(event, standing(person.events, except: nil))
    let events = [event] + noted(warnings, event)
    let version = person.versions[0]
    return RecordingPlan(
      event: event, participant: head, version: version, warnings: warnings, position: position,
      request: AppendRequest(
        [.init(.stream(.participant(head)), expecting: .exact(version), events)]),
      written: events.count)
  }

  /// Plans a correction of the statement that a position belongs to, whatever wording it names.
  ///
  /// A position that names a retraction, or a statement taken back, states the thing again.
  ///
  /// - Parameter change: Makes the new wording of the one that stands.
  public func planCorrection(
    of position: Position, reason: String, expecting expected: UInt32? = nil,
    _ change: (inout JourneyEvent) throws(RecordingError) -> Void
  ) throws(RecordingError) -> RecordingPlan {
    let reason = try StatedText.reason(reason)
    try checkVoice()
    let found = try find(position)
    guard let old = found.statement.wording.event else {
      throw unreadable(position, found.statement.wording)
    }
    try refuseControl(old, position, found.participant)
    var event = old
    try change(&event)
    let isAgain = found.statement.retraction != nil
    if event == old && !isAgain {
      // Somebody else may have made the same change, or another one.
      try check(expected, found.stream, base: found.base, theirs: old, mine: event)
      throw .pointless(
        LocalizedText(
          en: "\(position) says that already; nothing would change.",
          de: "\(position) sagt das schon; es würde sich nichts ändern."), advice: nil)
    }
    // What a batch brought is no longer what the batch brought.
    event[Fields.batch] = nil
    event[Fields.target] = Int(found.statement.last.header.position.number)
    event = signed(event, reason: reason)
    try checkSchema(event)
    try check(
      expected, found.stream, base: found.base, theirs: isAgain ? nil : old, mine: event)
    let warnings = try checkGuards(
      event, standing(found.person.events, except: found.statement.first.header.position))
    let events = [event] + noted(warnings, event)
    return RecordingPlan(
      event: event, participant: found.participant, version: found.version, warnings: warnings,
      before: old, subject: position,
      revived: found.statement.retraction.map {
        $0.event?[Fields.retractionReason] ?? .notHappened
      },
      position: Position(try size()), request: found.request(events), written: events.count)
  }

  /// Plans to take back the statement that a position belongs to.
  public func planRetraction(
    of position: Position, because code: RetractionReason, reason: String,
    expecting expected: UInt32? = nil
  ) throws(RecordingError) -> RecordingPlan {
    let reason = try StatedText.reason(reason)
    try checkVoice()
    let found = try find(position)
    guard let old = found.statement.wording.event else {
      throw unreadable(position, found.statement.wording)
    }
    // That two are two people is said again or not at all: nothing in it can be corrected.
    if old.type != .duplicateDismissed { try refuseControl(old, position, found.participant) }
    try check(
      expected, found.stream, base: found.base,
      theirs: found.statement.retraction == nil ? old : nil, mine: nil)
    if let retraction = found.statement.retraction {
      throw .pointless(
        LocalizedText(
          en: "\(position) is taken back already (\(retraction.header.position)).",
          de: "\(position) ist schon zurückgenommen (\(retraction.header.position))."),
        advice: nil)
    }
    let event = signed(
      JourneyEvent(.eventRetracted, on: CivilDate(today))
        .with(Fields.target, Int(found.statement.last.header.position.number))
        .with(Fields.retractionReason, code), reason: reason)
    return RecordingPlan(
      event: event, participant: found.participant, version: found.version, before: old,
      subject: position, position: Position(try size()), request: found.request([event]))
  }

  // MARK: What stands

  /// A statement with where it stands.
  private struct Found {
    let statement: Statement
    let participant: ParticipantRef
    let person: PersonStreams
    let stream: [ReadEvent]

    var version: UInt32 { stream.last?.header.streamVersion ?? 0 }

    /// What stood as known at a size of the log.
    func base(_ size: UInt64) -> JourneyEvent? {
      let then = stream.filter { $0.header.position.number < size }
      let first = statement.first.header.position
      let known = Statement.list(then).first { $0.first.header.position == first }
      return known.flatMap { $0.retraction == nil ? $0.wording.event : nil }
    }

    func request(_ events: [JourneyEvent]) -> AppendRequest {
      AppendRequest(
        [.init(.stream(.participant(participant)), expecting: .exact(version), events)])
    }
  }

  private func find(_ position: Position) throws(RecordingError) -> Found {
    let header: RecordHeader
    do throws(LogError) { header = try log.record(at: position).header } catch {
      guard case .noSuchPosition(_, let size) = error else { throw .log(error) }
      throw .noSuchStatement(
        LocalizedText(
          en: "There is no record \(position); the log holds \(size).",
          de: "Datensatz \(position) gibt es nicht; das Protokoll hat \(size)."),
        advice: Recorder.positions)
    }
    guard header.stream.kind == .participant else {
      throw .noSuchStatement(
        LocalizedText(
          en: "\(position) says nothing about a person.",
          de: "\(position) sagt nichts über eine Person."), advice: Recorder.positions)
    }
    let participant = ParticipantRef(header.stream.ref)
    let person = try person(of: participant)
    let stream = person.members.firstIndex(of: participant).map { person.streams[$0] } ?? []
    guard let statement = Statement.list(stream).first(where: { $0.positions.contains(position) })
    else { throw unreadable(position, nil) }
    return Found(
      statement: statement, participant: participant, person: person, stream: stream)
  }

  private static let positions = LocalizedText(
    en: "wegmarke timeline shows the positions.", de: "Die Positionen zeigt wegmarke timeline.")

  /// Why a statement cannot be changed by whoever cannot read it.
  private func unreadable(_ position: Position, _ read: ReadEvent?) -> RecordingError {
    if let read, read.isClosed {
      return .log(.keys(.closed(.group(read.header.group), log.keyring.role)))
    }
    if let read, read.isDropped,
      let order = try? log.erasureOrder(for: .group(read.header.group))
    {
      return .append(.groupDropped(read.header.group, by: order.position))
    }
    return .noSuchStatement(
      LocalizedText(
        en: "\(position) cannot be read: its key is destroyed.",
        de: "\(position) ist nicht lesbar: Der Schlüssel ist vernichtet."),
      advice: nil)
  }

  /// Merges, warnings and the like are no statements about a journey.
  private func refuseControl(
    _ event: JourneyEvent, _ position: Position, _ ref: ParticipantRef
  ) throws(RecordingError) {
    if EventType.isStatable(event.type) { return }
    let isMerge = [.participantsMerged, .participantTakenIn, .mergeReverted].contains(event.type)
    let code = (try? log.keyring.identity(of: ref))?.code.description ?? ""
    throw .noSuchStatement(
      LocalizedText(
        en: "\(position) (\(event.type.label.en)) is no statement about a journey.",
        de: "\(position) (\(event.type.label.de)) ist keine Aussage über einen Verlauf."),
      advice: isMerge
        ? LocalizedText(
          en: "To part the two again: wegmarke participants unmerge \(code)",
          de: "Um beide wieder zu trennen: wegmarke participants unmerge \(code)") : nil)
  }

  private func standing(_ events: [ReadEvent], except position: Position?) -> [JourneyEvent] {
    Statement.list(events).compactMap { statement in
      guard statement.first.header.position != position, statement.retraction == nil else {
        return nil
      }
      return statement.wording.event
    }
  }

  private func checkSchema(_ event: JourneyEvent) throws(RecordingError) {
    do throws(EventProblem) { try event.check() } catch {
      var advice: LocalizedText?
      if case .missingField(let name) = error {
        advice = LocalizedText(en: "Add --set \(name)=…", de: "Bitte --set \(name)=… ergänzen.")
      }
      throw .notAStatement(
        LocalizedText(
          en: "\(event.type.label.en) (\(event.occurredOn)) does not fit: \(error.words.en).",
          de: "\(event.type.label.de) (\(event.occurredOn.german)) passt nicht: \(error.words.de)."),
        advice: advice)
    }
  }

  private func checkGuards(
    _ event: JourneyEvent, _ standing: [JourneyEvent]
  ) throws(RecordingError) -> [GuardFinding] {
    let found = JourneyGuards(standing: standing, today: today).check(event)
    let errors = found.filter { $0.severity == .error }
    if !errors.isEmpty { throw .refused(errors) }
    return found
  }

  /// The event that keeps warnings beside the one they are about.
  private func noted(_ warnings: [GuardFinding], _ event: JourneyEvent) -> [JourneyEvent] {
    guard !warnings.isEmpty else { return [] }
    let codes = warnings.map(\.code).joined(separator: " ")
    return [
      signed(JourneyEvent(.warningsNoted, on: event.occurredOn), reason: nil)
        .with(Fields.warnings, codes)
    ]
  }
}
