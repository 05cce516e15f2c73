/// A short key made of big-endian numbers, without an allocation.
///
/// LMDB compares keys byte by byte, so numbers sort rightly when their highest byte comes first,
/// and fields of fixed width need no separator.
///
///     let key = BigEndianKey(ref).appending(version)
///     try transaction.value(for: key.span, in: streams)
public struct BigEndianKey: Sendable {
  /// The number of bytes that fit.
  public static let capacity = 32

  @usableFromInline var bytes = InlineArray<32, UInt8>(repeating: 0)

  /// The number of bytes in use.
  public private(set) var count = 0

  /// A key of four bytes.
  public init(_ number: UInt32) { append(number) }

  /// A key of eight bytes.
  public init(_ number: UInt64) { append(number) }

  /// This key with four more bytes.
  public consuming func appending(_ number: UInt32) -> BigEndianKey {
    append(number)
    return self
  }

  /// This key with eight more bytes.
  public consuming func appending(_ number: UInt64) -> BigEndianKey {
    append(number)
    return self
  }

  /// The bytes of the key.
  public var span: Span<UInt8> {
    @_lifetime(borrow self)
    get { bytes.span.extracting(first: count) }
  }

  private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    let width = Number.bitWidth / 8
    precondition(count + width <= Self.capacity, "a big-endian key has at most 32 bytes")
    for index in 0..<width {
      bytes[count + index] = UInt8(truncatingIfNeeded: number >> (8 * (width - 1 - index)))
    }
    count += width
  }
}

/// The number that big-endian bytes stand for.
func bigEndian<Number: FixedWidthInteger>(_ bytes: Span<UInt8>, as type: Number.Type) -> Number {
  var number: Number = 0
  for index in bytes.indices { number = number << 8 | Number(bytes[index]) }
  return number
}
