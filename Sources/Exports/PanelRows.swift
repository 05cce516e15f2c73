import Interchange
import Journey
import ProjectionEngine

/// One row for each person and month: the state on the 15th, from the month of the entry on.
struct PanelRows: RowSource {
  /// The day of the month that is looked at: the reference day of the Federal Employment Agency.
  static let dayOfMonth: Int32 = 15

  private let day: Day
  private var history = PersonHistory()

  init(on day: Day) { self.day = day }

  mutating func rows(
    of person: ExportedPeople.Person, _ take: ([TableValue]) throws -> Void
  ) throws {
    person.load(&history, on: day)
    guard let entry = history.entry, history.observedUntil > entry else { return }
    let last = min(day, history.observedUntil - 1)
    var number: Int64 = 0
    for month in entry.monthIndex...last.monthIndex {
      defer { number += 1 }
      let date = Day(firstOfMonth: month) + (PanelRows.dayOfMonth - 1)
      guard date <= last else { return }
      let takesPart = history.participations.contains { participation in
        participation.entry <= date && participation.exit.map { $0 >= date } ?? true
      }
      let spell = history.placements.last { spell in
        spell.hasStart && spell.start <= date && spell.end.map { $0 > date } ?? true
      }
      try take([
        .text(person.name), .day(date), .whole(number), .yesNo(takesPart),
        .code(history.labourStatus(on: date)), .truth(history.employed(on: date)),
        .truth(history.inEducation(on: date)), .code(spell?.kind),
        .hundredths(history.weeklyHours(.employed, on: date)),
        .hundredths(history.grossMonthly(.employed, on: date)),
        .code(history.residence(on: date)), .code(history.benefit(on: date)),
      ])
    }
  }

  let variables: [TableVariable] = [
    SharedVariables.person,
    .init("on", .day, .init(en: "the day looked at: the 15th", de: "betrachteter Tag: der 15.")),
    .init(
      "month", .whole,
      .init(en: "months since that of the entry", de: "Monate seit dem Eintrittsmonat")),
    .init(
      "takes_part", .yesNo, .init(en: "takes part", de: "nimmt teil"),
      note: .init(
        en: "By the last exit that stands; a re-entry makes earlier ones void.",
        de: "Nach dem letzten gültigen Austritt; ein Wiedereintritt hebt frühere auf.")),
    SharedVariables.code(
      "labour_status", EmploymentStatus.self, .init(en: "labour status", de: "Erwerbsstatus")),
    SharedVariables.truth("employed", .init(en: "employed", de: "beschäftigt")),
    SharedVariables.truth("in_education", .init(en: "in education", de: "in Bildung")),
    SharedVariables.code(
      "placement", PlacementKind.self,
      .init(en: "job, training or school", de: "Arbeit, Ausbildung oder Schule")),
    .init("hours_per_week", .decimal, .init(en: "hours a week", de: "Wochenstunden"), unit: "h"),
    .init(
      "gross_monthly", .decimal, .init(en: "gross pay a month", de: "Bruttolohn im Monat"),
      unit: "EUR"),
    SharedVariables.code(
      "residence", ResidenceStatus.self, .init(en: "residence status", de: "Aufenthaltsstatus")),
    SharedVariables.code(
      "benefit", BenefitKind.self, .init(en: "benefits", de: "Leistungsbezug")),
  ]
}
