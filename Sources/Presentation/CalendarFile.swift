public import Journey

/// A calendar of whole days that calendar programs read: iCalendar, RFC 5545.
///
/// Every entry is an event, not a to-do: few programs show those. The same content gives the same
/// bytes, and an entry keeps its identifier, so that a calendar that is read in again is brought up
/// to date rather than doubled.
public struct CalendarFile: Sendable {
  /// One entry.
  public struct Entry: Sendable {
    /// What tells it from all others, for ever.
    public let identifier: String
    /// The day.
    public let day: Day
    /// What it is, on one line.
    public let summary: String
    /// More about it.
    public let description: String

    /// Creates an entry.
    public init(identifier: String, day: Day, summary: String, description: String) {
      self.identifier = identifier
      self.day = day
      self.summary = summary
      self.description = description
    }
  }

  /// The name of the calendar.
  public let name: String
  /// The state of what it rests on, microseconds since 1970 UTC.
  public let stamp: Int64
  /// The entries.
  public var entries: [Entry] = []

  /// Starts a calendar.
  public init(name: String, stamp: Int64) {
    self.name = name
    self.stamp = stamp
  }

  /// The file: UTF-8, CR LF, lines folded at 75 bytes.
  public var text: String {
    var lines = [
      "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Wegmarke//Wegmarke//EN", "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH", "X-WR-CALNAME:\(escaped(name))",
    ]
    for entry in entries {
      lines += [
        "BEGIN:VEVENT", "UID:\(escaped(entry.identifier))", "DTSTAMP:\(time)",
        "DTSTART;VALUE=DATE:\(compact(entry.day))", "DTEND;VALUE=DATE:\(compact(entry.day + 1))",
        "SUMMARY:\(escaped(entry.summary))", "DESCRIPTION:\(escaped(entry.description))",
        "TRANSP:TRANSPARENT", "CLASS:CONFIDENTIAL", "END:VEVENT",
      ]
    }
    lines.append("END:VCALENDAR")
    return lines.map { folded($0) + "\r\n" }.joined()
  }

  private var time: String {
    let seconds = stamp / 1_000_000
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let rest = Int(seconds - days * 86_400)
    let parts = [rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return compact(Day(number: Int32(clamping: days))) + "T" + parts.joined() + "Z"
  }

  private func compact(_ day: Day) -> String { day.description.filter { $0 != "-" } }

  /// A text as a value: what would end it or break the line is written out.
  private func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.linesWithoutControls {
      switch character {
      case "\\", ";", ",": escaped += "\\\(character)"
      case "\n", "\r\n", "\r": escaped += "\\n"
      default: escaped.append(character)
      }
    }
    return escaped
  }

  /// A line in pieces of 75 bytes at most, never inside a character; those after the first begin with
  /// a blank.
  private func folded(_ line: String) -> String {
    var pieces: [String] = []
    var piece = String.UnicodeScalarView()
    var bytes = 0
    for scalar in line.unicodeScalars {
      let width = UTF8.width(scalar)
      // The blank in front of a later piece counts.
      if bytes + width > (pieces.isEmpty ? 75 : 74) {
        pieces.append(String(piece))
        piece.removeAll(keepingCapacity: true)
        bytes = 0
      }
      piece.append(scalar)
      bytes += width
    }
    return (pieces + [String(piece)]).joined(separator: "\r\n ")
  }
}
