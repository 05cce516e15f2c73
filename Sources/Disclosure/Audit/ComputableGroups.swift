/// Groups of people that nobody printed but that follow from what is printed.
///
/// A sum of classes can be computed exactly when it is a sum of multiples of printed groups, that
/// is, when every vector that all printed groups take to zero takes it to zero too. One such vector
/// with random entries modulo a prime of 61 bits decides that for every set of classes at once, but
/// for one chance in 10¹⁸. The vector is the same for the same cells.
struct ComputableGroups {
  private let system: CellSystem
  private let hidden: [Bool]
  /// The most classes of a group that are looked for.
  static let largest = 4
  /// Above so many candidates only pairs are looked for.
  static let candidatesForFour = 600

  init(_ system: CellSystem, hidden: [Bool]) {
    self.system = system
    self.hidden = hidden
  }

  /// Every set of up to four classes, each with people, that can be computed and has fewer than a
  /// number of people; those that contain another such set are left out.
  func smaller(than minimum: Int64) -> [[Int]] {
    let settled = OpenClasses.settled(system, hidden: hidden)
    let weights = nullVector(settled: settled)
    let candidates = system.truth.indices.filter {
      !settled[$0] && system.truth[$0] < minimum && system.truth[$0] >= system.floor
    }
    var found: [[Int]] = []
    var open = candidates
    found += subtracted(settled, below: minimum)
    let alone = open.filter { weights[$0] == 0 }
    found += alone.map { [$0] }
    open.removeAll { weights[$0] == 0 }
    found += pairsAndTriples(open, weights, below: minimum)
    if open.count <= Self.candidatesForFour {
      found += fours(allPairs(open, weights, below: minimum), below: minimum)
    }
    return minimal(found.filter { sum($0) > 0 })
  }

  /// Classes that are what is left of a printed group when others are taken off: of several tables
  /// a class need not be a cell, and so nobody printed it.
  private func subtracted(_ settled: [Bool], below minimum: Int64) -> [[Int]] {
    settled.indices.filter { number in
      settled[number] && (1..<minimum).contains(system.truth[number])
        && !system.groupsOfClass[number].contains {
          !hidden[$0] && system.groups[$0].classes == [number]
        }
    }.map { [$0] }
  }

  private struct Pair {
    let first: Int
    let second: Int
    let weight: UInt64
  }

  /// Pairs and triples whose weights add up to zero, without keeping all pairs.
  private func pairsAndTriples(
    _ open: [Int], _ weights: [UInt64], below minimum: Int64
  ) -> [[Int]] {
    let weights = open.map { weights[$0] }
    let values = open.map { system.truth[$0] }
    let opposite = Dictionary(grouping: open.indices) { Modular.subtract(0, weights[$0]) }
    // Most sums are no class's opposite; a few bits of each say so at once.
    var isThere = [Bool](repeating: false, count: 1 << 16)
    for weight in opposite.keys { isThere[Int(weight & 0xffff)] = true }
    var found: [[Int]] = []
    for first in open.indices {
      for second in open.indices[(first + 1)...] where values[first] + values[second] < minimum {
        let weight = Modular.add(weights[first], weights[second])
        if weight == 0 { found.append([open[first], open[second]]) }
        guard isThere[Int(weight & 0xffff)], let thirds = opposite[weight] else { continue }
        for third in thirds
        where third > second && values[first] + values[second] + values[third] < minimum {
          found.append([open[first], open[second], open[third]])
        }
      }
    }
    return found
  }

  private func allPairs(_ open: [Int], _ weights: [UInt64], below minimum: Int64) -> [Pair] {
    var pairs: [Pair] = []
    for (index, first) in open.enumerated() {
      for second in open[(index + 1)...] where sum([first, second]) < minimum {
        pairs.append(
          Pair(first: first, second: second, weight: Modular.add(weights[first], weights[second])))
      }
    }
    return pairs
  }

  private func fours(_ pairs: [Pair], below minimum: Int64) -> [[Int]] {
    let byWeight = Dictionary(grouping: pairs, by: \.weight)
    var found: [[Int]] = []
    // The two smaller and the two larger of four are always among the pairs.
    for pair in pairs where pair.weight != 0 {
      for other in byWeight[Modular.subtract(0, pair.weight)] ?? [] {
        let all = [pair.first, pair.second, other.first, other.second]
        guard pair.second < other.first, sum(all) < minimum else { continue }
        found.append(all)
      }
    }
    return found
  }

  private func sum(_ classes: [Int]) -> Int64 { classes.reduce(0) { $0 + system.truth[$1] } }

  private func minimal(_ sets: [[Int]]) -> [[Int]] {
    let ordered = Set(sets).sorted { ($0.count, $0.description) < ($1.count, $1.description) }
    var kept: [[Int]] = []
    for set in ordered where !kept.contains(where: { Set($0).isSubset(of: set) }) {
      kept.append(set)
    }
    return kept
  }

  /// Random entries that every printed group adds up to zero.
  private func nullVector(settled: [Bool]) -> [UInt64] {
    var rows: [(vector: ModularVector, place: Int, inverse: UInt64)] = []
    var pivotOfClass = [Int?](repeating: nil, count: settled.count)
    var known: Set<[Int]> = []
    for (number, group) in system.groups.enumerated() where !hidden[number] {
      let open = group.classes.filter { !settled[$0] }
      guard !open.isEmpty, known.insert(open).inserted else { continue }
      var vector = ModularVector(ones: open)
      while let next = vector.places.compactMap({ pivotOfClass[$0] }).min() {
        let pivot = rows[next]
        vector.subtract(
          pivot.vector, times: Modular.multiply(vector[pivot.place], pivot.inverse))
      }
      guard let place = vector.places.first else { continue }
      pivotOfClass[place] = rows.count
      rows.append((vector, place, Modular.inverse(vector[place])))
    }
    var weights = settled.indices.map { settled[$0] ? 0 : Self.scrambled(UInt64($0)) }
    // A row has none of the earlier pivots, so the last is solved first.
    for row in rows.reversed() {
      var rest: UInt64 = 0
      for (place, value) in zip(row.vector.places, row.vector.values) where place != row.place {
        rest = Modular.add(rest, Modular.multiply(value, weights[place]))
      }
      weights[row.place] = Modular.multiply(Modular.subtract(0, rest), row.inverse)
    }
    return weights
  }

  /// Numbers without pattern, the same on every machine (SplitMix64).
  private static func scrambled(_ number: UInt64) -> UInt64 {
    var z = (number &+ 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return (z ^ z >> 31) % Modular.prime
  }
}
