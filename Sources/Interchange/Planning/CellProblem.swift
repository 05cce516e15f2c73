import Definitions
import Journey

/// Why the content of a cell is not a value of its field.
enum CellProblem: Error, Equatable {
  case date(DateProblem)
  case unknownCode(list: String, known: [String])
  /// Nothing stands where one of these words must.
  case empty(known: [String])
  case notANumber
  case notADecimal
  /// A point that may stand between thousands or before decimals.
  case ambiguousNumber
  case notATruth
  case notACount
  case countOutOfRange
  /// A date in a form that is not read, with what is probably meant.
  case looseDate(CivilDate)
  /// A number that would be a date in a spreadsheet.
  case excelSerial(CivilDate)
  case spreadsheet(SpreadsheetFault)
  case notAPostcode
  /// A text that only says that nothing is said.
  case noText
  /// A text whose characters were mistaken for others on the way.
  case garbled(GarbledText)

  var code: String {
    switch self {
    case .date(.ambiguous), .date(.ambiguousYear): "E-DATE-AMBIGUOUS"
    case .date, .notACount, .countOutOfRange, .looseDate: "E-DATE"
    case .excelSerial: "E-DATE-SERIAL"
    case .spreadsheet: "E-SPREADSHEET"
    case .notAPostcode: "E-POSTCODE"
    case .noText: "E-TEXT"
    case .garbled: "E-GARBLED"
    case .unknownCode, .empty, .notATruth: "E-CODE"
    case .notANumber, .notADecimal: "E-NUMBER"
    case .ambiguousNumber: "E-NUMBER-AMBIGUOUS"
    }
  }

  /// What is wrong and what to do about it.
  func message(text: String, column: String?) -> (LocalizedText, hint: LocalizedText?) {
    let shown = text.count > 60 ? text.prefix(57) + "…" : text[...]
    let place = column.map { LocalizedText(en: " in column “\($0)”", de: " in Spalte „\($0)“") }
    let within = place ?? LocalizedText(verbatim: "")
    switch self {
    case .date(let problem): return date(problem, String(shown), within)
    case .garbled(let garbled): return garbled.message(within)
    case .looseDate, .excelSerial, .spreadsheet, .notAPostcode, .noText, .ambiguousNumber:
      return spreadsheet(String(shown), within)
    case .unknownCode(let list, let known):
      let near = nearestName(to: text, among: known)
      return (
        LocalizedText(
          en: "Unknown value “\(shown)”\(within.en).\(didYouMean(near).en)",
          de: "Unbekannter Wert „\(shown)“\(within.de).\(didYouMean(near).de)"),
        near == nil ? allowed(list, known) : nil
      )
    case .empty(let known):
      return (
        LocalizedText(en: "Nothing stands\(within.en).", de: "Es steht nichts\(within.de)."),
        allowed("", known)
      )
    case .notANumber:
      return (
        LocalizedText(
          en: "“\(shown)”\(within.en) is not a whole number.",
          de: "„\(shown)“\(within.de) ist keine ganze Zahl."), nil
      )
    case .notADecimal:
      return (
        LocalizedText(
          en: "“\(shown)”\(within.en) is not a number with at most two decimals.",
          de: "„\(shown)“\(within.de) ist keine Zahl mit höchstens zwei Nachkommastellen."),
        LocalizedText(
          en: "Write 1234.50 or 1.234,50.", de: "Bitte 1.234,50 oder 1234.50 schreiben.")
      )
    case .notATruth:
      return (
        LocalizedText(
          en: "“\(shown)”\(within.en) is neither yes nor no.",
          de: "„\(shown)“\(within.de) ist weder ja noch nein."), nil
      )
    case .notACount:
      return (
        LocalizedText(
          en: "“\(shown)”\(within.en) is not a count of periods.",
          de: "„\(shown)“\(within.de) zählt keine Zeiträume."),
        LocalizedText(
          en: "The mapping says that the column counts from an origin: 1, 2, 3, …",
          de: "Laut Zuordnung zählt die Spalte ab einem Ursprung: 1, 2, 3, …")
      )
    case .countOutOfRange:
      return (
        LocalizedText(
          en: "“\(shown)”\(within.en) leads outside the years 1800 to 2199.",
          de: "„\(shown)“\(within.de) führt aus den Jahren 1800 bis 2199 hinaus."), nil
      )
    }
  }

  private func date(
    _ problem: DateProblem, _ text: String, _ within: LocalizedText
  ) -> (LocalizedText, hint: LocalizedText?) {
    switch problem {
    case .notADate:
      (
        LocalizedText(
          en: "“\(text)”\(within.en) is not a date.", de: "„\(text)“\(within.de) ist kein Datum."),
        LocalizedText(
          en: "Write 2026-11-22 or 22.11.2026.", de: "Bitte 22.11.2026 oder 2026-11-22 schreiben.")
      )
    case .noSuchDay(let month, let length):
      (
        LocalizedText(
          en: "There is no “\(text)”\(within.en).", de: "„\(text)“\(within.de) gibt es nicht."),
        LocalizedText(
          en: "\(monthNames[month - 1].en) has \(length) days.",
          de: "Der \(monthNames[month - 1].de) hat \(length) Tage.")
      )
    case .ambiguous(let dayFirst, let monthFirst):
      (
        LocalizedText(
          en: "“\(text)”\(within.en) is ambiguous"
            + " (\(spoken(dayFirst).en) or \(spoken(monthFirst).en)?).",
          de: "„\(text)“\(within.de) ist mehrdeutig"
            + " (\(spoken(dayFirst).de) oder \(spoken(monthFirst).de)?)."),
        LocalizedText(
          en: "Write \(dayFirst) or \(monthFirst).",
          de: "Bitte als \(dayFirst.german) oder \(monthFirst.german) schreiben.")
      )
    case .ambiguousYear(let earlier, let later):
      (
        LocalizedText(
          en: "“\(text)”\(within.en) is ambiguous (\(earlier.day.parts.year) or"
            + " \(later.day.parts.year)?).",
          de: "„\(text)“\(within.de) ist mehrdeutig (\(earlier.day.parts.year) oder"
            + " \(later.day.parts.year)?)."),
        LocalizedText(
          en: "Write the year with four digits: \(earlier) or \(later).",
          de: "Bitte das Jahr vierstellig schreiben: \(earlier.german) oder \(later.german).")
      )
    case .outOfRange:
      (
        LocalizedText(
          en: "The date “\(text)”\(within.en) is outside the years 1800 to 2199.",
          de: "Das Datum „\(text)“\(within.de) liegt nicht in den Jahren 1800 bis 2199."), nil
      )
    }
  }

  private func spoken(_ date: CivilDate) -> LocalizedText {
    let (_, month, day) = date.day.parts
    let name = monthNames[month - 1]
    return LocalizedText(en: "\(day) \(name.en)", de: "\(day). \(name.de)")
  }

  private func allowed(_ list: String, _ known: [String]) -> LocalizedText {
    let shown = known.prefix(24).joined(separator: ", ") + (known.count > 24 ? ", …" : "")
    return LocalizedText(en: "Known: \(shown).", de: "Bekannt sind: \(shown).")
  }
}

private let monthNames: [LocalizedText] = [
  LocalizedText(en: "January", de: "Januar"), LocalizedText(en: "February", de: "Februar"),
  LocalizedText(en: "March", de: "März"), LocalizedText(en: "April", de: "April"),
  LocalizedText(en: "May", de: "Mai"), LocalizedText(en: "June", de: "Juni"),
  LocalizedText(en: "July", de: "Juli"), LocalizedText(en: "August", de: "August"),
  LocalizedText(en: "September", de: "September"), LocalizedText(en: "October", de: "Oktober"),
  LocalizedText(en: "November", de: "November"), LocalizedText(en: "December", de: "Dezember"),
]
