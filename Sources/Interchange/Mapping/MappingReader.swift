import Definitions
import Journey

/// Reads a mapping from a definition file and notes everything that is wrong with it.
struct MappingReader {
  let document: DefinitionDocument
  let root: TableReader

  init(_ document: DefinitionDocument) {
    self.document = document
    root = TableReader(document)
  }

  func mapping(text: String) throws(DefinitionError) -> Mapping {
    let format = root.code("format", of: [Mapping.format])
    let name = root.required("name", String.self)
    let version = root.required("version", Int.self)
    let title = localized("title")
    let source = root.table("source")?.required("text", String.self)
    let system = idSystem()
    let readers = root.tables("file")
    if readers.isEmpty {
      root.report(
        "M-NO-FILE",
        LocalizedText(
          en: "The mapping describes no file.", de: "Die Zuordnung beschreibt keine Datei."),
        hint: LocalizedText(
          en: "Add a table [[file]].", de: "Bitte eine Tabelle [[file]] ergänzen."))
    }
    let files = readers.compactMap { file($0) }
    _ = try root.finish(format)
    let found = try root.finish(name, version, title, source, system)
    return Mapping(
      name: found.0, version: found.1, title: found.2, source: found.3, idSystem: found.4,
      files: files, digestInput: text, warnings: warnings(files))
  }

  private func localized(_ key: String) -> LocalizedText? {
    guard let table = root.table(key), let en = table.required("en", String.self),
      let de = table.required("de", String.self)
    else { return nil }
    return LocalizedText(en: en, de: de)
  }

  private func idSystem() -> String? {
    guard let system = root.required("id-system", String.self) else { return nil }
    if system.isEmpty || system.utf8.count > 32 || system.contains(":") {
      root.report(
        "M-ID-SYSTEM",
        LocalizedText(
          en: "The name of an id system has 1 to 32 bytes and no colon.",
          de: "Der Name eines Kennungssystems hat 1 bis 32 Bytes und keinen Doppelpunkt."),
        at: root.table["id-system"]?.range)
    }
    return system
  }

  private func file(_ reader: TableReader) -> FileMapping? {
    let pattern = reader.required("match", String.self)
    let shape = reader.code("shape", FileMapping.Shape.self)
    let ids = reader.table("id")
    let id = ids.flatMap { name($0) }
    let digits = ids?.optional("digits", Int.self)
    let delimiter = reader.optionalCode("delimiter", of: [",", ";", "tab"])
    let encoding = reader.optionalCode("encoding", of: ["utf-8", "windows-1252"])
    let observed = reader.table["observed-until"].flatMap { _ in date(reader, "observed-until") }
    let content: FileMapping.Content? =
      switch shape {
      case .participant: .participant(reader.tables("event").compactMap { event($0) })
      case .event: row(reader).map { .event($0) }
      case .stateChange: changes(reader).map { .stateChange($0) }
      case nil: nil
      }
    var attributes: [FieldMapping] = []
    var attributesOn: DateMapping?
    if shape == .participant {
      attributes = self.attributes(reader)
      attributesOn = reader.table["attributes-on"].flatMap { _ in date(reader, "attributes-on") }
      if case .participant(let events) = content, events.isEmpty, attributesOn == nil,
        !attributes.isEmpty
      {
        reader.report(
          "M-ATTRIBUTES-DATE",
          LocalizedText(
            en: "The attributes have no date.", de: "Die Merkmale haben kein Datum."),
          hint: LocalizedText(
            en: "Add an [[file.event]], whose date they take, or “attributes-on”.",
            de: "Bitte ein [[file.event]] ergänzen, dessen Datum sie erhalten, oder"
              + " „attributes-on“."))
      }
    }
    guard let pattern, let shape, let id, let content else { return nil }
    return FileMapping(
      pattern: pattern, shape: shape, idColumn: id, idDigits: digits,
      delimiter: delimiter.map { $0 == "," ? .comma : $0 == ";" ? .semicolon : .tab },
      encoding: encoding.map { $0 == "utf-8" ? .utf8 : .windows1252 }, content: content,
      attributes: attributes, attributesOn: attributesOn, observedUntil: observed,
      erasingWord: erasingWord(reader))
  }

  /// The word that erases what is stored: one that nobody writes by chance.
  private func erasingWord(_ reader: TableReader) -> String? {
    guard let word = reader.optional("erase", String.self) else { return nil }
    if word.isEmpty || isNoStatement(Array(word.utf8).span) || word != word.filter({ $0 != " " }) {
      reader.report(
        "M-ERASE",
        LocalizedText(
          en: "“\(word)” cannot be the word that erases: an empty cell, a blank and words such as"
            + " “k. A.” state nothing.",
          de: "„\(word)“ kann nicht das löschende Wort sein: Eine leere Zelle, Leerzeichen und"
            + " Wörter wie „k. A.“ sagen nichts aus."),
        hint: LocalizedText(
          en: "Take a word that nobody writes by chance: erase = \"#leer\".",
          de: "Bitte ein Wort, das niemand zufällig schreibt: erase = \"#leer\"."),
        at: reader.table["erase"]?.range)
    }
    return word
  }

  /// Without a last observed day nobody is known to be still in a job: every duration would have
  /// to be cut at the last event.
  private func warnings(_ files: [FileMapping]) -> [Diagnostic] {
    let isStated = files.contains { file in
      if file.observedUntil != nil { return true }
      switch file.content {
      case .participant(let events): return events.contains { $0.type == .statusConfirmed }
      case .event(let row):
        switch row.type {
        case .constant(let type): return type == .statusConfirmed
        case .column: return true
        }
      case .stateChange: return false
      }
    }
    guard !isStated else { return [] }
    return [
      document.diagnostic(
        "W-OBSERVED-UNTIL",
        LocalizedText(
          en: "The mapping does not say until when people were observed.",
          de: "Die Zuordnung sagt nicht, bis wann die Menschen beobachtet wurden."),
        hint: LocalizedText(
          en: "Questions end each person's observation at the last confirmed day, so without"
            + " “observed-until” (a date or a column) they count nobody.",
          de: "Fragen beenden die Beobachtung am letzten bestätigten Tag; ohne „observed-until“"
            + " (Datum oder Spalte) zählen sie niemanden."),
        at: root.range)
    ]
  }
}
