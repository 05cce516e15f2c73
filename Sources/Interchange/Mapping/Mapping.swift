public import Definitions
public import Journey

/// How the files of an office become participants and events.
///
/// A mapping is a text file (`wegmarke.mapping/1`, TOML). It describes one or several files; each
/// has one of three shapes: a row a participant, a row an event, or a row a change of state.
/// A bare value is a constant, `{ column = "…" }` takes the value from a column; an empty cell
/// states nothing. `projections/mappings` holds worked examples.
public struct Mapping: Sendable {
  /// The name, as on the command line.
  public let name: String
  /// The version of this mapping.
  public let version: Int
  /// What a person reads.
  public let title: LocalizedText
  /// Where the files come from.
  public let source: String
  /// The namespace of the participants' ids: an id is kept as `system:id`.
  public let idSystem: String
  /// The files, in the order in which they are read.
  public let files: [FileMapping]
  /// The text of the mapping: what its digest covers and what the log keeps.
  public let digestInput: String
  /// What is doubtful about the mapping although it can be used.
  public let warnings: [Diagnostic]

  /// The format named in the first line of every mapping.
  public static let format = "wegmarke.mapping/1"

  /// Reads a mapping.
  ///
  /// Throws `DefinitionError` with every mistake and its line and column.
  public static func parse(_ text: String, file: String) throws(DefinitionError) -> Mapping {
    try parse(bytes: Array(text.utf8), file: file)
  }

  /// Reads the bytes of a mapping file; see ``parse(_:file:)``.
  public static func parse(bytes: [UInt8], file: String) throws(DefinitionError) -> Mapping {
    try MappingReader(DefinitionDocument.parse(bytes: bytes, file: file)).mapping(
      text: String(decoding: bytes, as: UTF8.self))
  }

  /// Whether a file of this shape may bring participants that nobody knows yet.
  ///
  /// Where the mapping has a file with a row a participant, only that file does.
  public func admits(_ file: FileMapping) -> Bool {
    file.shape == .participant || !files.contains { $0.shape == .participant }
  }
}

/// How one file, or several of the same form, become events.
public struct FileMapping: Sendable {
  /// What a row of a file is.
  public enum Shape: String, Sendable, CaseIterable {
    /// One participant.
    case participant
    /// One event.
    case event
    /// The begin of a state that lasts until the next change.
    case stateChange = "state-change"
  }

  /// Which file names this is for: `*` stands for any characters, `?` for one.
  public let pattern: String
  /// What a row is.
  public let shape: Shape
  /// The column with the participant's id.
  let idColumn: String
  let delimiter: CSVDelimiter?
  let encoding: CSVEncoding?
  let content: Content
  /// Further attributes of a participant: name and value.
  let attributes: [FieldMapping]
  /// The day on which attributes are stated; nil for that of the row's first event.
  let attributesOn: DateMapping?
  /// Until when people were observed.
  let observedUntil: DateMapping?

  enum Content: Sendable {
    case participant([EventMapping])
    case event(RowMapping)
    case stateChange(StateChangeMapping)
  }

  /// The types of events that rows of the file can become.
  public var eventTypes: Set<EventType> {
    var types: Set<EventType> = attributes.isEmpty ? [] : [.attributesRecorded]
    switch content {
    case .participant(let events): types.formUnion(events.map(\.type))
    case .event(let row):
      switch row.type {
      case .constant(let type): types.insert(type)
      case .column(_, let words): types.formUnion(words.values)
      }
    case .stateChange(let changes):
      for state in changes.states {
        types.formUnion([state.start, state.end].compactMap { $0?.type })
      }
    }
    return types
  }

  /// Whether a file name fits the pattern; letter case does not matter.
  public func matches(_ fileName: String) -> Bool {
    glob(Array(pattern.lowercased())[...], Array(fileName.lowercased())[...])
  }
}

private func glob(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
  guard let first = pattern.first else { return name.isEmpty }
  if first == "*" {
    let rest = pattern.dropFirst()
    return name.indices.contains { glob(rest, name[$0...]) } || glob(rest, [])
  }
  guard let head = name.first, first == "?" || first == head else { return false }
  return glob(pattern.dropFirst(), name.dropFirst())
}
