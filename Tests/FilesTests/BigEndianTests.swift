import Files
import Testing

@Suite("Big-endian numbers")
struct BigEndianTests {
  @Test("stand with the most significant byte first")
  func order() {
    var bytes = [UInt8]()
    bytes.appendBigEndian(UInt16(0x0102))
    bytes.appendBigEndian(UInt32(0x0304_0506))
    bytes.appendBigEndian(UInt64(0x0708_090A_0B0C_0D0E))
    #expect(bytes == Array(1...14))
    #expect(bytes.bigEndian16(at: 0) == 0x0102)
    #expect(bytes.bigEndian32(at: 2) == 0x0304_0506)
    #expect(bytes.bigEndian64(at: 6) == 0x0708_090A_0B0C_0D0E)
    #expect(bytes.span.bigEndian32(at: 2) == 0x0304_0506)
    #expect(bytes.span.bigEndian64(at: 6) == 0x0708_090A_0B0C_0D0E)
    #expect(bytes.span.copied() == bytes)
  }

  @Test("come back as they went, at the ends of their ranges too")
  func ends() {
    for number in [UInt64.min, 1, 255, 256, 1 << 31, 1 << 32, 1 << 63, .max] {
      var bytes = [UInt8]()
      bytes.appendBigEndian(number)
      bytes.appendBigEndian(UInt32(truncatingIfNeeded: number))
      bytes.appendBigEndian(UInt16(truncatingIfNeeded: number))
      #expect(bytes.bigEndian64(at: 0) == number)
      #expect(bytes.bigEndian32(at: 8) == UInt32(truncatingIfNeeded: number))
      #expect(bytes.bigEndian16(at: 12) == UInt16(truncatingIfNeeded: number))
    }
  }
}
