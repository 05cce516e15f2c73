public import Journey

/// What a person types in words: a reason, a name, a note.
///
/// Such words are shown on terminals for ever, so what steers one (control characters, and those that
/// turn the direction of writing) is refused where somebody types it; a file may still bring it, and
/// whatever shows it takes the power from it.
public enum StatedText {
  /// A reason, or other words that are demanded.
  ///
  /// - Parameter subject: What the words are, as the subject of a sentence.
  /// - Throws: `RecordingError.notAStatement` for empty ones, and for characters that steer.
  @discardableResult
  public static func reason(
    _ text: String, _ subject: LocalizedText = .init(en: "The reason", de: "Die Begründung")
  ) throws(RecordingError) -> String {
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw .notAStatement(
        subject + LocalizedText(en: " is empty.", de: " ist leer."),
        advice: .init(
          en: "Say it in words; it is asked for later.",
          de: "Bitte in Worten angeben; danach wird später gefragt."))
    }
    return try line(text, subject)
  }

  /// Words on one line.
  ///
  /// - Parameter subject: What the words are, as the subject of a sentence.
  /// - Throws: `RecordingError.notAStatement` for characters that steer, a line break among them.
  @discardableResult
  public static func line(
    _ text: String, _ subject: LocalizedText
  ) throws(RecordingError) -> String {
    try checked(text, subject, allowsLines: false)
  }

  /// Words on one line or several.
  @discardableResult
  public static func lines(
    _ text: String, _ subject: LocalizedText
  ) throws(RecordingError) -> String {
    try checked(text, subject, allowsLines: true)
  }

  private static func checked(
    _ text: String, _ subject: LocalizedText, allowsLines: Bool
  ) throws(RecordingError) -> String {
    let found = text.unicodeScalars.first { scalar in
      steers(scalar) && !(allowsLines && scalar == "\n")
    }
    guard let found else { return text }
    let digits = String(found.value, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    throw .notAStatement(
      LocalizedText(
        en: "\(subject.en) holds a control character (\(name)).",
        de: "\(subject.de) enthält ein Steuerzeichen (\(name))."),
      advice: .init(
        en: "Nothing was stored. Type the words without it"
          + (found == "\n" && !allowsLines ? ", on one line." : "."),
        de: "Nichts wurde gespeichert. Bitte ohne dieses Zeichen schreiben"
          + (found == "\n" && !allowsLines ? ", in einer Zeile." : ".")))
  }

  /// Whether a character steers what shows it: C0, DEL, C1, separators of lines, marks of direction.
  private static func steers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
