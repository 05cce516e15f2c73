/// About how wide a text is in a drawing, and where to break it.
///
/// A drawing has no access to the reader's fonts, so the widths are those of a wide common face
/// (DejaVu Sans); narrower faces leave a little air. Good for layout, not for typesetting.
enum ChartText {
  /// The width of a text in the unit of the font size.
  static func width(_ text: String, size: Double, bold: Bool = false) -> Double {
    let units = text.reduce(0.0) { $0 + width($1) }
    return units * size * (bold ? 1.1 : 1)
  }

  private static func width(_ character: Character) -> Double {
    switch character {
    case "i", "j", "l", "I", "'", "|", ".", ",", ":", ";", " ", "\u{A0}", "f", "t", "(", ")", "-",
      "r", "/", "J", "!":
      0.4
    case "m", "w", "M", "W", "%", "@", "–", "—", "…": 0.98
    case "a"..."z": 0.62
    case "0"..."9": 0.64
    case "A"..."Z": 0.72
    default:
      switch DisplayWidth.columns(of: character) {
      case 0: 0
      case 1: 0.72
      default: 1.05
      }
    }
  }

  /// The text in lines no wider than a limit; what exceeds the last line ends in `…`.
  static func lines(
    _ text: String, size: Double, bold: Bool = false, limit: Double, atMost count: Int = .max
  ) -> [String] {
    func fits(_ text: String) -> Bool { width(text, size: size, bold: bold) <= limit }
    var lines: [String] = []
    for word in pieces(text, fits: fits) {
      if let last = lines.last, fits(last + " " + word) {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(word)
      }
    }
    guard lines.count > count, count > 0 else { return lines }
    var last = lines[count - 1] + "…"
    while !fits(last), last.count > 1 {
      last.removeLast(2)
      last += "…"
    }
    return lines[..<(count - 1)] + [last]
  }

  /// The words of a text; a word wider than a line is cut into pieces that fit.
  private static func pieces(_ text: String, fits: (String) -> Bool) -> [String] {
    text.split(separator: " ").flatMap { word -> [String] in
      var pieces: [String] = []
      var piece = ""
      for character in word {
        if !piece.isEmpty, !fits(piece + String(character) + "-") {
          // The break shows as a hyphen, unless the word has one there.
          pieces.append(piece.hasSuffix("-") ? piece : piece + "-")
          piece = ""
        }
        piece.append(character)
      }
      // A word that fits as a whole is not cut for the hyphen it would not need.
      if fits(String(word)) { return [String(word)] }
      return pieces + [piece]
    }
  }
}
