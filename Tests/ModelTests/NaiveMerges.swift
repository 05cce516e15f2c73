import EventLog
import Journey

/// Who is one person with whom after the first records of a log: every statement about two
/// participants is looked at in turn.
struct NaiveMerges {
  private(set) var open: [(from: UInt32, into: UInt32)] = []

  init(_ log: NaiveLog, size: Int = .max) {
    for (position, entry) in log.entries.enumerated() where position < size {
      guard let number = log.readable(position)?[Fields.otherParticipant] else { continue }
      let (ref, other) = (entry.stream.ref, UInt32(number))
      func isPair(_ pair: (from: UInt32, into: UInt32)) -> Bool {
        pair == (ref, other) || pair == (other, ref)
      }
      let isOpen = open.contains(where: isPair)
      switch entry.event.type {
      case .mergeReverted: open.removeAll(where: isPair)
      // Either of the two records says it all.
      case .participantsMerged where !isOpen: open.append((ref, other))
      case .participantTakenIn where !isOpen: open.append((other, ref))
      default: break
      }
    }
  }

  /// Participants in groups that are one person each, the one whose code stays first.
  func groups(of people: [UInt32]) -> [[UInt32]] {
    var groups = people.map { [$0] }
    for (from, into) in open {
      guard let a = groups.firstIndex(where: { $0.contains(from) }),
        let b = groups.firstIndex(where: { $0.contains(into) }), a != b
      else { continue }
      groups[a] += groups[b]
      groups.remove(at: b)
    }
    return groups.map { group in
      let head = group.filter { ref in !open.contains { $0.from == ref } }.min()
      return group.sorted { ($0 == head ? 0 : 1, $0) < ($1 == head ? 0 : 1, $1) }
    }
  }
}
