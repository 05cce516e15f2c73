/// When a rate, a mean, a median or a curve may be printed beside the counts that it is made of.
public struct FigureRules: Equatable, Sendable {
  /// A rate needs so many people who were asked.
  public var leastAsked: Int64
  /// A mean needs so many people.
  public var leastMeant: Int64
  /// A median needs so many people in its class or below, and in it or above.
  public var side: Int64
  /// A curve ends where fewer people are at risk.
  public var leastAtRisk: Int64
  /// The times of curves, in months, from the coarsest steps to the finest; each list holds the one before.
  public var months: [[Int]]
  /// Between which numbers the classes of medians lie, ascending.
  public var classBounds: [Int]

  /// Amounts that say too much of who contributes most: dominance by one or two, and the first known to the
  /// second within a tenth (Australian Bureau of Statistics; handbook on disclosure control of Eurostat).
  public static let concentrations: [MagnitudeRules.Concentration] = [
    .dominance(largest: 1, percent: 50), .dominance(largest: 2, percent: 67),
    .knownWithin(percent: 10),
  ]

  /// Rules for figures.
  public init(
    leastAsked: Int64, leastMeant: Int64, side: Int64, leastAtRisk: Int64, months: [[Int]],
    classBounds: [Int]
  ) {
    self.leastAsked = leastAsked
    self.leastMeant = leastMeant
    self.side = side
    self.leastAtRisk = leastAtRisk
    self.months = months
    self.classBounds = classBounds
  }
}
