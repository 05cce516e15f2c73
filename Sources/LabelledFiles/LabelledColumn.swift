import Interchange
import Journey

/// How one column is kept in a file of SPSS or Stata.
struct LabelledColumn {
  /// The two kinds of files.
  enum Program {
    case spss
    case stata

    /// Bytes of the longest text, of which more is cut by neither: it is refused.
    var longestText: Int { self == .spss ? 32_767 : 2_045 }
    /// Characters of a label; longer ones are cut.
    var longestLabel: Int { self == .spss ? 120 : 80 }
    /// Days from its own beginning of time to 1970: the Gregorian calendar's, or that of 1960.
    var daysTo1970: Int { self == .spss ? 141_428 : 3_653 }
  }

  /// What a value becomes.
  enum Storage {
    /// A text of at most so many bytes, with labels by code where it is one of a list.
    case text(width: Int)
    /// A number that stands for a code.
    case numbered([String: Int32])
    case yesNo
    case number
    case day
    case instant
  }

  let name: String
  let label: String
  let format: String?
  let storage: Storage
  /// The labels of values: a code's, or the number's that stands for it.
  let labels: [(value: String, label: String)]
  let isMeasured: Bool

  init(
    _ variable: TableVariable, named name: String, _ measure: TableMeasure.Column,
    _ program: Program, _ language: Language
  ) {
    self.name = name
    var words = variable.label(language)
    if !variable.unit.isEmpty { words += " (\(variable.unit))" }
    label = String(words.prefix(program.longestLabel))
    let codes = variable.codes.map { (code: $0.code, label: $0.label(language)) }
    isMeasured = variable.kind == .whole || variable.kind == .decimal
    let isSPSS = program == .spss
    switch variable.kind {
    case .code where !isSPSS:
      var numbers = variable.numbers
      let past = (numbers.max() ?? 0) + 1
      numbers += measure.further.indices.map { past + Int32($0) }
      let all = codes + measure.further.map { (code: $0, label: "") }
      storage = .numbered(
        Dictionary(zip(all.map(\.code), numbers)) { first, _ in first })
      labels = zip(all, numbers).map { entry, number in
        let says = entry.label.isEmpty || entry.code == String(number)
        return (
          String(number),
          entry.label.isEmpty ? entry.code : says ? entry.label : "\(entry.code): \(entry.label)"
        )
      }
      format = nil
    case .text, .code:
      // A label counts only where the column is as wide as its code.
      let widest = codes.map(\.code.utf8.count).max() ?? 0
      storage = .text(width: max(1, measure.width, widest))
      labels = codes.map { ($0.code, String($0.label.prefix(program.longestLabel))) }
      format = nil
    case .yesNo:
      storage = .yesNo
      labels = [
        ("0", LocalizedText(en: "no", de: "nein")(language)),
        ("1", LocalizedText(en: "yes", de: "ja")(language)),
      ]
      format = isSPSS ? "F1.0" : nil
    case .whole:
      (storage, labels, format) = (.number, [], isSPSS ? "F11.0" : "%12.0g")
    case .decimal:
      (storage, labels, format) = (.number, [], isSPSS ? "F12.4" : "%10.0g")
    case .day:
      let written = language == .german ? "EDATE10" : "DATE11"
      (storage, labels, format) = (.day, [], isSPSS ? written : "%tdCCYY-NN-DD")
    case .instant:
      (storage, labels, format) = (.instant, [], isSPSS ? "DATETIME20" : "%tc")
    }
  }
}
