import Journey

extension JourneyBarChart {
  /// A line for each row of a lane, over the years, and the key of its signs.
  public func terminalText(for style: TerminalStyle, columns: Int, rows: Int) -> String {
    let width = max(4, min(columns, style.width ?? columns))
    let names = lanes.map { $0.label.truncated(toColumns: min(20, width / 3)) }
    let left = (names.map(\.displayColumns).max() ?? 0) + 2
    let room = max(1, width - left)
    func column(_ day: Day) -> Int {
      Int(Double(day - start) / Double(max(1, end + 1 - start)) * Double(room))
    }
    var lines: [String] = []
    for (lane, name) in zip(lanes, names) {
      for (place, row) in lane.rows.enumerated() {
        var cells = [StateColor?](repeating: nil, count: room)
        for bar in row {
          let from = min(column(bar.start), room - 1)
          let to = min(max(column(bar.end ?? end + 1), from + 1), room)
          for cell in from..<to { cells[cell] = bar.color }
        }
        let head = (place == 0 ? name : "").padded(toColumns: left, alignment: .leading)
        lines.append(head + StackedChart.painted(cells, style))
      }
    }
    var axis = ""
    for tick in ticks {
      let place = column(tick.day)
      // Two names need a blank between them, and none runs over the edge.
      guard place > axis.displayColumns || axis.isEmpty, place + tick.label.displayColumns <= room
      else { continue }
      axis = axis.padded(toColumns: place, alignment: .leading) + tick.label
    }
    lines.append(String(repeating: " ", count: left) + axis)
    // Bars of one colour and several names are told by what they have in common.
    var key: [ChartState] = []
    for lane in lanes {
      for bar in lane.bars where !key.contains(where: { $0.color == bar.color }) {
        let alike = lane.bars.filter { $0.color == bar.color }
        let isOne = alike.allSatisfy { $0.label == bar.label }
        key.append(ChartState(isOne ? bar.label : lane.label, bar.color))
      }
    }
    return (lines + StateColor.key(key.map { ($0, "") }, style)).joined(separator: "\n") + "\n"
  }
}
