import Definitions
import Journey

extension TimeToEventDefinition {
  /// Reads the tables `[population]`, `[weights]`, `[event]` and `[horizons]`; nil, with the mistakes
  /// noted.
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
    let indices: [IndexEvent] = [.entry, .firstPlacement] + (isTable ? [] : [.everyPlacement])
    let index = population?.code("index", of: indices.map(\.rawValue)).flatMap(IndexEvent.init)
    let condition = population?.optionalExpression("where", .truth, environment)
    let weights = isTable ? nil : reader.optionalTable("weights")
    let weight = weights.flatMap { QuestionWeight($0, environment) }
    let table = reader.table("horizons")
    let times = table?.requiredList("at", of: Double.self)
    if isTable { table?.check(times) }
    let mean = isTable ? nil : table?.optional("restricted-mean", Double.self)
    guard let unit, let index, let event, let times, (weights == nil) == (weight == nil)
    else { return nil }
    event.check(index: index.rawValue)
    if !index.goes(with: unit) { population?.reportIndex(index, unit) }
    self.init(
      unit: unit, origin: index.origin, condition: condition, weight: weight,
      event: event.outcome, competing: event.competing, isSameJob: event.isSameJob,
      kinds: event.kinds, gap: event.gap, rule: event.rule, horizons: times,
      restrictedMeanTo: mean)
  }
}

extension IndexEvent {
  /// When the clocks of a question of kind `time-to-event` start.
  fileprivate var origin: TimeToEventQuestion.Origin {
    switch self {
    case .firstPlacement: .firstPlacement
    case .everyPlacement: .everyPlacement
    default: .entry
    }
  }
}

extension QuestionWeight {
  /// Reads the table `[weights]`; nil, with the mistakes noted.
  fileprivate init?(_ reader: TableReader, _ environment: ExpressionEnvironment) {
    let of = reader.expression("of", .number, environment)
    let kind = reader.code("kind", Kind.self)
    guard let of, let kind else { return nil }
    self.init(of: of, kind: kind)
  }
}

/// The table `[event]` of a question of kind `time-to-event`.
private struct EventTable {
  let reader: TableReader
  let outcome: TimeToEventDefinition.Event
  let kinds: Set<PlacementKind>
  var competing: [CompetingEvent] = []
  var gap: TimeLength?
  var rule: GapRule?
  var isSameJob = false

  init?(_ reader: TableReader) {
    self.reader = reader
    let outcome = reader.code("outcome", TimeToEventDefinition.Event.self)
    kinds = reader.placementKinds()
    guard let outcome else {
      // Whether these keys belong here is not known; do not call them unknown.
      for name in ["gap", "rule", "employer", "competing"] { _ = reader.has(name) }
      return nil
    }
    self.outcome = outcome
    if outcome == .interruption {
      gap = reader.length("gap")
      rule = reader.code("rule", GapRule.self)
      isSameJob = reader.optionalCode("employer", of: ["any", "same"]) == "same"
    } else if reader.has("competing") {
      competing = reader.codes("competing", of: CompetingEvent.allCases.map(\.rawValue))
        .compactMap { CompetingEvent(rawValue: $0) }
    }
  }

  func check(index: String) {
    // Work can be interrupted only where the clock starts with it, and waited for only before.
    if (index == "entry") == (outcome == .interruption) {
      report(
        LocalizedText(
          en: "This outcome does not go with the index event “\(index)”.",
          de: "Dieses Ereignis passt nicht zum Startereignis „\(index)“."),
        hint: LocalizedText(
          en: "“interruption” goes with index “first-placement” or “every-placement”, the others"
            + " with “entry”.",
          de: "„interruption“ gehört zu index „first-placement“ oder „every-placement“, die anderen"
            + " zu „entry“."),
        at: "outcome")
    }
    let both: [CompetingEvent] = competing.filter { $0.isPart(of: outcome) }
    let doubled = both.isEmpty && competing.contains(.exit) ? competing.filter(\.isExit) : both
    guard !both.isEmpty || doubled.count > 1 else { return }
    let names = doubled.map(\.rawValue).joined(separator: ", ")
    report(
      LocalizedText(
        en: "One thing cannot be two events that compete: \(names).",
        de: "Eins kann nicht zwei konkurrierende Ereignisse sein: \(names)."),
      hint: LocalizedText(
        en: "“exit” is every exit; “dropout” and “other-exit” are its two parts.",
        de: "„exit“ ist jeder Austritt; „dropout“ und „other-exit“ sind seine zwei Teile."),
      at: "competing")
  }

  private func report(_ message: LocalizedText, hint: LocalizedText, at key: String) {
    let range = reader.optional(key, Located<DefinitionValue>.self)?.range
    reader.report("D-COMBINATION", message, hint: hint, at: range)
  }
}

extension CompetingEvent {
  /// Whether the event is one of the ways to leave the programme.
  fileprivate var isExit: Bool { self == .exit || self == .dropout || self == .otherExit }

  /// Whether having the event is already what an outcome waits for.
  fileprivate func isPart(of outcome: TimeToEventDefinition.Event) -> Bool {
    switch outcome {
    case .firstPlacement: self == .placement
    case .interruption: false
    case .exit: isExit
    case .dropout: self == .dropout || self == .exit
    }
  }
}
