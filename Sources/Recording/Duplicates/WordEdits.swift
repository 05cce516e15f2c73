/// How many letters two words of small Latin letters differ in, all of a column at once.
///
/// The distance of Damerau and Levenshtein in which neighbours that were swapped count once and no
/// letter is touched twice. A column of its table is held as differences, one bit a letter, so that a
/// letter of the other word costs a dozen operations (H. Hyyrö, A bit-vector algorithm for computing
/// Levenshtein and Damerau edit distances, Nordic Journal of Computing 10, 2003).
enum WordEdits {
  /// The longest word that is compared so.
  static let longest = 64

  /// The distance; nil where a word is empty, longer than ``longest``, or holds anything but a–z.
  static func distance(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Int? {
    guard (1...longest).contains(one.count), !other.isEmpty else { return nil }
    // Where in the first word each letter stands.
    var places = InlineArray<32, UInt64>(repeating: 0)
    for index in one.indices {
      guard isLetter(one[index]) else { return nil }
      places[Int(one[index] & 31)] |= 1 << UInt64(index)
    }
    let last: UInt64 = 1 << UInt64(one.count - 1)
    var (rises, falls) = (UInt64.max, UInt64(0))
    var (diagonal, before) = (UInt64(0), UInt64(0))
    var distance = one.count
    for index in other.indices {
      guard isLetter(other[index]) else { return nil }
      let here = places[Int(other[index] & 31)]
      let swapped = ((~diagonal & here) << 1) & before
      diagonal = (((here & rises) &+ rises) ^ rises) | here | falls | swapped
      var along = falls | ~(diagonal | rises)
      var back = diagonal & rises
      if along & last != 0 { distance += 1 }
      if back & last != 0 { distance -= 1 }
      along = along << 1 | 1
      back <<= 1
      rises = back | ~(diagonal | along)
      falls = along & diagonal
      before = here
    }
    return distance
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "a") < 26 }
}
