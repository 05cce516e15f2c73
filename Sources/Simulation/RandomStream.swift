/// A stream of random numbers of its own for every participant.
///
/// xoshiro256** (Blackman, Vigna 2018), seeded through SplitMix64 from the seed and a number, so
/// that participant 7 draws the same numbers whoever was generated before. Everything drawn from a
/// stream uses integers and the four correctly rounded operations of IEEE 754 only (no logarithm,
/// no exponential), so the same seed, scenario and version of the program give the same journeys
/// on every machine.
struct RandomStream {
  private var state: (UInt64, UInt64, UInt64, UInt64)

  init(seed: UInt64, number: Int) {
    var next = Self.mixed(Self.mixed(seed) ^ UInt64(bitPattern: Int64(number)))
    func draw() -> UInt64 {
      next &+= 0x9E37_79B9_7F4A_7C15
      return Self.mixed(next)
    }
    state = (draw(), draw(), draw(), draw())
  }

  // The output function of SplitMix64.
  private static func mixed(_ number: UInt64) -> UInt64 {
    var z = number
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  private static func rotated(_ x: UInt64, _ k: UInt64) -> UInt64 { x << k | x >> (64 - k) }

  mutating func next() -> UInt64 {
    let result = Self.rotated(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = Self.rotated(state.3, 45)
    return result
  }

  /// A number in `[0, 1)`, a multiple of 2^-53.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Whether something of this probability happens.
  mutating func chance(_ probability: Double) -> Bool { unit() < probability }

  /// A whole number in `0..<count`; the bias is below count / 2^64.
  mutating func below(_ count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(max(count, 1))).high)
  }

  /// A whole number in a closed range.
  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }
}
