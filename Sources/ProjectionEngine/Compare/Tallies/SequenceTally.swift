import Journey

/// A question of kind `sequences` to compare.
struct ComparedSequences: ComparedQuestion {
  var question: SequenceQuestion
  /// The ways whose shares are compared: the most frequent of both answers.
  var shapes: [[UInt8]] = []

  var nobody: SequenceTally { SequenceTally(question, shapes) }
  var order: AttributeOrder {
    AttributeOrder(question.states.groupedBy)
  }
  var referenceDay: Day {
    get { question.states.referenceDay }
    set { question.states.referenceDay = newValue }
  }

  func groups(
    _ view: JourneysView, size: UInt64
  ) throws(QuestionError) -> [[String?]: SequenceTally] {
    tallies(try question.ask(view, size: size).groups)
  }

  func reader(
    _ catalogue: AttributeCatalogue
  ) throws(QuestionError) -> OutcomeReader<SequenceSums> {
    OutcomeReader(try SequenceFold(question, catalogue))
  }

  /// Takes over the most frequent ways of all groups of an answer.
  mutating func take(_ view: JourneysView, size: UInt64) throws(QuestionError) {
    for (_, sums) in try question.ask(view, size: size).groups {
      var counts: [[UInt8]: Int] = [:]
      for (journey, people) in sums.journeys {
        counts[SequenceTally.shape(journey), default: 0] += people
      }
      let ranked = counts.sorted {
        $0.value != $1.value
          ? $0.value > $1.value
          : $0.key.count != $1.key.count
            ? $0.key.count < $1.key.count : $0.key.lexicographicallyPrecedes($1.key)
      }
      for (shape, _) in ranked.prefix(question.shapes) where !shapes.contains(shape) {
        shapes.append(shape)
      }
    }
  }
}

/// How long people were in each state, and how many went some ways.
struct SequenceTally: Tally {
  private let shapes: [[UInt8]]
  private var (people, followed) = (0, 0)
  /// The periods of all in each state, “not known” last.
  private var periods: [Int]
  private var took: [Int]

  init(_ question: SequenceQuestion, _ shapes: [[UInt8]]) {
    self.shapes = shapes
    periods = [Int](repeating: 0, count: question.states.definition.states.count + 1)
    took = shapes.map { _ in 0 }
  }

  /// The order of the states of a journey, however long in each.
  static func shape(_ journey: [UInt8]) -> [UInt8] {
    journey.reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }

  var isEmpty: Bool { people == 0 }

  mutating func add(_ unit: SequenceSums) { count(unit, 1) }
  mutating func takeOut(_ unit: SequenceSums) { count(unit, -1) }

  private mutating func count(_ sums: SequenceSums, _ sign: Int) {
    people += sign * sums.people
    for (journey, number) in sums.journeys {
      followed += sign * number
      for state in journey { periods[Int(state)] += sign * number }
      if let place = shapes.firstIndex(of: Self.shape(journey)) { took[place] += sign * number }
    }
  }

  /// The mean number of periods in each state, then the share of people who went each way.
  var figures: KnowledgeComparison.Figures {
    var figures = KnowledgeComparison.Figures(counted: people)
    figures.numbers = (periods + took).map { followed > 0 ? Double($0) / Double(followed) : 0 }
    figures.bases = figures.numbers.map { _ in followed }
    return figures
  }
}
