import Definitions
import Journey

/// The table `[population]` and what else questions of all kinds but `time-to-event` share.
struct PopulationReader {
  let unit: AnalysisUnit?
  let index: IndexEvent?
  let window: ClosedRange<Day>?
  let condition: QuestionExpression?
  let kinds: PlacementKinds
  /// Whether at most one placement a calendar month counts.
  let oncePerMonth: Bool
  /// Whether placements between the first contact and the entry count, too.
  let fromFirstContact: Bool
  /// What expressions of the question can name.
  let environment: ExpressionEnvironment

  init(
    _ reader: TableReader, clock: ClockUnit?, parameters: ParameterSet,
    units: [AnalysisUnit] = AnalysisUnit.allCases, choosesPlacements: Bool = false
  ) {
    let work = reader.optionalTable("work")?.placementKinds()
    kinds = work.map { PlacementKinds($0) } ?? .employed
    var environment = ExpressionEnvironment(
      clock: clock ?? .month, kinds: kinds, parameters: parameters)
    let population = reader.table("population")
    let unit = population?.code("unit", of: units.map(\.rawValue)).flatMap(AnalysisUnit.init)
    let index = population?.code("index", IndexEvent.self)
    if unit == .record { environment.names.insert(.lag) }
    window = population?.window()
    condition = population?.optionalExpression("where", .truth, environment)
    let chosen = choosesPlacements ? population : nil
    oncePerMonth = chosen?.optionalCode("once-per", of: ["month"]) != nil
    fromFirstContact =
      chosen?.optionalCode("since", of: ["entry", "first-contact"]) == "first-contact"
    self.unit = unit
    self.index = index
    self.environment = environment
    if let unit, let index, !index.goes(with: unit) { population?.reportIndex(index, unit) }
    if let index, !index.isPlacement, oncePerMonth || fromFirstContact {
      population?.report(
        "D-COMBINATION",
        LocalizedText(
          en: "“once-per” and “since” are for placements; the index event is “\(index.rawValue)”.",
          de: "„once-per“ und „since“ gelten Aufnahmen; das Startereignis ist „\(index.rawValue)“.")
      )
    }
  }
}

extension TableReader {
  /// Notes that an index event does not go with a unit.
  func reportIndex(_ index: IndexEvent, _ unit: AnalysisUnit) {
    report(
      "D-COMBINATION",
      LocalizedText(
        en: "The index event “\(index.rawValue)” does not go with the unit “\(unit.rawValue)”.",
        de: "Das Startereignis „\(index.rawValue)“ passt nicht zur Einheit „\(unit.rawValue)“."),
      hint: LocalizedText(
        en: "A person has one index day: entry, first-placement, first-training or exit.",
        de: "Eine Person hat einen Starttag: entry, first-placement, first-training oder exit."))
  }
}

extension IndexEvent {
  /// Whether it is the start of a job, training or school.
  var isPlacement: Bool {
    [.firstPlacement, .everyPlacement, .firstTraining, .everyTraining].contains(self)
  }

  /// Whether each unit has at most one such day.
  func goes(with unit: AnalysisUnit) -> Bool {
    switch unit {
    case .person: [.entry, .firstPlacement, .firstTraining, .exit].contains(self)
    case .participation: [.entry, .exit, .everyExit].contains(self)
    case .spell: [.everyPlacement, .everyTraining].contains(self)
    case .record: self == .everyRecord
    }
  }
}
