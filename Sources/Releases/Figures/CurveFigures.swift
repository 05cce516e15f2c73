import Disclosure

/// The two dimensions behind the groups of a curve.
public enum CurveDimensions {
  /// In which step of the grid following ended.
  public static let until = "until"
  /// What ended it.
  public static let ended = "ended"
  /// What stands for whom nothing happened to as long as they were followed.
  public static let censored = "censored"
}

/// Curves from printed counts: who had what happen, or was lost from sight, in which step of a fixed grid.
///
/// The table that is protected has the steps and what ended following; at risk is who is in no step before.
/// Where a fine step is hidden, a coarser one that is printed takes its place. Within a step nobody knows
/// whether the lost left before or after those to whom something happened: the curve lies between the two
/// extremes, and is printed as far as both are within ``mostOff`` of what is printed.
struct CurveFigures {
  /// How far a printed share may be off the curve of single days, rounding included.
  static let mostOff = 0.05
  /// Half of the last digit of whole per cents.
  private static let rounding = 0.005

  let rules: FigureRules
  /// The unit of the clock, for the header.
  let clock: String
  private let groups: FigureGroups
  private let printed: [Int64?]
  private let steps: [CurveGrid.Step?]

  init(_ protection: LinkedProtection, _ rules: FigureRules, clock: String) {
    self.rules = rules
    self.clock = clock
    let shape = protection.people.shape
    groups = FigureGroups(shape: shape, count: shape.dimensions.count - 2)
    printed = protection.printed
    steps = shape.dimensions[groups.count].codes.map { CurveGrid.Step(code: $0) }
  }

  private var times: Hierarchy { groups.shape.dimensions[groups.count] }
  private var ends: Hierarchy { groups.shape.dimensions[groups.count + 1] }

  /// The file, and whether it says anything of everybody together.
  func table() -> (table: FigureTable, saysSomething: Bool) {
    let causes = ends.codes.dropFirst().filter { $0 != CurveDimensions.censored }
    var table = FigureTable(
      header:
        groups.shape.dimensions.prefix(groups.count).map(\.name)
        + ["from-\(clock)", "to-\(clock)", "at-risk"] + causes
        + [CurveDimensions.censored, "percent", "within"])
    var saysSomething = false
    for (place, group) in groups.all.enumerated() {
      let points = points(group)
      if place == 0 { saysSomething = !points.isEmpty }
      let codes = groups.codes(group)
      for point in points {
        table.append(
          codes + ["\(point.from)", "\(point.to)", "\(point.atRisk)"]
            + point.events.map { FigureTable.text($0) }
            + ["\(point.lost)", "\(Int((point.share * 100).rounded()))", point.withinText])
      }
      if points.isEmpty {
        table.append(
          codes + Array(repeating: PublishedFile.secret, count: table.header.count - codes.count))
      }
    }
    return (table, saysSomething)
  }

  /// One printed time of a curve.
  struct Point {
    let from: Int
    let to: Int
    /// To whom nothing had happened, and who was followed, where the step begins.
    let atRisk: Int64
    /// By cause, nil where that is hidden.
    let events: [Int64?]
    let lost: Int64
    /// The share to whom nothing happened up to the end of the step.
    let share: Double
    /// How far the curve of single days can be from the share.
    let off: Double

    /// The same in per cent with one decimal, rounding of the share included, rounded up.
    var withinText: String {
      FigureTable.decimal(
        Int64(((off + CurveFigures.rounding) * 1_000 - 1e-9).rounded(.up)), places: 1)
    }
  }

  /// The printed times of a group's curve; none where too few are printed.
  func points(_ group: [Int]) -> [Point] {
    guard var atRisk = printed[groups.cell(group, [0, 0])] else { return [] }
    var (share, least, most) = (1.0, 1.0, 1.0)
    var points: [Point] = []
    for time in path(group, below: 0) {
      guard let step = steps[time], let to = step.to, let counts = counts(group, time),
        atRisk >= max(1, rules.leastAtRisk)
      else { break }
      let happened = counts.happened
      let (number, d, c) = (Double(atRisk), Double(happened), Double(counts.lost))
      guard happened + counts.lost <= atRisk else { break }
      if happened > 0 {
        share *= 1 - d / (number - c / 2)
        least *= 1 - d / (number - c)
        most *= 1 - d / number
      }
      let off = max(share - least, most - share)
      guard off + Self.rounding <= Self.mostOff else { break }
      points.append(
        Point(
          from: step.from, to: to, atRisk: atRisk, events: counts.events, lost: counts.lost,
          share: share, off: off))
      atRisk -= happened + counts.lost
    }
    return points
  }

  /// How many had anything happen in a step, by cause where that is printed, and how many nothing; nil where
  /// it is hidden.
  private func counts(
    _ group: [Int], _ time: Int
  ) -> (happened: Int64, events: [Int64?], lost: Int64)? {
    guard let censored = ends.number(of: CurveDimensions.censored),
      let all = printed[groups.cell(group, [time, 0])],
      let lost = printed[groups.cell(group, [time, censored])]
    else { return nil }
    let events = ends.codes.indices.dropFirst().filter { $0 != censored }.map { end in
      printed[groups.cell(group, [time, end])]
    }
    return (all - lost, events, lost)
  }

  /// The finest printed steps that follow one another from 0 on, as far as there are any.
  private func path(_ group: [Int], below time: Int) -> [Int] {
    var path: [Int] = []
    for child in times.children[time] {
      guard let cover = cover(group, child) else { return path + self.path(group, below: child) }
      path += cover
    }
    return path
  }

  /// The finest printed steps that make up a step; nil where there are none.
  private func cover(_ group: [Int], _ time: Int) -> [Int]? {
    let children = times.children[time]
    let parts = children.compactMap { cover(group, $0) }
    if !children.isEmpty, parts.count == children.count { return parts.flatMap(\.self) }
    return counts(group, time) == nil ? nil : [time]
  }
}
