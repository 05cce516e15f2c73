/// A place in a definition file.
public struct SourcePosition: Sendable, Hashable, Comparable {
  /// The line, counted from 1.
  public let line: Int
  /// The column, counted from 1 in Unicode scalars; a tab is one column.
  public let column: Int

  /// Creates a place from its line and column.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Whether one place stands before another.
  public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A stretch of a definition file, from its first character to just after its last.
public struct SourceRange: Sendable, Hashable {
  /// The place of the first character.
  public let start: SourcePosition
  /// The place just after the last character.
  public let end: SourcePosition

  /// Creates a stretch from its two ends.
  public init(start: SourcePosition, end: SourcePosition) {
    self.start = start
    self.end = end
  }
}
