import EventLog
import Journey
import Keyring

@testable import Imports

extension NaiveLog {
  /// An import as the naive log remembers it.
  struct Import: Equatable {
    let code: String
    /// The position of the event that begins it, and of the one that ends it.
    let begun: Int
    var ended: Int?
    var isUndone = false
  }
}

/// What undoing an import does, worked out from the list by what the documentation of `ImportUndo`
/// says: whoever was touched since keeps everything.
struct NaiveUndo {
  var outcome = ImportUndo.Outcome()
  /// What is taken back, person by person in the order of refs.
  var takenBack: [(ref: UInt32, positions: [Int])] = []

  init(_ log: NaiveLog, begun: Int, ended: Int) {
    func isFact(_ position: Int) -> Bool {
      let event = log.readable(position)
      return event?[Fields.batch] == begun && event?[Fields.target] == nil
    }
    func undone(_ position: Int) -> Int? {
      guard let event = log.readable(position), event[Fields.retractionReason] == .importUndone
      else { return nil }
      return event[Fields.target]
    }
    let refs = Set(
      (begun..<ended).map { log.entries[$0].stream }.filter { $0.kind == .participant }.map(\.ref))
    for ref in refs.sorted() {
      let later = log.positions(of: StreamID(.participant, ref)).filter { $0 > begun }
      outcome.impossible += later.count { log.readable($0) == nil && $0 < ended }
      let before = Set(later.compactMap(undone))
      let facts = later.filter(isFact)
      let open = facts.filter { !before.contains($0) }
      outcome.reversedBefore += facts.count - open.count
      if open.isEmpty { continue }
      let others = later.filter { position in
        if log.readable(position) == nil { return position >= ended }
        return !isFact(position) && undone(position) == nil
      }
      if others.isEmpty {
        outcome.reversed += open.count
        outcome.people += 1
        takenBack.append((ref, open))
      } else {
        outcome.kept += open.count
        outcome.touched.append(.init(ref))
      }
    }
  }
}
