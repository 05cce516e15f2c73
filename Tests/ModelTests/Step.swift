import TestSupport

/// One thing that somebody does to a store.
///
/// A step says what kind of thing and carries a seed of its own; who and what it is about is chosen
/// from what the store holds when its turn comes. So any step can be left out of a list and the
/// others still make sense, which is what shortens a failing list.
struct Step: Sendable, Hashable, CustomStringConvertible {
  enum Kind: String, Sendable, CaseIterable {
    // What is told.
    case admit, append, appendToSeveral, correct, takeBack, pipeline, merge, unmerge, restrict
    // What comes in files, and goes again.
    case importFiles, undoImport
    // What is refused.
    case staleVersion, badTarget, badEvent, unknownStream, takenID, takenCode, injectedTimes
    // What is told again.
    case sayAgain, sayOtherwise
    // What the store does with itself.
    case refresh, rebuild, dropViews, reopen, sign, moveClock
    // What destroys keys.
    case erase, dropGroup, rotate
  }

  let kind: Kind
  let seed: UInt64

  var description: String { "\(kind.rawValue)(\(seed))" }

  /// How often each kind comes, in relation to the others.
  private static let weights: [(Kind, Int)] = [
    (.admit, 14), (.append, 22), (.appendToSeveral, 8), (.correct, 12), (.takeBack, 8),
    (.pipeline, 4), (.merge, 5), (.unmerge, 3), (.restrict, 5), (.importFiles, 4), (.undoImport, 5),
    (.staleVersion, 6), (.badTarget, 3), (.badEvent, 1), (.unknownStream, 1),
    (.takenID, 2), (.takenCode, 1), (.injectedTimes, 1), (.sayAgain, 8), (.sayOtherwise, 3),
    (.refresh, 8), (.rebuild, 3), (.dropViews, 1), (.reopen, 5), (.sign, 3), (.moveClock, 4),
    (.erase, 3), (.dropGroup, 1),
    (.rotate, 1),
  ]

  /// The steps of a seed.
  static func list(seed: UInt64, count: Int) -> [Step] {
    var random = SeededGenerator(seed: seed)
    let total = weights.reduce(0) { $0 + $1.1 }
    return (0..<count).map { _ in
      var place = Int.random(in: 0..<total, using: &random)
      let kind = weights.first { weight in
        place -= weight.1
        return place < 0
      }
      return Step(kind: kind?.0 ?? .append, seed: random.next() >> 16)
    }
  }
}
