import Definitions
import Journey

/// Writes the text of a suggested mapping.
struct SuggestionWriter {
  private let sample: FileSample
  private let names: ColumnNames
  private let id: Int
  private let language: Language
  private var body: [String] = []
  /// The columns that something is read from.
  private(set) var used: Set<Int>

  init(_ sample: FileSample, id: Int, language: Language) {
    self.sample = sample
    self.id = id
    self.language = language
    names = ColumnNames(sample.header)
    used = [id]
  }

  private func word(_ en: String, _ de: String) -> String { language == .german ? de : en }

  // MARK: Shapes

  /// One row a participant: every known event whose date column is there.
  mutating func participant(_ files: [FileMapping]) {
    observed(files)
    var written: [(type: EventType, on: Int, lines: [String])] = []
    for file in files {
      guard case .participant(let events) = file.content else { continue }
      for event in events {
        guard case .column(let column, _) = event.on, let on = names.place(of: column),
          !written.contains(where: { $0.type == event.type && $0.on == on })
        else { continue }
        var condition: Int?
        if let stated = event.condition {
          guard let place = names.place(of: stated.column) else { continue }
          condition = place
        }
        guard let fields = fields(event.fields, of: [event.type]) else { continue }
        // Beside the event itself a row states details; without any of them it is not meant.
        let isDetail = event.condition != nil || event.type == .entryProfileRecorded
        if isDetail, fields.isEmpty { continue }
        used.insert(on)
        var lines = ["", "[[file.event]]", "type = \(quoted(event.type.name))", "on = \(date(on))"]
        if let condition {
          used.insert(condition)
          lines.append("when = { column = \(quoted(sample.header[condition])) }")
        }
        if !fields.isEmpty { lines += ["[file.event.fields]"] + fields }
        written.append((event.type, on, lines))
      }
    }
    body += written.flatMap(\.lines)
  }

  /// One row a change of state, if a column holds known states; false where it does not.
  mutating func changes(_ file: FileMapping) -> Bool {
    guard case .stateChange(let changes) = file.content,
      let state = names.place(of: changes.column), !sample.columns[state].hasMany,
      let on = dateColumn(changes.on)
    else { return false }
    let known = Dictionary(
      changes.states.map { (ColumnNames.folded($0.name), $0) }, uniquingKeysWith: { one, _ in one })
    let values = sample.columns[state].values.keys.sorted()
    let found = values.filter { known[ColumnNames.folded($0)] != nil }
    guard found.count * 2 >= values.count, !found.isEmpty else { return false }
    used.formUnion([state, on])
    body.append("on = \(date(on))")
    body.append("state = { column = \(quoted(sample.header[state])) }")
    observed([file])
    for value in values {
      guard let meaning = known[ColumnNames.folded(value)] else {
        body += [
          "", word("# What does \(quoted(value)) mean?", "# Was bedeutet \(quoted(value))?"),
          "[file.states.\(quoted(value))]",
        ]
        continue
      }
      body += ["", "[file.states.\(quoted(value))]"]
      let isPoint = meaning.end == nil
      for (key, event) in [(isPoint ? "at" : "start", meaning.start), ("end", meaning.end)] {
        if let event { body.append("\(key) = \(template(event))") }
      }
    }
    return true
  }

  /// One row an event: what happened stands in a column, or is still to be said.
  mutating func events(_ file: FileMapping?) {
    var mapped: RowMapping?
    if case .event(let row)? = file?.content { mapped = row }
    let on = mapped.flatMap { dateColumn($0.on) } ?? sample.columns.firstIndex(where: \.isDate)
    if let on {
      used.insert(on)
      body.append("on = \(date(on))")
    } else {
      body.append("on = { column = \(quoted(word("the date", "das Datum"))) }")
    }
    var words: [String: EventType] = [:]
    var typeColumn: Int?
    if case .column(let column, let known)? = mapped?.type {
      typeColumn = names.place(of: column)
      words = known
    }
    var types: [EventType] = []
    if let typeColumn, !sample.columns[typeColumn].hasMany {
      used.insert(typeColumn)
      body += [
        "", "[file.type]", "column = \(quoted(sample.header[typeColumn]))", "[file.type.values]",
      ]
      for value in sample.columns[typeColumn].values.keys.sorted() {
        if let type = type(of: value, words) {
          types.append(type)
          body.append("\(quoted(value)) = \(quoted(type.name))")
        } else {
          body.append("# \(quoted(value)) = \"…\"")
        }
      }
    } else {
      body.append(
        "type = \"CounsellingHeld\"  # "
          + word("a guess: what does a row state?", "geraten: Was sagt eine Zeile aus?"))
      types = [.counsellingHeld]
    }
    let all = fields(mapped?.fields ?? [], of: types) ?? []
    if !all.isEmpty { body += ["", "[file.fields]"] + all }
  }

  private func type(of value: String, _ words: [String: EventType]) -> EventType? {
    if let type = words[value] ?? EventType(name: value) { return type }
    let key = ColumnNames.folded(value)
    if let found = words.first(where: { ColumnNames.folded($0.key) == key }) { return found.value }
    if let type = EventType.mappable.first(where: {
      ColumnNames.folded($0.label.de) == key || ColumnNames.folded($0.label.en) == key
    }) {
      return type
    }
    return nearestName(to: value, among: words.keys.sorted()).flatMap { words[$0] }
  }

  // MARK: Parts

  private mutating func observed(_ files: [FileMapping]) {
    for file in files {
      if case .column(let column, _)? = file.observedUntil, let place = names.place(of: column) {
        used.insert(place)
        body.append("observed-until = \(date(place))")
        return
      }
    }
    body.append(
      word(
        "# observed-until = \"2026-11-30\"   # until when were people observed? A date, or a column",
        "# observed-until = \"2026-11-30\"   # bis wann wurden die Menschen beobachtet? Datum oder Spalte"
      ))
  }

  private func dateColumn(_ mapping: DateMapping) -> Int? {
    guard case .column(let column, _) = mapping, let place = names.place(of: column) else {
      return nil
    }
    return place
  }

  private func date(_ place: Int) -> String {
    let serial = sample.columns[place].isSerial ? ", excel-serial = true" : ""
    return "{ column = \(quoted(sample.header[place]))\(serial) }"
  }

  /// The fields of which the file has the columns; nil where one that must be there has none.
  private mutating func fields(_ mapped: [FieldMapping], of types: [EventType]) -> [String]? {
    var lines: [String] = []
    for field in mapped {
      let definitions = types.compactMap { $0.schema.definition(named: field.name) }
      let isRequired = types.contains { $0.schema.required.contains { $0.name == field.name } }
      guard let definition = definitions.first else { continue }
      switch field.value {
      case .constant(let text): lines.append("\(field.name) = \(quoted(text))")
      case .joined(let columns):
        let places = columns.compactMap { names.place(of: $0) }
        guard !places.isEmpty else { if isRequired { return nil } else { continue } }
        used.formUnion(places)
        let list = places.map { quoted(sample.header[$0]) }.joined(separator: ", ")
        lines.append("\(field.name) = { columns = [\(list)] }")
      case .column(let column, let words, _):
        guard let place = names.place(of: column), sample.columns[place].filled > 0 else {
          if isRequired, types.count == 1 { return nil }
          continue
        }
        used.insert(place)
        lines += self.column(field.name, place, words, definition)
      }
    }
    // Constants alone are no sign that the event is meant.
    return lines
  }

  /// A field's column with what its values mean.
  private func column(
    _ name: String, _ place: Int, _ words: [String: String], _ definition: FieldDefinition
  ) -> [String] {
    let header = quoted(sample.header[place])
    guard case .code(let list) = definition.type, !sample.columns[place].hasMany else {
      if case .date = definition.type { return ["\(name) = \(date(place))"] }
      return ["\(name) = { column = \(header) }"]
    }
    var known: [String] = []
    var unknown: [String] = []
    for value in sample.columns[place].values.keys.sorted() {
      if (try? CellForm(definition).value(of: Array(value.utf8).span)) != nil { continue }
      if let code = words[value] ?? nearestCode(value, list, words) {
        known.append("\(quoted(value)) = \(quoted(code))")
      } else {
        unknown.append(value)
      }
    }
    var lines: [String] = []
    if !unknown.isEmpty {
      let shown = unknown.map { quoted($0) }.joined(separator: ", ")
      lines.append(
        word("# To be said what they mean: \(shown)", "# Noch zu sagen, was sie bedeuten: \(shown)")
      )
    }
    let values = known.isEmpty ? "" : ", values = { \(known.joined(separator: ", ")) }"
    return lines + ["\(name) = { column = \(header)\(values) }"]
  }

  private func nearestCode(
    _ value: String, _ list: CodeListDescription, _ words: [String: String]
  ) -> String? {
    var codes = words
    for (_, entry) in list.entries {
      codes[entry.code] = entry.code
      codes[entry.label.de] = entry.code
      codes[entry.label.en] = entry.code
    }
    return nearestName(to: value, among: codes.keys.sorted()).flatMap { codes[$0] }
  }

  private func template(_ event: JourneyEventTemplate) -> String {
    let schema = event.type.schema
    let fields = event.entries.compactMap { entry -> String? in
      guard let definition = schema.definition(of: entry.tag),
        case .code(let list) = definition.type,
        case .integer(let number) = entry.value,
        let code = UInt8(exactly: number).flatMap({ list.entry(of: $0) })?.code
      else { return nil }
      return "\(definition.name) = \(quoted(code))"
    }
    let inner = fields.isEmpty ? "" : ", fields = { \(fields.joined(separator: ", ")) }"
    return "{ type = \(quoted(event.type.name))\(inner) }"
  }

  /// A text as TOML writes it, which escapes what JSON does.
  private func quoted(_ text: String) -> String { JSONText.quoted(text) }

  // MARK: The whole

  func finished(_ shape: FileMapping.Shape) -> String {
    let stem = sample.fileName.split(separator: ".").first.map { String($0) } ?? sample.fileName
    var lines = [
      word(
        "# A guess from the header and \(sample.rows) rows of the file. Please review every line.",
        "# Geraten aus Kopf und \(sample.rows) Zeilen der Datei. Bitte jede Zeile ansehen."),
      "format = \"\(Mapping.format)\"", "name = \(quoted(stem))", "version = 1",
      "id-system = \"office\"  # "
        + word("whose ids are these?", "wessen Kennungen sind das?"),
      "title = { en = \(quoted(stem)), de = \(quoted(stem)) }",
      "source = { text = \(quoted(word("Who keeps this list?", "Wer führt diese Liste?"))) }", "",
      "[[file]]", "match = \(quoted(sample.fileName))", "shape = \(quoted(shape.rawValue))",
      "id = { column = \(quoted(sample.header[id])) }",
    ]
    lines += body
    let rest = sample.columns.indices.filter { !used.contains($0) && !sample.header[$0].isEmpty }
    if !rest.isEmpty {
      lines += ["", word("# Not taken:", "# Nicht übernommen:")]
      for place in rest { lines.append("#   \(quoted(sample.header[place]))  \(kind(place))") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// What a column that nobody knows holds.
  private func kind(_ place: Int) -> String {
    let column = sample.columns[place]
    if column.filled == 0 { return word("empty", "leer") }
    if column.isDate || column.isSerial {
      return word("dates: of which event?", "Daten: zu welchem Ereignis?")
    }
    if column.isCoded {
      let shown = column.values.keys.sorted().prefix(6).map { quoted($0) }.joined(separator: ", ")
      return word(
        "few values (\(shown)): an attribute to group by?",
        "wenige Werte (\(shown)): ein Merkmal zum Gruppieren?")
    }
    return word("free text or numbers", "freier Text oder Zahlen")
  }
}
