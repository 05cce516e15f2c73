package import Journey

/// An event that a participant's row states.
struct EventMapping: Sendable {
  let type: EventType
  let on: DateMapping
  let condition: Condition?
  let fields: [FieldMapping]

  /// When the event is stated at all.
  struct Condition: Sendable {
    let column: ColumnName
    /// The values that count; empty means any content.
    let values: [String]
  }
}

/// The event that each row states.
struct RowMapping: Sendable {
  /// Where the type of the event stands.
  enum TypeSource: Sendable {
    case constant(EventType)
    case column(ColumnName, words: [String: EventType])
  }

  let type: TypeSource
  let on: DateMapping
  let fields: [FieldMapping]
}

/// What a change of state means.
struct StateChangeMapping: Sendable {
  let on: DateMapping
  let column: ColumnName
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
  case column(ColumnName, words: [String: String], form: ColumnForm)
  /// The texts of several columns with a blank between them.
  case joined([ColumnName])
}

/// A date that is given once for all, or stands in a column.
enum DateMapping: Sendable {
  case constant(CivilDate)
  case column(ColumnName, form: DateForm)
}

/// How the cells of a column are written.
struct ColumnForm: Sendable, Hashable {
  var dates = DateForm()
  /// How many digits a text of digits alone has; zeros that a spreadsheet lost are put back.
  var digits: Int?
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
}
