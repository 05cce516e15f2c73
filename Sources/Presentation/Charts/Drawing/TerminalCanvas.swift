/// A small drawing area of character cells: braille dots, or one ASCII sign a cell.
struct TerminalCanvas {
  let columns: Int
  let rows: Int
  /// Whether cells hold 2 × 4 braille dots; else one sign.
  let isBraille: Bool
  private var dots: [UInt8]
  private var owners: [Int?]
  private var letters: [Character?]

  init(columns: Int, rows: Int, isBraille: Bool) {
    self.columns = columns
    self.rows = rows
    self.isBraille = isBraille
    dots = Array(repeating: 0, count: columns * rows)
    owners = Array(repeating: nil, count: columns * rows)
    letters = Array(repeating: nil, count: columns * rows)
  }

  /// How many points fit side by side.
  var width: Int { columns * (isBraille ? 2 : 1) }
  /// How many points fit one above the other.
  var height: Int { rows * (isBraille ? 4 : 1) }

  /// Sets a point, counted from the top left, in the colour of a curve.
  mutating func set(x: Int, y: Int, curve: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let (column, row) = isBraille ? (x / 2, y / 4) : (x, y)
    let index = row * columns + column
    let dot: UInt8 =
      switch (x % 2, y % 4) {
      case (0, 3): 1 << 6
      case (1, 3): 1 << 7
      case (0, let line): 1 << line
      case (_, let line): 1 << (3 + line)
      }
    dots[index] |= dot
    owners[index] = curve
  }

  /// Writes a letter into the first cell at or right of a column that holds no other letter.
  mutating func write(_ letter: Character, column: Int, row: Int, curve: Int) {
    guard (0..<rows).contains(row) else { return }
    for column in min(max(0, column), columns)..<columns {
      let index = row * columns + column
      if letters[index] == nil {
        letters[index] = letter
        owners[index] = curve
        return
      }
    }
  }

  /// One row as text without trailing spaces, each run of cells painted in the look of its curve.
  func row(_ row: Int, paint: (String, Int) -> String) -> String {
    var line = ""
    var run: (signs: String, owner: Int)?
    var pendingSpaces = 0
    for column in 0..<columns {
      let index = row * columns + column
      guard let owner = owners[index] else {
        pendingSpaces += 1
        continue
      }
      if let current = run, current.owner == owner, pendingSpaces == 0 {
        run = (current.signs + sign(index, owner: owner), owner)
        continue
      }
      if let current = run { line += paint(current.signs, current.owner) }
      line += String(repeating: " ", count: pendingSpaces)
      pendingSpaces = 0
      run = (sign(index, owner: owner), owner)
    }
    if let run { line += paint(run.signs, run.owner) }
    return line
  }

  private func sign(_ index: Int, owner: Int) -> String {
    if let letter = letters[index] { return String(letter) }
    guard isBraille else { return Self.asciiSigns[owner % Self.asciiSigns.count] }
    // The braille patterns begin at U+2800, their low byte is the dots.
    return Unicode.Scalar(0x2800 + UInt32(dots[index])).map { String($0) } ?? " "
  }

  private static let asciiSigns = ["*", "o", "+", "x"]
}

extension TerminalCanvas {
  /// Which of several neighbouring dots a curve shows: a dash pattern as second channel.
  private static let patterns: [[Bool]] = [
    [true], [true, true, true, false, false], [true, false, false], [true, false],
  ]

  /// The letter that names a curve.
  static func letter(_ index: Int) -> Character { ["A", "B", "C", "D"][index % 4] }

  /// The colour of a curve.
  static func look(_ index: Int) -> Look { [.blue, .yellow, .green, .magenta][index % 4] }

  /// Draws the steps of a curve.
  mutating func draw(_ steps: [CurveStep], curve index: Int, _ plot: TerminalPlot) {
    let pattern = isBraille ? Self.patterns[index % Self.patterns.count] : [true]
    for (position, step) in steps.enumerated() {
      let y = plot.y(step.share)
      let end = plot.x(step.end)
      for x in plot.x(step.start)...max(end, plot.x(step.start)) where pattern[x % pattern.count] {
        set(x: x, y: y, curve: index)
      }
      guard position + 1 < steps.count else { continue }
      let next = plot.y(steps[position + 1].share)
      for y in min(y, next)...max(y, next) where pattern[y % pattern.count] {
        set(x: end, y: y, curve: index)
      }
    }
  }
}
