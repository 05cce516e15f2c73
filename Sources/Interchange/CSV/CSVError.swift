public import Journey

/// A reason why a CSV file or one of its rows cannot be used.
///
/// A row's own fault arrives in ``CSVRow/problem`` and reading goes on with the next line; a fault
/// of the whole file (missing, empty, no header, a quote open until the end) is thrown.
public struct CSVError: ReadableError, Sendable, Equatable {
  /// What is wrong.
  public let kind: Kind
  /// The file name as given by the caller, or a word such as "stdin".
  public let source: String
  /// The physical line, counted from 1, or nil when the fault concerns the whole file.
  public let line: Int?
  /// The column on that line, counted from 1 in Unicode scalars, or nil when it is not known.
  public let column: Int?

  init(_ kind: Kind, source: String, at position: CSVPosition? = nil) {
    self.kind = kind
    self.source = source
    self.line = position?.line
    self.column = position?.column
  }

  init(_ kind: Kind, source: String, line: Int) {
    self.kind = kind
    self.source = source
    self.line = line
    self.column = nil
  }

  /// The kinds of fault.
  public enum Kind: Sendable, Equatable {
    /// The file does not exist.
    case fileMissing
    /// The path names a folder.
    case fileIsFolder
    /// The system refused to open or read the file, with its error number.
    case fileUnreadable(errno: Int32)
    /// The file holds nothing, or only empty lines.
    case empty
    /// The file is UTF-16.
    case utf16
    /// The file is a workbook of a spreadsheet program, which is named, and no text.
    case workbook(String)
    /// The file is a page of HTML, as some programs call an export for spreadsheets.
    case html
    /// The file is no table but something else that is named, such as JSON.
    case foreign(String)
    /// The first row holds no column names.
    case noHeader
    /// Two columns have the same name; the number is the earlier column, counted from 1.
    case repeatedHeader(name: String, firstColumn: Int)
    /// The header is one field in which another delimiter stands.
    case wrongDelimiter(used: CSVDelimiter, likely: String)
    /// A quote is still open at the end of the file.
    case unterminatedQuote
    /// Text follows a closing quote; the number is the line on which the quote was opened.
    case textAfterQuote(openedOn: Int)
    /// A row has more or fewer fields than the header.
    ///
    /// `quoteFrom` is the line on which a quoted field that runs over several lines begins.
    case raggedRow(found: Int, expected: Int, quoteFrom: Int?)
    /// A NUL byte.
    case nul
    /// A field longer than the limit, which is given in bytes.
    case fieldTooLong(limit: Int)
    /// A row longer than the limit in bytes, or of more fields than the limit.
    case rowTooLong(limit: Int)
    /// A byte that is no part of valid UTF-8.
    case invalidUTF8(byte: UInt8)
    /// A byte to which Windows-1252 gives no character.
    case notWindows1252(byte: UInt8)
  }

  /// The stable code of the kind, for reports and documentation.
  public var code: String {
    switch kind {
    case .fileMissing: "E-FILE-MISSING"
    case .fileIsFolder: "E-FILE-FOLDER"
    case .fileUnreadable: "E-FILE-READ"
    case .empty: "E-EMPTY"
    case .utf16: "E-UTF16"
    case .workbook: "E-WORKBOOK"
    case .html: "E-HTML"
    case .foreign: "E-FORMAT"
    case .noHeader: "E-HEADER"
    case .repeatedHeader: "E-HEADER-TWICE"
    case .wrongDelimiter: "E-DELIMITER"
    case .unterminatedQuote: "E-QUOTE"
    case .textAfterQuote: "E-QUOTE-TEXT"
    case .raggedRow: "E-COLUMNS"
    case .nul: "E-NUL"
    case .fieldTooLong: "E-FIELD-LENGTH"
    case .rowTooLong: "E-ROW-LENGTH"
    case .invalidUTF8, .notWindows1252: "E-ENCODING"
    }
  }

  /// One line for a report: place, message and code.
  public func rendered(in language: Language) -> String {
    var place = source
    if let line { place += ":\(line)" }
    if let column { place += ":\(column)" }
    return "\(place): \(message(language)) [\(code)]"
  }
}

/// A place in a text file.
public struct CSVPosition: Sendable, Equatable {
  /// The physical line, counted from 1.
  public let line: Int
  /// The column, counted from 1 in Unicode scalars.
  public let column: Int

  /// Creates a place from its line and column.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}

/// Something a person should know about a file that was read all the same.
public struct CSVNotice: Sendable, Equatable {
  /// The stable code.
  public let code: String
  /// The wording.
  public let message: LocalizedText

  static let windows1252 = CSVNotice(
    code: "N-WINDOWS-1252",
    message: LocalizedText(
      en: "The file is not UTF-8; it was read as Windows-1252.",
      de: "Die Datei ist nicht UTF-8; sie wurde als Windows-1252 gelesen."))

  static func headerRow(line: Int) -> CSVNotice {
    CSVNotice(
      code: "N-HEADER-ROW",
      message: LocalizedText(
        en: "The column names stand on line \(line); what stands above was passed over.",
        de: "Die Spaltennamen stehen in Zeile \(line); was darüber steht, wurde übergangen."))
  }

  static func mergedHeader(lines upper: Int, _ lower: Int) -> CSVNotice {
    CSVNotice(
      code: "N-HEADER-MERGED",
      message: LocalizedText(
        en: "The column names take lines \(upper) and \(lower); the group goes before the name.",
        de: "Die Spaltennamen stehen in den Zeilen \(upper) und \(lower); die Gruppe steht vor dem"
          + " Namen."))
  }
}
