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
  /// - Throws: `LogError` when the log or its keys cannot be read.
  public init(
    of log: EventLog, seen: (Int, Int) -> Void = { _, _ in }
  ) throws(LogError) {
    let keyring = log.keyring
    let count = try log.participantCount()
    let refs: [UInt32]
    do throws(KeyringError) {
      refs = try keyring.isScoped ? keyring.ownRefs(below: count) : Array(0..<count)
    } catch { throw .keys(error) }
    var all = RecordedNames()
    // Portions on all cores, as many at a time as let progress be seen.
    let (portion, width) = (256, 8)
    for start in stride(from: 0, to: refs.count, by: portion * width) {
      seen(start, refs.count)
      let rest = refs[start..<min(start + portion * width, refs.count)]
      let read = try concurrentMap((rest.count + portion - 1) / portion) {
        index throws(LogError) -> RecordedNames in
        let first = rest.startIndex + index * portion
        return try RecordedNames(of: rest[first..<min(first + portion, rest.endIndex)], in: log)
      }
      for names in read { all.add(names) }
    }
    // What was said of two people holds also when one of them was merged with a third.
    self.init(
      all.found,
      dismissed: Set(all.dismissed.map { $0.map { all.heads[$0] ?? $0 }.sorted() }))
  }

  /// Pairs who may be one person, the likeliest first.
  ///
  /// Compared are few of all pairs: those that `DuplicateBlocks` brings together.
  ///
  /// - Parameter least: The least score of a pair that is suggested.
  public func suggestions(least: Int = DuplicateScore.least) -> [DuplicateSuggestion] {
    var blocks = DuplicateBlocks()
    var found: [DuplicateSuggestion] = []
    // Borrowed: who is only looked at is not copied.
    let others = identities.span
    for identity in identities {
      let keys = DuplicateBlocks.keys(of: identity)
      for place in blocks.sharing(keys) {
        guard let suggestion = DuplicateScore.suggestion(others[place], identity, least: least),
          !dismissed.contains(suggestion.participants.map(\.number))
        else { continue }
        found.append(suggestion)
      }
      blocks.add(keys)
    }
    return found.sorted {
      $0.score == $1.score
        ? $0.participants.lexicographicallyPrecedes($1.participants) : $0.score > $1.score
    }
  }

  /// Who somebody looks for: by a name, folded; by a postcode.
  public func find(_ text: String) -> [KnownIdentity] {
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    if isNumber {
      // A spreadsheet may have taken the zero.
      return identities.filter { $0.postcode == text || $0.postcode == "0" + text }
    }
    let wanted = FoldedName(text)
    return identities.filter { $0.folded.matches(wanted) }
  }
}
