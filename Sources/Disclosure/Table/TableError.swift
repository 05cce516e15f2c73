/// What is wrong with a table.
public enum TableError: Error, Equatable, Sendable {
  /// A margin that is not the sum of its parts.
  public struct Gap: Equatable, Sendable {
    /// The margin, in words.
    public let cell: String
    /// What the table says.
    public let stated: Int64
    /// What its parts add up to.
    public let sum: Int64
    /// The dimension along which they do.
    public let dimension: String

    /// By how much the table is too high; negative when it is too low.
    public var excess: Int64 { stated - sum }
  }

  /// Margins that are not the sums of their parts, all of them.
  case notAdditive([Gap])
  /// A value below zero.
  case negative(cell: String, value: Int64)
  /// A value that is not a whole number, as it was written.
  case fractional(String, row: Int)
  /// A code that the hierarchy does not have at this place; rows count from 1.
  case unknownCategory(String, dimension: String, row: Int)
  /// A cell that stands twice.
  case repeatedCell(String, row: Int)
  /// Cells that are not there although the table has margins.
  case missingCells([String])
}

extension TableError: CustomStringConvertible {
  /// What is wrong, in plain English.
  public var description: String {
    switch self {
    case .notAdditive(let gaps):
      gaps.map { gap in
        "\(gap.cell) is \(gap.stated), its parts by \(gap.dimension) add up to \(gap.sum)"
          + " (\(gap.excess > 0 ? "+" : "")\(gap.excess))"
      }.joined(separator: "; ")
    case .negative(let cell, let value): "\(cell) is \(value), below zero"
    case .fractional(let text, let row): "row \(row): \(text) is not a whole number"
    case .unknownCategory(let code, let dimension, let row):
      "row \(row): \(dimension) has no category \(code) at the lowest level"
    case .repeatedCell(let cell, let row): "row \(row): \(cell) stands twice"
    case .missingCells(let cells): "missing: \(cells.joined(separator: "; "))"
    }
  }
}
