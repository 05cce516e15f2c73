public import Journey

/// Which participants were the same person, and from which position of the log to which.
///
/// A merge moves no record: it joins two streams from its position on, and a revert parts them
/// again. Whatever was asked as known before the merge still sees two persons.
public struct MergeHistory: Sendable, Equatable {
  /// One merge.
  public struct Link: Sendable, Equatable {
    /// The participant who was merged into another.
    public let from: ParticipantRef
    /// The participant whose code stays.
    public let into: ParticipantRef
    /// The position of the merge.
    public let opened: UInt64
    /// The position of its revert; the largest number while it holds.
    public internal(set) var closed: UInt64

    /// Whether the merge holds for who knows the first `size` records.
    public func holds(size: UInt64) -> Bool { opened < size && closed >= size }
  }

  /// The merges in the order in which they were made.
  public private(set) var links: [Link] = []

  /// Works out merges from marks in log order.
  ///
  /// A merge stands in both streams, so that each tells of it alone: the second record of a merge,
  /// and of a revert, says nothing new.
  ///
  /// - Parameter participants: How many there are; a merge with nobody is none.
  init(_ marks: [PersonMark], participants: UInt32) {
    for mark in marks where mark.other != mark.ref && mark.other < participants {
      let (ref, other) = (ParticipantRef(mark.ref), ParticipantRef(mark.other))
      let open = links.lastIndex {
        $0.closed == .max
          && (($0.from, $0.into) == (ref, other) || ($0.from, $0.into) == (other, ref))
      }
      switch (mark.kind, open) {
      case (.reverted, let open?): links[open].closed = mark.position
      case (.merged, nil):
        links.append(Link(from: ref, into: other, opened: mark.position, closed: .max))
      case (.tookIn, nil):
        links.append(Link(from: other, into: ref, opened: mark.position, closed: .max))
      default: break
      }
    }
  }

  /// Everybody who was ever merged.
  var linked: Set<UInt32> {
    Set(links.flatMap { [$0.from.number, $0.into.number] })
  }

  /// Who is one person with whom for who knows the first `size` records.
  public func groups(size: UInt64) -> PersonGroups {
    PersonGroups(links.filter { $0.holds(size: size) })
  }

  /// The participants who are, or ever were, one person with some others, in groups.
  var clusters: PersonGroups { PersonGroups(links) }
}

/// Participants who are one person each, together.
public struct PersonGroups: Sendable, Equatable {
  /// The groups of two or more: the one whose code stays first, then the others by ref.
  public let groups: [[ParticipantRef]]
  private let places: [ParticipantRef: Int]

  init(_ links: [MergeHistory.Link]) {
    var parent: [ParticipantRef: ParticipantRef] = [:]
    func root(_ ref: ParticipantRef) -> ParticipantRef {
      var ref = ref
      while let next = parent[ref], next != ref { ref = next }
      return ref
    }
    for link in links {
      let (a, b) = (root(link.from), root(link.into))
      if a != b { parent[max(a, b)] = min(a, b) }
    }
    let absorbed = Set(links.map(\.from))
    let members = Dictionary(grouping: Set(links.flatMap { [$0.from, $0.into] }), by: root)
    groups = members.values.map { members in
      let sorted = members.sorted()
      // Merges never form a circle; if a damaged log says so, the first participant stands for all.
      let head = sorted.first { !absorbed.contains($0) } ?? sorted[0]
      return [head] + sorted.filter { $0 != head }
    }.sorted { $0[0] < $1[0] }
    places = Dictionary(
      groups.enumerated().flatMap { place, group in group.map { ($0, place) } }
    ) { $1 }
  }

  /// The participants who are one person with this one, itself included, the one whose code stays
  /// first.
  public func person(of ref: ParticipantRef) -> [ParticipantRef] {
    places[ref].map { groups[$0] } ?? [ref]
  }
}
