/// Remembers what short words stand for: codes, names of events and states.
///
/// A direct-mapped table: a word takes the place of another that falls on the same slot. Words of
/// more than 15 bytes are not kept.
struct WordCache<Value> {
  private struct Slot {
    var low: UInt64 = 0
    // The top byte holds the length, so a used slot is never zero.
    var high: UInt64 = 0
    var value: Value?
  }

  private var slots = [Slot](repeating: Slot(), count: 64)

  /// The two words into which a short cell is packed, or nil when it is too long.
  private static func key(_ cell: Span<UInt8>) -> (low: UInt64, high: UInt64)? {
    guard cell.count <= 15 else { return nil }
    var low: UInt64 = 0
    var high = UInt64(cell.count) << 56
    for index in cell.indices {
      if index < 8 {
        low |= UInt64(cell[index]) << UInt64(index * 8)
      } else {
        high |= UInt64(cell[index]) << UInt64((index - 8) * 8)
      }
    }
    return (low, high)
  }

  private static func slot(_ key: (low: UInt64, high: UInt64)) -> Int {
    Int(((key.low ^ key.high &* 31) &* 0x9E37_79B9_7F4A_7C15) >> 58)
  }

  /// What a word stands for, if it is remembered.
  func value(of cell: Span<UInt8>) -> Value? {
    guard let key = Self.key(cell) else { return nil }
    let slot = slots[Self.slot(key)]
    return slot.low == key.low && slot.high == key.high ? slot.value : nil
  }

  /// Remembers what a word stands for.
  mutating func keep(_ value: Value, for cell: Span<UInt8>) {
    guard let key = Self.key(cell) else { return }
    slots[Self.slot(key)] = Slot(low: key.low, high: key.high, value: value)
  }
}
