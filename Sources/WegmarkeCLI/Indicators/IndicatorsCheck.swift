import ArgumentParser
import Journey
import Presentation
import ProjectionEngine

extension IndicatorsCommand {
  /// The command `wegmarke indicators check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Checks tables 6 and 10 of any origin; needs no store.",
      discussion: """
        A check whose rows are missing is neither held nor broken: it is named, and the exit code is 1.

        EXAMPLES
          wegmarke indicators check table-6.csv table-10.csv
          wegmarke indicators check new/table-6.csv --last old/table-6.csv
        """, aliases: ["pruefen"])

    @OptionGroup var global: GlobalOptions
    @Argument(help: "CSV files with columns indicator, total, women, men, non-binary.")
    var files: [String]
    @Option(
      parsing: .singleValue,
      help: ArgumentHelp("The tables transmitted last; may be repeated.", valueName: "file"))
    var last: [String] = []
    @Option(help: ArgumentHelp("Set of indicators, by name or path.", valueName: "name"))
    var definition = "esf-plus"

    func run() throws {
      let console = global.console
      let set = try IndicatorLibrary.find(definition)
      let now = try IndicatorFiles(files, set)
      let before = last.isEmpty ? nil : try IndicatorFiles(last, set, groupedBy: now.names)
      let findings = set.findings(in: now.values, after: before?.values)
      let unchecked = set.unchecked(in: now.values, after: before?.values)
      let verdict = IndicatorVerdict(
        set: set, findings: findings, unchecked: unchecked, hasEarlier: before != nil)
      let style = console.output.page(ofColumns: 80)
      let language = console.language
      try console.print(
        LocalizedText(
          en: "\(now.rowCount) rows read. ", de: "\(now.rowCount) Zeilen gelesen. ")(language)
          + verdict.text(language))
      if !findings.isEmpty {
        try console.print(
          IndicatorFindings(set: set, language: language).text(findings, style) {
            now.place(of: $0)
          })
      }
      for text in now.contradictions { try console.print(text(language).wrapped(to: 80)) }
      let isClear = findings.isEmpty && unchecked.isEmpty && now.contradictions.isEmpty
      guard !isClear else { return }
      throw ExitCode(ExitStatus.problems.rawValue)
    }
  }
}

/// Tables of indicators as files hold them.
struct IndicatorFiles {
  /// The rows.
  private(set) var values: [IndicatorValue] = []
  /// Totals of reference outputs that stand otherwise in another row, with their place.
  private(set) var contradictions: [LocalizedText] = []
  /// How many rows the files have.
  private(set) var rowCount = 0
  /// What groups are made by, in the order of the first file's columns.
  private(set) var names: [String] = []
  private var tables: [EstimateTable] = []
  /// The file and row of each indicator and group; where that is in the file is looked up when asked for.
  private var places: [String: (table: Int, row: Int)] = [:]

  /// Reads files; every column that is none of the fixed ones makes groups.
  ///
  /// - Parameter groupedBy: The columns that other files have; nil for those of the first file here. Their
  ///   order may differ from file to file, their names may not.
  init(_ paths: [String], _ set: IndicatorSet, groupedBy: [String]? = nil) throws {
    var known = groupedBy
    for path in paths {
      let table = try EstimateTable(path: path, wanted: nil, conditions: [])
      let own = table.header.filter { !IndicatorTables.fixed.contains($0) }
      names = known ?? own
      known = names
      guard Set(own) == Set(names), own.count == names.count else {
        throw Failure(
          .init(
            en: "\(path): Groups are made by \(Self.list(own)) here, elsewhere by"
              + " \(Self.list(names)).",
            de: "\(path): Gruppen entstehen hier nach \(Self.list(own)), anderswo nach"
              + " \(Self.list(names))."),
          advice: .init(
            en: "Files that are checked together have the same columns, in any order.",
            de: "Zusammen geprüfte Dateien haben dieselben Spalten, in beliebiger Reihenfolge."),
          .data)
      }
      let codes = try table.texts("indicator")
      let numbers = try GenderColumn.allCases.map { try table.texts($0.rawValue) }
      let groups = try names.map { try table.texts($0) }
      for row in 0..<table.count {
        guard set.indicator(codes[row]) != nil else {
          throw table.failure(
            row: row, column: "indicator",
            .init(
              en: "There is no indicator “\(codes[row])” in \(set.name).",
              de: "Einen Indikator „\(codes[row])“ gibt es in \(set.name) nicht."))
        }
        let value = IndicatorValue(
          indicator: codes[row], group: groups.map { $0[row] },
          numbers: try zip(GenderColumn.allCases, numbers).map { column, texts in
            try Self.number(texts[row]) { table.failure(row: row, column: column.rawValue, $0) }
          })
        let key = Self.key(value.indicator, value.group)
        if let known = places[key] {
          let place = known.table == tables.count ? table : tables[known.table]
          let named = place.place(row: known.row)
          throw table.failure(
            row: row, column: "indicator",
            .init(
              en: "The same indicator and group stand at \(named).",
              de: "Derselbe Indikator und dieselbe Gruppe stehen bei \(named)."))
        }
        places[key] = (tables.count, row)
        values.append(value)
        rowCount += 1
      }
      tables.append(table)
    }
    try addReferences(set)
  }

  /// Takes the total of a reference output from the results where its own row is in no file; where it is,
  /// the two are compared.
  private mutating func addReferences(_ set: IndicatorSet) throws {
    let known = Dictionary(values.map { (Self.key($0.indicator, $0.group), $0.numbers[0]) }) {
      one, _ in one
    }
    let totals = try tables.map { table in
      table.has("reference-total") ? try table.texts("reference-total") : nil
    }
    var added: [String: Int] = [:]
    for value in values {
      guard let reference = set.indicator(value.indicator)?.reference,
        let place = places[Self.key(value.indicator, value.group)],
        let text = totals[place.table]?[place.row]
      else { continue }
      let table = tables[place.table]
      let stated = try Self.number(text) {
        table.failure(row: place.row, column: "reference-total", $0)
      }
      guard let stated else { continue }
      let key = Self.key(reference, value.group)
      let other = known[key] ?? added[key]
      if let other, other != stated {
        let named = table.place(row: place.row)
        contradictions.append(
          .init(
            en: "\(named): \(reference) is \(stated) here and \(other) elsewhere.",
            de: "\(named): \(reference) ist hier \(stated) und anderswo \(other)."))
      }
      guard known[key] == nil, added[key] == nil else { continue }
      added[key] = stated
      values.append(
        IndicatorValue(
          indicator: reference, group: value.group,
          numbers: GenderColumn.allCases.map { $0 == .total ? stated : nil }))
    }
  }

  private static func list(_ names: [String]) -> String {
    names.isEmpty ? "–" : names.joined(separator: ", ")
  }

  /// Where a row stands that breaks a check.
  func place(of finding: IndicatorFinding) -> String? {
    places[Self.key(finding.indicator, finding.group)].map { tables[$0.table].place(row: $0.row) }
  }

  private static func key(_ indicator: String, _ group: [String?]) -> String {
    ([indicator] + group.map { $0 ?? "" }).joined(separator: "\u{1F}")
  }

  private static func number(
    _ text: String, failure: (LocalizedText) -> Failure
  ) throws -> Int? {
    if text.isEmpty { return nil }
    // Sums of what fits into 32 bits cannot overflow.
    guard let number = Int32(text), number >= 0 else {
      throw failure(
        .init(
          en: "“\(text)” is not a whole number of participations.",
          de: "„\(text)“ ist keine ganze Zahl von Teilnahmen."))
    }
    return Int(number)
  }
}
