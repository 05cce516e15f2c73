import Interchange
import Journey

/// What the columns of answers mean.
enum AnswerVariables {
  /// A column by its name; one without a description is text, and a test finds it.
  static func variable(_ name: String) -> TableVariable {
    guard let known = known[name] else {
      return TableVariable(name, .text, LocalizedText(verbatim: name))
    }
    return TableVariable(name, known.kind, known.label, note: known.note)
  }

  private struct Entry {
    let kind: TableVariable.Kind
    let label: LocalizedText
    var note: LocalizedText?

    init(_ kind: TableVariable.Kind, _ en: String, _ de: String, _ note: LocalizedText? = nil) {
      self.kind = kind
      label = LocalizedText(en: en, de: de)
      self.note = note
    }
  }

  private static let notKnown = LocalizedText(
    en: "Empty where it is not defined, or nobody is followed that far.",
    de: "Leer, wo es nicht definiert ist oder niemand so weit beobachtet wird.")

  private static let early = LocalizedText(
    en: "They count in yes or no and in all, not among the known.",
    de: "Sie zählen unter Ja oder Nein und in allen, nicht unter den Bekannten.")

  private static let known: [String: Entry] = {
    var entries: [String: Entry] = [
      "stratum": .init(.text, "group", "Gruppe", .init(en: "all: everybody", de: "all: alle")),
      "cohort": .init(.text, "cohort", "Kohorte", .init(en: "all: every cohort", de: "all: alle")),
      "cause": .init(.text, "event that ended it", "Ereignis, das es beendete"),
      "state": .init(.text, "state", "Zustand"),
      "from": .init(.text, "state on the index day", "Zustand am Anfangstag"),
      "to": .init(.text, "state at the horizon", "Zustand am Horizont"),
      "row": .init(.text, "row of the question", "Zeile der Frage"),
      "variance": .init(
        .text, "what the standard errors and limits are", "was Standardfehler und Grenzen sind"),
      "summary": .init(.text, "which summary the value is", "welche Kennzahl der Wert ist"),
      "shape": .init(
        .text, "states in their order, each with its mean number of periods",
        "Zustände in ihrer Folge, je mit der mittleren Zahl der Abschnitte"),
      "rank": .init(.whole, "place by frequency", "Rang nach Häufigkeit"),
      "time": .init(
        .decimal, "time since the index event", "Zeit seit dem Anfangsereignis",
        .init(
          en: "In the unit of the question's clock: days or months.",
          de: "In der Einheit der Uhr der Frage: Tage oder Monate.")),
      "horizon": .init(
        .decimal, "time since the index event asked for", "gefragte Zeit seit dem Anfangsereignis",
        .init(
          en: "In the unit of the question's clock: days or months.",
          de: "In der Einheit der Uhr der Frage: Tage oder Monate.")),
      "n": .init(.whole, "people, or units, who count", "Personen oder Einheiten, die zählen"),
      "due": .init(.whole, "of them due at the horizon", "davon am Horizont fällig"),
      "n_risk": .init(.decimal, "under observation just before", "unmittelbar davor beobachtet"),
      "n_event": .init(.decimal, "events at this time", "Ereignisse zu dieser Zeit"),
      "n_censor": .init(.decimal, "last seen at this time", "zu dieser Zeit zuletzt gesehen"),
      "surv": .init(.decimal, "share without the event", "Anteil ohne Ereignis", notKnown),
      "cumhaz": .init(.decimal, "cumulative hazard", "kumulierte Ereignisrate"),
      "incidence": .init(
        .decimal, "share with this event by then", "Anteil mit diesem Ereignis bis dahin"),
      "probability": .init(.decimal, "share in the state", "Anteil im Zustand", notKnown),
      "share": .init(.decimal, "share", "Anteil", notKnown),
      "surv_nowcast": .init(
        .decimal, "share, corrected for late records", "Anteil, um Nachmeldungen berichtigt"),
      "crude": .init(.decimal, "happened of followed", "geschehen von beobachtet"),
      "people": .init(.whole, "people", "Personen"),
      "followed": .init(.whole, "followed until the horizon", "bis zum Horizont beobachtet"),
      "happened": .init(.whole, "of them with the event", "davon mit Ereignis"),
      "yes": .init(.whole, "yes", "ja"), "no": .init(.whole, "no", "nein"),
      "unknown": .init(
        .whole, "nobody knows", "niemand weiß es",
        .init(en: "That is never a no.", de: "Das ist nie ein Nein.")),
      "not_due": .init(.whole, "not due yet", "noch nicht fällig"),
      "excluded": .init(.whole, "excluded by the question", "von der Frage ausgenommen"),
      "not_asked": .init(.whole, "not asked", "nicht gefragt"),
      "asked_unknown": .init(.whole, "not known whether asked", "unbekannt, ob gefragt"),
      "early_yes": .init(
        .whole, "yes known before a no could be", "Ja, bekannt, ehe ein Nein es sein konnte", early),
      "early_no": .init(
        .whole, "no known before a yes could be", "Nein, bekannt, ehe ein Ja es sein konnte", early),
      "share_all": .init(.decimal, "yes of all due", "ja von allen Fälligen"),
      "share_known": .init(.decimal, "yes of the known", "ja von den Bekannten"),
      "coverage": .init(.decimal, "known of all due", "bekannt von allen Fälligen"),
      "value": .init(.decimal, "value of the summary", "Wert der Kennzahl"),
      "value_lower": .init(
        .decimal, "lower confidence limit of the value", "untere Konfidenzgrenze des Werts"),
      "value_upper": .init(
        .decimal, "upper confidence limit of the value", "obere Konfidenzgrenze des Werts"),
      "lower": .init(.decimal, "lower confidence limit", "untere Konfidenzgrenze"),
      "upper": .init(.decimal, "upper confidence limit", "obere Konfidenzgrenze"),
      "bound_lower": .init(
        .decimal, "if all unknown were against it", "wenn alle Unbekannten dagegen sprächen"),
      "bound_upper": .init(
        .decimal, "if all unknown were for it", "wenn alle Unbekannten dafür sprächen"),
    ]
    for (name, of) in [
      ("se_surv", "surv"), ("se_log_surv", "log(surv)"), ("se_cumhaz", "cumhaz"),
      ("se_incidence", "incidence"), ("se_probability", "probability"), ("se_share", "share"),
    ] {
      entries[name] = .init(.decimal, "standard error of \(of)", "Standardfehler von \(of)")
    }
    for scale in ["plain", "log", "log_log", "logit", "arcsin", "wilson"] {
      entries["lower_\(scale)"] = .init(
        .decimal, "lower confidence limit (\(scale))", "untere Konfidenzgrenze (\(scale))")
      entries["upper_\(scale)"] = .init(
        .decimal, "upper confidence limit (\(scale))", "obere Konfidenzgrenze (\(scale))")
    }
    return entries
  }()
}
