public import Journey

/// The name that a person who wrote `name` most likely meant, or nil when none is near.
///
/// Near means at most one mistake in three letters, and one in two: a letter too many, missing,
/// wrong, or two neighbours swapped. Upper and lower case count as equal, and so do `-`, `_` and
/// blank. Among equally near names the first one given wins. A single letter is near to itself only:
/// every other one is one mistake away, and none of them is more likely meant. From three letters on a
/// name counts, too, that begins with what was written, and where none is near as a whole, one that
/// begins nearly so: with at most one mistake in six letters.
///
///     nearestName(to: "Duldnug", among: ["Duldung", "Gestattung"])   // "Duldung"
///     nearestName(to: "retention-aftr", among: ["retention-after-job-start"])
///
/// - SeeAlso: Damerau (1964), doi:10.1145/363958.363994 (in the restricted form that edits no
///   substring twice).
public func nearestName(to name: String, among names: some Sequence<String>) -> String? {
  let written = folded(name)
  let names = names.map { (name: $0, folded: folded($0)) }
  func nearest(mistakes: Int, toBeginning: Bool) -> String? {
    var best: String?
    var bestDistance = mistakes + 1
    for candidate in names {
      let distance = editDistance(
        written, candidate.folded, limit: bestDistance, toBeginning: toBeginning)
      let shorter = min(written.count, candidate.folded.count)
      if distance < bestDistance, distance < max(1, shorter) {
        best = candidate.name
        bestDistance = distance
      }
    }
    return best
  }
  let whole = max(1, written.count / 3)
  guard written.count >= 3 else { return nearest(mistakes: whole, toBeginning: false) }
  return nearest(mistakes: 0, toBeginning: false) ?? nearest(mistakes: 0, toBeginning: true)
    ?? nearest(mistakes: whole, toBeginning: false)
    ?? nearest(mistakes: written.count / 6, toBeginning: true)
}

/// The sentence that asks whether a name was meant, with a blank before it; empty without a name.
public func didYouMean(_ name: String?) -> LocalizedText {
  guard let name else { return LocalizedText(verbatim: "") }
  return LocalizedText(en: " Did you mean “\(name)”?", de: " Meinten Sie „\(name)“?")
}

private func folded(_ name: String) -> [Unicode.Scalar] {
  name.lowercased().unicodeScalars.map { $0 == "_" || $0 == " " ? "-" : $0 }
}

/// The number of edits between two words, or `limit` when there are at least as many.
///
/// - Parameter toBeginning: Whether any beginning of the second word will do.
private func editDistance(
  _ a: [Unicode.Scalar], _ b: [Unicode.Scalar], limit: Int, toBeginning: Bool
) -> Int {
  guard a.count - b.count < limit, toBeginning || b.count - a.count < limit else { return limit }
  guard !a.isEmpty, !b.isEmpty else { return min(max(a.count, b.count), limit) }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + [Int](repeating: 0, count: b.count)
    for j in 1...b.count {
      let change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      row[j] = min(last[j] + 1, row[j - 1] + 1, change)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], beforeLast[j - 2] + 1)
      }
    }
    (beforeLast, last) = (last, row)
  }
  let least = toBeginning ? last.reduce(limit) { min($0, $1) } : last[b.count]
  return min(least, limit)
}
