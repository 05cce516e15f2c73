/// A table as JSON: one object a line, or one document with all rows.
///
/// Every object has every key, `null` where nothing is stated; days and moments as ISO 8601 texts.
public struct JSONTable: TableWriter, Sendable {
  /// How the rows are put together.
  public enum Shape: Sendable {
    /// One object a line (NDJSON).
    case lines
    /// `{"schema": "wegmarke.table", "schemaVersion": 1, "table": NAME, "rows": […]}`.
    case document(table: String)
  }

  private let keys: [String]
  private let isDocument: Bool
  private var text: String
  private var isFirst = true

  /// Starts a table.
  public init(_ variables: [TableVariable], _ shape: Shape) {
    keys = variables.map { "\(JSONText.quoted($0.name)):" }
    text = ""
    switch shape {
    case .lines: isDocument = false
    case .document(let table):
      isDocument = true
      text =
        "{\"schema\":\"wegmarke.table\",\"schemaVersion\":1,\"table\":\(JSONText.quoted(table)),"
        + "\"rows\":["
    }
  }

  /// Takes in the next row.
  public mutating func append(_ row: [TableValue]) {
    if isDocument { text += isFirst ? "\n" : ",\n" }
    isFirst = false
    text += "{"
    for index in row.indices {
      if index > 0 { text += "," }
      text += keys[index]
      text += JSONText.value(row[index])
    }
    text += isDocument ? "}" : "}\n"
  }

  /// Ends the table.
  public mutating func end() {
    if isDocument { text += isFirst ? "]}\n" : "\n]}\n" }
  }

  /// Hands over what has been written since the last time.
  public mutating func take() -> [UInt8] {
    defer { text = "" }
    return Array(text.utf8)
  }
}

/// Values as JSON writes them (RFC 8259).
package enum JSONText {
  static func value(_ value: TableValue) -> String {
    switch value {
    case .missing: "null"
    case .text(let text): quoted(text)
    case .whole(let number): String(number)
    case .decimal(let number): number.isFinite ? number.description : "null"
    case .day(let day): "\"\(day)\""
    case .yesNo(let isYes): isYes ? "true" : "false"
    case .instant(let instant): "\"\(CivilMoment(instant).iso)\""
    }
  }

  /// A string of JSON.
  package static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      default:
        if scalar.value < 0x20 {
          quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
        } else {
          quoted.unicodeScalars.append(scalar)
        }
      }
    }
    return quoted + "\""
  }
}
