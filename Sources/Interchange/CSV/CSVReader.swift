/// Reads the records of a CSV file one after the other, in memory that does not grow.
///
///     var reader = try CSVReader(ByteSource(path: "teilnehmende.csv"))
///     while try reader.next() {
///       if let problem = reader.row.problem { report(problem); continue }
///       let code = reader.row.text(0)
///     }
///
/// Quotes follow RFC 4180: a field that begins with a quote ends at the next single quote and may
/// contain delimiters and line breaks; a quote inside an unquoted field is a character like any
/// other. Rows end in LF, CR LF or CR, also mixed. Lines without any character are skipped. Blanks
/// are kept. A row with a fault of its own has ``CSVRow/problem`` set, and the next row begins
/// after its line break.
///
/// - Complexity: O(bytes); the memory is bounded by the chunk size and the limits in the options.
public struct CSVReader: ~Copyable {
  // No property has a default value: an initialiser of a noncopyable type that may throw cannot
  // begin with some of them set.

  /// The record that was read last.
  public internal(set) var row: CSVRow
  /// The column names without blanks at their ends; empty when the options say there is no header.
  public private(set) var header: [String]
  /// The header as a row, for the places of its names.
  public private(set) var headerRow: CSVRow
  /// The delimiter, as given or as found.
  public let delimiter: CSVDelimiter
  /// The encoding, or nil as long as nothing outside ASCII has been read.
  public internal(set) var encoding: Optional<CSVEncoding>
  /// Whether the file begins with a byte order mark.
  public let hasByteOrderMark: Bool
  /// What a person should know about the file; it may grow while rows are read.
  public internal(set) var notices: [CSVNotice]
  /// The name of the source, for messages.
  public let name: String

  let source: ByteSource
  let options: CSVOptions
  var chunk: [UInt8]
  var marks: StructuralMarks
  var scan: ScanProgress

  /// Opens a source: looks at its first 64 KiB, and reads the header.
  ///
  /// Throws ``CSVError`` when the source cannot be read, is empty, or has no usable header.
  public init(
    _ source: ByteSource, options: CSVOptions = CSVOptions()
  ) throws(CSVError) {
    self = try Self.opened(source, options: options)
  }

  private static func opened(
    _ source: ByteSource, options: CSVOptions
  ) throws(CSVError) -> CSVReader {
    let sampleSize = 1 << 16
    let sample = try source.peek(sampleSize)
    let sniffer = try CSVSniffer(
      sample: sample, isWhole: sample.count < sampleSize, name: source.name)
    let delimiter = options.delimiter ?? sniffer.delimiter()
    let encoding = options.encoding ?? sniffer.encoding()
    var reader = CSVReader(
      source: source, delimiter: delimiter, encoding: encoding,
      hasByteOrderMark: sniffer.hasByteOrderMark, options: options)
    if options.hasHeader {
      var search: HeaderSearch?
      if let fit = options.headerFit {
        search = try Self.search(sample, delimiter, encoding, source.name, fit)
      }
      try reader.readHeader(search)
    }
    return reader
  }

  /// Looks for the header in the first bytes of a file.
  private static func search(
    _ sample: [UInt8], _ delimiter: CSVDelimiter, _ encoding: CSVEncoding?, _ name: String,
    _ fit: ([String]) -> Int
  ) throws(CSVError) -> HeaderSearch {
    var rows: [[String]] = []
    var reader = try CSVReader(
      ByteSource(bytes: sample, name: name),
      options: CSVOptions(delimiter: delimiter, encoding: encoding, hasHeader: false))
    // A sample may end in the middle of a quote: what was read before it is enough.
    while rows.count < HeaderSearch.depth, (try? reader.next()) == true {
      let row = reader.row
      rows.append((0..<row.count).map { row.trimmedText($0) })
    }
    return HeaderSearch(rows, fit: fit)
  }

  private init(
    source: ByteSource, delimiter: CSVDelimiter, encoding: CSVEncoding?, hasByteOrderMark: Bool,
    options: CSVOptions
  ) {
    row = CSVRow()
    header = []
    headerRow = CSVRow()
    self.delimiter = delimiter
    self.encoding = encoding
    self.hasByteOrderMark = hasByteOrderMark
    notices = options.encoding == nil && encoding == .windows1252 ? [.windows1252] : []
    name = source.name
    self.options = options
    chunk = [UInt8](repeating: 0, count: source.chunkSize)
    marks = StructuralMarks()
    scan = ScanProgress(start: hasByteOrderMark ? 3 : 0)
    self.source = source
  }

  /// Reads the next record into the row; false at the end of the source.
  ///
  /// Throws ``CSVError`` when the source cannot be read on, or when a quote is still open at its
  /// end; after that there are no more rows.
  public mutating func next() throws(CSVError) -> Bool {
    guard !scan.isFinished else { return false }
    beginRecord()
    while true {
      if let end = scanMarks() {
        completeRecord(end: end)
        return true
      }
      keepPartOfRecord()
      do {
        guard try readChunk() else { return try completeLastRecord() }
      } catch {
        scan.isFinished = true
        throw error
      }
    }
  }

  private mutating func readChunk() throws(CSVError) -> Bool {
    scan.chunkOffset += scan.chunkCount
    scan.chunkCount = 0
    scan.chunkCount = try source.read(into: &chunk)
    scan.nextMark = 0
    marks.find(in: chunk, length: scan.chunkCount, delimiter: delimiter.byte)
    if marks.holdsNonASCII { scan.mayHoldNonASCII = true }
    return scan.chunkCount > 0
  }

  private mutating func readHeader(_ search: HeaderSearch?) throws(CSVError) {
    let above = search?.above ?? 0
    for _ in 0..<above where try next() {}
    // What stands above may have any number of fields.
    scan.expectedCount = nil
    guard try next() else { throw CSVError(.empty, source: name) }
    if let problem = row.problem { throw problem }
    headerRow = row
    var groups: [String]?
    if search?.isMerged == true {
      groups = (0..<row.count).map { row.trimmedText($0) }
      scan.expectedCount = nil
      guard try next() else { throw CSVError(.empty, source: name) }
      if let problem = row.problem { throw problem }
    }
    header = try CSVHeader.names(
      of: row, under: groups, mayRepeat: options.headerFit != nil, delimiter: delimiter, name: name)
    if above > 0 { notices.append(.headerRow(line: headerRow.line)) }
    if groups != nil { notices.append(.mergedHeader(lines: headerRow.line, row.line)) }
    // A group's name stands above: the lower row has a field for each column.
    if groups != nil { headerRow = row }
  }
}
