public import Journey

/// What somebody must know who opens a table: variables, labels, codes, what is missing, and what the
/// table rests on.
public struct Codebook: Sendable {
  /// One thing about the whole table: its state of knowledge, how many people, a digest.
  public struct Fact: Sendable {
    /// The key in machine-readable files.
    public let key: String
    /// What it is.
    public let label: LocalizedText
    /// What it says.
    public let value: LocalizedText

    /// Creates a fact.
    public init(_ key: String, _ label: LocalizedText, _ value: LocalizedText) {
      self.key = key
      self.label = label
      self.value = value
    }
  }

  /// The form of the file that the table lies in.
  public enum Form: String, Sendable, CaseIterable {
    /// RFC 4180, for machines.
    case csv
    /// For German spreadsheets.
    case deCSV = "de-csv"
    /// Tabs between fields.
    case tsv
    /// One JSON document.
    case json
    /// One JSON object a line.
    case ndjson
    /// Apache Parquet.
    case parquet
    /// SPSS.
    case sav
    /// Stata, version 14 and later.
    case dta

    /// The usual ending of the file's name.
    public var ending: String {
      switch self {
      case .csv, .deCSV: "csv"
      case .tsv: "tsv"
      case .json: "json"
      case .ndjson: "ndjson"
      case .parquet: "parquet"
      case .sav: "sav"
      case .dta: "dta"
      }
    }

    /// Whether it is nothing to look at on a terminal.
    public var isBinary: Bool { self == .parquet || self == .sav || self == .dta }

    fileprivate var mediaType: String {
      switch self {
      case .csv, .deCSV: "text/csv"
      case .tsv: "text/tab-separated-values"
      case .json: "application/json"
      case .ndjson: "application/x-ndjson"
      case .parquet: "application/vnd.apache.parquet"
      case .sav: "application/x-spss-sav"
      case .dta: "application/x-stata-dta"
      }
    }
  }

  /// The name of the table.
  public let name: String
  /// What it is.
  public let title: LocalizedText
  /// What it is, where a file has room for 64 characters: whether it is simulated, and how old.
  public let label: LocalizedText
  /// What a reader must know of the whole.
  public let notes: [LocalizedText]
  /// What it rests on.
  public let facts: [Fact]
  /// The columns.
  public let variables: [TableVariable]

  /// Describes a table.
  public init(
    name: String, title: LocalizedText, label: LocalizedText, notes: [LocalizedText],
    facts: [Fact], variables: [TableVariable]
  ) {
    self.name = name
    self.title = title
    self.label = label
    self.notes = notes
    self.facts = facts
    self.variables = variables
  }

  // MARK: For machines

  /// A Frictionless Data Package with one table: `datapackage.json`.
  ///
  /// - Parameters:
  ///   - file: The name of the table's file, beside the package.
  ///   - form: Its form.
  public func dataPackage(file: String, _ form: Form) -> String {
    var resource: [(String, JSONTree)] = [
      ("name", .text(name)), ("path", .text(file)), ("title", .text(title.en)),
      ("format", .text(form.ending)), ("mediatype", .text(form.mediaType)),
      ("profile", .text("tabular-data-resource")),
    ]
    if let delimiter = delimiter(form) {
      resource += [
        ("encoding", .text("utf-8")),
        (
          "dialect",
          .object([
            ("delimiter", .text(delimiter)), ("header", .boolean(true)),
            ("lineTerminator", .text(form == .deCSV ? "\r\n" : "\n")),
          ])
        ),
      ]
    }
    resource.append(
      (
        "schema",
        .object([
          ("fields", .list(zip(variables, names(in: form)).map { field($0, $1, form) })),
          ("missingValues", .list([.text("")])),
        ])
      ))
    return JSONTree.object([
      ("profile", .text("tabular-data-package")), ("name", .text("wegmarke-\(name)")),
      ("title", .text(title.en)), ("titleGerman", .text(title.de)),
      ("description", .text(notes.map(\.en).joined(separator: " "))),
      ("wegmarke", .object(facts.map { ($0.key, .text($0.value.en)) })),
      ("resources", .list([.object(resource)])),
    ]).written
  }

  private func delimiter(_ form: Form) -> String? {
    switch form {
    case .csv: ","
    case .deCSV: ";"
    case .tsv: "\t"
    case .json, .ndjson, .parquet, .sav, .dta: nil
    }
  }

  private func field(_ variable: TableVariable, _ name: String, _ form: Form) -> JSONTree {
    let isGerman = form == .deCSV
    var entries: [(String, JSONTree)] = [
      ("name", .text(name)), ("title", .text(variable.label.en)),
      ("titleGerman", .text(variable.label.de)), ("type", .text(variable.kind.frictionless)),
    ]
    switch variable.kind {
    case .day where isGerman: entries.append(("format", .text("%d.%m.%Y")))
    case .instant:
      entries.append(("format", .text(isGerman ? "%d.%m.%Y %H:%M:%S" : "%Y-%m-%dT%H:%M:%S.%fZ")))
    case .decimal where isGerman: entries.append(("decimalChar", .text(",")))
    case .yesNo:
      entries += [
        ("trueValues", .list([.text(isGerman ? "ja" : "true")])),
        ("falseValues", .list([.text(isGerman ? "nein" : "false")])),
      ]
    default: break
    }
    if !variable.unit.isEmpty { entries.append(("unit", .text(variable.unit))) }
    if let note = variable.note { entries.append(("description", .text(note.en))) }
    if !variable.codes.isEmpty {
      entries += [
        (
          "constraints", .object([("enum", .list(variable.codes.map { .text($0.code) }))])
        ),
        (
          "codes",
          .object(
            zip(variable.codes, variable.numbers).map { code, number in
              var says: [(String, JSONTree)] = [
                ("en", .text(code.label.en)), ("de", .text(code.label.de)),
              ]
              // What stands in the file in its place.
              if form == .dta { says.append(("value", .text(String(number)))) }
              return (code.code, .object(says))
            })
        ),
      ]
    }
    return .object(entries)
  }

  // MARK: For people

  /// The codebook as Markdown, German and English.
  public var markdown: String {
    ([Language.german, .english].map(section)).joined(separator: "\n\n---\n\n") + "\n"
  }

  private func section(_ language: Language) -> String {
    func word(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    var lines = ["# \(title(language))", ""]
    for note in notes { lines += [note(language), ""] }
    lines += facts.map { "- \($0.label(language)): \(cell($0.value(language)))" }
    lines += [
      "", "## \(word("Variables", "Variablen"))", "",
      "| \(word("Name", "Name")) | \(word("Meaning", "Bedeutung")) | \(word("Values", "Werte")) |",
      "|---|---|---|",
    ]
    for variable in variables {
      var meaning = variable.label(language)
      if !variable.unit.isEmpty { meaning += " (\(variable.unit))" }
      if let note = variable.note { meaning += ". \(note(language))" }
      lines.append(
        "| `\(variable.name)` | \(cell(meaning)) | \(variable.kind.label(language)) |")
    }
    lines += [
      "",
      word(
        "An empty cell says that nothing is stated or known; it is never a no and never a zero.",
        "Eine leere Zelle sagt, dass nichts angegeben oder bekannt ist; sie ist nie ein Nein und nie"
          + " eine Null."),
      "", "## \(word("Codes", "Kürzel"))",
    ]
    for variable in variables where !variable.codes.isEmpty {
      lines += ["", "### `\(variable.name)`", "", "| | |", "|---|---|"]
      lines += variable.codes.map { "| `\($0.code)` | \(cell($0.label(language))) |" }
    }
    return lines.joined(separator: "\n")
  }

  /// A text inside a cell of a table.
  private func cell(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("|", with: "\\|")
  }
}

extension TableVariable.Kind {
  /// The type in a Frictionless Table Schema.
  fileprivate var frictionless: String {
    switch self {
    case .text, .code: "string"
    case .whole: "integer"
    case .decimal: "number"
    case .day: "date"
    case .yesNo: "boolean"
    case .instant: "datetime"
    }
  }

  fileprivate var label: LocalizedText {
    switch self {
    case .text: .init(en: "text", de: "Text")
    case .code: .init(en: "code, see below", de: "Kürzel, siehe unten")
    case .whole: .init(en: "whole number", de: "ganze Zahl")
    case .decimal: .init(en: "number", de: "Zahl")
    case .day: .init(en: "day", de: "Tag")
    case .yesNo: .init(en: "yes or no", de: "ja oder nein")
    case .instant: .init(en: "moment, UTC", de: "Zeitpunkt, UTC")
    }
  }
}
