import Journey

extension TableReader {
  /// A reader for the table under a key that must be there.
  public func table(_ name: String) -> TableReader? {
    value(of: name, isRequired: true).flatMap { reader(of: $0) }
  }

  /// A reader for the table under a key, if the key is there.
  public func optionalTable(_ name: String) -> TableReader? {
    value(of: name, isRequired: false).flatMap { reader(of: $0) }
  }

  /// Readers for a list of tables, written as `[[name]]` or in brackets; empty without the key.
  public func tables(_ name: String) -> [TableReader] {
    (elements(name) ?? []).compactMap { reader(of: $0) }
  }

  /// A list of values of one type; nil without the key, and without the values that do not fit.
  public func list<Value: DefinitionDecodable>(_ name: String, of type: Value.Type) -> [Value]? {
    elements(name)?.compactMap { decode($0, as: type) }
  }

  /// All keys of this table with their values, for tables whose keys are free names.
  public func entries<Value: DefinitionDecodable>(
    of type: Value.Type
  ) -> [(key: DefinitionKey, value: Value)] {
    markAllAskedFor()
    return table.entries.compactMap { entry in
      decode(entry.value, as: type).map { (entry.key, $0) }
    }
  }

  /// Readers for all tables in this table, for tables whose keys are free names.
  public func namedTables() -> [(key: DefinitionKey, reader: TableReader)] {
    markAllAskedFor()
    return table.entries.compactMap { entry in
      reader(of: entry.value).map { (entry.key, $0) }
    }
  }

  func elements(_ name: String) -> [DefinitionValue]? {
    guard let value = value(of: name, isRequired: false) else { return nil }
    guard case .array(let values) = value.content else {
      reportKind(of: value, expected: LocalizedText(en: "a list", de: "eine Liste"))
      return nil
    }
    return values
  }
}
