import Journey
import Presentation
import ProjectionEngine

extension TimelinePage {
  /// The timeline for a terminal.
  var text: String {
    let style = console.output
    let width = style.proseWidth
    var lines = heading.flowed(to: width).lines { style.paint($0, .bold) }
    lines.append(state.joined(separator: String.middot).flowed(to: width))
    lines += knowledge.basis(language).flowed(to: width).lines { style.paint($0, .dim) }
    if knowledge.isSimulated { lines.append(Knowledge.simulated(language)) }
    lines += remarks.map { $0.flowed(to: width) }
    var year: Int?
    for row in rows {
      if row.year != year {
        lines += ["", style.paint(String(row.year), .bold)]
        year = row.year
      }
      lines += self.lines(row)
    }
    lines += openLines
    return lines.joined(separator: "\n")
  }

  private func lines(_ entry: Row) -> [String] {
    let style = console.output
    let date = entry.date.padded(to: 8)
    let mark = entry.changes.isEmpty ? "" : " ✎"
    let number = entry.number + mark
    let width = style.width ?? 100
    let labelWidth = width < 100 ? 26 : 34
    let room = max(14, width - 14 - labelWidth - 2 - number.displayColumns)
    let labels = entry.label.wrapped(to: labelWidth).split(separator: "\n").map(String.init)
    let details = entry.details.wrapped(to: room).split(separator: "\n")
      .map(String.init)
    let look = entry.isRetracted ? Look.dim : .plain
    var lines: [String] = []
    for row in 0..<max(labels.count, details.count, 1) {
      let left = row < labels.count ? labels[row] : ""
      let right = row < details.count ? details[row] : ""
      // Nothing follows where nothing is told, or no number may be shown.
      let ends = row > 0 || number.isEmpty
      let body =
        right.isEmpty && ends
        ? left : "\(left.padded(to: labelWidth))  \(ends ? right : right.padded(to: room))"
      let look = style.paint(body, look)
      lines.append(row > 0 ? "            \(look)" : "  \(date)  \(look)")
      if !ends { lines[lines.count - 1] += "  \(style.paint(number, .dim))" }
    }
    for change in entry.changes {
      let text = "✎ " + change
      for line in text.wrapped(to: width - 14).split(separator: "\n") {
        lines.append("            " + style.paint(String(line), .dim))
      }
    }
    return lines
  }

  /// The section of what is to be done; empty where nothing is.
  private var openLines: [String] {
    if open.isEmpty { return [] }
    let style = console.output
    var lines = ["", style.paint(openTitle, .bold)]
    for entry in open {
      let room = max(20, (style.width ?? 100) - 14)
      let date = words.date(entry.item.due).padded(to: 12)
      let look: Look = isOverdue(entry) ? .red : .plain
      lines += (date + standing(entry).wrapped(to: room).hanging(12)).lines {
        "  " + style.paint($0, look)
      }
      // A command is never broken into lines: it is there to be copied.
      if let command = command(entry) { lines.append("    " + style.paint(command, .dim)) }
    }
    return lines
  }
}
