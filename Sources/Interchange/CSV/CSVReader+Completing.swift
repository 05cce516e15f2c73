extension CSVReader {
  /// Finishes the record that ends at a place of the current chunk, and prepares the next.
  mutating func completeRecord(end: Int) {
    if !scan.isSkipping { copyRecord(to: end) }
    row.rawCount = row.bytes.count
    row.byteOffset = scan.recordStart
    row.byteCount = end - scan.recordStart
    if scan.mayHoldNonASCII { convertToUTF8() } else { row.encoding = encoding }
    if !scan.doubled.isEmpty { halveDoubledQuotes() }
    if let fault = scan.fault {
      let place = row.position(atOffset: fault.offset - scan.recordStart)
      row.problem = CSVError(fault.kind, source: name, at: place)
    } else if let expected = scan.expectedCount {
      if row.count != expected { noteRaggedRow(expected: expected) }
    } else {
      scan.expectedCount = row.count
    }
    scan.moveRecordStart(to: end + 1)
  }

  /// Finishes the record that the end of the file ends; false when there is none.
  mutating func completeLastRecord() throws(CSVError) -> Bool {
    scan.isFinished = true
    let end = scan.chunkOffset
    if scan.state == .quoted { throw unterminatedQuote() }
    if scan.state == .closed, end > scan.closingQuote + 1 { scan.breakQuotedField() }
    guard end > scan.recordStart else { return false }
    endField(at: end)
    completeRecord(end: end)
    return true
  }

  private func unterminatedQuote() -> CSVError {
    let offset = scan.fieldStart - scan.recordStart
    guard offset <= row.bytes.count else {
      return CSVError(.unterminatedQuote, source: name, line: scan.quoteLine)
    }
    var record = row
    record.rawCount = row.bytes.count
    record.encoding = encoding
    if encoding == nil, firstInvalidUTF8(row.bytes.span) != nil { record.encoding = .windows1252 }
    return CSVError(.unterminatedQuote, source: name, at: record.position(atOffset: offset))
  }

  private mutating func noteRaggedRow(expected: Int) {
    // The first surplus field has a place; a missing one has not, so the row as a whole is named.
    let isTooLong = row.count > expected
    let place = isTooLong ? row.position(of: expected) : CSVPosition(line: row.line, column: 1)
    row.problem = CSVError(
      .raggedRow(found: row.count, expected: expected, quoteFrom: row.lineOfFirstLongQuote),
      source: name, at: place)
  }

  /// Checks UTF-8, or decodes Windows-1252, in a record that may hold bytes outside ASCII.
  private mutating func convertToUTF8() {
    var all: UInt8 = 0
    for byte in row.bytes { all |= byte }
    guard all >= 0x80 else {
      row.encoding = encoding
      return
    }
    let invalid = encoding == .windows1252 ? nil : firstInvalidUTF8(row.bytes.span)
    if encoding == nil {
      encoding = invalid == nil ? .utf8 : .windows1252
      if encoding == .windows1252 { notices.append(.windows1252) }
    }
    row.encoding = encoding
    if encoding == .windows1252 {
      decodeWindows1252()
    } else if let invalid {
      scan.note(.invalidUTF8(byte: row.bytes[invalid]), at: scan.recordStart + invalid)
    }
  }

  private mutating func decodeWindows1252() {
    if let unknown = row.bytes.firstIndex(where: { !Windows1252.defines($0) }) {
      scan.note(.notWindows1252(byte: row.bytes[unknown]), at: scan.recordStart + unknown)
    }
    for index in row.fields.indices {
      let range = Int(row.fields[index].start)..<Int(row.fields[index].end)
      guard row.bytes[range].contains(where: { $0 >= 0x80 }) else { continue }
      let start = row.bytes.count
      for place in range { Windows1252.append(row.bytes[place], to: &row.bytes) }
      row.fields[index].start = UInt32(start)
      row.fields[index].end = UInt32(row.bytes.count)
    }
  }

  private mutating func halveDoubledQuotes() {
    for index in scan.doubled {
      let range = Int(row.fields[index].start)..<Int(row.fields[index].end)
      let start = row.bytes.count
      var isSecondQuote = false
      for place in range {
        let byte = row.bytes[place]
        isSecondQuote = byte == 0x22 && !isSecondQuote
        if isSecondQuote || byte != 0x22 { row.bytes.append(byte) }
      }
      row.fields[index].start = UInt32(start)
      row.fields[index].end = UInt32(row.bytes.count)
    }
  }
}

/// The offset of the first byte that is no part of valid UTF-8, or nil.
func firstInvalidUTF8(_ bytes: Span<UInt8>) -> Int? {
  do throws(UTF8.ValidationError) {
    _ = try UTF8Span(validating: bytes)
    return nil
  } catch {
    return error.byteOffsets.lowerBound
  }
}
