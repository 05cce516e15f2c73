/// The rules for a row of column names.
enum CSVHeader {
  /// The column names of a row without blanks at their ends.
  ///
  /// Several columns may be without a name (spreadsheets leave them at the right edge); two with
  /// the same name are an error, unless the caller looks at them.
  ///
  /// - Parameter groups: The row above, where the names take two rows.
  static func names(
    of row: CSVRow, under groups: [String]? = nil, mayRepeat: Bool = false,
    delimiter: CSVDelimiter, name: String
  ) throws(CSVError) -> [String] {
    var names = (0..<row.count).map { row.trimmedText($0) }
    if let groups { names = Array(HeaderSearch.merged(groups, names).prefix(row.count)) }
    let place = row.position(of: 0)
    if let likely = otherDelimiter(in: row) {
      throw CSVError(
        .wrongDelimiter(used: delimiter, likely: likely), source: name, at: place)
    }
    if names.allSatisfy({ looksLikeValue($0) }) {
      throw CSVError(.noHeader, source: name, at: place)
    }
    var columns: [String: Int] = [:]
    for (index, column) in names.enumerated() where !mayRepeat && !column.isEmpty {
      if let first = columns.updateValue(index, forKey: column) {
        throw CSVError(
          .repeatedHeader(name: column, firstColumn: first + 1), source: name,
          at: row.position(of: index))
      }
    }
    return names
  }

  /// A delimiter in the only field of a header, unless the field is quoted.
  private static func otherDelimiter(in row: CSVRow) -> String? {
    guard row.count == 1 else { return nil }
    return row.withField(0) { field in
      guard !row.isQuoted(0) else { return nil }
      for (byte, name) in [(UInt8(0x3B), ";"), (0x09, "TAB"), (0x2C, ","), (0x7C, "|")] {
        for index in field.indices where field[index] == byte { return name }
      }
      return nil
    }
  }

  /// Whether a text is empty or made of digits and the signs of numbers and dates.
  private static func looksLikeValue(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "-"),
        UInt8(ascii: "+"), UInt8(ascii: ":"), UInt8(ascii: "/"), UInt8(ascii: " "):
        true
      default: false
      }
    }
  }
}
