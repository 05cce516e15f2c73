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
    guard let since = input.options.since, rows.count < input.table.count else {
      try self.init(input)
      return
    }
    let stops = try input.table.numbers(try input.stopName())
    let kept = stops.indices.filter { stops[$0] >= since }
    let labels = try input.groups()
    self.init(Labels(kept.map { labels.names[labels.numbers[$0]] }))
  }
}
