import Definitions
import Journey

extension TimeToEventDefinition {
  /// Reads the tables `[population]`, `[weights]`, `[event]`, `[censoring]`, `[horizons]` and
  /// `[[group]]`; nil, with the mistakes noted.
  ///
  /// - Parameter isTable: Whether it is the question of a cohort table: of people, without weights.
  init?(
    _ reader: TableReader, clock: ClockUnit?, parameters: ParameterSet, isTable: Bool = false
  ) {
    let event = reader.table("event").flatMap { EventTable($0) }
    let environment = ExpressionEnvironment(
      clock: clock ?? .month, kinds: event.map { PlacementKinds($0.kinds) } ?? .employed,
      parameters: parameters)
    let population = reader.table("population")
    let units: [AnalysisUnit] = isTable ? [.person] : [.person, .participation, .spell]
    let unit = population?.code("unit", of: units.map(\.rawValue)).flatMap(AnalysisUnit.init)
    let indices = IndexEvent.allCases.filter { index in
      units.contains { index.goes(with: $0) }
    }
    let index = population?.code("index", of: indices.map(\.rawValue)).flatMap(IndexEvent.init)
    let window = population?.window()
    let condition = population?.optionalExpression("where", .truth, environment)
    let weights = isTable ? nil : reader.optionalTable("weights")
    let weight = weights.flatMap { QuestionWeight($0, environment) }
    let groups: [ShareDefinition.Group?] =
      reader.tables("group").map { ShareDefinition.Group($0, environment) }
    let censoring = reader.optionalTable("censoring")
    let until = censoring?.optionalCode("at", Censoring.self)
    let cut = censoring.flatMap { $0.has("data-cut") ? $0.date("data-cut") : nil }
    let table = reader.table("horizons")
    let times = table?.horizons("at")
    let mean = isTable ? nil : table?.meanTime("restricted-mean")
    guard let unit, let index, let event, let times, (weights == nil) == (weight == nil),
      !groups.contains(where: { $0 == nil })
    else { return nil }
    event.check(index)
    if until == .exit, index.isExit { censoring?.reportExit() }
    if let clock { event.check(clock) }
    if !index.goes(with: unit) { population?.reportIndex(index, unit) }
    self.init(
      unit: unit, origin: index, window: window, condition: condition, weight: weight,
      event: event.outcome, competing: event.competing,
      censoring: until ?? .lastConfirmedDay, dataCut: cut?.lastDay,
      groups: groups.compactMap(\.self), isSameJob: event.isSameJob,
      kinds: event.kinds, gap: event.gap, rule: event.rule, horizons: times,
      restrictedMeanTo: mean)
  }
}

extension IndexEvent {
  /// Whether the event is an exit.
  var isExit: Bool { self == .exit || self == .everyExit }
  /// Whether it is the start of a training.
  var isTraining: Bool { self == .firstTraining || self == .everyTraining }
}

extension TableReader {
  fileprivate func reportExit() {
    report(
      "D-COMBINATION",
      LocalizedText(
        en: "Observation cannot end at the exit with which the clock starts.",
        de: "Die Beobachtung kann nicht mit dem Austritt enden, mit dem die Uhr beginnt."),
      at: optional("at", Located<DefinitionValue>.self)?.range)
  }
}
