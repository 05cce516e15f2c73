import Definitions
import Journey

extension ShareDefinition {
  /// Reads the tables of a question of kind `point` or `count`; nil, with the mistakes noted.
  init?(
    _ reader: TableReader, isPoint: Bool, clock: ClockUnit?, parameters: ParameterSet
  ) {
    let population = PopulationReader(
      reader, clock: clock, parameters: parameters, choosesPlacements: true)
    var environment = population.environment
    if isPoint { environment.names.insert(.horizon) }
    var rows: [Row?] = []
    var horizons: [Double]? = [0]
    if isPoint {
      let outcome = reader.table("outcome")
      horizons = outcome?.horizons("horizons")
      rows = [
        outcome.flatMap {
          Row($0, code: "yes", label: LocalizedText(en: "yes", de: "ja"), environment)
        }
      ]
    } else {
      rows = reader.has("row") ? reader.tables("row").map { Row($0, environment) } : []
    }
    let values: [Value?] =
      reader.has("value") ? reader.tables("value").map { Value($0, environment) } : []
    let groups: [Group?] =
      reader.has("group") ? reader.tables("group").map { Group($0, environment) } : []
    let weights = reader.optionalTable("weights")
    let weight = weights.flatMap { QuestionWeight($0, population.environment) }
    if weights != nil, !values.isEmpty {
      reader.report(
        "D-COMBINATION",
        LocalizedText(
          en: "Units with weights have no “value”: its median would be that of units as they are.",
          de: "Einheiten mit Gewicht haben kein „value“: Der Median gälte ihnen ungewichtet."),
        hint: LocalizedText(
          en: "Ask for the numbers in a file of their own, without “weights”.",
          de: "Bitte die Zahlen in einer eigenen Datei ohne „weights“ erfragen."))
    }
    if rows.isEmpty, values.isEmpty {
      reader.report(
        "D-EMPTY",
        LocalizedText(
          en: "The question asks nothing: it has no “row” and no “value”.",
          de: "Die Frage fragt nichts: Sie hat kein „row“ und kein „value“."))
    }
    guard let unit = population.unit, let index = population.index, let horizons,
      !rows.contains(where: { $0 == nil }), !values.contains(where: { $0 == nil }),
      !groups.contains(where: { $0 == nil }), (weights == nil) == (weight == nil)
    else { return nil }
    self.init(
      unit: unit, index: index, oncePerMonth: population.oncePerMonth,
      fromFirstContact: population.fromFirstContact, window: population.window,
      condition: population.condition, weight: weight, kinds: population.kinds,
      rows: rows.compactMap(\.self),
      values: values.compactMap(\.self),
      groups: groups.compactMap(\.self), horizons: horizons)
  }
}

extension ShareDefinition.Row {
  fileprivate init?(_ reader: TableReader, _ environment: ExpressionEnvironment) {
    let code = reader.required("code", String.self)
    let label = reader.words("label")
    guard let code, let label else { return nil }
    self.init(reader, code: code, label: label, environment)
  }

  fileprivate init?(
    _ reader: TableReader, code: String, label: LocalizedText, _ environment: ExpressionEnvironment
  ) {
    let yes = reader.expression("yes", .truth, environment)
    let among = reader.optionalExpression("among", .truth, environment)
    let exclude = reader.optionalExpression("exclude", .truth, environment)
    let due = reader.optionalExpression("due", .moment, environment)
    guard let yes else { return nil }
    self.init(code: code, label: label, yes: yes, among: among, exclude: exclude, due: due)
  }
}

extension ShareDefinition.Value {
  fileprivate init?(_ reader: TableReader, _ environment: ExpressionEnvironment) {
    let code = reader.required("code", String.self)
    let label = reader.words("label")
    let number = reader.exactNumber("of", environment)
    let among = reader.optionalExpression("among", .truth, environment)
    let summaries = reader.codes("summary", of: ValueSummary.allCases.map(\.rawValue))
    guard let code, let label, let number else { return nil }
    self.init(
      code: code, label: label, of: number, among: among,
      summaries: summaries.compactMap { ValueSummary(rawValue: $0) })
  }
}

extension ShareDefinition.Group {
  /// Reads one table `[[group]]`; nil, with the mistakes noted.
  init?(_ reader: TableReader, _ environment: ExpressionEnvironment) {
    let code = reader.required("code", String.self)
    let label = reader.words("label")
    let when = reader.expression("when", .truth, environment)
    guard let code, let label, let when else { return nil }
    self.init(code: code, label: label, when: when)
  }
}
