import EventLog
import Files
import Interchange
import Journey
import ProjectionEngine

/// The folder into which the tables of a transmission are written.
struct IndicatorFolder {
  let path: String
  private let format: IndicatorFormat
  private let files: [String: OutputFile]

  /// Creates the folder where it is not there.
  ///
  /// - Throws: `Failure` where a file must not stand.
  init(_ path: String, _ format: IndicatorFormat, _ replacing: ReplaceOptions) throws {
    self.path = path
    self.format = format
    let names =
      format == .json
      ? ["indicators.json"] : ["table-6.csv", "table-10.csv", "checks.csv", "incomplete.csv"]
    try OutputFile.refuseStore(at: "\(path)/\(names[0])")
    try Folder.create(path)
    var files: [String: OutputFile] = [:]
    for name in names {
      files[name] = try replacing.file(at: "\(path)/\(name)")
    }
    self.files = files
  }

  /// Writes all tables.
  func write(
    _ page: IndicatorPage, _ incomplete: [IncompleteRecord], _ language: Language
  ) throws {
    if let file = files["indicators.json"] {
      return try file.write(try IndicatorDocument(page: page).bytes())
    }
    let dialect = format.dialect
    let tables = IndicatorTables(page: page, dialect: dialect, language: language)
    try files["table-6.csv"]?.write(tables.table(.outputs))
    try files["table-10.csv"]?.write(tables.table(.results))
    try files["checks.csv"]?.write(tables.checks())
    try files["incomplete.csv"]?.write(
      IncompleteList(records: incomplete, set: page.set, name: page.name).csv(dialect))
  }
}

/// Tables 6 and 10 and the findings as CSV; codes and ISO dates whatever the language.
struct IndicatorTables {
  let page: IndicatorPage
  let dialect: CSVDialect
  let language: Language

  /// Columns that say what a row is about, and are no group.
  static let fixed: Set<String> = [
    "period", "indicator", "name", "unit", "total", "women", "men", "non-binary", "in-period",
    "women-in-period", "men-in-period", "non-binary-in-period", "no", "unknown", "not-due",
    "not-asked", "reference", "reference-total",
  ]

  /// One row a group and indicator.
  func table(_ table: Indicator.Table) -> [UInt8] {
    let category = Fields.regionCategory.name
    let groups = page.table.groupNames.filter { $0 != category }
    let columns = GenderColumn.allCases
    var writer = CSVWriter(dialect)
    writer.header(
      ["period", "priority", "specific-objective", category] + groups
        + ["indicator", "name", "unit"] + columns.map(\.rawValue) + ["in-period"]
        + columns.dropFirst().map { "\($0.rawValue)-in-period" }
        + ["no", "unknown", "not-due", "not-asked"]
        + (table == .results ? ["reference", "reference-total"] : []))
    for group in page.table.groups {
      let values = Dictionary(
        zip(page.table.groupNames, group).map { ($0, $1 ?? "") }
      ) { one, _ in one }
      for indicator in page.set.indicators where indicator.table == table {
        let figures = columns.map { page.table.figures(indicator.code, in: group, $0) }
        let hasGender = indicator.basis != .entities
        for text in [
          page.period, page.set.priority, page.set.specificObjective, values[category] ?? "",
        ] + groups.map({ values[$0] ?? "" }) + [
          indicator.code, indicator.label(language), "number",
        ] {
          writer.text(text)
        }
        for (column, figures) in zip(columns, figures) {
          write(hasGender || column == .total ? figures?.yes : nil, &writer)
        }
        for (column, figures) in zip(columns, figures) {
          write(hasGender || column == .total ? figures?.inPeriod : nil, &writer)
        }
        let all = figures[0]
        for number in [all?.no, all?.unknown, all?.notDue, all?.notAsked] { write(number, &writer) }
        if table == .results {
          writer.text(indicator.reference ?? "")
          write(
            indicator.reference.flatMap { page.table.figures($0, in: group)?.yes }, &writer)
        }
        writer.endRow()
      }
    }
    return writer.take()
  }

  private func write(_ number: Int?, _ writer: inout CSVWriter) {
    if let number { writer.integer(number) } else { writer.empty() }
  }

  /// The rows that break a check, and of numbers that fell the records that made them fall.
  func checks() -> [UInt8] {
    var writer = CSVWriter(dialect)
    writer.header(
      ["check"] + page.table.groupNames
        + ["indicator", "column", "found", "expected", "record", "participant", "event", "change"])
    for finding in page.findings {
      let drop = page.drops.first { $0.finding == finding }
      func row(_ cause: IndicatorDrop.Cause?) {
        writer.text(finding.check)
        for value in finding.group { writer.text(value ?? "") }
        writer.text(finding.indicator)
        writer.text(finding.column.rawValue)
        writer.integer(finding.found)
        writer.integer(finding.expected)
        writer.text(cause?.position.description ?? "")
        writer.text(cause.flatMap { page.name($0.participant) } ?? "")
        writer.text(cause?.event.type.name ?? "")
        write(cause?.change, &writer)
        writer.endRow()
      }
      if let causes = drop?.causes, !causes.isEmpty {
        for cause in causes { row(cause) }
      } else {
        row(nil)
      }
    }
    return writer.take()
  }
}
