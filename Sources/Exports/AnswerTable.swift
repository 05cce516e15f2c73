import EventLog
public import Interchange
public import Journey
public import ProjectionEngine

/// The figures of an answer as a table whose columns are typed and described.
public struct AnswerTable: Sendable {
  /// The columns.
  public let variables: [TableVariable]
  /// The rows: one value for each column, missing where it is not defined.
  public let rows: [[TableValue]]
  /// What they are, and what they rest on.
  public let codebook: Codebook

  /// Takes the figures of an answer.
  ///
  /// - Throws: What working them out throws.
  public init(_ answer: any QuestionAnswer, referenceDay: Day) throws {
    let (columns, figures) = try answer.table
    let variables = columns.map { AnswerVariables.variable($0) }
    self.variables = variables
    rows = figures.map { row in
      zip(row, variables).map { AnswerTable.value($0, $1.kind) }
    }
    codebook = AnswerTable.codebook(answer, variables, referenceDay)
  }

  private init(
    _ variables: [TableVariable], _ rows: [[TableValue]], _ codebook: Codebook
  ) {
    (self.variables, self.rows, self.codebook) = (variables, rows, codebook)
  }

  /// The table with only the columns at these places.
  public func choosing(_ places: [Int]) -> AnswerTable {
    AnswerTable(
      places.map { variables[$0] }, rows.map { row in places.map { row[$0] } },
      codebook.choosing(places))
  }

  private static func value(_ cell: String, _ kind: TableVariable.Kind) -> TableValue {
    if cell == "NA" { return .missing }
    switch kind {
    case .whole: return Int64(cell).map { .whole($0) } ?? .missing
    case .decimal: return Double(cell).map { .decimal($0) } ?? .missing
    default: return .text(cell)
    }
  }

  private static func codebook(
    _ answer: any QuestionAnswer, _ variables: [TableVariable], _ day: Day
  ) -> Codebook {
    let definition = answer.definition
    let log = answer.certificate
    var notes = [
      LocalizedText(en: definition.sentence(.english), de: definition.sentence(.german)),
      LocalizedText(
        en: "Figures over people, unprotected: small groups can give somebody away. What may be"
          + " published comes from wegmarke release.",
        de: "Zahlen über Personen, ungeschützt: Kleine Gruppen können jemanden verraten. Was"
          + " veröffentlicht werden darf, kommt aus wegmarke release."),
    ]
    if log.isSimulated {
      notes.insert(
        .init(
          en: "Simulated data: nobody here exists.", de: "Simulierte Daten: Niemand hier ist echt."),
        at: 0)
    }
    func fact(_ key: String, _ en: String, _ de: String, _ value: String) -> Codebook.Fact {
      .init(key, .init(en: en, de: de), LocalizedText(verbatim: value))
    }
    return Codebook(
      name: "answer",
      title: .init(
        en: "Wegmarke: \(definition.title(.english))", de: "Wegmarke: \(definition.title(.german))"),
      notes: notes,
      facts: [
        fact("question", "question", "Frage", "\(definition.name) v\(definition.version)"),
        fact(
          "definitionDigest", "digest of the definition", "Prüfsumme der Definition",
          definition.digest),
        fact("origin", "log", "Protokoll", log.origin),
        fact("size", "records known", "bekannte Einträge", String(log.size)),
        fact("root", "Merkle root", "Merkle-Wurzel", log.root),
        fact("referenceDay", "reference day", "Stichtag", day.description),
        fact(
          "people", "people who count", "Personen, die zählen", String(answer.attrition.counted)),
      ], variables: variables)
  }

  /// The table in a form, with the codebook inside where the form has room for it.
  public func written(in form: Codebook.Form, by creator: String) -> [UInt8] {
    switch form {
    case .csv: written(CSVTable(variables, .csv))
    case .deCSV: written(CSVTable(variables, .germanCSV))
    case .tsv: written(CSVTable(variables, .tsv))
    case .json: written(JSONTable(variables, .document(table: "answer")))
    case .ndjson: written(JSONTable(variables, .lines))
    case .parquet:
      written(
        ParquetTable(
          variables,
          metadata: [
            ("wegmarke.codebook", codebook.dataPackage(file: "answer.parquet", .parquet))
          ], creator: creator))
    }
  }

  private func written(_ writer: some TableWriter) -> [UInt8] {
    var writer = writer
    for row in rows { writer.append(row) }
    writer.end()
    return writer.take()
  }
}
