import Journey

extension FilePlanner {
  /// Notes that the row just read is rejected.
  mutating func reject(_ fault: RowFault) {
    note.counts.rejected += 1
    let place = fault.column.map { reader.row.position(of: $0) }
    note.diagnostics.add(
      RowDiagnostic(
        fault.isWarning ? .warning : .error, file: path, line: place?.line ?? reader.row.line,
        column: place?.column, code: fault.code, fault.message, hint: fault.hint))
    addReject(RowPlace(reader.row), fault.code, fault.message)
  }

  mutating func addReject(_ place: RowPlace, _ code: String, _ message: LocalizedText) {
    if collectsRejects { note.rejects.append((place, code, message)) }
  }

  mutating func noteReject(_ place: RowPlace, _ code: String, _ message: LocalizedText) {
    guard collectsRejects else { return }
    let row = rejectPlaces[place] ?? rejects.count
    if row == rejects.count {
      rejects.append(RejectedRow(place: place))
      rejectPlaces[place] = row
    }
    if !rejects[row].codes.contains(code) { rejects[row].codes.append(code) }
    rejects[row].messages.append(message)
  }

  func diagnostic(_ fault: RowFault, line: Int) -> RowDiagnostic {
    RowDiagnostic(
      fault.isWarning ? .warning : .error, file: path, line: line, column: nil,
      code: fault.code, fault.message, hint: fault.hint)
  }

  private mutating func report(_ fault: RowFault, line: Int) {
    note.diagnostics.add(diagnostic(fault, line: line))
  }

  mutating func noteMissingID() {
    let row = reader.row
    let isBlank = (0..<row.count).allSatisfy { column in
      row.withTrimmedField(column) { $0.isEmpty }
    }
    if isBlank {
      note.counts.skipped += 1
      return
    }
    // A sum is made of numbers and a word for it; the newest people of a list may have no id yet.
    let words = (0..<row.count).count { column in
      row.withTrimmedField(column) { !$0.isEmpty && hundredths($0) == nil }
        && !TotalRow.isNamed(row.trimmedText(column))
    }
    missingIDs.append((RowPlace(row), isSum: words <= 1))
    if missingIDs.count > 3 { settleMissingIDs(atEnd: false) }
  }

  /// Decides what rows without an id are: sums when nothing but a few of them ends the file, and
  /// none of them says something of somebody.
  mutating func settleMissingIDs(atEnd: Bool) {
    for (place, isSum) in missingIDs {
      let line = place.line
      if atEnd, isSum {
        note.counts.skipped += 1
        report(
          RowFault(
            code: "W-TOTAL-ROW", column: nil,
            message: LocalizedText(
              en: "The row at the end of the file has no id; it is taken for a sum and skipped.",
              de: "Die Zeile am Dateiende hat keine Kennung; sie gilt als Summe und wird"
                + " übergangen."), isWarning: true), line: line)
      } else {
        let fault = RowFault(
          code: "E-ID", column: nil,
          message: LocalizedText(en: "The row has no id.", de: "Die Zeile hat keine Kennung."),
          hint: LocalizedText(
            en: "Every row but sums at the end needs to say whose it is.",
            de: "Jede Zeile außer Summen am Ende muss sagen, zu wem sie gehört."))
        note.counts.rejected += 1
        report(fault, line: line)
        addReject(place, fault.code, fault.message)
      }
    }
    missingIDs = []
  }

  // MARK: Rows that are no data

  /// Whether the row repeats the header, as where pages were put one under the other.
  var isHeaderAgain: Bool {
    let row = reader.row
    guard row.trimmedText(plan.id) == reader.header[plan.id] else {
      return false
    }
    return (0..<row.count).allSatisfy { isName(row.trimmedText($0), at: $0) }
  }

  private func isName(_ text: String, at column: Int) -> Bool {
    text.isEmpty || reader.header[column] == text || reader.header[column].hasSuffix(" \(text)")
  }

  mutating func skipHeader() -> Int? {
    note.counts.skipped += 1
    report(
      RowFault(
        code: "W-HEADER-AGAIN", column: nil,
        message: LocalizedText(
          en: "The row repeats the column names; it is skipped.",
          de: "Die Zeile wiederholt die Spaltennamen; sie wird übergangen."), isWarning: true),
      line: reader.row.line)
    return nil
  }

  mutating func skipTotal() -> Int? {
    note.counts.skipped += 1
    report(
      RowFault(
        code: "W-TOTAL-ROW", column: nil,
        message: LocalizedText(
          en: "The row calls itself a sum; it is skipped.",
          de: "Die Zeile nennt sich selbst Summe; sie wird übergangen."), isWarning: true),
      line: reader.row.line)
    return nil
  }

  /// Whether a row with too few or too many fields is a sum.
  func isRaggedTotal(_ problem: CSVError) -> Bool {
    guard case .raggedRow = problem.kind else { return false }
    let row = reader.row
    let first = (0..<row.count).first { !row.withTrimmedField($0) { $0.isEmpty } }
    return first.map { TotalRow.isNamed(row.trimmedText($0)) } ?? false
  }
}

/// The words by which spreadsheets name a row of sums.
enum TotalRow {
  static func isNamed(_ text: String) -> Bool {
    guard let first = text.utf8.first, first | 0x20 >= 0x61, text.utf8.count <= 16 else {
      return false
    }
    // “Summe 12” and “Gesamt (5)” are sums; “SUM001” and “Total-7” are ids.
    var before: Character = " "
    for character in text {
      if character.isNumber, before.isLetter || "-_/.#".contains(before) { return false }
      before = character
    }
    let word = text.lowercased().filter { $0.isLetter || $0 == " " }
    return words.contains(word.trimmed)
  }

  private static let words: Set<String> = [
    "summe", "gesamt", "gesamtsumme", "gesamtergebnis", "ergebnis", "teilergebnis",
    "zwischensumme", "anzahl", "insgesamt", "total", "grand total", "subtotal", "sum", "count",
  ]
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension CSVNotice {
  /// A text that the mapping joins from several columns, some of which the file does not have.
  static func halfRead(_ read: String, without missing: String) -> CSVNotice {
    CSVNotice(
      code: "N-PART",
      message: LocalizedText(
        en: "“\(read)” is read alone: the column “\(missing)”, which the mapping joins with it, is"
          + " not there.",
        de: "„\(read)“ wird allein gelesen: Die Spalte „\(missing)“, die die Zuordnung damit"
          + " verbindet, fehlt."))
  }

  /// A name that several columns have, none of which is read.
  static func repeatedColumn(_ name: String) -> CSVNotice {
    CSVNotice(
      code: "N-HEADER-TWICE",
      message: LocalizedText(
        en: "Several columns are called “\(name)”; nothing is read from them.",
        de: "Mehrere Spalten heißen „\(name)“; aus ihnen wird nichts gelesen."))
  }

  /// Rejected rows that another mapping reads now.
  public static func rejectedBy(_ before: String, now: String) -> CSVNotice {
    CSVNotice(
      code: "N-REJECTS",
      message: LocalizedText(
        en: "These rows were rejected when they were read by the mapping “\(before)”; this is"
          + " “\(now)”.",
        de: "Diese Zeilen wurden abgewiesen, als die Zuordnung „\(before)“ sie las; dies ist"
          + " „\(now)“."))
  }

  /// A file with names of columns, and nothing below them.
  public static let noRows = CSVNotice(
    code: "N-NO-ROWS",
    message: LocalizedText(
      en: "There are column names, but no rows below them.",
      de: "Es gibt Spaltennamen, aber keine Zeilen darunter."))

  /// Columns that nothing is read from: said once, because a misspelt name may be among them.
  static func unusedColumns(_ names: [String]) -> CSVNotice {
    let shown = names.prefix(8)
    let more = names.count > shown.count ? ", …" : ""
    return CSVNotice(
      code: "N-COLUMNS",
      message: LocalizedText(
        en: "Nothing is read from \(names.count == 1 ? "the column" : "\(names.count) columns:")"
          + " \(shown.map { "“\($0)”" }.joined(separator: ", "))\(more).",
        de: names.count == 1
          ? "Aus der Spalte „\(names[0])“ wird nichts gelesen."
          : "Aus \(names.count) Spalten wird nichts gelesen: "
            + shown.map { "„\($0)“" }.joined(separator: ", ") + "\(more)."))
  }
}
