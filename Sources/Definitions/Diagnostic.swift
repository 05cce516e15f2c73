public import Journey

/// One thing that is wrong with a definition file, and where.
public struct Diagnostic: Sendable, Equatable {
  /// The file name.
  public let file: String
  /// The place.
  public let range: SourceRange
  /// The stable code, such as `D-UNKNOWN-KEY`.
  public let code: String
  /// What is wrong.
  public let message: LocalizedText
  /// What to do about it, when there is something to say.
  public let hint: LocalizedText?
  /// The line of the file on which the place begins.
  public let sourceLine: String

  /// Creates a diagnostic; usually ``DefinitionDocument/diagnostic(_:_:hint:at:)`` does.
  public init(
    file: String, range: SourceRange, code: String, message: LocalizedText,
    hint: LocalizedText? = nil, sourceLine: String
  ) {
    self.file = file
    self.range = range
    self.code = code
    self.message = message
    self.hint = hint
    self.sourceLine = sourceLine
  }

  /// The line, counted from 1.
  public var line: Int { range.start.line }
  /// The column, counted from 1 in Unicode scalars.
  public var column: Int { range.start.column }

  /// The diagnostic as people read it: place, message, code, the line with a mark, the hint.
  ///
  ///     fragen.toml:3:1: Unknown key “naem”. Did you mean “name”? [D-UNKNOWN-KEY]
  ///       3 | naem = "x"
  ///         | ^~~~
  public func rendered(in language: Language) -> String {
    var text = "\(file):\(line):\(column): \(message(language)) [\(code)]"
    let number = String(line)
    let margin = String(repeating: " ", count: number.count)
    text += "\n  \(number) | \(sourceLine)\n  \(margin) | \(underline)"
    if let hint { text += "\n    \(hint(language))" }
    return text
  }

  /// A caret under the first character and tildes under the rest, as far as the line goes.
  private var underline: String {
    let scalars = Array(sourceLine.unicodeScalars)
    // Tabs are kept, so that the caret stands right whatever their width.
    let indent = scalars.prefix(column - 1).map { $0 == "\t" ? "\t" : " " }.joined()
    let end = range.end.line == line ? min(range.end.column, scalars.count + 1) : scalars.count + 1
    return indent + "^" + String(repeating: "~", count: max(0, end - column - 1))
  }
}

/// Everything that is wrong with a definition file.
public struct DefinitionError: ReadableError, Sendable, Equatable {
  /// The diagnostics in the order of the file; at least one.
  public let diagnostics: [Diagnostic]

  /// Creates an error from diagnostics, which are put in the order of the file.
  public init(_ diagnostics: [Diagnostic]) {
    precondition(!diagnostics.isEmpty, "an error says what is wrong")
    self.diagnostics = diagnostics.sorted { $0.range.start < $1.range.start }
  }

  /// The first diagnostic with its place, and how many more there are.
  public var message: LocalizedText {
    let first = diagnostics[0]
    let place = LocalizedText(verbatim: "\(first.file):\(first.line):\(first.column): ")
    let more = diagnostics.count - 1
    if more == 0 { return place + first.message }
    return place + first.message
      + LocalizedText(en: " (and \(more) more)", de: " (und \(more) weitere)")
  }

  /// The hint of the first diagnostic.
  public var advice: LocalizedText? { diagnostics[0].hint }

  /// All diagnostics as people read them.
  public func rendered(in language: Language) -> String {
    diagnostics.map { $0.rendered(in: language) }.joined(separator: "\n")
  }
}
