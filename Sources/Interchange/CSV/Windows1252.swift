/// The characters of Windows-1252 from 0x80 to 0x9F; zero where it has none.
private let upperControls: [UInt16] = [
  0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
  0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
  0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
  0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
]

/// Conversion from Windows-1252, as the Unicode consortium's table gives it.
enum Windows1252 {
  /// Whether the byte stands for a character.
  static func defines(_ byte: UInt8) -> Bool {
    !(0x80..<0xA0).contains(byte) || upperControls[Int(byte) - 0x80] != 0
  }

  /// Appends a byte's character in UTF-8; U+FFFD where it has none.
  static func append(_ byte: UInt8, to bytes: inout [UInt8]) {
    var scalar = UInt16(byte)
    if (0x80..<0xA0).contains(byte) {
      let mapped = upperControls[Int(byte) - 0x80]
      scalar = mapped == 0 ? 0xFFFD : mapped
    }
    switch scalar {
    case ..<0x80:
      bytes.append(byte)
    case ..<0x800:
      bytes.append(0xC0 | UInt8(scalar >> 6))
      bytes.append(0x80 | UInt8(scalar & 0x3F))
    default:
      bytes.append(0xE0 | UInt8(scalar >> 12))
      bytes.append(0x80 | UInt8(scalar >> 6 & 0x3F))
      bytes.append(0x80 | UInt8(scalar & 0x3F))
    }
  }

  /// The byte of a character; nil for one that Windows-1252 does not have.
  ///
  /// Controls stand for the bytes to which it gives no character, as programs let them through.
  static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    if scalar.value <= 0xFF { return UInt8(scalar.value) }
    return upperControls.firstIndex { UInt32($0) == scalar.value }.map { UInt8($0 + 0x80) }
  }

  /// Appends a text; a question mark for a character that Windows-1252 does not have.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case ..<0x80, 0xA0...0xFF: bytes.append(UInt8(scalar.value))
      default:
        let place = upperControls.firstIndex { $0 != 0 && UInt32($0) == scalar.value }
        bytes.append(place.map { UInt8($0 + 0x80) } ?? UInt8(ascii: "?"))
      }
    }
  }
}
