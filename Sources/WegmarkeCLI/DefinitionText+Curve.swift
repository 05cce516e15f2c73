import Journey
import ProjectionEngine

extension DefinitionText {
  /// What a question of kind `time-to-event` settles, which a cohort table asks cohort by cohort.
  mutating func describeCurve(_ content: TimeToEventDefinition) {
    addPopulation(content.unit, content.origin, content.window, content.condition)
    add("Event", "Ereignis", CurveWords.event(content.event)(language))
    addWeight(content.weight)
    addKinds(PlacementKind.allCases.filter(content.kinds.contains))
    if content.isSameJob {
      let text = LocalizedText(
        en: "the job that starts the clock", de: "die Arbeit, mit der die Uhr beginnt")
      add("Only", "Nur", text(language))
    }
    if !content.competing.isEmpty {
      let events = content.competing.map { CauseText.label($0.rawValue)(language) }
      add("Competing events", "Konkurrierende Ereignisse", events.joined(separator: ", "))
    }
    add("Observed", "Beobachtet", CurveWords.observation(content)(language))
    if let gap = content.gap, let rule = content.rule {
      add("Allowed gap", "Erlaubte Lücke", "\(gap)")
      add("Rule", "Regel", rule.rawValue)
    }
    addGroups(content.groups)
    addHorizons(content.horizons)
  }

  /// How much a unit counts, where not each counts once.
  mutating func addWeight(_ weight: QuestionWeight?) {
    guard let weight else { return }
    let kind =
      weight.kind == .sampling
      ? LocalizedText(en: "sampling weight", de: "Stichprobengewicht")
      : LocalizedText(en: "frequency", de: "Häufigkeit")
    add("Counts", "Zählt", "\(weight.of.words(in: language)) (\(kind(language)))")
  }
}

/// What curves wait for, and how far people are followed, in words.
private enum CurveWords {
  static func event(_ event: TimeToEventDefinition.Event) -> LocalizedText {
    switch event {
    case .firstPlacement:
      LocalizedText(
        en: "the first placement on or after that day", de: "die erste Aufnahme ab diesem Tag")
    case .interruption:
      LocalizedText(
        en: "the first interruption of work longer than the allowed gap",
        de: "die erste Unterbrechung der Arbeit, die länger dauert als die erlaubte Lücke")
    case .exit:
      LocalizedText(
        en: "the exit that no re-entry follows", de: "der Austritt, dem kein Wiedereintritt folgt")
    case .dropout:
      LocalizedText(
        en: "an exit before the planned end without a goal reached",
        de: "ein Austritt vor dem geplanten Ende ohne erreichtes Ziel")
    }
  }

  static func observation(_ content: TimeToEventDefinition) -> LocalizedText {
    var text =
      switch content.censoring {
      case .lastConfirmedDay:
        LocalizedText(
          en: "to the last confirmed day, at most to the reference day",
          de: "bis zum letzten bestätigten Tag, höchstens bis zum Stichtag")
      case .dataCut:
        LocalizedText(
          en: "to the reference day, whoever was last heard of when",
          de: "bis zum Stichtag, wann auch immer zuletzt von jemandem zu hören war")
      case .exit:
        LocalizedText(
          en: "to the last day of participation or the last confirmed one, at most to the reference"
            + " day",
          de: "bis zum letzten Tag der Teilnahme oder dem letzten bestätigten, höchstens bis zum"
            + " Stichtag")
      }
    if let cut = content.dataCut {
      text =
        text
        + LocalizedText(
          en: ", and not beyond \(cut), where the data end",
          de: " und nicht über den \(cut) hinaus, an dem die Daten enden")
    }
    let gone: [(CompetingEvent, LocalizedText)] = [
      (.death, .init(en: "death", de: "bis zum Tod")),
      (.leftCountry, .init(en: "leaving the country", de: "bis zur Ausreise")),
    ].filter { !content.competing.contains($0.0) }
    guard !gone.isEmpty else { return text }
    return text
      + LocalizedText(
        en: "; not beyond " + gone.map(\.1.en).joined(separator: " and "),
        de: "; nur " + gone.map(\.1.de).joined(separator: " und "))
  }
}

/// The events that end people's clocks, in words.
enum CauseText {
  static func label(_ cause: String) -> LocalizedText {
    switch cause {
    case "first-placement", "placement":
      LocalizedText(en: "first placement", de: "erste Vermittlung")
    case "interruption": LocalizedText(en: "work interrupted", de: "Arbeit unterbrochen")
    case "exit": LocalizedText(en: "exit", de: "Austritt")
    case "dropout": LocalizedText(en: "dropout", de: "Abbruch")
    case "other-exit": LocalizedText(en: "other exit", de: "anderer Austritt")
    case "left-country": LocalizedText(en: "left the country", de: "ausgereist")
    case "death": LocalizedText(en: "death", de: "verstorben")
    default: LocalizedText(verbatim: cause)
    }
  }
}
