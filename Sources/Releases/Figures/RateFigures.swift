import Disclosure

/// Rates as two linked counts: those of whom something holds, and those who were asked.
///
/// The table that is protected has the outcomes yes and no, and their sum. A rate is printed only from two
/// printed numbers: it says nothing that they do not say, so that the audit of the counts is its own.
enum RateFigures {
  /// The codes of the last dimension.
  static let outcomes = ["no", "yes"]

  /// The file.
  static func table(_ protection: LinkedProtection, _ rules: FigureRules) -> FigureTable {
    let groups = FigureGroups(
      shape: protection.people.shape, count: protection.people.shape.dimensions.count - 1)
    let last = groups.shape.dimensions[groups.count]
    let yes = last.number(of: outcomes[1]) ?? 0
    let printed = protection.printed
    var table = FigureTable(
      header:
        groups.shape.dimensions.prefix(groups.count).map(\.name) + ["asked", "yes", "percent"])
    for group in groups.all {
      let (of, having) = (printed[groups.cell(group, [0])], printed[groups.cell(group, [yes])])
      table.append(
        groups.codes(group) + [FigureTable.text(of), FigureTable.text(having)]
          + [percent(having, of: of, least: rules.leastAsked) ?? PublishedFile.secret])
    }
    return table
  }

  /// The rate in per cent, or nil where it is not printed.
  ///
  /// Whole ones of fewer than a hundred people, else with one decimal. Moved numbers may exceed those they
  /// are part of: then it is 100.
  static func percent(_ part: Int64?, of whole: Int64?, least: Int64) -> String? {
    guard let part, let whole, whole >= max(1, least) else { return nil }
    let places = whole < 100 ? 0 : 1
    let scale: Int64 = places == 0 ? 100 : 1_000
    let number = min(scale, (2 * scale * part + whole) / (2 * whole))
    return FigureTable.decimal(number, places: places)
  }
}
