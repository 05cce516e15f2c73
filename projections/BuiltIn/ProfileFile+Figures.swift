import Definitions
import Disclosure
import Journey

extension FigureRules {
  /// The table `[figures]`; nil, with the mistakes noted, where it is unfit.
  init?(_ reader: TableReader?) {
    guard let reader else { return nil }
    func whole(_ name: String) -> Int64? {
      ProfileFile.whole(reader, name, from: 1).map { Int64($0) }
    }
    let asked = whole("rate-from")
    let meant = whole("mean-from")
    let side = whole("median-side")
    let atRisk = whole("at-risk-from")
    let levels = (reader.list("curve-months", of: String.self) ?? []).map { level in
      level.split(separator: " ").map { Int($0) ?? 0 }
    }
    // A step of one month would hold one time of a clock that counts months: its events could be read off.
    let isWide = levels.allSatisfy { level in zip([0] + level, level).allSatisfy { $1 - $0 >= 2 } }
    if !isWide || CurveGrid(levels) == nil {
      reader.report(
        "D-VALUE",
        LocalizedText(
          en: "“curve-months” are lists of months, coarse ones first, each within the next, all"
            + " with the same end, and no step shorter than two months.",
          de:
            "„curve-months“ sind Listen von Monaten, grobe zuerst, jede in der nächsten enthalten,"
            + " alle mit demselben Ende, und kein Schritt kürzer als zwei Monate."))
      return nil
    }
    let bounds = reader.list("median-classes", of: Int.self) ?? []
    guard !bounds.isEmpty, zip(bounds, bounds.dropFirst()).allSatisfy(<),
      bounds.allSatisfy({ abs($0) <= 1_000_000_000 })
    else {
      reader.report(
        "D-VALUE",
        LocalizedText(
          en: "“median-classes” are ascending whole numbers.",
          de: "„median-classes“ sind aufsteigende ganze Zahlen."))
      return nil
    }
    guard let asked, let meant, let side, let atRisk else { return nil }
    self.init(
      leastAsked: asked, leastMeant: meant, side: side, leastAtRisk: atRisk, months: levels,
      classBounds: bounds)
  }
}

extension ReleaseQuota {
  /// The table `[quota]`; nil, with the mistakes noted, where it is unfit.
  init?(_ reader: TableReader?) {
    guard let reader else { return nil }
    let tables = ProfileFile.whole(reader, "tables", from: 1)
    let decompositions = ProfileFile.whole(reader, "decompositions", from: 1)
    let days = ProfileFile.whole(reader, "days", from: 1)
    guard let tables, let decompositions, let days else { return nil }
    self.init(tables: tables, decompositions: decompositions, days: days)
  }
}
