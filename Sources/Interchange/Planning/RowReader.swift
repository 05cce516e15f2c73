import Definitions
import Journey

/// Turns rows into events, by a plan.
struct RowReader: Sendable {
  private(set) var plan: FilePlan
  private var types = WordCache<EventType?>()
  private var states = WordCache<Int?>()
  private var entries: [FieldSet.Entry] = []
  private(set) var faults: [RowFault] = []
  /// For each event that the last row gave, which of the plan's events of a row it is; nil for others.
  private(set) var places: [Int?] = []
  /// The tags of the fields that the cells of the event in work erase.
  private var erased: [UInt8] = []
  /// The day on which the file is read; later ones are remarked upon.
  var today: Day?

  init(_ plan: FilePlan) {
    self.plan = plan
    entries.reserveCapacity(24)
  }

  /// Until when everybody in the file was observed, where the mapping says so.
  var lastDay: Day? {
    guard case .constant(let date)? = plan.observedUntil?.source else { return nil }
    return date.lastDay
  }

  /// Reads a row a participant.
  mutating func participant(_ row: CSVRow, into events: inout [PlannedEvent], number: Int) {
    begin()
    var firstDate: CivilDate?
    for index in plan.rowEvents.indices {
      guard Self.holds(plan.rowEvents[index].condition, row) else { continue }
      let on = plan.rowEvents[index].on
      let date = read(on, row)
      guard let statesCells = readFields(of: plan.rowEvents[index].event, row) else { continue }
      guard let date else {
        let isExpected = statesCells || plan.rowEvents[index].condition != nil
        if isExpected, faults.isEmpty { noteMissingDate(on, plan.rowEvents[index].event.type) }
        continue
      }
      if firstDate == nil { firstDate = date }
      checkRequired(plan.rowEvents[index].event, row)
      if faults.isEmpty {
        let event = JourneyEvent(plan.rowEvents[index].event.type, on: date, FieldSet(entries))
        events.append(PlannedEvent(event: event, row: number, erased: erased))
        places.append(index)
      }
    }
    attributes(row, on: firstDate, into: &events, number: number)
  }

  private mutating func attributes(
    _ row: CSVRow, on first: CivilDate?, into events: inout [PlannedEvent], number: Int
  ) {
    guard !plan.attributes.isEmpty else { return }
    let tag = Fields.attribute.tag
    entries.removeAll(keepingCapacity: true)
    entries += plan.provenance
    for index in plan.attributes.indices {
      let attribute = plan.attributes[index]
      var text = attribute.constant
      if let cell = attribute.cell {
        if erases(cell, row) {
          refuseErasing(plan.cells[cell], of: .attributesRecorded)
        } else if case .text(let value)? = read(cell, row) {
          text = value
        }
      }
      if let text, !text.isEmpty {
        entries.append(FieldSet.Entry(tag: tag, value: .text("\(attribute.name)=\(text)")))
      }
    }
    guard entries.count > plan.provenance.count else { return }
    let date = plan.attributesOn.map { read($0, row) } ?? first
    guard let date else {
      if faults.isEmpty {
        noteMissingDate(plan.attributesOn ?? plan.rowEvents.first?.on, .attributesRecorded)
      }
      return
    }
    if faults.isEmpty {
      events.append(
        PlannedEvent(
          event: JourneyEvent(.attributesRecorded, on: date, FieldSet(entries)), row: number))
      places.append(nil)
    }
  }

  /// Reads a row an event.
  mutating func event(_ row: CSVRow, into events: inout [PlannedEvent], number: Int) {
    begin()
    let type = plan.constantType ?? type(of: row)
    let date = plan.on.flatMap { read($0, row) }
    guard let type, let event = plan.types[type] else { return }
    guard readFields(of: event, row) != nil else { return }
    noteMisplaced(type, row)
    if date == nil, faults.isEmpty { noteMissingDate(plan.on, type) }
    checkRequired(event, row)
    if let date, faults.isEmpty {
      events.append(
        PlannedEvent(
          event: JourneyEvent(type, on: date, FieldSet(entries)), row: number, erased: erased))
      places.append(nil)
    }
  }

  /// Reads a row a change of state: the period and the number of the state.
  mutating func change(_ row: CSVRow) -> (on: CivilDate, state: Int)? {
    begin()
    guard let column = plan.stateColumn else { return nil }
    let date = plan.on.flatMap { read($0, row) }
    if date == nil, faults.isEmpty { noteMissingDate(plan.on, nil) }
    let names = plan.states
    let state = row.withTrimmedField(column) { cell -> Int? in
      if let known = states.value(of: cell) { return known }
      let name = text(cell)
      let state =
        names.firstIndex { $0.name == name }
        ?? names.firstIndex { ColumnNames.folded($0.name) == ColumnNames.folded(name) }
      states.keep(state, for: cell)
      return state
    }
    guard let state else {
      noteUnknown(row, column, among: names.map(\.name))
      return nil
    }
    return date.map { ($0, state) }
  }

  /// The last observed day that a row states.
  mutating func observedUntil(_ row: CSVRow) -> CivilDate? {
    plan.observedUntil.flatMap { read($0, row) }
  }

  private mutating func begin() {
    faults = []
    places.removeAll(keepingCapacity: true)
  }

  /// Adds what was noticed about the row as a whole, at the date of one of its events.
  ///
  /// - Parameter event: Which of the row's events it is.
  mutating func add(_ fault: RowFault, at event: Int) {
    faults.append(
      RowFault(
        code: fault.code, column: dateColumn(of: event), message: fault.message, hint: fault.hint))
  }

  /// The column with the day of one of the row's events.
  private func dateColumn(of event: Int) -> Int? {
    (places[event].map { plan.rowEvents[$0].on } ?? plan.on)?.column
  }

  /// Adds what gives cause to ask in one of the row's events, at the field or the day that is meant.
  mutating func add(_ slip: EventSlip, of type: EventType, at place: Int) {
    let row = places[place].map { plan.rowEvents[$0] }
    let event = row?.event ?? plan.types[type]
    var column = dateColumn(of: place)
    if let tag = slip.tag,
      case .cell(let cell)? = event?.fields.first(where: { $0.tag == tag })?.source
    {
      column = plan.cells[cell].column
    }
    if faults.contains(where: { $0.column == column && $0.code == slip.code }) { return }
    faults.append(
      RowFault(
        code: slip.code, column: column, message: slip.message, isWarning: !slip.isError))
  }

  // MARK: Parts of a row

  private static func holds(_ condition: (column: Int, words: [String])?, _ row: CSVRow) -> Bool {
    guard let condition else { return true }
    return row.withTrimmedField(condition.column) { cell in
      guard !cell.isEmpty else { return false }
      return condition.words.isEmpty || condition.words.contains(text(cell))
    }
  }

  /// Fills the entries with the fields of an event; whether any came from a cell, nil on a fault.
  private mutating func readFields(of event: FilePlan.Event, _ row: CSVRow) -> Bool? {
    entries.removeAll(keepingCapacity: true)
    erased = []
    let faultsBefore = faults.count
    var statesCells = false
    for field in event.fields {
      switch field.source {
      case .constant(let value): entries.append(FieldSet.Entry(tag: field.tag, value: value))
      case .cell(let cell):
        if erases(cell, row) {
          erase(field.tag, of: event, plan.cells[cell])
          statesCells = true
        } else if let value = read(cell, row) {
          entries.append(FieldSet.Entry(tag: field.tag, value: value))
          statesCells = true
        }
      }
    }
    return faults.count == faultsBefore ? statesCells : nil
  }

  /// Whether a cell holds the word by which the mapping erases what is stored.
  ///
  /// Mutating although it changes nothing, and by number: asked for every cell of every row, it would
  /// be given a copy of the whole reader otherwise, a tenth of an import's processor time.
  private mutating func erases(_ cell: Int, _ row: CSVRow) -> Bool {
    guard let word = plan.erasingWord, plan.cells[cell].others.isEmpty else { return false }
    let column = plan.cells[cell].column
    if row.isEmpty(column) { return false }
    return row.withTrimmedField(column) { $0.count == word.count && text($0) == word.text }
  }

  /// Notes a field that is to be erased; without some an event would say nothing.
  private mutating func erase(_ tag: UInt8, of event: FilePlan.Event, _ cell: CellReader) {
    if event.required.contains(where: { $0.tag == tag }) {
      refuseErasing(cell, of: event.type)
    } else {
      erased.append(tag)
    }
  }

  private mutating func refuseErasing(_ cell: CellReader, of type: EventType) {
    let label = type.label
    faults.append(
      RowFault(
        code: "E-ERASE", column: cell.column,
        message: LocalizedText(
          en: "“\(cell.name)” cannot be erased: “\(label.en)” needs it.",
          de: "„\(cell.name)“ lässt sich nicht löschen: „\(label.de)“ braucht es."),
        hint: LocalizedText(
          en: "Correct it, or take the event back by hand.",
          de: "Bitte berichtigen, oder das Ereignis von Hand zurücknehmen.")))
  }

  private mutating func read(_ cell: Int, _ row: CSVRow) -> FieldValue? {
    do throws(CellProblem) { return try plan.cells[cell].read(row) } catch {
      note(error, row, plan.cells[cell].column, plan.cells[cell].name)
      return nil
    }
  }

  private mutating func read(_ date: DateReader, _ row: CSVRow) -> CivilDate? {
    do throws(CellProblem) { return try date.read(row) } catch {
      note(error, row, date.column ?? 0, date.name ?? "")
      return nil
    }
  }

  private mutating func type(of row: CSVRow) -> EventType? {
    guard let column = plan.typeColumn else { return nil }
    let words = plan.typeWords
    let found = row.withTrimmedField(column) { cell -> EventType? in
      if let known = types.value(of: cell) { return known }
      let word = text(cell)
      let named = EventType(name: word).flatMap { words.values.contains($0) ? $0 : nil }
      let found = words[word] ?? named ?? plan.type(labelled: word)
      types.keep(found, for: cell)
      return found
    }
    if found == nil { noteUnknown(row, column, among: words.keys.sorted()) }
    return found
  }

  /// Values in columns that have no place in events of the type.
  private mutating func noteMisplaced(_ type: EventType, _ row: CSVRow) {
    guard let used = plan.usedColumns[type], used.count < plan.fieldColumns.count else { return }
    for field in plan.fieldColumns where !row.isEmpty(field.column) && !used.contains(field.column)
    {
      if row.withTrimmedField(field.column, { $0.isEmpty }) { continue }
      faults.append(
        RowFault(
          code: "E-FIELD", column: field.column,
          message: LocalizedText(
            en: "“\(type.label.en)” has no place for the value in column “\(field.name)”.",
            de: "Für den Wert in Spalte „\(field.name)“ hat „\(type.label.de)“ keinen Platz."),
          hint: LocalizedText(
            en: "Empty the cell, or correct the event.",
            de: "Bitte die Zelle leeren oder das Ereignis berichtigen.")))
    }
  }

  private mutating func checkRequired(_ event: FilePlan.Event, _ row: CSVRow) {
    for definition in event.required
    where faults.isEmpty && !entries.contains(where: { $0.tag == definition.tag }) {
      var column: Int?
      var name = definition.label
      if case .cell(let cell)? = event.fields.first(where: { $0.tag == definition.tag })?.source {
        column = plan.cells[cell].column
        name = LocalizedText(verbatim: plan.cells[cell].name)
      }
      let label = event.type.label
      faults.append(
        RowFault(
          code: "E-EVENT", column: column,
          message: LocalizedText(
            en: "“\(label.en)” needs “\(name.en)”.",
            de: "„\(label.de)“ braucht „\(name.de)“.")))
    }
  }

  // MARK: Faults

  private mutating func note(_ problem: CellProblem, _ row: CSVRow, _ column: Int, _ name: String) {
    var (column, name) = (column, name)
    if case .garbled(let garbled) = problem, let place = garbled.column {
      (column, name) = (place, plan.name(of: place))
    }
    // Several events of a row may read the same cell.
    if faults.contains(where: { $0.column == column && $0.code == problem.code }) { return }
    let (message, hint) = problem.message(text: row.trimmedText(column), column: name)
    faults.append(RowFault(code: problem.code, column: column, message: message, hint: hint))
  }

  private mutating func noteUnknown(_ row: CSVRow, _ column: Int, among known: [String]) {
    let written = row.trimmedText(column)
    let name = plan.name(of: column)
    let problem: CellProblem =
      written.isEmpty ? .empty(known: known) : .unknownCode(list: "", known: known)
    let (message, hint) = problem.message(text: written, column: name)
    faults.append(RowFault(code: "E-CODE", column: column, message: message, hint: hint))
  }

  private mutating func noteMissingDate(_ date: DateReader?, _ type: EventType?) {
    let what = type.map {
      LocalizedText(en: " of “\($0.label.en)”", de: " zu „\($0.label.de)“")
    }
    let of = what ?? LocalizedText(verbatim: "")
    faults.append(
      RowFault(
        code: "E-DATE", column: date?.column,
        message: LocalizedText(
          en: "The date\(of.en) is missing.", de: "Das Datum\(of.de) fehlt.")))
  }
}
