public import Definitions
import Journey

/// Reads parameters: the shared file `projections/parameters.toml` and the table `[parameters]` of a
/// question file.
public enum ParameterFile {
  /// The first line of a file of parameters.
  public static let format = "wegmarke.parameters/1"

  /// Reads a file of parameters.
  ///
  /// - Throws: `DefinitionError` with everything that is wrong, each with its line and column.
  public static func read(_ bytes: [UInt8], file: String) throws(DefinitionError) -> ParameterSet {
    let reader = TableReader(try DefinitionDocument.parse(bytes: bytes, file: file))
    let format = reader.code("format", of: [ParameterFile.format])
    let name = reader.required("name", String.self)
    let version = reader.required("version", Int.self)
    let found = reader.table("parameters").map { Self.parameters(in: $0) }
    _ = try reader.finish(format, name, version, found)
    return ParameterSet(found ?? [])
  }

  /// The parameters of a table, each a table of its own; what is wrong is noted.
  fileprivate static func parameters(in table: TableReader) -> [Parameter] {
    table.namedTables().compactMap { key, reader in
      let value = value(reader)
      let unit = reader.optional("unit", String.self) ?? ""
      let en = reader.required("en", String.self)
      let de = reader.required("de", String.self)
      let source = reader.required("source", String.self)
      if isTaken(key.name) {
        reader.report(
          "D-NAME",
          LocalizedText(
            en: "The name “\(key.name)” has a meaning in expressions.",
            de: "Der Name „\(key.name)“ hat in Ausdrücken schon eine Bedeutung."), at: key.range)
      } else if !isName(key.name) {
        reader.report(
          "D-NAME",
          LocalizedText(
            en: "“\(key.name)” is no name for a parameter.",
            de: "„\(key.name)“ ist kein Name für einen Parameter."),
          hint: LocalizedText(
            en: "Letters, digits and hyphens: exit-window.",
            de: "Buchstaben, Ziffern und Bindestriche: exit-window."), at: key.range)
      }
      guard let value, let en, let de, let source else { return nil }
      return Parameter(
        name: key.name, value: value, unit: unit, meaning: LocalizedText(en: en, de: de),
        source: source)
    }
  }

  private static func isTaken(_ name: String) -> Bool {
    ExpressionName(rawValue: name) != nil || ProfileField.named(name) != nil
      || ExpressionFunction(rawValue: name) != nil || ExpressionLexer.keywords.contains(name)
      || ExpressionFunction.labels.contains(name)
  }

  private static func isName(_ name: String) -> Bool {
    let tokens = ExpressionLexer(name).tokens
    return tokens.count == 2 && tokens[0].kind == .word && tokens[0].range == 0..<name.utf8.count
  }

  /// The value under `value`, or the table under `values`.
  private static func value(_ reader: TableReader) -> Parameter.Value? {
    let steps = steps(reader)
    if reader.has("values") {
      if reader.has("value") {
        reader.report(
          "D-COMBINATION",
          LocalizedText(
            en: "Write “value” or “values”, not both.",
            de: "Bitte „value“ oder „values“ schreiben, nicht beides."))
      }
      return steps
    }
    guard let written = reader.required("value", DefinitionValue.self) else { return nil }
    switch written.content {
    case .integer(let number): return .number(Double(number))
    case .double(let number): return .number(number)
    case .date(let date):
      if let day = Day(year: date.year, month: date.month, day: date.day) { return .day(day) }
    case .string(let text):
      if let length = TimeLength(text) { return .length(length) }
    default: break
    }
    reader.report(
      "D-TYPE",
      LocalizedText(
        en: "Expected a number, a length of time or a date, found \(written.kind.en).",
        de: "Erwartet: eine Zahl, eine Zeitspanne oder ein Datum; gefunden: \(written.kind.de)."),
      hint: LocalizedText(
        en: "Write 0.8, \"28d\", \"6mo\" or 2026-03-01.",
        de: "Bitte 0.8, \"28d\", \"6mo\" oder 2026-03-01 schreiben."), at: written.range)
    return nil
  }

  private static func steps(_ reader: TableReader) -> Parameter.Value? {
    var steps: [Parameter.Step] = []
    for table in reader.tables("values") {
      let from = table.required("from", DefinitionDate.self)
      let value = table.required("value", Double.self)
      guard let from, let value, let day = Day(year: from.year, month: from.month, day: from.day)
      else { continue }
      if let last = steps.last, last.from >= day {
        table.report(
          "D-ORDER",
          LocalizedText(
            en: "The days must rise from one row to the next.",
            de: "Die Tage müssen von Zeile zu Zeile aufsteigen."))
      }
      steps.append(Parameter.Step(from: day, value: value))
    }
    return steps.isEmpty ? nil : .table(steps)
  }
}

extension TableReader {
  /// The parameters of the table `[parameters]`, put before shared ones of the same name.
  public func parameters(over shared: ParameterSet) -> ParameterSet {
    var all = shared
    if let table = optionalTable("parameters") {
      for parameter in ParameterFile.parameters(in: table) { all.add(parameter) }
    }
    return all
  }
}
