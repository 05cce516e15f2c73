/// What is left of a printed group without another one, whatever tables they are in and whatever they are called.
///
/// As a group counts also what the printed parts of one sum have together. Larger groups of people than
/// ``ComputableGroups`` finds by their classes follow from such pairs.
struct NestedGroups {
  private let system: CellSystem
  /// Known groups without settled classes, by ascending number of people who count once.
  private let known: [Known]

  private struct Known {
    let classes: [Int]
    let people: Int64
    /// A bit for each class, so that most groups that are not nested are told apart at once.
    let bits: UInt64
  }

  /// Prepares the groups that a pattern prints.
  init(_ system: CellSystem, hidden: [Bool], settled: [Bool]) {
    self.system = system
    let printed = system.groups.indices.filter { !hidden[$0] }.map { system.groups[$0].classes }
    let parts = system.sums.joined().compactMap { parts -> [Int]? in
      let printed = parts.filter { !hidden[$0] }
      guard printed.count > 1, printed.count < parts.count else { return nil }
      return printed.flatMap { system.groups[$0].classes }.sorted()
    }
    let open = Set((printed + parts).map { $0.filter { !settled[$0] } })
    known = open.filter { !$0.isEmpty }.map { classes in
      Known(
        classes: classes, people: classes.reduce(0) { $0 + system.singles[$1] },
        bits: classes.reduce(0) { $0 | 1 << ((UInt64($1) &* 0x9E37_79B9_7F4A_7C15) >> 58) })
    }.sorted {
      ($0.people, $0.classes.count) != ($1.people, $1.classes.count)
        ? ($0.people, $0.classes.count) < ($1.people, $1.classes.count)
        : $0.classes.lexicographicallyPrecedes($1.classes)
    }
  }

  /// The classes that one group has and another, all of which is in it, has not, where they have fewer than a
  /// number of people.
  func rests(below minimum: Int64) -> [[Int]] {
    var found: Set<[Int]> = []
    for (place, inner) in known.enumerated() {
      for outer in known[(place + 1)...] {
        guard outer.people - inner.people < minimum else { break }
        guard inner.bits & ~outer.bits == 0, inner.classes.count < outer.classes.count,
          let rest = rest(of: outer.classes, without: inner.classes)
        else { continue }
        if system.people(of: rest) < minimum { found.insert(rest) }
      }
    }
    return found.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// What is left of ascending classes; nil where the others are not all among them.
  private func rest(of outer: [Int], without inner: [Int]) -> [Int]? {
    var rest: [Int] = []
    var place = 0
    for number in outer {
      if place < inner.count, inner[place] == number {
        place += 1
      } else if place < inner.count, inner[place] < number {
        return nil
      } else {
        rest.append(number)
      }
    }
    return place == inner.count ? rest : nil
  }
}
