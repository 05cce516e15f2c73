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

  /// The letters and digits of ``nameKey`` alone, umlauts written out: offices are spelled in many ways.
  var officeKey: String {
    let spelled: [Character: String] = ["ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"]
    return nameKey.filter { $0.isLetter || $0.isNumber }.map { spelled[$0] ?? String($0) }.joined()
  }
}
