import Files

/// An index of the rows of a file by participant, and the rows read again in that order.
///
/// For files in which the rows of a participant do not stand together. Rows are gathered from the
/// file by their offsets, a megabyte at a time.
struct ScatteredRows {
  private struct Entry {
    let person: UInt32
    let line: UInt32
    /// Offset × 2^24 + bytes.
    let place: UInt64
  }

  /// The longest row that an entry can hold.
  static let longestRow = 1 << 24 - 1
  private static let portion = 1 << 20

  private let path: String
  private var entries: [Entry] = []
  private var given = 0
  private var gathered = 0
  private var delimiter = CSVDelimiter.comma
  private var encoding: CSVEncoding?
  private(set) var isSorted = false
  private(set) var bytesRead = 0

  init(_ path: String) { self.path = path }

  mutating func add(person: Int, _ row: CSVRow) {
    entries.append(
      Entry(
        person: UInt32(person), line: UInt32(clamping: row.line),
        place: UInt64(row.byteOffset) << 24 | UInt64(row.byteCount)))
  }

  mutating func sort(delimiter: CSVDelimiter, encoding: CSVEncoding?) {
    self.delimiter = delimiter
    self.encoding = encoding
    entries.sort { ($0.person, $0.place) < ($1.person, $1.place) }
    isSorted = true
  }

  /// Puts the next row into the reader and says whose it is; nil after the last.
  mutating func next(into reader: inout CSVReader) throws(CSVError) -> Int? {
    guard given < entries.count else { return nil }
    if given == gathered { reader = try gather() }
    guard try reader.next() else { return nil }
    let entry = entries[given]
    reader.row.line = Int(entry.line)
    reader.row.byteOffset = Int(entry.place >> 24)
    given += 1
    bytesRead += reader.row.byteCount
    return Int(entry.person)
  }

  /// A reader over the next rows, one after the other.
  private mutating func gather() throws(CSVError) -> CSVReader {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.portion + Self.portion / 4)
    do throws(FileError) {
      let file = try File(path, .read)
      while gathered < entries.count, bytes.count < Self.portion {
        let place = entries[gathered].place
        bytes += try file.bytes(at: Int(place >> 24), count: Int(place & 0xFF_FFFF))
        bytes.append(0x0A)
        gathered += 1
      }
    } catch { throw CSVError(.fileUnreadable(errno: error.errno), source: path) }
    return try CSVReader(
      ByteSource(bytes: bytes, name: path),
      options: CSVOptions(
        delimiter: delimiter, encoding: encoding, hasHeader: false, longestRow: Self.longestRow))
  }
}
