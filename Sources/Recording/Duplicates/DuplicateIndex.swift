import Journey

/// Says of people one after the other whom they resemble: those on record, and those met before.
///
/// Holds the identities of all of them, as `DuplicateSearch` does.
public struct DuplicateIndex: Sendable {
  /// Whom somebody resembles most.
  public struct Likeness: Sendable {
    /// The one met or recorded before.
    public let other: KnownIdentity
    /// How likely it is, and why.
    public let suggestion: DuplicateSuggestion
  }

  private var people: [KnownIdentity] = []
  private var blocks = DuplicateBlocks()

  /// Begins with everybody on record.
  public init(_ search: DuplicateSearch) {
    for identity in search.identities { add(identity, DuplicateBlocks.keys(of: identity)) }
  }

  /// Notes somebody and says whom they resemble most, of those noted before.
  ///
  /// - Parameter least: The least score.
  public mutating func meet(
    _ identity: KnownIdentity, least: Int = DuplicateScore.least
  ) -> Likeness? {
    let keys = DuplicateBlocks.keys(of: identity)
    var best: Likeness?
    for place in blocks.sharing(keys) {
      guard let found = DuplicateScore.suggestion(people[place], identity, least: least),
        found.score > best?.suggestion.score ?? -1
      else { continue }
      best = Likeness(other: people[place], suggestion: found)
    }
    add(identity, keys)
    return best
  }

  private mutating func add(_ identity: KnownIdentity, _ keys: [UInt64]) {
    blocks.add(keys)
    people.append(identity)
  }
}
