import Journey

extension FilePlanner {
  /// Reads rows into an empty portion until it is full or the file ends.
  mutating func fill(_ portion: inout RowPortion) {
    if reading.waits { begin(&portion) }
    do throws(PlanError) {
      if index != nil { try fillSorted(&portion) } else { try fillInOrder(&portion) }
    } catch {
      failure = error
      isRead = true
      portion.isCutOff = true
    }
    giveNote(&portion)
  }

  private mutating func fillInOrder(_ portion: inout RowPortion) throws(PlanError) {
    while try advance() {
      let number = identify()
      guard let number else {
        note.counts.read += 1
        continue
      }
      giveNote(&portion)
      if number != reading.person {
        if people.isSeen(number) { throw .scattered }
        people.markSeen(number)
        if turn(to: number, &portion) { return }
      }
      portion.take(&reader.row)
    }
    settleMissingIDs(atEnd: true)
    isRead = true
  }

  /// The same with sorted rows: first an index of them, then rows by participant.
  private mutating func fillSorted(_ portion: inout RowPortion) throws(PlanError) {
    if index?.isSorted == false {
      while try advance() {
        let number = identify()
        note.counts.read += 1
        if let number { index?.add(person: number, reader.row) }
        takeNote()
      }
      settleMissingIDs(atEnd: true)
      takeNote()
      index?.sort(delimiter: reader.delimiter, encoding: reader.encoding)
    }
    while true {
      var number: Int?
      do throws(CSVError) { number = try index?.next(into: &reader) } catch { throw .csv(error) }
      guard let number else { break }
      place = reader.row.byteOffset
      if number != reading.person, turn(to: number, &portion) { return }
      portion.take(&reader.row)
    }
    isRead = true
  }

  /// Turns to the next participant; true when their first row waits for the next portion.
  private mutating func turn(to person: Int, _ portion: inout RowPortion) -> Bool {
    let rows = portionRows ?? RowPortion.usualRows(sideBySide: hands != nil)
    reading = (person, portion.isFull(rows))
    if reading.waits { return true }
    beginning(&portion)
    return false
  }

  private mutating func begin(_ portion: inout RowPortion) {
    reading.waits = false
    beginning(&portion)
    portion.take(&reader.row)
  }

  private mutating func beginning(_ portion: inout RowPortion) {
    portion.begin(
      reading.person, bytesRead: max(place, index?.bytesRead ?? 0), reader.encoding)
  }

  /// Puts what was noted since the last row into the portion.
  private mutating func giveNote(_ portion: inout RowPortion) {
    guard !note.isEmpty else { return }
    portion.add(note)
    note = RowNote(limit: note.diagnostics.limit)
  }

  /// Counts in at once what was noted: nobody is in work for whom it would have to wait.
  private mutating func takeNote() {
    take(note)
    note = RowNote(limit: note.diagnostics.limit)
  }

  private mutating func advance() throws(PlanError) -> Bool {
    do throws(CSVError) {
      guard try reader.next() else { return false }
    } catch { throw .csv(error) }
    place = reader.row.byteOffset
    return true
  }

  /// Finds whose it is; nil for a row that cannot be used.
  private mutating func identify() -> Int? {
    if let problem = reader.row.problem {
      if isRaggedTotal(problem) { return skipTotal() }
      note.counts.rejected += 1
      let diagnostic = RowDiagnostic(problem, isFatal: false)
      note.diagnostics.add(diagnostic)
      addReject(RowPlace(reader.row), diagnostic.code, diagnostic.message)
      return nil
    }
    let column = plan.id
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
    if plan.isSimulated(reader.row) { simulatedRows += 1 }
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
    guard let digits = plan.idDigits else {
      return reader.row.withTrimmedField(plan.id, body)
    }
    let bytes = Array(padded(reader.row.trimmedText(plan.id), to: digits).utf8)
    return body(bytes.span)
  }
}
