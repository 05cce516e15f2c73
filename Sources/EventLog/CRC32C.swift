/// CRC-32C (Castagnoli), as in RFC 3720: finds flipped bits that LMDB cannot see.
public enum CRC32C {
  /// Eight tables of 256 entries, for eight bytes a step.
  private static let tables: [UInt32] = {
    var tables = [UInt32](repeating: 0, count: 8 * 256)
    for i in 0..<256 {
      var value = UInt32(i)
      for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
      tables[i] = value
    }
    for i in 0..<256 {
      for table in 1..<8 {
        let previous = tables[(table - 1) * 256 + i]
        tables[table * 256 + i] = tables[Int(previous & 0xFF)] ^ previous >> 8
      }
    }
    return tables
  }()

  /// The checksum of the bytes from an offset to the end.
  public static func checksum(_ bytes: Span<UInt8>, from start: Int = 0) -> UInt32 {
    let table = tables.span
    var crc = ~UInt32(0)
    var i = start
    while i + 8 <= bytes.count {
      let low =
        crc
        ^ (UInt32(bytes[i]) | UInt32(bytes[i + 1]) << 8 | UInt32(bytes[i + 2]) << 16
          | UInt32(bytes[i + 3]) << 24)
      let first = table[0x700 + Int(low & 0xFF)] ^ table[0x600 + Int(low >> 8 & 0xFF)]
      let second = table[0x500 + Int(low >> 16 & 0xFF)] ^ table[0x400 + Int(low >> 24)]
      let third = table[0x300 + Int(bytes[i + 4])] ^ table[0x200 + Int(bytes[i + 5])]
      let fourth = table[0x100 + Int(bytes[i + 6])] ^ table[Int(bytes[i + 7])]
      crc = first ^ second ^ third ^ fourth
      i += 8
    }
    while i < bytes.count {
      crc = table[Int((crc ^ UInt32(bytes[i])) & 0xFF)] ^ crc >> 8
      i += 1
    }
    return ~crc
  }
}
