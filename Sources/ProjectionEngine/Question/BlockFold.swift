import EventLog
import Journey
import Statistics

/// Folds blocks of journeys into sums by group.
protocol BlockFold: SendableMetatype {
  /// What is summed up for one group.
  associatedtype Sum: Mergeable

  /// Takes in one block.
  mutating func add(_ block: EffectiveBlock) throws
  /// The sums so far.
  var result: GroupedSums<Sum> { get }
}

extension JourneysView {
  /// Folds everybody's journeys, on both cores, in one pass, into one sum for each group.
  ///
  /// - Parameter makeFold: Makes the fold of one half of the people.
  func total<Fold: BlockFold>(
    size: UInt64?, reading needs: ViewNeeds,
    _ makeFold: @Sendable (AttributeCatalogue) throws -> Fold
  ) throws -> (total: GroupedSums<Fold.Sum>, knowledge: Knowledge) {
    let (halves, knowledge) = try scan(
      size: size, reading: needs.columns, attributes: needs.attributes
    ) { catalogue, next in
      var fold = try makeFold(catalogue)
      while let block = try next() { try fold.add(block) }
      return fold.result
    }
    guard var total = halves.first else { throw ViewError.damaged }
    for half in halves.dropFirst() { total.add(half) }
    return (total, knowledge)
  }
}

/// What a question reads of the view.
struct ViewNeeds: Sendable {
  /// What of each step.
  var columns: ViewColumns = []
  /// The names of the attributes at entry.
  var attributes: Set<String>

  /// What expressions need, and what people are grouped by.
  init(_ expressions: [QuestionExpression], groupedBy names: [String]) {
    attributes = Set(expressions.flatMap(\.attributes)).union(Grouping.attributes(of: names))
    if expressions.contains(where: \.needs.details) { columns.insert(.details) }
    if expressions.contains(where: \.needs.recordedDays) { columns.insert(.positions) }
  }
}

extension QuestionError {
  /// Any error that asking can end with.
  init(wrapping error: any Error) {
    self =
      switch error {
      case let error as QuestionError: error
      case let error as StatisticsError: .statistics(error)
      default: .view(ViewError(wrapping: error))
      }
  }
}
