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
