import Journey

/// What was noted about rows, not yet counted in.
struct RowNote: Sendable {
  var counts = RowCounts()
  var diagnostics: RowDiagnostics
  var rejects: [(place: RowPlace, code: String, message: LocalizedText)] = []

  var isEmpty: Bool {
    counts == RowCounts() && rejects.isEmpty && diagnostics.errors + diagnostics.warnings == 0
  }

  init(limit: Int) { diagnostics = RowDiagnostics(limit: limit) }

  /// Adds what was noted later.
  mutating func add(_ other: RowNote) {
    counts += other.counts
    diagnostics.append(other.diagnostics)
    rejects += other.rejects
  }
}

/// What comes of a portion, in the order in which it is to be taken up.
enum PlanningStep: Sendable {
  /// Something was noted about rows.
  case noted(RowNote)
  /// All rows of a participant are understood.
  case finished(PersonRows)
  /// The first row of a participant is understood.
  case began(RowPortion.Beginning)
  /// What stood here was taken up.
  case taken
}

/// Understands portions of rows, one after the other: cells become values, rows become events.
struct PortionPlanner: Sendable {
  private var reader: RowReader
  private var person: PersonRows
  private var note: RowNote
  private let terms: Terms

  /// What holds for all rows of a file.
  struct Terms: Sendable {
    let plan: FilePlan
    let mapping: FileMapping
    let path: String
    var today: Day?
    let diagnosticLimit: Int
    /// Whether rows are counted as read here; where they are sorted first, they were before.
    let countsRows: Bool
    var collectsRejects = false
  }

  init(_ terms: Terms) {
    reader = RowReader(terms.plan)
    reader.today = terms.today
    person = PersonRows(terms.mapping)
    note = RowNote(limit: terms.diagnosticLimit)
    self.terms = terms
  }

  /// What comes of a portion.
  ///
  /// - Parameter portion: As it was, when it is done: its rows are taken out for a moment.
  mutating func steps(of portion: inout RowPortion) -> [PlanningStep] {
    var steps: [PlanningStep] = []
    steps.reserveCapacity(3 * portion.beginnings.count + 1)
    var notes = portion.notes[...]
    var beginnings = portion.beginnings[...]
    var row = CSVRow()
    for index in 0..<portion.count {
      while let first = notes.first, first.before <= index {
        note.add(first.note)
        notes.removeFirst()
      }
      let beginning = beginnings.first.flatMap { $0.row == index ? $0 : nil }
      if let beginning {
        finish(&steps)
        beginnings.removeFirst()
        person.begin(beginning.person)
      }
      portion.exchange(index, &row)
      take(row)
      portion.exchange(index, &row)
      if let beginning {
        giveNote(&steps)
        steps.append(.began(beginning))
      }
    }
    for last in notes { note.add(last.note) }
    if portion.isCutOff {
      giveNote(&steps)
      person.abandon()
    } else {
      finish(&steps)
    }
    return steps
  }

  /// Ends the participant in work, if there is one.
  private mutating func finish(_ steps: inout [PlanningStep]) {
    giveNote(&steps)
    guard !person.isEmpty else { return }
    person.settle(terms.plan)
    steps.append(.finished(person))
    person.abandon()
  }

  private mutating func giveNote(_ steps: inout [PlanningStep]) {
    steps.append(.noted(note))
    note = RowNote(limit: terms.diagnosticLimit)
  }

  private mutating func take(_ row: CSVRow) {
    if terms.countsRows { note.counts.read += 1 }
    if !person.add(row, &reader) { note.counts.rejected += 1 }
    for fault in reader.faults {
      let place = fault.column.map { row.position(of: $0) }
      note.diagnostics.add(
        RowDiagnostic(
          fault.isWarning ? .warning : .error, file: terms.path, line: place?.line ?? row.line,
          column: place?.column, code: fault.code, fault.message, hint: fault.hint))
      if terms.collectsRejects, !fault.isWarning {
        note.rejects.append((RowPlace(row), fault.code, fault.message))
      }
    }
  }
}
