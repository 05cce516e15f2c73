extension CSVReader {
  /// Clears what belonged to the record before.
  mutating func beginRecord() {
    row.removeAll()
    scan.state = .plain
    scan.fieldHasDoubledQuotes = false
    scan.isSkipping = false
    if scan.fault != nil { scan.fault = nil }
    scan.mayHoldNonASCII = marks.holdsNonASCII
    if !scan.doubled.isEmpty { scan.doubled.removeAll(keepingCapacity: true) }
    row.line = scan.line
  }

  /// Goes from mark to mark until the record ends; nil when the chunk ends first.
  ///
  /// Returns the place in the file at which the record ends, its line break excluded. Only marks
  /// are looked at: whatever stands between them is content.
  mutating func scanMarks() -> Int? {
    while scan.nextMark < marks.count {
      let index = Int(marks.offsets[scan.nextMark])
      scan.nextMark &+= 1
      let byte = chunk[index]
      let place = scan.chunkOffset &+ index
      if scan.state == .closed {
        if place != scan.closingQuote + 1 {
          scan.breakQuotedField()
        } else if byte == 0x22 {
          scan.state = .quoted
          scan.fieldHasDoubledQuotes = true
          continue
        }
      }
      switch byte {
      case delimiter.byte where scan.state != .quoted:
        endField(at: place)
        scan.fieldStart = place &+ 1
      case 0x0A:
        if place == scan.pairedLineFeed {
          if place == scan.recordStart { scan.moveRecordStart(to: place + 1) }
          continue
        }
        scan.line &+= 1
        if scan.state == .quoted { continue }
        if endRecord(at: place) { return place }
      case 0x0D:
        scan.pairedLineFeed = place &+ 1
        scan.line &+= 1
        if scan.state == .quoted { continue }
        if endRecord(at: place) { return place }
      case 0x22:
        switch scan.state {
        case .quoted:
          scan.state = .closed
          scan.closingQuote = place
        case .plain where place == scan.fieldStart:
          scan.state = .quoted
          scan.quoteLine = scan.line
        case .plain, .closed:
          break
        }
      case 0:
        if scan.state == .closed { scan.breakQuotedField() }
        scan.note(.nul, at: place)
      default:
        break
      }
    }
    return nil
  }

  /// Ends the field in work at a delimiter, a line break or the end of the file.
  mutating func endField(at place: Int) {
    if isTooLong(upTo: place) { skipRest() }
    guard !scan.isSkipping else {
      scan.state = .plain
      return
    }
    let rawStart = UInt32(truncatingIfNeeded: scan.fieldStart &- scan.recordStart)
    if scan.state == .plain {
      let end = UInt32(truncatingIfNeeded: place &- scan.recordStart)
      row.fields.append(CSVRow.Field(start: rawStart, end: end, rawStart: rawStart))
      return
    }
    scan.state = .plain
    let end = UInt32(truncatingIfNeeded: scan.closingQuote &- scan.recordStart)
    if scan.fieldHasDoubledQuotes {
      scan.fieldHasDoubledQuotes = false
      scan.doubled.append(row.fields.count)
    }
    row.fields.append(CSVRow.Field(start: rawStart &+ 1, end: end, rawStart: rawStart))
  }

  /// Copies the unfinished record out of a used-up chunk, unless it is too long.
  mutating func keepPartOfRecord() {
    let end = scan.chunkOffset + scan.chunkCount
    if isTooLong(upTo: end) { skipRest() }
    guard !scan.isSkipping else { return }
    copyRecord(to: end)
  }

  mutating func copyRecord(to end: Int) {
    // Not so after a byte order mark: nothing has been read, and the record begins at 3.
    guard scan.copiedTo < end else { return }
    let (start, offset) = (scan.copiedTo, scan.chunkOffset)
    row.bytes.append(contentsOf: chunk[start - offset..<end - offset])
    scan.copiedTo = end
  }

  /// Ends the record, or passes over an empty line; true when there is a record.
  private mutating func endRecord(at place: Int) -> Bool {
    if place == scan.recordStart {
      scan.moveRecordStart(to: place + 1)
      row.line = scan.line
      return false
    }
    endField(at: place)
    return true
  }

  /// Whether the field in work, the record, or the number of fields passes its limit.
  private func isTooLong(upTo place: Int) -> Bool {
    place &- scan.fieldStart > options.longestField
      || place &- scan.recordStart > options.longestRow || row.fields.count >= 1 << 16
  }

  /// Gives up the field in work and the rest of the record, but keeps what is before the field.
  private mutating func skipRest() {
    guard !scan.isSkipping else { return }
    // Which limit is passed first must not depend on where the chunks end.
    let fieldEnd = scan.fieldStart + options.longestField
    let recordEnd = scan.recordStart + options.longestRow
    let isFieldFirst = row.fields.count < 1 << 16 && fieldEnd <= recordEnd
    scan.fault =
      isFieldFirst
      ? (.fieldTooLong(limit: options.longestField), scan.fieldStart)
      : (.rowTooLong(limit: options.longestRow), scan.fieldStart)
    copyRecord(to: scan.fieldStart)
    row.bytes.removeLast(row.bytes.count - (scan.fieldStart - scan.recordStart))
    scan.isSkipping = true
  }
}
