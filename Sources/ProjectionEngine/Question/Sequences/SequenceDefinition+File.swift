import Definitions
import Journey

extension SequenceDefinition {
  /// Reads the table `[sequence]` and those of the states; nil, with the mistakes noted.
  init?(_ reader: TableReader, clock: ClockUnit?, parameters: ParameterSet) {
    let states = StateDefinition(
      reader, isFollowed: false, clock: clock, parameters: parameters)
    let shapes = reader.optionalTable("sequence")?.optional("shapes", Int.self) ?? 10
    guard let states else { return nil }
    if states.horizons.count != 1 || !(1...SequenceDefinition.longest).contains(states.horizons[0])
    {
      reader.report(
        "D-PERIODS",
        LocalizedText(
          en: "A question of kind “sequences” has one horizon, its number of periods: 1 to 120.",
          de: "Eine Frage der Art „sequences“ hat einen Horizont, die Zahl ihrer Perioden: 1 bis"
            + " 120."))
    }
    self.init(states: states, shapes: shapes)
  }
}
