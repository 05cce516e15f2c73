import Interchange
import Journey
import ProjectionEngine

/// One row for everybody.
struct ParticipantRows: RowSource {
  let variables: [TableVariable]
  private let day: Day
  private let attributes: [String]
  private var history = PersonHistory()

  /// - Parameters:
  ///   - day: The reference day.
  ///   - further: Attributes of sources' own that people have, by name.
  init(on day: Day, further: [String]) {
    self.day = day
    let profile = ParticipantRows.profile
    let names = Set(profile.map(\.name))
    let others = further.filter { !names.contains($0) }.sorted()
    attributes = profile.map(\.name) + others
    variables =
      ParticipantRows.fixed + profile.map { ParticipantRows.variable($0) }
      + others.map { name in
        TableVariable(
          "x_" + ParticipantRows.column(name), .text,
          .init(en: "“\(name)” of the source", de: "„\(name)“ der Quelle"))
      }
  }

  mutating func rows(
    of person: ExportedPeople.Person, _ take: ([TableValue]) throws -> Void
  ) throws {
    person.load(&history, on: day)
    let exits = history.participations.compactMap { participation in
      participation.exit.map { (participation, $0) }
    }
    let takesPart = history.participations.contains { $0.exit == nil }
    let last = takesPart ? nil : exits.max { $0.1 < $1.1 }
    let job = history.placements.first { history.isPlacement($0) }
    var row: [TableValue] = [
      .text(person.name), .date(history.entry),
      .precision(history.participations.first?.entryPrecision),
      .whole(Int64(history.participations.count)),
      .whole(Int64(history.participations.reduce(0) { $0 + $1.reentries })),
      .date(last?.1), .precision(last?.0.exitPrecision), .code(last?.0.exitReason),
      .code(last?.0.exitType),
    ]
    row.append(last.map { .truth($0.0.dropout) } ?? .missing)
    row += [
      .date(job?.start), .precision(job?.startPrecision), .code(job?.kind),
      .code(history.labourStatus(on: day)), .truth(history.employed(on: day)),
      .truth(history.inEducation(on: day)), .code(history.residence(on: day)),
      .code(history.benefit(on: day)), .whole(Int64(history.followUps.count)),
      .date(history.leftCountryOn), .date(history.diedOn),
      history.observedUntil > history.observedFrom ? .day(history.observedUntil - 1) : .missing,
    ]
    row += zip(attributes, variables.dropFirst(row.count)).map { name, variable in
      guard let text = person.attribute(name) else { return .missing }
      switch variable.kind {
      case .whole: return Int64(text).map { .whole($0) } ?? .missing
      default: return .text(text)
      }
    }
    try take(row)
  }

  /// What an entry profile states, and where somebody takes part; not who advises them.
  private static let profile: [FieldDefinition] =
    EventType.entryProfileRecorded.schema.optional.filter { field in
      switch field.type {
      case .code, .integer, .text: true
      case .date, .decimal, .boolean: false
      }
    }
    + Fields.common.filter {
      [Fields.operation.tag, Fields.network.tag, Fields.subproject.tag].contains($0.tag)
    }

  private static func variable(_ field: FieldDefinition) -> TableVariable {
    let label = FieldLabels.label(field)
    switch field.type {
    case .code(let list): return TableVariable(column(field.name), list, label)
    case .integer: return TableVariable(column(field.name), .whole, label)
    default: return TableVariable(column(field.name), .text, label)
    }
  }

  static func column(_ name: String) -> String {
    String(
      name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" as Character })
  }

  private static let fixed: [TableVariable] = [
    SharedVariables.person,
    .init("entered_on", .day, .init(en: "first entry", de: "erster Eintritt")),
    Precision.variable("entered_precision"),
    .init(
      "participations", .whole,
      .init(en: "operations taken part in", de: "Vorhaben, an denen teilgenommen wurde")),
    .init("reentries", .whole, .init(en: "re-entries", de: "Wiedereintritte")),
    .init(
      "exited_on", .day, .init(en: "last exit", de: "letzter Austritt"),
      note: .init(
        en: "The last day; empty while the person takes part.",
        de: "Der letzte Tag; leer, solange die Person teilnimmt.")),
    Precision.variable("exited_precision"),
    SharedVariables.code(
      "exit_reason", ExitReason.self, .init(en: "why it ended", de: "Grund des Austritts")),
    SharedVariables.code(
      "exit_type", ExitType.self, .init(en: "how it ended", de: "Art des Austritts")),
    SharedVariables.truth("dropped_out", .init(en: "dropped out", de: "abgebrochen")),
    .init(
      "first_job_on", .day,
      .init(
        en: "first job, training or school from the entry on",
        de: "erste Arbeit, Ausbildung oder Schule ab dem Eintritt")),
    Precision.variable("first_job_precision"),
    SharedVariables.code(
      "first_job_kind", PlacementKind.self, .init(en: "its kind", de: "deren Art")),
    SharedVariables.code(
      "labour_status", EmploymentStatus.self,
      .init(en: "labour status on the reference day", de: "Erwerbsstatus am Stichtag")),
    SharedVariables.truth(
      "employed", .init(en: "employed on the reference day", de: "am Stichtag beschäftigt")),
    SharedVariables.truth(
      "in_education_now",
      .init(en: "in education on the reference day", de: "am Stichtag in Bildung")),
    SharedVariables.code(
      "residence_now", ResidenceStatus.self,
      .init(en: "residence status on the reference day", de: "Aufenthaltsstatus am Stichtag")),
    SharedVariables.code(
      "benefit_now", BenefitKind.self,
      .init(en: "benefits on the reference day", de: "Leistungsbezug am Stichtag")),
    .init("follow_ups", .whole, .init(en: "completed follow-ups", de: "erledigte Nachbefragungen")),
    .init("left_country_on", .day, .init(en: "left the country", de: "ausgereist am")),
    .init("deceased_on", .day, .init(en: "died", de: "verstorben am")),
    .init(
      "observed_until", .day,
      .init(
        en: "last day on which somebody knew the situation",
        de: "letzter Tag, an dem jemand die Lage kannte")),
  ]
}
