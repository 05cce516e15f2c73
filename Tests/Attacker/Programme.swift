import TestSupport

/// A made-up programme: people who enter over two years, some of whom change, leave or are corrected.
struct Programme {
  /// Somebody with one code for each attribute.
  struct Person {
    let id: UInt64
    let entryMonth: Int
    /// The last month in the programme.
    let lastMonth: Int
    var codes: [String: String]
    /// The status from each month on.
    var statuses: [(from: Int, code: String)]
    /// The month from which on the gender on record is another, after a correction.
    let correction: (month: Int, gender: String)?
  }

  let people: [Person]
  static let months = 24
  static let regions = ["East", "North", "South", "West"]
  static let networks = (1...11).map { number in
    (code: "N\(number < 10 ? "0" : "")\(number)", region: regions[(number - 1) * 4 / 11])
  }
  private static let statuses = ["job", "none", "school", "search", "training"]
  private static let genders =
    Array(repeating: "m", count: 54) + Array(repeating: "w", count: 44)
    + Array(repeating: "d", count: 2)
  private static let places = [0, 0, 0, 0, 1, 1, 2, 3, 3, 3, 4, 5, 5, 6, 7, 7, 7, 7, 8, 9, 9, 10]

  init(people count: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    people = (0..<count).map { number in
      let entry = Int.random(in: 1...Self.months, using: &generator)
      let network = Self.networks[generator.pick(Self.places)]
      var statuses = [(from: 0, code: generator.pick(["search", "search", "search", "none"]))]
      var month = entry
      while generator.chance(55), month < Self.months {
        month += Int.random(in: 1...9, using: &generator)
        statuses.append((month, generator.pick(Self.statuses)))
      }
      let isCorrected = generator.chance(1)
      return Person(
        id: UInt64(number), entryMonth: entry,
        lastMonth: generator.chance(30) ? entry + 10 : Self.months + 1,
        codes: [
          "gender": generator.pick(Self.genders), "region": network.region,
          "network": network.code, "age": "\(15 + Int.random(in: 0..<45, using: &generator))",
        ], statuses: statuses,
        correction: isCorrected
          ? (Int.random(in: 6...Self.months, using: &generator), generator.pick(["m", "w", "d"]))
          : nil)
    }
  }

  /// The codes of a person as the log has them in a month.
  static func codes(_ person: Person, in month: Int) -> [String: String] {
    var codes = person.codes
    codes["status"] = person.statuses.last { $0.from <= month }?.code ?? "none"
    if let correction = person.correction, correction.month <= month {
      codes["gender"] = correction.gender
    }
    let age = Int(codes["age"] ?? "") ?? 0
    codes["five"] = "\(age / 5 * 5)"
    codes["shifted"] = "\((age - 2) / 5 * 5 + 2)"
    // The same people in other words.
    codes["geschlecht"] = ["m": "Mann", "w": "Frau", "d": "divers"][codes["gender"] ?? ""]
    codes["womanOrNot"] = codes["gender"] == "w" ? "w" : "not-w"
    codes["manOrNot"] = codes["gender"] == "m" ? "m" : "not-m"
    return codes
  }
}
