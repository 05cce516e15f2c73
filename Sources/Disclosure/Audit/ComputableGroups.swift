/// Groups of people that nobody printed but that follow from what is printed.
///
/// A sum of classes can be computed exactly when it is a sum of multiples of printed groups, that
/// is, when every vector that all printed groups take to zero takes it to zero too. One such vector
/// with random entries modulo a prime of 61 bits decides that for every set of classes at once, but
/// for one chance in 10¹⁸. The vector is the same for the same cells.
struct ComputableGroups {
  private let system: CellSystem
  private let hidden: [Bool]

  init(_ system: CellSystem, hidden: [Bool]) {
    self.system = system
    self.hidden = hidden
  }

  /// Every set that can be computed and has fewer than a number of people: of up to four classes, and what is
  /// left of one printed group without another; those that contain another such set are left out.
  ///
  /// Where each class has somebody and nobody counts twice, four classes are all there are below five people.
  func smaller(than minimum: Int64) -> [[Int]] {
    let settled = OpenClasses.settled(system, hidden: hidden)
    let weights = nullVector(settled: settled)
    let candidates = system.truth.indices.filter {
      !settled[$0] && system.people(of: [$0]) < minimum && system.truth[$0] >= system.floor
    }
    var open = candidates
    var found = subtracted(settled, below: minimum)
    let alone = open.filter { weights[$0] == 0 }
    found += alone.map { [$0] }
    open.removeAll { weights[$0] == 0 }
    found += pairsAndTriples(open, weights, below: minimum)
    found += PairsOfPairs(
      system, open, weights: open.map { weights[$0] }, below: minimum
    ).fours(without: found)
    if minimum > 5 || system.hasRepeats {
      found += NestedGroups(system, hidden: hidden, settled: settled).rests(below: minimum)
    }
    return minimal(found.filter { isSmall($0, minimum) })
  }

  private func isSmall(_ classes: [Int], _ minimum: Int64) -> Bool {
    (1..<minimum).contains(system.people(of: classes))
  }

  /// Classes that are what is left of a printed group when others are taken off: of several tables
  /// a class need not be a cell, and so nobody printed it.
  private func subtracted(_ settled: [Bool], below minimum: Int64) -> [[Int]] {
    settled.indices.filter { number in
      settled[number] && isSmall([number], minimum)
        && !system.groupsOfClass[number].contains {
          !hidden[$0] && system.groups[$0].classes == [number]
        }
    }.map { [$0] }
  }

  /// Pairs and triples whose weights add up to zero, without keeping all pairs.
  private func pairsAndTriples(
    _ open: [Int], _ weights: [UInt64], below minimum: Int64
  ) -> [[Int]] {
    let weights = open.map { weights[$0] }
    let values = open.map { system.singles[$0] }
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

  /// The sets that contain no other of them, the shortest first.
  private func minimal(_ sets: [[Int]]) -> [[Int]] {
    let ordered = Set(sets).sorted { ($0.count, $0.description) < ($1.count, $1.description) }
    var kept: [[Int]] = []
    var keptWith: [Int: [Int]] = [:]
    for set in ordered {
      let contains = set.contains { number in
        (keptWith[number] ?? []).contains { Set(kept[$0]).isSubset(of: set) }
      }
      guard !contains else { continue }
      for number in set { keptWith[number, default: []].append(kept.count) }
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
