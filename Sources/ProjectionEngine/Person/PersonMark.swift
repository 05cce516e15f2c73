import EventLog
import Files
import Journey

/// What one record says about a person as a whole rather than about a step of the journey.
///
/// There are few of them, so the view keeps all, beside the blocks. They say who is the same person as
/// whom, and whom figures leave out; whatever else holds for a person from one record to another
/// belongs here too.
struct PersonMark: Sendable, Equatable {
  /// What a mark says; a raw value, once written, keeps its meaning until the view's layout changes.
  enum Kind: UInt8, Sendable {
    /// The participant is the same person as the other, whose code stays.
    case merged = 1
    /// The other is the same person as the participant, whose code stays.
    case tookIn = 2
    /// They are two persons after all.
    case reverted = 3
    /// No figure counts the participant from here on (article 18 GDPR).
    case leftOut = 4
    /// Figures count the participant again, and nothing is restricted any more.
    case countedAgain = 5
    /// Nothing about the participant is shown to anybody (article 18 GDPR); figures count them.
    case restricted = 6
  }

  let position: UInt64
  /// The participant in whose stream the record stands.
  let ref: UInt32
  let kind: Kind
  /// The other participant of a merge; 0 where there is none.
  let other: UInt32

  init(position: UInt64, ref: UInt32, kind: Kind, other: UInt32) {
    self.position = position
    self.ref = ref
    self.kind = kind
    self.other = other
  }

  /// The mark that a record leaves by itself; nil for nearly all.
  ///
  /// Who is left out of figures is told by the whole stream: see `marks(ofRestricted:)`.
  init?(_ header: RecordHeader, _ event: JourneyEvent) {
    switch event.type {
    case .participantsMerged: kind = .merged
    case .participantTakenIn: kind = .tookIn
    case .mergeReverted: kind = .reverted
    default: return nil
    }
    guard header.stream.kind == .participant,
      let other = event[Fields.otherParticipant].flatMap({ UInt32(exactly: $0) })
    else { return nil }
    position = header.position.number
    ref = header.stream.ref
    self.other = other
  }
}

extension [PersonMark] {
  /// With other marks, in the order of the log; of one record a single mark.
  func adding(_ others: [PersonMark]) -> [PersonMark] {
    var byPosition = Dictionary(map { ($0.position, $0) }) { $1 }
    for mark in others { byPosition[mark.position] = mark }
    return byPosition.values.sorted { $0.position < $1.position }
  }

  /// As bytes: position u64, ref u32, other u32, kind u8, each.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    for mark in self {
      bytes.appendBigEndian(mark.position)
      bytes.appendBigEndian(mark.ref)
      bytes.appendBigEndian(mark.other)
      bytes.append(mark.kind.rawValue)
    }
    return bytes
  }

  init?(encoded bytes: [UInt8]) {
    guard bytes.count % 17 == 0 else { return nil }
    self = []
    for at in stride(from: 0, to: bytes.count, by: 17) {
      guard let kind = PersonMark.Kind(rawValue: bytes[at + 16]) else { return nil }
      append(
        PersonMark(
          position: bytes.bigEndian64(at: at), ref: bytes.bigEndian32(at: at + 8), kind: kind,
          other: bytes.bigEndian32(at: at + 12)))
    }
  }
}

extension PersonMark {
  /// Where figures left a participant out and counted them again.
  ///
  /// - Parameter events: The participant's whole stream, because a retraction may bring back what it
  ///   said before.
  static func marks(ofRestricted ref: UInt32, _ events: [ReadEvent]) -> [PersonMark] {
    RestrictionHistory(events).turns.map { turn in
      PersonMark(
        position: turn.position, ref: ref,
        kind: turn.statistics.map { $0 == .exclude ? .leftOut : .restricted } ?? .countedAgain,
        other: 0)
    }
  }
}

extension [PersonMark] {
  /// Whom figures leave out for who knows the first `size` records.
  func leftOut(size: UInt64) -> Set<UInt32> {
    var refs: Set<UInt32> = []
    for mark in self where mark.position < size {
      switch mark.kind {
      case .leftOut: refs.insert(mark.ref)
      case .countedAgain, .restricted: refs.remove(mark.ref)
      case .merged, .tookIn, .reverted: break
      }
    }
    return refs
  }

  /// Whose processing is restricted, whether figures count them or not, after all marks.
  var restricted: Set<UInt32> {
    var refs: Set<UInt32> = []
    for mark in self {
      switch mark.kind {
      case .leftOut, .restricted: refs.insert(mark.ref)
      case .countedAgain: refs.remove(mark.ref)
      case .merged, .tookIn, .reverted: break
      }
    }
    return refs
  }
}
