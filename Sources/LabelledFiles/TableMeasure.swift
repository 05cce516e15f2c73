public import Interchange

/// Looks at a table once before it is written: how many rows, how wide each text, which codes.
///
/// SPSS and Stata state all of that before the first row, so the same rows are gone through twice rather than
/// kept. Takes rows as a writer does, and writes nothing.
public struct TableMeasure: TableWriter, Sendable {
  /// What is known of one column.
  struct Column: Sendable {
    /// UTF-8 bytes of the widest text.
    var width = 0
    /// Codes that stand in the table but not in the list, sorted.
    var further: [String] = []
  }

  /// The number of rows.
  public private(set) var rows = 0
  private(set) var columns: [Column]
  private let codes: [Set<String>?]

  /// Starts with no rows.
  public init(_ variables: [TableVariable]) {
    columns = variables.map { _ in Column() }
    codes = variables.map { variable in
      variable.kind == .code ? Set(variable.codes.map(\.code)) : nil
    }
  }

  /// Takes in the next row.
  public mutating func append(_ row: [TableValue]) {
    rows += 1
    for (index, value) in row.enumerated() {
      guard case .text(let text) = value else { continue }
      columns[index].width = max(columns[index].width, text.utf8.count)
      if let known = codes[index], !known.contains(text), !columns[index].further.contains(text) {
        columns[index].further.append(text)
        columns[index].further.sort()
      }
    }
  }

  /// Ends the table.
  public mutating func end() {}

  /// There is nothing to hand over.
  public mutating func take() -> [UInt8] { [] }
}
