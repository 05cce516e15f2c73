import Journey
import Statistics

extension EstimateInput {
  /// An error of the statistics, with its place in the file where it has one.
  func failure(_ error: StatisticsError, start: String?, stop: String) -> Failure {
    switch error {
    case .negativeDuration(let row, let duration):
      // Which of the two columns it is, the value says.
      let isStart = start.flatMap { name in (try? table.numbers(name))?[row] } == duration
      return table.failure(
        row: row, column: isStart ? start : stop,
        .init(
          en: "The time \(Self.text(duration)) is before the origin.",
          de: "Die Zeit \(Self.text(duration)) liegt vor dem Ursprung."))
    case .entryNotBeforeExit(let row, let entry, let exit):
      return table.failure(
        row: row, column: stop,
        .init(
          en: "The row ends at \(Self.text(exit)), not after its beginning at \(Self.text(entry)).",
          de:
            "Die Zeile endet bei \(Self.text(exit)), nicht nach ihrem Beginn bei \(Self.text(entry))."
        ),
        advice: .init(
          en: "Follow-up is (start, stop]: leave the row out, or let it last.",
          de: "Beobachtet wird (start, stop]: die Zeile weglassen oder dauern lassen."))
    case .weightNotUsable(let row, let weight):
      return table.failure(
        row: row, column: options.weight,
        .init(
          en: "The weight \(Self.text(weight)) is negative.",
          de: "Das Gewicht \(Self.text(weight)) ist negativ."))
    case .levelOutsideUnitInterval(let level):
      return Failure(
        .init(
          en: "--level \(Self.text(level)) is not between 0 and 1.",
          de: "--level \(Self.text(level)) liegt nicht zwischen 0 und 1."),
        advice: .init(en: "95 % is 0.95.", de: "95 % ist 0.95."), .usage)
    case .probabilityOutsideUnitInterval(let share):
      return Failure(
        .init(
          en: "--probability \(Self.text(share)) is not between 0 and 1.",
          de: "--probability \(Self.text(share)) liegt nicht zwischen 0 und 1."),
        advice: .init(en: "The median is 0.5.", de: "Der Median ist 0.5."), .usage)
    case .horizonNotPositive(let horizon):
      return Failure(
        .init(
          en: "The horizon \(Self.text(horizon)) is not after the origin.",
          de: "Der Horizont \(Self.text(horizon)) liegt nicht nach dem Ursprung."), .usage)
    case .exponentNotUsable(let rho):
      return Failure(
        .init(
          en: "--rho \(Self.text(rho)) is negative.", de: "--rho \(Self.text(rho)) ist negativ."),
        .usage)
    case .weightsNotSupported:
      return Failure(
        .init(
          en: "This test takes no weights.", de: "Dieser Test rechnet nicht mit Gewichten."),
        advice: .init(en: "Leave --weight out.", de: "--weight weglassen."), .usage)
    case .delayedEntryNotSupported:
      return Failure(
        .init(
          en: "Gray's test takes everybody from the origin on.",
          de: "Grays Test rechnet mit Beobachtung vom Ursprung an."),
        advice: .init(en: "Leave --start out.", de: "--start weglassen."), .usage)
    default:
      return Failure(
        .init(
          en: "\(table.path): \(error.words.en).",
          de: "\(table.path): Die Berechnung ist nicht möglich: \(error.words.de)."), .data)
    }
  }

  /// An estimate; an error of the statistics is said in words.
  func estimate<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as StatisticsError {
      throw failure(error, start: options.start, stop: options.stop ?? "")
    }
  }

  /// A number as it would be typed.
  static func text(_ number: Double) -> String {
    Int64(exactly: number).map { String($0) } ?? "\(number)"
  }
}
