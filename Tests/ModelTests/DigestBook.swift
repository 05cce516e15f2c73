import EventLog
import Synchronization

/// The digests of all states that were ever seen: the same state has the same digest, in any store
/// and told in any way, and two different states never do.
final class DigestBook: Sendable {
  private struct Pages {
    var digests: [[UInt8]: String] = [:]
    var states: [String: [UInt8]] = [:]
  }

  private let pages = Mutex(Pages())

  /// A state as bytes: what it says about each, by external id, in no order.
  func key(of journeys: NaiveJourneys, ids: [String?]) -> [UInt8] {
    let lines = journeys.people.map { ref, person in
      let attributes = person.attributes.sorted { $0.key < $1.key }
        // Letters that look the same are not the same text.
        .map { "\(Array($0.key.utf8))=\(Array($0.value.utf8))" }
      let mark = person.isLeftOut ? " left out" : ""
      return "\(ids[Int(ref)] ?? "-"): \(person.milestones) \(attributes)\(mark)"
    }
    return ContentDigest.sha256(Array(lines.sorted().joined(separator: "\n").utf8))
  }

  /// What is wrong with a digest, given all that were seen before; nil when nothing is.
  func problem(with digest: String, of state: [UInt8]) -> String? {
    pages.withLock { pages in
      if let known = pages.digests[state], known != digest { return "the same state had \(known)" }
      if let known = pages.states[digest], known != state { return "another state has it too" }
      pages.digests[state] = digest
      pages.states[digest] = state
      return nil
    }
  }

  var count: Int { pages.withLock { $0.digests.count } }
}
