public import Journey

/// A step of a case, for process mining.
public struct MinedStep: Sendable {
  /// Whether something begins or ends with it, or happens at once.
  public enum Lifecycle: String, Sendable {
    /// It begins.
    case start
    /// It ends, or happens at once.
    case complete
  }

  /// What happens, in words: `Job`.
  public let activity: String
  /// The type of event: `EmploymentStarted`.
  public let type: String
  /// The day.
  public let day: Day
  /// Whether it begins or ends.
  public let lifecycle: Lifecycle
  /// What tells a begin and an end that belong together from others of the case; nil for neither.
  public let instance: String?
  /// What else is stated, by key.
  public let attributes: [(key: String, value: TableValue)]

  /// Creates a step.
  public init(
    activity: String, type: String, day: Day, lifecycle: Lifecycle = .complete,
    instance: String? = nil, attributes: [(key: String, value: TableValue)] = []
  ) {
    self.activity = activity
    self.type = type
    self.day = day
    self.lifecycle = lifecycle
    self.instance = instance
    self.attributes = attributes
  }
}

/// An event log in XES, IEEE 1849-2016, case by case into a buffer that the caller empties.
public struct XESLog: Sendable {
  private var text: String

  /// Starts a log.
  ///
  /// - Parameters:
  ///   - name: What the log is.
  ///   - facts: What it rests on, by key.
  public init(name: String, facts: [(key: String, value: String)]) {
    text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <log xes.version="1849-2016" xes.features="nested-attributes" \
      xmlns="http://www.xes-standard.org/">
      <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
      <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
      <extension name="Lifecycle" prefix="lifecycle" \
      uri="http://www.xes-standard.org/lifecycle.xesext"/>
      <global scope="trace"><string key="concept:name" value="unknown"/></global>
      <global scope="event"><string key="concept:name" value="unknown"/>\
      <date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/>\
      <string key="lifecycle:transition" value="complete"/></global>
      <classifier name="Activity" keys="concept:name"/>
      <classifier name="Activity and lifecycle" keys="concept:name lifecycle:transition"/>

      """
    add("concept:name", .text(name))
    for fact in facts { add("wegmarke:\(fact.key)", .text(fact.value)) }
  }

  /// Takes in a case.
  public mutating func append(
    _ name: String, attributes: [(key: String, value: TableValue)], _ steps: [MinedStep]
  ) {
    text += "<trace>"
    add("concept:name", .text(name))
    for attribute in attributes { add(attribute.key, attribute.value) }
    for step in steps {
      text += "<event>"
      add("concept:name", .text(step.activity))
      add("time:timestamp", .day(step.day))
      add("lifecycle:transition", .text(step.lifecycle.rawValue))
      if let instance = step.instance { add("concept:instance", .text(instance)) }
      add("type", .text(step.type))
      for attribute in step.attributes { add(attribute.key, attribute.value) }
      text += "</event>"
    }
    text += "</trace>\n"
  }

  /// Ends the log.
  public mutating func end() { text += "</log>\n" }

  /// Hands over what has been written since the last time.
  public mutating func take() -> [UInt8] {
    defer { text = "" }
    return Array(text.utf8)
  }

  private mutating func add(_ key: String, _ value: TableValue) {
    let (kind, written): (String, String)
    switch value {
    case .missing: return
    case .text(let text): (kind, written) = ("string", text)
    case .whole(let number): (kind, written) = ("int", String(number))
    case .decimal(let number): (kind, written) = ("float", number.description)
    case .day(let day): (kind, written) = ("date", "\(day)T00:00:00.000+00:00")
    case .yesNo(let isYes): (kind, written) = ("boolean", isYes ? "true" : "false")
    case .instant(let instant):
      (kind, written) = ("date", CivilMoment(instant).iso.replacing("Z", with: "+00:00"))
    }
    text += "<\(kind) key=\"\(XESLog.escaped(key))\" value=\"\(XESLog.escaped(written))\"/>"
  }

  /// A text as the value of an attribute; what XML 1.0 knows no way to write becomes U+FFFD.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped += "&#\(scalar.value);"
      default:
        let isWritable = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
        escaped.unicodeScalars.append(isWritable ? scalar : "\u{FFFD}")
      }
    }
    return escaped
  }
}
