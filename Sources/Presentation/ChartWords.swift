import Journey

/// The fixed words of the charts, and the sentences made of them.
struct ChartWords {
  let language: Language
  private var numbers: NumberStyle { NumberStyle(language) }

  var atRisk: String { LocalizedText(en: "At risk", de: "Unter Beobachtung")(language) }
  var censored: String { LocalizedText(en: "Censored", de: "Zensiert")(language) }
  var events: String { LocalizedText(en: "Events", de: "Ereignisse")(language) }
  var nobody: String { LocalizedText(en: "Nobody observed", de: "Niemand beobachtet")(language) }
  var tableHeading: String {
    LocalizedText(
      en: "At risk at each time; censored and events before it",
      de: "Zum Zeitpunkt unter Beobachtung; Zensierte und Ereignisse davor")(language)
  }
  var fewAtRisk: String {
    LocalizedText(
      en: "Pale: fewer than \(SurvivalCurve.fewAtRisk) at risk.",
      de: "Blass: weniger als \(SurvivalCurve.fewAtRisk) unter Beobachtung.")(language)
  }
  var censorMarks: String {
    LocalizedText(en: "Strokes: follow-up ended.", de: "Striche: Beobachtung endet.")(language)
  }
  func bands(level: Double) -> String {
    let percent = numbers.decimal(
      level * 100, places: level * 100 == (level * 100).rounded() ? 0 : 1)
    return LocalizedText(
      en: "Bands: \(percent)% confidence limits.", de: "Bänder: \(percent)-%-Konfidenzgrenzen.")(
        language)
  }

  func notDrawn(_ count: Int) -> String {
    LocalizedText(
      en: "\(count) more not drawn; see the table.",
      de: "\(count) weitere nicht gezeichnet; siehe Tabelle.")(language)
  }

  /// The size of a group: `n = 1.234`.
  func size(_ curve: SurvivalCurve) -> String { "n\u{A0}=\u{A0}\(numbers.integer(curve.total))" }

  /// The median of a group with its unit, or that it was not reached.
  func median(_ curve: SurvivalCurve, unit: SurvivalChart.TimeUnit) -> String {
    guard let median = curve.median else {
      return LocalizedText(en: "median not reached", de: "Median nicht erreicht")(language)
    }
    return LocalizedText(en: "median ", de: "Median ")(language) + span(median, unit: unit)
  }

  /// A time with its unit: `118 Tage`, `7,5 Monate`.
  func span(_ time: Double, unit: SurvivalChart.TimeUnit) -> String {
    let noun = unit == .days ? CountedNoun.day : CountedNoun.month
    let form = time == 1 ? noun.one(language) : noun.many(language)
    return self.time(time) + "\u{A0}" + form
  }

  /// A time on the axis, with a decimal only where it needs one.
  func time(_ time: Double) -> String {
    numbers.decimal(time, places: time == time.rounded() ? 0 : 1)
  }

  /// One curve in a sentence, for readers who cannot see the drawing.
  func description(_ curve: SurvivalCurve, in chart: SurvivalChart) -> String {
    let name = curve.label.isEmpty ? chart.shareLabel : curve.label
    guard let end = curve.steps(until: chart.lastTime).last else {
      return "\(name) (\(size(curve))): \(nobody)."
    }
    let share = numbers.percent(chart.shown(end.survival))
    let span = span(end.end, unit: chart.unit)
    return LocalizedText(
      en: "\(name) (\(size(curve))): \(share) after \(span).",
      de: "\(name) (\(size(curve))): \(share) nach \(span).")(language)
  }
}
