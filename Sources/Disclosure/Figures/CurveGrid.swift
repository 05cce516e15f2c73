/// The fixed times at which a curve is printed, as a tree of steps of which coarser ones hold finer ones.
///
/// Times are numbers of clock units; a step from a to b holds what happened after a and not after b, the
/// first one also what happened at 0. Whoever was followed beyond the last time is in a step without end.
/// The steps are declared before anybody looks at the data; that a small number is hidden never moves them.
public struct CurveGrid: Equatable, Sendable {
  /// The ends of the steps, from the coarsest to the finest; each list holds the one before.
  public let levels: [[Int]]

  /// A step of the grid.
  public struct Step: Hashable, Sendable {
    /// Where it begins.
    public let from: Int
    /// Where it ends; nil for what lies beyond the grid.
    public let to: Int?

    /// The code in tables: `3-6`, or `60+`.
    public var code: String { to.map { "\(from)-\($0)" } ?? "\(from)+" }

    /// A step from one time to another.
    public init(from: Int, to: Int?) {
      self.from = from
      self.to = to
    }

    /// The step that a code names; nil for another code.
    public init?(code: String) {
      if code.hasSuffix("+"), let from = Int(code.dropLast()) {
        self.init(from: from, to: nil)
        return
      }
      let ends = code.split(separator: "-").compactMap { Int($0) }
      guard ends.count == 2, ends[0] < ends[1] else { return nil }
      self.init(from: ends[0], to: ends[1])
    }
  }

  /// A grid; nil where times do not ascend from 1, a coarser one is not among the finer ones, or all do not
  /// end alike.
  public init?(_ levels: [[Int]]) {
    guard let last = levels.last?.last, levels.allSatisfy({ $0.last == last }) else { return nil }
    for (place, level) in levels.enumerated() {
      guard level.allSatisfy({ $0 >= 1 }), zip(level, level.dropFirst()).allSatisfy(<),
        place == 0 || Set(levels[place - 1]).isSubset(of: level)
      else { return nil }
    }
    self.levels = levels
  }

  /// The last time.
  public var end: Int { levels.last?.last ?? 0 }

  /// Every step once with the one that holds it, coarser ones first.
  public var links: [Hierarchy.Link] {
    var links: [Hierarchy.Link] = []
    var above: [Step] = []
    for level in levels {
      let steps = zip([0] + level, level).map { Step(from: $0, to: $1) }
      for step in steps where !above.contains(step) {
        let holder = above.last { $0.from <= step.from && ($0.to ?? .max) >= (step.to ?? .max) }
        links.append(Hierarchy.Link(step.code, in: holder?.code))
      }
      // A step that is no finer than before goes on standing for itself.
      above += steps.filter { !above.contains($0) }
    }
    return links + [Hierarchy.Link(Step(from: end, to: nil).code)]
  }

  /// The code of the finest step that somebody's time lies in.
  public func code(of length: Int) -> String {
    guard length <= end, let finest = levels.last else { return Step(from: end, to: nil).code }
    let place = finest.firstIndex { length <= $0 } ?? 0
    return Step(from: place == 0 ? 0 : finest[place - 1], to: finest[place]).code
  }
}
