/// The places in a chunk where a delimiter, quote, line break or NUL stands, in order.
///
/// This is the only loop that looks at every byte of a file. A version that compared eight bytes at
/// a time through a pointer gained less than a tenth on the whole reader, so the plain,
/// checked loop stays.
struct StructuralMarks {
  /// Offsets into the chunk; only the first ``count`` are meaningful.
  private(set) var offsets: [UInt32] = []
  private(set) var count = 0
  /// Whether any byte of the chunk is outside ASCII.
  private(set) var holdsNonASCII = false

  /// Finds the marks in the first `length` bytes of a chunk.
  mutating func find(in chunk: [UInt8], length: Int, delimiter: UInt8) {
    precondition(chunk.count <= Int(UInt32.max), "offsets are 32 bits wide")
    if offsets.count < length { offsets = [UInt32](repeating: 0, count: length) }
    let bytes = chunk.span
    var found = 0
    var all: UInt8 = 0
    for index in 0..<length {
      let byte = bytes[index]
      all |= byte
      if byte == delimiter || byte == 0x22 || byte == 0x0A || byte == 0x0D || byte == 0 {
        offsets[found] = UInt32(truncatingIfNeeded: index)
        found &+= 1
      }
    }
    count = found
    holdsNonASCII = all >= 0x80
  }
}
