/// Remembers what short words stand for: codes, names of events and states.
///
/// A table of 256 places, each word in one of four neighbours; where all four are taken, a word takes
/// the place of another. Words of more than 31 bytes are not kept.
struct WordCache<Value: Sendable>: Sendable {
  /// A short word, packed; the top byte holds the length, so that a used key is never zero.
  private typealias Key = SIMD4<UInt64>

  private struct Slot: Sendable {
    var key = Key.zero
    var value: Value?
  }

  private var slots = [Slot](repeating: Slot(), count: 256)

  /// The packed form of a cell, or nil when it is too long.
  private static func key(_ cell: Span<UInt8>) -> Key? {
    guard cell.count <= 31 else { return nil }
    var key = Key.zero
    var word: UInt64 = 0
    for index in cell.indices {
      word |= UInt64(cell[index]) << UInt64((index & 7) * 8)
      if index & 7 == 7 {
        key[index >> 3] = word
        word = 0
      }
    }
    key[cell.count >> 3] |= word
    key[3] |= UInt64(cell.count) << 56
    return key
  }

  private static func slot(_ key: Key) -> Int {
    let mixed = (key[0] &* 31 ^ key[1]) &* 31 ^ key[2] ^ key[3]
    return Int((mixed &* 0x9E37_79B9_7F4A_7C15) >> 56)
  }

  /// What a word stands for, if it is remembered.
  func value(of cell: Span<UInt8>) -> Value? {
    guard let key = Self.key(cell) else { return nil }
    let first = Self.slot(key)
    for offset in 0..<4 where slots[(first + offset) & 255].key == key {
      return slots[(first + offset) & 255].value
    }
    return nil
  }

  /// Remembers what a word stands for.
  mutating func keep(_ value: Value, for cell: Span<UInt8>) {
    guard let key = Self.key(cell) else { return }
    let first = Self.slot(key)
    let free = (0..<4).first { slots[(first + $0) & 255].value == nil } ?? 0
    slots[(first + free) & 255] = Slot(key: key, value: value)
  }
}
