import Journey
import ProjectionEngine

/// A period as an option names it; see `CalendarPeriod`.
enum Period {
  /// The first and last day of a period.
  static func parse(_ text: String) throws -> ClosedRange<Day> {
    if let period = CalendarPeriod.parse(text) { return period }
    if CalendarPeriod.isReversed(text) {
      throw Failure(
        .init(
          en: "The period \(text) ends before it begins.",
          de: "Der Zeitraum \(text) endet, bevor er beginnt."), .usage)
    }
    throw Failure(
      .init(en: "\(text) is no period.", de: "\(text) ist kein Zeitraum."),
      advice: CalendarPeriod.forms, .usage)
  }
}
