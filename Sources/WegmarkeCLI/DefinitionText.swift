import Journey
import ProjectionEngine

/// What a question's file settles, line by line, in words.
struct DefinitionText {
  /// A label and what it names.
  struct Line: Equatable {
    let label: String
    let value: String
  }

  private(set) var lines: [Line] = []
  let language: Language

  init(_ definition: QuestionDefinition, _ language: Language) {
    self.language = language
    add("Clock", "Uhr", definition.clock.label(language))
    switch definition.content {
    case .timeToEvent(let content): describeCurve(content)
    case .shares(let content): describe(content, isPoint: definition.kind == .point)
    case .states(let content): describe(content)
    case .sequences(let content): describe(content.states)
    case .table(let content):
      describeCurve(content.timeToEvent)
      add("Cohorts", "Kohorten", DefinitionText.label(content.cohort)(language))
      if !content.by.isEmpty { add("Split by", "Geteilt nach", content.by.joined(separator: ", ")) }
    }
    for formula in FormulaText.lines(definition) {
      add("Formula", "Formel", formula(language))
    }
    if !definition.parameters.isEmpty {
      let texts = definition.parameters.map { parameter in
        "\(parameter.name) = \(parameter.written): \(parameter.meaning(language))"
      }
      add("Parameters", "Parameter", texts.joined(separator: "; "))
    }
    add("Source", "Quelle", definition.source(language))
  }

  mutating func add(_ en: String, _ de: String, _ value: String) {
    lines.append(Line(label: LocalizedText(en: en, de: de)(language), value: value))
  }

  private mutating func describe(_ content: ShareDefinition, isPoint: Bool) {
    addPopulation(content.unit, content.index, content.window, content.condition)
    if content.oncePerMonth {
      let text = LocalizedText(
        en: "one placement of a person in a calendar month, the first",
        de: "eine Aufnahme einer Person im Kalendermonat, die erste")
      add("At most", "Höchstens", text(language))
    }
    if content.fromFirstContact {
      let text = LocalizedText(
        en: "placements between first contact and entry",
        de: "Aufnahmen zwischen Erstkontakt und Eintritt")
      add("Also", "Auch", text(language))
    }
    addWeight(content.weight)
    addKinds(PlacementKind.allCases.filter { content.kinds.contains($0) })
    if isPoint { addHorizons(content.horizons) }
    for row in content.rows {
      let name = isPoint ? LocalizedText(en: "Yes", de: "Ja")(language) : row.label(language)
      lines.append(Line(label: name, value: row.yes.words(in: language)))
      if let among = row.among { add("· among", "· unter", among.words(in: language)) }
      if let exclude = row.exclude {
        add("· left out", "· ausgenommen", exclude.words(in: language))
      }
      if let due = row.due { add("· due on", "· fällig am", due.words(in: language)) }
    }
    for value in content.values {
      let summaries = value.summaries.map(\.rawValue).joined(separator: ", ")
      lines.append(
        Line(
          label: value.label(language), value: "\(value.of.words(in: language)) (\(summaries))"))
      if let among = value.among { add("· among", "· unter", among.words(in: language)) }
    }
    addGroups(content.groups)
  }

  mutating func addGroups(_ groups: [ShareDefinition.Group]) {
    for group in groups {
      let label = LocalizedText(en: "Group", de: "Gruppe")(language)
      lines.append(
        Line(label: "\(label) \(group.label(language))", value: group.when.words(in: language)))
    }
  }

  private mutating func describe(_ content: StateDefinition) {
    addPopulation(.person, content.index, content.window, content.condition)
    addKinds(PlacementKind.allCases.filter { content.kinds.contains($0) })
    addHorizons(content.horizons)
    for state in content.states {
      let label = LocalizedText(en: "State", de: "Zustand")(language)
      lines.append(
        Line(label: "\(label) \(state.label(language))", value: state.when.words(in: language)))
    }
  }

  mutating func addKinds(_ kinds: [PlacementKind]) {
    add(
      "Counts as work", "Als Arbeit gilt",
      kinds.map { $0.label(language) }.joined(separator: ", "))
  }

  mutating func addHorizons(_ horizons: [Double]) {
    let texts = horizons.map { $0 == $0.rounded() ? String(Int($0)) : String($0) }
    add("Horizons", "Horizonte", texts.joined(separator: ", "))
  }

  mutating func addPopulation(
    _ unit: AnalysisUnit, _ index: IndexEvent, _ window: ClosedRange<Day>?,
    _ condition: QuestionExpression?
  ) {
    add("Unit", "Einheit", DefinitionText.label(unit)(language))
    add("Clock starts", "Die Uhr beginnt", DefinitionText.label(index)(language))
    if let window {
      let (first, last) = (window.lowerBound, window.upperBound)
      add(
        "Between", "Zwischen",
        LocalizedText(
          en: "\(first) and \(last), both counted",
          de: "\(first) und \(last), beide eingeschlossen")(language))
    }
    if let condition {
      add("Population", "Personenkreis", condition.words(in: language))
    }
  }

  static func label(_ period: CohortPeriod) -> LocalizedText {
    switch period {
    case .month: LocalizedText(en: "months of the index event", de: "Monate des Startereignisses")
    case .quarter:
      LocalizedText(en: "quarters of the index event", de: "Quartale des Startereignisses")
    case .half:
      LocalizedText(en: "half-years of the index event", de: "Halbjahre des Startereignisses")
    case .year: LocalizedText(en: "years of the index event", de: "Jahre des Startereignisses")
    }
  }

  static func label(_ unit: AnalysisUnit) -> LocalizedText {
    switch unit {
    case .person: LocalizedText(en: "person", de: "Person")
    case .participation: LocalizedText(en: "participation", de: "Teilnahme")
    case .spell:
      LocalizedText(en: "spell of work or training", de: "Episode von Arbeit oder Ausbildung")
    case .record: LocalizedText(en: "statement recorded", de: "erfasste Angabe")
    }
  }

  static func label(_ index: IndexEvent) -> LocalizedText {
    switch index {
    case .entry: LocalizedText(en: "on the day of entry", de: "am Tag des Eintritts")
    case .firstPlacement:
      LocalizedText(
        en: "with the first placement on or after entry",
        de: "mit der ersten Vermittlung ab dem Eintritt")
    case .everyPlacement:
      LocalizedText(
        en: "with every placement on or after entry", de: "mit jeder Vermittlung ab dem Eintritt")
    case .firstTraining:
      LocalizedText(
        en: "with the first training on or after entry",
        de: "mit der ersten Ausbildung ab dem Eintritt")
    case .everyTraining:
      LocalizedText(
        en: "with every training on or after entry", de: "mit jeder Ausbildung ab dem Eintritt")
    case .exit:
      LocalizedText(
        en: "on the last day of the first participation that was left",
        de: "am letzten Tag der ersten beendeten Teilnahme")
    case .everyExit:
      LocalizedText(
        en: "on the last day of every participation", de: "am letzten Tag jeder Teilnahme")
    case .everyRecord:
      LocalizedText(
        en: "on the day a statement is about", de: "am Tag, von dem eine Angabe handelt")
    }
  }
}
