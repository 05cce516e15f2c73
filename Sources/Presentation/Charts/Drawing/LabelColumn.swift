/// Labels one above the other at the right edge of a plot, each as near as possible to its line.
struct LabelColumn {
  /// One label: a few lines of text and smaller ones below.
  struct Entry {
    /// Which curve or area it names.
    var index: Int
    var label: [String]
    var details: [String]
    /// Where its centre should be; nil: at the bottom.
    var target: Double?
    /// Where it stands once placed.
    var top = 0.0

    var height: Double { Double(label.count) * 15 + Double(details.count) * 13 + gap }
    var gap = 8.0
    var center: Double { top + (height - gap) / 2 + gap / 2 }
  }

  private(set) var entries: [Entry]

  /// Places labels between two heights, without overlaps, in the order of their targets.
  init(_ wanted: [Entry], top: Double, bottom: Double) {
    var entries = wanted
    for index in entries.indices {
      entries[index].top = (entries[index].target ?? bottom) - entries[index].height / 2
    }
    // Equal targets keep the order of the curves.
    entries.sort { ($0.top + $0.height / 2, $0.index) < ($1.top + $1.height / 2, $1.index) }
    let tops = Self.spread(
      entries.map(\.top), heights: entries.map(\.height), top: top - 8, bottom: bottom + 4)
    for index in entries.indices { entries[index].top = tops[index] }
    self.entries = entries
  }

  /// Moves labels apart so that none overlaps the next, downwards first, then up from the bottom.
  ///
  /// - Parameters:
  ///   - wanted: Where each should begin, in the order from the top.
  ///   - heights: How high each is.
  ///   - top: Where the first may begin.
  ///   - bottom: Where the last must end.
  static func spread(
    _ wanted: [Double], heights: [Double], top: Double, bottom: Double
  ) -> [Double] {
    var tops = wanted
    var free = top
    for index in tops.indices {
      tops[index] = max(tops[index], free)
      free = tops[index] + heights[index]
    }
    var end = bottom
    for index in tops.indices.reversed() {
      tops[index] = min(tops[index], end - heights[index])
      end = tops[index]
    }
    return tops
  }

  /// How high all labels are together.
  static func height(_ entries: [Entry]) -> Double { entries.map(\.height).reduce(0, +) }

  /// How wide the widest label is.
  static func width(_ entries: [Entry]) -> Double? {
    entries.flatMap { entry in
      entry.label.map { ChartText.width($0, size: ChartFrame.textSize) }
        + entry.details.map { ChartText.width($0, size: ChartFrame.smallSize) }
    }.max()
  }

  /// Writes the texts of a label at a horizontal position.
  static func write(_ entry: Entry, x: Double, _ drawing: inout SVGDrawing) {
    var y = entry.top + 12
    for line in entry.label {
      drawing.text(line, x: x, y: y)
      y += 15
    }
    for line in entry.details {
      drawing.text(line, x: x, y: y, style: "s")
      y += 13
    }
  }
}
