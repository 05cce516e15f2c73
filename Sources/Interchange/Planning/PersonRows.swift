import Journey

/// Gathers the rows of one participant and checks them against each other.
///
/// First its rows are taken and settled among themselves, which needs nothing but them; then
/// ``finish(_:_:)`` compares with what else the import says.
struct PersonRows: Sendable {
  struct Change: Sendable {
    let on: CivilDate
    let state: Int
    let row: Int
  }

  /// A finding about a row that has been read already.
  struct Finding: Sendable {
    let place: RowPlace
    let fault: RowFault
  }

  let shape: FileMapping.Shape
  /// The pattern of the names of such files: what tells one kind of file from another.
  let kind: String
  private(set) var person = -1
  /// How many rows had a fault of their own.
  private(set) var unsound = 0
  var planned = PlannedPerson(person: -1)
  private var changes: [Change] = []
  var observed: (on: CivilDate, row: Int)?
  /// When the person was born, as far as the file says it.
  private var birth: CivilDate?
  var findings: [Finding] = []

  init(_ mapping: FileMapping) {
    shape = mapping.shape
    kind = mapping.pattern
  }

  var isEmpty: Bool { person < 0 }

  mutating func begin(_ person: Int) {
    self.person = person
    unsound = 0
    planned = PlannedPerson(person: person)
    changes.removeAll(keepingCapacity: true)
    observed = nil
    birth = nil
    findings.removeAll(keepingCapacity: true)
  }

  /// Takes a row; its faults, if any, are in the reader.
  ///
  /// - Returns: Whether the row has no fault of its own.
  mutating func add(_ row: CSVRow, _ reader: inout RowReader) -> Bool {
    let number = planned.rows.count
    let first = planned.events.count
    switch shape {
    case .participant: reader.participant(row, into: &planned.events, number: number)
    case .event: reader.event(row, into: &planned.events, number: number)
    case .stateChange:
      if let change = reader.change(row) {
        changes.append(Change(on: change.on, state: change.state, row: number))
      }
    }
    let last = reader.observedUntil(row)
    if reader.faults.isEmpty { noteSlips(first, &reader) }
    let disorder = SpellEdge.disorder(in: planned.events[first...])
    if let disorder { reader.add(disorder.fault, at: disorder.end - first) }
    let isSound = reader.faults.allSatisfy(\.isWarning)
    if !isSound {
      unsound += 1
      planned.events.removeSubrange(first...)
      if changes.last?.row == number { changes.removeLast() }
    } else if let last, observed.map({ last.lastDay >= $0.on.lastDay }) ?? true {
      observed = (last, number)
    }
    planned.rows.append(PlannedRow(place: RowPlace(row), fate: isSound ? .accepted : .rejected))
    return isSound
  }

  /// Notes what gives cause to ask in the events of a row.
  private mutating func noteSlips(_ first: Int, _ reader: inout RowReader) {
    for planned in planned.events[first...] {
      if let date = planned.event[Fields.birthDate] { birth = date }
      if birth == nil, let year = planned.event[Fields.birthYear],
        let day = Day(year: year, month: 1, day: 1)
      {
        birth = CivilDate(day, .year)
      }
    }
    for index in planned.events.indices[first...] {
      let event = planned.events[index].event
      for slip in EventSlip.all(
        of: event, born: birth, today: reader.today, observedUntil: reader.lastDay)
      {
        reader.add(slip, of: event.type, at: index - first)
      }
    }
  }

  /// Checks the rows against each other.
  mutating func settle(_ plan: FilePlan) {
    switch shape {
    case .participant: compareParticipantRows()
    case .event:
      skipRepeatedEvents()
      checkSpells()
    case .stateChange: planSpells(plan)
    }
    changes = []
  }

  /// Checks what was settled against what else is known of the participant, and gives it.
  mutating func finish(_ people: PersonTable, _ plan: FilePlan) -> PlannedPerson {
    compareWithOtherFiles(people)
    dropWhatIsShared(people)
    checkAgainstEntry(people)
    noteForOtherFiles(people)
    confirm(plan)
    defer { abandon() }
    return planned
  }

  /// Has nobody in work any more.
  mutating func abandon() {
    person = -1
    planned = PlannedPerson(person: -1)
  }

  mutating func reject(_ row: Int, _ fault: RowFault) {
    findings.append(Finding(place: planned.rows[row].place, fault: fault))
    if fault.isWarning { return }
    planned.rows[row].fate = .rejected
    planned.events.removeAll { $0.row == row }
    if observed?.row == row { observed = nil }
  }

  private mutating func skipDuplicate(_ row: Int, of earlier: Int) {
    let line = planned.rows[earlier].line
    skip(
      row,
      LocalizedText(
        en: "The row says what line \(line) says; it is skipped.",
        de: "Die Zeile sagt dasselbe wie Zeile \(line); sie wird übergangen."))
  }

  /// Passes over a row that says what was said before.
  mutating func skip(_ row: Int, _ message: LocalizedText) {
    planned.rows[row].fate = .duplicate
    planned.events.removeAll { $0.row == row }
    findings.append(
      Finding(
        place: planned.rows[row].place,
        fault: RowFault(code: "W-DUPLICATE", column: nil, message: message, isWarning: true)))
  }

  private mutating func contradict(
    _ row: Int, _ earlier: Int, _ en: String, _ de: String
  ) {
    let line = planned.rows[earlier].line
    reject(
      row,
      RowFault(
        code: "E-CONTRADICTION", column: nil,
        message: LocalizedText(
          en: "The row contradicts line \(line): \(en).",
          de: "Die Zeile widerspricht Zeile \(line): \(de)."),
        hint: LocalizedText(
          en: "Correct one of the two rows.", de: "Bitte eine der beiden Zeilen berichtigen.")))
  }

  // MARK: A row a participant

  private mutating func compareParticipantRows() {
    guard planned.rows.count > 1 else { return }
    let sound = planned.rows.indices.filter { planned.rows[$0].fate == .accepted }
    guard let first = sound.first else { return }
    let content = planned.events.filter { $0.row == first }.map(\.content)
    for row in sound.dropFirst() {
      let other = planned.events.filter { $0.row == row }.map(\.content)
      if content == other {
        skipDuplicate(row, of: first)
        continue
      }
      let pair = zip(content, other).first { $0 != $1 }.map { ($0.event, $1.event) }
      let same = LocalizedText(
        en: "the same participant with other content",
        de: "dieselbe Kennung mit anderen Angaben")
      if let pair, pair.0.occurredOn != pair.1.occurredOn {
        contradict(
          row, first, "\(same.en), \(SpellEdge.label(pair.1).en) and \(pair.0.occurredOn)",
          "\(same.de), \(SpellEdge.label(pair.1).de) und \(pair.0.occurredOn.german)")
      } else {
        contradict(row, first, same.en, same.de)
      }
    }
  }

  // MARK: A row an event

  private mutating func skipRepeatedEvents() {
    guard planned.events.count > 1 else { return }
    var repeated: [(row: Int, earlier: Int)] = []
    if planned.events.count <= 40 {
      for later in planned.events.indices.dropFirst() {
        for earlier in 0..<later
        where planned.events[earlier].content == planned.events[later].content {
          repeated.append((planned.events[later].row, planned.events[earlier].row))
          break
        }
      }
    } else {
      var known: [PlannedEvent.Content: Int] = [:]
      for planned in planned.events {
        if let earlier = known[planned.content] {
          repeated.append((planned.row, earlier))
        } else {
          known[planned.content] = planned.row
        }
      }
    }
    for pair in repeated { skipDuplicate(pair.row, of: pair.earlier) }
  }

  /// A numbered spell has one start and one end, the end not before the start.
  private mutating func checkSpells() {
    var edges: [(edge: SpellEdge, event: JourneyEvent, row: Int)] = []
    for planned in planned.events {
      if let edge = SpellEdge(planned.event), edge.spell > 0 {
        edges.append((edge, planned.event, planned.row))
      }
    }
    guard edges.count > 1 else { return }
    for later in edges.indices.dropFirst() {
      let (edge, event, row) = edges[later]
      for earlier in edges[..<later]
      where earlier.edge.family == edge.family && earlier.edge.spell == edge.spell {
        guard planned.rows[row].fate == .accepted,
          planned.rows[earlier.row].fate == .accepted
        else { continue }
        if earlier.edge.isStart == edge.isStart {
          let label = SpellEdge.label(event)
          contradict(
            row, earlier.row,
            "\(label.en) is stated for spell \(edge.spell) there as \(earlier.event.occurredOn)",
            "\(label.de) steht dort für Abschnitt \(edge.spell) als "
              + "\(earlier.event.occurredOn.german)")
          continue
        }
        let (start, end) = edge.isStart ? (event, earlier.event) : (earlier.event, event)
        if end.occurredOn.lastDay < start.occurredOn.day {
          reject(row, SpellEdge.order(end, before: start, line: planned.rows[earlier.row].line))
        }
      }
    }
  }

  // MARK: A row a change of state

  private mutating func planSpells(_ plan: FilePlan) {
    changes.sort { ($0.on.day, $0.row) < ($1.on.day, $1.row) }
    var last: Change?
    var standing: Change?
    for change in changes {
      if let last, last.on.day == change.on.day {
        if last.state == change.state {
          skipDuplicate(change.row, of: last.row)
        } else {
          let states = (plan.states[change.state].name, plan.states[last.state].name)
          contradict(
            change.row, last.row, "“\(states.0)” and “\(states.1)” both begin at \(change.on)",
            "„\(states.0)“ und „\(states.1)“ beginnen beide \(change.on.german)")
        }
        continue
      }
      last = change
      // A state that is stated again goes on: one spell.
      if let standing, standing.state == change.state { continue }
      if let standing, let end = plan.states[standing.state].end,
        let date = change.on.advanced(by: -1)
      {
        append(end, on: date, change.row, plan)
      }
      if let start = plan.states[change.state].start {
        append(start, on: change.on, change.row, plan)
      }
      standing = change
    }
  }

  private mutating func append(
    _ template: JourneyEventTemplate, on date: CivilDate, _ row: Int, _ plan: FilePlan
  ) {
    let own = plan.provenance.filter { entry in
      !template.entries.contains { $0.tag == entry.tag }
    }
    planned.events.append(
      PlannedEvent(
        event: JourneyEvent(template.type, on: date, FieldSet(own + template.entries)), row: row))
  }

  // MARK: All shapes

  private mutating func checkAgainstEntry(_ people: PersonTable) {
    for planned in planned.events where planned.event.type == .participationEntered {
      people.noteEntry(of: person, on: planned.event.occurredOn.day.number)
    }
    let entry = people.entryDay(of: person)
    guard entry != Int32.max else { return }
    let day = Day(number: entry)
    for planned in planned.events where planned.event.occurredOn.lastDay < day {
      let event = planned.event
      switch event.type {
      case .participationExited:
        reject(
          planned.row,
          SpellEdge.order(
            event, before: JourneyEvent(.participationEntered, on: CivilDate(day)), line: nil))
      case .employmentStarted, .selfEmploymentStarted:
        let entered = JourneyEvent(.participationEntered, on: CivilDate(day))
        var warning = SpellEdge.order(event, before: entered, line: nil)
        warning = RowFault(
          code: "W-ORDER", column: nil, message: warning.message,
          hint: LocalizedText(
            en: "The row is taken in; a job that runs at entry is no placement.",
            de: "Die Zeile wird übernommen; eine Arbeit, die beim Eintritt läuft, ist keine"
              + " Vermittlung."), isWarning: true)
        reject(planned.row, warning)
      default: break
      }
    }
  }

  /// States until when the participant was observed.
  private mutating func confirm(_ plan: FilePlan) {
    var last = observed
    if case .constant(let date)? = plan.observedUntil?.source {
      guard let row = planned.rows.lastIndex(where: { $0.fate == .accepted }) else { return }
      last = (date, row)
    }
    guard let last else { return }
    planned.events.append(
      PlannedEvent(
        event: JourneyEvent(.statusConfirmed, on: last.on, FieldSet(plan.provenance)),
        row: last.row))
  }
}
