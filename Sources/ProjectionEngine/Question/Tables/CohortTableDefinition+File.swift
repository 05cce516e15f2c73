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
    if let definition, definition.event != .interruption, definition.competing.isEmpty {
      reader.report(
        "D-COMBINATION",
        LocalizedText(
          en: "A table of who got there needs the events that prevent it: one minus the curve of"
            + " one cause among several is nobody's share.",
          de: "Eine Tabelle darüber, wer es erreicht, braucht die Ereignisse, die es verhindern:"
            + " Eins minus die Kurve einer Ursache unter mehreren ist niemandes Anteil."),
        hint: LocalizedText(
          en: "Add competing = [\"left-country\", \"death\"].",
          de: "Bitte competing = [\"left-country\", \"death\"] ergänzen."),
        at: reader.optional("event", Located<DefinitionValue>.self)?.range)
    }
    guard let cohort, let definition else { return nil }
    self.init(timeToEvent: definition, cohort: cohort, by: by)
  }
}
