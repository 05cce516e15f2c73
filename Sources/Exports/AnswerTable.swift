public import Interchange
public import Journey
public import LabelledFiles
public import ProjectionEngine

/// The figures of an answer as a table whose columns are typed and described.
public struct AnswerTable: Sendable {
  /// The columns.
  public let variables: [TableVariable]
  /// The rows: one value for each column, missing where it is not defined.
  public let rows: [[TableValue]]
  /// What they are, and what they rest on.
  public let codebook: Codebook
  private let basis: ExportBasis

  /// Takes the figures of an answer.
  ///
  /// - Throws: What working them out throws.
  public init(_ answer: any QuestionAnswer, _ basis: ExportBasis) throws {
    let (columns, figures) = try answer.table
    let variables = columns.map { AnswerVariables.variable($0) }
    self.variables = variables
    rows = figures.map { row in
      zip(row, variables).map { AnswerTable.value($0, $1.kind) }
    }
    codebook = AnswerTable.codebook(answer, variables, basis)
    self.basis = basis
  }

  private init(
    _ variables: [TableVariable], _ rows: [[TableValue]], _ codebook: Codebook,
    _ basis: ExportBasis
  ) {
    (self.variables, self.rows, self.codebook, self.basis) = (variables, rows, codebook, basis)
  }

  /// The table with only the columns at these places; nil for all of them.
  public func choosing(_ places: [Int]?) -> AnswerTable {
    guard let places else { return self }
    return AnswerTable(
      places.map { variables[$0] }, rows.map { row in places.map { row[$0] } },
      codebook.choosing(places), basis)
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
    _ answer: any QuestionAnswer, _ variables: [TableVariable], _ basis: ExportBasis
  ) -> Codebook {
    let definition = answer.definition
    let notes = [
      LocalizedText(en: definition.sentence(.english), de: definition.sentence(.german)),
      LocalizedText(
        en: "Figures over people, unprotected: small groups can give somebody away. What may be"
          + " published comes from wegmarke release.",
        de: "Zahlen über Personen, ungeschützt: Kleine Gruppen können jemanden verraten. Was"
          + " veröffentlicht werden darf, kommt aus wegmarke release."),
    ]
    func fact(_ key: String, _ en: String, _ de: String, _ value: String) -> Codebook.Fact {
      .init(key, .init(en: en, de: de), LocalizedText(verbatim: value))
    }
    let facts =
      [
        fact("question", "question", "Frage", "\(definition.name) v\(definition.version)"),
        fact(
          "definitionDigest", "digest of the definition", "Prüfsumme der Definition",
          definition.digest),
      ] + basis.facts + [
        fact(
          "people", "people who count", "Personen, die zählen", String(answer.attrition.counted))
      ]
    return Codebook(
      name: "answer",
      title: .init(
        en: "Wegmarke: \(definition.title(.english))", de: "Wegmarke: \(definition.title(.german))"),
      label: basis.label(of: definition.name), notes: basis.remarks + notes, facts: facts,
      variables: variables)
  }

  /// The table in a form, with the codebook inside where the form has room for it.
  ///
  /// - Parameter language: Of labels and notes inside a file of SPSS or Stata.
  /// - Throws: `LabelledFileError` where such a file cannot be made.
  public func written(
    in form: Codebook.Form, _ language: Language, by creator: String
  ) throws(LabelledFileError) -> [UInt8] {
    switch form {
    case .csv: return written(CSVTable(variables, .csv))
    case .deCSV: return written(CSVTable(variables, .germanCSV))
    case .tsv: return written(CSVTable(variables, .tsv))
    case .json: return written(JSONTable(variables, .document(table: "answer")))
    case .ndjson: return written(JSONTable(variables, .lines))
    case .parquet:
      return written(
        ParquetTable(
          variables,
          metadata: [
            ("wegmarke.codebook", codebook.dataPackage(file: "answer.parquet", .parquet))
          ], creator: creator))
    case .sav, .dta:
      var measure = TableMeasure(variables)
      for row in rows { measure.append(row) }
      let table = try LabelledTable(codebook, form, measure, language, at: basis.recordedUntil)
      let bytes = written(table)
      try table.finish()
      return bytes
    }
  }

  private func written(_ writer: some TableWriter) -> [UInt8] {
    var writer = writer
    for row in rows { writer.append(row) }
    writer.end()
    return writer.take()
  }
}
