public import EventLog
public import Interchange
public import Journey

/// What a table that leaves the program rests on, and what its codebook says of that.
public struct ExportBasis: Sendable {
  /// The name of the log.
  public let origin: String
  /// The number of records known.
  public let size: UInt64
  /// The Merkle root over them, in hexadecimal digits.
  public let root: String
  /// When the last of them was recorded, in microseconds since 1970 UTC; nil when there is none.
  public let recordedUntil: Int64?
  /// The reference day: nothing that happened later is in it.
  public let referenceDay: Day
  /// Whether made-up people are in it.
  public let isSimulated: Bool

  /// States a basis.
  ///
  /// - Throws: What reading the log throws.
  public init(
    of log: EventLog, size: UInt64, recordedUntil: Int64?, referenceDay: Day, isSimulated: Bool
  ) throws(LogError) {
    origin = log.origin
    self.size = size
    root = ContentDigest.hex(try log.root(size: size))
    self.recordedUntil = recordedUntil
    self.referenceDay = referenceDay
    self.isSimulated = isSimulated
  }

  /// The basis as facts of a codebook.
  public var facts: [Codebook.Fact] {
    func fact(_ key: String, _ en: String, _ de: String, _ value: String) -> Codebook.Fact {
      .init(key, .init(en: en, de: de), LocalizedText(verbatim: value))
    }
    var facts = [
      fact("origin", "log", "Protokoll", origin),
      fact("size", "records known", "bekannte Einträge", String(size)),
      fact("root", "Merkle root", "Merkle-Wurzel", root),
    ]
    if let recordedUntil {
      facts.append(
        fact(
          "recordedUntil", "last record (UTC)", "letzter Eintrag (UTC)",
          Timestamp.text(recordedUntil)))
    }
    return facts + [fact("referenceDay", "reference day", "Stichtag", referenceDay.description)]
  }

  /// What is said first wherever made-up people are in a file.
  var remarks: [LocalizedText] {
    isSimulated
      ? [
        .init(
          en: "Simulated data: nobody here exists.", de: "Simulierte Daten: Niemand hier ist echt.")
      ] : []
  }

  /// A label of at most 64 characters: the mark of made-up people first, then what it is and how old.
  func label(of name: String) -> LocalizedText {
    let until = recordedUntil.map { String(Timestamp.text($0).prefix(10)) } ?? "-"
    return LocalizedText(
      en: "\(isSimulated ? "SIMULATED: " : "")\(name), as known on \(until)",
      de: "\(isSimulated ? "SIMULIERT: " : "")\(name), Datenstand \(until)")
  }
}
