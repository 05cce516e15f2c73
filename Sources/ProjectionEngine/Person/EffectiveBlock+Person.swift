import EventLog
import Journey

extension EffectiveBlock {
  /// One person as the journeys view would hold them, made of their streams alone.
  ///
  /// - Parameters:
  ///   - person: The person's streams.
  ///   - size: The state of knowledge.
  /// - Returns: A block of one participant with details, and the catalogue of the person's attributes.
  public static func person(
    _ person: PersonStreams, size: UInt64 = .max
  ) -> (block: EffectiveBlock, catalogue: AttributeCatalogue) {
    var reader = FactReader(catalogue: AttributeCatalogue())
    let journeys = person.streams.map { events in
      FoldedJourney(
        firstRecorded: events.first?.header.position.number ?? FoldedJourney.open,
        facts: events.compactMap { reader.fact(of: $0) })
    }
    let catalogue = reader.catalogue
    let latest = catalogue.isLatestCounted
    let block = EffectiveBlock(
      merging: journeys, head: person.members[0].number, size: size, catalogue,
      latestCounts: latest, .details)
    return (block, catalogue)
  }
}
