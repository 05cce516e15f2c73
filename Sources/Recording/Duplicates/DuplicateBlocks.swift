import Journey

/// Who is worth comparing with whom: people who share a key.
///
/// Keys are numbers made of sounds and dates; two that are the same by chance only cost a comparison.
/// Of each entry eight bytes are held, of each key that anybody has about twenty.
struct DuplicateBlocks: Sendable {
  private struct Entry {
    let person: UInt32
    /// One more than the place of the entry before it under the same key; 0 for the first.
    let before: UInt32
  }

  /// The last entry under each key.
  private var last = LastEntries()
  private var entries: [Entry] = []
  /// In which search each person was met last, so that nobody is met twice in one.
  private var met: [UInt32] = []
  private var searches: UInt32 = 0

  /// Notes the next person, whose number is how many were noted before.
  ///
  /// - Parameter keys: Different ones.
  mutating func add(_ keys: [UInt64]) {
    let person = UInt32(met.count)
    met.append(0)
    for key in keys {
      let before = last.put(UInt32(entries.count + 1), under: key)
      entries.append(Entry(person: person, before: before))
    }
  }

  /// The numbers of those who share a key, in ascending order.
  mutating func sharing(_ keys: [UInt64]) -> [Int] {
    searches += 1
    var found: [Int] = []
    for key in keys {
      var place = last[key]
      while place > 0 {
        let entry = entries[Int(place) - 1]
        if met[Int(entry.person)] != searches {
          met[Int(entry.person)] = searches
          found.append(Int(entry.person))
        }
        place = entry.before
      }
    }
    found.sort()
    return found
  }

  /// The keys of somebody.
  ///
  /// Two people share one if two words of their names sound alike; or if one does and their dates of
  /// birth agree in two of day, month and year, or are the same but for the order of day and month; or
  /// if they were born on the same day. 1 January is written down where nobody knows the day, and of
  /// many: there a word and the year alone say too little.
  static func keys(of identity: KnownIdentity) -> [UInt64] {
    let sounds = identity.folded.parts.map { hash($0.sound) }.distinct()
    var keys: [UInt64] = []
    keys.reserveCapacity(sounds.count * (sounds.count + 9) / 2 + 1)
    for (place, one) in sounds.enumerated() {
      for other in sounds[(place + 1)...] { keys.append(mixed(one, other)) }
    }
    guard let birth = identity.birthDate else { return keys.distinct() }
    let (year, month, day) = birth.day.parts
    let isVague = birth.precision != .day || (month, day) == (1, 1)
    for sound in sounds {
      if birth.precision == .day {
        keys.append(mixed(sound, number(1, year, month)))
        keys.append(mixed(sound, number(2, year, day)))
        keys.append(mixed(sound, number(3, year, 100 * min(day, month) + max(day, month))))
      }
      if !isVague { keys.append(mixed(sound, number(4, month, day))) }
      // Of a single word there is no second one to sound alike.
      if sounds.count == 1 { keys.append(mixed(sound, number(5, year, 0))) }
    }
    if !isVague { keys.append(mixed(number(6, 0, 0), number(year, month, day))) }
    return keys.distinct()
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

/// The place of the last entry under each key: a table of open addresses.
///
/// The keys are mixed numbers already; a dictionary would mix them once more, for a third of the time.
private struct LastEntries: Sendable {
  private var keys: [UInt64] = Array(repeating: 0, count: 1024)
  /// One more than the place of the entry; 0 where a slot is free.
  private var places: [UInt32] = Array(repeating: 0, count: 1024)
  private var count = 0

  /// One more than the place of a key's last entry; 0 without one.
  subscript(key: UInt64) -> UInt32 { places[slot(of: key)] }

  /// Puts a place under a key; the one that stood there, or 0.
  mutating func put(_ place: UInt32, under key: UInt64) -> UInt32 {
    if 4 * (count + 1) > 3 * keys.count { grow() }
    let slot = slot(of: key)
    let before = places[slot]
    if before == 0 { count += 1 }
    keys[slot] = key
    places[slot] = place
    return before
  }

  private func slot(of key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while places[slot] != 0, keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = (keys: keys, places: places)
    keys = Array(repeating: 0, count: 2 * old.keys.count)
    places = Array(repeating: 0, count: 2 * old.places.count)
    for index in old.keys.indices where old.places[index] != 0 {
      let slot = slot(of: old.keys[index])
      keys[slot] = old.keys[index]
      places[slot] = old.places[index]
    }
  }
}

extension [UInt64] {
  /// The different ones among a few numbers, in ascending order.
  fileprivate func distinct() -> [UInt64] {
    if count < 2 { return self }
    var sorted = sorted()
    var kept = 1
    for index in 1..<sorted.count where sorted[index] != sorted[kept - 1] {
      sorted[kept] = sorted[index]
      kept += 1
    }
    sorted.removeLast(sorted.count - kept)
    return sorted
  }
}
