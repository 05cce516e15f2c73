import Presentation

extension String {
  /// The text broken into lines of at most so many columns, at blanks.
  ///
  /// Line breaks of the text stay; a word longer than a line stands alone on one. A line that fits
  /// stays as it is; what goes on of an indented one is indented as far.
  func wrapped(to columns: Int) -> String {
    split(separator: "\n", omittingEmptySubsequences: false).map { paragraph in
      if String(paragraph).displayColumns <= columns { return String(paragraph) }
      let indent = String(paragraph.prefix { $0 == " " })
      let words = paragraph.split(separator: " ").map(String.init)
      return Self.lines(of: words, " ", max(1, columns - indent.count))
        .lines { indent + $0 }.joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// The text with every line but the first indented by so many blanks.
  func hanging(_ blanks: Int) -> String {
    replacing("\n", with: "\n" + String(repeating: " ", count: blanks))
  }

  /// Facts in a row broken into lines of at most so many columns, between two facts where possible.
  func flowed(to columns: Int) -> String {
    Self.lines(of: split(separator: Self.middot).map(String.init), Self.middot, columns)
      .wrapped(to: columns)
  }

  /// What stands between the facts of a line.
  static let middot = " · "

  private static func lines(of pieces: [String], _ glue: String, _ columns: Int) -> String {
    var lines: [String] = []
    var line = ""
    for piece in pieces {
      if line.isEmpty {
        line = piece
      } else if line.displayColumns + glue.displayColumns + piece.displayColumns > columns {
        lines.append(line)
        line = piece
      } else {
        line += glue + piece
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }

  /// The lines of the text, each as a body makes it.
  func lines(_ body: (String) -> String) -> [String] {
    split(separator: "\n", omittingEmptySubsequences: false).map { body(String($0)) }
  }

  /// The text filled up with blanks to a width on a terminal.
  func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(0, columns - displayColumns))
  }
}

extension TerminalStyle {
  /// How long a line of prose may be: as wide as the terminal, 80 columns elsewhere.
  var proseWidth: Int { width ?? 80 }

  /// A text broken at the width of the terminal; as it is where there is none.
  func wrapped(_ text: String) -> String { width.map { text.wrapped(to: $0) } ?? text }
}
