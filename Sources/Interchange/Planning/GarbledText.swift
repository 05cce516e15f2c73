import Journey

/// A text that was read in another encoding than it was written in, somewhere on its way.
///
/// UTF-8 that was taken for Windows-1252 shows two or three characters for one: “MÃ¼ller”. And a
/// replacement character (U+FFFD) stands where a program met bytes that it could not read. Both look like
/// text to a computer, so nothing but this finds them.
struct GarbledText: Equatable {
  /// What is probably meant; nil where the characters are lost.
  let meant: String?
  /// The cell as it stands.
  let text: String
  /// Its column, where several are joined; nil for the one that is read.
  var column: Int?

  /// Finds out whether a cell is garbled; nil for one that is not.
  init?(_ cell: Span<UInt8>) {
    guard GarbledText.isSuspect(cell) else { return nil }
    text = Interchange.text(cell)
    if text.unicodeScalars.contains("\u{FFFD}") {
      meant = nil
    } else {
      guard let meant = GarbledText.repaired(text) else { return nil }
      self.meant = meant
    }
  }

  /// Whether the cell holds a character with which garbled text begins: one look at each byte.
  private static func isSuspect(_ cell: Span<UInt8>) -> Bool {
    for index in cell.indices.dropLast() where cell[index] >= 0xC3 {
      switch (cell[index], cell[index + 1]) {
      // Â Ã Å Ð Ñ Ø Ù â, and U+FFFD.
      case (0xC3, 0x82), (0xC3, 0x83), (0xC3, 0x85), (0xC3, 0x90), (0xC3, 0x91), (0xC3, 0x98),
        (0xC3, 0x99), (0xC3, 0xA2), (0xEF, 0xBF):
        return true
      default: break
      }
    }
    return false
  }

  /// The text with every garbled sequence read as UTF-8; nil when there is none.
  private static func repaired(_ text: String) -> String? {
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var place = 0
    var isGarbled = false
    while place < scalars.count {
      if let (scalar, length) = sequence(scalars[place...]) {
        result.append(scalar)
        isGarbled = true
        place += length
      } else {
        result.append(scalars[place])
        place += 1
      }
    }
    return isGarbled ? String(result) : nil
  }

  /// The character that the first ones of a text stand for, as bytes of Windows-1252.
  private static func sequence(
    _ scalars: ArraySlice<Unicode.Scalar>
  ) -> (Unicode.Scalar, length: Int)? {
    guard let first = scalars.first else { return nil }
    let length = first == "â" ? 3 : 2
    guard "ÂÃÅÐÑØÙâ".unicodeScalars.contains(first), scalars.count >= length else { return nil }
    let rest = scalars.dropFirst().prefix(length - 1)
    // After these letters a dash or a closing quote may stand in a text that is right.
    if first != "Ã", first != "â", rest.contains(where: { "–—‘’‚“”„…".unicodeScalars.contains($0) })
    {
      return nil
    }
    var bytes: [UInt8] = []
    for scalar in [first] + rest {
      guard let byte = Windows1252.byte(of: scalar) else { return nil }
      bytes.append(byte)
    }
    guard let read = String(validating: bytes, as: UTF8.self), let only = read.unicodeScalars.first
    else { return nil }
    return (only, length)
  }

  /// What is wrong and what to do about it.
  func message(_ within: LocalizedText) -> (LocalizedText, hint: LocalizedText?) {
    let shown = text.count > 60 ? text.prefix(57) + "…" : text[...]
    guard let meant else {
      return (
        LocalizedText(
          en: "“\(shown)”\(within.en) holds “\u{FFFD}”: a character was lost on the way.",
          de: "„\(shown)“\(within.de) enthält „\u{FFFD}“: Ein Zeichen ging unterwegs verloren."),
        LocalizedText(
          en: "Correct the cell, or export the file again as “CSV UTF-8”.",
          de: "Bitte die Zelle berichtigen oder die Datei neu als „CSV UTF-8“ ausgeben.")
      )
    }
    return (
      LocalizedText(
        en: "“\(shown)”\(within.en) is garbled: UTF-8 was read as Windows-1252.",
        de: "„\(shown)“\(within.de) ist entstellt: UTF-8 wurde als Windows-1252 gelesen."),
      LocalizedText(
        en: "Is “\(meant)” meant? Correct the cell, or export the file again as “CSV UTF-8”.",
        de: "Ist „\(meant)“ gemeint? Bitte die Zelle berichtigen oder die Datei neu als „CSV UTF-8“"
          + " ausgeben.")
    )
  }
}
