import TestSupport

/// Makes strange bytes out of good ones, the same for the same seed.
struct Mutator {
  private var random: SeededGenerator
  private let corpus: [[UInt8]]
  /// Longer inputs find nothing that shorter ones do not.
  static let longest = 10_000

  private static let numbers: [[UInt8]] = [
    [0x00], [0xFF], [0x7F], [0x80], [0xFF, 0xFF], [0x7F, 0xFF, 0xFF, 0xFF],
    [0xFF, 0xFF, 0xFF, 0xFF],
    [0x80, 0, 0, 0], [UInt8](repeating: 0xFF, count: 8),
    [0x7F] + [UInt8](repeating: 0xFF, count: 7),
    [UInt8](repeating: 0xFF, count: 9) + [0x01], [0, 0, 0, 1], [1, 0, 0, 0, 0, 0, 0, 0],
  ]
  private static let words = [
    "-1", "0", "9223372036854775807", "18446744073709551616", "-9223372036854775808", "1e999", "\"",
    "\\", "\u{FEFF}", "\r\n", "\n", "[[", "]]", "{", "}", "= ", "\u{2014} ", "\u{0}", "ä",
    "a\u{308}",
    "\u{1F9ED}", "2024-02-30", "31.12.9999", ";", "\t", "''", "\"\"\"", "#",
  ].map { Array($0.utf8) }

  init(corpus: [[UInt8]], seed: UInt64) {
    self.corpus = corpus
    random = SeededGenerator(seed: seed)
  }

  /// The next input.
  mutating func next() -> [UInt8] {
    var bytes = corpus.isEmpty ? [] : random.pick(corpus)
    for _ in 0..<(1 << Int.random(in: 0...4, using: &random)) { change(&bytes) }
    return Array(bytes.prefix(Mutator.longest))
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = Int.random(in: 0...bytes.count, using: &random)
    let end = min(bytes.count, place + Int.random(in: 1...24, using: &random))
    switch Int.random(in: 0..<11, using: &random) {
    case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1 where place < bytes.count:
      bytes[place] = UInt8.random(in: .min ... .max, using: &random)
    case 2 where place < bytes.count:
      // Counts and lengths are most often off by little.
      bytes[place] &+= UInt8(bitPattern: random.pick([-1, 1, 2, 16, -16]))
    case 3: bytes.removeSubrange(place..<end)
    case 4: bytes.removeSubrange(place...)
    case 5: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 6: overwrite(&bytes, at: place, with: random.pick(Mutator.numbers))
    case 7: bytes.insert(contentsOf: random.pick(Mutator.words), at: place)
    case 8: overwrite(&bytes, at: place, with: random.pick(Mutator.words))
    case 9: bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
    default:
      // The beginning of one and the end of another.
      let other = random.pick(corpus)
      bytes = Array(bytes[..<place])
      bytes += other[Int.random(in: 0...other.count, using: &random)...]
    }
  }

  private func overwrite(_ bytes: inout [UInt8], at place: Int, with new: [UInt8]) {
    for (offset, byte) in new.enumerated() where place + offset < bytes.count {
      bytes[place + offset] = byte
    }
  }
}
