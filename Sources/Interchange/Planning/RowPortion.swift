/// Rows of a file that stand one after the other, known whose they are and not yet understood.
///
/// A portion holds all rows of its participants, so that portions can be understood side by side; what
/// comes of them is taken up in the order of the file.
struct RowPortion: Sendable {
  /// Where the rows of a participant begin.
  struct Beginning: Sendable {
    let row: Int
    let person: Int
    /// How far the file had been read then, and what was known of how it is written.
    let bytesRead: Int
    let encoding: CSVEncoding?
  }

  /// How many rows make a portion; the rows of a participant are not parted.
  ///
  /// Few enough that what is in work fits into the caches of a core, and still a piece of work where
  /// another core takes it.
  static func usualRows(sideBySide: Bool) -> Int { sideBySide ? 96 : 16 }
  /// How many bytes make one, too.
  private static let bytesAtMost = 1 << 18

  /// Rows, the first ``count`` of them in use: the others keep their memory for later.
  private(set) var rows: [CSVRow] = []
  private(set) var count = 0
  private(set) var bytes = 0
  private(set) var beginnings: [Beginning] = []
  /// What was noted while the file was read, each before the row of the number.
  private(set) var notes: [(before: Int, note: RowNote)] = []
  /// Whether reading broke off behind the last row: its participant may have had more.
  var isCutOff = false

  func isFull(_ rows: Int) -> Bool { count >= rows || bytes >= Self.bytesAtMost }

  mutating func begin(_ person: Int, bytesRead: Int, _ encoding: CSVEncoding?) {
    beginnings.append(
      Beginning(row: count, person: person, bytesRead: bytesRead, encoding: encoding))
  }

  /// Takes a row out of the reader, which gets memory of a row used before.
  mutating func take(_ row: inout CSVRow) {
    if count == rows.count { rows.append(CSVRow()) }
    bytes += row.byteCount
    swap(&row, &rows[count])
    count += 1
  }

  /// Adds what was noted about rows before the next one.
  mutating func add(_ note: RowNote) {
    if let last = notes.indices.last, notes[last].before == count {
      notes[last].note.add(note)
    } else {
      notes.append((count, note))
    }
  }

  /// Changes a row of the portion for another: nothing is copied.
  mutating func exchange(_ index: Int, _ row: inout CSVRow) { swap(&rows[index], &row) }

  mutating func removeAll() {
    count = 0
    bytes = 0
    beginnings.removeAll(keepingCapacity: true)
    notes.removeAll(keepingCapacity: true)
    isCutOff = false
  }
}
