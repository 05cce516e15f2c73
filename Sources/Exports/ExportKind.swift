import Interchange
public import Journey

/// What is exported.
public enum ExportKind: String, Sendable, CaseIterable {
  /// One row for everybody: profile, entry, exit, first job, state on the reference day.
  case participants
  /// One row for each job, training and school.
  case spells
  /// One row for each person and month, from the entry as long as they were observed.
  case panel
  /// One row for each event, as it counts now.
  case events

  /// What a row is, in a few words.
  public var label: LocalizedText {
    switch self {
    case .participants: .init(en: "one row a person", de: "eine Zeile je Person")
    case .spells:
      .init(
        en: "one row a job, training or school",
        de: "eine Zeile je Arbeit, Ausbildung oder Schule")
    case .panel: .init(en: "one row a person and month", de: "eine Zeile je Person und Monat")
    case .events: .init(en: "one row an event", de: "eine Zeile je Ereignis")
    }
  }
}

/// Makes rows of people, of one kind.
protocol RowSource {
  /// The columns.
  var variables: [TableVariable] { get }
  /// The rows of one person.
  mutating func rows(of person: ExportedPeople.Person, _ take: ([TableValue]) throws -> Void) throws
}

/// Columns that several kinds share.
enum SharedVariables {
  static let person = TableVariable(
    "person", .text, .init(en: "person", de: "Person"),
    note: .init(
      en: "A name drawn for this export alone; the same person has another one in every other.",
      de: "Ein Name, der nur für diesen Export gezogen ist; in jedem anderen heißt die Person"
        + " anders."))

  /// Three answers as a column: yes, no, or not known.
  static func truth(_ name: String, _ label: LocalizedText) -> TableVariable {
    TableVariable(
      name, .yesNo, label,
      note: .init(
        en: "Empty where nobody knows; that is never a no.",
        de: "Leer, wo es niemand weiß; das ist nie ein Nein."))
  }

  static func code<List: CodeList>(
    _ name: String, _ list: List.Type, _ label: LocalizedText
  ) -> TableVariable {
    TableVariable(name, list.listDescription, label)
  }
}

extension TableValue {
  static func truth(_ truth: Truth) -> TableValue {
    switch truth {
    case .yes: .yesNo(true)
    case .no: .yesNo(false)
    case .unknown: .missing
    }
  }

  static func code(_ code: (some CodeList)?) -> TableValue { .optional(code) { .text($0.code) } }
  static func flag(_ flag: Bool?) -> TableValue { .optional(flag) { .yesNo($0) } }
  static func date(_ day: Day?) -> TableValue { .optional(day) { .day($0) } }
  static func text(stated text: String?) -> TableValue { .optional(text) { .text($0) } }
  static func whole(stated number: Int?) -> TableValue { .optional(number) { .whole(Int64($0)) } }
  static func hundredths(_ number: Hundredths?) -> TableValue {
    .optional(number) { .decimal(Double($0.value) / 100) }
  }

  /// How much of a date is known: `day`, `month`, `quarter`, `year`.
  static func precision(_ precision: Precision?) -> TableValue {
    .optional(precision) { .text($0.name) }
  }
}

extension Precision {
  /// The column that says how much of a date is known.
  static func variable(_ name: String) -> TableVariable {
    let labels: [LocalizedText] = [
      .init(en: "the day is known", de: "der Tag ist bekannt"),
      .init(en: "only the month is known", de: "nur der Monat ist bekannt"),
      .init(en: "only the quarter is known", de: "nur das Quartal ist bekannt"),
      .init(en: "only the year is known", de: "nur das Jahr ist bekannt"),
    ]
    return TableVariable(
      name, .code,
      .init(en: "how much of the date is known", de: "wie genau das Datum bekannt ist"),
      codes: zip(allCases, labels).map { .init($0.name, $1) },
      note: .init(
        en: "The date is the first day of the period.",
        de: "Das Datum ist der erste Tag des Zeitraums."))
  }
}
