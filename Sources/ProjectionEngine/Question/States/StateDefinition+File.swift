import Definitions
import Journey

extension StateDefinition {
  /// Reads the tables of a question of kind `occupancy` or `transitions`; nil, with the mistakes
  /// noted.
  init?(
    _ reader: TableReader, isFollowed: Bool, clock: ClockUnit?, parameters: ParameterSet
  ) {
    let population = PopulationReader(
      reader, clock: clock, parameters: parameters, units: [.person])
    var environment = population.environment
    environment.names.insert(.day)
    let states: [State?] = reader.tables("state").map { State($0, environment) }
    let table = reader.table("horizons")
    let horizons = table?.horizons("at")
    let mean = isFollowed ? table?.meanTime("restricted-mean") : nil
    if states.count == 1 || states.count > 12 {
      reader.report(
        "D-STATES",
        LocalizedText(
          en: "A question has 2 to 12 states; this one has \(states.count).",
          de: "Eine Frage hat 2 bis 12 Zustände; diese hat \(states.count)."))
    }
    guard population.unit != nil, let index = population.index, let horizons,
      !states.contains(where: { $0 == nil })
    else { return nil }
    self.init(
      index: index, window: population.window, condition: population.condition,
      kinds: population.kinds,
      states: states.compactMap(\.self), horizons: horizons, restrictedMeanTo: mean,
      isFollowed: isFollowed)
  }
}

extension StateDefinition.State {
  fileprivate init?(_ reader: TableReader, _ environment: ExpressionEnvironment) {
    let code = reader.required("code", String.self)
    let label = reader.words("label")
    let when = reader.expression("when", .truth, environment)
    guard let code, let label, let when else { return nil }
    self.init(code: code, label: label, when: when)
  }
}
