public import EventLog
public import Interchange
public import Journey
import ProjectionEngine

/// One export of people's data as a table.
public struct ExportTable: Sendable {
  /// What is exported.
  public let kind: ExportKind
  /// The columns.
  public let variables: [TableVariable]
  private let people: ExportedPeople
  private let basis: ExportBasis
  private let further: [String]

  /// Draws names and an order, and works out the columns.
  ///
  /// - Throws: What the store throws.
  public init(_ kind: ExportKind, of log: EventLog, _ basis: ExportBasis) throws {
    self.kind = kind
    self.basis = basis
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
    let notes: [LocalizedText] = [
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
    return Codebook(
      name: kind.rawValue, title: title, label: basis.label(of: kind.rawValue),
      notes: basis.remarks + notes, facts: basis.facts, variables: variables)
  }

  private var title: LocalizedText {
    LocalizedText(
      en: "Wegmarke: \(kind.rawValue), \(kind.label.en)",
      de: "Wegmarke: \(kind.rawValue), \(kind.label.de)")
  }
}
