public import Journey

/// Reads a file and gives, participant by participant, what its rows say.
///
/// The rows of a participant normally stand together; then memory does not grow with the file.
/// Where they do not, `next()` throws `PlanError.scattered`, and the file is planned again with an
/// index of 16 bytes a row. Both ways give the same events.
public struct FilePlanner: ~Copyable {
  /// What became of the rows read so far; new and unchanged rows are counted by the importer.
  public internal(set) var counts: RowCounts
  /// What was found wrong so far.
  public internal(set) var diagnostics: RowDiagnostics
  /// How many rows say that their data are made up.
  public private(set) var simulatedRows: Int
  /// What the CSV reader noticed about the file.
  public var notices: [CSVNotice] { reader.notices + own }
  /// Where the header ends, in bytes from the beginning of the file.
  public var headerEnd: Int { reader.headerRow.byteOffset + reader.headerRow.byteCount }
  /// How the file is written: what a file of rejected rows needs to know.
  public var delimiter: CSVDelimiter { reader.delimiter }
  /// How the file's bytes stand for characters, as far as it is known.
  public var encoding: CSVEncoding? { reader.encoding }
  /// The names of the columns.
  public var header: [String] { reader.header }
  /// The day on which the file is read: what lies after it is remarked upon; nil remarks upon nothing.
  public var today: Day? {
    get { rowReader.today }
    set { rowReader.today = newValue }
  }
  /// Whether rows that are rejected are noted for ``takeRejects()``.
  public var collectsRejects: Bool
  /// How far the file has been read, in bytes.
  public var bytesRead: Int { max(reader.row.byteOffset, index?.bytesRead ?? 0) }

  var reader: CSVReader
  var rowReader: RowReader
  private var person: PersonRows
  // Written out: `?` would give it a default value, which a throwing initialiser here cannot have.
  private var index: Optional<ScatteredRows>
  private let people: PersonTable
  let path: String
  private let admits: Bool
  private let idLimit: Int
  private let knows: (String) -> Bool
  /// Why nothing may be stored about the person of an id, where that is so.
  ///
  /// Asked before the first row is read; nil asks nobody.
  public var refuses: Optional<(String) -> LocalizedText?>
  /// Rows without an id that wait for what follows, and whether they can be sums.
  var missingIDs: [(place: RowPlace, isSum: Bool)]
  private var rejectedInWork: Int
  var rejects: [RejectedRow]
  /// Where each rejected row stands among these.
  var rejectPlaces: [RowPlace: Int]
  private var own: [CSVNotice]

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: The file, which is read from its beginning.
  ///   - mapping: How its rows become events.
  ///   - people: The participants met so far; grows.
  ///   - admits: Whether the file may name participants that nobody knows.
  ///   - scattered: Whether the rows of a participant do not stand together.
  ///   - provenance: Fields that every event carries.
  ///   - idLimit: The most bytes that an id may have.
  ///   - knows: Whether the store knows an id.
  /// - Throws: `PlanError` when the file cannot be read or lacks columns.
  public init(
    _ path: String, as mapping: FileMapping, people: PersonTable, admits: Bool,
    scattered: Bool = false, provenance: FieldSet = FieldSet(), idLimit: Int = 58,
    diagnosticLimit: Int = 1000, knows: @escaping (String) -> Bool = { _ in false }
  ) throws(PlanError) {
    self = try Self.opened(
      path, mapping, people, admits, scattered, provenance, idLimit, diagnosticLimit, knows)
  }

  private static func opened(
    _ path: String, _ mapping: FileMapping, _ people: PersonTable, _ admits: Bool,
    _ scattered: Bool, _ provenance: FieldSet, _ idLimit: Int, _ diagnosticLimit: Int,
    _ knows: @escaping (String) -> Bool
  ) throws(PlanError) -> FilePlanner {
    let options = CSVOptions(
      delimiter: mapping.delimiter, encoding: mapping.encoding,
      longestRow: ScatteredRows.longestRow, headerFit: fit(mapping.columns))
    let reader = try open(path, options)
    let plan = try FilePlan(
      mapping, header: reader.header, headerRow: reader.headerRow, file: path,
      provenance: provenance.entries)
    people.beginFile()
    return FilePlanner(
      reader: reader, rowReader: RowReader(plan), person: PersonRows(mapping),
      people: people, path: path, admits: admits, scattered: scattered, idLimit: idLimit,
      diagnosticLimit: diagnosticLimit, knows: knows)
  }

  /// How many of the mapping's columns a row of names has.
  private static func fit(_ wanted: [ColumnName]) -> @Sendable ([String]) -> Int {
    { header in
      let columns = ColumnNames(header)
      return wanted.count { columns.place(of: $0) != nil }
    }
  }

  private static func open(_ path: String, _ options: CSVOptions) throws(PlanError) -> CSVReader {
    do throws(CSVError) { return try CSVReader(ByteSource(path: path), options: options) } catch {
      throw .csv(error)
    }
  }

  private init(
    reader: consuming CSVReader, rowReader: RowReader, person: PersonRows, people: PersonTable,
    path: String, admits: Bool, scattered: Bool, idLimit: Int, diagnosticLimit: Int,
    knows: @escaping (String) -> Bool
  ) {
    counts = RowCounts()
    diagnostics = RowDiagnostics(limit: diagnosticLimit)
    simulatedRows = 0
    self.reader = reader
    self.rowReader = rowReader
    self.person = person
    index = scattered ? ScatteredRows(path) : nil
    self.people = people
    self.path = path
    self.admits = admits
    self.idLimit = idLimit
    self.knows = knows
    refuses = nil
    missingIDs = []
    rejectedInWork = 0
    rejects = []
    rejectPlaces = [:]
    collectsRejects = false
    let unused = self.rowReader.plan.unusedColumns
    own =
      (unused.isEmpty ? [] : [.unusedColumns(unused)])
      + self.rowReader.plan.halfRead.map { .halfRead($0.read, without: $0.missing) }
  }

  /// Gives the rows rejected since the last call, and forgets them.
  public mutating func takeRejects() -> [RejectedRow] {
    defer {
      rejects.removeAll(keepingCapacity: true)
      rejectPlaces.removeAll(keepingCapacity: true)
    }
    return rejects
  }

  /// The next participant's rows, or nil at the end of the file.
  ///
  /// - Throws: `PlanError.scattered` when the rows of a participant do not stand together, and
  ///   `.csv` when the file cannot be read on.
  public mutating func next() throws(PlanError) -> PlannedPerson? {
    if index != nil { return try nextSorted() }
    while try advance() {
      guard let number = identify() else { continue }
      if number == person.person {
        take()
        continue
      }
      if people.isSeen(number) { throw .scattered }
      people.markSeen(number)
      let finished = finishPerson()
      person.begin(number)
      take()
      if let finished { return finished }
    }
    settleMissingIDs(atEnd: true)
    return finishPerson()
  }

  /// The same with sorted rows: first an index of them, then rows by participant.
  private mutating func nextSorted() throws(PlanError) -> PlannedPerson? {
    if index?.isSorted == false {
      while try advance() {
        guard let number = identify() else { continue }
        index?.add(person: number, reader.row)
      }
      settleMissingIDs(atEnd: true)
      index?.sort(delimiter: reader.delimiter, encoding: reader.encoding)
    }
    while true {
      var number: Int?
      do throws(CSVError) { number = try index?.next(into: &reader) } catch { throw .csv(error) }
      guard let number else { return finishPerson() }
      if number == person.person {
        take()
        continue
      }
      let finished = finishPerson()
      person.begin(number)
      take()
      if let finished { return finished }
    }
  }

  private mutating func advance() throws(PlanError) -> Bool {
    do throws(CSVError) { return try reader.next() } catch { throw .csv(error) }
  }

  /// Counts the row and finds whose it is; nil for a row that cannot be used.
  private mutating func identify() -> Int? {
    counts.read += 1
    if let problem = reader.row.problem {
      if isRaggedTotal(problem) { return skipTotal() }
      counts.rejected += 1
      let diagnostic = RowDiagnostic(problem, isFatal: false)
      diagnostics.add(diagnostic)
      noteReject(RowPlace(reader.row), diagnostic.code, diagnostic.message)
      return nil
    }
    let column = rowReader.plan.id
    let people = people
    let limit = idLimit
    let (known, length) = withID { id in
      (id.isEmpty || id.count > limit ? nil : people.find(id), id.count)
    }
    if length == 0 {
      noteMissingID()
      return nil
    }
    if !missingIDs.isEmpty { settleMissingIDs(atEnd: false) }
    if rowReader.isSimulated(reader.row) { simulatedRows += 1 }
    if let known, admits || people.isNamed(known) { return known }
    let id = withID { text($0) }
    if TotalRow.isNamed(id) { return skipTotal() }
    if isHeaderAgain { return skipHeader() }
    if let fault = withID({ SpreadsheetFault($0) }) {
      let (message, hint) = CellProblem.spreadsheet(fault).message(
        text: id, column: reader.header[column])
      reject(RowFault(code: "E-SPREADSHEET", column: column, message: message, hint: hint))
      return nil
    }
    if length > limit {
      reject(
        RowFault(
          code: "E-ID", column: column,
          message: LocalizedText(
            en: "The id is too long: \(length) bytes; at most \(limit) are possible.",
            de: "Die Kennung ist zu lang: \(length) Bytes; möglich sind höchstens \(limit)."),
          hint: LocalizedText(
            en: "Does another text stand in the column of ids?",
            de: "Steht in der Spalte der Kennungen ein anderer Text?")))
      return nil
    }
    if !admits, !knows(id) {
      reject(
        RowFault(
          code: "E-UNKNOWN-PARTICIPANT", column: column,
          message: LocalizedText(
            en: "Nobody with the id “\(id)” is known.",
            de: "Unter der Kennung „\(id)“ ist niemand bekannt."),
          hint: LocalizedText(
            en: "Participants come from the file with a row a participant; is the row missing"
              + " there, or has it an error?",
            de: "Teilnehmende kommen aus der Datei mit einer Zeile je Person; fehlt die Zeile"
              + " dort, oder hat sie einen Fehler?")))
      return nil
    }
    if let why = refuses?(id) {
      reject(RowFault(code: "E-ERASED", column: column, message: why))
      return nil
    }
    let number = withID { people.insert($0) }
    if !admits { people.markNamed(number) }
    return number
  }

  /// Calls the closure with the row's id, lost zeros put back.
  private func withID<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    guard let digits = rowReader.plan.idDigits else {
      return reader.row.withTrimmedField(rowReader.plan.id, body)
    }
    let bytes = Array(padded(reader.row.trimmedText(rowReader.plan.id), to: digits).utf8)
    return body(bytes.span)
  }

  /// Gives the row to the participant in work.
  private mutating func take() {
    if !person.add(reader.row, &rowReader) {
      counts.rejected += 1
      rejectedInWork += 1
    }
    for fault in rowReader.faults {
      report(fault)
      if !fault.isWarning { noteReject(RowPlace(reader.row), fault.code, fault.message) }
    }
  }

  private mutating func finishPerson() -> PlannedPerson? {
    guard !person.isEmpty else { return nil }
    let rejectedBefore = counts.rejected
    let planned = person.finish(people, rowReader.plan)
    for finding in person.findings {
      report(finding.fault, line: finding.place.line)
      if !finding.fault.isWarning {
        noteReject(finding.place, finding.fault.code, finding.fault.message)
      }
      if finding.fault.code == "W-DUPLICATE" { counts.duplicate += 1 }
    }
    if !person.findings.isEmpty {
      let rejected = planned.rows.count { $0.fate == .rejected }
      counts.rejected = rejectedBefore + rejected - rejectedInWork
    }
    rejectedInWork = 0
    if admits, planned.accepted > 0 { people.markNamed(planned.person) }
    return planned
  }
}
