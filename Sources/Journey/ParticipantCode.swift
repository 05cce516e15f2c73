/// The public code of a participant: `TN-` and six characters.
///
/// Random, so that it says nothing about the person or the order of arrival. The alphabet leaves
/// out characters that are easily confused when read aloud or written by hand (0 O 1 I).
public struct ParticipantCode: Hashable, Sendable, CustomStringConvertible {
  /// The number behind the characters, below 2^30.
  public let number: UInt32

  static let alphabet: [UInt8] = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ".utf8)

  /// Creates a code from 30 random bits; higher bits are ignored.
  public init(randomBits: UInt32) { number = randomBits & 0x3FFF_FFFF }

  /// Reads a code as people write it: with or without `TN-`, in either letter case.
  public init?(_ text: String) {
    var characters = text.utf8.map { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }[...]
    if characters.starts(with: "TN-".utf8) { characters = characters.dropFirst(3) }
    guard characters.count == 6 else { return nil }
    var number: UInt32 = 0
    for character in characters {
      guard let digit = ParticipantCode.alphabet.firstIndex(of: character) else { return nil }
      number = number << 5 | UInt32(digit)
    }
    self.number = number
  }

  /// The code as people read it.
  public var description: String {
    var characters = Array("TN-".utf8)
    for shift in stride(from: 25, through: 0, by: -5) {
      characters.append(ParticipantCode.alphabet[Int(number >> UInt32(shift) & 31)])
    }
    return String(decoding: characters, as: UTF8.self)
  }
}

/// The dense number of a participant inside one store, in order of first append.
public struct ParticipantRef: Hashable, Comparable, Sendable {
  /// The number, from 0.
  public let number: UInt32
  /// Creates a ref.
  public init(_ number: UInt32) { self.number = number }
  /// Whether the left ref was assigned before the right one.
  public static func < (left: ParticipantRef, right: ParticipantRef) -> Bool {
    left.number < right.number
  }
}
