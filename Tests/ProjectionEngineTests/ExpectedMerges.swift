import Journey

/// Who is one person with whom after some statements, worked out the slow way: every statement
/// about two persons is looked at in turn, and groups grow until nothing changes.
struct ExpectedMerges {
  private var open: [(from: Int, into: Int)] = []

  init(_ telling: Telling, told: some Sequence<Int>) {
    for index in told {
      let statement = telling.statements[index]
      guard let other = statement.other else { continue }
      let pair = [statement.person, other].sorted()
      let isOpen = open.contains { [$0.from, $0.into].sorted() == pair }
      switch statement.event.type {
      case .mergeReverted: open.removeAll { [$0.from, $0.into].sorted() == pair }
      case .participantsMerged where !isOpen: open.append((statement.person, other))
      case .participantTakenIn where !isOpen: open.append((other, statement.person))
      default: break
      }
    }
  }

  /// Everybody in groups, the one whose code stays first.
  func groups(of people: Set<Int>) -> [[Int]] {
    var groups = people.map { Set([$0]) }
    for (from, into) in open {
      guard let a = groups.firstIndex(where: { $0.contains(from) }),
        let b = groups.firstIndex(where: { $0.contains(into) }), a != b
      else { continue }
      groups[min(a, b)].formUnion(groups[max(a, b)])
      groups.remove(at: max(a, b))
    }
    return groups.map { group in
      let head = group.filter { person in !open.contains { $0.from == person } }.min()
      return group.sorted { left, right in left == head || (right != head && left < right) }
    }
  }
}
