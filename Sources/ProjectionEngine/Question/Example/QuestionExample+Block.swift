import EventLog
import Journey

extension QuestionExample {
  /// The people as the journeys view holds them.
  func block() -> (block: EffectiveBlock, catalogue: AttributeCatalogue) {
    QuestionExample.block(of: people)
  }

  /// When each event of the example was taken in: where it does not say so, on its own day.
  var recordedDays: RecordedDays {
    RecordedDays(
      people.flatMap(\.events).map { ($0[Fields.reportedOn] ?? $0.occurredOn).day })
  }

  /// People as the journeys view holds them, so that an example goes the way of every answer.
  ///
  /// - Parameter columns: What to hand out of each step, as a question asks a view for it.
  static func block(
    of people: [Person], _ columns: ViewColumns = [.details, .positions]
  ) -> (block: EffectiveBlock, catalogue: AttributeCatalogue) {
    var reader = FactReader(catalogue: AttributeCatalogue())
    var position: UInt64 = 0
    let journeys = people.map { person in
      let first = position
      let facts = person.events.map { event in
        defer { position += 1 }
        return reader.fact(of: event, at: position)
      }
      return FoldedJourney(
        firstRecorded: facts.isEmpty ? FoldedJourney.open : first, facts: facts)
    }
    let block = JourneyBlock(firstRef: 0, journeys, reader.catalogue)
    return (
      EffectiveBlock(current: block, columns, hidden: [], leftOut: []),
      reader.catalogue
    )
  }
}
