import TestSupport
import Testing

@testable import EventLog

@Suite("The checksum of a record")
struct CRC32CTests {
  private static let published: [([UInt8], UInt32)] = [
    ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
    ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
    (Array(0..<32), 0x46DD_794E), (Array((0..<32).reversed()), 0x113F_DB5C),
    (Array("123456789".utf8), 0xE306_9283), ([], 0),
  ]

  @Test("is that of RFC 3720, B.4", arguments: published)
  func vectors(bytes: [UInt8], expected: UInt32) {
    #expect(CRC32C.checksum(bytes.span) == expected)
  }

  @Test("is that of the definition, bit by bit, at every length and offset")
  func definition() {
    func slow(_ bytes: ArraySlice<UInt8>) -> UInt32 {
      var crc = UInt32.max
      for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
      }
      return ~crc
    }
    var generator = SeededGenerator(seed: 7)
    let bytes = (0..<300).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    for count in 0..<bytes.count {
      for start in 0..<min(count, 9) {
        let part = Array(bytes.prefix(count))
        #expect(CRC32C.checksum(part.span, from: start) == slow(part[start...]))
      }
    }
  }
}
