/// The decimal digits of a finite number, as the shortest text that reads back as that number.
///
/// People read 1.005 as one and five thousandths, although the binary number behind it is a
/// little less. Rounding works on these digits, half away from zero, so 1.005 with two places is
/// 1.01 everywhere, and a percentage is a shift of the point, never a multiplication.
struct DecimalDigits {
  /// Significant digits 0 to 9, first not zero; empty for zero.
  private(set) var digits: [UInt8]
  /// How many digits stand before the decimal point; zero or less for numbers below 0.1.
  private(set) var point: Int
  /// Whether the number is below zero; never true for zero.
  private(set) var isNegative: Bool

  /// Takes a finite number apart.
  init(_ value: Double) {
    precondition(value.isFinite, "only finite numbers have digits")
    digits = []
    point = 0
    isNegative = value < 0
    var exponent = 0
    var exponentIsNegative = false
    var part = Part.integer
    for byte in value.magnitude.description.utf8 {
      switch byte {
      case UInt8(ascii: "."): part = .fraction
      case UInt8(ascii: "e"): part = .exponent
      case UInt8(ascii: "-"): exponentIsNegative = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        let digit = byte - UInt8(ascii: "0")
        switch part {
        case .integer:
          digits.append(digit)
          point += 1
        case .fraction: digits.append(digit)
        case .exponent: exponent = exponent * 10 + Int(digit)
        }
      default: break
      }
    }
    point += exponentIsNegative ? -exponent : exponent
    normalize()
  }

  private enum Part { case integer, fraction, exponent }

  /// Moves the decimal point to the right: 2 turns a share into per cent.
  mutating func shift(by places: Int) {
    if !digits.isEmpty { point += places }
  }

  /// Rounds to a number of places after the point, half away from zero.
  mutating func round(toPlaces places: Int) {
    let kept = point + places
    guard kept < digits.count else { return }
    guard kept >= 0 else {
      self = .zero
      return
    }
    let roundsUp = digits[kept] >= 5
    digits.removeSubrange(kept...)
    if roundsUp { incrementLastDigit() }
    normalize()
  }

  /// The digits before the point, at least `0`.
  var integerDigits: [UInt8] {
    guard point > 0, !digits.isEmpty else { return [0] }
    return (0..<point).map { $0 < digits.count ? digits[$0] : 0 }
  }

  /// The first digits after the point, filled with zeros.
  func fractionDigits(places: Int) -> [UInt8] {
    (0..<places).map { place in
      let index = point + place
      return digits.indices.contains(index) ? digits[index] : 0
    }
  }

  private static var zero: DecimalDigits { DecimalDigits(0) }

  private mutating func incrementLastDigit() {
    var index = digits.count - 1
    while index >= 0, digits[index] == 9 {
      digits[index] = 0
      index -= 1
    }
    if index >= 0 {
      digits[index] += 1
    } else {
      digits.insert(1, at: 0)
      point += 1
    }
  }

  private mutating func normalize() {
    let leadingZeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(leadingZeros)
    point -= leadingZeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty {
      point = 0
      isNegative = false
    }
  }
}
