import Journey

/// An object-centric event log in OCEL 2.0, as one JSON document.
///
/// Events are handed over as they come; objects are kept until the end, since the format wants them
/// after the list of types and each once.
public struct OCELLog: Sendable {
  /// A thing that events are about.
  public struct Object: Sendable {
    /// What tells it from all others.
    public let id: String
    /// Its type, one of those that the log was started with.
    public let type: String
    /// What is stated about it, by key.
    public let attributes: [(key: String, value: TableValue)]

    /// Describes an object.
    public init(id: String, type: String, attributes: [(key: String, value: TableValue)] = []) {
      self.id = id
      self.type = type
      self.attributes = attributes
    }
  }

  /// A type of events or objects, with its attributes.
  public struct Kind: Sendable {
    /// The name.
    public let name: String
    /// The attributes.
    public let attributes: [TableVariable]

    /// Describes a type.
    public init(_ name: String, _ attributes: [TableVariable] = []) {
      self.name = name
      self.attributes = attributes
    }
  }

  private var text: String
  private var objects = ""
  private var events = 0

  /// Starts a log.
  public init(objectTypes: [Kind], eventTypes: [Kind]) {
    text =
      "{\"objectTypes\":\(OCELLog.types(objectTypes)),\n\"eventTypes\":\(OCELLog.types(eventTypes)),\n"
      + "\"events\":["
  }

  /// Takes in an object.
  public mutating func append(_ object: Object) {
    objects += objects.isEmpty ? "\n" : ",\n"
    let attributes = object.attributes.filter { $0.value != .missing }.map { attribute in
      "{\"name\":\(JSONText.quoted(attribute.key)),\"time\":\"1970-01-01T00:00:00Z\","
        + "\"value\":\(OCELLog.value(attribute.value))}"
    }
    objects +=
      "{\"id\":\(JSONText.quoted(object.id)),\"type\":\(JSONText.quoted(object.type)),"
      + "\"attributes\":[\(attributes.joined(separator: ","))],\"relationships\":[]}"
  }

  /// Takes in an event.
  ///
  /// - Parameter about: The objects that it is about, each with what it is to the event.
  public mutating func append(
    _ id: String, _ step: MinedStep, about: [(object: String, as: String)]
  ) {
    text += events == 0 ? "\n" : ",\n"
    events += 1
    let attributes = step.attributes.filter { $0.value != .missing }.map { attribute in
      "{\"name\":\(JSONText.quoted(attribute.key)),\"value\":\(OCELLog.value(attribute.value))}"
    }
    let relations = about.map { relation in
      "{\"objectId\":\(JSONText.quoted(relation.object)),"
        + "\"qualifier\":\(JSONText.quoted(relation.as))}"
    }
    text +=
      "{\"id\":\(JSONText.quoted(id)),\"type\":\(JSONText.quoted(step.type)),"
      + "\"time\":\"\(step.day)T00:00:00Z\",\"attributes\":[\(attributes.joined(separator: ","))],"
      + "\"relationships\":[\(relations.joined(separator: ","))]}"
  }

  /// Ends the log.
  public mutating func end() {
    text += "\n],\n\"objects\":[\(objects)\n]}\n"
    objects = ""
  }

  /// Hands over what has been written since the last time.
  public mutating func take() -> [UInt8] {
    defer { text = "" }
    return Array(text.utf8)
  }

  private static func types(_ kinds: [Kind]) -> String {
    let parts = kinds.map { kind in
      let attributes = kind.attributes.map { variable in
        "{\"name\":\(JSONText.quoted(variable.name)),\"type\":\"\(type(variable.kind))\"}"
      }
      return
        "{\"name\":\(JSONText.quoted(kind.name)),\"attributes\":[\(attributes.joined(separator: ","))]}"
    }
    return "[\(parts.joined(separator: ","))]"
  }

  private static func type(_ kind: TableVariable.Kind) -> String {
    switch kind {
    case .text, .code: "string"
    case .whole: "integer"
    case .decimal: "float"
    case .day, .instant: "time"
    case .yesNo: "boolean"
    }
  }

  /// A value; days as moments, as the format knows no others.
  private static func value(_ value: TableValue) -> String {
    if case .day(let day) = value { return "\"\(day)T00:00:00Z\"" }
    return JSONText.value(value)
  }
}
