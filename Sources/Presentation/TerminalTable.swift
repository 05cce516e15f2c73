/// A table for people: on a terminal, in Markdown or in HTML.
///
/// The cells are text in the reader's language, ready formatted. It is not for machine formats,
/// which write full numbers and stable keys, nor for streaming: all rows are measured first.
///
///     var table = TerminalTable([.number("Monate"), .number("fällig"), .text("Bemerkung")])
///     table.append(["3", "412", "vorläufig"])
///     print(table.text(for: style), terminator: "")
public struct TerminalTable: Sendable {
  /// On which side the cells of a column stand.
  public enum Alignment: Sendable, Hashable {
    /// At the left, for words.
    case leading
    /// At the right, for numbers.
    case trailing
  }

  /// A column: its title and how wide it may be.
  public struct Column: Sendable, Hashable {
    /// The heading.
    public let title: String
    /// Where the cells stand.
    public let alignment: Alignment
    /// How narrow the column may get on a narrow terminal; nil: its cells are never cut.
    public let minimum: Int?
    /// How wide the column may get on a terminal; nil: as wide as its cells.
    public let maximum: Int?
    /// Whether the cells name their rows: see `label`.
    let isLabel: Bool
    /// Whether the cells are broken into lines instead of cut.
    let isBroken: Bool

    /// Creates a column whose cells are never cut.
    public init(
      _ title: String, _ alignment: Alignment = .leading, minimum: Int? = nil, maximum: Int? = nil
    ) {
      self.init(
        title, alignment, minimum: minimum, maximum: maximum, isLabel: false, isBroken: false)
    }

    private init(
      _ title: String, _ alignment: Alignment, minimum: Int?, maximum: Int?, isLabel: Bool,
      isBroken: Bool
    ) {
      self.isLabel = isLabel
      self.isBroken = isBroken
      self.title = title.withoutControls
      self.alignment = alignment
      self.minimum = minimum
      self.maximum = maximum
    }

    /// A column of words, cut with `…` where the terminal is too narrow.
    public static func text(_ title: String, minimum: Int = 8, maximum: Int? = nil) -> Column {
      Column(title, .leading, minimum: minimum, maximum: maximum)
    }

    /// The first column, of texts that name the rows: broken into lines, never cut.
    ///
    /// Where it would get narrower than its minimum, each text stands above the figures of its row.
    public static func label(_ title: String, minimum: Int = 24) -> Column {
      Column(title, .leading, minimum: minimum, maximum: nil, isLabel: true, isBroken: true)
    }

    /// A column of words that say what the row is there for: broken into lines, never cut.
    public static func sentence(_ title: String, minimum: Int) -> Column {
      Column(title, .leading, minimum: minimum, maximum: nil, isLabel: false, isBroken: true)
    }

    /// A column of codes or dates, which are useless when cut.
    public static func code(_ title: String) -> Column { Column(title, .leading) }

    /// A column of numbers: at the right, never cut.
    public static func number(_ title: String) -> Column { Column(title, .trailing) }
  }

  /// The columns.
  public let columns: [Column]
  /// The rows, each with one cell for every column.
  public private(set) var rows: [[TableCell]] = []
  /// The headings inside the table, each above the row of its number; see `section`.
  var sections: [Int: String] = [:]
  /// Whether a table that is too wide becomes several below each other, each with the first column,
  /// instead of a block for each row: lines stay comparable.
  public var isSplittable = false

  /// Creates a table without rows.
  public init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row; missing cells at its end are empty.
  ///
  /// More cells than columns are a programmer's mistake.
  public mutating func append(_ cells: [TableCell]) {
    precondition(cells.count <= columns.count, "a row has more cells than the table has columns")
    rows.append(cells + Array(repeating: "", count: columns.count - cells.count))
  }

  /// Puts a heading above the rows that follow, up to the next one.
  public mutating func section(_ title: String) {
    sections[rows.count] = title.withoutControls
  }
}

/// One cell of a table: a text and how it looks.
public struct TableCell: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// The text, with colour sequences only where `init(colored:)` let them in.
  let text: String
  /// The look of the whole cell.
  let look: Look

  /// Creates a cell from any text, recorded ones too: control characters lose their power.
  public init(_ text: String, _ look: Look = .plain) {
    self.text = text.withoutControls
    self.look = look
  }

  /// Creates a cell from a text that the program itself coloured in parts.
  ///
  /// Colour sequences stay, all other control characters lose their power.
  public init(colored text: String) {
    self.text = AnsiPiece.pieces(of: text).reduce(into: "") { clean, piece in
      switch piece {
      case .sequence(let sequence): clean += sequence
      case .visible(let visible): clean += visible.withoutControls
      }
    }
    look = .plain
  }

  /// Creates a cell from a literal.
  public init(stringLiteral value: String) { self.init(value) }
}
