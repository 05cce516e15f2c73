import EventLog
import Interchange
import Journey
import Presentation

/// A list of things: as a table for people and as CSV, of the same columns.
///
/// `--columns` names them as CSV does, for both.
struct PrintedList<Row> {
  /// One column.
  struct Column {
    /// How a terminal treats the cells.
    enum Shape {
      /// Never cut.
      case code
      /// Words, cut where the terminal is too narrow.
      case words(minimum: Int)
      /// At the right.
      case number
    }

    /// The name in CSV and for `--columns`.
    let name: String
    let kind: TableVariable.Kind
    let title: LocalizedText
    let shape: Shape
    /// What CSV holds.
    let value: (Row) -> TableValue
    /// What people read; nil where that is the value.
    let cell: ((Row) -> TableCell)?

    init(
      _ name: String, _ kind: TableVariable.Kind, _ title: LocalizedText, _ shape: Shape = .code,
      value: @escaping (Row) -> TableValue, cell: ((Row) -> TableCell)? = nil
    ) {
      self.name = name
      self.kind = kind
      self.title = title
      self.shape = shape
      self.value = value
      self.cell = cell
    }
  }

  let columns: [Column]
  /// The names of those that a table shows unless others are asked for.
  let usual: [String]

  /// The names of all columns.
  var names: [String] { columns.map(\.name) }

  /// The table for people.
  ///
  /// - Parameter places: Which columns; nil for the usual ones.
  func table(_ rows: [Row], _ places: [Int]?, _ console: Console) -> String {
    let places = places ?? usual.compactMap { name in columns.firstIndex { $0.name == name } }
    let chosen = places.map { columns[$0] }
    let language = console.language
    var table = TerminalTable(
      chosen.map { column in
        let title = column.title(language)
        return switch column.shape {
        case .code: .code(title)
        case .words(let minimum): .text(title, minimum: minimum)
        case .number: .number(title)
        }
      })
    for row in rows {
      table.append(
        chosen.map { $0.cell?(row) ?? PrintedList.cell($0.value(row), language) })
    }
    return table.text(for: console.output)
  }

  private static func cell(_ value: TableValue, _ language: Language) -> TableCell {
    let numbers = NumberStyle(language)
    let words = EventText(language)
    return switch value {
    case .missing: ""
    case .text(let text): TableCell(text)
    case .whole(let number): TableCell(numbers.integer(Int(number)))
    case .decimal(let number): TableCell(numbers.decimal(number, places: 2))
    case .day(let day): TableCell(words.date(day))
    case .yesNo(let isYes):
      TableCell(LocalizedText(en: isYes ? "yes" : "no", de: isYes ? "ja" : "nein")(language))
    case .instant(let instant): TableCell(Timestamp.text(instant))
    }
  }

  /// The list for machines.
  ///
  /// - Parameter places: Which columns; nil for all.
  func csv(_ rows: [Row], _ places: [Int]?, _ dialect: CSVDialect) -> [UInt8] {
    let chosen = places.map { $0.map { columns[$0] } } ?? columns
    var table = CSVTable(
      chosen.map { TableVariable($0.name, $0.kind, $0.title) }, dialect)
    for row in rows { table.append(chosen.map { $0.value(row) }) }
    table.end()
    return table.take()
  }
}

extension TableValue {
  /// A text, or nothing where it is nil or empty.
  static func words(_ text: String?) -> TableValue {
    text.flatMap { $0.isEmpty ? nil : .text($0) } ?? .missing
  }
}
