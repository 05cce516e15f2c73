import Interchange
import Journey
import ProjectionEngine

/// One row for each job, training and school.
struct SpellRows: RowSource {
  private let day: Day
  private var history = PersonHistory()

  init(on day: Day) { self.day = day }

  mutating func rows(
    of person: ExportedPeople.Person, _ take: ([TableValue]) throws -> Void
  ) throws {
    person.load(&history, on: day)
    var employers = PersonNumbers<UInt32>()
    for (number, spell) in history.placements.enumerated() {
      let employer = spell.employer == 0 ? nil : employers.number(of: spell.employer)
      let terms = spell.terms
      try take([
        .text(person.name), .whole(Int64(number + 1)), .code(spell.kind),
        spell.hasStart ? .day(spell.start) : .missing,
        spell.hasStart ? .precision(spell.startPrecision) : .missing,
        .date(spell.end.map { $0 - 1 }), .yesNo(spell.end == nil),
        .yesNo(history.isPlacement(spell)), .hundredths(terms.weeklyHours),
        .hundredths(terms.grossMonthly), .flag(terms.isPermanent), .flag(terms.temporaryAgency),
        .flag(terms.subsidised), .flag(terms.mediated), .whole(stated: terms.skill),
        .whole(stated: employer), .code(spell.endReason), .code(spell.result),
      ])
    }
  }

  let variables: [TableVariable] = [
    SharedVariables.person,
    .init("spell", .whole, .init(en: "number within the person", de: "Nummer bei der Person")),
    SharedVariables.code("kind", PlacementKind.self, .init(en: "kind", de: "Art")),
    .init(
      "started_on", .day, .init(en: "first day", de: "erster Tag"),
      note: .init(
        en: "Empty where only the end is on record.", de: "Leer, wo nur das Ende erfasst ist.")),
    Precision.variable("started_precision"),
    .init(
      "last_day", .day, .init(en: "last day", de: "letzter Tag"),
      note: .init(
        en: "Of an imprecise date the last possible one; empty while it goes on.",
        de: "Bei ungenauem Datum der letzte mögliche; leer, solange sie andauert.")),
    .init(
      "goes_on", .yesNo, .init(en: "goes on, as far as is known", de: "dauert an, soweit bekannt")),
    .init(
      "after_entry", .yesNo,
      .init(en: "began on the entry day or later", de: "begann am Eintrittstag oder später")),
    .init(
      "hours_per_week", .decimal, .init(en: "hours a week", de: "Wochenstunden"), unit: "h"),
    .init(
      "gross_monthly", .decimal, .init(en: "gross pay a month", de: "Bruttolohn im Monat"),
      unit: "EUR"),
    .init("permanent", .yesNo, .init(en: "permanent contract", de: "unbefristet")),
    .init("temp_agency", .yesNo, .init(en: "temporary-work agency", de: "Zeitarbeit")),
    .init("subsidised", .yesNo, .init(en: "subsidised", de: "gefördert")),
    .init(
      "mediated", .yesNo, .init(en: "found by the project", de: "durch das Vorhaben vermittelt")),
    .init(
      "skill_level", .whole,
      .init(
        en: "level of requirement, KldB 2010 (1 helper to 4 expert)",
        de: "Anforderungsniveau, KldB 2010 (1 Helfer bis 4 Experte)")),
    .init(
      "employer", .whole,
      .init(en: "employer, numbered within the person", de: "Betrieb, gezählt bei der Person"),
      note: .init(
        en: "The same number is the same employer of one person; of two people it means nothing.",
        de: "Gleiche Nummer heißt gleicher Betrieb bei einer Person; bei zweien sagt sie nichts.")),
    SharedVariables.code(
      "end_reason", JobEndReason.self, .init(en: "why it ended", de: "Grund des Endes")),
    SharedVariables.code(
      "training_result", TrainingResult.self,
      .init(en: "how a training ended", de: "Ergebnis einer Ausbildung")),
  ]
}
