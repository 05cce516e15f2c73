import Journey
import ProjectionEngine

/// What must be said of an answer whatever form its figures take.
struct AnswerWarnings {
  private let answer: any QuestionAnswer

  init(_ answer: any QuestionAnswer) { self.answer = answer }

  /// Says it on standard error.
  ///
  /// - Parameter isTable: Whether the figures are a page for people, which says itself how far the data are
  ///   complete.
  func say(_ console: Console, isTable: Bool) {
    if !isTable, let en = MaturityText(answer, .english)?.heading,
      let de = MaturityText(answer, .german)?.heading
    {
      console.warn(.init(en: en, de: de))
    }
    if let hindsight = AnswerWarnings.hindsight(answer.definition) { console.warn(hindsight) }
    guard answer.parameters.rule == GapRule.a.rawValue else { return }
    console.warn(
      .init(
        en: "Rule A overstates retention while people are still coming in: in a simulated"
          + " programme it gave 54.9% where 45.7% was true. Rule B (the default) does not.",
        de: "Regel A überschätzt den Verbleib, solange noch Menschen hinzukommen: In einem"
          + " simulierten Programm ergab sie 54,9 % statt wahrer 45,7 %. Regel B (Standard) nicht.")
    )
  }

  /// What is said of groups that nobody could have been put into on the index day; nil where there are none.
  static func hindsight(_ definition: QuestionDefinition) -> LocalizedText? {
    let codes = definition.groupsInHindsight.map { "“\($0)”" }
    guard !codes.isEmpty else { return nil }
    let groups = codes.joined(separator: ", ")
    let gruppen = groups.replacing("“", with: "„").replacing("”", with: "“")
    return LocalizedText(
      en: "Groups of the file look at days after the index day: \(groups). Whoever is in one had to"
        + " come that far without the event (immortal time), so their curves cannot be compared as"
        + " they stand. Let the groups look up to the index day only, or begin the clock later.",
      de:
        "Gruppen der Datei sehen auf Tage nach dem Anfangstag: \(gruppen). Wer darin ist, musste so"
        + " weit ohne das Ereignis kommen (immortal time); so lassen sich ihre Kurven nicht"
        + " vergleichen. Bitte Gruppen nur bis zum Anfangstag bilden oder die Uhr später beginnen"
        + " lassen.")
  }
}
