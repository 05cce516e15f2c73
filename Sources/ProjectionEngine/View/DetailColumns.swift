/// Details of the few rows that have any, in columns.
struct DetailColumns: Sendable, Equatable {
  /// The rows, ascending.
  var rows: [UInt32] = []
  var bits: [UInt64] = []
  var names: [UInt32] = []

  var count: Int { rows.count }

  mutating func append(_ details: MilestoneDetails, row: Int) {
    if details.isEmpty { return }
    rows.append(UInt32(row))
    bits.append(details.bits)
    names.append(details.name)
  }

  /// Whether every row is one of `count`, and each stands once.
  func fit(_ count: Int) -> Bool {
    var next = 0
    for row in rows {
      guard row >= next, row < count else { return false }
      next = Int(row) + 1
    }
    return true
  }

  /// The details of `count` rows, those that have none included.
  func expanded(_ count: Int) -> [MilestoneDetails] {
    var all = [MilestoneDetails](repeating: .none, count: count)
    for index in rows.indices {
      all[Int(rows[index])] = MilestoneDetails(bits: bits[index], name: names[index])
    }
    return all
  }
}
