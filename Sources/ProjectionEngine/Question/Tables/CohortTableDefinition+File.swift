import Definitions
import Journey

extension CohortTableDefinition {
  /// Reads the table `[table]` and those of a question of kind `time-to-event`; nil, with the
  /// mistakes noted.
  init?(_ reader: TableReader, clock: ClockUnit?, parameters: ParameterSet) {
    let table = reader.table("table")
    let cohort = table?.code("cohort", CohortPeriod.self)
    let by = table?.list("by", of: String.self) ?? []
    let definition = TimeToEventDefinition(
      reader, clock: clock, parameters: parameters, isTable: true)
    guard let cohort, let definition else { return nil }
    self.init(timeToEvent: definition, cohort: cohort, by: by)
  }
}
