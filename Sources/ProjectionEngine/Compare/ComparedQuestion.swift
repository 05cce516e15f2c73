import EventLog
import Journey

/// A question of any kind, as a comparison of two states of knowledge needs it.
protocol ComparedQuestion: Sendable {
  /// What the units of one group give, so that people can be taken out and put in.
  associatedtype Sum: Tally

  /// Nobody.
  var nobody: Sum { get }
  /// The last day that counts.
  var referenceDay: Day { get set }

  /// The order in which its groups are shown.
  var order: AttributeOrder { get }

  /// Asks the question of everybody.
  func groups(_ view: JourneysView, size: UInt64) throws(QuestionError) -> [[String?]: Sum]
  /// What reads how the units of one person count.
  func reader(_ catalogue: AttributeCatalogue) throws(QuestionError) -> OutcomeReader<Sum.Unit>
}

extension ComparedQuestion {
  /// The sums of groups, ready for taking people out and putting them in.
  func tallies(_ groups: [(values: [String?], sums: Sum.Unit)]) -> [[String?]: Sum] {
    var tallies: [[String?]: Sum] = [:]
    for (values, sums) in groups {
      var tally = nobody
      tally.add(sums)
      tallies[values] = tally
    }
    return tallies
  }
}

/// What the units of one group gave, so that people can be taken out and put in.
protocol Tally: Sendable {
  /// How one unit counts, or all units of one person in a group.
  associatedtype Unit: Equatable, Sendable

  /// Whether nobody counts.
  var isEmpty: Bool { get }
  /// The figures of the group.
  var figures: KnowledgeComparison.Figures { get }

  /// Puts units in.
  mutating func add(_ unit: Unit)
  /// Takes units out that are in.
  mutating func takeOut(_ unit: Unit)
}

/// Says how the units of one person count.
struct OutcomeReader<Unit: Equatable & Sendable> {
  /// How a person counts in one group.
  typealias Outcome = OutcomeChanges<Unit>.Outcome

  private let read: (EffectiveBlock) throws -> [Outcome]

  /// Reads with a closure.
  init(_ read: @escaping (EffectiveBlock) throws -> [Outcome]) { self.read = read }

  /// Reads with a fold that has seen nobody yet, taking its sums as they are.
  init<Fold: BlockFold>(_ empty: Fold) where Fold.Sum == Unit {
    read = { block in
      var fold = empty
      try fold.add(block)
      return fold.result.ordered().map { Outcome(group: $0.values, unit: $0.sum) }
    }
  }

  /// Reads unit by unit what a question of time follows.
  init(
    _ question: TimeToEventQuestion, _ catalogue: AttributeCatalogue, periods: [String] = [],
    _ unit: @escaping (FollowedUnits.Unit, Duration) -> Unit
  ) throws(QuestionError) {
    let empty = try FollowedUnits(question, catalogue)
    let grouping = try Grouping(
      periods + question.groupedBy, catalogue, conditions: question.groups.map(\.code))
    read = { block in
      var units = empty
      var outcomes: [Outcome] = []
      var key = [Int32](repeating: 0, count: grouping.parts.count)
      units.begin()
      while let found = units.next(in: block) {
        guard let duration = found.duration else { continue }
        grouping.fill(&key, block, found.person, on: found.day, condition: found.group)
        outcomes.append(Outcome(group: grouping.values(key), unit: unit(found, duration)))
      }
      return outcomes
    }
  }

  /// How the person of a block counts.
  func outcomes(_ block: EffectiveBlock) throws -> [Outcome] { try read(block) }
}
