extension CSVRow {
  /// Where a field begins in the file; for a quoted field, the place of its opening quote.
  ///
  /// A field after one with line breaks begins on a later line than the row does. Computed when
  /// asked for, by walking the record up to the field.
  public func position(of index: Int) -> CSVPosition {
    position(atOffset: Int(fields[index].rawStart))
  }

  /// The physical line on which a field begins, counted from 1.
  public func line(of index: Int) -> Int { position(of: index).line }

  /// The column at which a field begins on its line, counted from 1 in Unicode scalars.
  public func column(of index: Int) -> Int { position(of: index).column }

  /// The place of a byte of the record as it stands in the file.
  func position(atOffset offset: Int) -> CSVPosition {
    var line = line
    var column = 1
    var previous: UInt8 = 0
    for byte in bytes[..<min(offset, rawCount)] {
      switch byte {
      case 0x0A where previous == 0x0D:
        break
      case 0x0A, 0x0D:
        line += 1
        column = 1
      case 0x80..<0xC0 where encoding != .windows1252:
        break
      default:
        column += 1
      }
      previous = byte
    }
    return CSVPosition(line: line, column: column)
  }

  /// The line on which the first quoted field that runs over several lines begins.
  var lineOfFirstLongQuote: Int? {
    for index in fields.indices {
      let start = Int(fields[index].rawStart)
      let end = index + 1 < fields.count ? Int(fields[index + 1].rawStart) : rawCount
      if bytes[start..<end].contains(where: { $0 == 0x0A || $0 == 0x0D }) {
        return position(atOffset: start).line
      }
    }
    return nil
  }
}
