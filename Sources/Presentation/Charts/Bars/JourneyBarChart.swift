public import Journey

/// One person's journey as bars below each other: what lasted from when to when.
///
/// It is personal data, whatever names are on it: a drawing for the desk, not for publication.
public struct JourneyBarChart: Chart, Hashable {
  /// A stretch of time.
  public struct Bar: Sendable, Hashable {
    /// What it is.
    public let label: String
    /// The first day.
    public let start: Day
    /// The first day without it; nil while it lasts.
    public let end: Day?
    /// Its colour.
    public let color: StateColor

    /// Creates a bar; an end before its start is a programmer's mistake.
    public init(_ label: String, from start: Day, to end: Day?, _ color: StateColor) {
      precondition(end.map { $0 >= start } ?? true, "a bar ends before it starts")
      self.label = label
      self.start = start
      self.end = end
      self.color = color
    }
  }

  /// Bars of one kind: work, residence.
  public struct Lane: Sendable, Hashable {
    /// What they have in common.
    public let label: String
    /// The bars, in the order of their starts; they may overlap.
    public let bars: [Bar]

    /// Creates a lane.
    public init(_ label: String, _ bars: [Bar]) {
      self.label = label
      self.bars = bars.sorted { ($0.start, $0.label) < ($1.start, $1.label) }
    }

    /// The bars in rows in which none covers another.
    var rows: [[Bar]] {
      var rows: [[Bar]] = []
      for bar in bars {
        if let row = rows.firstIndex(where: { $0.last?.end.map { $0 <= bar.start } == true }) {
          rows[row].append(bar)
        } else {
          rows.append([bar])
        }
      }
      return rows
    }
  }

  /// The heading.
  public var title: String
  /// Lines under the heading.
  public var subtitle: [String] = []
  /// Lines at the very bottom.
  public var footnotes: [String] = []
  /// The language of the fixed words and of the dates.
  public var language: Language
  /// The lanes that hold something, from the top.
  public let lanes: [Lane]
  /// The first day drawn.
  public let start: Day
  /// The last day drawn: what lasts, lasts at least until here.
  public let end: Day

  /// Creates a chart of what began until a day.
  public init(title: String, lanes: [Lane], until end: Day, language: Language) {
    self.title = title
    self.lanes = lanes.filter { !$0.bars.isEmpty }
    self.language = language
    self.end = end
    start = min(lanes.flatMap(\.bars).map(\.start).min() ?? end - 365, end - 30)
  }

  /// The first days of the years, or of the quarters of a short time, each with its name.
  var ticks: [(day: Day, label: String)] {
    let step = end - start > 900 ? 12 : 3
    var (year, month) = (start.parts.year, 1)
    var ticks: [(day: Day, label: String)] = []
    while let day = Day(year: year, month: month, day: 1), day <= end {
      if day >= start {
        ticks.append((day, step == 12 ? "\(year)" : Self.name(month, year, language)))
      }
      month += step
      if month > 12 { (year, month) = (year + 1, month - 12) }
    }
    return ticks
  }

  private static func name(_ month: Int, _ year: Int, _ language: Language) -> String {
    let date = NumberStyle(language).date(year: year, month: month, day: 1, precision: .month)
    return date.replacing(
      "\(year)", with: String(year % 100 < 10 ? "0\(year % 100)" : "\(year % 100)"))
  }

  /// Every bar with its days.
  public var table: TerminalTable {
    func word(_ en: String, _ de: String) -> String { LocalizedText(en: en, de: de)(language) }
    let words = EventText(language)
    var table = TerminalTable([
      .text(word("Part", "Bereich")), .text(word("What", "Was"), minimum: 16),
      .code(word("From", "Von")), .code(word("To", "Bis")),
    ])
    for lane in lanes {
      for bar in lane.bars {
        // People name the last day, not the first one without it.
        let last = bar.end.map { words.date($0 - 1) } ?? word("goes on", "läuft")
        table.append([
          TableCell(lane.label), TableCell(bar.label), TableCell(words.date(bar.start)),
          TableCell(last),
        ])
      }
    }
    return table
  }

  /// The picture in words.
  var description: String {
    let names = lanes.map(\.label).joined(separator: ", ")
    let count = lanes.reduce(0) { $0 + $1.bars.count }
    let days = (EventText(language).date(start), EventText(language).date(end))
    return LocalizedText(
      en:
        "\(count) stretches of time between \(days.0) and \(days.1): \(names). The table has each.",
      de:
        "\(count) Zeitabschnitte zwischen \(days.0) und \(days.1): \(names). Die Tabelle nennt jeden."
    )(language)
  }
}
