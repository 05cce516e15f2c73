public import Journey

/// A text whose every character knows where it stands in its file.
///
/// For texts that are read further, as expressions are: a mistake inside a string of several lines,
/// or after an escape, is shown where it stands.
public struct LocatedText: Sendable {
  /// The text.
  public let text: String
  /// Where the text stands as a whole.
  public let range: SourceRange
  private let source: SourceText
  /// The byte of the file from which each byte of the text came, and that after the last.
  private let places: [Int]

  /// A text that stands in no file, such as one of the command line.
  ///
  /// - Parameter file: What messages call the place.
  public init(_ text: String, file: String) {
    self.text = text
    source = SourceText(bytes: Array(text.utf8), file: file)
    places = Array(0...source.bytes.count)
    range = source.range(0..<source.bytes.count)
  }

  /// A string of a file, read once more from its first quote.
  init?(_ string: SourceRange, in source: SourceText) {
    guard var parser = try? DefinitionParser(source) else { return nil }
    let start = source.offset(of: string.start)
    parser.at = start
    guard let first = parser.current, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'"),
      let content = try? parser.parseString()
    else { return nil }
    text = content.text
    range = string
    self.source = source
    // Three quotes close a long string; an empty short one is two of them.
    let isLong =
      parser.at - start >= 6 && source.bytes[start..<start + 3].allSatisfy { $0 == first }
    places = content.places + [parser.at - (isLong ? 3 : 1)]
  }

  /// The name of the file.
  public var file: String { source.file }

  /// The place of a stretch of the text, given in bytes of its UTF-8; clipped to the text.
  public func range(of bytes: Range<Int>) -> SourceRange {
    let last = places.count - 1
    let start = places[min(max(bytes.lowerBound, 0), last)]
    let end = places[min(max(bytes.upperBound, 0), last)]
    return source.range(start..<max(start, end))
  }

  /// Makes a diagnostic about a stretch of the text, given in bytes of its UTF-8.
  public func diagnostic(
    _ code: String, _ message: LocalizedText, hint: LocalizedText? = nil, at bytes: Range<Int>
  ) -> Diagnostic {
    source.diagnostic(code, message, hint: hint, at: range(of: bytes))
  }
}

extension TableReader {
  /// The text of a key that must be there, with the places of its characters.
  public func locatedText(_ name: String) -> LocatedText? {
    required(name, Located<String>.self).flatMap { LocatedText($0.range, in: document.source) }
  }

  /// The text of a key that may be missing, with the places of its characters.
  public func optionalLocatedText(_ name: String) -> LocatedText? {
    optional(name, Located<String>.self).flatMap { LocatedText($0.range, in: document.source) }
  }
}
