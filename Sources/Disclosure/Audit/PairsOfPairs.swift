/// Sets of four classes whose weights add up to zero, found without keeping all pairs.
///
/// A pair goes with another whose weight is the opposite one. With many classes a bit for each weight, or its
/// opposite, says which pairs can have such a partner at all; only those are kept.
struct PairsOfPairs {
  private let system: CellSystem
  private let minimum: Int64
  /// The classes, ascending, with their weights and the people whom they alone have.
  private let classes: [Int]
  private let weights: [UInt64]
  private let values: [Int64]
  /// Above so many bits no more are used: then more pairs are kept in vain.
  private static let mostBits = 29

  private struct Pair {
    let key: UInt64
    let first: Int32
    let second: Int32
    /// Whether the key is the weight, and not its opposite.
    let isWeight: Bool
  }

  /// Looks among some classes, ascending.
  init(_ system: CellSystem, _ classes: [Int], weights: [UInt64], below minimum: Int64) {
    self.system = system
    self.minimum = minimum
    // Whoever has three others beside him must leave room for them.
    let least = classes.map { system.singles[$0] }.min() ?? 0
    let places = classes.indices.filter { system.singles[classes[$0]] + 3 * least < minimum }
    self.classes = places.map { classes[$0] }
    self.weights = places.map { weights[$0] }
    values = self.classes.map { system.singles[$0] }
  }

  /// The sets of four that contain none of some smaller sets.
  func fours(without known: [[Int]]) -> [[Int]] {
    guard classes.count > 3 else { return [] }
    let smaller = Set(known.filter { $0.count < 4 })
    let pairs = candidates().sorted {
      ($0.key, $0.first, $0.second) < ($1.key, $1.first, $1.second)
    }
    var found: [[Int]] = []
    var start = 0
    while start < pairs.count {
      var end = start
      while end < pairs.count, pairs[end].key == pairs[start].key { end += 1 }
      for one in start..<end {
        for other in start..<end
        where pairs[one].isWeight != pairs[other].isWeight
          && pairs[one].second < pairs[other].first
        {
          let places = [
            pairs[one].first, pairs[one].second, pairs[other].first, pairs[other].second,
          ]
          let four = places.map { classes[Int($0)] }
          guard places.reduce(0, { $0 + values[Int($1)] }) < minimum, !contains(four, smaller)
          else { continue }
          found.append(four)
        }
      }
      start = end
    }
    return found
  }

  /// Whether a set of four contains one of some sets of up to three.
  private func contains(_ four: [Int], _ smaller: Set<[Int]>) -> Bool {
    guard !smaller.isEmpty else { return false }
    return (1..<15).contains { bits in
      smaller.contains(four.indices.filter { bits >> $0 & 1 == 1 }.map { four[$0] })
    }
  }

  /// The pairs that may have a partner of the opposite weight.
  private func candidates() -> [Pair] {
    let count = classes.count * (classes.count - 1) / 2
    let bits = min(Self.mostBits, max(10, 67 - count.leadingZeroBitCount))
    let mask = UInt64(1) << UInt64(bits) - 1
    var once = [UInt64](repeating: 0, count: 1 << (bits - 6))
    var twice = once
    forEachPair { key, _, _, _ in
      let (word, bit) = (Int((key & mask) >> 6), UInt64(1) << (key & 63))
      twice[word] |= once[word] & bit
      once[word] |= bit
    }
    var pairs: [Pair] = []
    forEachPair { key, first, second, isWeight in
      guard twice[Int((key & mask) >> 6)] >> (key & 63) & 1 == 1 else { return }
      pairs.append(
        Pair(key: key, first: Int32(first), second: Int32(second), isWeight: isWeight))
    }
    return pairs
  }

  /// Every pair that leaves room for two others; a weight and its opposite have one key, the smaller of them.
  private func forEachPair(_ use: (UInt64, Int, Int, Bool) -> Void) {
    let least = 2 * (values.min() ?? 0)
    for first in classes.indices {
      for second in (first + 1)..<max(first + 1, classes.count)
      where values[first] + values[second] + least < minimum {
        let weight = Modular.add(weights[first], weights[second])
        guard weight != 0 else { continue }
        let opposite = Modular.prime - weight
        use(min(weight, opposite), first, second, weight < opposite)
      }
    }
  }
}
