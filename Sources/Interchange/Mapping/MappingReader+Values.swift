import Definitions
import Journey

extension MappingReader {
  /// The name of a column, from `key = { column = "…" }`.
  func column(_ reader: TableReader, _ key: String) -> ColumnName? {
    reader.table(key).flatMap { name($0) }
  }

  /// The names in `column = "…"` or `column = ["…", "…"]`, and whether the column may be missing.
  func name(_ table: TableReader) -> ColumnName? {
    let isOptional = table.optional("optional", Bool.self, default: false)
    guard case .array? = table.table["column"]?.content else {
      return table.required("column", String.self).map {
        ColumnName(names: [$0], isOptional: isOptional)
      }
    }
    let names = table.list("column", of: String.self) ?? []
    return names.isEmpty ? nil : ColumnName(names: names, isOptional: isOptional)
  }

  /// A constant date, or a column with the form of its dates.
  func date(_ reader: TableReader, _ key: String) -> DateMapping? {
    guard reader.table[key]?.isTable == true else { return constantDate(reader, key) }
    guard let table = reader.table(key) else { return nil }
    let form = dateForm(table)
    return name(table).map { .column($0, form: form) }
  }

  private func constantDate(_ reader: TableReader, _ key: String) -> DateMapping? {
    guard let value = reader.table[key] else {
      _ = reader.required(key, String.self)
      return nil
    }
    if case .date(let date) = value.content {
      _ = reader.required(key, DefinitionDate.self)
      return Day(year: date.year, month: date.month, day: date.day).map { .constant(CivilDate($0)) }
    }
    guard let text = reader.required(key, String.self) else { return nil }
    do {
      return .constant(try CivilDate.parse(text))
    } catch {
      report(CellProblem.date(error), text, in: reader, at: value.range)
      return nil
    }
  }

  private func dateForm(_ table: TableReader) -> DateForm {
    let units = Precision.allCases.map(\.name)
    let unit = table.optionalCode("unit", of: units).flatMap { Precision(name: $0) }
    var form = DateForm()
    form.precision = table.optionalCode("precision", of: units).flatMap { Precision(name: $0) }
    form.acceptsExcelSerials = table.optional("excel-serial", Bool.self, default: false)
    if table.table["origin"] != nil {
      if case .constant(let origin) = constantDate(table, "origin") {
        form.count = DateForm.Count(
          unit: unit ?? origin.precision,
          origin: CivilDate(origin.day, unit ?? origin.precision))
      }
    } else if unit != nil {
      table.report(
        "M-ORIGIN",
        LocalizedText(
          en: "A unit belongs to counted periods, which need an origin.",
          de: "Eine Einheit gehört zu gezählten Zeiträumen; sie brauchen einen Ursprung."),
        hint: LocalizedText(
          en: "Add origin = \"1993-07\", the period counted as 1, or use “precision”.",
          de: "Bitte origin = \"1993-07\" ergänzen (zählt als 1) oder „precision“ verwenden."),
        at: table.table["unit"]?.range)
    }
    return form
  }

  /// The table `fields`: each key a field of one of the types.
  func fields(_ reader: TableReader, of types: [EventType]) -> [FieldMapping] {
    guard let table = reader.optionalTable("fields") else { return [] }
    let own: Set<UInt8> = [Fields.batch.tag, Fields.target.tag]
    return table.table.entries.compactMap { entry in
      let definitions = types.compactMap { $0.schema.definition(named: entry.key.name) }
        .filter { !own.contains($0.tag) }
      let value = value(table, entry, definitions)
      if definitions.isEmpty, !types.isEmpty {
        let names = types.flatMap(\.schema.fieldNames).filter { !["batch", "target"].contains($0) }
        let near = didYouMean(nearestName(to: entry.key.name, among: names))
        let event = types.count == 1 ? types[0].name : nil
        table.report(
          "M-FIELD",
          LocalizedText(
            en: "\(event ?? "No event of this file") has "
              + "\(event == nil ? "a" : "no") field “\(entry.key.name)”.\(near.en)",
            de: "\(event ?? "Kein Ereignis dieser Datei") hat "
              + "\(event == nil ? "ein" : "kein") Feld „\(entry.key.name)“.\(near.de)"),
          at: entry.key.range)
      }
      return value.map { FieldMapping(name: entry.key.name, value: $0) }
    }
  }

  /// The list or table `attributes`: names of attributes and where their values come from.
  func attributes(_ reader: TableReader) -> [FieldMapping] {
    if case .array? = reader.table["attributes"]?.content {
      return (reader.list("attributes", of: String.self) ?? []).map {
        FieldMapping(
          name: $0, value: .column(ColumnName(names: [$0]), words: [:], form: ColumnForm()))
      }
    }
    guard let table = reader.optionalTable("attributes") else { return [] }
    return table.table.entries.compactMap { entry in
      if entry.key.name.contains("=") {
        table.report(
          "M-ATTRIBUTE",
          LocalizedText(
            en: "The name of an attribute has no “=”.",
            de: "Der Name eines Merkmals enthält kein „=“."), at: entry.key.range)
      }
      return value(table, entry, EventType.attributesRecorded.schema.required).map {
        FieldMapping(name: entry.key.name, value: $0)
      }
    }
  }

  private func value(
    _ table: TableReader, _ entry: DefinitionTable.Entry, _ definitions: [FieldDefinition]
  ) -> ValueMapping? {
    let key = entry.key.name
    if entry.value.isTable {
      guard let column = table.table(key) else { return nil }
      var words: [String: String] = [:]
      if let values = column.optionalTable("values") {
        for word in values.table.entries {
          guard let text = constant(values, word) else { continue }
          words[word.key.name] = text
          if !text.isEmpty { check(text, definitions, in: values, at: word.value.range) }
        }
      }
      let form = ColumnForm(
        dates: dateForm(column), digits: column.optional("digits", Int.self))
      if column.table["columns"] != nil {
        let isOptional = column.optional("optional", Bool.self, default: false)
        return .joined(
          (column.list("columns", of: Alternatives.self) ?? []).map {
            ColumnName(names: $0.names, isOptional: isOptional)
          })
      }
      return name(column).map { .column($0, words: words, form: form) }
    }
    guard let text = constant(table, entry) else { return nil }
    check(text, definitions, in: table, at: entry.value.range)
    return .constant(text)
  }

  /// A constant of any kind as the text that a cell would hold.
  private func constant(_ table: TableReader, _ entry: DefinitionTable.Entry) -> String? {
    let key = entry.key.name
    return switch entry.value.content {
    case .integer: table.required(key, Int.self).map { String($0) }
    case .boolean: table.required(key, Bool.self).map { $0 ? "yes" : "no" }
    case .date(let date):
      table.required(key, DefinitionDate.self).map { _ in
        Day(year: date.year, month: date.month, day: date.day)?.description ?? ""
      }
    default: table.required(key, String.self)
    }
  }

  /// A constant must fit the field in at least one of the types it may stand in.
  private func check(
    _ text: String, _ definitions: [FieldDefinition], in table: TableReader, at range: SourceRange
  ) {
    var problem: CellProblem?
    for definition in definitions {
      do throws(CellProblem) {
        _ = try CellForm(definition).value(of: Array(text.utf8).span)
        return
      } catch { problem = error }
    }
    if let problem { report(problem, text, in: table, at: range) }
  }

  private func report(
    _ problem: CellProblem, _ text: String, in table: TableReader, at range: SourceRange
  ) {
    let (message, hint) = problem.message(text: text, column: nil)
    table.report("M-" + problem.code.dropFirst(2), message, hint: hint, at: range)
  }
}

/// One of the columns that are joined: its name, or several of which the first one there counts.
private struct Alternatives: DefinitionDecodable {
  static let expectation = LocalizedText(
    en: "the name of a column or a list of names", de: "ein Spaltenname oder eine Liste von Namen")

  let names: [String]

  init?(_ value: DefinitionValue) {
    guard case .array(let values) = value.content else {
      guard let name = String(value) else { return nil }
      names = [name]
      return
    }
    names = values.compactMap { String($0) }
    if names.isEmpty || names.count != values.count { return nil }
  }
}

extension DefinitionValue {
  var isTable: Bool {
    if case .table = content { return true }
    return false
  }
}
