import Statistics

/// The rows of each group that `--by` names, in the order of appearance.
struct EstimateGroups {
  /// One group.
  struct Group {
    let name: String
    let rows: [Int]
  }

  let all: [Group]

  private init(_ labels: Labels) {
    all = zip(labels.names, labels.rows).map { Group(name: $0, rows: $1) }
  }

  /// Groups all rows of the table.
  init(_ input: EstimateInput) throws { self.init(try input.groups()) }

  /// Groups the rows that follow-up kept: `--since` leaves out those who had ended before.
  init(_ input: EstimateInput, keptBy rows: FollowUp) throws {
    let labels = try input.groups()
    self.init(Labels(try input.keptRows().map { labels.names[labels.numbers[$0]] }))
  }
}

extension EstimateInput {
  /// The rows of the table in follow-up: all, or those that had not ended before `--since`.
  func keptRows() throws -> [Int] {
    guard let since = options.since else { return Array(0..<table.count) }
    let stops = try table.numbers(try stopName())
    return stops.indices.filter { stops[$0] >= since }
  }
}
