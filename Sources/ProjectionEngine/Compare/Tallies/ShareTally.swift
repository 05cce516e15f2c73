import EventLog
import Journey
import Statistics

/// A question of kind `point` or `count` to compare.
struct ComparedShares: ComparedQuestion {
  var question: ShareQuestion
  private let recordedDays: RecordedDays?

  init(
    _ question: ShareQuestion, _ view: JourneysView, size: UInt64
  ) throws(QuestionError) {
    self.question = question
    do {
      recordedDays =
        question.definition.unit == .record ? try view.recordedDays(size: size) : nil
    } catch { throw QuestionError(wrapping: error) }
  }

  var nobody: ShareTally { ShareTally(question) }
  var order: AttributeOrder {
    AttributeOrder(question.groupedBy, conditions: question.definition.groups.map(\.code))
  }
  var referenceDay: Day {
    get { question.referenceDay }
    set { question.referenceDay = newValue }
  }

  func groups(
    _ view: JourneysView, size: UInt64
  ) throws(QuestionError) -> [[String?]: ShareTally] {
    tallies(try question.ask(view, size: size).groups)
  }

  func reader(_ catalogue: AttributeCatalogue) throws(QuestionError) -> OutcomeReader<ShareSums> {
    var fold = try ShareFold(question, catalogue, recordedDays: recordedDays)
    // Every person is folded from nothing: there is nobody to keep anything for.
    fold.profiles = nil
    return OutcomeReader(fold)
  }
}

/// What units gave for rows and numbers.
struct ShareTally: Tally {
  private var sums: ShareSums
  private let weight: QuestionWeight?
  private let summaries: [[ValueSummary]]

  init(_ question: ShareQuestion) {
    sums = ShareSums(question)
    weight = question.definition.weight
    summaries = question.definition.values.map(\.summaries)
  }

  var isEmpty: Bool { sums.units == 0 }

  mutating func add(_ unit: ShareSums) { sums.merge(unit) }
  mutating func takeOut(_ unit: ShareSums) { sums.takeOut(unit) }

  var figures: KnowledgeComparison.Figures {
    var figures = KnowledgeComparison.Figures(counted: sums.units)
    for cell in 0..<sums.counts.count / ShareSums.Outcome.allCases.count {
      // Taking people out and putting them in leaves no count below 0.
      guard let all = try? ShareAnswer.shares(sums, cell: cell),
        let heard = try? ShareAnswer.heard(sums, cell: cell)
      else { continue }
      let weighted = sums.weighted(cell: cell, weight)
      let known = weighted.map(\.known) ?? heard.known
      figures.cells.append(
        .init(
          yes: all.yes, no: all.no, unknown: all.unknown,
          known: ShareAnswer.isTelling(all, heard: heard, weighted) ? known ?? 0 : 0))
    }
    for (place, summaries) in summaries.enumerated() {
      let numbers = CountedNumbers(sums.numbers[place])
      figures.numbers += summaries.map { numbers.summary($0) ?? 0 }
      figures.bases += summaries.map { _ in numbers.count }
    }
    return figures
  }
}
