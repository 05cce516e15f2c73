import EventLog
public import Journey
import Keyring
import ProjectionEngine

extension Recorder {
  /// Plans to make two participants one person.
  ///
  /// Whoever was merged before stands for the whole person. The versions of all streams of both
  /// are expected, so that two merges at the same time never form a circle.
  ///
  /// - Parameters:
  ///   - kept: The one whose code stays.
  ///   - absorbed: The other.
  ///   - expected: The number of records of both on which somebody decided; nil for any.
  public func planMerge(
    keeping kept: ParticipantRef, absorbing absorbed: ParticipantRef, reason: String,
    expecting expected: UInt32? = nil
  ) throws(RecordingError) -> RecordingPlan {
    let reason = try StatedText.reason(reason)
    try checkVoice()
    if kept == absorbed {
      throw .pointless(
        LocalizedText(
          en: "\(name(kept)) cannot be merged with itself.",
          de: "\(name(kept)) lässt sich nicht mit sich selbst zusammenführen."),
        advice: .init(en: "Name two different codes.", de: "Bitte zwei verschiedene Codes nennen."))
    }
    let (left, right) = (try person(of: kept), try person(of: absorbed))
    let (into, from) = (left.members[0], right.members[0])
    if into == from { throw alreadyOne(kept, absorbed, left) }
    for ref in [into, from] { try refuseErased(ref) }
    let version = try checkRecords(of: [left, right], expected)
    let merged = signed(
      JourneyEvent(.participantsMerged, on: CivilDate(today))
        .with(Fields.otherParticipant, Int(into.number)), reason: reason)
    let takenIn = signed(
      JourneyEvent(.participantTakenIn, on: CivilDate(today))
        .with(Fields.otherParticipant, Int(from.number)), reason: reason)
    var parts: [AppendRequest.Part] = []
    for person in [right, left] {
      for (place, member) in person.members.enumerated() {
        let events = place > 0 ? [] : member == from ? [merged] : [takenIn]
        parts.append(
          .init(
            .stream(.participant(member)), expecting: .exact(person.versions[place]), events))
      }
    }
    return RecordingPlan(
      event: merged, participant: from, version: version,
      position: Position(try size()), other: into, request: AppendRequest(parts))
  }

  /// Plans to part a participant again from the person it was merged into.
  ///
  /// - Parameters:
  ///   - ref: The one who was merged into another, or the one whose code stays where just one was
  ///     merged into it.
  ///   - expected: The number of records of the whole person on which somebody decided; nil for any.
  public func planUnmerge(
    _ ref: ParticipantRef, reason: String, expecting expected: UInt32? = nil
  ) throws(RecordingError) -> RecordingPlan {
    let reason = try StatedText.reason(reason)
    try checkVoice()
    let person = try person(of: ref)
    let open = person.merges.links.filter { $0.holds(size: .max) }
    let candidates =
      open.contains { $0.from == ref }
      ? open.filter { $0.from == ref } : open.filter { $0.into == ref }
    guard let link = candidates.first else {
      throw .pointless(
        LocalizedText(
          en: "\(name(ref)) is merged with nobody.",
          de: "\(name(ref)) ist mit niemandem zusammengeführt."), advice: nil)
    }
    guard candidates.count == 1 else {
      let names = candidates.map { name($0.from) }.joined(separator: ", ")
      throw .pointless(
        LocalizedText(
          en: "Several were merged into \(name(ref)): \(names).",
          de: "Mit \(name(ref)) wurden mehrere zusammengeführt: \(names)."),
        advice: .init(
          en: "Name the one to take out.", de: "Bitte den Code nennen, der getrennt werden soll."))
    }
    let version = try checkRecords(of: [person], expected)
    var parts: [AppendRequest.Part] = []
    for (one, other) in [(link.from, link.into), (link.into, link.from)] {
      guard (try? log.keyring.identity(of: one)) != nil,
        let place = person.members.firstIndex(of: one)
      else { continue }
      let stream = person.streams[place]
      let merge = stream.last { read in
        read.event?[Fields.otherParticipant] == Int(other.number)
          && read.event?.type != .mergeReverted && read.header.position.number >= link.opened
      }
      parts.append(
        .init(
          .stream(.participant(one)), expecting: .exact(person.versions[place]),
          [
            signed(
              JourneyEvent(.mergeReverted, on: CivilDate(today))
                .with(Fields.otherParticipant, Int(other.number))
                .with(Fields.target, merge.map { Int($0.header.position.number) }),
              reason: reason)
          ]))
    }
    guard let event = parts.first?.events.first else {
      throw .log(.keys(.erased(ref: link.from.number)))
    }
    return RecordingPlan(
      event: event, participant: link.from, version: version, position: Position(try size()),
      other: link.into, request: AppendRequest(parts))
  }

  /// Plans to say of two participants that they are two people, so that nobody is asked again.
  ///
  /// It is said once, in the stream of the first, so that taking it back takes it back.
  public func planDismissal(
    _ left: ParticipantRef, _ right: ParticipantRef, reason: String
  ) throws(RecordingError) -> RecordingPlan {
    let reason = try StatedText.reason(reason)
    try checkVoice()
    let (one, other) = (try person(of: left), try person(of: right))
    let (head, otherHead) = (one.members[0], other.members[0])
    if head == otherHead {
      throw .pointless(
        LocalizedText(
          en: "\(name(left)) and \(name(right)) are one person here.",
          de: "\(name(left)) und \(name(right)) sind hier eine Person."),
        advice: .init(
          en: "Part them first: wegmarke participants unmerge",
          de: "Erst trennen: wegmarke participants unmerge"))
    }
    for ref in [head, otherHead] { try refuseErased(ref) }
    let event = signed(
      JourneyEvent(.duplicateDismissed, on: CivilDate(today))
        .with(Fields.otherParticipant, Int(otherHead.number)), reason: reason)
    return RecordingPlan(
      event: event, participant: head, version: one.versions[0],
      position: Position(try size()), other: otherHead,
      request: AppendRequest(
        [.init(.stream(.participant(head)), expecting: .exact(one.versions[0]), [event])]))
  }

  /// The number of records of some persons together, where nobody recorded anything since it was
  /// another one.
  private func checkRecords(
    of persons: [PersonStreams], _ expected: UInt32?
  ) throws(RecordingError) -> UInt32 {
    let events = persons.flatMap(\.events).sorted { $0.header.position < $1.header.position }
    let actual = UInt32(events.count)
    guard let expected, expected != actual else { return actual }
    guard expected < actual else { throw versionToCome(expected, newest: actual) }
    throw .conflict(
      RecordingConflict(
        expected: expected, actual: actual, since: Array(events[Int(expected)...]), base: nil,
        theirs: nil, mine: nil))
  }

  private func name(_ ref: ParticipantRef) -> String {
    (try? log.keyring.identity(of: ref))?.code.description ?? "(\(ref.number))"
  }

  private func refuseErased(_ ref: ParticipantRef) throws(RecordingError) {
    do throws(KeyringError) { _ = try log.keyring.identity(of: ref) } catch {
      throw .log(.keys(error))
    }
  }

  private func alreadyOne(
    _ kept: ParticipantRef, _ absorbed: ParticipantRef, _ person: PersonStreams
  ) -> RecordingError {
    let open = person.merges.links.filter { $0.holds(size: .max) }
    // Follow the merges from the one that was to be kept: does the way lead to the other?
    var at = kept
    while at != absorbed, let next = open.first(where: { $0.from == at }) { at = next.into }
    let head = name(person.members[0])
    let (one, two) = (name(kept), name(absorbed))
    if at == absorbed {
      return .pointless(
        LocalizedText(
          en: "\(one) was merged into \(two) already; the other way round would be a circle.",
          de: "\(one) ist schon mit \(two) zusammengeführt; umgekehrt entstünde ein Kreis."),
        advice: .init(
          en: "To let the other code stay, part them first: wegmarke participants unmerge \(one)",
          de: "Damit der andere Code bleibt, erst trennen: wegmarke participants unmerge \(one)"))
    }
    return .pointless(
      LocalizedText(
        en: "\(one) and \(two) are one person already (\(head)).",
        de: "\(one) und \(two) sind schon eine Person (\(head))."), advice: nil)
  }
}
