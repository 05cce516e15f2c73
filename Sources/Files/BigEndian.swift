// Inlinable: these run for every record, in other modules.

extension [UInt8] {
  /// Appends a number, most significant byte first.
  @inlinable public mutating func appendBigEndian(_ number: UInt16) {
    append(UInt8(truncatingIfNeeded: number >> 8))
    append(UInt8(truncatingIfNeeded: number))
  }

  /// Appends a number, most significant byte first.
  @inlinable public mutating func appendBigEndian(_ number: UInt32) {
    appendBigEndian(UInt16(truncatingIfNeeded: number >> 16))
    appendBigEndian(UInt16(truncatingIfNeeded: number))
  }

  /// Appends a number, most significant byte first.
  @inlinable public mutating func appendBigEndian(_ number: UInt64) {
    appendBigEndian(UInt32(truncatingIfNeeded: number >> 32))
    appendBigEndian(UInt32(truncatingIfNeeded: number))
  }

  /// Overwrites four bytes with a number, most significant byte first.
  @inlinable public mutating func setBigEndian(_ number: UInt32, at offset: Int) {
    for i in 0..<4 {
      self[offset + i] = UInt8(truncatingIfNeeded: number >> UInt32(24 - 8 * i))
    }
  }

  /// Overwrites eight bytes with a number, most significant byte first.
  @inlinable public mutating func setBigEndian(_ number: UInt64, at offset: Int) {
    for i in 0..<8 {
      self[offset + i] = UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * i))
    }
  }

  /// Reads two bytes, most significant first.
  @inlinable public func bigEndian16(at offset: Int) -> UInt16 {
    UInt16(self[offset]) << 8 | UInt16(self[offset + 1])
  }

  /// Reads four bytes, most significant first.
  @inlinable public func bigEndian32(at offset: Int) -> UInt32 {
    UInt32(bigEndian16(at: offset)) << 16 | UInt32(bigEndian16(at: offset + 2))
  }

  /// Reads eight bytes, most significant first.
  @inlinable public func bigEndian64(at offset: Int) -> UInt64 {
    UInt64(bigEndian32(at: offset)) << 32 | UInt64(bigEndian32(at: offset + 4))
  }
}

extension Span where Element == UInt8 {
  /// Reads four bytes, most significant first.
  @inlinable public func bigEndian32(at offset: Int) -> UInt32 {
    UInt32(self[offset]) << 24 | UInt32(self[offset + 1]) << 16 | UInt32(self[offset + 2]) << 8
      | UInt32(self[offset + 3])
  }

  /// Reads eight bytes, most significant first.
  @inlinable public func bigEndian64(at offset: Int) -> UInt64 {
    UInt64(bigEndian32(at: offset)) << 32 | UInt64(bigEndian32(at: offset + 4))
  }

  /// The bytes as an array of their own.
  @inlinable public func copied() -> [UInt8] {
    unsafe withUnsafeBytes { unsafe Array($0) }
  }
}
