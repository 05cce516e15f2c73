import Journey
import Presentation
import ProjectionEngine
import Statistics

/// The figure of a question of kind `time-to-event` that matters most, as a sentence.
struct CurveSentence {
  let answer: TimeToEventAnswer
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var unit: (Double, Language) -> String { answer.question.clock.counted }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The last horizon with enough people at risk: of one group in full, of several side by side.
  var text: String? {
    guard answer.groups.count == 1, let group = answer.groups.first else { return compared }
    guard let figure = figures(group).last else { return AnswerPage.fewObserved(language) }
    return sentence(of: figure)
      + (answer.question.competing.isEmpty
        ? late(at: figure.time) + corrected(group, at: figure.time) : "")
  }

  /// A share at a horizon, with its limits.
  private struct Figure {
    let time: Double
    let share: Double
    let limits: ConfidenceLimits?
  }

  /// What is waited for, or still lasts, at the horizons with enough people at risk.
  private func figures(_ group: TimeToEventAnswer.Group) -> [Figure] {
    zip(group.readings, group.readings.indices).compactMap { reading, place in
      guard !reading.isExtrapolated, reading.atRisk >= AnswerPage.fewestToQuote else { return nil }
      if let incidence = group.incidences.first?.readings[place] {
        return incidence.probability.map {
          Figure(time: reading.time, share: $0, limits: incidence.limits)
        }
      }
      return reading.survival.map {
        Figure(time: reading.time, share: $0, limits: reading.limits)
      }
    }
  }

  private func sentence(of figure: Figure) -> String {
    let said = numbers.percent(figure.share)
    let limits = numbers.inBrackets(figure.limits)
    let (after, nach) = (unit(figure.time, .english), unit(figure.time, .german))
    if let cause = answer.groups.first?.incidences.first?.cause {
      let what = CauseText.label(cause)(language)
      return word(
        "Within \(after), \(said) have reached: \(what)\(limits).",
        "Innerhalb von \(nach) haben \(said) erreicht: \(what)\(limits).")
    }
    if let (english, german) = hypothetical {
      return word(
        "After \(after), \(said) \(english)\(limits), if nobody had died or left the country.",
        "Nach \(nach) \(german.verb) \(said) \(german.rest)\(limits), wenn niemand gestorben oder"
          + " ausgereist wäre.")
    }
    if answer.question.unit == .spell, answer.question.lossesLateBy == nil {
      return word(
        "After \(after), \(said) of the jobs still last\(limits).",
        "Nach \(nach) dauern \(said) der Beschäftigungen noch an\(limits).")
    }
    let what = AnswerChart.shareLabel(answer.question)(language)
    return word(
      "After \(after), \(said) are \(what)\(limits).", "Nach \(nach) sind \(said) \(what)\(limits)."
    )
  }

  /// The groups at the last horizon at which two of them have enough people at risk; of many the lowest
  /// and the highest share.
  private var compared: String? {
    let groups = answer.groups.map { group in
      (name: name(group), figures: figures(group))
    }
    let times = answer.groups.first?.readings.map(\.time) ?? []
    guard
      let time = times.last(where: { time in
        groups.count { $0.figures.contains { $0.time == time } } > 1
      })
    else { return AnswerPage.fewObserved(language) }
    let found = groups.compactMap { group in
      group.figures.first { $0.time == time }.map { (name: group.name, figure: $0) }
    }
    let share: String =
      if let cause = answer.groups.first?.incidences.first?.cause {
        CauseText.label(cause)(language)
      } else { AnswerChart.shareLabel(answer.question)(language) }
    let unless = hypothetical == nil ? "" : ", if nobody had died or left the country"
    let ohne = hypothetical == nil ? "" : ", wenn niemand gestorben oder ausgereist wäre"
    let lead = word(
      "After \(unit(time, .english)), \(share)\(unless): ",
      "Nach \(unit(time, .german)) \(share)\(ohne): ")
    let parts = found.map { one in
      GroupSentence.Part(
        name: one.name, value: one.figure.share, shown: numbers.percent(one.figure.share),
        limits: numbers.inBrackets(one.figure.limits))
    }
    return GroupSentence(language: language).text(lead, parts) + late(at: time)
  }

  private func name(_ group: TimeToEventAnswer.Group) -> String {
    answer.name(group.values, language)
  }

  /// What the share still waiting would be, where death and departure end nothing but observation: whom
  /// they ended is counted as still waiting, so it is nobody's state.
  private var hypothetical: (english: String, german: (verb: String, rest: String))? {
    guard answer.question.censorsOtherEnds else { return nil }
    return switch answer.question.outcome {
    case .firstPlacement: ("would still be without a job", ("wären", "noch ohne Arbeit"))
    case .exit: ("would still be in the programme", ("wären", "noch im Programm"))
    case .dropout: ("would not have dropped out", ("hätten", "noch nicht abgebrochen"))
    case .interruption: nil
    }
  }

  /// Of which time a figure speaks under rule C, after the sentence that quotes it.
  private func late(at time: Double) -> String {
    guard let late = answer.question.lossesLateBy else { return "" }
    let happened = time - Double(late)
    let delay = (unit(Double(late), .english), unit(Double(late), .german))
    guard happened >= 0 else { return " " + (Self.lateness(answer.question, language) ?? "") }
    return word(
      " A loss counts \(delay.0) after it happened, once it is confirmed (rule C): these were still in"
        + " work after \(unit(happened, .english)).",
      " Ein Verlust zählt erst nach \(delay.1), wenn er feststeht (Regel C): So viele"
        + " waren nach \(unit(happened, .german)) noch in Arbeit.")
  }

  /// What must be said of every time under rule C; nil under the others.
  static func lateness(_ question: TimeToEventQuestion, _ language: Language) -> String? {
    guard let late = question.lossesLateBy else { return nil }
    let unit = question.clock.counted
    return LocalizedText(
      en:
        "Rule C: a loss counts \(unit(Double(late), .english)) after it happened, once it is confirmed;"
        + " every time speaks of so much earlier.",
      de:
        "Regel C: Ein Verlust zählt erst nach \(unit(Double(late), .german)), wenn er"
        + " feststeht; jede Zeile spricht von entsprechend früher.")(language)
  }

  /// The figure corrected for delay, after the one as recorded.
  private func corrected(_ group: TimeToEventAnswer.Group, at time: Double) -> String {
    guard let reading = group.nowcast?.readings.first(where: { Double($0.time) == time }),
      !reading.isExtrapolated, let share = reading.survival
    else { return "" }
    let limits = numbers.inBrackets(reading.limits)
    return word(
      " Corrected for delay: \(numbers.percent(share))\(limits).",
      " Um den Verzug bereinigt: \(numbers.percent(share))\(limits).")
  }
}
