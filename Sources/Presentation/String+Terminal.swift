extension String {
  /// How many terminal columns this text takes; wide characters count two, colours nothing.
  public var displayColumns: Int { DisplayWidth.columns(of: self) }

  /// The text cut to a number of terminal columns, its last one `…` where something was cut.
  ///
  /// Colour sequences stay whole and are closed at the cut.
  public func truncated(toColumns limit: Int) -> String {
    guard displayColumns > limit else { return self }
    guard limit > 0 else { return "" }
    var kept = ""
    var columns = 0
    var isColored = false
    for piece in AnsiPiece.pieces(of: self) {
      switch piece {
      case .sequence(let sequence):
        kept += sequence
        isColored = sequence != "\u{1B}[0m" && sequence != "\u{1B}[m"
      case .visible(let visible):
        for character in visible {
          let width = DisplayWidth.columns(of: character)
          guard columns + width <= limit - 1 else {
            return kept + "…" + (isColored ? "\u{1B}[0m" : "")
          }
          kept.append(character)
          columns += width
        }
      }
    }
    return kept
  }

  /// The text filled with spaces to a number of terminal columns.
  func padded(toColumns width: Int, alignment: TerminalTable.Alignment) -> String {
    let missing = width - displayColumns
    guard missing > 0 else { return self }
    let spaces = String(repeating: " ", count: missing)
    return alignment == .leading ? self + spaces : spaces + self
  }

  /// The first characters, at least one, that take no more than some columns.
  func prefix(columns: Int) -> String {
    var kept = ""
    for character in self {
      let longer = kept + String(character)
      if !kept.isEmpty, longer.displayColumns > columns { break }
      kept = longer
    }
    return kept
  }

  /// The text without colour sequences.
  var withoutColors: String {
    AnsiPiece.pieces(of: self).reduce(into: "") { text, piece in
      if case .visible(let visible) = piece { text += visible }
    }
  }

  /// The text as one line that cannot steer a terminal.
  ///
  /// Line breaks and tabs become spaces, other control characters a visible sign, and the
  /// characters that reorder bidirectional text are dropped: recorded text must not move the cursor
  /// or swap the columns of a table.
  public var withoutControls: String {
    let needsWork = unicodeScalars.contains { scalar in
      scalar.value < 0x20 || scalar.value == 0x7F || Self.isOtherControl(scalar)
    }
    guard needsWork else { return self }
    var clean = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029:
        // A line break of two characters is one space.
        if scalar == "\n", clean.last == " " { continue }
        clean.append(" ")
      case 0x1B: clean.append("␛")
      case 0x00..<0x20, 0x7F..<0xA0: clean.append("\u{FFFD}")
      case 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069: continue
      default: clean.append(scalar)
      }
    }
    return String(clean)
  }

  /// The text as lines that cannot steer a terminal: like `withoutControls`, but line breaks stay.
  ///
  /// Whoever shows it decides how the lines are indented, so that none passes for one of the program.
  public var linesWithoutControls: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }) { return self }
    return split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { String($0).withoutControls }.joined(separator: "\n")
  }

  /// A page of the program as it may reach a terminal: its own colours and line breaks, and nothing
  /// else that steers.
  public var pageWithoutControls: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A }) { return self }
    return AnsiPiece.pieces(of: self).reduce(into: "") { page, piece in
      switch piece {
      case .sequence(let sequence): page += sequence
      case .visible(let visible): page += visible.linesWithoutControls
      }
    }
  }

  private static func isOtherControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x80..<0xA0, 0x61C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
