import Journey

/// Who is worth comparing with whom: people who share a key.
///
/// Keys are numbers made of sounds and dates; two that are the same by chance only cost a comparison.
/// Of each entry eight bytes are held, of each key that anybody has about thirty.
struct DuplicateBlocks: Sendable {
  private struct Entry {
    let person: UInt32
    /// One more than the place of the entry before it under the same key; 0 for the first.
    let before: UInt32
  }

  /// One more than the place of each key's last entry.
  private var last: [UInt64: UInt32] = [:]
  private var entries: [Entry] = []
  /// In which search each person was met last, so that nobody is met twice in one.
  private var met: [UInt32] = []
  private var searches: UInt32 = 0

  /// Notes the next person, whose number is how many were noted before.
  mutating func add(_ keys: Set<UInt64>) {
    let person = UInt32(met.count)
    met.append(0)
    for key in keys {
      entries.append(Entry(person: person, before: last[key] ?? 0))
      last[key] = UInt32(entries.count)
    }
  }

  /// The numbers of those who share a key, in ascending order.
  mutating func sharing(_ keys: Set<UInt64>) -> [Int] {
    searches += 1
    var found: [Int] = []
    for key in keys {
      var place = last[key] ?? 0
      while place > 0 {
        let entry = entries[Int(place) - 1]
        if met[Int(entry.person)] != searches {
          met[Int(entry.person)] = searches
          found.append(Int(entry.person))
        }
        place = entry.before
      }
    }
    return found.sorted()
  }

  /// The keys of somebody.
  ///
  /// Two people share one if two words of their names sound alike; or if one does and their dates of
  /// birth agree in two of day, month and year, or are the same but for the order of day and month; or
  /// if they were born on the same day. 1 January is written down where nobody knows the day, and of
  /// many: there a word and the year alone say too little.
  static func keys(of identity: KnownIdentity) -> Set<UInt64> {
    let sounds = Set(identity.folded.sounds.map { hash($0) }).sorted()
    var keys: Set<UInt64> = []
    for (place, one) in sounds.enumerated() {
      for other in sounds[(place + 1)...] { keys.insert(mixed(one, other)) }
    }
    guard let birth = identity.birthDate else { return keys }
    let (year, month, day) = birth.day.parts
    let isVague = birth.precision != .day || (month, day) == (1, 1)
    for sound in sounds {
      if birth.precision == .day {
        keys.insert(mixed(sound, number(1, year, month)))
        keys.insert(mixed(sound, number(2, year, day)))
        keys.insert(mixed(sound, number(3, year, 100 * min(day, month) + max(day, month))))
      }
      if !isVague { keys.insert(mixed(sound, number(4, month, day))) }
      // Of a single word there is no second one to sound alike.
      if sounds.count == 1 { keys.insert(mixed(sound, number(5, year, 0))) }
    }
    if !isVague { keys.insert(mixed(number(6, 0, 0), number(year, month, day))) }
    return keys
  }

  private static func number(_ kind: Int, _ one: Int, _ other: Int) -> UInt64 {
    UInt64(kind) << 40 | UInt64(one) << 20 | UInt64(other)
  }

  private static func hash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func mixed(_ one: UInt64, _ other: UInt64) -> UInt64 {
    var hash = (one ^ (one >> 29)) &* 0xBF58_476D_1CE4_E5B9 &+ other
    hash = (hash ^ (hash >> 32)) &* 0x94D0_49BB_1331_11EB
    return hash ^ (hash >> 29)
  }
}
