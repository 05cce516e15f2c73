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
    let best = mostAlike(identity, among: blocks.sharing(keys), least)
    add(identity, keys)
    return best
  }

  private func mostAlike(
    _ identity: KnownIdentity, among places: [Int], _ least: Int
  ) -> Likeness? {
    // Borrowed: who is only looked at is not copied.
    let others = people.span
    var best: (place: Int, suggestion: DuplicateSuggestion)?
    for place in places {
      guard let found = DuplicateScore.suggestion(others[place], identity, least: least),
        found.score > best?.suggestion.score ?? -1
      else { continue }
      best = (place, found)
    }
    return best.map { Likeness(other: people[$0.place], suggestion: $0.suggestion) }
  }

  private mutating func add(_ identity: KnownIdentity, _ keys: [UInt64]) {
    blocks.add(keys)
    people.append(identity)
  }
}
