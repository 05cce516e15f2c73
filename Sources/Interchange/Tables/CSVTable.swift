import Journey

/// A table as CSV.
///
/// Machines get ISO dates, a decimal point, `true` and `false`, moments in UTC. German spreadsheets get
/// `dd.mm.yyyy`, a decimal comma, `ja` and `nein`, and no text that they would run as a formula.
/// Numbers are written so that they read back as the same number.
public struct CSVTable: TableWriter, Sendable {
  private var writer: CSVWriter
  private let isGerman: Bool

  /// Starts a table with its header.
  public init(_ variables: [TableVariable], _ dialect: CSVDialect) {
    writer = CSVWriter(dialect)
    isGerman = dialect == .germanCSV
    writer.header(variables.map(\.name))
  }

  /// Takes in the next row.
  public mutating func append(_ row: [TableValue]) {
    for value in row {
      switch value {
      case .missing: writer.empty()
      case .text(let text): writer.text(text)
      case .whole(let number): writer.verbatim(String(number))
      case .decimal(let number): writer.verbatim(decimal(number))
      case .day(let day): writer.day(day)
      case .yesNo(let isYes):
        writer.verbatim(isGerman ? isYes ? "ja" : "nein" : isYes ? "true" : "false")
      case .instant(let instant): writer.verbatim(moment(instant))
      }
    }
    writer.endRow()
  }

  /// Ends the table.
  public mutating func end() {}

  /// Hands over what has been written since the last time.
  public mutating func take() -> [UInt8] { writer.take() }

  private func decimal(_ number: Double) -> String {
    guard number.isFinite else { return "" }
    // Without an exponent up to 2^53, as far as any number here goes.
    let text =
      number.magnitude < 9e15 && number == number.rounded()
      ? String(Int64(number)) : number.description
    return isGerman ? text.replacing(".", with: ",") : text
  }

  private func moment(_ instant: Int64) -> String {
    let moment = CivilMoment(instant)
    return isGerman ? "\(CSVDialect.germanCSV.text(of: moment.day)) \(moment.clock)" : moment.iso
  }
}

/// A moment in UTC, taken apart.
struct CivilMoment {
  let day: Day
  let hour: Int
  let minute: Int
  let second: Int
  let microsecond: Int

  /// Takes apart microseconds since 1970 UTC.
  init(_ instant: Int64) {
    let perDay: Int64 = 86_400_000_000
    var rest = instant % perDay
    if rest < 0 { rest += perDay }
    day = Day(number: Int32(clamping: (instant - rest) / perDay))
    microsecond = Int(rest % 1_000_000)
    let seconds = Int(rest / 1_000_000)
    (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
  }

  /// ISO 8601 in UTC, to the microsecond.
  var iso: String {
    let fraction = String(1_000_000 + microsecond).dropFirst()
    return "\(day)T\(clock).\(fraction)Z"
  }

  /// The time of day to the second: `14:40:03`.
  var clock: String {
    [hour, minute, second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }
}
