import Journey
import ProjectionEngine

extension Failure {
  /// Words for choices that do not fit a question.
  init(choice problem: QuestionDefinition.ChoiceProblem) {
    switch problem {
    case .noGap:
      self = Failure(
        .init(
          en: "This question waits for no interruption; it has no --gap and no --rule.",
          de: "Diese Frage wartet auf keine Unterbrechung; --gap und --rule gibt es hier nicht."),
        .usage)
    case .onlyTimeToEvent(let kind):
      self = Failure(
        .init(
          en: "A question of kind “\(kind.rawValue)” cannot be asked so: its clock is fixed, and it"
            + " has no curve of one event.",
          de: "Eine Frage der Art „\(kind.rawValue)“ lässt sich so nicht stellen: Ihre Uhr liegt"
            + " fest, und sie hat keine Kurve eines Ereignisses."),
        advice: .init(
          en: "Leave --clock out.", de: "Bitte --clock weglassen."), .usage)
    case .horizon(let horizon):
      self = Failure(
        .init(
          en: "A horizon of this question is a whole number from 0 on, not \(horizon).",
          de: "Ein Horizont dieser Frage ist eine ganze Zahl ab 0, nicht \(horizon)."),
        advice: .init(en: "Write --at 3,6,12.", de: "Bitte --at 3,6,12 schreiben."), .usage)
    case .onlyPeople:
      self = Failure(
        .init(
          en: "This question weights its units, or counts several of one person: it has no"
            + " --bounds, no --nowcast and no --response-by.",
          de: "Diese Frage gewichtet ihre Einheiten oder zählt mehrere einer Person: --bounds,"
            + " --nowcast und --response-by gibt es dafür nicht."), .usage)
    case .noCounts:
      self = Failure(
        .init(
          en: "This question weights its units: it has no counts of people to publish.",
          de: "Diese Frage gewichtet ihre Einheiten: Sie hat keine Zahlen von Personen, die man"
            + " veröffentlichen könnte."),
        advice: .init(
          en: "Release a question without “weights”.",
          de: "Bitte eine Frage ohne „weights“ freigeben."), .usage)
    case .periods(let most):
      self = Failure(
        .init(
          en: "This question has one horizon, its number of periods: from 1 to \(most).",
          de: "Diese Frage hat einen Horizont, die Zahl ihrer Perioden: von 1 bis \(most)."),
        advice: .init(en: "Write --at 24.", de: "Bitte --at 24 schreiben."), .usage)
    case .gapUnit(let gap, let clock):
      let unit = clock == .day ? "28d" : "2mo"
      self = Failure(
        .init(
          en: "The clock of this question counts \(clock.rawValue)s; --gap \(gap) does not.",
          de: "Die Uhr dieser Frage zählt \(clock == .day ? "Tage" : "Monate"); --gap \(gap) nicht."
        ),
        advice: .init(
          en: "Write --gap \(unit), or choose another clock with --clock.",
          de: "Bitte --gap \(unit) schreiben oder mit --clock eine andere Uhr wählen."), .usage)
    case .delaysUnknown(let subjects):
      let names = subjects.map(RecordedSubjectText.label)
      self = Failure(
        .init(
          en:
            "The log does not tell how late things are recorded: too little of it was recorded day by"
            + " day" + (names.isEmpty ? "." : " (\(names.map(\.en).joined(separator: ", ")))."),
          de:
            "Das Protokoll sagt nicht, mit welchem Verzug erfasst wird: Zu wenig davon wurde Tag für"
            + " Tag erfasst"
            + (names.isEmpty ? "." : " (\(names.map(\.de).joined(separator: ", "))).")),
        advice: .init(
          en:
            "Leave --mature and --nowcast out. What was put in at once, as a first import is, has no"
            + " delays; they show as the store is kept.",
          de: "Bitte --mature und --nowcast weglassen. Was auf einmal eingelesen wurde, hat keinen"
            + " Verzug; er zeigt sich, wenn der Bestand laufend geführt wird."), .usage)
    case .noNowcast(let refusal):
      self = Failure(
        LocalizedText(en: "No --nowcast: ", de: "Kein --nowcast: ")
          + NowcastRefusalText.reason(refusal),
        advice: .init(
          en: "--mature asks of the completely recorded part instead.",
          de: "--mature fragt stattdessen nach dem vollständig erfassten Teil."), .usage)
    case .onlyShares(let kind):
      self = Failure(
        .init(
          en: "A question of kind “\(kind.rawValue)” has no shares to weight for response.",
          de: "Eine Frage der Art „\(kind.rawValue)“ hat keine Anteile, die sich gewichten ließen."),
        advice: .init(
          en: "--response-by is for questions of kind point and count.",
          de: "--response-by gibt es für Fragen der Art point und count."), .usage)
    case .noBounds(let kind):
      self = Failure(
        .init(
          en: "A question of kind “\(kind.rawValue)” has no --bounds.",
          de: "Eine Frage der Art „\(kind.rawValue)“ hat keine --bounds."), .usage)
    }
  }
}

/// Why figures cannot be corrected for delay, in words.
private enum NowcastRefusalText {
  static func reason(_ refusal: CurveNowcast.Refusal) -> LocalizedText {
    switch refusal {
    case .competing:
      .init(
        en:
          "several events compete, and of those recorded so far the first need not be the one that"
          + " came first: an exit can be recorded before the placement that preceded it.",
        de:
          "Mehrere Ereignisse konkurrieren, und das erste bisher erfasste muss nicht das erste sein:"
          + " Ein Austritt kann vor der Vermittlung erfasst sein, die ihm vorausging.")
    case .rule(let rule):
      .init(
        en:
          "rule \(rule.rawValue) does not date an interruption on the day from which recording counts;"
          + " rule B does.",
        de:
          "Regel \(rule.rawValue) datiert eine Unterbrechung nicht auf den Tag, von dem an die Erfassung"
          + " zählt; Regel B tut es.")
    case .notSeenAfterwards:
      .init(
        en:
          "most people with a recent event were not seen after it. Whoever has none on record yet does"
          + " not count as waiting there, so that nothing is missing that could be put back.",
        de:
          "Die meisten mit einem jungen Ereignis wurden danach nicht mehr gesehen. Wer noch keines"
          + " erfasst hat, zählt dort nicht als wartend; es fehlt nichts, was sich ergänzen ließe.")
    case .kind(let kind):
      .init(
        en: "for questions of kind “\(kind.rawValue)” it is not defined.",
        de: "Für Fragen der Art „\(kind.rawValue)“ ist es nicht definiert.")
    }
  }
}
