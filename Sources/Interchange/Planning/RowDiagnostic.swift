public import Journey

/// Something a person should know about a row or a file that is to be imported.
public struct RowDiagnostic: Sendable, Equatable {
  /// How bad it is.
  public enum Severity: Sendable {
    /// The row is taken in all the same, or is one that states nothing new.
    case warning
    /// The row cannot be taken in.
    case error
    /// The file cannot be taken in.
    case fatal
  }

  /// How bad it is.
  public let severity: Severity
  /// The file as it was named.
  public let file: String
  /// The physical line, counted from 1; nil when the whole file is meant.
  public let line: Int?
  /// The column on that line, counted from 1; nil when the whole row is meant.
  public let column: Int?
  /// The stable code.
  public let code: String
  /// What is wrong.
  public let message: LocalizedText
  /// What to do about it.
  public let hint: LocalizedText?

  /// Creates a diagnostic.
  public init(
    _ severity: Severity, file: String, line: Int?, column: Int?, code: String,
    _ message: LocalizedText, hint: LocalizedText? = nil
  ) {
    self.severity = severity
    self.file = file
    self.line = line
    self.column = column
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// Says what a CSV reader found.
  public init(_ error: CSVError, isFatal: Bool) {
    self.init(
      isFatal ? .fatal : .error, file: error.source, line: error.line, column: error.column,
      code: error.code, error.message, hint: error.advice)
  }

  /// One or two lines: place, message and code, then the hint.
  public func rendered(in language: Language) -> String {
    var text = file
    if let line { text += ":\(line)" }
    if let column { text += ":\(column)" }
    text += ": \(message(language)) [\(code)]"
    if let hint { text += "\n    \(hint(language))" }
    return text
  }
}

/// What was found wrong, counted in full and kept up to a limit.
public struct RowDiagnostics: Sendable {
  /// The first ones, in the order of the rows.
  public private(set) var kept: [RowDiagnostic] = []
  /// How many errors there are in all.
  public private(set) var errors = 0
  /// How many warnings there are in all.
  public private(set) var warnings = 0
  /// How many of each code there are.
  public private(set) var byCode: [String: Int] = [:]
  let limit: Int

  /// Creates an empty list that keeps up to a number of errors, and as many warnings.
  public init(limit: Int = 1000) { self.limit = limit }

  /// Adds one.
  public mutating func add(_ diagnostic: RowDiagnostic) {
    byCode[diagnostic.code, default: 0] += 1
    if diagnostic.severity == .warning {
      warnings += 1
      if warnings <= limit { kept.append(diagnostic) }
    } else {
      errors += 1
      if errors <= limit { kept.append(diagnostic) }
    }
  }

  /// Adds what was found later in the same file, under the same limit.
  mutating func append(_ later: RowDiagnostics) {
    var (errors, warnings) = (errors, warnings)
    for diagnostic in later.kept {
      let isWarning = diagnostic.severity == .warning
      if isWarning { warnings += 1 } else { errors += 1 }
      if (isWarning ? warnings : errors) <= limit { kept.append(diagnostic) }
    }
    self.errors += later.errors
    self.warnings += later.warnings
    if !later.byCode.isEmpty { byCode.merge(later.byCode) { $0 + $1 } }
  }

  /// Adds those of another file.
  public mutating func add(_ others: RowDiagnostics) {
    let room = max(0, limit - kept.count { $0.severity != .warning })
    let warningRoom = max(0, limit - kept.count { $0.severity == .warning })
    kept += others.kept.filter { $0.severity != .warning }.prefix(room)
    kept += others.kept.filter { $0.severity == .warning }.prefix(warningRoom)
    errors += others.errors
    warnings += others.warnings
    byCode.merge(others.byCode) { $0 + $1 }
  }

  /// Puts the kept ones of one file in the order of its lines.
  public mutating func sortByPlace() {
    kept.sort { ($0.line ?? 0, $0.column ?? 0) < ($1.line ?? 0, $1.column ?? 0) }
  }
}
