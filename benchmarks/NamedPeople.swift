import Files

/// Made-up people with names as lists of offices have them, for whom somebody is looked for who is
/// there twice: some names are frequent, and a date of birth is often not known.
///
/// 70 first names, equally frequent. 20,000 surnames of made-up syllables; the one in place r is as
/// frequent as 1 / (r + 4), so that the first makes 2.4 %. A fifth were born on 1 January. One row in a
/// hundred is a copy of the one before but for its number and its day of entry.
struct NamedPeople {
  private var random: Random
  private let surnames: [String]
  /// The sum of the weights of the surnames up to each.
  private let weights: [Double]
  private var last = ""

  /// A line of numbers that depends on the seed alone (SplitMix64).
  private struct Random {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }

    mutating func below(_ count: Int) -> Int {
      Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
  }

  init(seed: Int) {
    random = Random(state: UInt64(truncatingIfNeeded: seed))
    surnames = Self.madeUpSurnames(20_000)
    var sum = 0.0
    weights = surnames.indices.map { place in
      sum += 1 / Double(place + 5)
      return sum
    }
  }

  /// Writes a file of them for the mapping `office-participants`; how many copies are in it.
  mutating func write(_ count: Int, to path: String) throws -> Int {
    var file = try FileReplacement(path)
    var text =
      "TN-Nr;Eintritt;Vorname;Nachname;Geburtsdatum;PLZ;Geschlecht;Geburtsjahr;Erwerbsstatus\n"
    var copies = 0
    for number in 1...count {
      let digits = "\(number)"
      text += "N" + String(repeating: "0", count: 7 - digits.count) + digits
      text += ";\(date(2022...2025))"
      if number > 1, random.below(100) == 0 { copies += 1 } else { last = person() }
      text += last + "\n"
      if text.utf8.count > 1 << 20 || number == count {
        try file.append(Array(text.utf8))
        text = ""
      }
    }
    try file.commit()
    return copies
  }

  private mutating func person() -> String {
    let first = Self.firstNames[random.below(Self.firstNames.count)]
    let wanted = random.unit() * (weights.last ?? 0)
    var (low, high) = (0, weights.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if weights[middle] > wanted { high = middle } else { low = middle + 1 }
    }
    let year = 1960 + random.below(45)
    let birth = random.below(5) == 0 ? "01.01.\(year)" : date(year...year)
    let postcode = 10_000 + 100 * random.below(400) + random.below(20)
    let gender = random.below(2) == 0 ? "w" : "m"
    let status = random.below(2) == 0 ? "arbeitslos" : "beschäftigt"
    return ";\(first);\(surnames[low]);\(birth);\(postcode);\(gender);\(year);\(status)"
  }

  private mutating func date(_ years: ClosedRange<Int>) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (day, month) = (1 + random.below(28), 1 + random.below(12))
    return "\(two(day)).\(two(month)).\(years.lowerBound + random.below(years.count))"
  }

  /// Different surnames of two or three syllables and an ending.
  private static func madeUpSurnames(_ count: Int) -> [String] {
    var names: [String] = []
    var known: Set<String> = []
    var number = 0
    while names.count < count {
      // A prime number of steps goes through all of them out of order.
      let place = number * 7919 % (30 * 30 * 30 * endings.count)
      number += 1
      let third = place % 3 == 0 ? "" : syllables[place / 900 % 30]
      let word =
        syllables[place % 30] + syllables[place / 30 % 30] + third + endings[place / 27_000]
      let name = word.prefix(1).uppercased() + word.dropFirst()
      if known.insert(name).inserted { names.append(name) }
    }
    return names
  }

  private static let syllables = words(
    """
    ba be bo da di do fa fe ga go ha he ka ki ko la le li ma me mo na ni ra re ro sa si ta to
    """)
  private static let endings = words("r n ri ni ler mann ev ko dis zadeh i")
  private static let firstNames = words(
    """
    Ali Mohamed Ahmad Hassan Hussein Mustafa Mahmoud Omar Yusuf Ibrahim Khaled Abdul Rahman Karim
    Samir Tarek Bilal Amir Reza Mehdi Fatima Aischa Zeinab Maryam Leila Nour Sara Hana Amina Khadija
    Salma Rania Dina Yasmin Samira Nadia Layla Farah Rana Huda Oleksandr Olena Iryna Natalia Tetiana
    Oksana Andrij Serhij Mykola Wolodymyr Anna Maria Julia Kateryna Svitlana Ljudmyla Viktor Dmytro
    Ivan Petro Selam Tesfay Abebe Haile Bereket Meron Daniel Samuel Michael David
    """)

  private static func words(_ text: String) -> [String] {
    text.split { $0 == " " || $0 == "\n" }.map { String($0) }
  }
}
