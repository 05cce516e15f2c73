import Glibc

extension Double {
  /// The logarithm to base 10.
  var logarithm: Double { log10(self) }
}

/// A picture of cost against size, both on logarithmic scales, with a line of slope 1 to compare with.
struct ScalingPlot {
  /// What one question cost at each size.
  struct Series {
    let title: String
    let costs: [ScalingSubject.Cost]
  }

  let series: [Series]

  private static let (width, height) = (640.0, 460.0)
  private static let (left, right, top, bottom) = (70.0, 24.0, 24.0, 170.0)
  // Told apart by shade and by mark.
  private static let colours = ["#1b6ca8", "#b3541e", "#2e7d32", "#7b3fa0", "#444444"]
  /// Powers of ten of people and of seconds.
  private static let (sizes, seconds) = (5...7, -3...2)

  private func x(_ people: Double) -> Double {
    let share = (people.logarithm - 4.8) / 2.4
    return Self.left + share * (Self.width - Self.left - Self.right)
  }

  private func y(_ cost: Double) -> Double {
    let share = (cost.logarithm - Double(Self.seconds.lowerBound)) / Double(Self.seconds.count - 1)
    return Self.height - Self.bottom - share * (Self.height - Self.bottom - Self.top)
  }

  private func text(_ x: Double, _ y: Double, _ words: String, _ anchor: String = "start") -> String
  {
    "<text x=\"\(x.short)\" y=\"\(y.short)\" text-anchor=\"\(anchor)\">\(words)</text>"
  }

  private func line(_ points: [(Double, Double)], _ style: String) -> String {
    let path = points.map { "\($0.0.short),\($0.1.short)" }.joined(separator: " ")
    return "<polyline fill=\"none\" \(style) points=\"\(path)\"/>"
  }

  /// The picture.
  var svg: String {
    let title = "Processor seconds of an answer by number of people"
    var parts = [
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 460" role="img" \
      font-family="sans-serif" font-size="13">
      """, "<title>\(title)</title>", "<rect width=\"640\" height=\"460\" fill=\"#ffffff\"/>",
      text(Self.left, 16, title),
    ]
    for power in Self.seconds {
      let cost = power >= 0 ? String(repeating: "0", count: power) : ""
      let label =
        power >= 0 ? "1\(cost) s" : "0.\(String(repeating: "0", count: -power - 1))1 s"
      let height = y(pow(10, Double(power)))
      parts.append(
        line([(Self.left, height), (Self.width - Self.right, height)], "stroke=\"#dddddd\""))
      parts.append(text(Self.left - 6, height + 4, label, "end"))
    }
    for (power, label) in zip(Self.sizes, ["100,000", "1,000,000", "10,000,000"]) {
      parts.append(
        text(x(pow(10, Double(power))), Self.height - Self.bottom + 18, label, "middle"))
    }
    if let first = series.first?.costs.first {
      let cost = first.processor.median
      let points = Self.sizes.map { power in
        let people = pow(10, Double(power))
        return (x(people), y(cost * people / Double(first.people)))
      }
      parts.append(line(points, "stroke=\"#999999\" stroke-dasharray=\"5 4\""))
    }
    for (place, series) in series.enumerated() {
      let colour = Self.colours[place % Self.colours.count]
      let points = series.costs.map { (x(Double($0.people)), y($0.processor.median)) }
      parts.append(line(points, "stroke=\"\(colour)\" stroke-width=\"2\""))
      parts += points.map { point in
        "<circle cx=\"\(point.0.short)\" cy=\"\(point.1.short)\" r=\"\(3 + place % 3)\" fill=\"\(colour)\"/>"
      }
      let row = Self.height - Self.bottom + 44 + Double(place) * 19
      parts.append(
        line(
          [(Self.left, row - 4), (Self.left + 24, row - 4)],
          "stroke=\"\(colour)\" stroke-width=\"2\""))
      parts.append(text(Self.left + 32, row, series.title))
    }
    let row = Self.height - Self.bottom + 44 + Double(series.count) * 19
    parts.append(
      line(
        [(Self.left, row - 4), (Self.left + 24, row - 4)],
        "stroke=\"#999999\" stroke-dasharray=\"5 4\""))
    parts.append(text(Self.left + 32, row, "in line with the data, from (a) at the smallest size"))
    return parts.joined(separator: "\n") + "\n</svg>\n"
  }
}

extension Double {
  /// With one decimal: enough for a picture.
  fileprivate var short: String { "\((self * 10).rounded() / 10)" }
}
