/// Another population that looks the same in print, by how it differs from the true one.
struct Population: Sendable {
  /// The classes with other numbers of people, ascending, and how many more.
  private(set) var changes: [(number: Int, by: Int64)]
  /// How many more are in each group that differs.
  private(set) var groupChanges: [Int: Int64]

  /// The population with these values.
  init(_ values: [Int64], in system: CellSystem) {
    self.init(
      changes: values.indices.lazy.filter { values[$0] != system.truth[$0] }
        .map { ($0, values[$0] - system.truth[$0]) }, in: system)
  }

  /// The population that differs in these classes, ascending, by so many people each.
  init(changes: [(number: Int, by: Int64)], in system: CellSystem) {
    var groupChanges: [Int: Int64] = [:]
    for (number, by) in changes {
      for group in system.groupsOfClass[number] { groupChanges[group, default: 0] += by }
    }
    self.changes = changes
    self.groupChanges = groupChanges.filter { $0.value != 0 }
  }

  /// The same way of differing, so many times as strong: also in the other direction.
  init(_ population: Population, times factor: Int64) {
    changes = population.changes.map { ($0.number, $0.by * factor) }
    groupChanges = population.groupChanges.mapValues { $0 * factor }
  }

  /// The weakest such difference in whole numbers.
  var primitive: Population {
    var divisor: UInt64 = 0
    for change in changes {
      var (a, b) = (change.by.magnitude, divisor)
      while b != 0 { (a, b) = (b, a % b) }
      divisor = a
      if divisor == 1 { return self }
    }
    guard divisor > 1 else { return self }
    var population = self
    population.changes = changes.map { ($0.number, $0.by / Int64(divisor)) }
    population.groupChanges = groupChanges.mapValues { $0 / Int64(divisor) }
    return population
  }

  /// How many times as strong the difference may be, in either direction, so that nothing in print
  /// distinguishes it; nil when a printed group differs.
  func strengths(in system: CellSystem, hidden: [Bool]) -> ClosedRange<Int64>? {
    // Where nothing holds it, about as far as the programs go.
    let largest = changes.map(\.by.magnitude).max() ?? 1
    let strongest = max(1, AttackerProgram.ceiling(of: system) / Int64(largest))
    var (least, most) = (-strongest, strongest)
    func limit(_ room: Int64, _ by: Int64) {
      // room + strength × by must stay at least 0.
      if by > 0 { least = max(least, -(room / by)) } else { most = min(most, room / -by) }
    }
    for (group, by) in groupChanges {
      guard hidden[group] else { return nil }
      limit(system.groups[group].value - system.groups[group].least, by)
      if let most = system.groups[group].most { limit(most - system.groups[group].value, -by) }
    }
    for change in changes { limit(system.truth[change.number], change.by) }
    return least...most
  }

  /// Whether nothing in print distinguishes it: whole, not negative, equal in all printed groups.
  func isIndistinguishable(in system: CellSystem, hidden: [Bool], knowing: [Int]) -> Bool {
    changes.allSatisfy { system.truth[$0.number] + $0.by >= 0 }
      && groupChanges.allSatisfy { group, by in
        let value = system.groups[group].value + by
        return hidden[group] && value >= system.groups[group].least
          && value <= system.groups[group].most ?? .max && !knowing.contains(group)
      }
  }

  /// The value of an object in this population.
  func value(of object: ProtectedObject) -> Int64 {
    if let group = object.group { return object.value + (groupChanges[group] ?? 0) }
    var value = object.value
    var place = 0
    for change in changes {
      while place < object.classes.count, object.classes[place] < change.number { place += 1 }
      if place < object.classes.count, object.classes[place] == change.number { value += change.by }
    }
    return value
  }
}
