public import Journey

/// Reads a file and gives, participant by participant, what its rows say.
///
/// The rows of a participant normally stand together; then memory does not grow with the file.
/// Where they do not, `next()` throws `PlanError.scattered`, and the file is planned again with an
/// index of 16 bytes a row. Both ways give the same events.
public struct FilePlanner: ~Copyable {
  /// What became of the rows read so far; new and unchanged rows are counted by the importer.
  public private(set) var counts: RowCounts
  /// What was found wrong so far.
  public private(set) var diagnostics: RowDiagnostics
  /// How many rows say that their data are made up.
  public private(set) var simulatedRows: Int
  /// What the CSV reader noticed about the file.
  public var notices: [CSVNotice] { reader.notices }
  /// How far the file has been read, in bytes.
  public var bytesRead: Int { max(reader.row.byteOffset, index?.bytesRead ?? 0) }

  private var reader: CSVReader
  private var rowReader: RowReader
  private var person: PersonRows
  // Written out: `?` would give it a default value, which a throwing initialiser here cannot have.
  private var index: Optional<ScatteredRows>
  private let people: PersonTable
  private let path: String
  private let admits: Bool
  private let idLimit: Int
  private let knows: (String) -> Bool
  /// Why nothing may be stored about the person of an id, where that is so.
  ///
  /// Asked before the first row is read; nil asks nobody.
  public var refuses: Optional<(String) -> LocalizedText?>
  private var missingIDs: [Int]
  private var rejectedInWork: Int

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
      longestRow: ScatteredRows.longestRow)
    let reader = try open(path, options)
    let plan = try FilePlan(
      mapping, header: reader.header, headerRow: reader.headerRow, file: path,
      provenance: provenance.entries)
    people.beginFile()
    return FilePlanner(
      reader: reader, rowReader: RowReader(plan), person: PersonRows(mapping.shape),
      people: people, path: path, admits: admits, scattered: scattered, idLimit: idLimit,
      diagnosticLimit: diagnosticLimit, knows: knows)
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
      counts.rejected += 1
      diagnostics.add(RowDiagnostic(problem, isFatal: false))
      return nil
    }
    let column = rowReader.plan.id
    let people = people
    let limit = idLimit
    let (known, length) = reader.row.withTrimmedField(column) { id in
      (id.isEmpty || id.count > limit ? nil : people.find(id), id.count)
    }
    if length == 0 {
      noteMissingID()
      return nil
    }
    if !missingIDs.isEmpty { settleMissingIDs(atEnd: false) }
    if rowReader.isSimulated(reader.row) { simulatedRows += 1 }
    if let known, admits || people.isNamed(known) { return known }
    if length > limit {
      reject(
        RowFault(
          code: "E-ID", column: column,
          message: LocalizedText(
            en: "The id has \(length) bytes, at most \(limit) are possible.",
            de: "Die Kennung hat \(length) Bytes, möglich sind höchstens \(limit).")))
      return nil
    }
    if !admits, !knows(reader.row.trimmedText(column)) {
      reject(
        RowFault(
          code: "E-UNKNOWN-PARTICIPANT", column: column,
          message: LocalizedText(
            en: "Nobody with the id “\(reader.row.trimmedText(column))” is known.",
            de: "Unter der Kennung „\(reader.row.trimmedText(column))“ ist niemand bekannt."),
          hint: LocalizedText(
            en: "Participants come from the file with a row a participant; is the row missing"
              + " there, or has it an error?",
            de: "Teilnehmende kommen aus der Datei mit einer Zeile je Person; fehlt die Zeile"
              + " dort, oder hat sie einen Fehler?")))
      return nil
    }
    if let why = refuses?(reader.row.trimmedText(column)) {
      reject(RowFault(code: "E-ERASED", column: column, message: why))
      return nil
    }
    let number = reader.row.withTrimmedField(column) { people.insert($0) }
    if !admits { people.markNamed(number) }
    return number
  }

  /// Gives the row to the participant in work.
  private mutating func take() {
    if person.add(reader.row, &rowReader) { return }
    counts.rejected += 1
    rejectedInWork += 1
    for fault in rowReader.faults { report(fault) }
  }

  private mutating func finishPerson() -> PlannedPerson? {
    guard !person.isEmpty else { return nil }
    let rejectedBefore = counts.rejected
    let planned = person.finish(people, rowReader.plan)
    for finding in person.findings {
      report(finding.fault, line: finding.line)
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

  // MARK: Findings

  private mutating func reject(_ fault: RowFault) {
    counts.rejected += 1
    report(fault)
  }

  private mutating func report(_ fault: RowFault) {
    let place = fault.column.map { reader.row.position(of: $0) }
    diagnostics.add(
      RowDiagnostic(
        fault.isWarning ? .warning : .error, file: path, line: place?.line ?? reader.row.line,
        column: place?.column, code: fault.code, fault.message, hint: fault.hint))
  }

  private mutating func report(_ fault: RowFault, line: Int) {
    diagnostics.add(
      RowDiagnostic(
        fault.isWarning ? .warning : .error, file: path, line: line, column: nil,
        code: fault.code, fault.message, hint: fault.hint))
  }

  private mutating func noteMissingID() {
    let row = reader.row
    let isBlank = (0..<row.count).allSatisfy { column in
      row.withTrimmedField(column) { $0.isEmpty }
    }
    if isBlank {
      counts.skipped += 1
      return
    }
    missingIDs.append(row.line)
    if missingIDs.count > 3 { settleMissingIDs(atEnd: false) }
  }

  /// Decides what rows without an id are: sums when nothing but a few of them ends the file.
  private mutating func settleMissingIDs(atEnd: Bool) {
    for line in missingIDs {
      if atEnd {
        counts.skipped += 1
        report(
          RowFault(
            code: "W-TOTAL-ROW", column: nil,
            message: LocalizedText(
              en: "The row at the end of the file has no id; it is taken for a sum and skipped.",
              de: "Die Zeile am Dateiende hat keine Kennung; sie gilt als Summe und wird"
                + " übersprungen."), isWarning: true), line: line)
      } else {
        counts.rejected += 1
        report(
          RowFault(
            code: "E-ID", column: nil,
            message: LocalizedText(
              en: "The row has no id.", de: "Die Zeile hat keine Kennung.")), line: line)
      }
    }
    missingIDs = []
  }
}
