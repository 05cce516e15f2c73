import Interchange
import Journey

/// A CSV table with one column for each name of a field, filled event by event.
struct SimulatedTable {
  /// Where the values of a field stand and how they are written.
  private struct FieldColumn {
    let column: Int
    let writes: Form
  }

  private enum Form {
    /// A word for each stored number.
    case words([String])
    case hundredths
    case plain
  }

  private var rows: CSVWriter
  private var fieldColumns = [FieldColumn?](repeating: nil, count: 256)
  private var cells: [String]

  /// Writes the header: a column for each name among the fields, in the order of their tags.
  init(
    _ dialect: CSVDialect, types: [EventType], fields: Set<UInt8>, leading: [String],
    trailing: [String]
  ) {
    let schemas = types.map(\.schema)
    let all = Fields.common + schemas.flatMap { $0.required + $0.optional }
    let used = Dictionary(
      all.filter { fields.contains($0.tag) }.map { ($0.tag, $0) }, uniquingKeysWith: { a, _ in a })
    var names: [String] = []
    for definition in used.values.sorted(by: { $0.tag < $1.tag }) {
      let name = SimulatedTable.columnName(of: definition)
      let column = names.firstIndex(of: name) ?? names.count
      if column == names.count { names.append(name) }
      fieldColumns[Int(definition.tag)] = FieldColumn(
        column: column, writes: SimulatedTable.form(of: definition.type))
    }
    cells = Array(repeating: "", count: names.count)
    rows = CSVWriter(dialect)
    rows.header(leading + names + trailing)
  }

  private static func columnName(of definition: FieldDefinition) -> String {
    String(
      decoding: definition.name.utf8.map { $0 == UInt8(ascii: "-") ? 0x5F : $0 }, as: UTF8.self)
  }

  private static func form(of type: FieldType) -> Form {
    switch type {
    case .code(let list):
      var codes = [String](repeating: "", count: 256)
      for entry in list.entries { codes[Int(entry.rawValue)] = entry.entry.code }
      return .words(codes)
    case .boolean: return .words(["no", "yes"])
    case .decimal: return .hundredths
    case .integer, .text, .date: return .plain
    }
  }

  /// Puts the values of an event into the row that is being made.
  mutating func state(_ fields: FieldSet) {
    for entry in fields.entries {
      guard let field = fieldColumns[Int(entry.tag)] else { continue }
      cells[field.column] = SimulatedTable.text(of: entry.value, field.writes)
    }
  }

  private static func text(of value: FieldValue, _ form: Form) -> String {
    switch (value, form) {
    case (.text(let text), _): return text
    case (.date(let date), _): return date.description
    case (.integer(let number), .words(let words)): return words[Int(number)]
    case (.integer(let number), .hundredths):
      let cents = number % 100
      return "\(number / 100).\(cents < 10 ? "0" : "")\(cents)"
    case (.integer(let number), .plain): return String(number)
    }
  }

  /// Ends the row that is being made and empties it for the next.
  mutating func endRow(leading: [String], trailing: [String]) {
    for cell in leading { rows.text(cell) }
    for place in cells.indices {
      if cells[place].isEmpty {
        rows.empty()
      } else {
        rows.text(cells[place])
        cells[place] = ""
      }
    }
    for cell in trailing { rows.text(cell) }
    rows.endRow()
  }

  /// Whether enough is written to hand it over.
  var isFull: Bool { rows.bytes.count >= 1 << 20 }

  /// Hands over what is written.
  mutating func take() -> [UInt8] { rows.take() }
}
