public import Journey

/// A file to be filled in for a mapping: its columns, in order, with what belongs into each.
public struct FileTemplate {
  /// A column of the file.
  public struct Column {
    /// The name, the first under which the mapping looks for it.
    public let name: String
    /// Whether a file may be without it.
    public let isOptional: Bool
    /// What the events are that its cells state something of.
    public internal(set) var events: [EventType] = []
    /// What a cell holds.
    public internal(set) var content: Content
  }

  /// What a cell holds.
  public enum Content {
    /// The id of the participant.
    case identifier
    /// A date.
    case date
    /// One of these words.
    case words([String])
    /// The value of a field.
    case field(FieldDefinition)
  }

  /// A name that the mapping's pattern fits.
  public let fileName: String
  /// The columns.
  public let columns: [Column]

  /// The file that a part of a mapping describes.
  public init(_ file: FileMapping) {
    let name = file.pattern.filter { $0 != "*" && $0 != "?" }
    fileName = name.hasPrefix(".") ? "file\(name)" : name
    var list = ColumnList()
    list.add(file.idColumn, .identifier, nil)
    switch file.content {
    case .participant(let events):
      for event in events { list.add(event) }
    case .event(let row):
      list.add(row)
    case .stateChange(let changes):
      list.add(changes.on, nil)
      list.add(changes.column, .words(changes.states.map(\.name)), nil)
    }
    for attribute in file.attributes { list.add(attribute.value, nil, nil) }
    list.add(file.attributesOn, nil)
    list.add(file.observedUntil, .statusConfirmed)
    columns = list.columns
  }

  /// The empty file as a German spreadsheet opens it: byte order mark, semicolons, CR LF.
  public var bytes: [UInt8] {
    var writer = CSVWriter(.germanCSV)
    writer.header(columns.map(\.name))
    return writer.take()
  }
}

/// The columns of a mapping, each once.
private struct ColumnList {
  var columns: [FileTemplate.Column] = []

  mutating func add(_ column: ColumnName, _ content: FileTemplate.Content, _ type: EventType?) {
    if let place = columns.firstIndex(where: { $0.name == column.name }) {
      if let type, !columns[place].events.contains(type) { columns[place].events.append(type) }
      return
    }
    columns.append(
      FileTemplate.Column(
        name: column.name, isOptional: column.isOptional, events: type.map { [$0] } ?? [],
        content: content))
  }

  mutating func add(_ date: DateMapping?, _ type: EventType?) {
    if case .column(let column, _)? = date { add(column, .date, type) }
  }

  mutating func add(_ event: EventMapping) {
    add(event.on, event.type)
    for field in event.fields {
      add(field.value, event.type.schema.definition(named: field.name), event.type)
    }
  }

  mutating func add(_ row: RowMapping) {
    add(row.on, nil)
    var types = EventType.mappable
    switch row.type {
    case .constant(let type): types = [type]
    case .column(let column, let words):
      add(column, .words(words.keys.sorted()), nil)
      types = Set(words.values).sorted { $0.rawValue < $1.rawValue }
    }
    for field in row.fields {
      for type in types {
        if let definition = type.schema.definition(named: field.name) {
          add(field.value, definition, type)
        }
      }
    }
  }

  mutating func add(_ value: ValueMapping, _ definition: FieldDefinition?, _ type: EventType?) {
    let definition = definition ?? EventType.attributesRecorded.schema.required[0]
    switch value {
    case .constant: break
    case .column(let column, _, _):
      var content = FileTemplate.Content.field(definition)
      if case .date = definition.type { content = .date }
      add(column, content, type)
    case .joined(let names):
      for name in names { add(name, .field(definition), type) }
    }
  }
}
