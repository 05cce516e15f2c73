import Definitions
import Journey

/// The wordings of a code list, so that a file may say “weiblich” where the code is `f`.
struct CodeLabels {
  private var numbers: [String: UInt8] = [:]

  init(_ list: CodeListDescription) {
    for (number, entry) in list.entries {
      for label in [entry.label.de, entry.label.en] {
        let key = ColumnNames.folded(label)
        if numbers[key] == nil { numbers[key] = number }
      }
    }
  }

  /// The stored number of a wording; only letters and digits count, umlauts written out.
  func rawValue(of word: String) -> UInt8? { numbers[ColumnNames.folded(word)] }
}

/// What a spreadsheet writes where it has no value to show.
enum SpreadsheetFault: Equatable {
  /// `#NV`, `#REF!`, `#DIV/0!` and their like.
  case error(String)
  /// `########`: the column was too narrow when the file was made.
  case narrow
  /// `1,23E+11`: a long number, shortened.
  case shortened

  init?(_ cell: Span<UInt8>) {
    guard cell.count >= 3 else { return nil }
    if cell[0] == UInt8(ascii: "#") {
      let word = text(cell).uppercased()
      if word.allSatisfy({ $0 == "#" }) {
        self = .narrow
      } else if Self.errors.contains(word) {
        self = .error(word)
      } else {
        return nil
      }
      return
    }
    guard (0x30...0x39).contains(cell[0]), isShortened(cell) else { return nil }
    self = .shortened
  }

  private static let errors: Set<String> = [
    "#NV", "#N/A", "#N/V", "#WERT!", "#VALUE!", "#BEZUG!", "#REF!", "#DIV/0!", "#NAME?", "#ZAHL!",
    "#NUM!", "#NULL!", "#ÜBERLAUF!", "#SPILL!",
  ]
}

/// Whether a cell is a number with an exponent, as `1,5E+10`.
private func isShortened(_ cell: Span<UInt8>) -> Bool {
  var exponent = -1
  for index in cell.indices {
    switch cell[index] {
    case 0x30...0x39: break
    case UInt8(ascii: ","), UInt8(ascii: "."): if exponent >= 0 { return false }
    case UInt8(ascii: "E"):
      if exponent >= 0 { return false }
      exponent = index
    case UInt8(ascii: "+"): if exponent != index - 1 || exponent < 0 { return false }
    default: return false
    }
  }
  return exponent > 0 && exponent + 2 < cell.count && cell[exponent + 1] == UInt8(ascii: "+")
}

/// Whether a cell holds one of the marks by which people say that they state nothing.
func isNoStatement(_ cell: Span<UInt8>) -> Bool {
  guard (1...16).contains(cell.count) else { return false }
  switch cell[0] {
  case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "?"): break
  case UInt8(ascii: "k"), UInt8(ascii: "K"), UInt8(ascii: "n"), UInt8(ascii: "N"), 0xE2: break
  case UInt8(ascii: "l"), UInt8(ascii: "("), UInt8(ascii: "o"): break
  default: return false
  }
  return noStatements.contains(text(cell).lowercased().filter { $0 != " " })
}

private let noStatements: Set<String> = [
  "-", "--", "---", "–", "—", ".", "./.", "/", "?", "k.a.", "k.a", "ka", "keineangabe", "n/a", "na",
  "null", "none", "(leer)", "leer", "o.a.", "n.b.",
]

/// Puts back the zeros that a spreadsheet took from the front of digits.
func padded(_ text: String, to count: Int) -> String {
  let digits = text.utf8
  guard !digits.isEmpty, digits.count < count, digits.allSatisfy({ (0x30...0x39).contains($0) })
  else { return text }
  return String(repeating: "0", count: count - digits.count) + text
}

/// A German postcode: five digits; of four a spreadsheet took the zero.
func postcode(_ cell: Span<UInt8>) throws(CellProblem) -> String {
  var written = text(cell)
  for prefix in ["DE-", "D-", "D "] where written.uppercased().hasPrefix(prefix) {
    written = String(written.dropFirst(prefix.count))
  }
  let digits = written.utf8
  guard (4...5).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
    written != "00000", written != "0000"
  else { throw .notAPostcode }
  return padded(written, to: 5)
}

/// Where a day ends in a cell that goes on with a time: `22.11.2026 00:00:00`.
func endOfDay(in cell: Span<UInt8>) -> Int {
  guard cell.count > 10 else { return cell.count }
  for index in 6..<cell.count where cell[index] == 0x20 || cell[index] == UInt8(ascii: "T") {
    for rest in (index + 1)..<cell.count {
      switch cell[rest] {
      case 0x30...0x39, UInt8(ascii: ":"), UInt8(ascii: "."), UInt8(ascii: "Z"): break
      default: return cell.count
      }
    }
    return (index + 1..<cell.count).contains { cell[$0] == UInt8(ascii: ":") } ? index : cell.count
  }
  return cell.count
}

/// Dates that a person understands and a rule had better not: what is probably meant.
enum SpokenDate {
  /// The date in `1. März 2024`, `Fr, 1.3.2024`, `01 . 03 . 2024`, `1,3,2024`, `2024/03/01`.
  static func guess(_ text: String, years: TwoDigitYears = .days) -> CivilDate? {
    var numbers: [(value: Int, width: Int)] = []
    var month: Int?
    for part in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      if let value = Int(part) {
        numbers.append((value, part.count))
      } else if let found = months.firstIndex(where: { part.hasPrefix($0) }) {
        month = found % 12 + 1
      } else if !days.contains(where: { part.hasPrefix($0) }) {
        return nil
      }
    }
    if let month, numbers.count == 2 {
      return date(numbers[0].value, month, numbers[1], years)
    }
    guard month == nil, numbers.count == 3 else { return nil }
    if numbers[0].width == 4 {
      return date(numbers[2].value, numbers[1].value, numbers[0], years)
    }
    return date(numbers[0].value, numbers[1].value, numbers[2], years)
  }

  private static func date(
    _ day: Int, _ month: Int, _ year: (value: Int, width: Int), _ years: TwoDigitYears
  ) -> CivilDate? {
    guard year.width == 4 || year.width == 2, (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let written = year.width == 4 ? "\(year.value)" : two(year.value)
    return try? CivilDate.parse("\(two(day)).\(two(month)).\(written)", years: years)
  }

  private static let months = [
    "jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez",
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    // As German spreadsheets shorten it, and as it is typed without an umlaut.
    "jän", "feb", "mrz", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez",
    "jaen", "feb", "maer", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez",
  ]
  private static let days = [
    "mo", "di", "mi", "do", "fr", "sa", "so", "tu", "we", "th", "su", "den", "am",
  ]
}
