public import Journey

/// A mapping guessed from the header and the values of a file, for a person to review.
///
/// Columns are recognised by the names under which known mappings look for them, dates and codes by what
/// the cells hold. What is not recognised stands in the text as a remark, never as a guess that would
/// store something. Values are shown of columns with few of them only: a mapping is no place for names.
public struct MappingSuggestion {
  /// The mapping as a file of the definition language.
  public let text: String
  /// How many columns it takes, and how many there are.
  public let taken: (columns: Int, of: Int)
  /// What a row is taken for.
  public let shape: FileMapping.Shape

  /// The rows that are looked at.
  static let depth = 5000

  /// Reads the beginning of a file and guesses.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - known: Mappings whose columns are looked for, the most usual first.
  ///   - language: The language of the remarks.
  /// - Throws: `PlanError.csv` when the file cannot be read, `.columns` when nobody's id is in it.
  public init(of path: String, known: [Mapping], language: Language) throws(PlanError) {
    let files = known.flatMap(\.files)
    let wanted = files.flatMap(\.columns)
    let sample: FileSample
    do throws(CSVError) {
      sample = try FileSample(path, wanted: wanted, depth: Self.depth)
    } catch { throw .csv(error) }
    guard let id = sample.identifier(files) else {
      throw .columns([
        RowDiagnostic(
          .fatal, file: path, line: sample.headerLine, column: nil, code: "E-COLUMN",
          LocalizedText(
            en: "No column looks as if it said whose a row is.",
            de: "Keine Spalte sieht danach aus, dass sie sagt, zu wem eine Zeile gehört."),
          hint: LocalizedText(
            en: "Every row needs an id of the person, the same in every file.",
            de: "Jede Zeile braucht eine Kennung der Person, in allen Dateien dieselbe."))
      ])
    }
    var writer = SuggestionWriter(sample, id: id, language: language)
    let states = files.first { $0.shape == .stateChange }
    let events = files.first { $0.shape == .event }
    if sample.isUnique(id) {
      shape = .participant
      writer.participant(files.filter { $0.shape == .participant })
    } else if let states, writer.changes(states) {
      shape = .stateChange
    } else {
      shape = .event
      writer.events(events)
    }
    text = writer.finished(shape)
    taken = (writer.used.count, sample.columns.count { !$0.name.isEmpty })
  }
}

/// The first rows of a file, column by column.
struct FileSample {
  /// What the cells of a column hold.
  struct Column {
    let name: String
    var filled = 0
    var dates = 0
    var serials = 0
    /// The values, as long as they are few.
    var values: [String: Int] = [:]
    /// Whether there are more of them than are kept.
    var hasMany = false

    var isDate: Bool { filled > 0 && dates * 10 >= filled * 8 }
    var isSerial: Bool { filled > 0 && serials * 10 >= filled * 9 }
    /// Whether the values are few enough to be codes.
    var isCoded: Bool { !hasMany && values.count >= 2 && values.count * 3 <= filled }
  }

  private(set) var columns: [Column]
  private(set) var rows = 0
  let header: [String]
  let headerLine: Int
  let delimiter: CSVDelimiter
  let fileName: String
  private var ids: [Set<String>]
  private static let fewest = 24

  init(_ path: String, wanted: [ColumnName], depth: Int) throws(CSVError) {
    let options = CSVOptions(headerFit: { header in
      let names = ColumnNames(header)
      return Set(wanted.compactMap { names.place(of: $0) }).count
    })
    var reader = try CSVReader(ByteSource(path: path), options: options)
    header = reader.header
    headerLine = reader.headerRow.line
    delimiter = reader.delimiter
    fileName = path.split(separator: "/").last.map { String($0) } ?? path
    columns = header.map { Column(name: $0) }
    ids = header.map { _ in [] }
    while rows < depth, try reader.next() {
      if reader.row.problem != nil { continue }
      rows += 1
      for place in columns.indices { note(reader.row.trimmedText(place), at: place) }
    }
  }

  private mutating func note(_ text: String, at place: Int) {
    if text.isEmpty || isNoStatement(Array(text.utf8).span) { return }
    columns[place].filled += 1
    ids[place].insert(text)
    let bytes = Array(text.utf8)
    var form = DateForm()
    if (try? form.date(of: bytes.span)) != nil || SpokenDate.guess(text) != nil {
      // A year alone is a number more often than a date.
      if bytes.count > 4 { columns[place].dates += 1 }
    } else {
      form.acceptsExcelSerials = true
      if (try? form.date(of: bytes.span)) != nil { columns[place].serials += 1 }
    }
    if columns[place].hasMany { return }
    columns[place].values[text, default: 0] += 1
    if columns[place].values.count > Self.fewest { columns[place].hasMany = true }
  }

  /// The column that says whose a row is: a known name, a telling one, or the first that is full.
  func identifier(_ files: [FileMapping]) -> Int? {
    let names = ColumnNames(header)
    for file in files {
      if let place = names.place(of: file.idColumn), columns[place].filled > 0 { return place }
    }
    let full = columns.indices.filter { columns[$0].filled * 10 >= rows * 9 && rows > 0 }
    let telling = full.first { place in
      let name = ColumnNames.folded(columns[place].name)
      return ["nr", "id", "nummer", "kennung", "code", "schluessel"].contains { name.hasSuffix($0) }
    }
    return telling ?? full.first { !columns[$0].isDate && !columns[$0].isCoded }
  }

  /// Whether every row is another person's.
  func isUnique(_ id: Int) -> Bool {
    // One in fifty may be a slip.
    ids[id].count * 50 >= columns[id].filled * 49
  }
}
