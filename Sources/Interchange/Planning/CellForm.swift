import Journey

/// How the cells of one field are read: a pure function from bytes to a value.
struct CellForm: Sendable {
  let definition: FieldDefinition
  let form: ColumnForm
  private let labels: CodeLabels?

  init(_ definition: FieldDefinition, _ form: ColumnForm = ColumnForm()) {
    self.definition = definition
    self.form = form
    if case .code(let list) = definition.type { labels = CodeLabels(list) } else { labels = nil }
  }

  /// The value of a cell that is not empty; nil for the marks by which people say nothing.
  func statement(of cell: Span<UInt8>) throws(CellProblem) -> FieldValue? {
    if let fault = SpreadsheetFault(cell) { throw .spreadsheet(fault) }
    do throws(CellProblem) { return try value(of: cell) } catch {
      if isNoStatement(cell) { return nil }
      throw error
    }
  }

  /// The value of a cell that is not empty.
  func value(of cell: Span<UInt8>) throws(CellProblem) -> FieldValue {
    switch definition.type {
    case .text:
      let digits = form.digits ?? (definition.tag == Fields.postcode.tag ? 5 : nil)
      if isNoStatement(cell) { throw .noText }
      if let garbled = GarbledText(cell) { throw .garbled(garbled) }
      if definition.tag == Fields.postcode.tag { return .text(try postcode(cell)) }
      return .text(digits.map { padded(text(cell), to: $0) } ?? text(cell))
    case .date:
      let years: TwoDigitYears = definition.tag == Fields.birthDate.tag ? .birth : .days
      return .date(try form.dates.date(of: cell, years: years))
    case .integer:
      guard let number = wholeNumber(cell) else { throw .notANumber }
      return .integer(number)
    case .decimal:
      if mayMeanThousands(cell) { throw .ambiguousNumber }
      guard let number = hundredths(cell) else { throw .notADecimal }
      return .integer(number)
    case .boolean:
      switch truth(text(cell)) {
      case true?: return .integer(1)
      case false?: return .integer(0)
      case nil: throw .notATruth
      }
    case .code(let list):
      let word = text(cell)
      if let number = list.rawValue(of: word) { return .integer(Int64(number)) }
      if let number = labels?.rawValue(of: word) { return .integer(Int64(number)) }
      if list.name == Answer.listName {
        // Yes and no are understood in both languages wherever they are codes.
        if let yes = truth(word) { return .integer(Int64((yes ? Answer.yes : .no).rawValue)) }
        if word.lowercased() == "unbekannt" { return .integer(Int64(Answer.unknown.rawValue)) }
      }
      throw .unknownCode(
        list: list.name,
        known: list.entries.map(\.entry.code) + list.entries.map(\.entry.label.de))
    }
  }

  /// Whether equal cells repeat so often that their values are worth keeping.
  var repeats: Bool {
    switch definition.type {
    case .code, .boolean: true
    case .text, .date, .integer, .decimal: false
    }
  }
}

extension DateForm {
  /// The date of a cell that is not empty.
  func date(
    of cell: Span<UInt8>, years: TwoDigitYears = .days
  ) throws(CellProblem) -> CivilDate {
    if let count {
      guard let number = wholeNumber(cell) else { throw .notACount }
      guard let periods = Int(exactly: number), abs(periods) < 200_000,
        let date = count.origin.advanced(by: periods - 1)
      else { throw .countOutOfRange }
      return cut(date)
    }
    if acceptsExcelSerials, let serial = spreadsheetDay(cell) {
      // Excel's day 1 is 1 January 1900, and it believes in 29 February 1900; serials of five
      // digits begin in 1927, so that error is never met.
      guard serial >= 10_000 else { throw .date(.notADate) }
      guard serial < 200_000 else { throw .date(.outOfRange) }
      let day = Day(number: Int32(serial) - 25_569)
      guard day <= .latest else { throw .date(.outOfRange) }
      return cut(CivilDate(day))
    }
    if let fault = SpreadsheetFault(cell) { throw .spreadsheet(fault) }
    let end = endOfDay(in: cell)
    do throws(DateProblem) {
      return cut(try CivilDate.parse(cell.extracting(first: end), years: years))
    } catch {
      if error == .notADate, let meant = SpokenDate.guess(text(cell), years: years) {
        throw .looseDate(meant)
      }
      if error == .notADate, !acceptsExcelSerials, cell.count == 5, let serial = wholeNumber(cell),
        (14_611...73_050).contains(serial)
      {
        throw .excelSerial(CivilDate(Day(number: Int32(serial) - 25_569)))
      }
      throw .date(error)
    }
  }

  /// The day as spreadsheets number days; the time of day behind the decimal sign falls away.
  private func spreadsheetDay(_ cell: Span<UInt8>) -> Int64? {
    var end = 0
    while end < cell.count, cell[end] != UInt8(ascii: ","), cell[end] != UInt8(ascii: ".") {
      end += 1
    }
    guard end >= 5, end + 1 != cell.count else { return nil }
    for place in cell.indices where place > end && !(0x30...0x39).contains(cell[place]) {
      return nil
    }
    return wholeNumber(cell.extracting(first: end))
  }

  private func cut(_ date: CivilDate) -> CivilDate {
    guard let precision, date.precision.rawValue < precision.rawValue else { return date }
    return CivilDate(date.day, precision)
  }
}

/// The text of a cell; the reader has checked that it is UTF-8.
func text(_ cell: Span<UInt8>) -> String {
  if let checked = try? UTF8Span(validating: cell) { return String(copying: checked) }
  var bytes: [UInt8] = []
  for index in cell.indices { bytes.append(cell[index]) }
  return String(decoding: bytes, as: UTF8.self)
}

private func truth(_ word: String) -> Bool? {
  switch word.lowercased() {
  case "yes", "ja", "true", "wahr", "1", "y", "j": true
  case "no", "nein", "false", "falsch", "0", "n": false
  default: nil
  }
}

/// A whole number with an optional sign, up to 18 digits.
func wholeNumber(_ cell: Span<UInt8>) -> Int64? {
  var at = 0
  var isNegative = false
  if cell.count > 0, cell[0] == UInt8(ascii: "-") || cell[0] == UInt8(ascii: "+") {
    isNegative = cell[0] == UInt8(ascii: "-")
    at = 1
  }
  guard at < cell.count, cell.count - at <= 18 else { return nil }
  var number: Int64 = 0
  while at < cell.count {
    let digit = cell[at]
    guard digit >= 0x30, digit <= 0x39 else { return nil }
    number = number &* 10 &+ Int64(digit &- 0x30)
    at += 1
  }
  return isNegative ? -number : number
}

/// Whether a single point may be the one of `2.500 €` as well as a decimal sign: three digits behind
/// it, up to three before it, and no comma that says it.
private func mayMeanThousands(_ cell: Span<UInt8>) -> Bool {
  var point = -1
  for place in cell.indices {
    switch cell[place] {
    case UInt8(ascii: ".") where point < 0: point = place
    case 0x30...0x39: break
    case UInt8(ascii: "-"), UInt8(ascii: "+"): if place > 0 { return false }
    default: return false
    }
  }
  let first = cell.isEmpty || (0x30...0x39).contains(cell[0]) ? 0 : 1
  guard point > first, point - first <= 3, cell.count - point == 4 else { return false }
  return cell[first] != UInt8(ascii: "0")
}

/// A number with up to two decimals, in hundredths: `12.5`, `12,5`, `1.234,50`.
///
/// A comma is the decimal sign, and then points stand between groups of three digits; without a
/// comma the point is the decimal sign. Further decimals must be zero.
func hundredths(_ cell: Span<UInt8>) -> Int64? {
  let comma = UInt8(ascii: ",")
  let point = UInt8(ascii: ".")
  var hasComma = false
  for index in cell.indices where cell[index] == comma { hasComma = true }
  let decimalSign = hasComma ? comma : point
  var whole: Int64 = 0
  var decimals = -1
  var digits = 0
  var sinceGroup = -1
  var isNegative = false
  for index in cell.indices {
    switch cell[index] {
    case UInt8(ascii: "-") where index == 0: isNegative = true
    case UInt8(ascii: "+") where index == 0: break
    case decimalSign where decimals < 0 && digits > 0:
      if sinceGroup >= 0, sinceGroup != 3 { return nil }
      decimals = 0
    case point where hasComma && decimals < 0 && digits > 0:
      if sinceGroup >= 0 ? sinceGroup != 3 : digits > 3 { return nil }
      sinceGroup = 0
    case let byte where byte >= 0x30 && byte <= 0x39:
      digits += 1
      if decimals < 0, sinceGroup >= 0 { sinceGroup += 1 }
      if decimals >= 0 { decimals += 1 }
      if decimals > 2 {
        if byte != 0x30 { return nil }
      } else {
        whole = whole &* 10 &+ Int64(byte &- 0x30)
      }
      if digits > 16 { return nil }
    default: return nil
    }
  }
  guard digits > 0, decimals != 0 else { return nil }
  if decimals < 0 { whole *= 100 } else if decimals == 1 { whole *= 10 }
  return isNegative ? -whole : whole
}
