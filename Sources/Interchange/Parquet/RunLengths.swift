/// Parquet's hybrid of run lengths and packed bits, for levels and for numbers of a dictionary.
///
/// Eight or more equal values become a run; what is between runs is packed in groups of eight.
enum RunLengths {
  /// Encodes values of some bits each.
  static func encode(_ values: [UInt32], bitWidth: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var waiting: [UInt32] = []
    var index = 0
    while index < values.count {
      var end = index + 1
      while end < values.count, values[end] == values[index] { end += 1 }
      var start = index
      // A run takes the places that are left of a group of eight first.
      let missing = (8 - waiting.count % 8) % 8
      let taken = min(missing, end - start)
      if end - start - taken >= 8 {
        waiting.append(contentsOf: values[start..<start + taken])
        start += taken
        pack(&waiting, bitWidth, into: &bytes)
        bytes.appendVarint(UInt64(end - start) << 1)
        var value = values[index]
        for _ in 0..<((bitWidth + 7) / 8) {
          bytes.append(UInt8(truncatingIfNeeded: value))
          value >>= 8
        }
      } else {
        waiting.append(contentsOf: values[start..<end])
      }
      index = end
    }
    // The last group is filled up; the number of values says where it ends.
    while waiting.count % 8 != 0 { waiting.append(0) }
    pack(&waiting, bitWidth, into: &bytes)
    return bytes
  }

  private static func pack(_ waiting: inout [UInt32], _ bitWidth: Int, into bytes: inout [UInt8]) {
    if waiting.isEmpty { return }
    bytes.appendVarint(UInt64(waiting.count / 8) << 1 | 1)
    var bits: UInt64 = 0
    var filled = 0
    for value in waiting {
      bits |= UInt64(value) << UInt64(filled)
      filled += bitWidth
      while filled >= 8 {
        bytes.append(UInt8(truncatingIfNeeded: bits))
        bits >>= 8
        filled -= 8
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }
}
