package import Journey

/// An event that a participant's row states.
struct EventMapping: Sendable {
  let type: EventType
  let on: DateMapping
  let condition: Condition?
  let fields: [FieldMapping]

  /// When the event is stated at all.
  struct Condition: Sendable {
    let column: String
    /// The values that count; empty means any content.
    let values: [String]
  }
}

/// The event that each row states.
struct RowMapping: Sendable {
  /// Where the type of the event stands.
  enum TypeSource: Sendable {
    case constant(EventType)
    case column(String, words: [String: EventType])
  }

  let type: TypeSource
  let on: DateMapping
  let fields: [FieldMapping]
}

/// What a change of state means.
struct StateChangeMapping: Sendable {
  let on: DateMapping
  let column: String
  let states: [State]

  /// A state and the events at its two ends.
  struct State: Sendable {
    let name: String
    let start: JourneyEventTemplate?
    let end: JourneyEventTemplate?
  }
}

/// An event without its day.
struct JourneyEventTemplate: Sendable {
  let type: EventType
  let entries: [FieldSet.Entry]
}

/// A field of an event and where its value comes from.
struct FieldMapping: Sendable {
  let name: String
  let value: ValueMapping
}

/// A value that is given once for all, or stands in a column.
enum ValueMapping: Sendable {
  case constant(String)
  /// Words of the column that stand for another text; an empty text states nothing.
  case column(String, words: [String: String], form: DateForm)
}

/// A date that is given once for all, or stands in a column.
enum DateMapping: Sendable {
  case constant(CivilDate)
  case column(String, form: DateForm)
}

/// How the dates of a column are written.
struct DateForm: Sendable, Hashable {
  /// Whole numbers that count periods; 1 is the period of the origin.
  struct Count: Sendable, Hashable {
    let unit: Precision
    let origin: CivilDate
  }

  var count: Count?
  /// The precision to which finer dates are cut.
  var precision: Precision?
  var acceptsExcelSerials = false
}

extension Precision {
  /// The name in files.
  package var name: String {
    switch self {
    case .day: "day"
    case .month: "month"
    case .quarter: "quarter"
    case .year: "year"
    }
  }

  init?(name: String) {
    guard let found = Precision.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }
}

extension CivilDate {
  /// The period a number of periods later, or nil outside the days Wegmarke accepts.
  func advanced(by periods: Int) -> CivilDate? {
    guard abs(periods) < 200_000 else { return nil }
    let moved =
      switch precision {
      case .day: day + Int32(periods)
      case .month: Day(firstOfMonth: day.monthIndex + Int32(periods))
      case .quarter: Day(firstOfMonth: day.monthIndex + Int32(periods * 3))
      case .year: Day(firstOfMonth: day.monthIndex + Int32(periods * 12))
      }
    guard moved >= .earliest, moved <= .latest else { return nil }
    return CivilDate(moved, precision)
  }

  /// The date as a German reader writes it: `12.02.2026`, `02.2026`, `Q1 2026`, `2026`.
  package var german: String {
    let (year, month, number) = day.parts
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return switch precision {
    case .day: "\(two(number)).\(two(month)).\(year)"
    case .month: "\(two(month)).\(year)"
    case .quarter: "Q\((month - 1) / 3 + 1) \(year)"
    case .year: "\(year)"
    }
  }
}
