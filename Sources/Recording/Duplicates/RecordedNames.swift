import EventLog
import Journey
import ProjectionEngine

/// The names on record of some participants, and what was said of pairs of them.
struct RecordedNames: Sendable {
  /// Who they are, in the order of the participants.
  private(set) var found: [KnownIdentity] = []
  /// Pairs of whom somebody said that they are two people.
  private(set) var dismissed: Set<[UInt32]> = []
  /// Under whose code those stand who were merged.
  private(set) var heads: [UInt32: UInt32] = [:]

  init() {}

  /// Reads the streams of participants.
  init(of refs: ArraySlice<UInt32>, in log: EventLog) throws(LogError) {
    for ref in refs { try read(ParticipantRef(ref), in: log) }
  }

  /// Adds those of participants who follow.
  mutating func add(_ later: RecordedNames) {
    found += later.found
    dismissed.formUnion(later.dismissed)
    heads.merge(later.heads) { _, last in last }
  }

  private mutating func read(_ ref: ParticipantRef, in log: EventLog) throws(LogError) {
    let person = try PersonStreams(of: ref, in: log)
    guard person.members[0] == ref else { return }
    for member in person.members.dropFirst() { heads[member.number] = ref.number }
    guard Restriction(person) == nil else { return }
    var latest: (position: UInt64, event: JourneyEvent)?
    for (member, stream) in zip(person.members, person.streams) {
      let withheld = Statement.withheld(stream)
      for statement in Statement.list(stream) where statement.retraction == nil {
        let wording = statement.wording
        guard let event = wording.event, !withheld.contains(wording.header.position) else {
          continue
        }
        switch event.type {
        case .identityRecorded:
          let position = wording.header.position.number
          if latest.map({ $0.position < position }) ?? true { latest = (position, event) }
        case .duplicateDismissed:
          guard let other = event[Fields.otherParticipant].flatMap({ UInt32(exactly: $0) }) else {
            continue
          }
          dismissed.insert([member.number, other].sorted())
        default: break
        }
      }
    }
    guard let event = latest?.event, let name = event[Fields.personName] else { return }
    found.append(
      KnownIdentity(
        participant: ref, name: name, birthDate: event[Fields.birthDate],
        postcode: event[Fields.postcode]))
  }
}
