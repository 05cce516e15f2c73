import Definitions
import Journey

/// The table `[event]` of a question of kind `time-to-event`.
struct EventTable {
  private let reader: TableReader
  let outcome: TimeToEventDefinition.Event
  let kinds: Set<PlacementKind>
  private(set) var competing: [CompetingEvent] = []
  private(set) var gap: TimeLength?
  private(set) var rule: GapRule?
  private(set) var isSameJob = false

  /// The keys that only an interruption has.
  private static let ofInterruptions = ["gap", "rule", "employer"]

  /// Reads the table; nil, with the mistakes noted, without an outcome.
  init?(_ reader: TableReader) {
    self.reader = reader
    let outcome = reader.code("outcome", TimeToEventDefinition.Event.self)
    kinds = reader.placementKinds()
    guard let outcome else {
      // Whether these keys belong here is not known; do not call them unknown.
      for name in EventTable.ofInterruptions + ["competing"] { _ = reader.has(name) }
      return nil
    }
    self.outcome = outcome
    if outcome == .interruption {
      gap = reader.length("gap")
      rule = reader.code("rule", GapRule.self)
      isSameJob = reader.optionalCode("employer", of: ["any", "same"]) == "same"
    } else {
      for name in EventTable.ofInterruptions where reader.has(name) { reportStray(name) }
    }
    if reader.has("competing") {
      competing = reader.codes("competing", of: CompetingEvent.allCases.map(\.rawValue))
        .compactMap { CompetingEvent(rawValue: $0) }
    }
  }

  /// Notes a gap in another unit than the clock's.
  func check(_ clock: ClockUnit) {
    guard let gap, gap.unit != clock, gap.count > 0 else { return }
    let example = clock == .day ? "28d" : "2mo"
    reader.report(
      "D-UNIT",
      LocalizedText(
        en: "The clock counts \(clock.rawValue)s; a gap of \(gap) does not.",
        de: "Die Uhr zählt \(clock == .day ? "Tage" : "Monate"); eine Lücke von \(gap) nicht."),
      hint: LocalizedText(
        en: "Write \(example), or choose the other clock.",
        de: "Bitte \(example) schreiben oder die andere Uhr wählen."), at: place(of: "gap"))
  }

  /// Notes what does not go with the event that starts the clock, or with each other.
  func check(_ index: IndexEvent) {
    guard outcome.indices.contains(index) else {
      let names = outcome.indices.map(\.rawValue).joined(separator: ", ")
      return report(
        LocalizedText(
          en: "This outcome does not go with the index event “\(index.rawValue)”.",
          de: "Dieses Ereignis passt nicht zum Startereignis „\(index.rawValue)“."),
        hint: LocalizedText(
          en: "“\(outcome.rawValue)” goes with \(names).",
          de: "„\(outcome.rawValue)“ gehört zu \(names)."),
        at: "outcome")
    }
    checkKinds(index)
    if isSameJob, index.isExit {
      report(
        LocalizedText(
          en: "“same” follows the job that starts the clock; an exit is none.",
          de: "„same“ verfolgt die Arbeit, mit der die Uhr beginnt; ein Austritt ist keine."),
        hint: LocalizedText(en: "Write “any”.", de: "Bitte „any“ schreiben."), at: "employer")
    }
    checkCompeting(index)
  }

  private func checkKinds(_ index: IndexEvent) {
    guard index.isTraining else { return }
    let trainings = PlacementKinds(kinds).intersection(.training)
    let names = PlacementKinds.training.members.map(\.code).joined(separator: ", ")
    if outcome == .interruption, trainings.isEmpty {
      report(
        LocalizedText(
          en: "No training is among the kinds, so nothing starts the clock.",
          de: "Unter den Arten ist keine Ausbildung; nichts lässt die Uhr beginnen."),
        hint: LocalizedText(en: "Trainings: \(names).", de: "Ausbildungen: \(names)."),
        at: "kinds")
    } else if waitsForPlacement, !trainings.isEmpty {
      report(
        LocalizedText(
          en: "The training that starts the clock would itself be the placement waited for.",
          de: "Die Ausbildung, mit der die Uhr beginnt, wäre selbst die Aufnahme, auf die gewartet"
            + " wird."),
        hint: LocalizedText(
          en: "Leave \(names) out of the kinds.", de: "Bitte \(names) unter den Arten weglassen."),
        at: "kinds")
    }
  }

  private var waitsForPlacement: Bool {
    outcome == .firstPlacement || competing.contains(.placement)
  }

  private func checkCompeting(_ index: IndexEvent) {
    let isPlacement = index == .firstPlacement || index == .everyPlacement
    if competing.contains(.placement), isPlacement || outcome == .interruption {
      return report(
        LocalizedText(
          en: "A placement does not compete where one starts the clock or continues work.",
          de: "Eine Aufnahme konkurriert nicht, wo eine die Uhr beginnen lässt oder die Arbeit"
            + " fortsetzt."), hint: nil, at: "competing")
    }
    if index.isExit, competing.contains(where: \.isExit) {
      return report(
        LocalizedText(
          en: "After the exit that starts the clock there is no other one to compete.",
          de: "Nach dem Austritt, mit dem die Uhr beginnt, konkurriert kein anderer."), hint: nil,
        at: "competing")
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

  private func reportStray(_ name: String) {
    report(
      LocalizedText(
        en: "“\(name)” goes only with outcome “interruption”, not with “\(outcome.rawValue)”.",
        de: "„\(name)“ gehört nur zu outcome „interruption“, nicht zu „\(outcome.rawValue)“."),
      hint: LocalizedText(
        en: "Leave it out: nothing that is waited for here has gaps.",
        de: "Bitte weglassen: Worauf hier gewartet wird, hat keine Lücken."), at: name)
  }

  private func place(of key: String) -> SourceRange? {
    reader.optional(key, Located<DefinitionValue>.self)?.range
  }

  private func report(_ message: LocalizedText, hint: LocalizedText?, at key: String) {
    reader.report("D-COMBINATION", message, hint: hint, at: place(of: key))
  }
}

extension TimeToEventDefinition.Event {
  /// The index events that it can be waited for from: work can be interrupted only where it has begun,
  /// and nobody leaves twice.
  fileprivate var indices: [IndexEvent] {
    switch self {
    case .firstPlacement: [.entry, .firstTraining, .everyTraining, .exit, .everyExit]
    case .interruption:
      [.firstPlacement, .everyPlacement, .firstTraining, .everyTraining, .exit, .everyExit]
    case .exit, .dropout:
      [.entry, .firstPlacement, .everyPlacement, .firstTraining, .everyTraining]
    }
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
