/// An exact ratio of whole numbers, for expected values without rounding.
///
/// 128 bits hold the products of the small cohorts used here; an overflow traps.
struct Fraction: Equatable {
  let numerator: Int128
  let denominator: Int128

  init(_ numerator: Int128, _ denominator: Int128 = 1) {
    precondition(denominator != 0)
    var (a, b) = (numerator.magnitude, denominator.magnitude)
    while b != 0 { (a, b) = (b, a % b) }
    let divisor = a == 0 ? 1 : Int128(a)
    let sign: Int128 = denominator < 0 ? -1 : 1
    self.numerator = sign * numerator / divisor
    self.denominator = sign * denominator / divisor
  }

  var value: Double { Double(numerator) / Double(denominator) }

  static func + (a: Fraction, b: Fraction) -> Fraction {
    Fraction(
      a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }

  static func - (a: Fraction, b: Fraction) -> Fraction {
    a + Fraction(-b.numerator, b.denominator)
  }

  static func * (a: Fraction, b: Fraction) -> Fraction {
    Fraction(a.numerator * b.numerator, a.denominator * b.denominator)
  }
}

/// One person under observation during `(entry, exit]`.
struct Person {
  var entry: Int = -1  // before the origin: at risk at 0 as well
  var exit: Int
  var isEvent: Bool
}

/// The estimators written down from their definitions, person by person, in exact fractions.
///
/// Slow on purpose, and nothing is shared with the module: each sum goes over every time and asks
/// every person.
struct ExactSurvival {
  let people: [Person]

  private var eventTimes: [Int] { Set(people.filter(\.isEvent).map(\.exit)).sorted() }

  func atRisk(_ time: Int) -> Int { people.count { $0.entry < time && time <= $0.exit } }
  func events(_ time: Int) -> Int { people.count { $0.exit == time && $0.isEvent } }
  func censored(_ time: Int) -> Int { people.count { $0.exit == time && !$0.isEvent } }

  /// ∏ (1 − d/n) over the event times up to and including `time`.
  func survival(_ time: Int) -> Fraction {
    eventTimes.filter { $0 <= time }.reduce(Fraction(1)) { product, t in
      product * (Fraction(1) - Fraction(Int128(events(t)), Int128(atRisk(t))))
    }
  }

  /// Σ d / (n (n − d)); nil once everybody at risk had the event.
  func greenwood(_ time: Int) -> Fraction? {
    var sum = Fraction(0)
    for t in eventTimes where t <= time {
      let (n, d) = (Int128(atRisk(t)), Int128(events(t)))
      guard n > d else { return nil }
      sum = sum + Fraction(d, n * (n - d))
    }
    return sum
  }

  /// Σ d/n.
  func cumulativeHazard(_ time: Int) -> Fraction {
    eventTimes.filter { $0 <= time }.reduce(Fraction(0)) { sum, t in
      sum + Fraction(Int128(events(t)), Int128(atRisk(t)))
    }
  }

  /// Σ d/n².
  func aalen(_ time: Int) -> Fraction {
    eventTimes.filter { $0 <= time }.reduce(Fraction(0)) { sum, t in
      let n = Int128(atRisk(t))
      return sum + Fraction(Int128(events(t)), n * n)
    }
  }

  /// The area under S from one whole time to another: S is constant on each unit interval.
  func area(from start: Int, to end: Int) -> Fraction {
    (start..<max(start, end)).reduce(Fraction(0)) { $0 + survival($1) }
  }

  /// Σ A(t)² d / (n (n − d)) over the event times before the horizon.
  func restrictedMeanVariance(_ horizon: Int) -> Fraction {
    var sum = Fraction(0)
    for t in eventTimes where t < horizon {
      let (n, d) = (Int128(atRisk(t)), Int128(events(t)))
      guard n > d else { continue }
      let after = area(from: t, to: horizon)
      sum = sum + after * after * Fraction(d, n * (n - d))
    }
    return sum
  }
}
