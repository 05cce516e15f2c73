/// Another population that looks the same in print, by how it differs from the true one.
struct Population: Sendable {
  /// The classes with other numbers of people, ascending, and how many more.
  let changes: [(number: Int, by: Int64)]
  /// How many more are in each group that differs.
  let groupChanges: [Int: Int64]

  /// The population with these values.
  init(_ values: [Int64], in system: CellSystem) {
    var changes: [(number: Int, by: Int64)] = []
    var groupChanges: [Int: Int64] = [:]
    for number in values.indices where values[number] != system.truth[number] {
      let by = values[number] - system.truth[number]
      changes.append((number, by))
      for group in system.groupsOfClass[number] { groupChanges[group, default: 0] += by }
    }
    self.changes = changes
    self.groupChanges = groupChanges.filter { $0.value != 0 }
  }

  /// Whether nothing in print distinguishes it: whole, not negative, equal in all printed groups.
  func isIndistinguishable(in system: CellSystem, hidden: [Bool], knowing: [Int]) -> Bool {
    changes.allSatisfy { system.truth[$0.number] + $0.by >= 0 }
      && groupChanges.allSatisfy { group, by in
        hidden[group] && system.groups[group].value + by >= system.floor
          && !knowing.contains(group)
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
