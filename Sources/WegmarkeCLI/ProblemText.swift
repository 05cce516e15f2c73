import EventLog
import Journey

// What is wrong with a record, an event or a proof, as clauses for sentences.

extension RecordProblem {
  /// The problem as a clause.
  var words: LocalizedText {
    switch self {
    case .checksum:
      .init(
        en: "its checksum is wrong, bytes were changed or lost",
        de: "die Prüfsumme stimmt nicht, Bytes sind verändert oder verloren")
    case .truncated:
      .init(en: "it is shorter than it says", de: "er ist kürzer, als er angibt")
    case .newerFormat(let format):
      .init(
        en: "a newer program wrote it (format \(format))",
        de: "ein neueres Programm hat ihn geschrieben (Format \(format))")
    case .malformed(let what):
      .init(
        en: "its header has a number without meaning (\(what))",
        de: "sein Kopf hat eine Zahl ohne Bedeutung (\(what))")
    }
  }
}

extension PayloadProblem {
  /// The problem as a clause.
  var words: LocalizedText {
    switch self {
    case .truncated:
      .init(en: "it ends in the middle of a value", de: "er endet mitten in einem Wert")
    case .unknownType(let type):
      .init(
        en: "a newer program wrote it (event type \(type))",
        de: "ein neueres Programm hat ihn geschrieben (Ereignistyp \(type))")
    case .newerSchema(let type, let version):
      .init(
        en: "a newer program wrote it (\(type.schema.name), version \(version))",
        de: "ein neueres Programm hat ihn geschrieben (\(type.schema.name), Version \(version))")
    case .malformed:
      .init(
        en: "a value is of no kind that there is", de: "ein Wert ist von keiner bekannten Art")
    }
  }
}

extension EventProblem {
  /// The problem as a clause.
  var words: LocalizedText {
    switch self {
    case .missingField(let name):
      .init(en: "the field “\(name)” is missing", de: "das Feld „\(name)“ fehlt")
    case .unknownField(let tag):
      .init(en: "field \(tag) has no place in it", de: "das Feld \(tag) gehört nicht hinein")
    case .badValue(let name):
      .init(
        en: "the value of “\(name)” is not of its kind",
        de: "der Wert von „\(name)“ ist nicht von seiner Art")
    case .repeatedField(let tag):
      .init(en: "field \(tag) is stated twice", de: "das Feld \(tag) steht doppelt")
    case .dateOutOfRange:
      .init(en: "its date is out of range", de: "sein Datum liegt außerhalb des Zulässigen")
    }
  }
}

extension ProofPart {
  /// What was expected, in words.
  var words: LocalizedText {
    switch self {
    case .text:
      .init(
        en: "UTF-8 without control characters, ending in a line feed",
        de: "UTF-8 ohne Steuerzeichen, mit Zeilenende am Schluss")
    case .blankLine: .init(en: "an empty line", de: "eine leere Zeile")
    case .heading:
      .init(
        en: "“c2sp.org/tlog-proof@v1”, or “old” and a size not above the checkpoint's",
        de: "„c2sp.org/tlog-proof@v1“ oder „old“ und eine Größe bis zu der des Prüfpunkts")
    case .extra: .init(en: "“extra” and base64", de: "„extra“ und Base64")
    case .index:
      .init(
        en: "“index” and a number below the checkpoint's size",
        de: "„index“ und eine Zahl unter der Größe des Prüfpunkts")
    case .hash: .init(en: "a hash: 32 bytes in base64", de: "eine Prüfsumme: 32 Byte in Base64")
    case .hashCount:
      .init(
        en: "as many hashes as this size calls for",
        de: "so viele Prüfsummen, wie diese Größe verlangt")
    case .origin: .init(en: "the name of a log", de: "der Name eines Protokolls")
    case .size:
      .init(
        en: "a size in decimal digits, without leading zeros",
        de: "eine Größe in Dezimalziffern ohne führende Nullen")
    case .extensionLine: .init(en: "a line that is not empty", de: "eine nicht leere Zeile")
    case .signature:
      .init(
        en: "a signature: “— name base64”", de: "eine Signatur: „— Name Base64“")
    case .signatureCount:
      .init(
        en: "at most \(SignedNote.signatureLimit) signatures",
        de: "höchstens \(SignedNote.signatureLimit) Signaturen")
    case .key: .init(en: "a verifier key: name+id+key", de: "ein Schlüssel: Name+Kennung+Schlüssel")
    }
  }
}
