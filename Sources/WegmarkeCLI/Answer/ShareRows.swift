import Journey
import Presentation
import ProjectionEngine

/// What the groups and rows of an answer of shares are called, and how they stand in a table.
///
/// Groups are compared line below line: each row or horizon is a heading, its groups are the lines. With
/// one group the rows are the lines.
struct ShareRows {
  let answer: ShareAnswer
  let language: Language

  private var isPoint: Bool { answer.definition.kind == .point }
  private var clock: ClockUnit { answer.question.clock }

  /// Whether it was asked by groups, even if people are in one only.
  var isGrouped: Bool {
    !answer.question.groupedBy.isEmpty || !answer.question.definition.groups.isEmpty
  }

  /// A table with a line for each group and row.
  ///
  /// - Parameter cells: The figures of a line, without its name; nil leaves the line out. Both numbers are
  ///   places, of the group in the answer and of the row in the group.
  func table(
    _ columns: [TerminalTable.Column],
    cells: (_ group: Int, _ row: Int) -> [TableCell]?
  ) -> TerminalTable {
    var table = TerminalTable([lead] + columns)
    table.isSplittable = true
    let rows = 0..<(answer.groups.map(\.cells.count).max() ?? 0)
    guard isGrouped else {
      for row in rows {
        guard let cells = cells(0, row) else { continue }
        let cell = answer.groups[0].cells[row]
        table.append([TableCell(name(cell) + mark(cell))] + cells)
      }
      return table
    }
    for row in rows {
      var isFirst = true
      for (number, group) in answer.groups.enumerated() {
        guard let cells = cells(number, row) else { continue }
        if isFirst { table.section(heading(group.cells[row])) }
        isFirst = false
        table.append([TableCell(name(group) + mark(group.cells[row]))] + cells)
      }
    }
    return table
  }

  private var lead: TerminalTable.Column {
    func word(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    if isGrouped { return .label(word("GROUP", "GRUPPE"), minimum: 10) }
    guard isPoint else { return .label(word("WHAT", "WAS")) }
    return .number(clock == .day ? word("DAYS", "TAGE") : word("MONTHS", "MONATE"))
  }

  /// A group's name.
  func name(_ group: ShareAnswer.Group) -> String {
    let labels = Dictionary(
      answer.question.definition.groups.map { ($0.code, $0.label) }
    ) { one, _ in one }
    return GroupName.text(
      group.values, by: answer.question.groupedBy, labels: labels, language)
  }

  /// A row in a column of rows: a horizon as a number, for its heading says of what.
  private func name(_ cell: ShareAnswer.Cell) -> String {
    isPoint
      ? NumberStyle(language).decimal(cell.horizon, places: 0) : cell.row.label(language)
  }

  /// A row above its groups.
  func heading(_ cell: ShareAnswer.Cell) -> String {
    isPoint ? clock.words(cell.horizon, language) : cell.row.label(language)
  }

  /// The sign of what not everybody has reached.
  private func mark(_ cell: ShareAnswer.Cell) -> String { cell.isComplete ? "" : "*" }
}
