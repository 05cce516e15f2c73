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

  /// The types of events of which a file states every one that a participant has from this mapping.
  ///
  /// A row a participant is the whole of what it says; a row an event may be the news of a month. What
  /// other files of the mapping can state too is left out.
  ///
  /// - Parameter isCumulative: Whether the file has stated something that was stored before: then a list of
  ///   changes of state is the whole of it, since nobody writes down a part of what somebody did.
  public func typesRestated(by file: FileMapping, isCumulative: Bool = false) -> Set<EventType> {
    guard file.shape == .participant || file.shape == .stateChange && isCumulative else {
      return []
    }
    var types = file.eventTypes
    if file.attributesOn != nil { types.remove(.attributesRecorded) }
    // What happens once: another file may state it too, but not another time.
    let once = types.intersection([
      .participationEntered, .participationExited, .identityRecorded, .entryProfileRecorded,
      .attributesRecorded,
    ])
    for other in files where other.pattern != file.pattern { types.subtract(other.eventTypes) }
    return types.union(once)
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
  let idColumn: ColumnName
  /// How many digits an id of digits alone has; zeros that a spreadsheet lost are put back.
  let idDigits: Int?
  let delimiter: CSVDelimiter?
  let encoding: CSVEncoding?
  let content: Content
  /// Further attributes of a participant: name and value.
  let attributes: [FieldMapping]
  /// The day on which attributes are stated; nil for that of the row's first event.
  let attributesOn: DateMapping?
  /// Until when people were observed.
  let observedUntil: DateMapping?
  /// The word that erases what is stored of a detail; nil where no word does.
  let erasingWord: String?

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
  ///
  /// Rows that were rejected come back under the name of their file with a word in it.
  public func matches(_ fileName: String) -> Bool {
    let pattern = Array(pattern.lowercased())[...]
    var name = fileName.lowercased()
    if glob(pattern, Array(name)[...]) { return true }
    while let word = RejectsFile.words.first(where: { name.contains(".\($0).") }) {
      name.replace(".\(word).", with: ".", maxReplacements: 1)
    }
    return glob(pattern, Array(name)[...])
  }

  /// Every column that the mapping names.
  var columns: [ColumnName] {
    var found = [idColumn]
    func add(_ value: ValueMapping) {
      switch value {
      case .constant: break
      case .column(let column, _, _): found.append(column)
      case .joined(let columns): found += columns
      }
    }
    func add(_ date: DateMapping?) {
      if case .column(let column, _)? = date { found.append(column) }
    }
    switch content {
    case .participant(let events):
      for event in events {
        add(event.on)
        if let condition = event.condition { found.append(condition.column) }
        for field in event.fields { add(field.value) }
      }
    case .event(let row):
      if case .column(let column, _) = row.type { found.append(column) }
      add(row.on)
      for field in row.fields { add(field.value) }
    case .stateChange(let changes):
      found.append(changes.column)
      add(changes.on)
    }
    for attribute in attributes { add(attribute.value) }
    add(attributesOn)
    add(observedUntil)
    var seen: Set<ColumnName> = []
    return found.filter { seen.insert($0).inserted }
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
