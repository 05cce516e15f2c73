public import Journey

/// Where an example gives something else than its file says.
public struct ExampleDifference: Sendable, Equatable {
  /// The file, as it was named.
  public let file: String
  /// The line of the table that expects it, from 1 on.
  public let line: Int
  /// What was expected, and what was found.
  public let message: LocalizedText

  /// The difference behind its place, as editors find it.
  ///
  /// `own.toml:17: Counted: expected 3, found 2.`
  public var words: LocalizedText { LocalizedText(verbatim: "\(file):\(line): ") + message }
}
