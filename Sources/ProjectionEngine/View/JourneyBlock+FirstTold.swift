/// Which record first told of a step that was corrected since.
extension JourneyBlock {
  /// Positions, those of corrections replaced by the first statement that each goes back to.
  func firstTold(of positions: [UInt64]) -> [UInt64] {
    guard !closed.isEmpty else { return positions }
    let first = JourneyBlock.firstTold(
      closed.indices.map { (from: closedFrom[$0], to: closedTo[$0]) })
    return positions.map { first[$0] ?? $0 }
  }

  /// The first statement that each correction goes back to, by its position.
  ///
  /// - Parameter closings: From which position each replaced row stood, and which one replaced it.
  static func firstTold(_ closings: [(from: UInt64, to: UInt64)]) -> [UInt64: UInt64] {
    var first: [UInt64: UInt64] = [:]
    // In the order of closing, so that what a correction of a correction goes back to is known.
    for (from, to) in closings.sorted(by: { $0.to < $1.to }) {
      let told = first[from] ?? from
      first[to] = min(first[to] ?? told, told)
    }
    return first
  }
}

extension FoldedJourney {
  /// From which position each replaced row stood, and which one replaced it.
  var closings: [(from: UInt64, to: UInt64)] {
    rows.filter { $0.to != FoldedJourney.open }.map { ($0.from, $0.to) }
  }
}
