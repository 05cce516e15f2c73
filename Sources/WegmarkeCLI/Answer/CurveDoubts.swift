import Journey
import Presentation
import ProjectionEngine
import Statistics

/// What stands beside curves on demand: corrected for delay, and what the lost could have made of them.
struct CurveDoubts {
  let answer: TimeToEventAnswer
  let language: Language

  private var numbers: NumberStyle { NumberStyle(language) }
  private var isGrouped: Bool { answer.isGrouped }
  private var unit: String {
    answer.question.clock == .day ? word("DAYS", "TAGE") : word("MONTHS", "MONATE")
  }

  private func word(_ en: String, _ de: String) -> String {
    LocalizedText(en: en, de: de)(language)
  }

  /// The tables that were asked for, each with its caption.
  var tables: [(caption: String, table: TerminalTable)] {
    var tables: [(caption: String, table: TerminalTable)] = []
    if answer.groups.contains(where: { $0.nowcast != nil }) {
      tables.append((word("Corrected for delay", "Um Verzug bereinigt"), nowcast))
    }
    if answer.hasBounds {
      tables.append((word("Bounds by those lost", "Schranken durch Verlorene"), bounds))
    }
    return tables
  }

  /// What must be said of them.
  var notes: [String] {
    var notes: [String] = []
    if let closing = answer.groups.compactMap(\.nowcast?.closing).first {
      let day = EventText(language).date(closing)
      notes.append(
        word(
          "NOWCAST: each recorded event stands for those not yet recorded as well (inverse probability"
            + " of being recorded by now); follow-up to \(day). Assumes that how late something is"
            + " recorded has to do neither with the day nor with the person.",
          "NOWCAST: Jedes erfasste Ereignis steht auch für die noch nicht erfassten (Kehrwert der"
            + " Wahrscheinlichkeit, schon erfasst zu sein); Beobachtung bis \(day). Setzt voraus, dass"
            + " der Verzug weder vom Tag noch von der Person abhängt."))
    }
    let bounds = answer.groups.compactMap(\.bounds)
    if let first = bounds.first {
      let lost = numbers.integer(bounds.reduce(0) { $0 + $1.lost })
      let day = EventText(language).date(first.plannedEnd)
      let silence = CurveBounds.longestSilence
      let cases =
        answer.question.competing.isEmpty
        ? word(
          "AT LEAST: had they the event right after they were last seen; AT MOST: never.",
          "MINDESTENS: wenn sie das Ereignis gleich danach hatten; HÖCHSTENS: wenn nie.")
        : word(
          "AT LEAST: had they the event never; AT MOST: right after they were last seen.",
          "MINDESTENS: wenn sie das Ereignis nie hatten; HÖCHSTENS: wenn gleich danach.")
      notes.append(
        word(
          "\(lost) were lost: last confirmed more than \(silence) days before \(day), where the data end."
            + " \(cases) IN ANY CASE: limits of both.",
          "\(lost) gingen verloren: zuletzt bestätigt mehr als \(silence) Tage vor dem \(day), an dem die"
            + " Daten enden. \(cases) JEDENFALLS: Grenzen über beides."))
    }
    return notes
  }

  private var nowcast: TerminalTable {
    var columns: [TerminalTable.Column] = []
    if isGrouped { columns.append(.text(word("GROUP", "GRUPPE"))) }
    columns += [
      .number(unit), .number(word("AS RECORDED", "WIE ERFASST")),
      .number(word("LIMITS", "GRENZEN")), .number("NOWCAST"), .number(word("LIMITS", "GRENZEN")),
    ]
    var table = TerminalTable(columns)
    for group in answer.groups {
      for (plain, corrected) in zip(group.readings, group.nowcast?.readings ?? []) {
        table.append(
          name(group) + [TableCell(time(plain.time))]
            + figures(plain.isExtrapolated ? nil : plain.survival, plain.limits)
            + figures(corrected.isExtrapolated ? nil : corrected.survival, corrected.limits))
      }
    }
    return table
  }

  private var bounds: TerminalTable {
    let isCompeting = !answer.question.competing.isEmpty
    var columns: [TerminalTable.Column] = []
    if isGrouped { columns.append(.text(word("GROUP", "GRUPPE"))) }
    if isCompeting { columns.append(.text(word("EVENT", "EREIGNIS"))) }
    columns += [
      .number(unit), .number(word("SHARE", "ANTEIL")), .number(word("AT LEAST", "MINDESTENS")),
      .number(word("AT MOST", "HÖCHSTENS")), .number(word("IN ANY CASE", "JEDENFALLS")),
    ]
    var table = TerminalTable(columns)
    for group in answer.groups {
      for (place, curve) in (group.bounds?.curves ?? []).enumerated() {
        let shares =
          isCompeting
          ? group.incidences[place].readings.map(\.probability) : group.readings.map(\.survival)
        for (index, (reading, share)) in zip(curve.readings, shares).enumerated() {
          var cells = name(group)
          if isCompeting {
            let what = curve.cause.map { CauseText.label($0)(language) } ?? ""
            cells.append(TableCell(index == 0 ? what : ""))
          }
          cells.append(TableCell(time(reading.time)))
          guard !reading.isExtrapolated else {
            table.append(
              cells + [TableCell](repeating: TableCell(NumberStyle.undefined), count: 4))
            continue
          }
          cells += [
            TableCell(numbers.percent(share)), TableCell(numbers.percent(reading.bounds?.lower)),
            TableCell(numbers.percent(reading.bounds?.upper)),
            TableCell(numbers.limits(reading.limits)),
          ]
          table.append(cells)
        }
      }
    }
    return table
  }

  private func figures(_ share: Double?, _ limits: ConfidenceLimits?) -> [TableCell] {
    guard let share else {
      return [TableCell](repeating: TableCell(NumberStyle.undefined), count: 2)
    }
    return [
      TableCell(numbers.percent(share)),
      TableCell(numbers.limits(limits)),
    ]
  }

  private func name(_ group: TimeToEventAnswer.Group) -> [TableCell] {
    guard isGrouped else { return [] }
    return [TableCell(answer.name(group.values, language))]
  }

  private func time(_ time: Double) -> String {
    numbers.decimal(time, places: time == time.rounded() ? 0 : 1)
  }
}
