import Disclosure
import Interchange

/// What a release says of each group beside, or instead of, how many people are in it.
public enum ReleaseFigure: String, Codable, Sendable, CaseIterable {
  /// Of how many of those asked something holds.
  case rate
  /// The mean of a number that everybody has.
  case mean
  /// The class in which the middle of such numbers lies.
  case median
  /// To how many nothing happened up to fixed times.
  case curve
}

/// The rows of a release's file: codes and numbers, a point where something is hidden.
public struct FigureTable: Equatable, Sendable {
  /// The names of the columns.
  public let header: [String]
  /// One text a column.
  public private(set) var rows: [[String]] = []

  init(header: [String]) { self.header = header }

  mutating func append(_ row: [String]) {
    precondition(row.count == header.count)
    rows.append(row)
  }

  /// The rows of a file; nil for bytes that are none.
  public init?(_ file: [UInt8]) {
    do {
      var reader = try CSVReader(ByteSource(bytes: file))
      header = reader.header
      while try reader.next() { rows.append((0..<reader.row.count).map { reader.row.text($0) }) }
    } catch { return nil }
  }

  /// The last text of every row of a file.
  static func lastColumn(of file: [UInt8]) -> [String] {
    FigureTable(file)?.rows.compactMap(\.last) ?? []
  }

  /// A number, or the sign of a hidden one.
  static func text(_ number: Int64?) -> String { number.map { "\($0)" } ?? PublishedFile.secret }

  /// A whole number of tenths, hundredths or thousandths as a decimal number.
  static func decimal(_ number: Int64, places: Int) -> String {
    guard places > 0 else { return "\(number)" }
    let digits = String(number.magnitude)
    let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
    return (number < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
  }
}

/// Which of a figure's groups is which cell of the table that protects it.
///
/// Groups are the cells of the dimensions before the last few, in their order.
struct FigureGroups {
  let shape: TableShape
  /// How many dimensions make groups.
  let count: Int

  /// Every group, by its category in each of these dimensions.
  var all: [[Int]] {
    shape.dimensions.prefix(count).reduce([[]]) { found, dimension in
      found.flatMap { prefix in dimension.codes.indices.map { prefix + [$0] } }
    }
  }

  /// The codes of a group.
  func codes(_ group: [Int]) -> [String] {
    zip(shape.dimensions, group).map { $0.codes[$1] }
  }

  /// A cell of a group: its category in each of the further dimensions.
  func cell(_ group: [Int], _ further: [Int] = []) -> Int { shape.cell(group + further) }
}
