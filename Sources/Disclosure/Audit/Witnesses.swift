/// Populations that looked the same in print as the true one, kept because they prove something of other
/// objects too: each may be taken more or less strongly, and the other way round.
struct Witnesses {
  private let system: CellSystem
  private(set) var all: [Population] = []
  /// The populations that change each group, by their places.
  private var changing: [[Int]]
  /// How strongly each may be taken, where that was asked since one of its groups was hidden or printed.
  private var known: [Known?] = []
  /// Before more are kept, the older half is forgotten.
  private static let most = 8_000

  /// How strongly a population may be taken; nil for not at all.
  private struct Known {
    let strengths: ClosedRange<Int64>?
  }

  init(_ system: CellSystem, _ populations: [Population]) {
    self.system = system
    changing = [[Int]](repeating: [], count: system.groups.count)
    for population in populations.suffix(Self.most / 2) { add(population) }
  }

  mutating func add(_ population: Population) {
    guard !population.changes.isEmpty else { return }
    if all.count == Self.most {
      let later = all.suffix(Self.most / 2)
      self = Witnesses(system, Array(later))
    }
    let population = population.primitive
    for group in population.groupChanges.keys { changing[group].append(all.count) }
    all.append(population)
    known.append(nil)
  }

  /// What was known of populations that change a group does not hold any more.
  mutating func forget(_ group: Int) {
    for place in changing[group] { known[place] = nil }
  }

  /// The populations in which an object is smallest and largest, among so many of the last ones; no others
  /// are looked at once the two values are enough.
  mutating func ends(
    of object: ProtectedObject, among most: Int, hidden: [Bool],
    until isEnough: (Int64, Int64) -> Bool
  ) -> (lowest: Population, highest: Population) {
    let truth = Population(changes: [], in: system)
    var lowest = (population: truth, value: object.value)
    var highest = lowest
    for place in places(of: object).suffix(most).reversed() {
      let change = all[place].value(of: object) - object.value
      guard change != 0, let strengths = strengths(place, hidden: hidden),
        !object.knowing.contains(where: { all[place].groupChanges[$0] != nil })
      else { continue }
      let (weakest, strongest) =
        change > 0
        ? (strengths.lowerBound, strengths.upperBound)
        : (strengths.upperBound, strengths.lowerBound)
      if object.value + weakest * change < lowest.value {
        lowest = (Population(all[place], times: weakest), object.value + weakest * change)
      }
      if object.value + strongest * change > highest.value {
        highest = (Population(all[place], times: strongest), object.value + strongest * change)
      }
      if isEnough(lowest.value, highest.value) { break }
    }
    return (lowest.population, highest.population)
  }

  /// The populations that may change an object.
  private func places(of object: ProtectedObject) -> [Int] {
    if let group = object.group { return changing[group] }
    return Array(all.indices)
  }

  /// How strongly a population may be taken, with the groups that are hidden now.
  private mutating func strengths(_ place: Int, hidden: [Bool]) -> ClosedRange<Int64>? {
    if let known = known[place] { return known.strengths }
    let strengths = all[place].strengths(in: system, hidden: hidden)
    known[place] = Known(strengths: strengths)
    return strengths
  }
}
