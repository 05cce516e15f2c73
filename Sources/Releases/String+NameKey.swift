extension String {
  /// The name without what does not tell two people apart: case, spaces, and the width of letters.
  var nameKey: String {
    var narrow = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      // Letters of full width stand in the order of ASCII.
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      narrow.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    return String(narrow).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }
}
