import Definitions
import Journey

/// A file's mapping with its columns found in the header: what to read from each row.
struct FilePlan: Sendable {
  /// An event with the places of its fields, in the order of their tags.
  struct Event {
    let type: EventType
    var fields: [Field]
    /// Fields by tag that must have come out of the cells.
    let required: [FieldDefinition]
  }

  struct Field {
    let tag: UInt8
    let source: Source

    enum Source {
      case constant(FieldValue)
      /// The number of a cell reader.
      case cell(Int)
    }
  }

  /// An event of a participant's row.
  struct RowEvent {
    let event: Event
    let on: DateReader
    let condition: (column: Int, words: [String])?
  }

  var cells: [CellReader] = []
  private(set) var id = 0
  let idDigits: Int?
  let simulated: Int?
  var rowEvents: [RowEvent] = []
  /// For a row an event: the column of the type, or nil with a single one.
  var typeColumn: Int?
  var typeWords: [String: EventType] = [:]
  var types: [EventType: Event] = [:]
  var constantType: EventType?
  var on: DateReader?
  /// For a row an event: every column with a field, to notice values that have no place.
  var fieldColumns: [(column: Int, name: String)] = []
  var usedColumns: [EventType: Set<Int>] = [:]
  var stateColumn: Int?
  var states: [StateChangeMapping.State] = []
  var attributes: [(name: String, cell: Int?, constant: String?)] = []
  var attributesOn: DateReader?
  var observedUntil: DateReader?
  let provenance: [FieldSet.Entry]
  /// The word that erases what is stored, and its bytes counted; nil where the mapping names none.
  let erasingWord: (text: String, count: Int)?

  /// Columns whose text is to be joined with that of others which the file does not have.
  private(set) var halfRead: [(read: String, missing: String)] = []

  /// Names that several columns have, from none of which anything is read.
  private(set) var repeated: [String] = []

  private let header: [String]
  private let columns: ColumnNames
  private var used: Set<Int> = []
  private let headerRow: CSVRow
  private let file: String
  private var missing: [RowDiagnostic] = []

  /// Finds the columns of a mapping in a file's header.
  ///
  /// Throws ``PlanError`` naming every column that is not there.
  init(
    _ mapping: FileMapping, header: [String], headerRow: CSVRow, file: String,
    provenance: [FieldSet.Entry]
  ) throws(PlanError) {
    self.header = header
    columns = ColumnNames(header)
    self.headerRow = headerRow
    self.file = file
    self.provenance = provenance
    idDigits = mapping.idDigits
    erasingWord = mapping.erasingWord.map { ($0, $0.utf8.count) }
    simulated = header.firstIndex { $0.lowercased() == "simulated" }
    id = need(mapping.idColumn)
    switch mapping.content {
    case .participant(let events):
      for event in events { add(event) }
    case .event(let row): add(row)
    case .stateChange(let changes):
      on = date(changes.on)
      stateColumn = need(changes.column)
      states = changes.states
    }
    for attribute in mapping.attributes {
      switch attribute.value {
      case .constant(let value): attributes.append((attribute.name, nil, value))
      case .column, .joined:
        let definition = EventType.attributesRecorded.schema.required[0]
        if let cell = cell(attribute.value, definition) {
          attributes.append((attribute.name, cell, nil))
        }
      }
    }
    attributesOn = mapping.attributesOn.flatMap { date($0) }
    observedUntil = mapping.observedUntil.flatMap { date($0) }
    findRepeated()
    if !missing.isEmpty { throw .columns(missing) }
  }

  /// Whether the row says that its data are made up.
  func isSimulated(_ row: CSVRow) -> Bool {
    guard let column = simulated, !row.isEmpty(column) else { return false }
    return row.withTrimmedField(column) { cell in
      ["yes", "ja", "true", "1"].contains(text(cell).lowercased())
    }
  }

  /// Finds names that several columns have: an error where one of them is read.
  private mutating func findRepeated() {
    var first: [String: Int] = [:]
    for (place, name) in header.enumerated() where !name.isEmpty {
      guard let before = first[name] else {
        first[name] = place
        continue
      }
      if used.contains(before) || simulated == before {
        missing.append(
          RowDiagnostic(
            CSVError(
              .repeatedHeader(name: name, firstColumn: before + 1), source: file,
              at: headerRow.position(of: place)), isFatal: true))
      } else if !repeated.contains(name) {
        repeated.append(name)
      }
    }
  }

  /// The type that a file may state which has this wording, as “Beratung”; nil for one that none has.
  func type(labelled word: String) -> EventType? {
    let key = ColumnNames.folded(word)
    return types.keys.filter { type in
      ColumnNames.folded(type.label.de) == key || ColumnNames.folded(type.label.en) == key
    }.min { $0.rawValue < $1.rawValue }
  }

  /// The name of a column in the file.
  func name(of column: Int) -> String { header[column] }

  /// The names of columns that nothing is read from; those that begin with `_` are our own.
  var unusedColumns: [String] {
    header.indices.filter { place in
      !used.contains(place) && place != simulated && !header[place].isEmpty
        && !header[place].hasPrefix("_") && !repeated.contains(header[place])
    }.map { header[$0] }
  }

  private mutating func add(_ event: EventMapping) {
    // Without its date, or what it depends on, the file does not state the event.
    guard let on = date(event.on) else { return }
    var condition: (column: Int, words: [String])?
    if let stated = event.condition {
      guard let column = find(stated.column) else { return }
      condition = (column, stated.values)
    }
    rowEvents.append(
      RowEvent(event: plan(event.type, event.fields), on: on, condition: condition))
  }

  private mutating func add(_ row: RowMapping) {
    on = date(row.on)
    var used: [EventType]
    switch row.type {
    case .constant(let type):
      constantType = type
      used = [type]
    case .column(let name, let words):
      typeColumn = need(name)
      typeWords = words
      used = Array(Set(words.values))
    }
    used.sort { $0.rawValue < $1.rawValue }
    for type in used {
      let event = plan(type, row.fields)
      types[type] = event
      usedColumns[type] = Set(
        event.fields.compactMap { field in
          if case .cell(let cell) = field.source { cells[cell].column } else { nil }
        })
    }
    for field in row.fields {
      if case .column(let name, _, _) = field.value, let place = find(name) {
        fieldColumns.append((place, header[place]))
      }
    }
  }

  private mutating func plan(_ type: EventType, _ mapped: [FieldMapping]) -> Event {
    let schema = type.schema
    var fields: [Field] = []
    for field in mapped {
      guard let definition = schema.definition(named: field.name) else { continue }
      switch field.value {
      case .constant(let text):
        let value = try? CellForm(definition).value(of: Array(text.utf8).span)
        if let value { fields.append(Field(tag: definition.tag, source: .constant(value))) }
      case .column, .joined:
        if let cell = cell(field.value, definition) {
          fields.append(Field(tag: definition.tag, source: .cell(cell)))
        }
      }
    }
    for entry in provenance where !fields.contains(where: { $0.tag == entry.tag }) {
      fields.append(Field(tag: entry.tag, source: .constant(entry.value)))
    }
    fields.sort { $0.tag < $1.tag }
    return Event(type: type, fields: fields, required: schema.required)
  }

  /// The number of the reader of a field; nil for a column that may be missing and is.
  private mutating func cell(_ value: ValueMapping, _ definition: FieldDefinition) -> Int? {
    var names: [ColumnName] = []
    var words: [String: String] = [:]
    var form = ColumnForm()
    switch value {
    case .constant: return nil
    case .column(let column, let its, let its2): (names, words, form) = ([column], its, its2)
    case .joined(let columns): names = columns
    }
    let places = names.compactMap { find($0) }
    guard let place = places.first else { return nil }
    let others = Array(places.dropFirst())
    if places.count < names.count,
      let missing = names.first(where: { columns.place(of: $0) == nil }),
      !halfRead.contains(where: { $0.read == header[place] })
    {
      halfRead.append((header[place], missing.name))
    }
    // One reader for all types whose field has the same tag: they share what they remember.
    if let known = cells.firstIndex(where: {
      $0.column == place && $0.others == others && $0.form.definition.tag == definition.tag
        && $0.form.form == form
    }) {
      return known
    }
    cells.append(
      CellReader(
        column: place, others: others, name: header[place], form: CellForm(definition, form),
        words: words))
    return cells.count - 1
  }

  private mutating func date(_ mapping: DateMapping) -> DateReader? {
    switch mapping {
    case .constant(let date): DateReader(source: .constant(date))
    case .column(let name, let form):
      find(name).map { DateReader(source: .column($0, name: header[$0], form)) }
    }
  }

  /// A column without which no row says anything, whatever the mapping calls it.
  private mutating func need(_ column: ColumnName) -> Int {
    find(ColumnName(names: column.names)) ?? 0
  }

  /// The place of a column; nil for one that may be missing and is, 0 for one that must not be.
  private mutating func find(_ column: ColumnName) -> Int? {
    if let place = columns.place(of: column) {
      used.insert(place)
      return place
    }
    if column.isOptional { return nil }
    let name = column.name
    let near = didYouMean(nearestName(to: name, among: header.filter { !$0.isEmpty }))
    let found = header.filter { !$0.isEmpty }.prefix(30).joined(separator: ", ")
    let diagnostic = RowDiagnostic(
      .fatal, file: file, line: headerRow.line, column: nil, code: "E-COLUMN",
      LocalizedText(
        en: "The mapping names a column “\(name)” that the file does not have.\(near.en)",
        de: "Die Zuordnung nennt eine Spalte „\(name)“, die die Datei nicht hat.\(near.de)"),
      hint: LocalizedText(
        en: "The file has: \(found).", de: "Die Datei hat: \(found)."))
    if !missing.contains(diagnostic) { missing.append(diagnostic) }
    return 0
  }
}

/// Why a file cannot be planned at all.
public enum PlanError: Error, Sendable {
  /// The file cannot be read, or not on.
  case csv(CSVError)
  /// The mapping names columns that are not there.
  case columns([RowDiagnostic])
  /// The rows of a participant do not stand together: plan again with the rows sorted.
  case scattered

  /// What to tell a person.
  public var diagnostics: [RowDiagnostic] {
    switch self {
    case .csv(let error): [RowDiagnostic(error, isFatal: true)]
    case .columns(let diagnostics): diagnostics
    case .scattered: []
    }
  }
}
