extension CSVRow {
  /// Calls the closure with a field's bytes without blanks at either end.
  ///
  /// Blanks are space, tab and the no-break space that spreadsheets leave behind.
  @inlinable
  public func withTrimmedField<Result, Failure: Error>(
    _ index: Int, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let range = trimmedRange(index)
    return try body(bytes.span.extracting(range))
  }

  /// A field's text without blanks at either end.
  public func trimmedText(_ index: Int) -> String {
    String(decoding: bytes[trimmedRange(index)], as: UTF8.self)
  }

  /// Whether a field is exactly the given bytes.
  @inlinable
  public func field(_ index: Int, equals expected: [UInt8]) -> Bool {
    let field = fields[index]
    guard Int(field.end - field.start) == expected.count else { return false }
    for offset in expected.indices where bytes[Int(field.start) + offset] != expected[offset] {
      return false
    }
    return true
  }

  /// A field as a whole number, or nil when it is anything but an optional sign and digits.
  public func integer(_ index: Int) -> Int? {
    withTrimmedField(index) { digits in
      guard !digits.isEmpty else { return nil }
      let isNegative = digits[0] == UInt8(ascii: "-")
      let first = isNegative || digits[0] == UInt8(ascii: "+") ? 1 : 0
      guard first < digits.count else { return nil }
      var value = 0
      for place in first..<digits.count {
        let digit = Int(digits[place]) - 0x30
        guard (0...9).contains(digit) else { return nil }
        let (tenfold, tooLarge) = value.multipliedReportingOverflow(by: 10)
        // Built downwards for negatives, so that the smallest integer is reached too.
        let (sum, overflow) =
          isNegative
          ? tenfold.subtractingReportingOverflow(digit) : tenfold.addingReportingOverflow(digit)
        guard !tooLarge, !overflow else { return nil }
        value = sum
      }
      return value
    }
  }

  @usableFromInline
  func trimmedRange(_ index: Int) -> Range<Int> {
    var start = Int(fields[index].start)
    var end = Int(fields[index].end)
    while start < end {
      if bytes[start] == 0x20 || bytes[start] == 0x09 {
        start += 1
      } else if end - start >= 2, bytes[start] == 0xC2, bytes[start + 1] == 0xA0 {
        start += 2
      } else {
        break
      }
    }
    while start < end {
      if bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 {
        end -= 1
      } else if end - start >= 2, bytes[end - 2] == 0xC2, bytes[end - 1] == 0xA0 {
        end -= 2
      } else {
        break
      }
    }
    return start..<end
  }
}
