/// How much two names are alike, whatever the order of their words.
enum NameLikeness {
  /// From 0, nothing in common, to 1, the same.
  ///
  /// Each word of the shorter name is laid beside the word of the other that is most like it; words of
  /// the longer name that are left over count a little against it, since parts of names are left out.
  static func of(_ left: FoldedName, _ right: FoldedName) -> Double {
    let (short, long) =
      left.parts.count <= right.parts.count ? (left.parts, right.parts) : (right.parts, left.parts)
    guard !short.isEmpty else { return 0 }
    var taken = TakenWords()
    var sum = 0.0
    for part in short {
      var best = (likeness: 0.0, place: -1)
      for place in long.indices where !taken.contains(place) {
        let likeness = of(part, long[place])
        if likeness > best.likeness { best = (likeness, place) }
        // Nothing is more alike than the same.
        if likeness == 1 { break }
      }
      if best.place >= 0 { taken.insert(best.place) }
      sum += best.likeness
    }
    // One word of several that agrees is little: a family has one name.
    let leftOver = Double(long.count - short.count)
    let weight = short.count == 1 ? 0.5 : 0.15
    return sum / (Double(short.count) + weight * leftOver)
  }

  /// Which words of a name are laid beside another: bits, since names have few words and pairs are many.
  private struct TakenWords {
    private var bits: UInt64 = 0
    private var more: Set<Int> = []

    func contains(_ place: Int) -> Bool {
      place < 64 ? bits & 1 << UInt64(place) != 0 : more.contains(place)
    }

    mutating func insert(_ place: Int) {
      if place < 64 { bits |= 1 << UInt64(place) } else { more.insert(place) }
    }
  }

  private static func of(_ left: FoldedName.Part, _ right: FoldedName.Part) -> Double {
    if left.word == right.word { return 1 }
    if left.plain == right.plain { return 0.98 }
    let spelled = edits(left, right)
    if left.sound == right.sound, left.sound.count >= 2 { return max(0.9, spelled) }
    // Words of few letters are near to many others.
    return min(left.length, right.length) < 4 ? spelled * 0.6 : spelled * spelled
  }

  private static func edits(_ left: FoldedName.Part, _ right: FoldedName.Part) -> Double {
    // Where letters are bytes, as in nearly all folded words, nothing is taken apart.
    if left.word.utf8.count == left.length, right.word.utf8.count == right.length {
      let (one, other) = (left.word.utf8.span, right.word.utf8.span)
      guard let distance = WordEdits.distance(one, other) else { return edits(one, other) }
      return 1 - Double(distance) / Double(max(one.count, other.count))
    }
    return edits(left.word, right.word)
  }

  /// One less the share of letters that must be changed (Damerau–Levenshtein, neighbours swapped count
  /// once).
  static func edits(_ left: String, _ right: String) -> Double {
    let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
    return edits(a.span, b.span)
  }

  private static func edits<Letter: Equatable>(_ a: Span<Letter>, _ b: Span<Letter>) -> Double {
    if a.isEmpty || b.isEmpty { return a.isEmpty && b.isEmpty ? 1 : 0 }
    // Three rows of the table in one piece of memory, each taking the place of the oldest.
    let width = b.count + 1
    var rows = [Int](repeating: 0, count: 3 * width)
    for j in 0..<width { rows[j] = j }
    var (row, previous, before) = (width, 0, 2 * width)
    for i in 1...a.count {
      rows[row] = i
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        var least = min(
          rows[previous + j] + 1, rows[row + j - 1] + 1, rows[previous + j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          least = min(least, rows[before + j - 2] + 1)
        }
        rows[row + j] = least
      }
      (row, previous, before) = (before, row, previous)
    }
    return 1 - Double(rows[previous + b.count]) / Double(max(a.count, b.count))
  }
}
