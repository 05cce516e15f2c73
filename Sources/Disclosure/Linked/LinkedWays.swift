/// The ways through several tables that people took: which class of each table they are in.
///
/// A table may count people, another their participations or jobs. Whoever counts once in either takes one way
/// through both, since an attacker who sees that will take the one for the other. Somebody who counts
/// several times in a table takes several ways, as few as there can be.
struct LinkedWays {
  /// The class in each table, -1 for none; in ascending order, each way once.
  let all: [[Int32]]
  /// How many took each way.
  let counts: [Int64]
  /// Who took each way and others besides, and how often; empty where nobody did.
  let repeats: [[(person: UInt64, times: Int64)]]

  /// Follows everybody through the tables.
  init(_ tables: [MemberTable]) {
    var ways: [UInt64: [Int32]] = [:]
    var persons: [UInt64: UInt64] = [:]
    let nowhere = [Int32](repeating: -1, count: tables.count)
    for (number, table) in tables.enumerated() {
      for member in table.members {
        ways[member.id, default: nowhere][number] = Int32(member.classNumber)
        persons[member.id] = member.person
      }
    }
    var ids: [UInt64: [UInt64]] = [:]
    for (id, person) in persons { ids[person, default: []].append(id) }
    var counts: [[Int32]: Int64] = [:]
    var several: [[Int32]: [UInt64: Int64]] = [:]
    for (person, ids) in ids {
      let joined = Self.joined(ids.sorted().compactMap { ways[$0] })
      for way in joined {
        counts[way, default: 0] += 1
        if joined.count > 1 { several[way, default: [:]][person, default: 0] += 1 }
      }
    }
    let ordered = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    all = ordered.map(\.key)
    self.counts = ordered.map(\.value)
    repeats =
      several.isEmpty
      ? []
      : all.map { way in
        (several[way] ?? [:]).sorted { $0.key < $1.key }.map { (person: $0.key, times: $0.value) }
      }
  }

  /// One person's ways, those put into one that share no table; those through the most tables first.
  private static func joined(_ ways: [[Int32]]) -> [[Int32]] {
    guard ways.count > 1 else { return ways }
    let order = ways.indices.sorted { one, other in
      let (first, second) = (ways[one].count { $0 >= 0 }, ways[other].count { $0 >= 0 })
      return (-first, one) < (-second, other)
    }
    var joined: [[Int32]] = []
    for place in order {
      let way = ways[place]
      let free = joined.firstIndex { zip($0, way).allSatisfy { $0 < 0 || $1 < 0 } }
      guard let free else {
        joined.append(way)
        continue
      }
      joined[free] = zip(joined[free], way).map { max($0, $1) }
    }
    return joined
  }
}
