/// A name without what people write in different ways: letter case, marks on letters, umlauts, signs
/// between words.
///
/// `Müßig-Özil` and `Muessig Oezil` are the same; so are names in decomposed letters. Letters of other
/// scripts stay as they are.
public struct FoldedName: Hashable, Sendable {
  /// A word with what comparisons want to know of it, worked out once: there are many comparisons.
  struct Part: Hashable, Sendable {
    let word: String
    /// The word as those write it who leave the points of umlauts out: `mueller` as `muller`.
    let plain: String
    /// How it sounds; see `PhoneticKey`.
    let sound: String
    /// How many letters it has.
    let length: Int

    init(_ word: String) {
      self.word = word
      plain = FoldedName.plain(word)
      sound = PhoneticKey.of(word)
      length = word.count
    }
  }

  /// The words in the order in which they were written, particles such as `al` left out.
  let parts: [Part]
  /// The words in the order in which they were written, particles such as `al` left out.
  public var words: [String] { parts.map(\.word) }
  /// How the words sound, one key a word; see `PhoneticKey`.
  public var sounds: [String] { parts.map(\.sound) }

  /// Folds a name.
  public init(_ name: String) {
    var words = FoldedName.plainWords(name) ?? FoldedName.words(name)
    words = FoldedName.joined(words)
    let meaningful = words.filter { !FoldedName.particles.contains($0) }
    parts = (meaningful.isEmpty ? words : meaningful).map { Part($0) }
  }

  /// The words of a name without anything but letters and signs of ASCII; nil for other names.
  static func plainWords(_ name: String) -> [String]? {
    var words: [String] = []
    var word: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): word.append(byte)
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): word.append(byte | 0x20)
      case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "^"): break
      case 0x80...: return nil
      default:
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        word.removeAll(keepingCapacity: true)
      }
    }
    if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
    return words
  }

  /// The words of any name.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    for character in name.lowercased() {
      // Most letters are plain ones, and looking a letter up costs more than all else here.
      if let byte = character.asciiValue {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): word.append(character)
        case UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "^"): break
        default:
          if !word.isEmpty { words.append(word) }
          word = ""
        }
        continue
      }
      if let plain = FoldedName.letters[character] {
        word += plain
        continue
      }
      for scalar in character.unicodeScalars where !FoldedName.isMark(scalar) {
        guard scalar.properties.isAlphabetic else {
          if !word.isEmpty { words.append(word) }
          word = ""
          continue
        }
        word.unicodeScalars.append(scalar)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// Marks on letters, and signs inside a word: O'Connor, ʿAlī.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "'", "’", "ʼ", "ʿ", "ʾ", "`", "´": true
    default: scalar.properties.isDiacritic || scalar.properties.generalCategory == .nonspacingMark
    }
  }

  /// Letters with marks, as one writes them without.
  ///
  /// A letter in one piece and one with its marks behind it are the same `Character`, so the table
  /// knows both. The two points of an umlaut become an `e` behind a, o and u; other marks fall away.
  private static let letters: [Character: String] = {
    var table: [Character: String] = [
      "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
    ]
    let marks = [
      0x300, 0x301, 0x302, 0x303, 0x304, 0x306, 0x307, 0x308, 0x309, 0x30A, 0x30B, 0x30C, 0x31B,
      0x323, 0x326, 0x327, 0x328, 0x32E, 0x331,
    ].compactMap { Unicode.Scalar($0) }
    for base in "abcdefghijklmnopqrstuvwxyz" {
      for mark in marks {
        let plain = mark == "\u{308}" && "aou".contains(base) ? "\(base)e" : "\(base)"
        for second in [nil] + marks.map({ $0 as Unicode.Scalar? }) {
          let written = "\(base)\(mark)" + (second.map { "\($0)" } ?? "")
          if written.count == 1, let letter = written.first, table[letter] == nil {
            table[letter] = plain
          }
        }
      }
    }
    return table
  }()

  /// Names of two parts that people write as one word, as two or as three: Abd al-Rahman, Abdul
  /// Rahman, Abdurrahman.
  private static func joined(_ words: [String]) -> [String] {
    guard words.contains(where: { $0.utf8.starts(with: "abd".utf8) }) else { return words }
    var joined: [String] = []
    var rest = words[...]
    while let word = rest.popFirst() {
      guard let second = secondPart(word) else {
        joined.append(word)
        continue
      }
      if second.isEmpty {
        // An article of its own belongs to neither part.
        if let next = rest.first, articles.contains(next), rest.count > 1 { rest.removeFirst() }
        joined.append(servant + (rest.popFirst() ?? ""))
      } else {
        joined.append(servant + second)
      }
    }
    return joined
  }

  /// What follows `abd` and its article in a word, nothing where the word ends there; nil for other
  /// words.
  ///
  /// The article's `l` becomes the sound that follows it: Abdurrahman, Abdussalam.
  private static func secondPart(_ word: String) -> Substring? {
    guard word.hasPrefix("abd") else { return nil }
    let vowels = word.dropFirst(3).prefix { "aeou".contains($0) }
    let rest = word.dropFirst(3 + vowels.count)
    // “Abdi” and “Abdo” are names of their own.
    guard word.count == 3 || !vowels.isEmpty && !rest.isEmpty else { return nil }
    guard let first = rest.first, rest.count > 1 else { return "" }
    return first == "l" || rest.dropFirst().first == first ? rest.dropFirst() : rest
  }

  private static let servant = "abdul"
  private static let articles: Set<String> = ["al", "el", "ul", "ar", "er", "ur", "as", "es", "us"]

  /// Words that are left out or written apart as people please.
  private static let particles: Set<String> = [
    "al", "el", "ul", "ad", "as", "ibn", "bin", "bint", "abu", "umm", "von", "van", "de", "der",
    "den", "zu", "da", "dos", "di", "del", "la",
  ]

  /// Whether the name holds what somebody looks for: each of its words begins a word here, or sounds
  /// like one.
  public func matches(_ wanted: FoldedName) -> Bool {
    !wanted.parts.isEmpty
      && wanted.parts.allSatisfy { wanted in
        let isSound = wanted.sound.count >= 2
        return parts.contains {
          $0.word.hasPrefix(wanted.word) || $0.plain.hasPrefix(wanted.plain)
            || $0.word.hasPrefix(FoldedName.servant + wanted.word)
            || isSound && $0.sound == wanted.sound
        }
      }
  }

  /// The word without the `e` behind a, o and u.
  private static func plain(_ word: String) -> String {
    var plain: [UInt8] = []
    plain.reserveCapacity(word.utf8.count)
    var isUmlaut = false
    for byte in word.utf8 {
      // Only the first `e` behind such a letter: `aee` is `ae`.
      if isUmlaut, byte == UInt8(ascii: "e") {
        isUmlaut = false
        continue
      }
      isUmlaut =
        byte == UInt8(ascii: "a") || byte == UInt8(ascii: "o") || byte == UInt8(ascii: "u")
      plain.append(byte)
    }
    return plain.count == word.utf8.count ? word : String(decoding: plain, as: UTF8.self)
  }
}

/// How a word sounds, roughly: the same for spellings that come from another script.
///
/// `Mohamed`, `Muhammad` and `Mohammed` give the same key, and so do `Youssef` and `Yusuf`,
/// `Oleksandr` and `Aleksander`, `Schmidt` and `Schmitt`. Vowels and `h` fall away behind the first
/// letter, sounds that are taken for each other share a letter, doubled letters count once. Two people
/// with one key need not have the same name: it finds who is worth comparing.
public enum PhoneticKey {
  /// The key of a folded word; of letters of another script the word itself.
  public static func of(_ word: String) -> String {
    let letters = Array(word.utf8)
    guard letters.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else {
      return word
    }
    var key: [UInt8] = []
    var at = 0
    while at < letters.count {
      let (sound, length) = sound(letters, at)
      for letter in sound.utf8 {
        // A doubled sound counts once; only what stands side by side is doubled.
        if at > 0, key.last == letter, previousIsSame(letters, at) { continue }
        key.append(letter)
      }
      at += length
    }
    return String(decoding: key, as: UTF8.self)
  }

  private static func previousIsSame(_ letters: [UInt8], _ at: Int) -> Bool {
    switch letters[at - 1] {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"), UInt8(ascii: "y"), UInt8(ascii: "h"):
      false
    default: true
    }
  }

  /// The sound at a place, and how many letters it takes.
  private static func sound(_ letters: [UInt8], _ at: Int) -> (String, Int) {
    for (spelling, sound) in longer[Int(letters[at] & 31)] where starts(letters, at, spelling) {
      return (sound, spelling.count)
    }
    switch letters[at] {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"),
      UInt8(ascii: "u"):
      return (at == 0 ? "A" : "", 1)
    case UInt8(ascii: "y"), UInt8(ascii: "j"): return (at == 0 ? "J" : "", 1)
    case UInt8(ascii: "h"): return (at == 0 ? "H" : "", 1)
    case UInt8(ascii: "b"), UInt8(ascii: "p"): return ("P", 1)
    case UInt8(ascii: "d"), UInt8(ascii: "t"): return ("T", 1)
    case UInt8(ascii: "f"), UInt8(ascii: "v"), UInt8(ascii: "w"): return ("F", 1)
    case UInt8(ascii: "c"), UInt8(ascii: "g"), UInt8(ascii: "k"), UInt8(ascii: "q"): return ("K", 1)
    case UInt8(ascii: "s"), UInt8(ascii: "z"): return ("S", 1)
    case UInt8(ascii: "x"): return ("KS", 1)
    case UInt8(ascii: "l"): return ("L", 1)
    case UInt8(ascii: "m"): return ("M", 1)
    case UInt8(ascii: "n"): return ("N", 1)
    default: return ("R", 1)
    }
  }

  /// Spellings of several letters, the longest first, by the letter they begin with: `a` is at 1.
  private static let longer: [[(spelling: [UInt8], sound: String)]] = {
    let spellings = [
      ("tsch", "S"), ("dsch", "J"), ("sch", "S"), ("chm", "M"), ("chs", "KS"), ("dzh", "J"),
      ("tch", "S"), ("dj", "J"), ("sh", "S"), ("zh", "S"), ("ts", "S"), ("tz", "S"), ("dt", "T"),
      ("ph", "F"), ("th", "T"), ("ck", "K"), ("kh", "K"), ("gh", "K"), ("ch", "K"),
    ]
    var table = [[(spelling: [UInt8], sound: String)]](repeating: [], count: 32)
    for (spelling, sound) in spellings {
      let letters = Array(spelling.utf8)
      table[Int(letters[0] & 31)].append((letters, sound))
    }
    return table
  }()

  private static func starts(_ letters: [UInt8], _ at: Int, _ spelling: [UInt8]) -> Bool {
    guard letters.count - at >= spelling.count else { return false }
    for index in spelling.indices where letters[at + index] != spelling[index] { return false }
    return true
  }
}
