public import Journey

/// The character between two fields.
public struct CSVDelimiter: Sendable, Equatable, Hashable {
  /// The byte itself.
  public let byte: UInt8

  /// The comma.
  public static let comma = CSVDelimiter(byte: UInt8(ascii: ","))
  /// The semicolon.
  public static let semicolon = CSVDelimiter(byte: UInt8(ascii: ";"))
  /// The tabulator.
  public static let tab = CSVDelimiter(byte: UInt8(ascii: "\t"))

  /// What people call it.
  public var name: LocalizedText {
    switch self {
    case .comma: LocalizedText(en: "comma", de: "Komma")
    case .semicolon: LocalizedText(en: "semicolon", de: "Semikolon")
    default: LocalizedText(en: "tab", de: "Tabulator")
    }
  }
}

/// How the bytes of a file stand for characters.
public enum CSVEncoding: String, Sendable {
  /// UTF-8, checked row by row.
  case utf8 = "UTF-8"
  /// Windows-1252, converted to UTF-8 field by field.
  case windows1252 = "Windows-1252"
}

/// How a CSV file is written.
public struct CSVDialect: Sendable, Equatable {
  /// The character between two fields.
  public let delimiter: CSVDelimiter
  /// Whether a row ends in CR LF instead of LF.
  public let endsRowsWithCarriageReturn: Bool
  /// Whether the file begins with a byte order mark.
  public let hasByteOrderMark: Bool
  /// Whether texts that a spreadsheet would run as a formula get a leading apostrophe.
  public let guardsFormulas: Bool

  /// RFC 4180 for machines: comma, LF, UTF-8, texts unaltered.
  public static let csv = CSVDialect(
    delimiter: .comma, endsRowsWithCarriageReturn: false, hasByteOrderMark: false,
    guardsFormulas: false)
  /// For German spreadsheets: byte order mark, semicolon, CR LF, texts guarded.
  public static let germanCSV = CSVDialect(
    delimiter: .semicolon, endsRowsWithCarriageReturn: true, hasByteOrderMark: true,
    guardsFormulas: true)
  /// Tab-separated, otherwise as ``csv``.
  public static let tsv = CSVDialect(
    delimiter: .tab, endsRowsWithCarriageReturn: false, hasByteOrderMark: false,
    guardsFormulas: false)
}

/// What a reader is told about a file before it opens it.
public struct CSVOptions: Sendable {
  /// The delimiter, or nil to find it from the first 64 KiB.
  public var delimiter: CSVDelimiter?
  /// The encoding, or nil to find it: UTF-8 where valid, else Windows-1252 with a notice.
  public var encoding: CSVEncoding?
  /// Whether the first row names the columns.
  public var hasHeader: Bool
  /// The longest field in bytes as they stand in the file, quotes included.
  public var longestField: Int
  /// The longest row in bytes.
  public var longestRow: Int
  /// How many of the wanted columns a row of names has; nil takes the first row for the header.
  ///
  /// With it the header is looked for among the first twenty rows, may take two of them, and may hold a
  /// name twice: whoever asks for columns refuses those that are not told apart.
  public var headerFit: (@Sendable ([String]) -> Int)?

  /// Creates options; the defaults find out everything by themselves.
  public init(
    delimiter: CSVDelimiter? = nil, encoding: CSVEncoding? = nil, hasHeader: Bool = true,
    longestField: Int = 1 << 20, longestRow: Int = 1 << 24,
    headerFit: (@Sendable ([String]) -> Int)? = nil
  ) {
    precondition(longestRow < Int(UInt32.max) / 4, "offsets in a row are 32 bits wide")
    self.delimiter = delimiter
    self.encoding = encoding
    self.hasHeader = hasHeader
    self.longestField = longestField
    self.longestRow = longestRow
    self.headerFit = headerFit
  }
}
