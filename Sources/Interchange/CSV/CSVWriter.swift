public import Journey

/// Writes rows of CSV into a buffer that the caller empties.
///
///     var writer = CSVWriter(.germanCSV)
///     writer.header(["name", "lohn"])
///     writer.text("Anna")
///     writer.verbatim("1.234,50")
///     writer.endRow()
///     output.write(writer.take())
///
/// A field is quoted when it contains the delimiter, a quote or a line break. In
/// ``CSVDialect/germanCSV`` a *text* that begins with `=`, `+`, `-`, `@`, tab or return gets a
/// leading apostrophe, so that a spreadsheet does not run it as a formula; numbers and dates are
/// written with ``verbatim(_:)`` and stay as they are. A NUL becomes U+FFFD, since no reader
/// accepts it.
public struct CSVWriter: Sendable {
  /// How the rows are written.
  public let dialect: CSVDialect
  /// What has been written since the buffer was last emptied.
  public private(set) var bytes: [UInt8] = []
  private var rowStart: Int
  private var fieldsInRow = 0

  /// Starts a file; writes the byte order mark where the dialect has one.
  public init(_ dialect: CSVDialect) {
    self.dialect = dialect
    if dialect.hasByteOrderMark { bytes = [0xEF, 0xBB, 0xBF] }
    rowStart = bytes.count
  }

  /// Writes a row of column names.
  public mutating func header(_ names: [String]) {
    for name in names { text(name) }
    endRow()
  }

  /// Writes a field that a person typed.
  public mutating func text(_ value: String) {
    text(utf8: value.utf8.span)
  }

  /// Writes a field that a person typed, given in UTF-8.
  public mutating func text(utf8 value: Span<UInt8>) {
    beginField()
    let isGuarded = dialect.guardsFormulas && !value.isEmpty && startsFormula(value[0])
    append(value, apostrophe: isGuarded)
  }

  /// Writes a field that the program made, such as a number or a date, without a guard.
  public mutating func verbatim(_ value: String) {
    beginField()
    append(value.utf8.span, apostrophe: false)
  }

  /// Writes a whole number.
  public mutating func integer(_ value: Int) { verbatim(String(value)) }

  /// Writes a day as the readers of such a file write it: `31.12.2026` for German spreadsheets, else
  /// ISO 8601.
  public mutating func day(_ value: Day) { verbatim(dialect.text(of: value)) }

  /// Writes a field without content.
  public mutating func empty() { beginField() }

  /// Ends the row.
  ///
  /// A row of one empty field is written as two quotes, since an empty line is no row.
  public mutating func endRow() {
    precondition(fieldsInRow > 0, "a row has at least one field")
    if fieldsInRow == 1, bytes.count == rowStart { bytes += [0x22, 0x22] }
    if dialect.endsRowsWithCarriageReturn { bytes.append(0x0D) }
    bytes.append(0x0A)
    fieldsInRow = 0
    rowStart = bytes.count
  }

  /// Hands over the buffer and starts an empty one; call it between rows.
  public mutating func take() -> [UInt8] {
    precondition(fieldsInRow == 0, "the row is not ended")
    let taken = bytes
    bytes = []
    bytes.reserveCapacity(taken.count)
    rowStart = 0
    return taken
  }

  private mutating func beginField() {
    if fieldsInRow > 0 { bytes.append(dialect.delimiter.byte) }
    fieldsInRow += 1
  }

  private mutating func append(_ value: Span<UInt8>, apostrophe: Bool) {
    let isQuoted = needsQuotes(value)
    if isQuoted { bytes.append(0x22) }
    if apostrophe { bytes.append(UInt8(ascii: "'")) }
    for index in value.indices {
      switch value[index] {
      case 0: bytes += [0xEF, 0xBF, 0xBD]
      case 0x22:
        if isQuoted { bytes.append(0x22) }
        bytes.append(0x22)
      case let byte: bytes.append(byte)
      }
    }
    if isQuoted { bytes.append(0x22) }
  }

  private func needsQuotes(_ value: Span<UInt8>) -> Bool {
    // A text that begins with U+FEFF would be taken for a byte order mark at the start of a file.
    if value.count >= 3, value[0] == 0xEF, value[1] == 0xBB, value[2] == 0xBF { return true }
    for index in value.indices {
      switch value[index] {
      case dialect.delimiter.byte, 0x22, 0x0A, 0x0D: return true
      default: break
      }
    }
    return false
  }

  private func startsFormula(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0D:
      true
    default: false
    }
  }
}

extension CSVDialect {
  /// A day as the readers of such a file write it.
  func text(of day: Day) -> String {
    self == .germanCSV ? CivilDate(day).german : day.description
  }
}
