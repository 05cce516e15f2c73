public import EventLog
public import Interchange
public import Journey
import ProjectionEngine

/// One export of people's data as a table.
public struct ExportTable: Sendable {
  /// What it rests on.
  public struct Basis: Sendable {
    /// The number of records known.
    public let size: UInt64
    /// When the last of them was recorded, in microseconds since 1970 UTC.
    public let recordedUntil: Int64?
    /// The reference day: nothing that happened later is in it.
    public let referenceDay: Day
    /// Whether made-up people are in it.
    public let isSimulated: Bool

    /// States a basis.
    public init(size: UInt64, recordedUntil: Int64?, referenceDay: Day, isSimulated: Bool) {
      self.size = size
      self.recordedUntil = recordedUntil
      self.referenceDay = referenceDay
      self.isSimulated = isSimulated
    }
  }

  /// What is exported.
  public let kind: ExportKind
  /// The columns.
  public let variables: [TableVariable]
  private let people: ExportedPeople
  private let basis: Basis
  private let origin: String
  private let root: [UInt8]
  private let further: [String]

  /// Draws names and an order, and works out the columns.
  ///
  /// - Throws: What the store throws.
  public init(_ kind: ExportKind, of log: EventLog, _ basis: Basis) throws {
    self.kind = kind
    self.basis = basis
    origin = log.origin
    root = try log.root(size: basis.size)
    people = try ExportedPeople(of: log, size: basis.size)
    // Which attributes sources made up is known only when everybody was looked at.
    var names: Set<String> = []
    if kind == .participants {
      _ = try people.forEach { names.formUnion($0.catalogue.columns.map(\.name)) }
      names.remove(Fields.advisor.name)
    }
    further = names.sorted()
    variables = ExportTable.source(kind, basis.referenceDay, further).variables
  }

  private static func source(
    _ kind: ExportKind, _ day: Day, _ further: [String]
  ) -> any RowSource {
    switch kind {
    case .participants: ParticipantRows(on: day, further: further)
    case .spells: SpellRows(on: day)
    case .panel: PanelRows(on: day)
    case .events: EventExportRows(on: day)
    }
  }

  /// What came of an export.
  public struct Outcome: Sendable {
    /// Who is in it, and how many were left out.
    public let count: ExportedPeople.Count
    /// The rows written.
    public let rows: Int
    /// The participants whose data left the program.
    public let participants: [ParticipantRef]
  }

  /// Writes all rows.
  ///
  /// - Parameters:
  ///   - writer: Takes the rows.
  ///   - seen: Hears how many participants were looked at, of how many.
  ///   - output: Takes the bytes, some ten thousand rows at a time.
  public func write(
    _ writer: inout some TableWriter, seen: (Int, Int) -> Void = { _, _ in },
    to output: ([UInt8]) throws -> Void
  ) throws -> Outcome {
    var source = ExportTable.source(kind, basis.referenceDay, further)
    var rows = 0
    let (count, participants) = try people.forEach(seen: seen) { person in
      try source.rows(of: person) { row in
        writer.append(row)
        rows += 1
        if rows.isMultiple(of: 16_384) { try output(writer.take()) }
      }
    }
    writer.end()
    try output(writer.take())
    return Outcome(count: count, rows: rows, participants: participants)
  }

  /// The codebook.
  public var codebook: Codebook {
    var notes: [LocalizedText] = [
      .init(
        en:
          "Data of people, under names drawn for this export alone: they are personal data all the"
          + " same.",
        de: "Daten von Personen, unter Namen, die nur für diesen Export gezogen sind: Sie bleiben"
          + " personenbezogen."),
      .init(
        en: "Whose processing is restricted (Art. 18 GDPR) and who was erased is not in it.",
        de: "Wessen Verarbeitung eingeschränkt ist (Art. 18 DSGVO) und wer gelöscht wurde, fehlt."),
    ]
    if basis.isSimulated {
      notes.insert(
        .init(
          en: "Simulated data: nobody here exists.", de: "Simulierte Daten: Niemand hier ist echt."),
        at: 0)
    }
    return Codebook(
      name: kind.rawValue, title: title, notes: notes,
      facts: facts.map { .init($0.key, $0.label, LocalizedText(verbatim: $0.value)) },
      variables: variables)
  }

  private var title: LocalizedText {
    LocalizedText(
      en: "Wegmarke: \(kind.rawValue), \(kind.label.en)",
      de: "Wegmarke: \(kind.rawValue), \(kind.label.de)")
  }

  /// What the table rests on, by key.
  public var facts: [(key: String, label: LocalizedText, value: String)] {
    var facts: [(key: String, label: LocalizedText, value: String)] = [
      ("origin", .init(en: "log", de: "Protokoll"), origin),
      ("size", .init(en: "records known", de: "bekannte Einträge"), String(basis.size)),
      (
        "root", .init(en: "Merkle root", de: "Merkle-Wurzel"),
        ContentDigest.hex(root)
      ),
    ]
    if let recordedUntil = basis.recordedUntil {
      facts.append(
        (
          "recordedUntil", .init(en: "last record (UTC)", de: "letzter Eintrag (UTC)"),
          Timestamp.text(recordedUntil)
        ))
    }
    facts.append(
      (
        "referenceDay", .init(en: "reference day", de: "Stichtag"), basis.referenceDay.description
      ))
    return facts
  }
}
