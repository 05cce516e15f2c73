import Journey

/// The fixed words of the charts, and the sentences made of them.
struct ChartWords {
  let language: Language
  var numbers: NumberStyle { NumberStyle(language) }

  var atRisk: String { LocalizedText(en: "At risk", de: "Unter Beobachtung")(language) }
  var censored: String { LocalizedText(en: "Censored", de: "Zensiert")(language) }
  var events: String { LocalizedText(en: "Events", de: "Ereignisse")(language) }
  var censoredBefore: String {
    LocalizedText(en: "Censored before", de: "Zensiert davor")(language)
  }
  var eventsBefore: String { LocalizedText(en: "Events before", de: "Ereignisse davor")(language) }
  var shareFromThen: String {
    LocalizedText(en: "Share from then on", de: "Anteil ab dann")(language)
  }
  var nobody: String { LocalizedText(en: "Nobody observed", de: "Niemand beobachtet")(language) }
  var observed: String { LocalizedText(en: "Observed", de: "Beobachtet")(language) }
  var hatchedUnknown: String {
    LocalizedText(en: "Hatched: not observed.", de: "Schraffiert: nicht beobachtet.")(language)
  }
  var group: String { LocalizedText(en: "Group", de: "Gruppe")(language) }
  var state: String { LocalizedText(en: "State", de: "Zustand")(language) }
  var share: String { LocalizedText(en: "Share", de: "Anteil")(language) }
  var count: String { LocalizedText(en: "People", de: "Personen")(language) }
  func limits(level: Double) -> String {
    LocalizedText(en: "\(percent(level))% limits", de: "\(percent(level))-%-Grenzen")(language)
  }
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
  var bounds: String {
    LocalizedText(
      en: "Dotted: if those lost had the event at once, or never.",
      de: "Gepunktet: wenn Verlorene das Ereignis sofort hatten, oder nie.")(language)
  }
  var corrected: String {
    LocalizedText(en: "Dashed: corrected for delay.", de: "Gestrichelt: um Verzug bereinigt.")(
      language)
  }
  var censorMarks: String {
    LocalizedText(en: "Strokes: follow-up ended.", de: "Striche: Beobachtung endet.")(language)
  }
  func bands(level: Double) -> String {
    LocalizedText(
      en: "Bands: \(percent(level))% confidence limits.",
      de: "Bänder: \(percent(level))-%-Konfidenzgrenzen.")(language)
  }
  func percent(_ level: Double) -> String {
    numbers.decimal(level * 100, places: level * 100 == (level * 100).rounded() ? 0 : 1)
  }

  func notDrawn(_ count: Int) -> String {
    LocalizedText(
      en: "\(count) more not drawn; see the table.",
      de: "\(count) weitere nicht gezeichnet; siehe Tabelle.")(language)
  }

  /// The size of a group: `n = 1.234`.
  func size(_ total: Int) -> String { "n\u{A0}=\u{A0}\(numbers.integer(total))" }

  /// The median of a group with its unit, or that it was not reached.
  func median(_ curve: SurvivalCurve, unit: ChartTimeUnit) -> String {
    guard let median = curve.median else {
      return LocalizedText(en: "median not reached", de: "Median nicht erreicht")(language)
    }
    return LocalizedText(en: "median ", de: "Median ")(language) + span(median, unit: unit)
  }

  /// A time with its unit: `118 Tage`, `7,5 Monate`.
  func span(_ time: Double, unit: ChartTimeUnit) -> String {
    guard let noun = unit.noun else { return self.time(time) }
    let form = time == 1 ? noun.one(language) : noun.many(language)
    return self.time(time) + "\u{A0}" + form
  }

  /// How much later: `nach 24 Monaten`, `after 1 day`.
  func after(_ time: Double, unit: ChartTimeUnit) -> String {
    let span = span(time, unit: unit)
    // The German dative of these plurals ends in n.
    let ending = unit.noun == nil || time == 1 || span.hasSuffix("n") ? "" : "n"
    return LocalizedText(en: "after \(span)", de: "nach \(span)\(ending)")(language)
  }

  /// A time on the axis, with a decimal only where it needs one.
  func time(_ time: Double) -> String {
    numbers.decimal(
      time, places: time == time.rounded() ? 0 : time * 10 == (time * 10).rounded() ? 1 : 2)
  }

  /// The heading of a column of times.
  func timeHeading(_ unit: ChartTimeUnit) -> String {
    unit.noun?.many(language).capitalizedFirst ?? LocalizedText(en: "Time", de: "Zeit")(language)
  }

  /// Limits as a range of per cent, or that there are none: those that coincide limit nothing.
  func range(_ limits: ClosedRange<Double>?) -> String {
    guard let limits, limits.lowerBound < limits.upperBound else { return NumberStyle.undefined }
    return numbers.percentRange(limits.lowerBound, limits.upperBound)
  }

  /// A value at a time: `12 Monate: 69,9 % (64,8–74,5 %)`.
  func reading(
    _ reading: (share: Double, limits: ClosedRange<Double>?)?, at time: Double,
    unit: ChartTimeUnit
  ) -> String {
    guard let reading else {
      return span(time, unit: unit)
        + LocalizedText(en: ": nobody followed", de: ": niemand beobachtet")(language)
    }
    let range = range(reading.limits)
    let limits = range == NumberStyle.undefined ? "" : " (\(range))"
    return span(time, unit: unit) + ": " + numbers.percent(reading.share) + limits
  }

  /// One curve in a sentence, for readers who cannot see the drawing.
  func description(_ curve: SurvivalCurve, in chart: SurvivalChart) -> String {
    let name = curve.label.isEmpty ? chart.shareLabel : curve.label
    guard let end = curve.steps(until: chart.lastTime).last else {
      return "\(name) (\(size(curve.total))): \(nobody)."
    }
    let share = numbers.percent(chart.shown(end.share))
    return "\(name) (\(size(curve.total))): \(share) \(after(end.end, unit: chart.unit))."
  }
}

extension String {
  /// The text with its first letter as a capital.
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
