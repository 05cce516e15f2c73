import FoundationEssentials

/// Any JSON document, for comparing two of them.
public indirect enum JSONValue: Codable, Sendable, Equatable {
  /// `null`.
  case null
  /// `true` or `false`.
  case boolean(Bool)
  /// A number.
  case number(Double)
  /// A text.
  case text(String)
  /// A list.
  case list([JSONValue])
  /// Keys with values.
  case object([String: JSONValue])

  /// Reads a document.
  ///
  /// - Throws: `DecodingError` when it is not JSON.
  public init(parsing bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }

  /// Reads the value at a place of a document.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Writes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .boolean(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// The value of a key; nil where this is no object or has no such key.
  public subscript(_ key: String) -> JSONValue? {
    get { if case .object(let values) = self { values[key] } else { nil } }
    set {
      guard case .object(var values) = self else { return }
      values[key] = newValue
      self = .object(values)
    }
  }

  /// The document as it is written: keys sorted, indented; equal documents give equal bytes.
  ///
  /// - Throws: `EncodingError` for a number that JSON does not have.
  public func encoded() throws -> [UInt8] { try AnswerEncoding.bytes(of: self) }

  /// The text that this is; nil where it is none.
  public var text: String? { if case .text(let value) = self { value } else { nil } }

  /// The list that this is; nil where it is none.
  public var list: [JSONValue]? { if case .list(let values) = self { values } else { nil } }

  /// The number that this is; nil where it is none.
  public var number: Double? { if case .number(let value) = self { value } else { nil } }

  /// One place at which two documents differ.
  public struct Difference: Sendable, Equatable {
    /// The place: `groups[0].curve[3].survival`.
    public let path: String
    /// What stands there in this document; empty where nothing does.
    public let here: String
    /// What stands there in the other.
    public let there: String
  }

  /// The first place at which this document differs from another; nil when they are equal.
  ///
  /// - Parameter path: How places begin.
  public func difference(from other: JSONValue, at path: String = "") -> Difference? {
    switch (self, other) {
    case (.object(let left), .object(let right)):
      for key in Set(left.keys).union(right.keys).sorted() {
        let place = path.isEmpty ? key : "\(path).\(key)"
        guard let here = left[key], let there = right[key] else {
          return Difference(
            path: place, here: left[key]?.short ?? "", there: right[key]?.short ?? "")
        }
        if let found = here.difference(from: there, at: place) { return found }
      }
      return nil
    case (.list(let left), .list(let right)):
      for (index, pair) in zip(left, right).enumerated() {
        if let found = pair.0.difference(from: pair.1, at: "\(path)[\(index)]") { return found }
      }
      return left.count == right.count
        ? nil
        : Difference(path: path, here: "[\(left.count)]", there: "[\(right.count)]")
    default:
      return self == other ? nil : Difference(path: path, here: short, there: other.short)
    }
  }

  private var short: String {
    switch self {
    case .null: return "null"
    case .boolean(let value): return "\(value)"
    case .number(let value): return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    case .text(let value): return value.count > 40 ? "“\(value.prefix(40))…”" : "“\(value)”"
    case .list(let values): return "[\(values.count)]"
    case .object: return "{…}"
    }
  }
}
