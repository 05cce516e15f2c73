import Interchange
import Journey
import Presentation

/// What an estimate found, before it is written: a table in full precision and what must be said.
struct EstimateResult {
  /// A column of the result.
  struct Column {
    /// How a number of the column is written for people; machines get all its digits.
    enum Kind {
      /// A name.
      case text
      /// A count, or a sum of weights.
      case count
      /// A time in the user's unit.
      case time
      /// Any other number, with four decimal places.
      case number
      /// A p-value, below 0.0001 as a bound.
      case probability
    }

    /// The stable name in machine formats.
    let name: String
    /// The heading for people; nil for a column that machine formats alone have.
    let heading: LocalizedText?
    let kind: Kind

    /// A column of both.
    init(_ name: String, _ kind: Kind, en: String, de: String) {
      self.name = name
      self.kind = kind
      heading = LocalizedText(en: en, de: de)
    }

    /// A column of machine formats alone.
    init(machine name: String, _ kind: Kind = .number) {
      self.name = name
      self.kind = kind
      heading = nil
    }
  }

  /// A cell: a name or a number that may be undefined.
  enum Value {
    case text(String)
    case number(Double?)
    /// A number that machine formats alone give, because R does: limits where nothing was observed that
    /// could bound anything.
    case machine(Double?)

    /// Both limits of an estimate: for machines alone where the two coincide and so limit nothing.
    static func limits(_ lower: Double?, _ upper: Double?) -> [Value] {
      lower == upper ? [.machine(lower), .machine(upper)] : [.number(lower), .number(upper)]
    }
  }

  var title: LocalizedText
  var columns: [Column]
  var rows: [[Value]] = []
  /// What must be said of every output: the variance, the limits, the test; key and words.
  var facts: [(key: String, value: String, words: LocalizedText)] = []
  var warnings: [LocalizedText] = []
  /// The picture of a kind that can be drawn.
  var chart: ((Language) -> any Chart)?

  /// Adds a row of one cell a column.
  mutating func append(_ cells: [Value]) {
    precondition(cells.count == columns.count, "a row has one cell for each column")
    rows.append(cells)
  }
}

extension EstimateResult {
  /// Comma-separated, full double precision, `NA` where nothing is defined.
  func csv() -> String {
    var text = columns.map(\.name).joined(separator: ",") + "\n"
    for row in rows {
      text += row.map { $0.field }.joined(separator: ",") + "\n"
    }
    return text
  }

  /// One object, schema `wegmarke.estimate`; `null` where nothing is defined.
  func json(kind: String) -> String {
    var text =
      "{\"schema\":\"wegmarke.estimate\",\"schemaVersion\":1,\"kind\":\(JSONText.quoted(kind))"
    for fact in facts {
      let isNumber = Double(fact.value)?.isFinite ?? false
      let value = isNumber ? fact.value : JSONText.quoted(fact.value)
      text += ",\(JSONText.quoted(fact.key)):\(value)"
    }
    text += ",\"warnings\":[\(warnings.map { JSONText.quoted($0.en) }.joined(separator: ","))]"
    text += ",\"rows\":["
    for (index, row) in rows.enumerated() {
      if index > 0 { text += "," }
      let cells = zip(columns, row).map { "\(JSONText.quoted($0.name)):\($1.json)" }
      text += "\n{\(cells.joined(separator: ","))}"
    }
    return text + "\n]}\n"
  }

  /// The table for people, with the facts below it.
  func page(_ language: Language, _ style: TerminalStyle) -> String {
    let numbers = NumberStyle(language)
    let visible = columns.indices.filter { columns[$0].heading != nil }
    var table = TerminalTable(
      visible.map { index in
        let heading = columns[index].heading.map { $0(language) } ?? ""
        return columns[index].kind.isText ? .code(heading) : .number(heading)
      })
    let whole = columns.indices.map(isWhole)
    for row in rows {
      table.append(
        visible.map { index in
          TableCell(shown(row[index], columns[index].kind, isWhole: whole[index], numbers))
        })
    }
    var text = style.paint(title(language), .bold) + "\n"
    if !rows.isEmpty { text += "\n" + table.text(for: style) }
    let words = facts.map { $0.words(language) }.filter { !$0.isEmpty }
    if !words.isEmpty {
      text += "\n" + words.joined(separator: " · ").wrapped(to: style.width ?? 80) + "\n"
    }
    return text
  }

  /// Whether all numbers of a column are whole.
  private func isWhole(_ index: Int) -> Bool {
    rows.allSatisfy { row in
      guard case .number(let number?) = row[index] else { return true }
      return number == number.rounded()
    }
  }

  private func shown(
    _ value: Value, _ kind: Column.Kind, isWhole: Bool, _ numbers: NumberStyle
  ) -> String {
    if case .machine = value { return NumberStyle.undefined }
    guard case .number(let number) = value else { return value.field }
    guard let number, number.isFinite else { return NumberStyle.undefined }
    switch kind {
    case .text, .count: return numbers.decimal(number, places: isWhole ? 0 : 1)
    case .time: return numbers.decimal(number, places: isWhole ? 0 : 2)
    case .number: return numbers.decimal(number, places: 4)
    case .probability:
      return number < 0.0001
        ? "< " + numbers.decimal(0.0001, places: 4) : numbers.decimal(number, places: 4)
    }
  }
}

extension EstimateResult.Column.Kind {
  fileprivate var isText: Bool {
    if case .text = self { true } else { false }
  }
}

extension EstimateResult.Value {
  /// The shortest text that gives back the same double; whole numbers without a point.
  fileprivate var field: String {
    switch self {
    case .text(let text):
      guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return text }
      return "\"" + text.replacing("\"", with: "\"\"") + "\""
    case .number(let number), .machine(let number):
      guard let number, number.isFinite else { return "NA" }
      return EstimateInput.text(number)
    }
  }

  fileprivate var json: String {
    switch self {
    case .text(let text): JSONText.quoted(text)
    case .number(let number), .machine(let number):
      if let number, number.isFinite { EstimateInput.text(number) } else { "null" }
    }
  }
}
