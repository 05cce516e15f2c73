import Journey
import Presentation
import ProjectionEngine
import Statistics

/// The curves of an answer as a chart.
struct AnswerChart {
  let chart: SurvivalChart

  init(_ answer: TimeToEventAnswer, _ language: Language) {
    let unit: LocalizedText =
      answer.question.clock == .day
      ? .init(en: "Days", de: "Tage") : .init(en: "Months", de: "Monate")
    let since = LocalizedText(verbatim: " ") + answer.question.since
    // More curves than a few cannot be told apart: the largest groups, in their order.
    let groups = GroupRanking.largest(answer.groups) { $0.curve.counts.subjects }
    var chart = SurvivalChart(
      title: answer.definition.title(language), timeLabel: (unit + since)(language),
      shareLabel: AnswerChart.shareLabel(answer.question)(language),
      unit: answer.question.clock == .day ? .days : .months,
      curves: groups.map { AnswerChart.curve($0, answer, language) }, language: language)
    chart.leftOut = answer.groups.count - groups.count
    if let late = CurveSentence.lateness(answer.question, language) { chart.subtitle.append(late) }
    if !answer.question.groupedBy.isEmpty {
      chart.subtitle.append(GroupName.grouping(answer.question.groupedBy)(language))
    }
    chart.confidenceLevel = answer.level
    chart.showsMedians = groups.count <= 4
    chart.companions = groups.enumerated().flatMap {
      AnswerChart.companions($0, $1)
    }
    chart.horizons = answer.groups.first?.readings.map(\.time) ?? []
    self.chart = chart
  }

  /// The bounds of a curve and what it is when corrected for delay, where they were asked for.
  private static func companions(
    _ place: Int, _ group: TimeToEventAnswer.Group
  ) -> [CompanionLine] {
    let end = group.curve.times.last ?? 0
    var lines: [CompanionLine] = []
    if let steps = group.bounds?.curves.first?.steps {
      for shares in [steps.map { $0.bounds?.lower }, steps.map { $0.bounds?.upper }] {
        lines.append(
          CompanionLine(
            curve: place, style: .bound, times: group.curve.times,
            shares: shares.map { $0 ?? .nan }, end: end))
      }
    }
    if let nowcast = group.nowcast {
      lines.append(
        CompanionLine(
          curve: place, style: .corrected, times: nowcast.curve.times.map { Double($0) },
          shares: nowcast.curve.survival, end: min(end, nowcast.lastTime)))
    }
    return lines
  }

  private static func curve(
    _ group: TimeToEventAnswer.Group, _ answer: TimeToEventAnswer, _ language: Language
  ) -> SurvivalCurve {
    let curve = group.curve
    return SurvivalCurve(
      label: answer.isGrouped ? answer.name(group.values, language) : "",
      total: curve.counts.subjects, times: curve.times, survival: curve.survival,
      lower: group.band.lower, upper: group.band.upper, atRisk: curve.atRisk,
      events: curve.events, censored: curve.censored, lastFollowUp: curve.times.last,
      median: group.quartiles.first { $0.probability == 0.5 }?.time)
  }

  /// What the curve shows the share of.
  static func shareLabel(_ question: TimeToEventQuestion) -> LocalizedText {
    if !question.competing.isEmpty {
      return LocalizedText(en: "without any of the events", de: "noch ohne eines der Ereignisse")
    }
    return switch question.outcome {
    case .firstPlacement: LocalizedText(en: "still without a job", de: "noch ohne Arbeit")
    // Under rule C a loss counts later than it happens.
    case .interruption(_, .c):
      LocalizedText(en: "without a confirmed loss", de: "ohne bestätigten Verlust")
    case .interruption: LocalizedText(en: "still in work", de: "noch in Arbeit")
    case .exit: LocalizedText(en: "still in the programme", de: "noch im Programm")
    case .dropout: LocalizedText(en: "not dropped out", de: "noch nicht abgebrochen")
    }
  }
}
