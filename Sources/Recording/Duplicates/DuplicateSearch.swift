public import EventLog
import Journey
import Keyring
import ProjectionEngine

/// Looks for people who were admitted twice, and for people by name.
public struct DuplicateSearch: Sendable {
  /// Everybody of whom a name is on record and may be shown.
  public let identities: [KnownIdentity]
  /// Pairs of whom somebody said that they are two people, each with the smaller ref first.
  public let dismissed: Set<[UInt32]>

  /// Takes identities and what was said of pairs.
  public init(_ identities: [KnownIdentity], dismissed: Set<[UInt32]> = []) {
    self.identities = identities
    self.dismissed = dismissed
  }

  /// Reads everybody's identity as it stands now.
  ///
  /// Who was merged is one person, with the name on record last; who is restricted (article 18 GDPR)
  /// or erased is not among them.
  ///
  /// - Parameter seen: Hears how many participants were read, of how many.
  public init(
    of log: EventLog, seen: (Int, Int) -> Void = { _, _ in }
  ) throws {
    let keyring = log.keyring
    let count = try log.participantCount()
    let refs = try keyring.isScoped ? keyring.ownRefs(below: count) : Array(0..<count)
    var found: [KnownIdentity] = []
    var dismissed: Set<[UInt32]> = []
    for (place, ref) in refs.enumerated() {
      seen(place, refs.count)
      let ref = ParticipantRef(ref)
      let person = try PersonStreams(of: ref, in: log)
      guard person.members[0] == ref, Restriction(person) == nil else { continue }
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
      guard let event = latest?.event, let name = event[Fields.personName] else { continue }
      found.append(
        KnownIdentity(
          participant: ref, name: name, birthDate: event[Fields.birthDate],
          postcode: event[Fields.postcode]))
    }
    self.init(found, dismissed: dismissed)
  }

  /// Pairs who may be one person, the likeliest first.
  ///
  /// Compared are only those who share the sound of a word of the name together with the year of birth
  /// or its day and month, or the sounds of two words, or the date of birth.
  ///
  /// - Parameter least: The least score of a pair that is suggested.
  public func suggestions(least: Int = DuplicateScore.least) -> [DuplicateSuggestion] {
    var blocks: [String: [Int]] = [:]
    for (index, identity) in identities.enumerated() {
      for key in Set(Self.keys(identity)) { blocks[key, default: []].append(index) }
    }
    var compared: Set<[Int]> = []
    var found: [DuplicateSuggestion] = []
    for members in blocks.values where members.count > 1 {
      for (place, left) in members.enumerated() {
        for right in members[(place + 1)...] {
          guard compared.insert([left, right]).inserted else { continue }
          let (one, other) = (identities[left], identities[right])
          let pair = [one.participant.number, other.participant.number].sorted()
          if dismissed.contains(pair) { continue }
          if let suggestion = DuplicateScore.suggestion(one, other, least: least) {
            found.append(suggestion)
          }
        }
      }
    }
    return found.sorted {
      $0.score == $1.score
        ? $0.participants.lexicographicallyPrecedes($1.participants) : $0.score > $1.score
    }
  }

  static func keys(_ identity: KnownIdentity) -> [String] {
    let sounds = identity.folded.sounds
    var keys: [String] = []
    if let birth = identity.birthDate {
      let (year, month, day) = birth.day.parts
      keys += sounds.map { "\($0) \(year)" }
      // A slip in the year: the same day of another one.
      keys += sounds.map { "\($0) \(month)-\(day)" }
      if birth.precision == .day { keys.append("\(birth.day)") }
    }
    // Where one date is missing, two words must sound alike.
    let sorted = Set(sounds).sorted()
    for (place, one) in sorted.enumerated() {
      for other in sorted[(place + 1)...] { keys.append("\(one)+\(other)") }
    }
    return keys
  }

  /// Who somebody looks for: by a name, folded; by a postcode.
  public func find(_ text: String) -> [KnownIdentity] {
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if isNumber { return identities.filter { $0.postcode == text } }
    let wanted = FoldedName(text)
    return identities.filter { $0.folded.matches(wanted) }
  }
}
