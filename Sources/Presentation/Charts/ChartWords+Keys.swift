import Journey

/// The sentences that explain the signs of a drawing.
extension ChartWords {
  func halfWidths(level: Double) -> String {
    LocalizedText(
      en: "±\u{A0}= half the width of the \(percent(level))% interval, in points.",
      de: "±\u{A0}= halbe Breite des \(percent(level))-%-Intervalls, in Punkten.")(language)
  }
  var countsInBrackets: String {
    LocalizedText(
      en: "(…)\u{A0}= people the share rests on.",
      de: "(…)\u{A0}= Personen, auf denen der Anteil beruht.")(
        language)
  }
  var hatchedIncomplete: LocalizedText {
    LocalizedText(
      en: "Hatched: not all have been followed that long.",
      de: "Schraffiert: noch nicht alle so lange beobachtet.")
  }
  var bracketsIncomplete: LocalizedText {
    LocalizedText(
      en: "[…]\u{A0}= not all have been followed that long.",
      de: "[…]\u{A0}= noch nicht alle so lange beobachtet.")
  }
  var blankNotFollowed: String {
    LocalizedText(
      en: "Blank: nobody has been followed that long.",
      de: "Leer: noch niemand so lange beobachtet.")(language)
  }
  var dotSuppressed: String {
    LocalizedText(en: "·\u{A0}= withheld.", de: "·\u{A0}= gesperrt.")(language)
  }
  func intervals(level: Double) -> String {
    LocalizedText(
      en: "Dot: estimate; line: \(percent(level))% confidence interval.",
      de: "Punkt: Schätzung; Strich: \(percent(level))-%-Konfidenzintervall.")(language)
  }
  var overlapsRankNothing: String {
    LocalizedText(
      en: "Where lines overlap, the order is not certain.",
      de: "Wo sich Striche überlappen, ist die Reihenfolge nicht gesichert.")(language)
  }
  var notObserved: String {
    LocalizedText(en: "not observed", de: "nicht beobachtet")(language)
  }
  var singlePeople: String {
    LocalizedText(
      en: "Each line is a person: for internal use only.",
      de: "Jede Zeile ist ein Mensch: nur für den internen Gebrauch.")(language)
  }
  func tooManyLines(_ count: Int, most: Int) -> String {
    LocalizedText(
      en: "More than \(numbers.integer(most)) people: shares instead of \(numbers.integer(count))"
        + " lines.",
      de: "Mehr als \(numbers.integer(most)) Personen: Anteile statt \(numbers.integer(count))"
        + " Zeilen.")(language)
  }
  var heightIsPeople: String {
    LocalizedText(en: "Height: people.", de: "Höhe: Personen.")(language)
  }
  func smallFlows(_ count: Int, below limit: Int) -> String {
    let number = numbers.integer(count)
    return numbers.plural(
      count,
      one: .init(
        en: "One flow of fewer than \(limit) people is not drawn.",
        de: "Ein Übergang von weniger als \(limit) Personen ist nicht gezeichnet."),
      many: .init(
        en: "\(number) flows of fewer than \(limit) people are not drawn.",
        de: "\(number) Übergänge von weniger als \(limit) Personen sind nicht gezeichnet."))
  }
  func fewer(than limit: Int) -> String { "<\u{A0}\(limit)" }
  func columns(_ name: String) -> String {
    LocalizedText(en: "Columns: \(name).", de: "Spalten: \(name).")(language)
  }
  var estimate: String { LocalizedText(en: "Estimate", de: "Schätzung")(language) }
  var points: String { LocalizedText(en: "(points)", de: "(Punkte)")(language) }
  var from: String { LocalizedText(en: "From", de: "Von")(language) }
  var to: String { LocalizedText(en: "To", de: "Nach")(language) }
}
