public import Journey

/// A definition file that was read: TOML values with their places.
///
/// The language is a strict part of TOML 1.0: comments, bare, quoted and dotted keys, `[table]`,
/// `[[list of tables]]`, strings of all four kinds, decimal whole numbers, decimal fractions,
/// `true` and `false`, days, lists and inline tables. Numbers to other bases, `inf` and `nan`,
/// times, and times with a day are refused with a message that says what to write instead.
public struct DefinitionDocument: Sendable {
  /// The file name, for messages.
  public let file: String
  /// The table that holds everything.
  public let root: DefinitionTable
  let source: SourceText

  /// Reads a text.
  ///
  /// Throws ``DefinitionError`` with every repeated key, and with the first fault of the grammar,
  /// at which reading stops.
  public static func parse(
    _ text: String, file: String
  ) throws(DefinitionError) -> DefinitionDocument {
    try parse(bytes: Array(text.utf8), file: file)
  }

  /// Reads the bytes of a file, which must be UTF-8; a byte order mark is passed over.
  ///
  /// Throws ``DefinitionError`` as ``parse(_:file:)`` does, and when the bytes are not UTF-8.
  public static func parse(
    bytes: [UInt8], file: String
  ) throws(DefinitionError) -> DefinitionDocument {
    let source = SourceText(bytes: bytes, file: file)
    var parser = try DefinitionParser(source)
    let root = try parser.parseDocument()
    return DefinitionDocument(file: file, root: root, source: source)
  }

  /// Makes a diagnostic about a place of this file.
  public func diagnostic(
    _ code: String, _ message: LocalizedText, hint: LocalizedText? = nil, at range: SourceRange
  ) -> Diagnostic {
    source.diagnostic(code, message, hint: hint, at: range)
  }
}

extension SourceText {
  func diagnostic(
    _ code: String, _ message: LocalizedText, hint: LocalizedText? = nil, at range: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      file: file, range: range, code: code, message: message, hint: hint,
      sourceLine: line(range.start.line))
  }
}
