import Journey

/// The names of expressions that are no attributes; described in `projections/README.md`.
public enum ExpressionName: String, CaseIterable, Sendable {
  /// The day of the index event.
  case index
  /// The first day of the participation.
  case entry
  /// The last day of the participation.
  case exit
  /// The reference day: nothing after it counts.
  case cut
  /// The last day on which the person was observed, at most the reference day.
  case seen = "last-seen"
  /// The horizon, in units of the clock; only where a question has horizons.
  case horizon = "h"
  /// The day looked at; only in states.
  case day = "t"
  /// Days from the day of an event to its recording; only where records are counted.
  case lag
  /// The age at entry.
  case age
  /// The class of the residence status at entry.
  case residenceClass = "residence-class"
  /// The kind of the placement that is the index event.
  case placementKind = "placement-kind"
  /// Why the participation ended.
  case exitReason = "exit-reason"
  /// Whether the participation ended as planned.
  case exitType = "exit-type"
  /// Whether the participation was broken off.
  case dropout
  /// What the form six months after exit says about an improvement.
  case improvementStated = "improvement-stated"
  /// Whether the person is in the sample for the results six months after exit.
  case inSample = "in-sample"

  /// The names that stand in every question.
  public static let everywhere: Set<ExpressionName> = Set(allCases).subtracting([
    .horizon, .day, .lag,
  ])
}

extension ExpressionName {
  /// What people read.
  var words: LocalizedText {
    switch self {
    case .index: LocalizedText(en: "the index day", de: "dem Starttag")
    case .entry: LocalizedText(en: "the day of entry", de: "dem Eintrittstag")
    case .exit: LocalizedText(en: "the day of exit", de: "dem Austrittstag")
    case .cut: LocalizedText(en: "the reference day", de: "dem Stichtag")
    case .seen:
      LocalizedText(en: "the last day observed", de: "dem letzten beobachteten Tag")
    case .horizon: LocalizedText(en: "h", de: "h")
    case .day: LocalizedText(en: "the day looked at", de: "dem betrachteten Tag")
    case .lag: LocalizedText(en: "the delay of recording", de: "die Erfassungsverzögerung")
    case .age: LocalizedText(en: "the age at entry", de: "das Alter bei Eintritt")
    case .residenceClass:
      LocalizedText(en: "the class of residence at entry", de: "die Aufenthaltsklasse bei Eintritt")
    case .placementKind:
      LocalizedText(en: "the kind of the index placement", de: "die Art der Startaufnahme")
    case .exitReason: LocalizedText(en: "the reason of exit", de: "der Austrittsgrund")
    case .exitType: LocalizedText(en: "the type of exit", de: "die Austrittsart")
    case .dropout: LocalizedText(en: "dropped out", de: "abgebrochen")
    case .improvementStated:
      LocalizedText(
        en: "an improvement is stated six months after exit",
        de: "sechs Monate nach Austritt ist eine Verbesserung angegeben")
    case .inSample:
      LocalizedText(
        en: "in the sample for the results six months after exit",
        de: "in der Stichprobe für die Ergebnisse sechs Monate nach Austritt")
    }
  }

  /// The line of the documentation about this name.
  var meaning: ExpressionMeaning {
    switch self {
    case .index: ExpressionMeaning("day", "day of the index event", unknown: "never")
    case .entry:
      ExpressionMeaning(
        "day", "first day of the participation of the index event; re-entry does not change it",
        unknown: "never entered")
    case .exit:
      ExpressionMeaning(
        "day", "last day of that participation, after the last re-entry",
        unknown: "has not ended up to the reference day")
    case .cut: ExpressionMeaning("day", "reference day; nothing after it counts", unknown: "never")
    case .seen:
      ExpressionMeaning(
        "day", "last day on which the person was observed, at most the reference day",
        unknown: "never")
    case .horizon:
      ExpressionMeaning(
        "length", "horizon, in units of the clock; only in questions with horizons",
        unknown: "never")
    case .day: ExpressionMeaning("day", "day looked at; only in states", unknown: "never")
    case .lag:
      ExpressionMeaning(
        "length in days",
        "day of recording minus day of the event; only where records are counted",
        unknown: "the event's date is less precise than a day")
    case .age:
      ExpressionMeaning(
        "number of years", "full years of age at entry: `age(at entry)`",
        unknown: "no year of birth")
    case .residenceClass:
      ExpressionMeaning(
        "code of `residence-class`", "class of the residence status at entry",
        unknown: "none stated")
    case .placementKind:
      ExpressionMeaning(
        "code of `placement-kind`", "kind of the placement that is the index event",
        unknown: "the index event is no placement")
    case .exitReason:
      ExpressionMeaning(
        "code of `exit-reason`", "why the participation ended", unknown: "no exit, or none stated")
    case .exitType:
      ExpressionMeaning(
        "code of `exit-type`", "how the participation ended", unknown: "no exit, or none stated")
    case .dropout:
      ExpressionMeaning(
        "truth", "exit of type early and without a goal reached",
        unknown: "contact lost, or type of exit not stated")
    case .improvementStated:
      ExpressionMeaning(
        "truth", "answer of the form six months after exit", unknown: "no form, or unknown there")
    case .inSample:
      ExpressionMeaning(
        "truth", "in the representative sample six months after exit", unknown: "not stated")
    }
  }
}

/// A field of the entry profile as a name of expressions.
struct ProfileField: Sendable {
  let name: String
  let type: FieldType
  let words: LocalizedText

  /// The fields that the view keeps, in the order of the entry form.
  static let all: [ProfileField] = EventType.entryProfileRecorded.schema.optional.compactMap {
    definition in
    switch definition.type {
    case .code, .integer, .text:
      words[definition.name].map {
        ProfileField(name: definition.name, type: definition.type, words: $0)
      }
    default: nil
    }
  }

  private static let words: [String: LocalizedText] = [
    "gender": LocalizedText(en: "gender", de: "Geschlecht"),
    "birth-year": LocalizedText(en: "the year of birth", de: "Geburtsjahr"),
    "employment-status": LocalizedText(
      en: "employment status at entry", de: "Erwerbsstatus bei Eintritt"),
    "employment-detail": LocalizedText(
      en: "finer employment status at entry", de: "genauer Erwerbsstatus bei Eintritt"),
    "in-education": LocalizedText(en: "in education at entry", de: "bei Eintritt in Bildung"),
    "isced": LocalizedText(
      en: "level of education (ISCED) at entry", de: "Bildungsstand (ISCED) bei Eintritt"),
    "third-country": LocalizedText(en: "third-country national", de: "Drittstaatsangehörigkeit"),
    "foreign-background": LocalizedText(en: "of foreign background", de: "ausländische Herkunft"),
    "rural": LocalizedText(en: "from a rural area", de: "aus ländlichem Gebiet"),
    "german": LocalizedText(en: "level of German at entry", de: "Deutschniveau bei Eintritt"),
    "nationality-group": LocalizedText(
      en: "group of nationalities", de: "Gruppe der Staatsangehörigkeit"),
    "residence": LocalizedText(
      en: "residence status at entry", de: "Aufenthaltsstatus bei Eintritt"),
    "work-access": LocalizedText(
      en: "access to the labour market at entry", de: "Arbeitsmarktzugang bei Eintritt"),
  ]

  static func named(_ name: String) -> ProfileField? { all.first { $0.name == name } }
}
