/// Finds the row of column names where titles stand above it, or where it takes two rows.
///
/// Spreadsheets put a title, a date or a logo's line first, and merge cells over groups of columns:
/// `;Eintritt;;Austritt` above `Nr;Datum;Ort;Datum`. Two such rows are read as one, each name with
/// that of its group before it.
struct HeaderSearch {
  /// How many rows stand above the names.
  var above = 0
  /// Whether the names take two rows.
  var isMerged = false

  /// The rows looked at.
  static let depth = 20

  /// - Parameters:
  ///   - rows: The first rows of the file.
  ///   - fit: How many wanted columns a row of names has; the row that has most is taken, and among
  ///     equals the first, one row before two.
  init(_ rows: [[String]], fit: ([String]) -> Int) {
    var best = 0
    for (index, row) in rows.enumerated() {
      let single = fit(row)
      if single > best { (best, above, isMerged) = (single, index, false) }
      guard index + 1 < rows.count else { continue }
      let merged = fit(Self.merged(row, rows[index + 1]))
      if merged > max(best, fit(rows[index + 1])) {
        (best, above, isMerged) = (merged, index, true)
      }
    }
  }

  /// Two rows as one: a group's name goes before the names under it.
  static func merged(_ upper: [String], _ lower: [String]) -> [String] {
    var group = ""
    return (0..<max(upper.count, lower.count)).map { index in
      let name = index < lower.count ? lower[index] : ""
      if index < upper.count, !upper[index].isEmpty {
        // A name without names under it is no group.
        group = name.isEmpty ? "" : upper[index]
        return name.isEmpty ? upper[index] : "\(upper[index]) \(name)"
      }
      return group.isEmpty || name.isEmpty ? name : "\(group) \(name)"
    }
  }
}
