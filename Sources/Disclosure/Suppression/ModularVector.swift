/// Whole numbers modulo the prime 2⁶¹ − 1: exact elimination without numbers that grow.
///
/// A matrix of small whole numbers has the same dependent rows modulo this prime as over the
/// fractions, unless the prime divides one of its minors; and what is decided here is a proposal
/// that the audit checks.
enum Modular {
  static let prime: UInt64 = (1 << 61) - 1

  static func multiply(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let product = a.multipliedFullWidth(by: b)
    // 2⁶¹ is 1, so the high bits are added to the low ones.
    let high = product.high << 3 | product.low >> 61
    let sum = (product.low & prime) + high
    return sum >= prime ? sum - prime : sum
  }

  static func subtract(_ a: UInt64, _ b: UInt64) -> UInt64 { a >= b ? a - b : a + prime - b }

  static func add(_ a: UInt64, _ b: UInt64) -> UInt64 {
    let sum = a + b
    return sum >= prime ? sum - prime : sum
  }

  static func inverse(_ a: UInt64) -> UInt64 {
    var (result, base, exponent) = (UInt64(1), a, prime - 2)
    while exponent > 0 {
      if exponent & 1 == 1 { result = multiply(result, base) }
      base = multiply(base, base)
      exponent >>= 1
    }
    return result
  }
}

/// A vector over the classes, most of whose entries are zero.
struct ModularVector: Hashable {
  /// Where it is not zero, ascending.
  private(set) var places: [Int]
  /// What it is there.
  private(set) var values: [UInt64]

  /// One in each of these places, which ascend.
  init(ones places: [Int]) {
    self.places = places
    values = [UInt64](repeating: 1, count: places.count)
  }

  var isZero: Bool { places.isEmpty }

  /// The entry at a place.
  subscript(place: Int) -> UInt64 {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low < places.count && places[low] == place ? values[low] : 0
  }

  /// The same direction, with a first entry of 1.
  var normalised: ModularVector {
    guard let first = values.first, first != 1 else { return self }
    let factor = Modular.inverse(first)
    var vector = self
    for index in values.indices { vector.values[index] = Modular.multiply(values[index], factor) }
    return vector
  }

  /// Takes a multiple of another vector away.
  mutating func subtract(_ other: ModularVector, times factor: UInt64) {
    var places: [Int] = []
    var values: [UInt64] = []
    places.reserveCapacity(self.places.count + other.places.count)
    values.reserveCapacity(self.places.count + other.places.count)
    var (mine, its) = (0, 0)
    while mine < self.places.count || its < other.places.count {
      let here = mine < self.places.count ? self.places[mine] : .max
      let there = its < other.places.count ? other.places[its] : .max
      var value: UInt64 = 0
      if here <= there {
        value = self.values[mine]
        mine += 1
      }
      if there <= here {
        value = Modular.subtract(value, Modular.multiply(other.values[its], factor))
        its += 1
      }
      if value != 0 {
        places.append(min(here, there))
        values.append(value)
      }
    }
    self.places = places
    self.values = values
  }
}
