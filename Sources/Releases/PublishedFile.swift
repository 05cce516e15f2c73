public import Disclosure
import Interchange

/// A published table as a file.
public enum PublishedFile {
  /// The sign of a hidden number.
  public static let secret = "."

  /// Figures as CSV, row by row.
  static func csv(_ table: FigureTable) -> [UInt8] {
    var writer = CSVWriter(.csv)
    writer.header(table.header)
    for row in table.rows {
      for text in row { writer.text(text) }
      writer.endRow()
    }
    return writer.take()
  }

  /// The table as CSV in the order of cells, a point where a number is hidden.
  ///
  /// - Parameters:
  ///   - shape: The dimensions, a column each.
  ///   - printed: A number a cell, nil where it is hidden.
  ///   - countName: The header of the last column.
  public static func csv(
    _ shape: TableShape, printed: [Int64?], countName: String = "count"
  ) -> [UInt8] {
    var writer = CSVWriter(.csv)
    writer.header(shape.dimensions.map(\.name) + [countName])
    for (cell, value) in printed.enumerated() {
      for code in shape.codes(of: cell) { writer.text(code) }
      writer.verbatim(value.map { String($0) } ?? secret)
      writer.endRow()
    }
    return writer.take()
  }
}
