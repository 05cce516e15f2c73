// Columns as bytes and back: one copy of memory each way. Precondition: plain numbers only.

/// Appends a column's bytes in the machine's own order, padded to a multiple of eight.
func append<T: BitwiseCopyable>(_ column: [T], to bytes: inout [UInt8]) {
  unsafe column.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
  while bytes.count % 8 != 0 { bytes.append(0) }
}

/// Reads a column of `count` numbers from an offset; nil when the bytes do not reach so far.
func column<T: BitwiseCopyable>(
  _ type: T.Type, in bytes: Span<UInt8>, at offset: Int, count: Int
) -> [T]? {
  let length = count * MemoryLayout<T>.stride
  guard count >= 0, offset >= 0, offset + length <= bytes.count else { return nil }
  return unsafe [T](unsafeUninitializedCapacity: count) { buffer, filled in
    unsafe bytes.withUnsafeBytes { source in
      unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: source[offset..<offset + length]))
    }
    filled = count
  }
}

/// A checksum of columns: finds every change within eight bytes, and any other change but for one in
/// 2⁶⁴.
///
/// Four lanes, because a question checks every byte that it reads: the multiplications of one would
/// wait for each other. Every step is a bijection of the word it takes in. Precondition: the length
/// is a multiple of eight. Not a hash against people who mean harm; the Merkle tree is.
func columnSum(_ bytes: Span<UInt8>) -> UInt64 {
  let prime: UInt64 = 0x9E37_79B1_85EB_CA87
  var lanes = SIMD4<UInt64>(1, 2, 3, 4) &* prime
  let whole = bytes.count / 32 * 32
  return unsafe bytes.withUnsafeBytes { source in
    var at = 0
    while at < whole {
      for lane in 0..<4 {
        let word = unsafe source.loadUnaligned(fromByteOffset: at + lane * 8, as: UInt64.self)
        let mixed = (lanes[lane] ^ word) &* prime
        lanes[lane] = mixed << 29 | mixed >> 35
      }
      at += 32
    }
    var sum = UInt64(source.count)
    for lane in 0..<4 { sum = mixed(sum ^ lanes[lane], prime) }
    while at + 8 <= source.count {
      let word = unsafe source.loadUnaligned(fromByteOffset: at, as: UInt64.self)
      sum = mixed(sum ^ word, prime)
      at += 8
    }
    return sum
  }
}

private func mixed(_ word: UInt64, _ prime: UInt64) -> UInt64 {
  let product = word &* prime
  return product ^ product >> 32
}

/// Reads a column of `count` numbers, each kept in fewer bytes as its distance from `base`; nil when
/// the bytes do not reach so far.
///
/// Unsafe for a loop without checks of bounds, which a compiler turns into vectors: questions read
/// attributes this way. Distances add up modulo the width of the number.
func column<Stored: FixedWidthInteger & BitwiseCopyable, Number: FixedWidthInteger>(
  storedAs stored: Stored.Type, from base: Number, in bytes: Span<UInt8>, at offset: Int,
  count: Int
) -> [Number]? {
  let stride = MemoryLayout<Stored>.stride
  guard count >= 0, offset >= 0, offset + count * stride <= bytes.count else { return nil }
  return unsafe [Number](unsafeUninitializedCapacity: count) { buffer, filled in
    unsafe bytes.withUnsafeBytes { source in
      for index in 0..<count {
        let distance = unsafe source.loadUnaligned(
          fromByteOffset: offset &+ index &* stride, as: Stored.self)
        unsafe buffer.initializeElement(
          at: index, to: base &+ Number(truncatingIfNeeded: distance))
      }
    }
    filled = count
  }
}
