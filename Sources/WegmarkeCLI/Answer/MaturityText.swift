import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What a page says of how far the data behind an answer are complete.
struct MaturityText {
  let maturity: AnswerMaturity
  /// How many counted.
  let counted: Int
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var share: String { numbers.percent(RecordingDelays.share, places: 0) }

  /// Nothing where nothing is immature and nothing was chosen about it.
  init?(_ answer: any QuestionAnswer, _ language: Language) {
    guard let maturity = answer.maturity else { return nil }
    self.maturity = maturity
    counted = answer.attrition.counted
    self.language = language
  }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  private func date(_ day: Day) -> String { EventText(language).date(day) }

  /// What must be said above the figures.
  var heading: String? {
    guard let until = maturity.until else { return nil }
    switch maturity.records {
    case .mature:
      return word(
        "Mature part only: up to \(date(until)); of later days less than \(share) may be recorded yet.",
        "Nur der reife Teil: bis \(date(until)); von späteren Tagen sind vielleicht noch keine"
          + " \(share) erfasst.")
    case .nowcast, .asRecorded:
      guard maturity.immature > 0 else { return nil }
      let people = numbers.integer(maturity.immature)
      let all = numbers.integer(counted)
      return word(
        "Not complete after \(date(until)): of later days less than \(share) may be recorded yet. For"
          + " \(people) of \(all) the outcome may still change.",
        "Nicht vollständig nach dem \(date(until)): Von späteren Tagen sind vielleicht noch keine"
          + " \(share) erfasst. Bei \(people) von \(all) kann sich der Ausgang noch ändern.")
    }
  }

  /// What the statement rests on, for the footer.
  var basis: [String] {
    let parts = maturity.delays.estimates.map { estimate in
      let (records, days) = (numbers.integer(estimate.count), numbers.integer(estimate.matureAge))
      let what = RecordedSubjectText.label(estimate.subject)(language)
      return word(
        "\(what): \(share) within \(days) days (\(records) records)",
        "\(what): \(share) binnen \(days) Tagen (\(records) Datensätze)")
    }
    let untold = maturity.delays.untold.map { RecordedSubjectText.label($0)(language) }
    var text = word(
      "Recorded late (right-truncated estimate, up to ",
      "Erfasst mit Verzug (rechtsgestutzt geschätzt, bis ")
    text += date(maturity.delays.cut) + "): " + parts.joined(separator: "; ")
    if !untold.isEmpty {
      let names = untold.joined(separator: ", ")
      text += word("; too few to tell: \(names)", "; zu wenige für ein Urteil: \(names)")
    }
    guard maturity.records == .asRecorded else { return [text] }
    return [
      text,
      word(
        "--mature asks of the complete part only, --nowcast corrects for the delay.",
        "--mature fragt nur nach dem vollständigen Teil, --nowcast rechnet den Verzug heraus."),
    ]
  }
}

/// What is recorded, in words.
enum RecordedSubjectText {
  static func label(_ subject: RecordedSubject) -> LocalizedText {
    switch subject {
    case .entry: .init(en: "entries", de: "Eintritte")
    case .placementStart: .init(en: "starts of work", de: "Aufnahmen von Arbeit")
    case .placementEnd: .init(en: "ends of work", de: "Enden von Arbeit")
    case .exit: .init(en: "exits", de: "Austritte")
    case .leftCountry: .init(en: "departures", de: "Ausreisen")
    case .death: .init(en: "deaths", de: "Todesfälle")
    case .residence: .init(en: "residence statuses", de: "Aufenthaltsstatus")
    case .benefit: .init(en: "benefits", de: "Leistungen")
    case .status: .init(en: "answers about the status", de: "Angaben zum Status")
    case .measure: .init(en: "measures", de: "Maßnahmen")
    case .aftercare: .init(en: "aftercare contacts", de: "Nachbetreuungskontakte")
    }
  }
}
