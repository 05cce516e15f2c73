public import Journey

/// Reads a file and gives, participant by participant, what its rows say.
///
/// The rows of a participant normally stand together; then memory does not grow with the file.
/// Where they do not, `next()` throws `PlanError.scattered`, and the file is planned again with an
/// index of 16 bytes a row. Both ways give the same events.
///
/// Rows are read a portion ahead and understood portion by portion, with ``hands`` several side by
/// side; what comes of them is taken up in the order of the file, so that nothing tells one way from
/// the other.
public struct FilePlanner: ~Copyable {
  /// What became of the rows read so far; new and unchanged rows are counted by the importer.
  public internal(set) var counts: RowCounts
  /// What was found wrong so far.
  public internal(set) var diagnostics: RowDiagnostics
  /// How many rows say that their data are made up.
  public internal(set) var simulatedRows: Int
  /// What the CSV reader noticed about the file.
  public var notices: [CSVNotice] { reader.notices + own }
  /// Where the header ends, in bytes from the beginning of the file.
  public var headerEnd: Int { reader.headerRow.byteOffset + reader.headerRow.byteCount }
  /// How the file is written: what a file of rejected rows needs to know.
  public var delimiter: CSVDelimiter { reader.delimiter }
  /// How the file's bytes stand for characters, as far as it is known.
  public internal(set) var encoding: Optional<CSVEncoding>
  /// The names of the columns.
  public var header: [String] { reader.header }
  /// The mapping that rejected the file's rows; nil for a file of another kind.
  public var rejectedBy: String? { RejectsFile.mapping(in: reader.header) }
  /// The day on which the file is read: what lies after it is remarked upon; nil remarks upon nothing.
  ///
  /// To be set before the first row is read, as what follows.
  public var today: Optional<Day>
  /// Whether rows that are rejected are noted for ``takeRejects()``.
  public var collectsRejects: Bool
  /// How far the file has been read, in bytes.
  public internal(set) var bytesRead: Int
  /// Who understands portions of rows while more are read; nil has it done in between.
  public var hands: Optional<PlanningHands>

  /// How many rows make a portion, nil for as many as usual; it makes no difference but to speed.
  var portionRows: Optional<Int>

  var reader: CSVReader
  let plan: FilePlan
  private let mapping: FileMapping
  // Written out: `?` would give it a default value, which a throwing initialiser here cannot have.
  var index: Optional<ScatteredRows>
  let people: PersonTable
  let path: String
  let admits: Bool
  let idLimit: Int
  let knows: (String) -> Bool
  /// Why nothing may be stored about the person of an id, where that is so.
  ///
  /// Asked before the first row is read; nil asks nobody.
  public var refuses: Optional<(String) -> LocalizedText?>
  /// Rows without an id that wait for what follows, and whether they can be sums.
  var missingIDs: [(place: RowPlace, isSum: Bool)]
  /// What was noted about rows that were read, as long as it belongs to no portion.
  var note: RowNote
  /// How far rows are read: where the last one begins.
  var place: Int
  /// Whose rows are being read, and whether the row that the reader holds is their first.
  var reading: (person: Int, waits: Bool)
  /// Whether there are no more rows to read, and why when it was too early.
  var isRead: Bool
  var failure: Optional<PlanError>

  private var places: Optional<PlanningPlaces>
  /// Portions that were read and are not understood, and memory for more.
  private var ahead: [RowPortion]
  private var spare: [RowPortion]
  /// What came of the last portions, from the first step that was not taken up.
  private var steps: [[PlanningStep]]
  private var nextStep: Int
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
      reader: reader, plan: plan, mapping: mapping, people: people, path: path, admits: admits,
      scattered: scattered, idLimit: idLimit,
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
    reader: consuming CSVReader, plan: FilePlan, mapping: FileMapping, people: PersonTable,
    path: String, admits: Bool, scattered: Bool, idLimit: Int, diagnosticLimit: Int,
    knows: @escaping (String) -> Bool
  ) {
    counts = RowCounts()
    diagnostics = RowDiagnostics(limit: diagnosticLimit)
    simulatedRows = 0
    encoding = reader.encoding
    today = nil
    bytesRead = reader.row.byteOffset
    hands = nil
    portionRows = nil
    place = reader.row.byteOffset
    self.reader = reader
    self.plan = plan
    self.mapping = mapping
    note = RowNote(limit: diagnosticLimit)
    reading = (-1, false)
    isRead = false
    failure = nil
    places = nil
    ahead = []
    spare = []
    steps = []
    nextStep = 0
    index = scattered ? ScatteredRows(path) : nil
    self.people = people
    self.path = path
    self.admits = admits
    self.idLimit = idLimit
    self.knows = knows
    refuses = nil
    missingIDs = []
    rejects = []
    rejectPlaces = [:]
    collectsRejects = false
    let unused = plan.unusedColumns
    own =
      (unused.isEmpty ? [] : [.unusedColumns(unused)])
      + plan.repeated.map { .repeatedColumn($0) }
      + plan.halfRead.map { .halfRead($0.read, without: $0.missing) }
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
    var finished: PlannedPerson?
    repeat {
      while let step = takeStep() {
        switch step {
        case .taken: break
        case .noted(let note): take(note)
        case .finished(let person): finished = finish(person)
        case .began(let beginning):
          bytesRead = beginning.bytesRead
          encoding = beginning.encoding
          // With the first row of who follows, as rows are met.
          if let finished { return finished }
        }
      }
    } while understandMore()
    bytesRead = max(place, index?.bytesRead ?? 0)
    encoding = reader.encoding
    if let failure { throw failure }
    return finished
  }

  /// The next step of those that came of the last portions; nil after the last.
  private mutating func takeStep() -> PlanningStep? {
    while !steps.isEmpty {
      guard nextStep < steps[0].count else {
        steps.removeFirst()
        nextStep = 0
        continue
      }
      // Moved out: a copy of a participant counts up and down a dozen references.
      var step = PlanningStep.taken
      swap(&steps[0][nextStep], &step)
      nextStep += 1
      return step
    }
    return nil
  }

  /// Has more portions understood, and reads on meanwhile; false when there are none.
  private mutating func understandMore() -> Bool {
    if ahead.isEmpty { readAhead() }
    guard !ahead.isEmpty else { return false }
    let places = places ?? PlanningPlaces(width, terms)
    self.places = places
    let count = ahead.count
    for index in 0..<count { spare.append(places.put(ahead[index], at: index)) }
    ahead.removeAll(keepingCapacity: true)
    if let hands {
      hands(count, { places.understand($0) }, { readAhead() })
    } else {
      for index in 0..<count { places.understand(index) }
    }
    nextStep = 0
    steps = (0..<count).map { places.takeSteps(at: $0) }
    return true
  }

  /// How many portions are understood side by side.
  private var width: Int { hands == nil ? 1 : 4 }

  private var terms: PortionPlanner.Terms {
    PortionPlanner.Terms(
      plan: plan, mapping: mapping, path: path, today: today,
      diagnosticLimit: note.diagnostics.limit,
      countsRows: index == nil, collectsRejects: collectsRejects)
  }

  /// Reads as many portions as are understood at a time.
  private mutating func readAhead() {
    while !isRead, ahead.count < width {
      var portion = spare.popLast() ?? RowPortion()
      fill(&portion)
      ahead.append(portion)
    }
  }

  /// Counts in what was noted about rows.
  mutating func take(_ note: RowNote) {
    counts += note.counts
    diagnostics.append(note.diagnostics)
    for reject in note.rejects { noteReject(reject.place, reject.code, reject.message) }
  }

  private mutating func finish(_ rows: PersonRows) -> PlannedPerson {
    var rows = rows
    let planned = rows.finish(people, plan)
    for finding in rows.findings {
      diagnostics.add(diagnostic(finding.fault, line: finding.place.line))
      if !finding.fault.isWarning {
        noteReject(finding.place, finding.fault.code, finding.fault.message)
      }
      if finding.fault.code == "W-DUPLICATE" { counts.duplicate += 1 }
    }
    if !rows.findings.isEmpty {
      counts.rejected += planned.rows.count { $0.fate == .rejected } - rows.unsound
    }
    if admits, planned.accepted > 0 { people.markNamed(planned.person) }
    return planned
  }
}

/// Calls a body for 0 ..< count, on other cores where there are some, and a closure of the caller's on
/// the caller's own thread; returns when all have ended.
public typealias PlanningHands =
  @Sendable (
    _ count: Int, _ body: @escaping @Sendable (Int) -> Void, _ meanwhile: () -> Void
  ) -> Void
