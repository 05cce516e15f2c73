/// How much two names are alike, whatever the order of their words.
enum NameLikeness {
  /// From 0, nothing in common, to 1, the same.
  ///
  /// Each word of the shorter name is laid beside the word of the other that is most like it; words of
  /// the longer name that are left over count a little against it, since parts of names are left out.
  static func of(_ left: FoldedName, _ right: FoldedName) -> Double {
    let (short, long) =
      left.words.count <= right.words.count ? (left, right) : (right, left)
    guard !short.words.isEmpty else { return 0 }
    var free = Set(long.words.indices)
    var sum = 0.0
    for index in short.words.indices {
      var best = (likeness: 0.0, place: -1)
      for place in free.sorted() {
        let likeness = of(
          short.words[index], short.sounds[index], long.words[place], long.sounds[place])
        if likeness > best.likeness { best = (likeness, place) }
      }
      free.remove(best.place)
      sum += best.likeness
    }
    // One word of several that agrees is little: a family has one name.
    let leftOver = Double(long.words.count - short.words.count)
    let weight = short.words.count == 1 ? 0.5 : 0.15
    return sum / (Double(short.words.count) + weight * leftOver)
  }

  private static func of(
    _ left: String, _ leftSound: String, _ right: String, _ rightSound: String
  ) -> Double {
    if left == right { return 1 }
    if FoldedName.plain(left) == FoldedName.plain(right) { return 0.98 }
    let spelled = edits(left, right)
    if leftSound == rightSound, leftSound.count >= 2 { return max(0.9, spelled) }
    // Words of few letters are near to many others.
    return min(left.count, right.count) < 4 ? spelled * 0.6 : spelled * spelled
  }

  /// One less the share of letters that must be changed (Damerau–Levenshtein, neighbours swapped count
  /// once).
  static func edits(_ left: String, _ right: String) -> Double {
    let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
    if a.isEmpty || b.isEmpty { return a.isEmpty && b.isEmpty ? 1 : 0 }
    var before = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let cost = a[i - 1] == b[j - 1] ? 0 : 1
        row[j] = min(previous[j] + 1, row[j - 1] + 1, previous[j - 1] + cost)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], before[j - 2] + 1)
        }
      }
      (before, previous) = (previous, row)
    }
    return 1 - Double(previous[b.count]) / Double(max(a.count, b.count))
  }
}
